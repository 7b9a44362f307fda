"""Strata: one quantity's draws, sorted once; any weighting's cdf and quantiles without drawing again.

The pooled cdf is linear in the weights of the strata: F(t; w) = sum_k w_k #{x_k <= t} / n. All draws are
merged into one order; at the end of every short block of it the number of draws of each stratum is kept,
so that F is known at any place of the order for any weights, and a quantile is a binary search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contested.shapes.base import Array

_BLOCK = 16  # draws between two kept counts: longer saves memory, shorter saves the last step's time
_TOGETHER = 32_768  # binary searches that run in step, so that their arrays stay in cache
_TOLERANCE = 1e-12  # on F >= p, times the total mass: sums of weights are exact only to rounding


@dataclass(frozen=True, slots=True)
class Merged:
    """Rows of draws, each in rising order, with the stratum that each draw is from.

    Attributes
    ----------
    values : ndarray, shape (row, draw)
        Rising in each row; +inf for worlds that are left out (they carry no mass).
    labels : ndarray of integers, shape (row, draw)
        The stratum of each draw.
    counts : ndarray of integers, shape (stratum, row, block + 1)
        Draws of each stratum before each block of the row.
    size : int
        Draws of each stratum in a row, those left out included.
    """

    values: Array
    labels: NDArray[np.unsignedinteger]
    counts: NDArray[np.integer]
    size: int

    @classmethod
    def of(cls, values: Array, labels: NDArray[np.unsignedinteger], strata: int) -> Merged:
        """Count the labels of sorted rows block by block."""
        rows, length = values.shape
        blocks = -(-length // _BLOCK)
        block = np.arange(length, dtype=np.int64) // _BLOCK
        counts = np.zeros((strata, rows, blocks + 1), dtype=np.int32 if length < 2**31 else np.int64)
        for row in range(rows):
            cell = labels[row] * np.int64(blocks)
            cell += block
            tally = np.bincount(cell, minlength=strata * blocks).reshape(strata, blocks)
            np.cumsum(tally, axis=1, out=counts[:, row, 1:])
        for array in (values, labels, counts):
            array.flags.writeable = False
        return cls(values, labels, counts, length // strata)

    def quantile(self, rows: NDArray[np.intp], weights: Array, levels: Array) -> Array:
        """Smallest draw x with F(x; w) >= level, one for each search.

        Parameters
        ----------
        rows : ndarray, shape (search,)
        weights : ndarray, shape (stratum, search)
        levels : ndarray, shape (search,)
            In units of F, that is already times the total mass.

        Returns
        -------
        ndarray, shape (search,)
        """
        found = np.empty(levels.shape)
        for start in range(0, levels.size, _TOGETHER):
            some = slice(start, start + _TOGETHER)
            place = self._place(rows[some], weights[:, some] / self.size, levels[some])
            found[some] = self.values[rows[some], place]
        return found

    def _place(self, rows: NDArray[np.intp], weights: Array, levels: Array) -> NDArray[np.intp]:
        """The first place of the row where the cdf reaches the level."""
        blocks = self.counts.shape[2] - 1
        low = np.zeros(levels.shape, dtype=np.intp)  # F before block `low` is below the level
        high = np.full(levels.shape, blocks, dtype=np.intp)  # F before block `high` reaches it, or is the whole
        while np.any(high - low > 1):
            middle = (low + high) >> 1
            below = self._before(rows, middle, weights) < levels
            low = np.where(below, middle, low)
            high = np.where(below, high, middle)
        length = self.values.shape[1]
        place = np.minimum(low[:, None] * _BLOCK + np.arange(_BLOCK), length - 1)
        steps = np.take_along_axis(weights.T, self.labels[rows[:, None], place].astype(np.intp), axis=1)
        reached = self._before(rows, low, weights)[:, None] + np.cumsum(steps, axis=1) >= levels[:, None]
        reached[:, -1] = True
        first = np.argmax(reached, axis=1)
        chosen: NDArray[np.intp] = np.minimum(low * _BLOCK + first, length - 1)
        return chosen

    def _before(self, rows: NDArray[np.intp], block: NDArray[np.intp], weights: Array) -> Array:
        """F before a block: a sum over strata in their fixed order, so that no library's order matters."""
        total = np.zeros(block.shape)
        for stratum, weight in enumerate(weights):
            total += weight * self.counts[stratum][rows, block]
        return total

    def below(self, x: Array) -> Array:
        """Draws at or below x: shape (stratum, row, x)."""
        strata, rows, _ = self.counts.shape
        tally = np.empty((strata, rows, x.size))
        for row in range(rows):
            places = np.searchsorted(self.values[row], x, side="right")
            for column, place in enumerate(places):
                block = place // _BLOCK
                rest = np.bincount(self.labels[row, block * _BLOCK : place], minlength=strata)
                tally[:, row, column] = self.counts[:, row, block] + rest
        return tally


