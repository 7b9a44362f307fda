"""Sets of weightings: convex sets of one dispute's weights, their cheapest points, corners and edges.

The whole simplex, a distance in total variation, bounds, contamination and an order each make a polytope
(method, section i). What is linear in the weights is least, and a quantile of a linear pool is least and
greatest, at a corner. The cheapest corner is also found directly, where corners are too many to list.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contested.engine.convex import ROUNDING, CredalSet, sums_to_one
from contested.engine.orders import Ordered
from contested.engine.polytopes import fillings
from contested.errors import ContestedError
from contested.shapes.base import Array

__all__ = ["Around", "Box", "Contaminated", "CredalSet", "Everything", "Held", "Ordered"]

_MOST_GROUPS = 10  # sources, of which every group's share is a normal


@dataclass(frozen=True, eq=False)
class Everything(CredalSet):
    """Every weighting of a number of sources."""

    sources: int

    @property
    def size(self) -> int:
        return self.sources

    def least(self, costs: ArrayLike) -> Array:
        """All weight on the cheapest source."""
        return np.asarray(np.eye(self.size)[np.argmin(np.asarray(costs, dtype=float), axis=1)])

    def contains(self, weights: ArrayLike, tolerance: float = ROUNDING) -> bool:
        return sums_to_one(weights, tolerance) and bool(np.all(np.asarray(weights) >= -tolerance))

    def _list_corners(self) -> Array:
        return np.eye(self.size)

    def normals(self) -> Array:
        return -np.eye(self.size)


@dataclass(frozen=True, eq=False)
class Around(CredalSet):
    """Every weighting within a distance of one: ½ Σ |w - centre| <= distance, in total variation.

    Raises
    ------
    ContestedError
        For a centre that is no weighting, and a distance outside [0, 1].
    """

    centre: Array
    distance: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "centre", _weighting(self.centre))
        _require_share("a distance between weightings", self.distance)

    @property
    def size(self) -> int:
        return len(self.centre)

    def least(self, costs: ArrayLike) -> Array:
        """The distance is moved from the dearest sources, in their order, to the cheapest."""
        c = np.asarray(costs, dtype=float)
        taken = _filled(np.broadcast_to(self.centre, c.shape), self.distance, np.argsort(-c, axis=1))
        found = self.centre - taken
        found[np.arange(len(c)), np.argmin(c, axis=1)] += taken.sum(axis=1)
        return np.asarray(found)

    def contains(self, weights: ArrayLike, tolerance: float = ROUNDING) -> bool:
        w = np.asarray(weights, dtype=float)
        near = np.abs(w - self.centre).sum() / 2 <= self.distance + tolerance
        return sums_to_one(w, tolerance) and bool(near and np.all(w >= -tolerance))

    def _list_corners(self) -> Array | None:
        """For each source that may gain, the corners of what the others may lose."""
        if self.distance == 0:
            return self.centre[None].copy()
        found = []
        for gaining, own in enumerate(self.centre.tolist()):
            losses = np.where(np.arange(self.size) == gaining, 0.0, self.centre)
            taken = fillings(losses, min(self.distance, float(losses.sum())))
            if taken is None:
                return None
            rows = self.centre - taken
            rows[:, gaining] = own + taken.sum(axis=1)
            found.append(rows)
        return np.concatenate(found)

    def normals(self) -> Array:
        """w(S) <= centre(S) + distance for every group S of sources, with w >= 0, is the whole of it."""
        if self.size > _MOST_GROUPS:
            return -np.eye(self.size)
        groups = np.arange(1, 2**self.size)[:, None] >> np.arange(self.size) & 1
        return groups.astype(float)


@dataclass(frozen=True, eq=False)
class Box(CredalSet):
    """Every weighting within bounds of each source's weight.

    Raises
    ------
    ContestedError
        Where no weighting meets the bounds.
    """

    low: Array
    high: Array

    def __post_init__(self) -> None:
        low, high = (_frozen(bound) for bound in (self.low, self.high))
        if not (np.all(low >= 0) and np.all(low <= high) and np.all(high <= 1)):
            raise ContestedError(f"bounds of weights must have 0 <= least <= most <= 1 (got {low}, {high})")
        if not low.sum() - ROUNDING <= 1 <= high.sum() + ROUNDING:
            raise ContestedError(
                f"no weighting meets these bounds: the least sum to {low.sum():.6g} and the most to "
                f"{high.sum():.6g}, and weights sum to 1; widen them"
            )
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def size(self) -> int:
        return len(self.low)

    @property
    def _rest(self) -> float:
        """What is left when each source has its least."""
        spans = float((self.high - self.low).sum())
        return min(max(1 - float(self.low.sum()), 0.0), spans)

    def least(self, costs: ArrayLike) -> Array:
        """The cheapest sources are filled first, in their order: a fractional knapsack."""
        c = np.asarray(costs, dtype=float)
        spans = np.broadcast_to(self.high - self.low, c.shape)
        return np.asarray(self.low + _filled(spans, self._rest, np.argsort(c, axis=1)))

    def contains(self, weights: ArrayLike, tolerance: float = ROUNDING) -> bool:
        w = np.asarray(weights, dtype=float)
        within = np.all(w >= self.low - tolerance) and np.all(w <= self.high + tolerance)
        return sums_to_one(w, tolerance) and bool(within)

    def _list_corners(self) -> Array | None:
        found = fillings(self.high - self.low, self._rest)
        return None if found is None else self.low + found

    def normals(self) -> Array:
        return np.concatenate([np.eye(self.size), -np.eye(self.size)])


@dataclass(frozen=True, eq=False)
class Contaminated(CredalSet):
    """One weighting, but for a share of which anything may be believed: (1 - share) centre + share · any.

    Raises
    ------
    ContestedError
        For a centre that is no weighting, and a share outside [0, 1].
    """

    centre: Array
    share: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "centre", _weighting(self.centre))
        _require_share("a contaminated share", self.share)

    @property
    def size(self) -> int:
        return len(self.centre)

    def least(self, costs: ArrayLike) -> Array:
        """The share goes to the cheapest source."""
        return (1 - self.share) * self.centre + self.share * Everything(self.size).least(costs)

    def contains(self, weights: ArrayLike, tolerance: float = ROUNDING) -> bool:
        w = np.asarray(weights, dtype=float)
        return sums_to_one(w, tolerance) and bool(np.all(w >= (1 - self.share) * self.centre - tolerance))

    def _list_corners(self) -> Array:
        found = (1 - self.share) * self.centre + self.share * np.eye(self.size)
        return found if self.share > 0 else found[:1]

    def normals(self) -> Array:
        return -np.eye(self.size)


@dataclass(frozen=True, eq=False)
class Held(CredalSet):
    """A set of some sources' weights beside one source whose share of all weight is fixed.

    Attributes
    ----------
    inner : CredalSet
        Of the others, in units of the rest.
    share : float
        Weight of the source that is held.
    place : int
        Where it stands among all.

    Raises
    ------
    ContestedError
        For a share outside [0, 1], and a place that is none of the sources'.
    """

    inner: CredalSet
    share: float
    place: int

    def __post_init__(self) -> None:
        _require_share("a share held", self.share)
        if not 0 <= self.place <= self.inner.size:
            raise ContestedError(f"the source that is held must be one of {self.size} (got {self.place})")

    @property
    def size(self) -> int:
        return self.inner.size + 1

    def least(self, costs: ArrayLike) -> Array:
        """The inner set's, beside the share."""
        return self._beside(self.inner.least(np.delete(np.asarray(costs, dtype=float), self.place, axis=1)))

    def contains(self, weights: ArrayLike, tolerance: float = ROUNDING) -> bool:
        w = np.asarray(weights, dtype=float)
        if abs(w[self.place] - self.share) > tolerance:
            return False
        if self.share == 1:
            return sums_to_one(w, tolerance)
        rest = 1 - self.share
        return self.inner.contains(np.delete(w, self.place) / rest, tolerance / rest)

    def _list_corners(self) -> Array | None:
        found = self.inner.corners()
        return None if found is None else self._beside(found if self.share < 1 else found[:1])

    def normals(self) -> Array:
        return np.insert(self.inner.normals(), self.place, 0.0, axis=1)

    def _beside(self, inner: Array) -> Array:
        return np.asarray(np.insert((1 - self.share) * inner, self.place, self.share, axis=1))


def _filled(spans: Array, amount: float, order: NDArray[np.intp]) -> Array:
    """An amount poured into spans of shape (row, n), each full before the next in the row's order."""
    ordered = np.take_along_axis(spans, order, axis=1)
    before = np.cumsum(ordered, axis=1) - ordered
    found = np.empty(spans.shape)
    np.put_along_axis(found, order, np.clip(amount - before, 0.0, ordered), axis=1)
    return found


def _frozen(values: ArrayLike) -> Array:
    found = np.array(values, dtype=float)
    found.flags.writeable = False
    return found


def _weighting(values: ArrayLike) -> Array:
    found = _frozen(values)
    if not (np.all(found >= 0) and abs(found.sum() - 1) <= ROUNDING):
        raise ContestedError(f"weights must be non-negative and sum to 1 (got {found})")
    return found


def _require_share(what: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ContestedError(f"{what} must lie between 0 and 1 (got {value})")
