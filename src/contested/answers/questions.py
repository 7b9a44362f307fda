"""The answer to one question under one weighting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from contested.engine.precision import sectioning
from contested.engine.readings import Reading
from contested.engine.run import Drawn, Tally, pool, single_source, stratum_weights
from contested.language.nodes import Rule, Study, Weights
from contested.shapes.base import Array

_NOT_ONE = (
    "the {} rule pools each estimate by itself, and this asks more than how one estimate compares with "
    "numbers"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A probability with its Monte Carlo standard error, or the reason why there is none."""

    value: float | None = None
    mcse: float | None = None
    reason: str | None = None


@dataclass(frozen=True, repr=False)
class Probability:
    """P(a question is true).

    Under the linear rule, and wherever one source of each dispute has all the weight, that is under the
    pooled joint law. The other rules pool each estimate by itself: of a question that compares one estimate
    with numbers they give the probability, of any other none.

    Where a denominator in it vanishes too often for a ratio, `value` is P(true and every denominator
    positive), and `upper` adds P(some denominator <= 0).

    Attributes
    ----------
    drawn : mapping of str to Drawn
        The estimates, by name; asked only under another rule than the linear one.
    """

    study: Study
    tally: Tally
    weights: Weights
    title: str
    rule: Rule = "linear"
    drawn: Mapping[str, Drawn] = field(default_factory=dict)

    def __repr__(self) -> str:
        if self.value is None:
            return f"<{self.name}: no probability, {self.reason}>"
        upper = "" if self.upper is None else f" to {self.upper:.4g}"
        return f"<{self.name}: probability {self.value:.4g}{upper}>"

    @property
    def name(self) -> str:
        """Its name in the scenario."""
        return self.tally.quantity.name

    @cached_property
    def _pool(self) -> Array:
        return stratum_weights(self.tally.quantity, self.weights)

    @cached_property
    def nonpositive(self) -> float:
        """P(some denominator <= 0)."""
        return float(pool(self.tally.nonpositive, self._pool).mean())

    @property
    def limited(self) -> bool:
        """Whether a denominator vanishes too often for one probability."""
        return self.nonpositive > self.study.denominators.estimable

    @cached_property
    def _found(self) -> Found:
        if self.rule == "linear" or np.count_nonzero(self._pool) == 1:
            tally = self.tally
            replicates = pool(tally.true_and_positive if self.limited else tally.true, self._pool)
            middle = replicates.mean()
            return Found(float(middle), float(sectioning(replicates, middle)))
        return self._read()

    def _read(self) -> Found:
        """By the law of the one estimate that it asks about, or that law given positive denominators."""
        reading = Reading.of(self.tally.quantity.expression)
        if reading is None:
            return Found(reason=_NOT_ONE.format(self.rule))
        drawn = self.drawn[reading.estimate]
        pools = drawn.by(self.rule)
        law = pools.given_positive if self.limited else pools.all_worlds
        if reason := law.undefined(self._pool):
            return Found(reason=f"undefined under the {self.rule} rule: {reason}")
        value, mcse = reading.probability(law, self._pool, drawn.quantity.scale)
        positive = 1 - self.nonpositive if self.limited else 1.0
        return Found(value * positive, mcse * positive)

    @property
    def value(self) -> float | None:
        """The probability; None where the rule gives none."""
        return self._found.value

    @property
    def mcse(self) -> float | None:
        """Its Monte Carlo standard error."""
        return self._found.mcse

    @property
    def reason(self) -> str | None:
        """Why there is no probability; None where there is one."""
        return self._found.reason

    @property
    def upper(self) -> float | None:
        """Upper limit where a denominator may vanish."""
        if self.value is None or not self.limited:
            return None
        return min(1.0, self.value + self.nonpositive)

    @cached_property
    def by_source(self) -> Mapping[str, Mapping[str, Probability]]:
        """The same with one source of one dispute taken to be right."""
        return {
            dispute: {
                source: self._under(single_source(self.weights, dispute, source))
                for source in self.weights[dispute]
            }
            for dispute in self.tally.quantity.disputes
        }

    def _under(self, weights: Weights) -> Probability:
        return Probability(self.study, self.tally, weights, self.title, self.rule, self.drawn)
