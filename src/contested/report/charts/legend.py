"""A legend in words: a swatch and what it stands for, one after another as they fit in the lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from contested.report.charts.layers import Layer, across, down, end, layer, mark
from contested.report.charts.lettering import Hand, Text
from contested.report.charts.measuring import width, wrapped
from contested.report.charts.theme import MUTED, Look

Kind = Literal["line", "block", "cross", "stroke", "up", "down", "exact", "none"]

_SWATCH, _GAP, _APART = 18, 6, 16  # pixels: of a swatch, to its words, to the next swatch


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """A mark and its colour.

    Attributes
    ----------
    kind : str
        `none` for words alone.
    """

    kind: Kind
    colour: str = MUTED
    opacity: float = 1.0
    thickness: float = 2.0
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A swatch and its words."""

    swatch: Swatch
    text: str


@dataclass(frozen=True, slots=True)
class _Placed:
    swatch: Swatch
    x: float
    y: float


def legend(rows: Sequence[Sequence[Item]], top: float, look: Look) -> tuple[list[Layer], list[Text], float]:
    """Rows of items, each broken into as many lines as it needs: marks, words, and where the legend ends."""
    placed: list[_Placed] = []
    texts: list[Text] = []
    for row in filter(None, rows):
        x = 0.0
        for item in row:
            indent = 0 if item.swatch.kind == "none" else _SWATCH + _GAP
            text = wrapped(item.text, look.width - indent, look.small, lines=1)[0]
            taken = indent + width(text, look.small)
            if x and x + taken > look.width:
                x, top = 0.0, top + look.line
            y = top + 0.5 * look.line
            hand = Hand(size=look.small, colour=MUTED, limit=look.width - x - indent)
            texts.append(Text(x + indent, y, text, hand))
            if indent:
                placed.append(_Placed(item.swatch, x, y))
            x += taken + _APART
        top += look.line
    return list(_marks(placed)), texts, top


def _marks(placed: Sequence[_Placed]) -> Iterator[Layer]:
    alike = sorted(placed, key=lambda each: repr(each.swatch))
    for swatch, group in groupby(alike, key=lambda each: each.swatch):
        yield _mark(swatch, list(group))


def _mark(swatch: Swatch, places: Sequence[_Placed]) -> Layer:
    if swatch.kind == "line":
        lines = [{"x": each.x, "x2": each.x + _SWATCH, "y": each.y} for each in places]
        line = mark("rule", color=swatch.colour, strokeWidth=swatch.thickness, strokeDash=list(swatch.dash))
        return layer(lines, line, x=across(), x2=end("x2"), y=down())
    if swatch.kind == "block":
        blocks = [{"x": each.x, "x2": each.x + _SWATCH, "y": each.y - 5, "y2": each.y + 5} for each in places]
        block = mark("rect", color=swatch.colour, opacity=swatch.opacity)
        return layer(blocks, block, x=across(), x2=end("x2"), y=down(), y2=end("y2"))
    points = [{"x": each.x + _SWATCH / 2, "y": each.y} for each in places]
    point = mark("point", color=swatch.colour, **SHAPES[swatch.kind])
    return layer(points, point, x=across(), y=down())


SHAPES = {
    "cross": {"shape": "M-1,-1L1,1M-1,1L1,-1", "filled": False, "size": 49, "strokeWidth": 1.8, "opacity": 1},
    "stroke": {"shape": "M-1,1L1,-1", "filled": False, "size": 49, "strokeWidth": 1.8, "opacity": 1},
    "up": {"shape": "triangle-up", "filled": True, "size": 60, "opacity": 1},
    "down": {"shape": "triangle-down", "filled": True, "size": 60, "opacity": 1},
    "exact": {"shape": "diamond", "filled": True, "size": 60, "opacity": 1},
}
