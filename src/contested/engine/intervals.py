"""Highest-density intervals of a linear pool: the shortest set that holds the level, perhaps in pieces."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from contested.engine.density import Bandwidth, LinearPool, bandwidths
from contested.engine.regions import Modes
from contested.shapes.base import Array

__all__ = ["Bandwidth", "HighestDensity", "Piece", "bandwidths"]

_ATOM = 0.01  # mass beyond which a single value is an atom
_SAME = 1e-12  # relative distance of values that differ by rounding alone
_NOTHING = 1e-12  # mass that rounding alone may leave


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a highest-density set.

    Attributes
    ----------
    low, high : float
        Its ends; equal for an atom.
    mass : float
        What it holds of the whole pool.
    stratum : int or None
        The stratum that gives most of that; None where the law is no mixture of strata.
    low_mcse, high_mcse : float
        Monte Carlo standard errors of its own ends, given that it is there (`Samples.highest_density`).
    """

    low: float
    high: float
    mass: float
    stratum: int | None
    low_mcse: float = 0.0
    high_mcse: float = 0.0

    def scaled(self, factor: float) -> Piece:
        """The same in another unit; factor is above 0."""
        low, high = self.low * factor, self.high * factor
        errors = self.low_mcse * factor, self.high_mcse * factor
        return Piece(low, high, self.mass, self.stratum, *errors)

    def meets(self, other: Piece) -> bool:
        """Whether two pieces have a value in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class HighestDensity:
    """The highest-density sets of one linear pool, of any level (Hyndman 1996; method, section f).

    Attributes
    ----------
    pool : LinearPool
    atoms : sequence of Piece
        Values of infinite density, the weightiest first.
    modes : Modes or None
        Of the pool without its atoms; None where nothing else is in it.

    Notes
    -----
    f is the density on the natural scale, each stratum under a kernel of its own (`density`). The set is
    {f >= c}: `regions` finds where f reaches c, with c such that the regions' masses, read from the draws,
    sum to the level. Values that hold over 1 % of the mass, and strata that are one value, have infinite
    density: they are taken first, the weightiest before the others.

    For a law of one mode this is the shortest interval. It is found where the density crosses c, not by
    sliding a window over the draws: the window's place is that of the luckiest gap, three times less
    certain and, at the cube root of the draws, not something that replicates can put an error to.
    """

    pool: LinearPool
    atoms: Sequence[Piece]
    modes: Modes | None

    @classmethod
    def of(
        cls,
        samples: Sequence[Array],
        weights: Sequence[float] | Array,
        bandwidths: Sequence[Bandwidth] | None = None,
    ) -> HighestDensity:
        """What all levels share.

        Parameters
        ----------
        samples : sequence of ndarray, each of shape (n_k,)
            Draws of each stratum, finite and in rising order.
        weights : sequence of float
            Of each stratum in the linear pool; they sum to one. Strata of weight zero are left out.
        bandwidths : sequence of Bandwidth, optional
            One per stratum; by default from `bandwidths(samples)`. A replicate takes those of the pooled
            draws, so that it is smoothed as they are.
        """
        rest = pool = LinearPool.of(samples, weights, bandwidths)
        atoms: list[Piece] = []
        while ties := _ties(rest):
            for value in ties:
                atom, rest = _taken(rest, value)
                atoms.append(atom)
        atoms.sort(key=lambda atom: (-atom.mass, atom.low))
        idle = [s for s, w in zip(samples, weights, strict=True) if w <= 0 < s.size and s[0] < s[-1]]
        return cls(pool, atoms, Modes.of(rest, idle) if rest.components else None)

    def pieces(self, level: float) -> list[Piece]:
        """The set that holds the level, between 0 and 1, in rising order.

        Disjoint; their masses sum to the level, or to more where atoms alone hold more.
        """
        held, taken = 0.0, list[Piece]()
        for atom in self.atoms:
            if level - held > _NOTHING:
                taken.append(atom)
                held += atom.mass
        if self.modes is None or level - held <= _NOTHING:
            return _joined([], taken, self.pool)
        smooth, found = self.modes.pool, self.modes.regions(level - held)
        pieces = [Piece(r.low, r.high, r.mass, smooth.dominant(r.low, r.high).label) for r in found]
        return _joined(pieces, taken, self.pool)


def _ties(pool: LinearPool) -> list[float]:
    """Values that hold over 1 % of the mass, or all of a stratum."""
    constant, tied = set[float](), list[Array]()
    for component in pool.components:
        sample = component.sample
        if sample[-1] - sample[0] <= _SAME * abs(sample[0]):
            constant.add(float(sample[0]))
        else:
            span = max(math.ceil(_ATOM * sample.size), 2) - 1
            tied.append(sample[:-span][sample[span:] - sample[:-span] <= _SAME * np.abs(sample[:-span])])
    values = np.unique(np.concatenate([*tied, np.array(sorted(constant))]))
    apart = np.concatenate([[True], np.diff(values) > _SAME * np.abs(values[1:])])[: values.size]
    return [v for v in values[apart].tolist() if v in constant or _mass_at(pool, v) > _ATOM]


def _mass_at(pool: LinearPool, value: float) -> float:
    low, high = _around(value)
    return float(pool.held(np.array(high), "right") - pool.held(np.array(low), "left"))


def _taken(pool: LinearPool, value: float) -> tuple[Piece, LinearPool]:
    """One value as an atom, and the pool without it."""
    low, high = _around(value)
    atom = Piece(value, value, _mass_at(pool, value), pool.dominant(low, high).label)
    rest = []
    for component in pool.components:
        sample = component.sample
        first, beyond = np.searchsorted(sample, low), np.searchsorted(sample, high, side="right")
        kept = np.concatenate([sample[:first], sample[beyond:]])
        if kept.size:
            rest.append(replace(component, sample=kept, weight=component.weight * kept.size / sample.size))
    return atom, LinearPool(tuple(rest))


def _around(value: float) -> tuple[float, float]:
    """Ends between which values are the same but for rounding."""
    margin = 2 * _SAME * abs(value)
    return value - margin, value + margin


def _joined(pieces: Sequence[Piece], atoms: Sequence[Piece], pool: LinearPool) -> list[Piece]:
    """Pieces and atoms in rising order, an atom in another one, or right beside it, being part of it."""
    values = {atom.low for atom in atoms}
    joined: list[Piece] = []
    for piece in sorted([*pieces, *atoms], key=lambda piece: (piece.low, piece.high)):
        by_an_atom = joined and (joined[-1].high in values or piece.low in values)
        if by_an_atom and _beside(joined[-1], piece, pool):
            joined.append(_union(joined.pop(), piece, pool))
        else:
            joined.append(piece)
    return joined


def _beside(before: Piece, after: Piece, pool: LinearPool) -> bool:
    """Whether two pieces overlap, or between them is no draw, and no more than a kernel of either."""
    low, high = np.array(_around(before.high)[1]), np.array(_around(after.low)[0])
    if pool.held(high, "left") > pool.held(low, "right"):
        return False
    return any(kernel.above(low) >= high for kernel in _kernels(before, pool)) or any(
        kernel.below(high) <= low for kernel in _kernels(after, pool)
    )


def _kernels(piece: Piece, pool: LinearPool) -> list[Bandwidth]:
    """Those of all strata that give most of a piece, so that no order of equals decides what joins it."""
    return [c.bandwidth for c in pool.foremost(_around(piece.low)[0], _around(piece.high)[1])]


def _union(before: Piece, after: Piece, pool: LinearPool) -> Piece:
    low, high = before.low, max(before.high, after.high)
    most = pool.dominant(_around(low)[0], _around(high)[1])
    return Piece(low, high, before.mass + after.mass, most.label)
