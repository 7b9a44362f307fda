"""Dots and bars: a row's centre and its intervals, or the end that a bound sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from contested.report.charts.axes import Axis
from contested.report.charts.entries import Entry
from contested.report.charts.layers import Layer, Row, down, end, layer, mark
from contested.report.charts.theme import MUTED, PAPER, SourceColours

THICKEST, THINNEST = 7.0, 2.5
DOT = mark("point", shape="circle", filled=True, size=58, stroke=PAPER, strokeWidth=1.5, opacity=1)
_ARROWS = {"lower": "triangle-right", "upper": "triangle-left", "exact": "diamond"}

Placed = Sequence[tuple[Entry, float]]  # rows, each with the place of its bars in pixels from the top


def bars(rows: Placed, axis: Axis, colours: SourceColours) -> Iterator[Layer]:
    """A bar for each piece of each interval, a dot for each median, an arrow for each bound."""
    held = [_piece(entry, y, index) for entry, y in rows for index in range(len(entry.held))]
    for rank in sorted({each["rank"] for each in held}, reverse=True):  # the widest lies beneath
        some = [each for each in held if each["rank"] == rank]
        bar = mark("rule", strokeWidth=thickness(rank, held))
        yield layer(some, bar, x=axis.channel("low"), x2=end("high"), y=down(), color=colours.channel())
    medians = [
        {"label": e.label, "source": e.source, "median": e.centre, "y": y}
        for e, y in rows
        if e.centre is not None and e.direction is None
    ]
    if medians:
        yield layer(medians, DOT, x=axis.channel("median"), y=down(), fill=colours.channel())
    yield from _bounds(rows, axis, colours)


def thickness(rank: int, held: Sequence[Row]) -> float:
    """Of a bar: from the thickest, of the narrowest interval, to the thinnest."""
    most: int = max(each["rank"] for each in held)
    return THICKEST - (THICKEST - THINNEST) * rank / max(most, 1)


def line_at(value: float, axis: Axis, bands: Sequence[tuple[float, float]]) -> Layer:
    """A dashed line at a value, through bands of the picture."""
    places = [{"value": value, "top": top, "bottom": bottom} for top, bottom in bands]
    dashed = mark("rule", color=MUTED, strokeWidth=1, strokeDash=[3, 3])
    return layer(places, dashed, x=axis.channel("value"), y=down("top"), y2=end("bottom"))


def _piece(entry: Entry, y: float, index: int) -> dict[str, Any]:
    piece = entry.held[index]
    return {
        "label": entry.label, "source": entry.source, "level": piece.level, "rank": piece.rank,
        "low": piece.low, "high": piece.high, "y": y,
    }  # fmt: skip


def _bounds(rows: Placed, axis: Axis, colours: SourceColours) -> Iterator[Layer]:
    for direction, shape in _ARROWS.items():
        some = [
            {"label": e.label, "source": e.source, "bound": e.centre, "y": y}
            for e, y in rows
            if e.direction == direction
        ]
        if some:
            arrow = mark("point", shape=shape, filled=True, size=90, opacity=1)
            yield layer(some, arrow, x=axis.channel("bound"), y=down(), fill=colours.channel())
