"""The uncertain variables that a quantity rests on, the law of each, and the strata in which it counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.engine.model import Model, Quantity
from contested.engine.underlying import Claimant, Reached, reached
from contested.language.nodes import Citation, Computed, Exact, Mixture, OneSided, Statement
from contested.shapes.base import Array, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One uncertain number: an input, a fact with a range, a literal claim or an agreed figure.

    Attributes
    ----------
    path : str
        Of the random variable: 'inputs.gs_error', 'inputs.drift@casualties_2025', 'register.some-id'.
    name : str
        For people: 'gs_error', 'drift@casualties_2025', 'some-id', 'area.isw', 'killed'.
    figure : str or None
        The figure whose claim names it.
    correlated : bool
        Whether a correlation of the scenario names it.
    """

    path: str
    name: str
    statement: Statement
    figure: str | None
    correlated: bool

    @property
    def mixed(self) -> bool:
        """Whether its law is a mixture: its coordinate alone does not say its value."""
        return isinstance(self.statement.form, Mixture)


@dataclass(frozen=True, slots=True, eq=False)
class Resting:
    """A variable, and the strata in which a quantity rests on it, shape (stratum,).

    Attributes
    ----------
    told : ndarray, shape (stratum,)
        The strata that learning it tells something of: those too that rest on what is correlated with it.
    """

    variable: Variable
    strata: NDArray[np.bool_]
    told: NDArray[np.bool_]


def resting(model: Model, quantity: Quantity) -> dict[str, Resting]:
    """What a quantity rests on, by the variable's path, sorted.

    A computed statement varies with what it is computed from and is no variable of its own; neither is an
    exact number, nor a part of a mixture beside the mixture.
    """
    found: dict[str, tuple[Reached, set[Claimant]]] = {}
    for each in reached(model.study, [quantity.expression]):
        derived = isinstance(each.statement.form, Exact | OneSided | Computed | Citation)
        if not derived and each.whole == each.variable:
            found.setdefault(each.variable, (each, set()))[1].add(each.claimant)
    strata = {
        path: np.array([_holds(stratum, claimants) for stratum in quantity.strata])
        for path, (_, claimants) in sorted(found.items())
    }
    tied = {path: copula.paths for copula in model.copulas for path in copula.paths}
    return {
        path: Resting(
            Variable(
                path=path,
                name=bare(path),
                statement=first.statement,
                figure=first.figure,
                correlated=path in tied,
            ),
            strata[path],
            np.logical_or.reduce([strata[other] for other in tied.get(path, (path,)) if other in strata]),
        )
        for path, (first, _) in sorted(found.items())
    }


def bare(path: str) -> str:
    """A variable's name for people, from its path."""
    kind, _, rest = path.partition(".")
    if kind == "figures":
        figure, _, claim = rest.partition(".")
        return figure if claim == "agreed" else f"{figure}.{claim.removeprefix('claims.')}"
    return rest


def _holds(stratum: Mapping[str, str], claimants: set[Claimant]) -> bool:
    return any(claimant is None or stratum[claimant[0]] == claimant[1] for claimant in claimants)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Law:
    """A variable's law in its statement's own unit.

    Attributes
    ----------
    low, high : float
        Its certain bounds.
    """

    low: float
    high: float
    shape: Shape | None
    sample: Array | None

    @classmethod
    def of(cls, model: Model, asked: Variable, sample: Array | None = None) -> Law:
        """The stated law; a mixture's from a sample of its values, in base units."""
        shape = model.shape(asked.statement)
        if shape is not None:
            return cls(low=shape.reach.low, high=shape.reach.high, shape=shape, sample=None)
        if sample is None:
            raise TypeError("the law of a mixture needs a sample of its values")
        low, high = _bounds(model, asked.statement)
        scaled = np.sort(np.ravel(sample)) / asked.statement.unit.scale
        return cls(low=low, high=high, shape=None, sample=scaled)

    def quantile(self, p: Array) -> Array:
        """Quantiles at probabilities p in (0, 1), same shape."""
        if self.shape is not None:
            return self.shape.ppf(p)
        assert self.sample is not None  # a law has the one or the other
        return np.asarray(np.quantile(self.sample, p, method="inverted_cdf"))


def _bounds(model: Model, statement: Statement) -> tuple[float, float]:
    """The certain bounds of a mixture: what its parts span; none where a part is a formula or a fact."""
    shape = model.shape(statement)
    if shape is not None:
        return shape.reach.low, shape.reach.high
    match statement.form:
        case Exact(value=value):
            return value, value
        case Mixture(parts=parts):
            spans = [_bounds(model, part) for part in parts]
            factors = [part.unit.scale / statement.unit.scale for part in parts]
            return (
                min(low * factor for (low, _), factor in zip(spans, factors, strict=True)),
                max(high * factor for (_, high), factor in zip(spans, factors, strict=True)),
            )
    return -math.inf, math.inf
