"""Dots and bars: a row's median and its intervals, or the end that a bound sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from contested.answers.bounds import Bound
from contested.answers.estimates import Answer
from contested.report.charts.axes import Axis
from contested.report.charts.cases import Case
from contested.report.charts.lettering import down
from contested.report.charts.theme import MUTED, PAPER, SourceColours

_THICKEST, _THINNEST = 7.0, 2.5
_ARROWS = {"lower": "triangle-right", "upper": "triangle-left", "exact": "diamond"}


def bars(rows: Sequence[tuple[Case, float]], axis: Axis, colours: SourceColours) -> Iterator[alt.Chart]:
    """A bar for each piece of each interval, a dot for each median, an arrow for each bound.

    Parameters
    ----------
    rows : sequence of (Case, float)
        Each with the place of its bars, in pixels from the top.
    """
    held = list(_held(rows))
    ranks = sorted({each["rank"] for each in held}, reverse=True)
    for rank in ranks:  # the widest lies beneath
        some = [each for each in held if each["rank"] == rank]
        mark = alt.MarkDef(type="rule", strokeWidth=_thickness(rank, len(ranks)), strokeCap="butt")
        yield alt.Chart(alt.Data(values=some), mark=mark).encode(
            x=axis.channel("low"), x2=alt.X2("high:Q"), y=down(), color=colours.encoding()
        )
    if medians := list(_medians(rows)):
        dot = alt.MarkDef(
            type="point", shape="circle", filled=True, size=58, stroke=PAPER, strokeWidth=1.5, opacity=1
        )
        yield alt.Chart(alt.Data(values=medians), mark=dot).encode(
            x=axis.channel("median"), y=down(), fill=_filled(colours)
        )
    yield from _bounds(rows, axis, colours)


def line_at(value: float, axis: Axis, top: float, bottom: float) -> alt.Chart:
    """A dashed line through all rows at a value."""
    place = [{"value": value, "top": top, "bottom": bottom}]
    rule = alt.MarkDef(type="rule", color=MUTED, strokeWidth=1, strokeDash=[3, 3])
    return alt.Chart(alt.Data(values=place), mark=rule).encode(
        x=axis.channel("value"), y=down("top"), y2=alt.Y2("bottom:Q")
    )


def _thickness(rank: int, count: int) -> float:
    """From the thickest, of the narrowest interval, to the thinnest."""
    return _THICKEST - (_THICKEST - _THINNEST) * rank / max(count - 1, 1)


def _filled(colours: SourceColours) -> alt.Fill:
    return alt.Fill("source:N", scale=colours.scale, legend=None)


def _held(rows: Sequence[tuple[Case, float]]) -> Iterator[dict[str, Any]]:
    for case, y in rows:
        for rank, found in enumerate(case.summary.intervals if case.summary else ()):
            for low, high in [(p.low, p.high) for p in found.pieces] or [(found.low, found.high)]:
                yield {
                    "label": case.label, "source": case.source, "level": found.level, "rank": rank,
                    "low": low, "high": high, "y": y,
                }  # fmt: skip


def _medians(rows: Sequence[tuple[Case, float]]) -> Iterator[dict[str, Any]]:
    for case, y in rows:
        if case.summary is not None:
            yield {"label": case.label, "source": case.source, "median": case.summary.median, "y": y}


def _bounds(rows: Sequence[tuple[Case, float]], axis: Axis, colours: SourceColours) -> Iterator[alt.Chart]:
    for direction, shape in _ARROWS.items():
        some = [
            {"label": case.label, "source": case.source, "value": case.found.value, "y": y}
            for case, y in rows
            if not isinstance(case.found, Answer) and case.found.direction == direction
        ]
        if some:
            mark = alt.MarkDef(type="point", shape=shape, filled=True, size=90, opacity=1)
            yield alt.Chart(alt.Data(values=some), mark=mark).encode(
                x=axis.channel("value"), y=down(), fill=_filled(colours)
            )
