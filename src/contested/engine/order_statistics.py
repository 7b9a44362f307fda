"""Draws in rising order, stratum by stratum: what the rules of pooling that mix no draws are read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contested.engine.strata import TOLERANCE, Strata
from contested.shapes.base import Array

Used = Sequence[int] | NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class OrderStatistics:
    """Each stratum's draws in rising order, in rows that stand by themselves.

    Attributes
    ----------
    values : ndarray, shape (row, stratum, size)
        Those that do not count stand at the end, as inf.
    kept : ndarray of integers, shape (row, stratum)
        How many count.
    """

    values: Array
    kept: NDArray[np.intp]

    @property
    def size(self) -> int:
        """Draws of each stratum in a row, those that do not count included."""
        return int(self.values.shape[2])

    def quantile(self, levels: ArrayLike, used: Used) -> Array:
        """inf{x: F(x) >= p} of each stratum used, as `Strata.quantile` has it: (row, used, level)."""
        kept = self.kept[:, used, None]
        place = np.ceil((np.asarray(levels, dtype=float) - TOLERANCE) * kept).astype(np.intp) - 1
        return self._at(np.clip(place, 0, np.maximum(kept - 1, 0)), used)

    def smooth_quantile(self, levels: ArrayLike, used: Used) -> Array:
        """Quantiles between the order statistics, the i-th of n being at (i - 1/2) / n: (row, used, level).

        Hazen's plotting positions, linear between them: where n points lie one in each n-th part, as those
        of a net do, the i-th is in the middle of its part.
        """
        kept = self.kept[:, used, None]
        position = np.clip(np.asarray(levels, dtype=float) * kept - 0.5, 0, np.maximum(kept - 1, 0))
        below = np.minimum(position.astype(np.intp), np.maximum(kept - 2, 0))
        low, high = self._at(below, used), self._at(np.minimum(below + 1, self.size - 1), used)
        return np.asarray(low + (position - below) * (high - low))

    def ends(self, used: Used) -> tuple[Array, Array]:
        """The lowest and the highest draw that counts: two arrays (row, used)."""
        last = np.maximum(self.kept[:, used, None] - 1, 0)
        return self._at(np.zeros_like(last), used)[..., 0], self._at(last, used)[..., 0]

    def _at(self, place: NDArray[np.intp], used: Used) -> Array:
        row = np.arange(len(self.values))[:, None, None]
        return np.asarray(self.values[row, np.asarray(used)[:, None], place])


def order_statistics(strata: Strata) -> tuple[OrderStatistics, OrderStatistics]:
    """Those of all draws together, as one row, and those of each replicate."""
    values = strata.samples()
    kept = np.rint(strata.mass * strata.size).astype(np.intp)
    together = [np.sort(values[:, k], axis=None, kind="stable") for k in range(strata.count)]
    whole = OrderStatistics(np.stack(together)[None], kept.sum(axis=0)[None])
    return whole, OrderStatistics(values, kept)
