"""A sample as a line through few of its draws, that any mixture of such lines can be read from."""

from __future__ import annotations

from collections.abc import Sequence

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
    found = np.unique(np.r_[ends, np.clip(keep, 0, last).astype(np.intp)])
    allowed = tolerance * np.maximum(np.abs(ordered), floor)
    above, below = (ordered + allowed)[:-1], (ordered - allowed)[1:]
    while (cuts := _worst(ordered, found, above, below)).size:
        found = np.union1d(found, cuts)
    return np.asarray(found)


def ranks_of(levels: Sequence[float], size: int) -> list[int]:
    """The ranks, counted from 0, of a sample's quantiles at some levels, and the ranks right before them."""
    at = np.ceil((np.asarray(levels) - TOLERANCE) * size).astype(np.intp) - 1
    found: list[int] = np.concatenate([at, at - 1]).clip(0, size - 1).tolist()
    return found


def _worst(ordered: Array, found: Ranks, above: Array, below: Array) -> Ranks:
    """Where each segment that misses does so most."""
    lengths = np.diff(found)
    line = np.interp(np.arange(ordered.size - 1), found, ordered[found])
    missed = np.maximum(line - above, below - line)
    missed[found[:-1][lengths == 1]] = -1.0  # between neighbours the staircase is kept as it is
    most = np.maximum.reduceat(missed, found[:-1])
    segment = np.repeat(np.arange(lengths.size), lengths)
    hits = np.flatnonzero((missed == most[segment]) & (missed > 0))
    first = hits[np.concatenate([[True], np.diff(segment[hits]) > 0])[: hits.size]]
    return np.asarray(np.where(np.isin(first, found), first + 1, first))
