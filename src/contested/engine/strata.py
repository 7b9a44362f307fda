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

from contested.shapes.base import Array

_BUCKET = 256  # draws in a bucket, about
_MOST_BUCKETS = 65_536  # what sixteen bits hold
_MOST_COUNTS = 4_194_304  # counts kept at once: with many strata, fewer and larger buckets
_PROBES = 4096  # draws that settle where the buckets lie
_TOGETHER = 32_768  # binary searches that run in step, so that their arrays stay in cache
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
        number = max(1, min(_MOST_BUCKETS, values.size // _BUCKET, _MOST_COUNTS // rows))
        key = Key.of(values, number)
        buckets = np.empty((rows, size), dtype=np.uint16)
        tally = np.empty((rows, number), dtype=np.int64)
        for row, own in enumerate(values.reshape(rows, size)):  # a row at a time stays in cache
            buckets[row] = key(own)
            tally[row] = np.bincount(buckets[row], minlength=number)
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
        for some in _steps(row.size):
            first = row[some] * width
            places[some] = _reach(before, weights[:, some], levels[some], first, first + width - 1)
            rest[some] = levels[some] - _pooled(before, weights[:, some], places[some])
        bucket = places % width
        asked = np.flatnonzero(np.bincount(bucket, minlength=width))
        which = np.searchsorted(asked, np.arange(width)).take(bucket)
        return self._sorted(asked).search(row, which, weights, rest)

    def _sorted(self, asked: NDArray[np.intp]) -> _Sorted:
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
        return _Sorted(values[order], labels, starts)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Draws in rising order, row after row and in each bucket after bucket.

    Attributes
    ----------
    values : ndarray, shape (draw,)
    labels : ndarray of integers, shape (draw,)
        The stratum of each.
    starts : ndarray of integers, shape (row, bucket + 1)
        Where each bucket of each row begins.
    """

    values: Array
    labels: NDArray[np.integer]
    starts: NDArray[np.intp]

    def search(self, row: NDArray[np.intp], bucket: NDArray[np.intp], weights: Array, levels: Array) -> Array:
        """The draw that takes F from its bucket's start to the level, for each search."""
        first, last = self.starts[row, bucket], self.starts[row, bucket + 1]
        if len(weights) * self.values.size <= _MOST_COUNTS:
            return self._by_counts(first, last, weights, levels)
        return self._by_sums(first, last, weights, levels)

    def _by_counts(
        self, first: NDArray[np.intp], last: NDArray[np.intp], weights: Array, levels: Array
    ) -> Array:
        """All searches in step, on the draws of each stratum before each draw: for many searches."""
        before = np.zeros((len(weights), self.values.size + 1), dtype=np.int32)  # at most _MOST_COUNTS
        for stratum, counts in enumerate(before):
            np.cumsum(self.labels == stratum, dtype=np.int32, out=counts[1:])
        found = np.empty(levels.shape)
        for some in _steps(levels.size):
            w = weights[:, some]
            level = levels[some] + _pooled(before, w, first[some])
            found[some] = self.values[_reach(before, w, level, first[some], last[some])]
        return found

    def _by_sums(
        self, first: NDArray[np.intp], last: NDArray[np.intp], weights: Array, levels: Array
    ) -> Array:
        """Each search on its own, on the weights of its bucket's draws: for many strata."""
        found = np.empty(levels.shape)
        for search, (start, end) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
            reached = np.cumsum(weights[self.labels[start:end], search])
            place = min(int(np.searchsorted(reached, levels[search])), end - start - 1)
            found[search] = self.values[start + place]
        return found


def _pooled(before: NDArray[np.integer], weights: Array, places: NDArray[np.intp]) -> Array:
    """F before each place: a sum over strata in their fixed order, so that no library's order matters.

    Parameters
    ----------
    before : ndarray of integers, shape (stratum, place)
        Draws of each stratum before each place.
    weights : ndarray, shape (stratum, search)
    places : ndarray, shape (search,)
    """
    total = np.zeros(places.shape)
    for stratum, weight in enumerate(weights):
        total += weight * before[stratum].take(places)
    return total


def _reach(
    before: NDArray[np.integer], weights: Array, levels: Array, low: NDArray[np.intp], high: NDArray[np.intp]
) -> NDArray[np.intp]:
    """The last place in [low, high) before which F is below the level: the one that takes F to it.

    Parameters
    ----------
    before : ndarray of integers, shape (stratum, place)
        Draws of each stratum before each place.
    weights : ndarray, shape (stratum, search)
    levels, low, high : ndarray, shape (search,)
    """
    step = 1 << (int((high - low).max(initial=1)) - 1).bit_length()
    while step := step >> 1:
        further = np.minimum(low + step, high - 1)
        low = np.where(_pooled(before, weights, further) < levels, further, low)
    return low


def _steps(searches: int) -> list[slice]:
    return [slice(start, start + _TOGETHER) for start in range(0, searches, _TOGETHER)]


@dataclass(frozen=True, slots=True)
class Key:
    """The bucket of a value, rising with it exactly.

    Between a low and a high value that few lie beyond, buckets are equally wide: in the value, or for
    positive values in their floating-point bits, whose order is theirs and whose steps are those of their
    logarithm, so that a long tail does not crowd the rest into one bucket.
    """

    low: float
    high: float
    buckets: int

    @classmethod
    def of(cls, values: Array, buckets: int) -> Key:
        """Between values that one in a thousand lies beyond on each side."""
        flat = values.ravel()
        probes = np.sort(flat[:: max(1, flat.size // _PROBES)])
        probes = probes[: max(1, int(np.searchsorted(probes, np.inf)))]
        few = len(probes) // 1000
        return cls(float(probes[few]), float(probes[-1 - few]), buckets)

    def finer(self, buckets: int) -> Key:
        """The same with another number of buckets."""
        return Key(self.low, self.high, buckets)

    def ends(self) -> Array:
        """Values between which those of each bucket lie, to rounding: shape (bucket + 1,).

        Infinite at both ends.
        """
        low, high = self.low, self.high
        inner = np.arange(1, self.buckets)
        if not low < high < np.inf:
            inside = np.where(inner == 1, low, np.inf)
        elif low > 0:
            first, last = (int(np.float64(end).view(np.int64)) for end in (low, high))
            inside = (first + (inner * ((last - first) / self.buckets)).astype(np.int64)).view(float)
        else:
            inside = low + inner * ((high - low) / self.buckets)
        return np.concatenate([[-np.inf], inside, [np.inf]])

    def __call__(self, values: Array) -> NDArray[np.uint16]:
        low, high, line = self.low, self.high, values
        if not low < high < np.inf:
            return (
                (values > low).astype(np.uint16)
                if self.buckets > 1
                else np.zeros(values.shape, dtype=np.uint16)
            )
        if low > 0:  # steps counted from low as whole numbers: as floats, bits of a few ulps apart are equal
            first, last = (int(np.float64(end).view(np.int64)) for end in (low, high))
            line = (np.maximum(values, low).view(np.int64) - first).astype(float)
            low, high = 0.0, float(last - first)
        places = line - low
        places *= self.buckets / (high - low)
        np.minimum(np.maximum(places, 0, out=places), self.buckets - 1, out=places)
        return np.asarray(places.astype(np.uint16))
