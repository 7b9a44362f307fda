"""Strata: one quantity's draws; any weighting's cdf and quantiles without drawing again.

The pooled cdf is linear in the weights of the strata: F(t; w) = sum_k w_k #{x_k <= t} / n. Every draw is
given a bucket, buckets rising in value, and the draws of each stratum and replicate before each bucket are
counted; so F is known at every bucket's start for any weights. A quantile is a binary search among the
buckets, then one inside its bucket. Only the buckets that some search ends in are ever gathered and sorted.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contested.engine.buckets import Key
from contested.engine.sorted_draws import MOST_COUNTS, SortedDraws, below, in_step, place_reaching
from contested.shapes.base import Array

_BUCKET = 256  # draws in a bucket, about
_IN_CACHE = 16_384  # draws that are given their buckets at once
_MOST_BUCKETS = 65_536  # what sixteen bits hold
TOLERANCE = 1e-12  # on F >= p, times the total mass: sums of weights are exact only to rounding


@dataclass(frozen=True, slots=True)
class Strata:
    """The draws of one quantity over all its strata and replicates, ready for any weighting.

    Attributes
    ----------
    values : ndarray, shape (replicate, stratum, point)
        The draws; +inf for worlds that are left out.
    buckets : ndarray of integers, same shape
        The bucket of each.
    counts : ndarray of integers, shape (replicate, stratum, bucket + 1)
        Draws before each bucket.
    mass : ndarray, shape (replicate, stratum)
        Share of the points that counts: 1 unless worlds were left out.
    key : Key
        What gives a value its bucket.
    """

    values: Array
    buckets: NDArray[np.uint16]
    counts: NDArray[np.integer]
    mass: Array
    key: Key

    @classmethod
    def of(cls, draws: Array, keep: NDArray[np.bool_] | None = None) -> Strata:
        """Give draws of shape (replicate, stratum, point) their buckets; worlds not kept carry no mass."""
        replicates, strata, size = draws.shape
        mass = np.ones((replicates, strata)) if keep is None else keep.mean(axis=2)
        values = draws if keep is None else np.where(keep, draws, np.inf)
        rows = replicates * strata
        number = max(1, min(_MOST_BUCKETS, values.size // _BUCKET, MOST_COUNTS // rows))
        key = Key.of(values, number)
        buckets = np.empty((rows, size), dtype=np.uint16)
        tally = np.empty((rows, number), dtype=np.int64)
        together = max(1, _IN_CACHE // size)
        for first in range(0, rows, together):
            some = slice(first, min(first + together, rows))
            buckets[some] = key(values.reshape(rows, size)[some])
            own = buckets[some] + number * np.arange(some.stop - first)[:, None]
            tally[some] = np.bincount(own.ravel(), minlength=number * len(own)).reshape(len(own), number)
        counts = np.zeros((rows, number + 1), dtype=np.int64)
        np.cumsum(tally, axis=1, out=counts[:, 1:])
        shaped = buckets.reshape(draws.shape), counts.reshape(replicates, strata, -1)
        return cls(values, *shaped, mass, key)

    @property
    def count(self) -> int:
        """How many strata there are."""
        return int(self.mass.shape[1])

    @property
    def size(self) -> int:
        """Draws of each stratum in each replicate, those left out included."""
        return int(self.values.shape[2])

    def quantile(self, weights: ArrayLike, levels: ArrayLike) -> Array:
        """Quantiles of the linear pool: inf{x: F(x; w) >= p}.

        Parameters
        ----------
        weights : array_like, shape (weighting, stratum)
            Non-negative; each row sums to one.
        levels : array_like, shape (level,)

        Returns
        -------
        ndarray, shape (weighting, level)
        """
        return np.asarray(self._quantile(_Rows.pooled(self), weights, levels)[0])

    def replicate_quantile(self, weights: ArrayLike, levels: ArrayLike) -> Array:
        """The same from each replicate alone: shape (replicate, weighting, level)."""
        return self._quantile(_Rows.by_replicate(self), weights, levels)

    def quantile_each(self, weights: ArrayLike, levels: ArrayLike) -> Array:
        """One quantile of each linear pool, at a level of its own.

        Parameters
        ----------
        weights : array_like, shape (search, stratum)
            Non-negative; each row sums to one.
        levels : array_like, shape (search,)

        Returns
        -------
        ndarray, shape (search,)
        """
        w, p = np.asarray(weights, dtype=float), np.asarray(levels, dtype=float)
        return self._search(_Rows.pooled(self), np.zeros(len(w), dtype=np.intp), np.ascontiguousarray(w.T), p)

    def _quantile(self, rows: _Rows, weights: ArrayLike, levels: ArrayLike) -> Array:
        w, p = np.asarray(weights, dtype=float), np.asarray(levels, dtype=float)
        shape = (rows.mass.shape[0], w.shape[0], p.size)
        row, weighting, level = (index.ravel() for index in np.indices(shape))
        columns = np.ascontiguousarray(w.T)[:, weighting]
        return self._search(rows, row, columns, p[level]).reshape(shape)

    def _search(self, rows: _Rows, row: NDArray[np.intp], columns: Array, levels: Array) -> Array:
        total = np.zeros(row.shape)
        for stratum in range(self.count):
            total += columns[stratum] * rows.mass[row, stratum]
        return rows.search(row, columns / rows.size, (levels - TOLERANCE) * total)

    def cdf(self, weights: ArrayLike, x: ArrayLike) -> Array:
        """P(X <= x) in the linear pool: shape (weighting, x)."""
        w = np.asarray(weights, dtype=float)
        places = np.atleast_1d(np.asarray(x, dtype=float))
        below = np.stack([(self.values <= place).mean(axis=(0, 2)) for place in places], axis=1)
        mass = self.mass.mean(axis=0)
        found, whole = np.zeros((w.shape[0], places.size)), np.zeros((w.shape[0], 1))
        for stratum in range(self.count):
            found += w[:, stratum, None] * below[stratum]
            whole += w[:, stratum, None] * mass[stratum]
        return np.asarray(found / whole)

    def samples(self) -> Array:
        """All draws by replicate and stratum, each sample in rising order: (replicate, stratum, point).

        Worlds that are left out stand at the end, as inf.
        """
        return np.sort(self.values, axis=2)


@dataclass(frozen=True, slots=True)
class _Rows:
    """A view of strata in rows that are searched on their own: one for the pool, or one a replicate.

    Attributes
    ----------
    before : ndarray of integers, shape (stratum, row, bucket + 1)
        Draws before each bucket.
    mass : ndarray, shape (row, stratum)
    size : int
        Draws of each stratum in a row.
    """

    strata: Strata
    before: NDArray[np.integer]
    mass: Array
    size: int

    @classmethod
    def pooled(cls, strata: Strata) -> _Rows:
        mass = strata.mass.mean(axis=0, keepdims=True)
        return cls(strata, strata.counts.sum(axis=0)[:, None], mass, strata.size * len(strata.mass))

    @classmethod
    def by_replicate(cls, strata: Strata) -> _Rows:
        return cls(strata, np.ascontiguousarray(np.swapaxes(strata.counts, 0, 1)), strata.mass, strata.size)

    def search(self, row: NDArray[np.intp], weights: Array, levels: Array) -> Array:
        """The smallest draw x of its row with F(x; w) >= level, for each search.

        Parameters
        ----------
        row : ndarray, shape (search,)
        weights : ndarray, shape (stratum, search)
            Per draw: divided by the draws of a stratum in a row.
        levels : ndarray, shape (search,)
            In units of F: times the total mass.
        """
        before = self.before.reshape(self.strata.count, -1)
        width = self.before.shape[2]
        places = np.empty(row.shape, dtype=np.intp)
        rest = np.empty(row.shape)
        for some in in_step(row.size):
            first = row[some] * width
            places[some] = place_reaching(before, weights[:, some], levels[some], first, first + width - 1)
            rest[some] = levels[some] - below(before, weights[:, some], places[some])
        bucket = places % width
        asked = np.flatnonzero(np.bincount(bucket, minlength=width))
        which = np.searchsorted(asked, np.arange(width)).take(bucket)
        return self._sorted(asked).search(row, which, weights, rest)

    def _sorted(self, asked: NDArray[np.intp]) -> SortedDraws:
        """The draws of some buckets in rising order, row after row."""
        strata, rows = self.strata, self.mass.shape[0]
        wanted = np.zeros(self.before.shape[2], dtype=bool)
        wanted[asked] = True
        chosen = np.flatnonzero(wanted[strata.buckets])  # by replicate, then stratum
        values = strata.values.ravel()[chosen]
        ends = np.searchsorted(chosen, np.arange(rows + 1) * (strata.values.size // rows))
        order = np.concatenate([start + np.argsort(values[start:end]) for start, end in pairwise(ends)])
        labels = ((chosen // strata.size) % strata.count).astype(np.uint16)[order]  # small: read many times
        own = (self.before[:, :, asked + 1] - self.before[:, :, asked]).sum(axis=0)
        starts = np.zeros((rows, asked.size + 1), dtype=np.intp)
        np.cumsum(own, axis=1, out=starts[:, 1:])
        starts[1:] += np.cumsum(own.sum(axis=1))[:-1, None]
        return SortedDraws(values[order], labels, starts)
