"""Dots and bars: a row's centre and its intervals, or the end that a bound sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from contested.report.charts.axes import Axis
from contested.report.charts.entries import Entry
from contested.report.charts.layers import Row, down, layer
from contested.report.charts.theme import MUTED, PAPER, SourceColours

THICKEST, THINNEST = 7.0, 2.5
DOT: dict[str, Any] = {"filled": True, "size": 58, "stroke": PAPER, "strokeWidth": 1.5, "opacity": 1}
_ARROWS = {"lower": "triangle-right", "upper": "triangle-left", "exact": "diamond"}

Placed = Sequence[tuple[Entry, float]]  # rows, each with the place of its bars in pixels from the top


def bars(rows: Placed, axis: Axis, colours: SourceColours) -> Iterator[alt.Chart]:
    """A bar for each piece of each interval, a dot for each median, an arrow for each bound."""
    held = [_piece(entry, y, index) for entry, y in rows for index in range(len(entry.held))]
    for rank in sorted({each["rank"] for each in held}, reverse=True):  # the widest lies beneath
        some = [each for each in held if each["rank"] == rank]
        yield layer(some, "rule", strokeWidth=thickness(rank, held)).encode(
            x=axis.channel("low"), x2=alt.X2("high:Q"), y=down(), color=colours.encoding()
        )
    medians = [
        {"label": e.label, "source": e.source, "median": e.centre, "y": y}
        for e, y in rows
        if e.centre is not None and e.direction is None
    ]
    if medians:
        yield layer(medians, "point", shape="circle", **DOT).encode(
            x=axis.channel("median"), y=down(), fill=colours.fill()
        )
    yield from _bounds(rows, axis, colours)


def thickness(rank: int, held: Sequence[Row]) -> float:
    """Of a bar: from the thickest, of the narrowest interval, to the thinnest."""
    most: int = max(each["rank"] for each in held)
    return THICKEST - (THICKEST - THINNEST) * rank / max(most, 1)


def line_at(value: float, axis: Axis, bands: Sequence[tuple[float, float]]) -> alt.Chart:
    """A dashed line at a value, through bands of the picture."""
    places = [{"value": value, "top": top, "bottom": bottom} for top, bottom in bands]
    return layer(places, "rule", color=MUTED, strokeWidth=1, strokeDash=[3, 3]).encode(
        x=axis.channel("value"), y=down("top"), y2=alt.Y2("bottom:Q")
    )


def _piece(entry: Entry, y: float, index: int) -> dict[str, Any]:
    piece = entry.held[index]
    return {
        "label": entry.label, "source": entry.source, "level": piece.level, "rank": piece.rank,
        "low": piece.low, "high": piece.high, "y": y,
    }  # fmt: skip


def _bounds(rows: Placed, axis: Axis, colours: SourceColours) -> Iterator[alt.Chart]:
    for direction, shape in _ARROWS.items():
        some = [
            {"label": e.label, "source": e.source, "bound": e.centre, "y": y}
            for e, y in rows
            if e.direction == direction
        ]
        if some:
            yield layer(some, "point", shape=shape, filled=True, size=90, opacity=1).encode(
                x=axis.channel("bound"), y=down(), fill=colours.fill()
            )
