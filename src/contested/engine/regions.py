"""Where a pool's density reaches a threshold: one region per mode, however rough the density's estimate."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from contested.engine.density import LinearPool
from contested.shapes.base import Array

_PLACES = 2048  # places, over all strata, where the density is taken; as many again between them
_FEWEST = 32  # places of one stratum
_DIP = 0.1  # a dip by less than this share of the lower peak parts nothing …
_SURE = 4.0  # … nor one where the estimates, so many standard errors wide each, overlap
_SLIVER = 0.001  # mass below which a region is left out, its mass given to the others
_ROUNDING = 1e-12  # mass that rounding alone may leave, by which an end may miss its draw


@dataclass(frozen=True, slots=True)
class Region:
    """A piece of the highest-density set: its ends, which are draws, and its mass."""

    low: float
    high: float
    mass: float

    def joined(self, following: Region) -> Region:
        """This one, up to the end of the one that follows."""
        return Region(self.low, following.high, self.mass + following.mass)


@dataclass(frozen=True, slots=True)
class Modes:
    """A pool's density, parted into its modes: what the regions of any mass are read from.

    Attributes
    ----------
    pool : LinearPool
    places : ndarray, shape (place,)
        Where the density is taken, in rising order.
    upto : ndarray, shape (place,)
        Mass up to each place and with it.
    heights : ndarray, shape (height,)
        Those that a mode's density rises to from either side, from the least to the greatest.
    basins : sequence of _Basin
    """

    pool: LinearPool
    places: Array
    upto: Array
    heights: Array
    basins: Sequence[_Basin]

    @classmethod
    def of(cls, pool: LinearPool, idle: Sequence[Array] = ()) -> Modes:
        """The modes of a pool without atoms.

        Parameters
        ----------
        pool : LinearPool
        idle : sequence of ndarray
            Samples, in rising order, of strata without weight. The density is taken at their draws too: at
            the same places whatever the weights, so that no end moves because other places are asked.

        Notes
        -----
        Between two real dips (deeper than a tenth of the lower peak, and beyond the estimate's error) the
        density has one mode.
        """
        places = places_among([*(component.sample for component in pool.components), *idle])
        density, error = pool.density(places)
        below, upto = pool.held(places, "left"), pool.held(places, "right")
        edges = [0, *_valleys(density, error), places.size - 1]
        basins = [_Basin.of(a, b, density, below, upto) for a, b in pairwise(edges)]
        heights = _rising([flank for basin in basins for flank in (basin.rise, basin.fall)])
        return cls(pool, places, upto, heights, basins)

    def regions(self, mass: float) -> list[Region]:
        """The regions of {f >= c} that together hold the mass, in rising order.

        Parameters
        ----------
        mass : float
            Above 0, below what the pool holds.

        Notes
        -----
        The set has one interval for each mode, from the first to the last place that reaches c. Two
        intervals that meet in a valley above c, or in the draw of a valley below it, are one region.
        Masses are read from the draws; where the density is flat the threshold jumps over the mass that is
        asked for, and the ends lie as far between those on either side of the jump as to hold it.
        """
        found: list[Region] = []
        for below, upto, held in _spans(self.basins, self.heights, mass):
            region = Region(self._draw(below, beyond=True), self._draw(upto), held)
            if found and region.low <= found[-1].high:  # each holds a part of the draw in the valley
                region = found.pop().joined(region)
            found.append(region)
        return found

    def _draw(self, mass: float, beyond: bool = False) -> float:
        """The first draw up to which (or beyond which) the mass lies."""
        mass += _ROUNDING if beyond else -_ROUNDING
        place = min(int(self.upto.searchsorted(mass)), self.places.size - 1)
        if place == 0:
            return float(self.places[0])
        values, masses = self.pool.between(float(self.places[place - 1]), float(self.places[place]))
        reached = self.upto[place - 1] + np.cumsum(masses)
        return float(values[min(int(reached.searchsorted(mass)), values.size - 1)])


def places_among(samples: Sequence[Array]) -> Array:
    """Where a density is taken: order statistics of each sample, the places just outside its ends, and one
    between each two.

    Parameters
    ----------
    samples : sequence of ndarray
        Each in rising order.
    """
    number = max(_PLACES // len(samples), _FEWEST)
    taken = []
    for sample in samples:
        taken.append(sample[np.linspace(0, sample.size - 1, number).round().astype(np.intp)])
        taken.append(np.nextafter(sample[[0, -1]], [-np.inf, np.inf]))
    places = _rising(taken)
    return _rising([places, places[:-1] / 2 + places[1:] / 2])


@dataclass(frozen=True, slots=True)
class _Basin:
    """What lies between two valleys, or between a valley and the end of the draws: one mode."""

    first: int  # place of its left edge
    last: int  # place of its right edge, where the next basin begins
    rise: Array  # greatest density from the left edge to each place
    fall: Array  # greatest density from the right edge to each place, going left
    below: Array  # mass below each place
    upto: Array  # mass up to each place and with it, going left from the right edge

    @classmethod
    def of(cls, first: int, last: int, density: Array, below: Array, upto: Array) -> _Basin:
        inside = slice(first, last + 1)
        rise, fall = np.maximum.accumulate(density[inside]), np.maximum.accumulate(density[inside][::-1])
        return cls(first, last, rise, fall, below[inside], upto[inside][::-1])

    def meets(self, following: _Basin, threshold: float) -> bool:
        """Whether the density keeps to the threshold through the valley to the next basin."""
        return self.last == following.first and bool(self.fall[0] >= threshold)

    def span(self, threshold: float) -> tuple[float, float]:
        """Mass below the interval where the density reaches the threshold, and up to its end.

        Where it never does, the span is empty, at the mode.
        """
        if threshold > self.rise[-1]:
            mode = float(self.below[self.rise.searchsorted(self.rise[-1])])
            return mode, mode
        return _crossing(self.rise, self.below, threshold), _crossing(self.fall, self.upto, threshold)


def _crossing(risen: Array, held: Array, threshold: float) -> float:
    """The mass where a density that has risen so far crosses a threshold, between two places linearly."""
    place = int(risen.searchsorted(threshold))
    if place == 0:
        return float(held[0])
    step = (threshold - risen[place - 1]) / (risen[place] - risen[place - 1])
    return float(held[place - 1] + step * (held[place] - held[place - 1]))


def _spans(basins: Sequence[_Basin], heights: Array, mass: float) -> list[tuple[float, float, float]]:
    """For each region the mass below its start, the mass up to its end, and what it holds."""
    low, high = _thresholds(basins, heights, mass)
    wide, narrow = [basin.span(low) for basin in basins], [basin.span(high) for basin in basins]
    most, least = _held(wide), _held(narrow)
    step = (most - mass) / (most - least) if most > least else 0.0
    between = [(a + step * (c - a), b + step * (d - b)) for (a, b), (c, d) in zip(wide, narrow, strict=True)]
    runs: list[list[int]] = []
    for k in range(len(basins)):
        if runs and basins[k - 1].meets(basins[k], low):
            runs[-1].append(k)
        else:
            runs.append([k])
    held = [_held(between[k] for k in run) for run in runs]
    kept = [run for run, share in zip(runs, held, strict=True) if share >= min(_SLIVER, max(held))]
    rest = [basins[k] for run in kept for k in run]
    if len(rest) < len(basins) and _held(basin.span(0.0) for basin in rest) >= mass:
        return _spans(rest, heights, mass)
    return [
        (between[run[0]][0], between[run[-1]][1], share)
        for run, share in zip(runs, held, strict=True)
        if share > 2 * _ROUNDING
    ]


def _thresholds(basins: Sequence[_Basin], heights: Array, mass: float) -> tuple[float, float]:
    """Two thresholds: the spans of the lower one hold the mass or more, those of the higher one less.

    All that the spans hold is linear in the threshold above one height of the density, up to the next
    and with it. It jumps right above a height where the density is flat; the two are then that height
    and the number next to it.
    """

    def holds_less(threshold: float) -> bool:
        return _held(basin.span(threshold) for basin in basins) < mass

    following = bisect_left(heights, True, lo=1, key=holds_less)
    height = float(heights[following - 1])
    above = math.nextafter(height, math.inf)
    return (height, above) if holds_less(above) else (above, float(heights[following]))


def _held(spans: Iterable[tuple[float, float]]) -> float:
    return math.fsum(high - low for low, high in spans)


def _rising(runs: Sequence[Array]) -> Array:
    """The values of rising runs once each, in rising order; NumPy's stable sort is one that merges runs."""
    values = np.sort(np.concatenate(runs), kind="stable")
    return np.asarray(values[np.concatenate([[True], values[1:] > values[:-1]])])


def _valleys(density: Array, error: Array) -> list[int]:
    """The lowest places between modes that are told apart beyond doubt."""
    turns = np.flatnonzero(np.diff(np.sign(np.diff(density)), prepend=np.nan, append=np.nan))
    f = density[turns]
    least, most = f - _SURE * error[turns], f + _SURE * error[turns]
    valleys: list[int] = []
    start = 0
    while True:
        peak = start + _records(least[start:])
        fallen = (most[start:] < least[peak]) & (f[start:] < (1 - _DIP) * f[peak])
        if not fallen.any():
            return valleys
        start += int(fallen.argmax())
        valley = start + _records(-most[start:])
        risen = (least[start:] > most[valley]) & (f[valley] < (1 - _DIP) * f[start:])
        if not risen.any():
            return valleys
        valleys.append(int(turns[valley[risen.argmax()]]))
        start += int(risen.argmax())


def _records(values: Array) -> NDArray[np.intp]:
    """Where the greatest of the values so far stands, the first of equals: an index for each value."""
    greatest = np.maximum.accumulate(values)
    new = np.concatenate([[True], values[1:] > greatest[:-1]])
    return np.maximum.accumulate(np.where(new, np.arange(values.size), 0))
