"""Draws in rising order, stratum by stratum: what the rules of pooling that mix no draws are read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

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

    def spread(self, used: Used) -> Array:
        """Quantiles at (i - 1/2) / size for i from 1 to size, of each stratum used: (row, used, size)."""
        if np.all(self.kept[:, used] == self.size):
            return self.values[:, used]
        return self.quantile((np.arange(self.size) + 0.5) / self.size, used)

    def smooth_quantile(self, levels: ArrayLike, used: Used) -> Array:
        """Quantiles between the order statistics, the i-th of n being at (i - 1/2) / n: (row, used, level).

        Hazen's plotting positions: where n points lie one in each n-th part, as those of a net do, the i-th
        is in the middle of its part. Between two of them the value is linear in the normal score.
        """
        sought, kept = np.asarray(levels, dtype=float), self.kept[:, used, None]
        last = np.maximum(kept - 1, 0)
        below = np.clip(np.floor(sought * kept - 0.5), 0, last).astype(np.intp)
        above = np.minimum(below + 1, last)
        first, second = (ndtri((place + 0.5) / np.maximum(kept, 1)) for place in (below, above))
        share = np.clip((ndtri(sought) - first) / np.where(above > below, second - first, np.inf), 0, 1)
        low, high = self._at(below, used), self._at(above, used)
        return np.asarray(low + share * (high - low))

    def extremes(self, stratum: int, count: int) -> tuple[float, float]:
        """Between which values all but the lowest and the highest so many draws of a stratum lie."""
        own, kept = self.values[:, stratum], self.kept[:, stratum]
        lowest, highest = (np.sort(np.concatenate(runs)) for runs in (
            [row[: min(count, k)] for row, k in zip(own, kept, strict=True)],
            [row[max(k - count, 0) : k] for row, k in zip(own, kept, strict=True)],
        ))  # fmt: skip
        return float(lowest[count - 1]), float(highest[-count])

    def _at(self, place: NDArray[np.intp], used: Used) -> Array:
        row = np.arange(len(self.values))[:, None, None]
        return np.asarray(self.values[row, np.asarray(used)[:, None], place])


def by_replicate(strata: Strata) -> OrderStatistics:
    """Those of each replicate, a row each."""
    return OrderStatistics(strata.samples(), np.rint(strata.mass * strata.size).astype(np.intp))


def together(parts: OrderStatistics) -> OrderStatistics:
    """Those of all rows as one."""
    strata = parts.values.shape[1]
    merged = [np.sort(parts.values[:, k], axis=None, kind="stable") for k in range(strata)]
    return OrderStatistics(np.stack(merged)[None], parts.kept.sum(axis=0)[None])
