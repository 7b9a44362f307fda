"""The answer to one question under one weighting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from contested.engine.precision import sectioning
from contested.engine.run import Tally, pool, single_source, stratum_weights
from contested.language.nodes import Study, Weights
from contested.shapes.base import Array


@dataclass(frozen=True, repr=False)
class Probability:
    """P(a question is true) under the pooled joint law.

    Where a denominator in it vanishes too often for a ratio, `value` is P(true and every denominator
    positive), and `upper` adds P(some denominator <= 0).
    """

    study: Study
    tally: Tally
    weights: Weights
    title: str

    def __repr__(self) -> str:
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
    def _replicates(self) -> Array:
        tally = self.tally
        return pool(tally.true_and_positive if self.limited else tally.true, self._pool)

    @property
    def value(self) -> float:
        """The probability."""
        return float(self._replicates.mean())

    @property
    def mcse(self) -> float:
        """Its Monte Carlo standard error."""
        return float(sectioning(self._replicates, self._replicates.mean()))

    @property
    def upper(self) -> float | None:
        """Upper limit where a denominator may vanish."""
        return min(1.0, self.value + self.nonpositive) if self.limited else None

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
        return Probability(self.study, self.tally, weights, self.title)
