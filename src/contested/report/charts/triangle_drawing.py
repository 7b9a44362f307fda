"""One weight triangle in its frame: bands, lines of equal value with their labels, and named weightings."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from contested.report.charts.layers import (
    Layer,
    across,
    down,
    end,
    layer,
    mark,
    nominal,
    ordinal,
    quantitative,
)
from contested.report.charts.lettering import Hand, Text
from contested.report.charts.measuring import width
from contested.report.charts.placing import Box, Taken, far
from contested.report.charts.simplex_map import CORNERS, bands, lines
from contested.report.charts.simplex_values import Simplex
from contested.report.charts.theme import ACCENT, INK, MUTED, PAPER, SHADE
from contested.shapes.base import Array

_HEIGHT = math.sqrt(3) / 2
_FAINTEST, _STRONGEST = 0.06, 0.72  # opacities of bands
_ALONG = (0.5, 0.36, 0.64, 0.22, 0.78, 0.1, 0.9)  # places of a label on its line
_DOT = 9  # pixels across
_UNDEFINED = 0.25  # opacity
_APART = 9  # pixels between a name and a value


@dataclass(frozen=True, slots=True)
class Frame:
    """A triangle in a picture: the first source's corner at the left, the second's right, the third's on top.

    Attributes
    ----------
    left, top, side : float
        In pixels.
    """

    left: float
    top: float
    side: float

    @property
    def bottom(self) -> float:
        """Where its base lies."""
        return self.top + _HEIGHT * self.side

    def place(self, shares: Array) -> tuple[float, float]:
        """Where shares of weight lie, shape (3,)."""
        x = self.left + self.side * float(shares[1] + shares[2] / 2)
        return round(x, 2), round(self.bottom - _HEIGHT * self.side * float(shares[2]), 2)


@dataclass(frozen=True, slots=True)
class Mark:
    """Named weightings that give a dispute's sources the same shares."""

    names: tuple[str, ...]
    shares: Array


@dataclass
class Drawing:
    """Triangles of one picture, collected before they are drawn: each kind of mark is one layer."""

    size: float
    filled: list[dict[str, Any]] = field(default_factory=list)
    lined: list[dict[str, Any]] = field(default_factory=list)
    dots: list[dict[str, Any]] = field(default_factory=list)
    leaders: list[dict[str, Any]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    names: list[Box] = field(default_factory=list)

    def add(
        self,
        frame: Frame,
        found: Simplex,
        strengths: Sequence[float],
        label: Callable[[float], str],
        taken: Taken,
    ) -> None:
        """One triangle.

        Parameters
        ----------
        found : Simplex
            What is mapped.
        strengths : sequence of float
            How strong each band is, from 0 to 1: one more than there are levels.
        label : callable
            What is written on a line of equal value.
        taken : Taken
            Places that nothing may be written on.
        """
        self._fill(frame, CORNERS, SHADE, _UNDEFINED)  # shows where nothing lies over it
        self._fill(frame, found.within, PAPER, 1.0)
        for band in bands(found.levels, found.within):
            opacity = _FAINTEST + (_STRONGEST - _FAINTEST) * strengths[band.index]
            self._fill(frame, band.corners, ACCENT, round(opacity, 3))
        self._lines(frame, found, label, taken)

    def mark(self, frame: Frame, marks: Sequence[Mark], taken: Taken, *, named: bool) -> None:
        """Named weightings as dots, with their names beside them or without."""
        for each in marks:
            x, y = frame.place(each.shares)
            self.dots.append({"names": ", ".join(each.names), "x": x, "y": y})
            taken.boxes.append(Box.around(x, y, _DOT, _DOT))
        for each in marks if named else ():
            self._name(frame, each, taken)

    def layers(self) -> Iterator[Layer]:
        """All of them, from the ground up."""
        if self.filled:
            area = mark("line", filled=True, interpolate="linear-closed", strokeWidth=0)
            yield layer(
                self.filled, area, x=across(), y=down(),
                order=quantitative("vertex"), detail=ordinal("piece"),
                fill=nominal("colour", scale=None, legend=None),
                fillOpacity=quantitative("opacity", scale=None, legend=None),
            )  # fmt: skip
        ends = {"x": across(), "y": down(), "x2": end("x2"), "y2": end("y2")}
        if self.lined:
            thick = quantitative("width", scale=None, legend=None)
            yield layer(self.lined, mark("rule", color=INK), **ends, strokeWidth=thick)
        if self.leaders:
            yield layer(self.leaders, mark("rule", color=MUTED, strokeWidth=1), **ends)
        if self.dots:
            dot = mark("point", filled=True, size=_DOT**2 * 0.7, color=INK, opacity=1, stroke=PAPER)
            yield layer(self.dots, dot, x=across(), y=down())

    def _fill(self, frame: Frame, corners: Array, colour: str, opacity: float) -> None:
        piece = self.filled[-1]["piece"] + 1 if self.filled else 0
        for vertex, corner in enumerate(corners):
            x, y = frame.place(corner)
            self.filled.append(
                {"piece": piece, "vertex": vertex, "x": x, "y": y, "colour": colour, "opacity": opacity}
            )

    def _lines(self, frame: Frame, found: Simplex, label: Callable[[float], str], taken: Taken) -> None:
        for line in lines(found.levels, found.within):
            (x, y), (x2, y2) = (frame.place(end) for end in line.ends)
            bold = line.value == found.turning
            self.lined.append(
                {"level": line.value, "x": x, "y": y, "x2": x2, "y2": y2, "width": 2.0 if bold else 0.9}
            )
            text = label(line.value)
            room = width(text, self.size) + 4, self.size + 3
            middles = [(x + t * (x2 - x), y + t * (y2 - y)) for t in _ALONG]
            clear = (Box.around(*m, *room) for m in middles if self._clear(Box.around(*m, *room)))
            box = taken.first(clear) or taken.first(Box.around(*middle, *room) for middle in middles)
            if box is not None:
                hand = Hand(
                    size=self.size, colour=INK if bold else MUTED, align="center", bold=bold, rim=True
                )
                self.texts.append(Text((box.left + box.right) / 2, (box.top + box.bottom) / 2, text, hand))

    def _clear(self, box: Box) -> bool:
        """Whether a value stands so far from all names that none takes it for one more of them."""
        wider = Box(box.left - _APART, box.top - _APART, box.right + _APART, box.bottom + _APART)
        return not any(wider.touches(name) for name in self.names)

    def _name(self, frame: Frame, mark: Mark, taken: Taken) -> None:
        x, y = frame.place(mark.shares)
        line = self.size * 1.25
        room = max(width(name, self.size) for name in mark.names) + 6, line * len(mark.names)
        box = taken.beside(x, y, *room)
        if box is None:
            return
        self.names.append(box)
        hand = Hand(size=self.size, align="center", rim=True)
        for index, name in enumerate(mark.names):
            self.texts.append(Text((box.left + box.right) / 2, box.top + (index + 0.5) * line, name, hand))
        if far(box, x, y):
            nearest = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
            self.leaders.append({"x": x, "y": y, "x2": nearest[0], "y2": nearest[1]})


def marks(weightings: Mapping[str, Mapping[str, float]], sources: Sequence[str]) -> list[Mark]:
    """Named weightings of one dispute by the shares of three sources; those of the same shares together."""
    found: dict[tuple[float, ...], list[str]] = {}
    for name, own in weightings.items():
        among = sum(own[source] for source in sources)
        found.setdefault(tuple(round(own[source] / among, 6) for source in sources), []).append(name)
    return [Mark(tuple(names), np.array(shares)) for shares, names in found.items()]
