"""A climb to wider intervals where a set has too many edges to go through: one dispute after the other.

Between an interval's ends l and h, weights are better that leave more at or below l and less at or below h.
The corners that do so most, in every proportion of the two, are found in closed form; the widest interval on
the lines between them and the weights at hand is the next.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from contested.engine.branching import Search
from contested.engine.credal import CredalSet
from contested.engine.pieces import Found, Region
from contested.engine.strata import Strata
from contested.shapes.base import Array

_PROPORTIONS = np.linspace(0.0, 1.0, 9)
_ENOUGH = 1e-3  # gain of a round, as a share of the width, below which no further one is tried
_MOST_ROUNDS = 8


def climb(strata: Strata, sets: Sequence[CredalSet], level: float, start: Found, gap: float) -> Found:
    """A wider interval than one found, where there is any near.

    Parameters
    ----------
    strata : Strata
    sets : sequence of CredalSet
        One for each dispute.
    level : float
    start : Found
    gap : float
        To which the widest on some lines is found.

    Returns
    -------
    Found
        Never a narrower one; its bound is of the lines alone.
    """
    best = start
    for _ in range(_MOST_ROUNDS):
        before = best.high - best.low
        for place in range(len(sets)):
            (found,) = Search(strata, [_lines(strata, sets, level, best, place)], gap).run()
            best = max(best, found, key=lambda one: one.high - one.low)
        if not best.high - best.low > (1 + _ENOUGH) * before:
            return best
    return best


def _lines(strata: Strata, sets: Sequence[CredalSet], level: float, found: Found, place: int) -> Region:
    """All lines between the corners of one dispute that may help, and the weights at hand."""
    costs = [_rest(strata, sets, found, place, x) for x in (found.low, found.high)]
    rows = np.outer(_PROPORTIONS, costs[1]) - np.outer(1 - _PROPORTIONS, costs[0])
    own = np.unique(np.concatenate([found.weights[place][None], sets[place].least(rows)]), axis=0)
    corners = [weights[None] for weights in found.weights]
    corners[place] = own
    edges = [np.zeros((1, 2), dtype=np.intp) for _ in sets]
    if len(own) > 1:
        edges[place] = np.stack(np.triu_indices(len(own), 1), axis=1)
    return Region(level, corners, edges)


def _rest(strata: Strata, sets: Sequence[CredalSet], found: Found, place: int, x: float) -> Array:
    """P(X <= x) by the source of one dispute, the others' weights being as they are: shape (n,)."""
    cdf = (strata.values <= x).mean(axis=(0, 2)).reshape([one.size for one in sets])
    for other, weights in reversed(list(enumerate(found.weights))):
        if other != place:
            cdf = np.tensordot(cdf, weights, axes=(other, 0))
    return np.asarray(cdf)
