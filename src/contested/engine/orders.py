"""The set of weights that respect an order of sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from contested.engine.convex import ROUNDING, CredalSet, sums_to_one
from contested.engine.polytopes import reached, up_sets
from contested.errors import ContestedError
from contested.shapes.base import Array

_CLOSE = 1e-10  # the closest that HiGHS solves


@dataclass(frozen=True, eq=False)
class Ordered(CredalSet):
    """Every weighting in which, of each pair of places, the first has at least the second's weight.

    Raises
    ------
    ContestedError
        For a pair of which a place is none of the sources.
    """

    sources: int
    pairs: Sequence[tuple[int, int]]

    def __post_init__(self) -> None:
        for pair in self.pairs:
            if not all(0 <= place < self.sources for place in pair):
                raise ContestedError(f"an order must be of places below {self.sources} (got {tuple(pair)})")

    @property
    def size(self) -> int:
        return self.sources

    def least(self, costs: ArrayLike) -> Array:
        """By linear programming: HiGHS, all rows as one programme of separate blocks."""
        from scipy.optimize import linprog
        from scipy.sparse import identity, kron

        c, rows = np.asarray(costs, dtype=float), self._differences()
        each = identity(len(c), format="csr")
        order: Any = kron(each, -rows, format="csr")
        whole: Any = kron(each, np.ones((1, self.size)), format="csr")
        solved = linprog(
            (c / max(float(np.abs(c).max(initial=0.0)), 1e-300)).ravel(),
            A_ub=order,
            b_ub=np.zeros(len(c) * len(rows)),
            A_eq=whole,
            b_eq=np.ones(len(c)),
            bounds=(0, None),
            method="highs",
            options={"primal_feasibility_tolerance": _CLOSE, "dual_feasibility_tolerance": _CLOSE},
        )
        if solved.x is None:
            raise ContestedError(f"the linear programme of an order was not solved: {solved.message}")
        found = np.maximum(solved.x.reshape(c.shape), 0.0)
        return np.asarray(found / found.sum(axis=1, keepdims=True))

    def contains(self, weights: ArrayLike, tolerance: float = ROUNDING) -> bool:
        w = np.asarray(weights, dtype=float)
        inside = np.all(w >= -tolerance) and np.all(self._differences() @ w >= -tolerance)
        return sums_to_one(w, tolerance) and bool(inside)

    def _differences(self) -> Array:
        """Rows whose product with the weights must not be negative: shape (pair, n)."""
        eye = np.eye(self.size)
        return np.array([eye[more] - eye[less] for more, less in self.pairs]).reshape(-1, self.size)

    def _list_corners(self) -> Array | None:
        return up_sets(reached(self.size, self.pairs))

    def normals(self) -> Array:
        return -np.concatenate([np.eye(self.size), self._differences()])
