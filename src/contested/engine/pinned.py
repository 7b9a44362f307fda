"""Fresh runs with one variable held at a value: the same net, all else as stated."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np

from contested.engine.design import REPLICATES, Design
from contested.engine.model import Model, Quantity, Stratum
from contested.engine.precision import sectioning
from contested.engine.screening import Divisor
from contested.engine.underlying import variable
from contested.engine.variables import Resting, Variable
from contested.engine.worlds import Values, Worlds
from contested.language.nodes import Citation, Computed, Mixture, Statement
from contested.shapes.base import Array

_TOGETHER = 1 << 18  # worlds times held values that are evaluated at once


class HeldWorlds(Worlds):
    """Worlds in which a variable may be held, at one value or at several.

    Parameters
    ----------
    model : Model
    cube : ndarray, shape (coordinate, replicate, point)

    Notes
    -----
    Holding is the do-operator: whatever is correlated with the variable stays as it is stated, and does
    not move with it; only what is computed from it does.
    """

    def __init__(self, model: Model, cube: Array) -> None:
        super().__init__(model, cube)
        self._held: tuple[str, Array] | None = None
        self._drawn: dict[tuple[str, str], Values] = {}

    def holding(self, path: str, values: Array) -> HeldWorlds:
        """The same worlds with one variable held; what it leaves as it was is not made again.

        Parameters
        ----------
        path : str
            The variable's.
        values : ndarray, shape (value, 1, 1)
            In base units. What rests on the variable has one more axis, in front.
        """
        changed = copy(self)
        changed._held, changed._kept = (path, values), {}
        return changed

    def _statement(self, statement: Statement, stratum: Stratum, figure: str | None) -> Values:
        path = variable(self._model.study, statement, figure)
        if self._held and path == self._held[0]:
            return self._held[1]
        if isinstance(statement.form, Computed | Citation | Mixture):
            return super()._statement(statement, stratum, figure)
        if (statement.path, path) not in self._drawn:
            self._drawn[statement.path, path] = super()._statement(statement, stratum, figure)
        return self._drawn[statement.path, path]

    def seen(self, asked: Variable) -> Array:
        """What learning a variable is learning, shape (replicate, point): rising with its value.

        Its coordinate, correlated as stated; a mixture's value, which no coordinate says.
        """
        if asked.mixed:
            value = self._statement(asked.statement, {}, asked.figure)
            return np.asarray(np.broadcast_to(value, np.shape(self._cube[0])), dtype=float)
        return self.coordinate(asked.path).u

    def truth(self, quantity: Quantity, stratum: int, divisors: Sequence[Divisor] = ()) -> Values:
        """Whether a question is true in one of its strata, and every divisor positive."""
        which = quantity.strata[stratum]
        found, _ = self.question(quantity.expression, which)
        for divisor in divisors:
            found = np.logical_and(found, self.value(divisor.expression, which, divisor.figure) > 0)
        return found


class Net:
    """The first worlds of a run, drawn as they are asked for and kept.

    Parameters
    ----------
    model : Model
    """

    def __init__(self, model: Model) -> None:
        self.model = model
        self._design = Design(model.dimension, model.study.seed)
        self._cube = np.empty((max(model.dimension, 1), REPLICATES, 0))
        self._worlds: dict[int, HeldWorlds] = {}

    def cube(self, points: int) -> Array:
        """The first points of every replicate, a power of two: shape (coordinate, replicate, point)."""
        while self._cube.shape[2] < points:
            more = self._design.cube(self._cube.shape[2] or points)
            self._cube = np.concatenate([self._cube, more], axis=2)
        return self._cube[:, :, :points]

    def worlds(self, points: int) -> HeldWorlds:
        """The first worlds of every replicate, with nothing held yet."""
        if points not in self._worlds:
            self._worlds[points] = HeldWorlds(self.model, self.cube(points))
        return self._worlds[points]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pinned:
    """One question under one weighting, with one variable held.

    Attributes
    ----------
    weights : ndarray, shape (stratum,)
    divisors : sequence of sequence of Divisor
        By stratum, those that must be positive for the question to count as true.
    elsewhere : ndarray, shape (replicate,)
        What the strata that do not rest on the variable add to the probability, as they were drawn.
    """

    net: Net
    quantity: Quantity
    weights: Array
    resting: Resting
    divisors: Sequence[Sequence[Divisor]]
    elsewhere: Array

    def replicates(self, values: Array, points: int) -> Array:
        """The probability by replicate at each held value.

        Parameters
        ----------
        values : ndarray, shape (value,)
            In the unit of the variable's statement.
        points : int
            Worlds of each replicate: a power of two.

        Returns
        -------
        ndarray, shape (replicate, value)
        """
        several = max(1, _TOGETHER // (REPLICATES * points))
        parts = [values[start : start + several] for start in range(0, len(values), several)]
        return np.concatenate([self._together(part, points) for part in parts], axis=1)

    def probability(self, values: Array, points: int) -> tuple[Array, Array]:
        """P(true | variable = value) and its Monte Carlo standard error, both of shape (value,)."""
        found = self.replicates(values, points)
        pooled = found.mean(axis=0)
        return pooled, sectioning(found, pooled)

    def _together(self, values: Array, points: int) -> Array:
        asked = self.resting.variable
        total = np.repeat(self.elsewhere[:, None], len(values), axis=1)
        with np.errstate(all="ignore"):  # what has no value there is not true
            held = (values * asked.statement.unit.scale)[:, None, None]
            worlds = self.net.worlds(points).holding(asked.path, held)
            for stratum in np.flatnonzero(self.resting.strata & (self.weights > 0)).tolist():
                truth = worlds.truth(self.quantity, stratum, self.divisors[stratum])
                shares = np.broadcast_to(truth, (len(values), REPLICATES, points)).mean(axis=2)
                total += self.weights[stratum] * shares.T
        return total
