"""The answer to one estimate (or one figure) under one weighting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np

from contested.answers.distribution import CredibleInterval, Distribution, Summary, scaled
from contested.answers.moments import Moments, disagreement, moments
from contested.engine.pooling import Pool, undefined
from contested.engine.precision import Measured
from contested.engine.run import Drawn, Pools
from contested.engine.weights import pool, single_source, stratum_weights
from contested.errors import ContestedError
from contested.language.nodes import IntervalKind, Rule, Study, Weights
from contested.language.units import Unit
from contested.shapes.base import Array, Reach

Scale = Literal["log", "natural"]

_THOUSAND = Unit("1000", (), 1000.0)


@dataclass(frozen=True, repr=False)
class Answer:
    """One estimate, or one figure, under one weighting.

    Attributes
    ----------
    name, title : str
    unit : Unit
    weights : mapping
        Dispute to source to weight.
    rule : Rule
        By which its strata are pooled.
    """

    study: Study
    drawn: Drawn
    weights: Weights
    title: str
    unit: Unit
    rule: Rule = "linear"

    def __repr__(self) -> str:
        if self.summary is None and self.estimable:
            return f"<{self.name}: {self.undefined}>"
        if self.summary is None:
            vanishing = f"P(denominator <= 0) = {self.denominator_nonpositive:.2g}"
            return f"<{self.name}: not estimable as a ratio, {vanishing}>"
        widest = self.summary.intervals[-1]
        ends = f"{widest.low:.4g} to {widest.high:.4g} {self.unit}".rstrip()
        return f"<{self.name}: median {self.summary.median:.4g}, {widest.level:.0%} {ends}>"

    @property
    def name(self) -> str:
        """Its name in the scenario."""
        return self.drawn.quantity.name

    @cached_property
    def _pool(self) -> Array:
        return stratum_weights(self.drawn.quantity, self.weights)

    @cached_property
    def distribution(self) -> Distribution:
        """All worlds, whatever the denominators do.

        Raises
        ------
        ContestedError
            Where the rule is undefined.
        """
        pools = self._pools.all_worlds
        if reason := pools.undefined(self._pool):
            raise ContestedError(f"{self.name} is {undefined(self.rule, reason)}")
        return Distribution(pools, self._pool)

    @property
    def _pools(self) -> Pools:
        return self.drawn.by(self.rule)

    @cached_property
    def undefined(self) -> str | None:
        """Why the rule gives no law of what is reported, as half a sentence; None where it gives one."""
        if self.estimable:
            shown = [self._pools.all_worlds]
        else:
            shown = [pools for pools in (self._pools.inverse, self._possible) if pools is not None]
        reasons = (pools.undefined(self._pool) for pools in shown)
        return next((undefined(self.rule, reason) for reason in reasons if reason), None)

    @cached_property
    def denominator_nonpositive(self) -> float:
        """P(some denominator <= 0) in the pool."""
        return float(pool(self.drawn.nonpositive, self._pool).mean()) if self.drawn.screen.risky else 0.0

    @property
    def estimable(self) -> bool:
        """Whether there is a ratio to report: its denominator hardly ever vanishes (method, section g)."""
        return self.denominator_nonpositive <= self.study.denominators.estimable

    @cached_property
    def summary(self) -> Summary | None:
        """Median and the report's intervals; None where the ratio is not estimable or the rule undefined."""
        return self._summary(self._pools.all_worlds) if self.estimable else None

    @cached_property
    def inverse(self) -> Summary | None:
        """The reciprocal's summary in `inverse_unit`, where the ratio is not estimable and has one."""
        return None if self.estimable else self.inverted

    @cached_property
    def inverted(self) -> Summary | None:
        """The same whether or not the ratio is estimable."""
        if self._pools.inverse is None:
            return None
        found = self._summary(self._pools.inverse)
        return found and scaled(found, 1 / (self.unit.scale * self.inverse_unit.scale))

    @property
    def inverse_unit(self) -> Unit:
        """The unit of the reciprocal; per 1,000 persons where it is per person."""
        return inverse_unit(self.unit)

    @cached_property
    def given_positive_denominator(self) -> Summary | None:
        """The summary given positive denominators, where the ratio is not estimable as it stands."""
        if self.estimable or self._possible is None:
            return None
        return self._summary(self._possible)

    @property
    def _possible(self) -> Pool | None:
        """What is drawn given positive denominators; None where they never are."""
        mass = self.drawn.given_positive.strata.mass.mean(axis=0)
        return self._pools.given_positive if self._pool @ mass > 0 else None

    def _summary(self, pools: Pool) -> Summary | None:
        if pools.undefined(self._pool):
            return None
        return Distribution(pools, self._pool).summary(self.study.report.levels, self.study.report.kind)

    @cached_property
    def by_source(self) -> Mapping[str, Mapping[str, Answer]]:
        """This answer with one source of one dispute taken to be right, the others at the weighting."""
        return {
            dispute: {
                source: self._under(single_source(self.weights, dispute, source))
                for source in self.weights[dispute]
            }
            for dispute in self.drawn.quantity.disputes
        }

    def _under(self, weights: Weights) -> Answer:
        return Answer(self.study, self.drawn, weights, self.title, self.unit, self.rule)

    @cached_property
    def disagreement_share(self) -> Mapping[str, Measured] | None:
        """How much of the variance (of the log, where positive) is whom you believe: 'all', and by dispute.

        None where the variance is zero or does not exist, and under every rule but the linear one: only in a
        mixture is a part of the variance that of who is right.
        """
        if self.rule != "linear" or self.variance_scale is None:
            return None
        quantity = self.drawn.quantity
        groups: list[range | list[int]] = [range(len(quantity.strata))]
        for dispute in quantity.disputes:
            sources = sorted(self.weights[dispute])
            groups.append([sources.index(stratum[dispute]) for stratum in quantity.strata])
        shares = disagreement(self.drawn, self._pool, groups, logarithmic=self.variance_scale == "log")
        return None if shares is None else dict(zip(("all", *quantity.disputes), shares, strict=True))

    @cached_property
    def variance_scale(self) -> Scale | None:
        """What its variance is that of: the log where every stratum with weight is positive, else itself.

        None where that has no variance; a positive one's log has all moments.
        """
        reaches = self._reaches
        if all(reach.low >= 0 and min(reach.zero, reach.tail) > 0 for reach in reaches):
            return "log"
        return "natural" if self.has_variance else None

    @property
    def has_variance(self) -> bool:
        """Whether the estimate itself has a variance."""
        return min(reach.tail for reach in self._reaches) > 2

    @cached_property
    def moments(self) -> Moments | None:
        """Mean and standard deviation as far as they exist; None where the ratio is not estimable, and under
        every rule but the linear one.

        Where a denominator vanishes with a probability below the negligible one (1e-9), they are those
        given that it does not, and are formally undefined without.
        """
        if not self.estimable or self.rule != "linear":
            return None
        return moments(self.drawn, self._pool, min(reach.tail for reach in self._reaches))

    @property
    def moments_are_conditional(self) -> bool:
        """Whether the moments hold only given positive denominators, which analysis makes all but certain."""
        known = all(self.drawn.screen.known[index] is not None for index in self._used)
        return known and 0 < self.denominator_nonpositive < self.study.denominators.negligible

    @property
    def _used(self) -> list[int]:
        return [index for index, weight in enumerate(self._pool) if weight > 0]

    @property
    def _reaches(self) -> list[Reach]:
        """How far the quantity reaches in each stratum with any weight."""
        screen = self.drawn.screen
        reaches = screen.reach_given_positive if self.moments_are_conditional else screen.reach
        return [reaches[index] for index in self._used]

    def quantile(self, p: float) -> float:
        """The smallest value x with P(X <= x) >= p."""
        return self._estimable().quantile(p)

    def cdf(self, x: float) -> float:
        """P(X <= x)."""
        return self._estimable().cdf(x)

    def interval(self, level: float = 0.9, kind: IntervalKind = "equal-tailed") -> CredibleInterval:
        """A credible interval: 'equal-tailed', or 'hdi', which may have several pieces."""
        return self._estimable().interval(level, kind)

    def probability(self, *, above: float = -np.inf, below: float = np.inf) -> float:
        """P(above < X <= below)."""
        return self._estimable().probability(above=above, below=below)

    def _estimable(self) -> Distribution:
        if not self.estimable:
            raise ContestedError(
                f"{self.name} is not estimable as a ratio: its denominator is zero or negative with "
                f"probability {self.denominator_nonpositive:.2g}; use .inverse or .given_positive_denominator"
            )
        return self.distribution


@lru_cache(maxsize=64)
def inverse_unit(unit: Unit) -> Unit:
    """The unit of a reciprocal; per 1,000 persons where it is per person."""
    persons = dict(unit.dimension).get("person", 0)
    return unit.inverse() / _THOUSAND if persons > 0 else unit.inverse()
