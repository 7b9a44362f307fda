"""Corners and edges of the polytopes that sets of weights are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contested.shapes.base import Array

MOST_CORNERS = 200_000  # that are listed at all

_ROUNDING = 1e-12  # a difference of weights that rounding alone may leave


def fillings(spans: Array, amount: float) -> Array | None:
    """Corners of {0 <= x <= spans, sum x = amount}: every place empty or full, but for one at most.

    Parameters
    ----------
    spans : ndarray, shape (n,)
        Non-negative, of sum at least the amount.

    Returns
    -------
    ndarray, shape (corner, n), or None
        Each corner once; None where there are more than `MOST_CORNERS`.
    """
    places = np.zeros((1, 0), dtype=np.int8)  # of each corner, 0 for empty, 1 for full, 2 for the rest
    for place, span in enumerate(spans.tolist()):
        ways = range(3 if span > _ROUNDING else 1)
        places = np.concatenate([np.c_[places, np.full(len(places), way, np.int8)] for way in ways])
        least = (places == 1) @ spans[: place + 1]
        most = (places > 0) @ spans[: place + 1] + spans[place + 1 :].sum()
        once = (places == 2).sum(axis=1) <= 1
        places = places[once & (least <= amount + _ROUNDING) & (most >= amount - _ROUNDING)]
        if len(places) > 2 * MOST_CORNERS:  # of those begun, not all need be completed
            return None
    rest, room = amount - (places == 1) @ spans, (places == 2) @ spans
    within = (rest > _ROUNDING) & (rest < room - _ROUNDING)  # else it is another corner, or none
    some = np.where(room > 0, within, np.abs(rest) <= _ROUNDING)
    found = np.where(places == 2, rest[:, None], (places == 1) * spans)[some]
    return None if len(found) > MOST_CORNERS else found


def reached(size: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """For each place, as a bit mask, those that must have at least its weight; itself among them.

    Parameters
    ----------
    pairs : sequence of (int, int)
        The first has at least the weight of the second.
    """
    above = [1 << place for place in range(size)]
    for more, less in pairs:
        above[less] |= 1 << more
    for middle in range(size):  # Warshall's closure
        above = [own | above[middle] if own >> middle & 1 else own for own in above]
    return above


def up_sets(above: Sequence[int]) -> Array | None:
    """Corners of the weights that respect an order: even weights on each connected set closed upwards.

    They span the extreme rays of the cone of non-negative functions that respect the order (Stanley 1986,
    Discrete Comput. Geom. 1:9, by duality with the facets of order cones). A connected one is a union of
    principal ones that meet, so all are found by adding one at a time.

    Parameters
    ----------
    above : sequence of int
        As `reached` gives it.

    Returns
    -------
    ndarray, shape (corner, n), or None
        None where there are more than `MOST_CORNERS`.
    """
    found = dict.fromkeys(above)
    waiting = list(found)
    while waiting:
        own = waiting.pop()
        for other in above:
            if own & other and (joined := own | other) not in found:
                found[joined] = None
                waiting.append(joined)
        if len(found) > MOST_CORNERS:
            return None
    members = np.array([[mask >> place & 1 for place in range(len(above))] for mask in sorted(found)], float)
    return np.asarray(members / members.sum(axis=1, keepdims=True))


def edges(corners: Array, normals: Array) -> NDArray[np.intp]:
    """The pairs of corners between which an edge runs.

    Those whose smallest common face has no other corner.

    Parameters
    ----------
    corners : ndarray, shape (corner, n)
    normals : ndarray, shape (normal, n)
        Outward normals of all facets, and perhaps of more half-spaces that hold the polytope.

    Returns
    -------
    ndarray of integers, shape (edge, 2)
        Of a polytope that is a point, the point with itself.
    """
    if len(corners) == 1:
        return np.zeros((1, 2), dtype=np.intp)
    heights = corners @ normals.T
    on = heights >= heights.max(axis=0) - _ROUNDING
    first, second = np.triu_indices(len(corners), 1)
    common = (on[first] & on[second]).astype(float)
    faces = (common @ ~on.T == 0).sum(axis=1)
    return np.asarray(np.stack([first, second], axis=1)[faces == 2])
