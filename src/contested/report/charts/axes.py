"""The axis of values: logarithmic where that shows more, with as many ticks as there is room for."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import chain, combinations
from typing import NamedTuple

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


class _Label(NamedTuple):
    """A tick's label: where its tick is, its own middle, and half of its width, in pixels."""

    value: float
    tick: float
    middle: float
    half: float

    @property
    def astray(self) -> bool:
        """Whether it stands too far aside for its tick."""
        return abs(self.middle - self.tick) > _ASIDE


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
        low, high = self._scaled(self.low), self._scaled(self.high)
        return self.left + (self._scaled(value) - low) / (high - low) * (self.right - self.left)

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
        label = cache(partial(self._label, size=size))  # spacings have most of their values in common
        spacings = _spacings(self.low, self.high, logarithmic=self.logarithmic, shares=self.shares)
        several = sorted((inside for inside in spacings if len(inside) > 1), key=len, reverse=True)
        fitting = (inside for inside in several if _apart(map(label, inside)))
        pairs = (pair for inside in spacings if (pair := _farthest_apart(map(label, inside))))
        single = ([inside[len(inside) // 2]] for inside in spacings if inside)
        return list(next(chain(fitting, pairs, single), []))

    def _label(self, value: float, size: float) -> _Label:
        """A tick's label: its middle is moved inwards where it would reach too far beyond an end."""
        place, half = self.place(value), width(self.text(value), size) / 2
        inner = max(place, self.left - self.overhang + half)
        return _Label(value, place, min(inner, self.right + self.overhang - half), half)

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
        texts = [Text(self._middle(v, look), line, self.text(v), hand) for v in self.ticks(look.small)]
        if title:
            half = min(width(title, look.small), look.width) / 2
            middle = min(max((self.left + self.right) / 2, half), look.width - half)
            limited = replace(hand, limit=look.width)
            texts.append(Text(middle, foot + 1.6 * look.line, title, limited))
        return texts

    def _middle(self, value: float, look: Look) -> float:
        """The middle of a label, moved inwards where it would leave the picture too."""
        label = self._label(value, look.small)
        return min(max(label.middle, label.half), look.width - label.half)


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


@lru_cache(maxsize=64)  # sliders ask for the ticks of one axis at many widths
def _spacings(low: float, high: float, *, logarithmic: bool, shares: bool) -> Sequence[Sequence[float]]:
    """Round values from one to another, by spacing; no probability or share is ever written as 0 or 100 %."""
    left_out = (0.0, 1.0) if shares else ()
    return [
        [value for value in spacing if low <= value <= high and value not in left_out]
        for spacing in (*(_of_decades(low, high) if logarithmic else ()), *_even(low, high))
    ]


def _of_decades(low: float, high: float) -> Iterator[list[float]]:
    """Every few powers of ten, then finer and finer steps of each decade."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for stride in (6, 4, 3, 2):
        yield [float(f"1e{power}") for power in range(first, last + 1, stride)]
    for steps in _STEPS:
        yield [float(f"{step}e{power}") for power in range(first, last + 1) for step in steps]


def _even(low: float, high: float) -> Iterator[list[float]]:
    """Round values evenly spaced, finer and finer."""
    power = math.floor(math.log10(high - low))
    for step in (float(f"{digit}e{e}") for e in (power, power - 1) for digit in (5, 2, 1)):
        first, last = math.ceil(low / step), math.floor(high / step)
        yield [round(index * step, 12 - power) for index in range(first, last + 1)]


def _apart(labels: Iterable[_Label]) -> bool:
    """Whether labels stand at their ticks and apart; it looks no further than to the first that does not."""
    end = -math.inf
    for label in labels:
        if label.astray or label.middle - label.half - end < _APART:
            return False
        end = label.middle + label.half
    return True


def _farthest_apart(labels: Iterable[_Label]) -> list[float]:
    """The values of those two that lie farthest apart of those that have room; none where no two have."""
    pairs = filter(_apart, combinations([label for label in labels if not label.astray], 2))
    return [label.value for label in max(pairs, key=lambda pair: pair[1].tick - pair[0].tick, default=())]
