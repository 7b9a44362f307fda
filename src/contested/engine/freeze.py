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
        Of each choice's alternatives; each sums to one.
    choices : sequence of int
        The masks of choices that may be asked for; bit b is the b-th.
    replicates : int
    """

    def __init__(
        self, layout: Layout, weights: Sequence[Array], choices: Iterable[int], replicates: int
    ) -> None:
        self._layout, self._weights = layout, [np.asarray(w, dtype=float) for w in weights]
        self._choices = sorted({0, *choices})
        self._pairs = dict(_coupled_pairs(layout))
        spectrum = 1 << layout.single
        self._sums = {
            (choice, mask): np.zeros((spectrum, replicates))
            for choice in self._choices
            for mask in self._pairs
        }
        self._points = np.zeros(replicates)
        self._centre: float | None = None

    @property
    def centre(self) -> float:
        """What Y is measured from, about its mean."""
        return self._centre or 0.0

    def add(self, values: Sequence[Array], replicates: slice) -> None:
        """Count more worlds.

        Parameters
        ----------
        values : sequence of ndarray
            Y for every combination of the choices' alternatives, the last choice's fastest: each an array
            that broadcasts to (one axis for each block, replicate, point).
        replicates : slice
            Which replicates they are of.
        """
        if self._centre is None:
            self._centre = self._mean(values)
        spectra = self._spectra(values)
        for choice in self._choices:
            pooled = self._pooled(spectra, choice)
            for mask, pairs in self._pairs.items():
                for first, second in pairs:
                    self._sums[choice, mask][:, replicates] += _product(pooled, first, second) / len(pairs)
        self._points[replicates] += spectra.shape[-1]

    def __call__(self, subsets: Sequence[Subset]) -> Array:
        """c of each subset: shape (subset, replicate)."""
        nothing = self._covariance(0, 0)
        return np.stack([self._covariance(*subset) - nothing for subset in subsets])

    def _covariance(self, choices: int, groups: int) -> Array:
        """Mean product of two worlds that share some choices and groups, by replicate."""
        layout = self._layout
        apart = [1 - (groups >> block[0] & 1) for block in layout.blocks[: layout.single]]
        coupled = groups & sum(1 << group for block in layout.blocks[layout.single :] for group in block)
        signs = _products(np.array([1.0, -1.0 if differs else 1.0]) for differs in apart)
        return np.asarray((signs[:, None] * self._sums[choices, coupled]).sum(axis=0) / self._points)

    @cached_property
    def _asked(self) -> int:
        return reduce(int.__or__, self._choices)

    def _mean(self, values: Sequence[Array]) -> float:
        means = np.array([np.mean(value) for value in values])
        return float(means @ _products(self._weights))

    def _spectra(self, values: Sequence[Array]) -> Array:
        """Walsh-Hadamard coefficients over the single blocks, centred, pooled over choices never asked for.

        The mean product of the values at all pairs of mixtures that differ in the groups δ is then
        Σ_s (-1)^|s ∩ δ| ŷ(s)². An axis that a value does not vary along has the coefficient at 0 alone.

        Returns
        -------
        ndarray, shape (alternatives of each choice …, coefficient, coupled state …, replicate, point)
            A choice never asked for has one alternative.
        """
        single, layout = self._layout.single, self._layout
        kept = [w if self._asked >> b & 1 else np.ones(1) for b, w in enumerate(self._weights)]
        worlds = np.broadcast_shapes(*(value.shape[-2:] for value in values))
        coupled = [len(layout.states(axis)) for axis in range(single, len(layout.blocks))]
        found = np.zeros((*map(len, kept), *([2] * single), *coupled, *worlds))
        for index, value in zip(np.ndindex(*map(len, self._weights)), values, strict=True):
            place = tuple(k if self._asked >> b & 1 else 0 for b, k in enumerate(index))
            weight = np.prod([
                1.0 if self._asked >> b & 1 else self._weights[b][k] for b, k in enumerate(index)
            ])  # fmt: skip
            coefficients = _walsh_hadamard(value - self.centre, single)
            corner = tuple(slice(size) for size in coefficients.shape[:single])
            found[(*place, *corner)] += weight * coefficients
        return found.reshape(*map(len, kept), 1 << single, *coupled, *worlds)

    def _pooled(self, spectra: Array, choices: int) -> Array:
        """Means over the choices not known; the others flattened, scaled by the root of their weight.

        Returns
        -------
        ndarray, shape (combination, coefficient, coupled state …, replicate, point)
        """
        for b in reversed(range(len(self._weights))):
            if not choices >> b & 1:
                weight = self._weights[b] if self._asked >> b & 1 else np.ones(1)
                spectra = np.einsum("k,k...->...", weight, np.moveaxis(spectra, b, 0))
        roots = np.sqrt(_products(w for b, w in enumerate(self._weights) if choices >> b & 1))
        known = choices.bit_count()
        flat = spectra.reshape(len(roots), *spectra.shape[known:])
        return flat * roots.reshape(-1, *[1] * (flat.ndim - 1))


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
            one, other = np.split(values, 2, axis=axis)
            values = np.concatenate([one + other, one - other], axis=axis)
            values *= 0.5
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


def _product(pooled: Array, first: tuple[int, ...], second: tuple[int, ...]) -> Array:
    """Σ over combinations and points of the product of two coupled states: (coefficient, replicate)."""
    places: list[tuple[slice | int, ...]] = [(slice(None), slice(None), *state) for state in (first, second)]
    return np.asarray(np.einsum("ksrp,ksrp->sr", pooled[places[0]], pooled[places[1]]), dtype=float)
