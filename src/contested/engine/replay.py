"""The worlds of a run once more: the truth of its questions in each, beside the value of each variable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from contested.engine.conditional import Conditional, conditional_mean
from contested.engine.design import REPLICATES
from contested.engine.model import Model
from contested.engine.pinned import HeldWorlds, Net, Pinned
from contested.engine.run import Tally
from contested.engine.screening import Divisor, screens
from contested.engine.variables import Law, Resting, Variable, resting
from contested.engine.weights import pool
from contested.shapes.base import Array

_MOST_POINTS = 4096  # of each replicate: beyond, a conditional mean gains little; they are a net of their own
_BLOCK = 2048  # points of each replicate that are evaluated at once, so that they stay in a core's cache


@dataclass(frozen=True, eq=False)
class Asked:
    """One question under one weighting.

    Attributes
    ----------
    tally : Tally
    weights : ndarray, shape (stratum,)
    positive : bool
        Whether it counts as true only where every denominator is positive.
    """

    tally: Tally
    weights: Array
    positive: bool

    def elsewhere(self, strata: NDArray[np.bool_]) -> Array:
        """What all other strata add to the probability: shape (replicate,)."""
        return pool(self.tally.shares(self.positive), self.weights * ~strata)


@dataclass(frozen=True, eq=False)
class Replay:
    """Questions in the worlds of a run, drawn again from the same net, once for all.

    Attributes
    ----------
    asked : mapping of str to Asked
        By the question's name.
    points : int
        Worlds of each replicate.
    """

    model: Model
    asked: Mapping[str, Asked]
    points: int

    @classmethod
    def of(cls, model: Model, asked: Mapping[str, Asked], worlds: int) -> Replay:
        """The first worlds of a run, at most 4,096 of each replicate."""
        return cls(model, asked, min(worlds // REPLICATES, _MOST_POINTS))

    @cached_property
    def resting(self) -> Mapping[str, Mapping[str, Resting]]:
        """By question and path, the variables that count under the question's weights."""
        return {
            name: {
                path: which
                for path, which in resting(self.model, one.tally.quantity).items()
                if (which.strata & (one.weights > 0)).any()
            }
            for name, one in self.asked.items()
        }

    @cached_property
    def variables(self) -> Mapping[str, Variable]:
        """Every variable that some question rests on, by path."""
        return {path: one.variable for each in self.resting.values() for path, one in each.items()}

    @cached_property
    def conditionals(self) -> Mapping[tuple[str, str], Conditional]:
        """P(question | variable) by question and path; correlated variables move together, as stated."""
        truths, seen = self._drawn
        found: dict[tuple[str, str], Conditional] = {}
        for path in self.variables:
            names = [name for name in self.asked if path in self.resting[name]]
            together = np.stack([truths[name, self.resting[name][path].told.tobytes()] for name in names])
            each = conditional_mean(together, seen[path])
            found |= {(name, path): each[index] for index, name in enumerate(names)}
        return found

    def law(self, path: str) -> Law:
        """A variable's law, in its statement's own unit."""
        asked = self.variables[path]
        return Law.of(self.model, asked, self._drawn[1][path] if asked.mixed else None)

    def pinned(self, name: str, path: str) -> Pinned:
        """A question in fresh worlds with a variable held."""
        one, which = self.asked[name], self.resting[name][path]
        return Pinned(
            net=self._net, quantity=one.tally.quantity, weights=one.weights, resting=which,
            divisors=self._divisors[name], elsewhere=one.elsewhere(which.strata),
        )  # fmt: skip

    @cached_property
    def _net(self) -> Net:
        return Net(self.model)

    @cached_property
    def _divisors(self) -> Mapping[str, Sequence[Sequence[Divisor]]]:
        screened = screens(self.model) if any(one.positive for one in self.asked.values()) else {}
        return {
            name: screened["question", name].divisors
            if one.positive
            else ((),) * len(one.tally.quantity.strata)
            for name, one in self.asked.items()
        }

    @cached_property
    def _drawn(self) -> tuple[Mapping[tuple[str, bytes], Array], Mapping[str, Array]]:
        """Truths by question and strata that vary, pooled by weight, and each variable: (replicate, point).

        In the strata that a variable tells nothing of the truth is replaced by its mean: claims of one
        figure may share a coordinate, and a source's own must not vary with another's.
        """
        shape = (REPLICATES, self.points)
        truths = {
            (name, which.told.tobytes()): np.repeat(one.elsewhere(which.told)[:, None], self.points, axis=1)
            for name, one in self.asked.items()
            for which in self.resting[name].values()
        }
        seen = {path: np.empty(shape) for path in self.variables}
        cube = self._net.cube(self.points)
        for start in range(0, self.points, _BLOCK):
            block = slice(start, start + _BLOCK)
            with np.errstate(all="ignore"):  # as in the run, where a division by zero has been screened
                worlds = HeldWorlds(self.model, cube[:, :, block])
                for name in self.asked:
                    self._add(truths, name, worlds, block)
                for path, asked in self.variables.items():
                    seen[path][:, block] = worlds.seen(asked)
        return truths, seen

    def _add(
        self,
        truths: Mapping[tuple[str, bytes], Array],
        name: str,
        worlds: HeldWorlds,
        block: slice,
    ) -> None:
        one = self.asked[name]
        patterns = {which.told.tobytes(): which.told for which in self.resting[name].values()}
        for stratum in np.flatnonzero(one.weights > 0).tolist():
            varying = [key for key, strata in patterns.items() if strata[stratum]]
            if varying:
                truth = worlds.truth(one.tally.quantity, stratum, self._divisors[name][stratum])
                weighted = one.weights[stratum] * truth
                for key in varying:
                    truths[name, key][:, block] += weighted
