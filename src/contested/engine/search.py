"""Where a probability crosses a level as one variable is held further and further out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from contested.engine.conditional import SUPPORTED
from contested.engine.pinned import Pinned
from contested.engine.variables import Law
from contested.shapes.base import Array

FARTHEST = 10.0  # half-widths of a variable's central 98 % from their middle: the end of every search

_WITHIN = (SUPPORTED[0], 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, SUPPORTED[1])
_BEYOND = (1.25, 1.6, 2.0, 2.6, 3.4, 4.5, 5.9, 7.7, FARTHEST)  # half-widths from the middle
_GLANCE = 64  # points of each replicate that tell the side where a probability is far from a level
_FIRST, _MOST = 512, 4096  # points of each replicate that a crossing is solved with
_CLEAR = 3.0  # standard errors that are far
_PRECISE = 0.02  # half-widths; a crossing less certain is solved again with twice the worlds
_TOLERANCE = 3e-4  # of the solver, in half-widths, or in logs where that is less
_STEP = 0.05  # half-widths to either side, for the slope
_COVERED = 2.0  # standard errors of a drawn crossing within which fresh runs must find it
_REST = 1e-12  # a probability nearer to a level rests on it
_LARGEST_LOG = 690.0  # exp of more overflows, and of less than its negative vanishes


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A value at which the probability is at the level, in the variable's unit, and its standard error."""

    value: float
    mcse: float


@dataclass(frozen=True)
class SearchRange:
    """The values at which a variable is looked at, on a scale of its own: logs where it is positive.

    Attributes
    ----------
    law : Law
    """

    law: Law

    @cached_property
    def _central(self) -> Array:
        return np.asarray(self.law.quantile(np.array(_WITHIN)), dtype=float)

    @cached_property
    def logs(self) -> bool:
        """Whether the scale is logarithmic."""
        return self.law.low >= 0 and self._central[0] > 0

    @cached_property
    def half(self) -> float:
        """Half the width of the central 98 % on the scale."""
        low, high = self.scaled(self._central[[0, -1]])
        return float(high - low) / 2

    def scaled(self, values: Array) -> Array:
        """Values to the scale; minus infinity for a bound of 0 on a logarithmic one."""
        with np.errstate(divide="ignore"):
            return np.log(values) if self.logs else np.asarray(values)

    def value(self, place: Array) -> Array:
        """Places on the scale to values."""
        return np.exp(np.clip(place, -_LARGEST_LOG, _LARGEST_LOG)) if self.logs else np.asarray(place)

    @cached_property
    def grid(self) -> Array:
        """Places looked at, rising: across the central 98 %, then out to the limits."""
        within = self.scaled(self._central)
        middle = (within[0] + within[-1]) / 2
        out = np.array(_BEYOND) * self.half
        bounds = self.scaled(np.array([self.law.low, self.law.high]))
        lowest, highest = np.clip(bounds, -_LARGEST_LOG, _LARGEST_LOG) if self.logs else bounds
        places = np.concatenate([middle - out[::-1], within, middle + out])
        return np.unique(np.clip(places, lowest, highest))

    @property
    def reach(self) -> tuple[float, float]:
        """The two values beyond which nothing was looked at."""
        low, high = self.value(self.grid[[0, -1]]).tolist()
        return low, high

    def outside(self) -> tuple[slice, slice]:
        """The parts of the grid below and above the central 98 %, their inner ends with them."""
        low, high = self.scaled(self._central[[0, -1]])
        below, above = np.searchsorted(self.grid, [low, high]).tolist()
        return slice(0, below + 1), slice(above, None)


