"""What every convex set of weights can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from contested.engine.polytopes import edges
from contested.shapes.base import Array

ROUNDING = 1e-9  # by which stated weights may miss their conditions


class CredalSet(ABC):
    """A convex set of weights of one dispute's sources, these in sorted order."""

    @property
    @abstractmethod
    def size(self) -> int:
        """How many sources there are."""

    @abstractmethod
    def least(self, costs: ArrayLike) -> Array:
        """For each row of costs, the weights of the set that make costs · weights least.

        Parameters
        ----------
        costs : array_like, shape (row, n)

        Returns
        -------
        ndarray, shape (row, n)
        """

    @abstractmethod
    def contains(self, weights: ArrayLike, tolerance: float = ROUNDING) -> bool:
        """Whether weights of shape (n,) belong to the set, each of its conditions to the tolerance."""

    def corners(self) -> Array | None:
        """The corners, each once: shape (corner, n); None where they are too many to list."""
        return self._corners

    def edges(self) -> NDArray[np.intp]:
        """Pairs of places in `corners`, shape (edge, 2), with all between which an edge runs.

        A set of one point has that point with itself. Only for a set whose corners are listed.
        """
        return self._edges

    @cached_property
    def _corners(self) -> Array | None:
        found = self._list_corners()
        if found is not None:
            found.flags.writeable = False
        return found

    @cached_property
    def _edges(self) -> NDArray[np.intp]:
        assert self._corners is not None, "corners that are not listed have no listed edges"
        return edges(self._corners, self.normals())

    @abstractmethod
    def _list_corners(self) -> Array | None: ...

    @abstractmethod
    def normals(self) -> Array:
        """Normals of half-spaces that hold the set, shape (normal, n): all facets', or fewer, for which
        more pairs than edges are found."""


def sums_to_one(weights: ArrayLike, tolerance: float) -> bool:
    """Whether weights sum to one, to the tolerance."""
    return bool(abs(np.sum(weights) - 1) <= tolerance)
