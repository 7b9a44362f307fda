"""The picture that the sliders move, as a specification: the page fills its named tables."""

from __future__ import annotations

from typing import Any

from contested.report.charts.layers import (
    Channel,
    Layer,
    Mark,
    Specification,
    end,
    mark,
    nominal,
    quantitative,
)
from contested.report.charts.theme import FONT, GRID, INK, MUTED, PAPER, POOL, SCHEMA, SHADE, WIDE
from contested.report.interactive.heights import TICKED

_HEIGHT = 260  # of the picture, in CSS pixels
_WIDTH = f"floor((width - {TICKED.start}) / {TICKED.step})"  # which of those that ticks are given for
_TICKS = f"data('ends')[0].ticks[clamp({_WIDTH}, 0, {len(TICKED) - 1})]"
_STRIP = 10  # pixels beneath the densities, in which an interval lies


def specification(*, logarithmic: bool) -> Specification:
    """Densities of a pool and of its sources over one axis, with the interval and the median.

    Its tables are `pool` and `sources` (x, y; of a source also colour and key), `interval` (low, high,
    width of the line), `median` (x), `atoms` (x, mass, colour) and `ends` (x, y: how far the axes reach; and
    `ticks` for each of the `TICKED` widths).
    """
    scale = _across(logarithmic)
    x = quantitative("x", scale=scale, axis=_axis())
    y = quantitative("y", axis=None, stack=None, scale={"nice": False, "domain": _reach("y")})
    colour = nominal("colour", scale=None)
    return {
        "$schema": SCHEMA,
        "width": "container",
        "height": _HEIGHT,
        "background": "transparent",
        "config": {"aria": False, "font": FONT, "view": {"stroke": None}},
        "layer": [
            _layer("ends", mark("point", opacity=0), x=x),
            _layer("pool", mark("area", color=SHADE, opacity=0.35, clip=True), x=x, y=y),
            _layer(
                "sources", mark("line", strokeWidth=1.75, clip=True), x=x, y=y, color=colour,
                detail=nominal("key"),
            ),
            _layer("pool", mark("line", color=POOL, strokeWidth=2.5, clip=True), x=x, y=y),
            _atoms(x, colour),
            *_interval(x, quantitative("low", scale=scale)),
        ],
    }  # fmt: skip


def _layer(table: str, mark: Mark, **encoding: Channel) -> Layer:
    """A layer whose rows the page fills in."""
    return {"data": {"name": table}, "mark": mark, "encoding": encoding}


def _across(logarithmic: bool) -> dict[str, Any]:
    kind = {"type": "log"} if logarithmic else {"type": "linear", "zero": False}
    return {**kind, "nice": False, "domain": _reach("x")}


def _axis() -> dict[str, Any]:
    return {
        "title": None, "format": ",~r", "values": {"expr": _TICKS}, "labelOverlap": "greedy",
        "labelFlush": True, "labelFontSize": WIDE.small, "labelColor": MUTED, "gridColor": GRID,
        "domainColor": MUTED, "tickColor": MUTED,
    }  # fmt: skip


def _reach(field: str) -> list[dict[str, str]]:
    """The ends of an axis as the page gives them: they stay while weights move."""
    return [{"expr": f"data('ends')[{index}].{field}"} for index in (0, 1)]


def _atoms(x: Channel, colour: Channel) -> Layer:
    """Single values, as high in per cent of the picture as they hold of the pool or of a source."""
    top = {"value": {"expr": f"{_HEIGHT} * (1 - datum.mass)"}}
    line = mark("rule", strokeWidth=2.5, clip=True)
    return _layer("atoms", line, x=x, y=top, y2={"value": _HEIGHT}, color=colour)


def _interval(x: Channel, low: Channel) -> tuple[Layer, Layer]:
    """The intervals, the wider the thinner, and the median through them."""
    place, thick = {"value": _HEIGHT - _STRIP}, quantitative("width", scale=None)
    bar = mark("rule", color=INK, clip=True)
    dot = mark("point", fill=PAPER, stroke=INK, strokeWidth=2, size=70, opacity=1)
    return (
        _layer("interval", bar, x=low, x2=end("high"), y=place, strokeWidth=thick),
        _layer("median", dot, x=x, y=place),
    )
