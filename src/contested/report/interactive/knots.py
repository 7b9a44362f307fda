"""A sample as a line through few of its draws, that any mixture of such lines can be read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.engine.strata import TOLERANCE
from contested.shapes.base import Array

LONGEST = 60_000  # ranks from one knot to the next: sixteen bits hold the step

Ranks = NDArray[np.intp]


def knots(ordered: Array, tolerance: float, floor: float, keep: Sequence[int] = ()) -> Ranks:
    """Which draws to keep, so that a line through them misses none of the others by more than it may.

    Parameters
    ----------
    ordered : ndarray, shape (n,)
        Draws in rising order.
    tolerance : float
        How far the line may be from a draw x: so many times the greater of |x| and the floor.
    floor : float
        At least 0.
    keep : sequence of int
        Ranks, counted from 0, that are kept in any case.

    Returns
    -------
    ndarray of integers, shape (knot,)
        Ranks, rising, the first and the last draw among them.

    Notes
    -----
    The empirical cdf F is a staircase; the line stands for it between two knots that are not neighbours, and
    keeps to within the tolerance of both corners of each step: F(x - τ(x)) <= F~(x) <= F(x + τ(x)). What
    holds for every stratum holds for any mixture of them, with the same τ, whatever the weights: so does the
    bound on each quantile of the mixture. The same is true of averages of quantiles.

    Segments that miss are cut where they miss most (Ramer 1972; Douglas & Peucker 1973), all at once.
    """
    last = ordered.size - 1
    ends = np.r_[np.arange(0, last, LONGEST), last]
    if ordered[0] == ordered[last]:
        return np.asarray(ends)
    found = [np.unique(np.r_[ends, np.clip(keep, 0, last).astype(np.intp)])]
    allowed = tolerance * np.maximum(np.abs(ordered), floor)
    tunnel = _Tunnel(ordered, (ordered + allowed)[:-1], (ordered - allowed)[1:])
    starts, stops = found[0][:-1], found[0][1:]
    while starts.size:
        missing, cuts = tunnel.cuts(starts, stops)
        found.append(cuts)
        starts, stops = np.r_[starts[missing], cuts], np.r_[cuts, stops[missing]]
    return np.sort(np.concatenate(found))


def ranks_of(levels: Sequence[float], size: int) -> list[int]:
    """The ranks, counted from 0, of a sample's quantiles at some levels, and the ranks right before them."""
    at = np.ceil((np.asarray(levels) - TOLERANCE) * size).astype(np.intp) - 1
    found: list[int] = np.concatenate([at, at - 1]).clip(0, size - 1).tolist()
    return found


@dataclass(frozen=True, slots=True)
class _Tunnel:
    """What a line through some draws may not leave: from each rank to the next, two values.

    Attributes
    ----------
    ordered : ndarray, shape (n,)
    above, below : ndarray, shape (n - 1,)
        The most and the least that the line may be at each rank but the last.
    """

    ordered: Array
    above: Array
    below: Array

    def cuts(self, starts: Ranks, stops: Ranks) -> tuple[Ranks, Ranks]:
        """Which segments leave it, and where each of those does so most; neighbours leave nothing."""
        long = np.flatnonzero(stops - starts > 1)
        if long.size == 0:
            return long, long
        first, lengths = starts[long], (stops - starts)[long]
        before = np.cumsum(lengths) - lengths
        step = np.arange(lengths.sum()) - np.repeat(before, lengths)
        ranks = step + np.repeat(first, lengths)
        slopes = (self.ordered[stops[long]] - self.ordered[first]) / lengths
        line = np.repeat(self.ordered[first], lengths) + step * np.repeat(slopes, lengths)
        missed = np.maximum(line - self.above[ranks], self.below[ranks] - line)
        most = np.maximum.reduceat(missed, before)
        segment = np.repeat(np.arange(long.size), lengths)
        hits = np.flatnonzero((missed == most[segment]) & (missed > 0))
        own, place = np.unique(segment[hits], return_index=True)
        return long[own], np.maximum(ranks[hits[place]], first[own] + 1)
