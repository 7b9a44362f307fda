"""The explained variances of a model's quantities, all from the same mixed worlds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import numpy as np

from contested.engine.design import REPLICATES, Design
from contested.engine.freeze import Costs, Subset
from contested.engine.groups import Group
from contested.engine.mixed import Halves, Mixing
from contested.engine.model import Model, Quantity
from contested.language.nodes import Weights
from contested.shapes.base import Array

FEWEST = 8  # points of each replicate, below which a variance is not divided
_CELLS = 1 << 22  # values of Y mixed at once
_MOST_CELLS = 1 << 23  # of one point of each replicate: 64 MiB
_WORK = 1 << 27  # values of Y in all, for one quantity: a few seconds
_STREAM = 0x5A  # sets these nets apart from those of the run with the same seed


class Explained:
    """c(u) of any set u of groups of what one quantity rests on.

    Parameters
    ----------
    model : Model
    quantity : Quantity
    weights : mapping
        Dispute to source to weight; sources without weight are left out.
    groups : sequence of Group
        They share nothing; several disputes in one are learnt together. The right sources of those that
        are in none are never learnt.
    scale : callable
        What Y is of the quantity's value in its printed unit.

    Attributes
    ----------
    points : int
        Points of each replicate counted so far.
    most : int
        Points of each replicate that may be counted; fewer where combinations of sources are many.
    """

    def __init__(
        self,
        model: Model,
        quantity: Quantity,
        weights: Weights,
        groups: Sequence[Group],
        *,
        scale: Callable[[Array], Array] = np.log,
    ) -> None:
        self._quantity, self._scale, self._groups = quantity, scale, groups
        used = [
            [source for source in sources if weights[dispute][source] > 0]
            for dispute, sources in zip(quantity.disputes, quantity.sources, strict=True)
        ]
        self._strata = [
            stratum
            for stratum in quantity.strata
            if all(stratum[d] in sources for d, sources in zip(quantity.disputes, used, strict=True))
        ]
        self._placed = [group for group in groups if group.places]
        self._mixing = Mixing(model.apart, self._placed)
        self._costs = Costs(
            self._mixing.layout,
            [
                np.array([weights[d][source] for source in sources])
                for d, sources in zip(quantity.disputes, used, strict=True)
            ],
            self._choices(group.disputes for group in groups),
            REPLICATES,
        )
        states = math.prod(
            len(self._mixing.layout.states(axis)) for axis in range(len(self._mixing.layout.blocks))
        )
        self._cells = len(self._strata) * states * REPLICATES  # for one point of each replicate
        afforded = _WORK // self._cells if self._cells <= _MOST_CELLS else 0
        self.most = 1 << (afforded.bit_length() - 1) if afforded else 0
        self.points = 0

    def add(self, halves: Halves, replicates: slice) -> None:
        """Count more worlds, each half of shape (coordinate, replicate, point)."""
        points = halves[0].shape[-1]
        length = max(1, _CELLS // self._cells)
        for start in range(0, points, length):
            part = slice(start, start + length)
            worlds = self._mixing.worlds((halves[0][..., part], halves[1][..., part]))
            values = [
                self._scale(np.asarray(worlds.value(self._quantity.expression, s) / self._quantity.scale))
                for s in self._strata
            ]
            self._costs.add(values, replicates)

    @property
    def centre(self) -> float:
        """About the mean of Y."""
        return self._costs.centre or 0.0

    def lattice(self) -> Array:
        """c of every subset of the groups, group i being bit i: shape (2^groups, replicate)."""
        return self._costs([self._subset(known) for known in _subsets(self._groups)])

    def choices(self, disputes: Sequence[str]) -> Array:
        """c of the right sources of some disputes alone: shape (replicate,)."""
        return np.asarray(self._costs([(self._choices([disputes]), 0)])[0])

    def _subset(self, known: Sequence[Group]) -> Subset:
        groups = sum(1 << index for index, group in enumerate(self._placed) if group in known)
        return self._choices(group.disputes for group in known), groups

    def _choices(self, disputes: Iterable[Sequence[str]]) -> int:
        chosen = {dispute for some in disputes for dispute in some}
        return sum(1 << b for b, dispute in enumerate(self._quantity.disputes) if dispute in chosen)


def draw(model: Model, wanted: Sequence[Explained], points: int, enough: Callable[[Explained], bool]) -> None:
    """Count the same worlds for all that is wanted, and as many again for what is not precise enough.

    Parameters
    ----------
    points : int
        Points of each replicate to begin with: a power of two.
    enough : callable
        Whether one is precise enough; asked each time the worlds have doubled, until its `most` is reached.
    """
    seed = int(np.random.SeedSequence([model.study.seed, _STREAM]).generate_state(1, np.uint64)[0])
    dimension = max(model.apart.dimension, 1)
    design = Design(2 * dimension, seed)
    left = [each for each in wanted if each.most >= FEWEST]
    drawn = 0
    with np.errstate(all="ignore"):  # what has no finite value is seen in the sum
        while left:
            for replicates, positions, cube in design.blocks(drawn or points):
                for each in left:
                    room = slice(0, max(0, each.most - drawn - positions.start))
                    halves = cube[:dimension, :, room], cube[dimension:, :, room]
                    if halves[0].shape[-1]:
                        each.add(halves, replicates)
            drawn += drawn or points
            for each in left:
                each.points = min(drawn, each.most)
            left = [each for each in left if each.most > drawn and not enough(each)]


def _subsets(groups: Sequence[Group]) -> list[list[Group]]:
    return [
        [group for index, group in enumerate(groups) if mask >> index & 1] for mask in range(1 << len(groups))
    ]
