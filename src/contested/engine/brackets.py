"""Where quantiles of a linear pool lie, to a bucket: no draw is gathered, so thousands cost little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.engine.strata import TOLERANCE, Strata
from contested.shapes.base import Array

_FINE = 32_768  # buckets, where they are to be narrow beside any interval
_MOST_SHARES = 4_194_304  # kept at once: with many strata, fewer buckets
_TOGETHER = 1_048_576  # weights of searches that run in step


@dataclass(frozen=True, slots=True)
class Brackets:
    """The cdf of every stratum at the buckets' starts.

    Attributes
    ----------
    before : ndarray, shape (bucket + 1, stratum)
        Share of the draws before each bucket.
    mass : ndarray, shape (stratum,)
        Share of the draws that counts.
    ends : ndarray, shape (bucket + 1,)
        Between which the values of each bucket lie.
    """

    before: Array
    mass: Array
    ends: Array

    @classmethod
    def of(cls, strata: Strata) -> Brackets:
        """The strata's own buckets."""
        draws = strata.size * len(strata.mass)
        before = np.ascontiguousarray(strata.counts.sum(axis=0).T) / draws
        return cls(before, strata.mass.mean(axis=0), strata.key.ends())

    @classmethod
    def fine(cls, strata: Strata) -> Brackets:
        """Narrower ones, all with finite ends where the draws that count are finite."""
        values = strata.values
        key = strata.key.finer(max(1, min(_FINE, _MOST_SHARES // strata.count)))
        before = np.zeros((key.buckets + 1, strata.count))
        for stratum in range(strata.count):
            own = key(np.ascontiguousarray(values[:, stratum]).ravel())
            np.cumsum(np.bincount(own, minlength=key.buckets), out=before[1:, stratum])
        ends = key.ends()
        ends[0] = values.min()
        ends[-1] = (
            values.max(where=np.isfinite(values), initial=ends[0])
            if (strata.mass < 1).any()
            else values.max()
        )
        return cls(before / (strata.size * len(values)), strata.mass.mean(axis=0), ends)

    @property
    def count(self) -> int:
        """How many buckets there are."""
        return len(self.before) - 1

    def most(self, values: Array) -> Array:
        """A share of each stratum's draws that at most are at or below each value: (…, stratum)."""
        return self.before[np.searchsorted(self.ends[1:-1], values, side="right") + 1]

    def least(self, values: Array) -> Array:
        """A share of each stratum's draws that at least are at or below each value: (…, stratum)."""
        return self.before[np.searchsorted(self.ends[1:-1], values)]

    def find(
        self,
        weights: Array,
        levels: Array,
        low: NDArray[np.intp] | None = None,
        high: NDArray[np.intp] | None = None,
    ) -> NDArray[np.intp]:
        """The bucket that a quantile lies in, as `Strata.quantile` defines it, for each search.

        Parameters
        ----------
        weights : ndarray, shape (search, stratum)
        levels : ndarray, shape (search,)
        low, high : ndarray of integers, shape (search,), optional
            The first and last bucket that it may be.

        Returns
        -------
        ndarray of integers, shape (search,)
            Anything where no draw of the weights' strata counts.
        """
        number = len(weights)
        first = np.zeros(number, dtype=np.intp) if low is None else low
        last = np.full(number, self.count - 1) if high is None else high
        found = np.empty(number, dtype=np.intp)
        length = max(1, _TOGETHER // len(self.mass))
        for start in range(0, number, length):
            some = slice(start, start + length)
            below = (levels[some] - TOLERANCE) * (weights[some] @ self.mass)
            found[some] = self._last_below(weights[some], below, first[some], last[some])
        return found

    def _last_below(
        self, weights: Array, levels: Array, low: NDArray[np.intp], high: NDArray[np.intp]
    ) -> NDArray[np.intp]:
        """The last bucket of each range before which F is below the level; the first where none is."""
        step = 1 << int((high - low).max(initial=0)).bit_length()
        while step := step >> 1:
            further = np.minimum(low + step, high)
            cdf = np.einsum("sk,sk->s", self.before.take(further, axis=0), weights)
            low = np.where(cdf < levels, further, low)
        return low
