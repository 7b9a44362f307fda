"""The picture that the sliders move, as a specification: the page fills its named tables."""

from __future__ import annotations

import altair as alt

from contested.report.charts.theme import FONT, GRID, INK, MUTED, PAPER, POOL, SHADE, WIDE
from contested.report.interactive.heights import TICKED

_HEIGHT = 260  # of the picture, in CSS pixels
_WIDTH = f"floor((width - {TICKED.start}) / {TICKED.step})"  # which of those that ticks are given for
_TICKS = f"data('ends')[0].ticks[clamp({_WIDTH}, 0, {len(TICKED) - 1})]"
_STRIP = 10  # pixels beneath the densities, in which an interval lies


def specification(*, logarithmic: bool) -> alt.LayerChart:
    """Densities of a pool and of its sources over one axis, with the interval and the median.

    Its tables are `pool` and `sources` (x, y; of a source also colour and key), `interval` (low, high,
    width of the line), `median` (x), `atoms` (x, mass, colour) and `ends` (x, y: how far the axes reach; and
    `ticks` for each of the `TICKED` widths).
    """
    kind = {"type": "log"} if logarithmic else {"type": "linear", "zero": False}
    scale = alt.Scale(nice=False, domain=_reach("x"), **kind)
    ticks = alt.Axis(
        title=None, format=",~r", values=alt.expr(_TICKS), labelOverlap="greedy",
        labelFlush=True, labelFontSize=WIDE.small, labelColor=MUTED, gridColor=GRID, domainColor=MUTED,
        tickColor=MUTED,
    )  # fmt: skip
    x = alt.X("x:Q", scale=scale, axis=ticks)
    y = alt.Y("y:Q", axis=None, stack=None, scale=alt.Scale(nice=False, domain=_reach("y")))
    layers = [
        alt.Chart(alt.NamedData("ends")).mark_point(opacity=0).encode(x),
        alt.Chart(alt.NamedData("pool")).mark_area(color=SHADE, opacity=0.35, clip=True).encode(x, y),
        alt.Chart(alt.NamedData("sources")).mark_line(strokeWidth=1.75, clip=True).encode(
            x, y, color=alt.Color("colour:N", scale=None), detail="key:N"),
        alt.Chart(alt.NamedData("pool")).mark_line(color=POOL, strokeWidth=2.5, clip=True).encode(x, y),
        _atoms(x), *_interval(x),
    ]  # fmt: skip
    whole = alt.LayerChart(layer=layers, width="container", height=_HEIGHT, background="transparent")
    found: alt.LayerChart = whole.configure(font=FONT, view=alt.ViewConfig(stroke=None), aria=False)
    return found


def _reach(field: str) -> list[alt.ExprRef]:
    """The ends of an axis as the page gives them: they stay while weights move."""
    return [alt.expr(f"data('ends')[{end}].{field}") for end in (0, 1)]


def _atoms(x: alt.X) -> alt.Chart:
    """Single values, as high in per cent of the picture as they hold of the pool or of a source."""
    top = alt.value(alt.expr(f"{_HEIGHT} * (1 - datum.mass)"))
    chart = alt.Chart(alt.NamedData("atoms")).mark_rule(strokeWidth=2.5, clip=True)
    found: alt.Chart = chart.encode(x, y=top, y2=alt.value(_HEIGHT), color=alt.Color("colour:N", scale=None))
    return found


def _interval(x: alt.X) -> list[alt.Chart]:
    """The intervals, the wider the thinner, and the median through them."""
    place = alt.value(_HEIGHT - _STRIP)
    bars = alt.Chart(alt.NamedData("interval")).mark_rule(color=INK, clip=True).encode(
        x=alt.X("low:Q", scale=x["scale"]), x2="high:Q", y=place,
        strokeWidth=alt.StrokeWidth("width:Q", scale=None),
    )  # fmt: skip
    dot = alt.Chart(alt.NamedData("median")).mark_point(
        fill=PAPER, stroke=INK, strokeWidth=2, size=70, opacity=1
    )
    return [bars, dot.encode(x, y=place)]
