"""Estimates and questions that rest on one-sided bounds: values without a distribution."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn, cast

from contested.engine.bounds import BoundAlgebra, Bounded, BoundFault, Verdict
from contested.engine.model import Model, Quantity, Stratum, named
from contested.engine.run import single_source, stratum_weights
from contested.errors import ContestedError, Fault, ScenarioError
from contested.language.formula import Formula, Reference, fold
from contested.language.nodes import (
    Citation,
    Computed,
    Direction,
    Exact,
    IntervalKind,
    OneSided,
    Statement,
    Weights,
)
from contested.language.units import Unit

_REASON = "a bound carries no distribution, and this one does not decide the question"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bound:
    """An estimate that rests on one-sided bounds: at least, or at most, a value.

    `by_source` holds what follows from each source alone; the value pooled is the one that holds
    whichever source with any weight is right.
    """

    name: str
    title: str
    unit: Unit
    direction: Direction
    value: float
    by_source: Mapping[str, Mapping[str, float]]

    def __repr__(self) -> str:
        return f"<{self.name}: {self.direction} bound {self.value:.4g} {self.unit}".rstrip() + ">"

    def quantile(self, p: float) -> NoReturn:
        """Refused: a bound has no distribution."""
        raise self._refusal()

    def cdf(self, x: float) -> NoReturn:
        """Refused: a bound has no distribution."""
        raise self._refusal()

    def interval(self, level: float = 0.9, kind: IntervalKind = "equal-tailed") -> NoReturn:
        """Refused: a bound has no distribution."""
        raise self._refusal()

    def probability(self, *, above: float = -math.inf, below: float = math.inf) -> NoReturn:
        """Refused: a bound has no distribution."""
        raise self._refusal()

    def _refusal(self) -> ContestedError:
        return ContestedError(
            f"{self.name} rests on bounds and has no distribution; its .value is all that follows: state "
            "low and high, and why, for an interval"
        )


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settled:
    """A question on one-sided bounds: settled by them, with probability 0 or 1, or None with the reason."""

    name: str
    title: str
    probability: float | None
    reason: str | None
    by_source: Mapping[str, Mapping[str, float | None]]

    def __repr__(self) -> str:
        return f"<{self.name}: {'undecided' if self.probability is None else self.probability}>"


def bounds(model: Model, weights: Weights) -> dict[str, Bound]:
    """The estimates that rest on bounds, by name.

    Raises
    ------
    ScenarioError
        Where bounds of opposite directions meet: at least one thing less at least another is no bound.
    """
    return {
        quantity.name: _bound(model, quantity, weights)
        for quantity in model.quantities
        if quantity.bounded and quantity.kind == "estimate"
    }


def settled(model: Model, weights: Weights) -> dict[str, Settled]:
    """The questions that rest on bounds, by name.

    Raises
    ------
    ScenarioError
        As `bounds` does.
    """
    return {
        quantity.name: _settled(model, quantity, weights)
        for quantity in model.quantities
        if quantity.bounded and quantity.kind == "question"
    }


def _bound(model: Model, quantity: Quantity, weights: Weights) -> Bound:
    estimate = model.study.estimates[quantity.name]
    path = f"estimates.{quantity.name}.formula"
    values = cast(Sequence[Bounded], _evaluated(model, quantity, estimate.formula, path))
    directions = {value.direction for value in values} - {"exact"}
    if len(directions) > 1:
        message = "at least by one source, at most by another; state low and high, and why"
        raise ScenarioError([Fault(estimate.formula.location, path, message)])
    direction = cast(Direction, next(iter(directions), "lower"))

    def holding(under: Weights) -> float:
        used = stratum_weights(quantity, under) > 0
        found = [value.value for value, counts in zip(values, used, strict=True) if counts]
        return (min(found) if direction == "lower" else max(found)) / estimate.unit.scale

    return Bound(
        name=quantity.name,
        title=estimate.title,
        unit=estimate.unit,
        direction=direction,
        value=holding(weights),
        by_source={
            dispute: {source: holding(single_source(weights, dispute, source)) for source in weights[dispute]}
            for dispute in quantity.disputes
        },
    )


def _settled(model: Model, quantity: Quantity, weights: Weights) -> Settled:
    question = model.study.questions[quantity.name]
    verdicts = cast(
        Sequence[Verdict], _evaluated(model, quantity, question.formula, f"questions.{quantity.name}.formula")
    )

    def probability(under: Weights) -> float | None:
        share = stratum_weights(quantity, under)
        if any(verdict is None for verdict, weight in zip(verdicts, share, strict=True) if weight > 0):
            return None
        return float(sum(weight for verdict, weight in zip(verdicts, share, strict=True) if verdict))

    found = probability(weights)
    return Settled(
        name=quantity.name,
        title=question.title,
        probability=found,
        reason=_REASON if found is None else None,
        by_source={
            dispute: {
                source: probability(single_source(weights, dispute, source)) for source in weights[dispute]
            }
            for dispute in quantity.disputes
        },
    )


def _evaluated(model: Model, quantity: Quantity, formula: Formula, path: str) -> list[Bounded | Verdict]:
    """A formula's bound or verdict in every stratum."""
    try:
        return [
            fold(formula.expression, BoundAlgebra(lambda r, s=stratum: _named(model, r, s)))  # type: ignore[misc]
            for stratum in quantity.strata
        ]
    except BoundFault as fault:
        location = replace(formula.location, column=formula.location.column + fault.column)
        raise ScenarioError([Fault(location, path, fault.message)]) from None


def _named(model: Model, reference: Reference, stratum: Stratum) -> Bounded | None:
    """The point or bound that a name stands for in one stratum; None for a distribution."""
    if reference.kind == "estimate":
        formula = model.study.estimates[reference.name].formula
        return cast(
            Bounded, fold(formula.expression, BoundAlgebra(lambda name: _named(model, name, stratum)))
        )
    dispute = model.study.figures[reference.name].dispute if reference.kind == "figure" else None
    return _stated(model, named(model.study, reference, stratum[dispute] if dispute else None), stratum)


def _stated(model: Model, statement: Statement, stratum: Stratum) -> Bounded | None:
    scale = statement.unit.scale
    match statement.form:
        case Exact(value=value):
            return Bounded(value * scale, "exact")
        case OneSided(value=value, direction=direction):
            return Bounded(value * scale, direction)
        case Citation(fact=fact):
            return _stated(model, model.study.facts[fact].statement, stratum)
        case Computed(formula=formula):
            return cast(
                Bounded, fold(formula.expression, BoundAlgebra(lambda name: _named(model, name, stratum)))
            )
    return None
