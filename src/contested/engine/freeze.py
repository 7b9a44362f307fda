"""What part of a variance some knowledge explains: c(u) = Var E[Y | X_u] for any set u of groups.

Y depends on groups of continuous variables and on choices (which source is right in each dispute), which
are independent of them and of each other. Two independent points of the cube, *one* and the *other*, are
mixed: some groups from the one, the rest from the other. Two mixtures that share the groups v and nothing
else have Y's whose covariance is c(v). Choices need no draws: with the choices D known as well,

    c(v, D) = Σ_{k_D} w(k_D) E[ȳ_{k_D}(X) ȳ_{k_D}(X_v, X'_~v)] - E[ȳ(X) ȳ(X')],

ȳ being the mean over the other choices by their weights. Subtracting the product of unrelated points, where
a squared mean could stand, leaves exactly 0 for a group that does not enter (Owen & Prieur 2017).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np

from contested.shapes.base import Array

State = tuple[int, int]  # which point leads (0: one, 1: the other), and the mask of the groups taken from it
Subset = tuple[int, int]  # what is known: the mask of choices, and the mask of groups


@dataclass(frozen=True)
class Layout:
    """Which axis of an array of mixed worlds each group is mixed along.

    Attributes
    ----------
    blocks : tuple of tuple of int
        The axes in order, each with its groups. Blocks are independent of each other and those of one
        group come first; groups of one block depend on each other, and each of their mixtures is a state
        of its own.
    """

    blocks: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, blocks: Iterable[Sequence[int]]) -> Layout:
        """Blocks in order: those of one group first."""
        return cls(tuple(sorted(map(tuple, blocks), key=lambda block: (len(block) > 1, block))))

    @cached_property
    def single(self) -> int:
        """How many blocks have one group."""
        return sum(len(block) == 1 for block in self.blocks)

    def states(self, axis: int) -> list[State]:
        """The mixtures of a block's groups, as its axis has them; masks are of places in the block.

        The first two are the two points themselves.
        """
        whole = (1 << len(self.blocks[axis])) - 1
        return [(role, mask) for mask in (whole, *range(1, whole)) for role in (0, 1)]

    def axis(self, group: int) -> tuple[int, int]:
        """A group's axis, and its place in the block."""
        return next((axis, block.index(group)) for axis, block in enumerate(self.blocks) if group in block)

    def laid(self, axis: int, by_state: Sequence[Array]) -> Array:
        """One array for each of an axis's states, shape (replicate, point), placed along that axis."""
        stacked = np.stack(by_state)
        place = [1] * len(self.blocks)
        place[axis] = len(stacked)
        return stacked.reshape(*place, *stacked.shape[1:])

    def mixed(self, group: int, points: tuple[Array, Array]) -> Array:
        """A coordinate of a group in every mixture, from its values at the two points."""
        axis, place = self.axis(group)
        return self.laid(
            axis, [points[role if mask >> place & 1 else 1 - role] for role, mask in self.states(axis)]
        )


