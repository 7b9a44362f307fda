"""The axis of values: logarithmic where that shows more, with as many ticks as there is room for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, pairwise

import numpy as np

from contested.report.charts.layers import Channel, Layer, along, down, end, layer, mark
from contested.report.charts.lettering import Hand, Text
from contested.report.charts.measuring import width
from contested.report.charts.theme import GRID, MUTED, Look
from contested.shapes.base import Array

_LOGARITHMIC = 3.0  # span of values, as a factor, from which an axis is logarithmic
_MARGIN = 0.03  # of the axis, beyond the outermost values
_APART = 10  # pixels between two labels
_ASIDE = 8  # up to which a label may stand beside the middle of its tick
# Of a decade, finer and finer.
_STEPS = ((1,), (3,), (2, 5), (1, 3), (1, 2, 5), (1, 3, 5), (1, 2, 3, 5), (1, 1.5, 2, 3, 5, 7))


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A horizontal axis of values between two places of a picture.

    Attributes
    ----------
    low, high : float
        Values at its ends, low < high.
    left, right : float
        Where those lie, in pixels.
    shares : bool
        Whether values are probabilities or shares, written in per cent.
    overhang : float
        Pixels by which a tick's label may reach beyond either end.
    """

    low: float
    high: float
    logarithmic: bool
    left: float
    right: float
    shares: bool = False
    overhang: float = math.inf

    @classmethod
    def of_shares(cls, left: float, right: float) -> Axis:
        """From 0 to 100 %."""
        return cls(low=0.0, high=1.0, logarithmic=False, left=left, right=right, shares=True)

    @classmethod
    def over(cls, values: Iterable[float], left: float, right: float) -> Axis:
        """One that holds all of some values, of which there is one or more."""
        known = [value for value in values if math.isfinite(value)]
        low, high = min(known), max(known)
        logarithmic = low > 0 and high / low >= _LOGARITHMIC
        if low == high:
            margin = 0.1 * abs(low) or 1.0
            return cls(low=low - margin, high=high + margin, logarithmic=False, left=left, right=right)
        if logarithmic:
            factor = (high / low) ** _MARGIN
            return cls(low=low / factor, high=high * factor, logarithmic=True, left=left, right=right)
        margin = _MARGIN * (high - low)
        return cls(low=low - margin, high=high + margin, logarithmic=False, left=left, right=right)

    def place(self, value: float) -> float:
        """Where a value lies, in pixels."""
        low, high, at = (self._scaled(x) for x in (self.low, self.high, value))
        return self.left + (at - low) / (high - low) * (self.right - self.left)

    def wider(self, share: float) -> Axis:
        """The same with a share of its length more at either end."""
        low, high = self._scaled(self.low), self._scaled(self.high)
        margin = share * (high - low)
        return replace(self, low=self._natural(low - margin), high=self._natural(high + margin))

    def values(self, count: int) -> Array:
        """Values evenly spaced along the axis, from end to end."""
        places = np.linspace(self._scaled(self.low), self._scaled(self.high), count)
        return np.exp(places) if self.logarithmic else places

    def text(self, value: float) -> str:
        """What is written at a tick."""
        return f"{100 * value:.3g} %" if self.shares else tick_text(value)

    def _scaled(self, value: float) -> float:
        return math.log(value) if self.logarithmic else value

    def _natural(self, place: float) -> float:
        return math.exp(place) if self.logarithmic else place

    def channel(self, field: str) -> Channel:
        """The channel for values, with the axis's explicit domain and range."""
        domain, places = (self.low, self.high), (self.left, self.right)
        return along(field, domain, places, logarithmic=self.logarithmic)

    def ticks(self, size: float) -> list[float]:
        """The most round values of one spacing whose labels do not touch at a size of text.

        Where of none all have it, two of the coarsest of which two have, as far apart as may be; else one.
        """
        shown = [[v for v in candidates if self._shown(v)] for candidates in self._candidates()]
        spacings = sorted((inside for inside in shown if len(inside) > 1), key=len, reverse=True)
        pairs = (pair for inside in shown for pair in self._pairs(inside))
        single = ([inside[len(inside) // 2]] for inside in shown if inside)
        fitting = (values for values in chain(spacings, pairs) if self._apart(values, size))
        return next(chain(fitting, single), [])

    def _pairs(self, values: Sequence[float]) -> Iterable[list[float]]:
        """Any two of some values, the farthest apart first."""
        found = sorted(
            combinations(values, 2), key=lambda pair: self.place(pair[1]) - self.place(pair[0]), reverse=True
        )
        return map(list, found)

    def _shown(self, value: float) -> bool:
        """Whether a value may have a tick; no probability or share is ever written as 0 or 100 %."""
        return self.low <= value <= self.high and not (self.shares and value in (0.0, 1.0))

    def _candidates(self) -> Iterable[list[float]]:
        if self.logarithmic:
            first, last = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            for stride in (6, 4, 3, 2):
                yield [float(f"1e{power}") for power in range(first, last + 1, stride)]
            for steps in _STEPS:
                yield [float(f"{step}e{power}") for power in range(first, last + 1) for step in steps]
        span = self.high - self.low
        power = math.floor(math.log10(span))
        for step in (float(f"{digit}e{e}") for e in (power, power - 1) for digit in (5, 2, 1)):
            first, last = math.ceil(self.low / step), math.floor(self.high / step)
            yield [round(index * step, 12 - power) for index in range(first, last + 1)]

    def _apart(self, values: Sequence[float], size: float) -> bool:
        ends = [(self._middle(v, size), width(self.text(v), size) / 2) for v in values]
        if any(abs(at - self.place(v)) > _ASIDE for v, (at, _) in zip(values, ends, strict=True)):
            return False
        return all(b - half_b - (a + half_a) >= _APART for (a, half_a), (b, half_b) in pairwise(ends))

    def _middle(self, value: float, size: float) -> float:
        """The middle of a tick's label, moved inwards where it would reach too far beyond an end."""
        half = width(self.text(value), size) / 2
        inner = max(self.place(value), self.left - self.overhang + half)
        return min(inner, self.right + self.overhang - half)

    def grid(self, bands: Iterable[tuple[float, float]], look: Look) -> Layer:
        """Lines at the ticks through bands of the picture, each from its top to its bottom."""
        lines = [
            {"value": value, "top": top, "bottom": bottom}
            for value in self.ticks(look.small)
            for top, bottom in bands
        ]
        thin = mark("rule", color=GRID, strokeWidth=1)
        return layer(lines, thin, x=self.channel("value"), y=down("top"), y2=end("bottom"))

    def labels(self, foot: float, look: Look, title: str = "") -> list[Text]:
        """The ticks' values below the foot of the picture, and a title; they take `height` pixels."""
        hand = Hand(size=look.small, colour=MUTED, align="center")
        line = foot + 0.6 * look.line
        texts = [Text(self._label(v, look), line, self.text(v), hand) for v in self.ticks(look.small)]
        if title:
            half = min(width(title, look.small), look.width) / 2
            middle = min(max((self.left + self.right) / 2, half), look.width - half)
            limited = replace(hand, limit=look.width)
            texts.append(Text(middle, foot + 1.6 * look.line, title, limited))
        return texts

    def _label(self, value: float, look: Look) -> float:
        """The same, moved inwards where it would leave the picture too."""
        half = width(self.text(value), look.small) / 2
        return min(max(self._middle(value, look.small), half), look.width - half)


def height(look: Look, title: str = "") -> float:
    """Pixels that an axis takes below its lines."""
    return look.line * (2.2 if title else 1.2)


def tick_text(value: float) -> str:
    """A round value in full: `1,000,000`, `0.05`, `−2`; a power of ten where that is long."""
    size = abs(value)
    shown = f"{value:.3g}" if size and not 1e-4 <= size < 1e15 else f"{value:,.15g}"
    if "e" not in shown and size >= 1000 and value != round(value):
        shown = f"{value:,.1f}"
    return shown.replace("-", "−", 1) if value < 0 else shown