@dataclass(frozen=True)
class Search:
    """The fresh runs of one question with one variable held.

    A probability that rests on a level over a range of values, as it may where sources are certain, is not
    above it: the crossing is at that end of the range where it comes to be above.

    Attributes
    ----------
    pinned : Pinned
    span : SearchRange
    levels : sequence of float
        Every level that will be asked for.
    """

    pinned: Pinned
    span: SearchRange
    levels: Sequence[float]

    def everywhere(self, level: float) -> list[Root]:
        """All crossings from one limit to the other."""
        return self._between(self.span.grid, self._above(level), level)

    def beyond(self, level: float, ends: tuple[bool, bool]) -> list[Root]:
        """All crossings outside the central 98 %.

        Parameters
        ----------
        level : float
        ends : tuple of bool
            Whether the probability is above the level at the lower and the upper end of those 98 %, as
            the drawn worlds have it.
        """
        above, grid = self._above(level), self.span.grid
        below, beyond = self.span.outside()
        low, high = above[below].copy(), above[beyond].copy()
        low[-1], high[0] = ends
        return [
            *self._between(grid[below], low, level),
            *self._between(grid[beyond], high, level),
        ]

    def confirms(self, drawn: Sequence[Root], level: float) -> list[bool]:
        """Whether each crossing that the drawn worlds gave is one, to within its error, by fresh runs.

        Notes
        -----
        Two standard errors below and above it the probability must be on different sides of the level. A
        curve that is steep or bent within a few cells of the drawn worlds is smoothed there into another
        one; what their crossing is then off by, their own error does not show.
        """
        if not drawn:
            return []
        law, reach = self.span.law, _COVERED * np.array([-1.0, 1.0])
        around = np.concatenate([root.value + root.mcse * reach for root in drawn])
        found, _ = self.pinned.probability(np.clip(around, law.low, law.high), _FIRST)
        below, above = (_excess(found, level) > 0).reshape(-1, 2).T
        return list((below != above).tolist())

    def between(self, low: float, high: float, level: float) -> Root | None:
        """The crossing between two values; None where fresh runs see the same side at both."""
        ends = np.array([low, high])
        at_low, at_high = self.pinned.probability(ends, _FIRST)[0]
        if (_excess(at_low, level) > 0) == (_excess(at_high, level) > 0):
            return None
        first, last = self.span.scaled(ends).tolist()
        return self._solved(first, last, level)

    @cached_property
    def _looked(self) -> Array:
        """The probability at every place of the grid.

        A few worlds tell the side of a level where they are far from it; the rest are looked at again
        with as many as a crossing is solved with.
        """
        values = self.span.value(self.span.grid)
        found, error = self.pinned.probability(values, _GLANCE)
        near = np.min(np.abs(found[:, None] - np.array(self.levels)), axis=1) < _CLEAR * error + _CLEAR / 1000
        if near.any():
            found = found.copy()
            found[near], _ = self.pinned.probability(values[near], _FIRST)
        return found

    def _above(self, level: float) -> NDArray[np.bool_]:
        return _excess(self._looked, level) > 0

    def _between(self, grid: Array, above: NDArray[np.bool_], level: float) -> list[Root]:
        turns = np.flatnonzero(above[1:] != above[:-1]).tolist()
        return [self._solved(float(grid[turn]), float(grid[turn + 1]), level) for turn in turns]

    def _solved(self, low: float, high: float, level: float) -> Root:
        points = _FIRST
        while True:
            place, error = self._root(low, high, level, points)
            if error <= _PRECISE * self.span.half or points >= _MOST:
                value = float(self.span.value(np.array(place)))
                return Root(value=value, mcse=error * abs(value) if self.span.logs else error)
            points *= 2

    def _root(self, low: float, high: float, level: float, points: int) -> tuple[float, float]:
        """A place on the scale where the probability is at the level, and its standard error there.

        Where these worlds see one side at both ends, the nearer end: the crossing is there to within error.
        """
        from scipy.optimize import brentq  # 30 ms, and only where something crosses outside

        @cache  # the solver asks for both ends again
        def excess(place: float) -> float:
            found, _ = self.pinned.probability(self.span.value(np.array([place])), points)
            return float(_excess(found, level)[0])

        at_low, at_high = excess(low), excess(high)
        tolerance = _TOLERANCE * (min(1.0, self.span.half) if self.span.logs else self.span.half)
        if at_low * at_high > 0:
            place = low if abs(at_low) < abs(at_high) else high
        else:
            place = float(brentq(excess, low, high, xtol=tolerance, rtol=1e-12))
        step = _STEP * self.span.half
        around = self.span.value(np.array([place - step, place, place + step]))
        found, errors = self.pinned.probability(around, points)
        slope = abs(float(found[2] - found[0])) / (2 * step)
        return place, math.hypot(float(errors[1]) / slope, tolerance) if slope else math.inf


def _excess(found: Array, level: float) -> Array:
    """By how much probabilities are above a level; those that rest on it count as just below."""
    excess = found - level
    return np.where(np.abs(excess) <= _REST, -_REST, excess)