class Costs:
    """Explained variances, from the values of Y in mixed worlds.

    Parameters
    ----------
    layout : Layout
    weights : sequence of ndarray
        Of each choice's alternatives: positive, summing to one.
    asked : int
        Mask of the choices that may be asked for; bit b is the b-th.
    replicates : int

    Attributes
    ----------
    centre : float
        What Y is measured from: about its mean, so that digits are kept.

    Notes
    -----
    Along the axis of a choice, √w·Y is turned by an orthogonal matrix whose first row is √w: the first
    coefficient is the mean over the alternatives, and the sum of the squares of all is their mean square.
    Along that of a group, half the sum and half the difference of the two states are taken (Walsh and
    Hadamard). The mean product over all pairs of mixtures that share the groups v, the choices D being
    known, is then a signed sum of squared coefficients: those that are first along every choice not in D,
    with a minus for each difference along a group not in v.
    """

    def __init__(self, layout: Layout, weights: Sequence[Array], asked: int, replicates: int) -> None:
        self._layout, self._weights = layout, [np.asarray(w, dtype=float) for w in weights]
        self._asked = [b for b in range(len(weights)) if asked >> b & 1]
        self._pairs = dict(_coupled_pairs(layout))
        halved = len(self._asked) + layout.single
        self._sums = {mask: np.zeros((*[2] * halved, replicates)) for mask in self._pairs}
        self._points = np.zeros(replicates)
        self._covariances: dict[int, Array] = {}  # what the sums say, until more are counted
        self.centre: float | None = None

    def add(self, values: Sequence[Array], replicates: slice) -> None:
        """Count more worlds.

        Parameters
        ----------
        values : sequence of ndarray
            Y for every combination of the choices' alternatives, the last choice's fastest: each an array
            that broadcasts to (one axis for each block, replicate, point); a number where nothing varies.
        replicates : slice
            Which replicates they are of.
        """
        axes = len(self._layout.blocks) + 2
        values = [np.reshape(value, (*[1] * (axes - np.ndim(value)), *np.shape(value))) for value in values]
        if self.centre is None:
            means = np.array([np.mean(value) for value in values])
            self.centre = float(means @ _products(self._weights))
        coefficients = self._coefficients(values, self.centre)
        for mask, pairs in self._pairs.items():
            for first, second in pairs:
                found = self._product(coefficients, first, second)
                self._sums[mask][..., replicates] += found / len(pairs)
        self._points[replicates] += coefficients.shape[-1]
        self._covariances.clear()

    def __call__(self, subsets: Sequence[Subset]) -> Array:
        """c of each subset: shape (subset, replicate)."""
        found = self._covariances
        if not found:
            found |= {mask: self._summed(sums) for mask, sums in self._sums.items()}
        single = [block[0] for block in self._layout.blocks[: self._layout.single]]
        coupled = reduce(int.__or__, found)

        def covariance(choices: int, groups: int) -> Array:
            known = [choices >> b & 1 for b in self._asked]
            apart = [1 - (groups >> group & 1) for group in single]
            return np.asarray(found[groups & coupled][*known, *apart])

        return np.stack([covariance(*subset) - covariance(0, 0) for subset in subsets])

    def _summed(self, sums: Array) -> Array:
        """Mean products: axes of 2 for each choice (known), each single group (apart), then replicate."""
        found = sums / self._points
        for axis in range(found.ndim - 1):
            none, some = np.split(found, 2, axis=axis)
            if axis < len(self._asked):
                found = np.concatenate([none, none + some], axis=axis)
            else:
                found = np.concatenate([none + some, none - some], axis=axis)
        return found

    def _coefficients(self, values: Sequence[Array], centre: float) -> Array:
        """Y turned along every choice that may be asked for, and along every single group.

        What is never asked for is pooled. An axis that a value does not vary along has no differences.

        Returns
        -------
        ndarray, shape (alternative of each choice asked for …, 2 for each single group …, coupled state …,
        replicate, point)
        """
        single, layout = self._layout.single, self._layout
        coupled = [len(layout.states(axis)) for axis in range(single, len(layout.blocks))]
        worlds = np.broadcast_shapes(*(value.shape[-2:] for value in values))
        alternatives = [len(self._weights[b]) for b in self._asked]
        found = np.zeros((*alternatives, *[2] * single, *coupled, *worlds))
        pooled = [b for b in range(len(self._weights)) if b not in self._asked]
        for index, value in zip(np.ndindex(*map(len, self._weights)), values, strict=True):
            weight = math.prod(self._weights[b][index[b]] for b in pooled)
            halves = _walsh_hadamard(value - centre, single)
            corner = (slice(size) for size in halves.shape[:single])
            found[(*(index[b] for b in self._asked), *corner)] += weight * halves
        for axis, b in enumerate(self._asked):
            turned = np.einsum("tk,k...->t...", _turn(self._weights[b]), np.moveaxis(found, axis, 0))
            found = np.moveaxis(turned, 0, axis)
        return found

    def _product(self, coefficients: Array, first: tuple[int, ...], second: tuple[int, ...]) -> Array:
        """Σ over points of the product of two coupled states: (2 for each choice and group …, replicate).

        Along a choice: its first coefficient, and all the others together.
        """
        every = (slice(None),) * (len(self._asked) + self._layout.single)
        places: list[tuple[slice | int, ...]] = [(*every, *state) for state in (first, second)]
        found = np.einsum("...p,...p->...", coefficients[places[0]], coefficients[places[1]])
        for axis in range(len(self._asked)):
            mean, rest = np.split(found, [1], axis=axis)
            found = np.concatenate([mean, rest.sum(axis=axis, keepdims=True)], axis=axis)
        return np.asarray(found, dtype=float)


def _turn(weights: Array) -> Array:
    """√w times the reflection that has √w as its first row (Householder)."""
    root = np.sqrt(weights)
    normal = root - np.eye(len(root))[0]
    square = normal @ normal
    reflection = np.eye(len(root)) - (2 / square * np.outer(normal, normal) if square > 0 else 0.0)
    return np.asarray(reflection * root)


def _products(factors: Iterable[Array]) -> Array:
    """All products of one entry of each factor, the last factor's fastest."""
    found = np.ones(1)
    for factor in factors:
        found = np.multiply.outer(found, factor).ravel()
    return found


def _walsh_hadamard(values: Array, axes: int) -> Array:
    """Half the sum and half the difference along each of the first axes that has two states."""
    for axis in range(axes):
        if values.shape[axis] == 2:
            one, other = np.moveaxis(values, axis, 0)
            found = np.empty_like(values)
            halves = np.moveaxis(found, axis, 0)
            np.add(one, other, out=halves[0])
            np.subtract(one, other, out=halves[1])
            values = found * 0.5
    return values


def _coupled_pairs(layout: Layout) -> Iterator[tuple[int, list[tuple[tuple[int, ...], tuple[int, ...]]]]]:
    """For each set of groups of coupled blocks: the pairs of states that share just these.

    Both points lead in turn, block by block, which halves the noise.
    """
    options = []
    for axis in range(layout.single, len(layout.blocks)):
        block, states = layout.blocks[axis], layout.states(axis)
        places = {state: index for index, state in enumerate(states)}
        whole = (1 << len(block)) - 1
        options.append([
            (
                sum(1 << group for place, group in enumerate(block) if mask >> place & 1),
                [(role, places[role, mask] if mask else 1 - role) for role in (0, 1)],
            )
            for mask in range(whole + 1)
        ])  # fmt: skip
    for chosen in itertools.product(*options):
        mask = sum(groups for groups, _ in chosen)
        pairs = [
            (tuple(first for first, _ in pair), tuple(second for _, second in pair))
            for pair in itertools.product(*(both for _, both in chosen))
        ]
        yield mask, pairs