@dataclass(frozen=True, slots=True)
class Strata:
    """The draws of one quantity over all its strata, ready for any weighting.

    Attributes
    ----------
    pooled : Merged
        All replicates in one row.
    replicates : Merged
        A row a replicate.
    mass : ndarray, shape (stratum,)
        Share of each stratum's worlds that counts (1 unless worlds were left out).
    replicate_mass : ndarray, shape (replicate, stratum)
        The same by replicate.
    """

    pooled: Merged
    replicates: Merged
    mass: Array
    replicate_mass: Array

    @classmethod
    def of(cls, draws: Array, keep: NDArray[np.bool_] | None = None) -> Strata:
        """Sort draws of shape (replicate, stratum, point); worlds not kept carry no mass."""
        replicates, strata, size = draws.shape
        if keep is None:
            share = np.ones((replicates, strata))
        else:
            draws = np.where(keep, draws, np.inf)
            share = keep.mean(axis=2)
        order = np.argsort(draws, axis=None)
        kind = np.min_scalar_type(strata)
        labels = ((order // size) % strata).astype(kind)
        values = draws.ravel()[order]
        order //= strata * size
        by_replicate = np.argsort(order.astype(np.min_scalar_type(replicates)), kind="stable")
        del order
        shape = (replicates, strata * size)
        rows = Merged.of(values[by_replicate].reshape(shape), labels[by_replicate].reshape(shape), strata)
        del by_replicate
        return cls(Merged.of(values[None], labels[None], strata), rows, share.mean(axis=0), share)

    @property
    def count(self) -> int:
        """How many strata there are."""
        return self.mass.size

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
        return self._quantile(self.pooled, self.mass[None], weights, levels)[0]

    def replicate_quantile(self, weights: ArrayLike, levels: ArrayLike) -> Array:
        """The same from each replicate alone: shape (replicate, weighting, level)."""
        return self._quantile(self.replicates, self.replicate_mass, weights, levels)

    def _quantile(self, merged: Merged, mass: Array, weights: ArrayLike, levels: ArrayLike) -> Array:
        w, p = np.asarray(weights, dtype=float), np.asarray(levels, dtype=float)
        rows = mass.shape[0]
        row, weighting, level = (grid.ravel() for grid in np.indices((rows, w.shape[0], p.size), sparse=False))
        columns = np.ascontiguousarray(w.T)[:, weighting]
        total = np.zeros(row.shape)
        for stratum in range(w.shape[1]):
            total += columns[stratum] * mass[row, stratum]
        found = merged.quantile(row, columns, (p[level] - _TOLERANCE) * total)
        return found.reshape(rows, w.shape[0], p.size)

    def cdf(self, weights: ArrayLike, x: ArrayLike) -> Array:
        """P(X <= x) in the linear pool: shape (weighting, x)."""
        return self._cdf(self.pooled, self.mass[None], weights, x)[0]

    def replicate_cdf(self, weights: ArrayLike, x: ArrayLike) -> Array:
        """The same from each replicate alone: shape (replicate, weighting, x)."""
        return self._cdf(self.replicates, self.replicate_mass, weights, x)

    def _cdf(self, merged: Merged, mass: Array, weights: ArrayLike, x: ArrayLike) -> Array:
        w = np.asarray(weights, dtype=float)
        tally = merged.below(np.atleast_1d(np.asarray(x, dtype=float))) / merged.size
        total = np.zeros((mass.shape[0], w.shape[0], tally.shape[2]))
        whole = np.zeros((mass.shape[0], w.shape[0], 1))
        for stratum in range(w.shape[1]):
            total += w[:, stratum][None, :, None] * tally[stratum][:, None, :]
            whole += w[:, stratum][None, :, None] * mass[:, stratum][:, None, None]
        return total / whole

    def sample(self, stratum: int) -> Array:
        """One stratum's draws that count, in rising order."""
        values = self.pooled.values[0][self.pooled.labels[0] == stratum]
        return values[: np.searchsorted(values, np.inf)]

    def replicate_sample(self, replicate: int, stratum: int) -> Array:
        """One stratum's draws that count in one replicate, in rising order."""
        values = self.replicates.values[replicate][self.replicates.labels[replicate] == stratum]
        return values[: np.searchsorted(values, np.inf)]

    def moments(self, scale: Callable[[Array], Array]) -> tuple[Array, Array]:
        """Mean and variance of scale(x) by replicate and stratum: two arrays (replicate, stratum)."""
        rows, length = self.replicates.values.shape
        cell = (np.arange(rows)[:, None] * self.count + self.replicates.labels).ravel()
        finite = np.isfinite(self.replicates.values)
        g = np.where(finite, scale(np.where(finite, self.replicates.values, 1.0)), 0.0).ravel()
        number = np.bincount(cell, weights=finite.ravel(), minlength=rows * self.count)
        mean = np.bincount(cell, weights=g, minlength=number.size) / number
        square = np.where(finite.ravel(), (g - mean[cell]) ** 2, 0.0)
        variance = np.bincount(cell, weights=square, minlength=number.size) / number
        return mean.reshape(rows, self.count), variance.reshape(rows, self.count)
