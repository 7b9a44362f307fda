"""The answer to one question under one weighting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from contested.engine.readings import Chance, chance
from contested.engine.run import Drawn, Tally
from contested.engine.weights import pool, single_source, stratum_weights
from contested.language.nodes import Rule, Study, Weights
from contested.shapes.base import Array


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
    def _found(self) -> Chance:
        return chance(self.tally, self._pool, self.rule, self.drawn, self.study.denominators)

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
