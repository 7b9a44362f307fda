"""Smooth curves through means of cells, each with the window that foretells best.

The smoother is a local line in the normal score of the variable's rank. Bins alone would be rough; one
polynomial rings around a step, which is what a question that hangs on one variable is, and finds crossings
that are not there. A line fitted to the worlds in a window knows nothing of a step outside it. How wide the
window is, the replicates decide: the width whose curve from all other replicates best foretells the one left
out. The score of the rank, and not the rank, because most shapes are transforms of a normal: what is a
straight line or a smooth S in the score is steep at the ends in the rank.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from contested.shapes.base import Array

NARROWEST = 4  # cells of the narrowest window
_BETTER = 1 - 1e-9  # a narrower window must foretell better than by rounding


class Smoothed(NamedTuple):
    """Curves, and what goes with them: as `Conditional` has them."""

    smooth: Array
    slope: Array
    narrower: Array
    window: Array


def smoothed(cells: Array) -> Smoothed:
    """The curves with the window that foretells best, and what goes with it.

    What is narrower than the narrowest window is a cell by itself.
    """
    count = cells.shape[-1]
    totals = _Sums.of(cells)
    widths = [0, *(count >> i for i in range(int(math.log2(max(1, count // NARROWEST))) + 1))]
    best = np.full(cells.shape[:-2], np.inf)
    window = np.zeros(cells.shape[:-2], dtype=int)
    smooth = np.zeros_like(cells)
    slope, narrower = np.zeros((2, *cells.shape[:-2], count))
    was_best = np.zeros(cells.shape[:-2], dtype=bool)
    for width in widths:
        curve, rise = totals.lines(width)
        pooled = curve.mean(axis=-2)
        narrower[was_best] = pooled[was_best]
        score = _missed(cells, curve, pooled)
        was_best = score < best * _BETTER
        best = np.where(was_best, score, best)
        window = np.where(was_best, width, window)
        smooth[was_best] = curve[was_best]
        slope[was_best] = rise.mean(axis=-2)[was_best]
        narrower[was_best] = pooled[was_best]
    narrower[was_best] = cells.mean(axis=-2)[was_best]
    return Smoothed(smooth, slope, narrower, window)


@lru_cache(maxsize=8)
def scores(count: int) -> Array:
    """Normal score of the middle of each of so many cells."""
    found = np.asarray(ndtri((np.arange(count) + 0.5) / count))
    found.flags.writeable = False
    return found


def _missed(cells: Array, curve: Array, pooled: Array) -> Array:
    """Mean square by which each replicate's cells miss the curve of the others: shape (…)."""
    replicates = cells.shape[-2]
    others = (replicates * pooled[..., None, :] - curve) / (replicates - 1)
    return np.asarray(((cells - others) ** 2).mean(axis=(-2, -1)))


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Running sums over cells, from which the line of every window is had at once."""

    scores: Array
    values: Array  # (…, replicate, cell + 1)
    products: Array

    @classmethod
    def of(cls, cells: Array) -> _Sums:
        of_cells = scores(cells.shape[-1])
        return cls(of_cells, _running(cells), _running(cells * of_cells))

    def lines(self, width: int) -> tuple[Array, Array]:
        """The local line at each cell, and its slope: two arrays (…, replicate, cell)."""
        count = len(self.scores)
        starts = np.clip(np.arange(count) - width // 2, 0, count - (width or count))
        ends = starts + (width or count)
        mean = (self.values[..., ends] - self.values[..., starts]) / (width or count)
        if width <= 1:
            return mean, np.zeros_like(mean)
        first, second = _running(self.scores), _running(self.scores**2)
        centre = (first[ends] - first[starts]) / width
        spread = (second[ends] - second[starts]) / width - centre**2
        covariance = (self.products[..., ends] - self.products[..., starts]) / width - centre * mean
        slope = covariance / spread
        return mean + slope * (self.scores - centre), slope


def _running(cells: Array) -> Array:
    padded = np.zeros((*cells.shape[:-1], cells.shape[-1] + 1))
    np.cumsum(cells, axis=-1, out=padded[..., 1:])
    return padded
