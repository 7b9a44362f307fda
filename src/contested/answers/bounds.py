"""Estimates and questions that rest on one-sided bounds: values without a distribution."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn, cast

from contested.engine.model import Model, Quantity
from contested.engine.underlying import named
from contested.engine.weights import single_source, stratum_weights
from contested.errors import ContestedError
from contested.language.bound_algebra import Bounded, Known, Verdict
from contested.language.bound_values import BoundValues
from contested.language.nodes import IntervalKind, Rule, Weights
from contested.language.units import Unit

_DIFFER = "its sources' bounds settle it both ways, which the {} rule makes no probability of"
_REASON = "a bound carries no distribution, and this one does not decide the question"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Bound:
    """An estimate that rests on one-sided bounds: at least, or at most, a value.

    `by_source` holds what follows from each source alone; the value pooled is the one that holds
    whichever source with any weight is right. Where those with weight all state one exact number, it is
    that: the direction is 'exact'.
    """

    name: str
    title: str
    unit: Unit
    direction: Known
    value: float
    by_source: Mapping[str, Mapping[str, Bounded]]

    def __repr__(self) -> str:
        kind = "exactly" if self.direction == "exact" else f"{self.direction} bound"
        return f"<{self.name}: {kind} {self.value:.4g} {self.unit}".rstrip() + ">"

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
    """A question on one-sided bounds: settled by them, with probability 0 or 1, or None with the reason.

    `verdicts` holds what they say of it in each stratum of its quantity; None where they leave it open.
    """

    quantity: Quantity
    verdicts: tuple[Verdict, ...]
    name: str
    title: str
    probability: float | None
    reason: str | None
    by_source: Mapping[str, Mapping[str, float | None]]

    def __repr__(self) -> str:
        return f"<{self.name}: {'undecided' if self.probability is None else self.probability}>"


def bounds(model: Model, weights: Weights) -> dict[str, Bound]:
    """The estimates that rest on bounds, by name; that theirs agree, the reader has seen to."""
    values = _values(model)
    return {
        quantity.name: _bound(model, quantity, values, weights)
        for quantity in model.quantities
        if quantity.bounded and quantity.kind == "estimate"
    }


def settled(model: Model, weights: Weights, rule: Rule = "linear") -> dict[str, Settled]:
    """The questions that rest on bounds, by name.

    Only the linear rule makes a probability of verdicts that differ.
    """
    values = _values(model)
    return {
        quantity.name: _settled(model, quantity, values, weights, rule)
        for quantity in model.quantities
        if quantity.bounded and quantity.kind == "question"
    }


def _bound(model: Model, quantity: Quantity, values: BoundValues, weights: Weights) -> Bound:
    estimate = model.study.estimates[quantity.name]
    held = [cast(Bounded, values.of(quantity.expression, stratum)) for stratum in quantity.strata]

    def holding(under: Weights) -> Bounded:
        used = stratum_weights(quantity, under) > 0
        found = [value for value, counts in zip(held, used, strict=True) if counts]
        pooled = _whichever(found, {value.direction for value in held})
        return replace(pooled, value=pooled.value / estimate.unit.scale)

    pooled = holding(weights)
    return Bound(
        name=quantity.name,
        title=estimate.title,
        unit=estimate.unit,
        direction=pooled.direction,
        value=pooled.value,
        by_source={
            dispute: {source: holding(single_source(weights, dispute, source)) for source in weights[dispute]}
            for dispute in quantity.disputes
        },
    )


def _whichever(held: Sequence[Bounded], directions: Collection[Known]) -> Bounded:
    """What holds whichever of some values is right: their one exact number, or a bound of them all.

    Parameters
    ----------
    held : sequence of Bounded
        One per stratum with weight.
    directions : collection
        Those of all strata, with weight or without; 'lower' and 'upper' are not both among them.
    """
    if len({value.value for value in held}) == 1 and all(value.direction == "exact" for value in held):
        return held[0]
    if "upper" in directions:
        return Bounded(max(value.value for value in held), "upper")
    return Bounded(min(value.value for value in held), "lower")


def _settled(model: Model, quantity: Quantity, values: BoundValues, weights: Weights, rule: Rule) -> Settled:
    question = model.study.questions[quantity.name]
    verdicts = tuple(cast(Verdict, values.of(quantity.expression, stratum)) for stratum in quantity.strata)

    def probability(under: Weights) -> float | None:
        share = stratum_weights(quantity, under)
        held = {verdict for verdict, weight in zip(verdicts, share, strict=True) if weight > 0}
        if None in held or (len(held) > 1 and rule != "linear"):
            return None
        return float(sum(weight for verdict, weight in zip(verdicts, share, strict=True) if verdict))

    found = probability(weights)
    return Settled(
        quantity=quantity,
        verdicts=verdicts,
        name=quantity.name,
        title=question.title,
        probability=found,
        reason=None if found is not None else _REASON if None in verdicts else _DIFFER.format(rule),
        by_source={
            dispute: {
                source: probability(single_source(weights, dispute, source)) for source in weights[dispute]
            }
            for dispute in quantity.disputes
        },
    )


def _values(model: Model) -> BoundValues:
    study = model.study
    return BoundValues(
        study.figures, study.estimates, lambda reference, source: named(study, reference, source)
    )
