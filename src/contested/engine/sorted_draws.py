"""Binary searches among draws, or counts of them, for where the pooled F comes to a level."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.shapes.base import Array

MOST_COUNTS = 4_194_304  # counts kept at once
_TOGETHER = 32_768  # searches that run in step, so that their arrays stay in cache


@dataclass(frozen=True, slots=True)
class SortedDraws:
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
        if len(weights) * self.values.size <= MOST_COUNTS:
            return self._by_counts(first, last, weights, levels)
        return self._by_sums(first, last, weights, levels)

    def _by_counts(
        self, first: NDArray[np.intp], last: NDArray[np.intp], weights: Array, levels: Array
    ) -> Array:
        """All searches in step, on the draws of each stratum before each draw: for many searches."""
        before = np.zeros((len(weights), self.values.size + 1), dtype=np.int32)  # at most MOST_COUNTS
        for stratum, counts in enumerate(before):
            np.cumsum(self.labels == stratum, dtype=np.int32, out=counts[1:])
        found = np.empty(levels.shape)
        for some in in_step(levels.size):
            w = weights[:, some]
            level = levels[some] + below(before, w, first[some])
            found[some] = self.values[place_reaching(before, w, level, first[some], last[some])]
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


def below(before: NDArray[np.integer], weights: Array, places: NDArray[np.intp]) -> Array:
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


def place_reaching(
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
        low = np.where(below(before, weights, further) < levels, further, low)
    return low


def in_step(searches: int) -> list[slice]:
    """Searches in parts whose arrays stay in cache."""
    return [slice(start, start + _TOGETHER) for start in range(0, searches, _TOGETHER)]
