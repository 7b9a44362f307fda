"""Products of sets of weightings, one per dispute, and what is linear in each over them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contested.engine.credal import CredalSet
from contested.engine.polytopes import MOST_CORNERS
from contested.errors import ContestedError
from contested.shapes.base import Array

_MOST_PRODUCTS = 4_194_304  # costs times corners that are compared by multiplying all out


@dataclass(frozen=True, slots=True)
class Product:
    """A product of sets, one per dispute, on which what is linear in each has its least at corners.

    Attributes
    ----------
    sets : sequence of CredalSet
    corners : sequence of ndarray or None
        Of each set; None where too many to list.
    largest : int
        The dispute with the most: its best answer is found directly, the others' corners are gone through.
    """

    sets: Sequence[CredalSet]
    corners: Sequence[Array | None]
    largest: int

    @classmethod
    def of(cls, sets: Sequence[CredalSet], disputes: Sequence[str] = ()) -> Product:
        """Of some sets; the disputes' names are for the error.

        Raises
        ------
        ContestedError
            Where the corners of all but the largest make too many combinations.
        """
        corners = [one.corners() for one in sets]
        counts = [MOST_CORNERS + 1 if found is None else len(found) for found in corners]
        largest = max(range(len(sets)), key=counts.__getitem__, default=0)
        if math.prod(counts) > MOST_CORNERS * max(counts, default=1):
            names = disputes or [f"dispute {place + 1}" for place in range(len(sets))]
            raise ContestedError(
                "the set of weightings has too many corners to go through: "
                + ", ".join(
                    f"{name} {'more than ' * (count > MOST_CORNERS)}{min(count, MOST_CORNERS):,}"
                    for name, count in zip(names, counts, strict=True)
                )
                + "; ask for fewer sources' bounds, or for a smaller distance"
            )
        return cls(sets, corners, largest)

    @property
    def count(self) -> float:
        """How many products of corners there are; infinite where some are not listed."""
        return math.prod(math.inf if found is None else len(found) for found in self.corners)

    def least(self, costs: Array) -> tuple[float, list[Array]]:
        """The least sum over strata of costs times weights, and each dispute's weights that have it.

        Parameters
        ----------
        costs : ndarray, shape (stratum,)
        """
        if not self.sets:
            return float(costs[0]), []
        others = [place for place in range(len(self.sets)) if place != self.largest]
        rest = np.moveaxis(costs.reshape([one.size for one in self.sets]), self.largest, -1)
        listed = [found for place in others if (found := self.corners[place]) is not None]
        for found in listed:  # each takes the first axis away and appends its corners
            rest = np.tensordot(rest, found, axes=(0, 1))
        rows = rest.reshape(len(rest), -1).T
        own = self._cheapest(rows)
        sums = (rows * own).sum(axis=1)
        best = int(np.argmin(sums))
        chosen = np.unravel_index(best, [len(found) for found in listed])
        weights = [found[place] for found, place in zip(listed, chosen, strict=True)]
        weights.insert(self.largest, own[best])
        return float(sums[best]), weights

    def _cheapest(self, costs: Array) -> Array:
        found = self.corners[self.largest]
        if found is None or len(costs) * len(found) > _MOST_PRODUCTS:
            return self.sets[self.largest].least(costs)
        return np.asarray(found[np.argmin(costs @ found.T, axis=1)])
