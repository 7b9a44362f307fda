"""A run: what the draws say of every quantity, ready for any weighting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from contested.engine.draws import Draws, Outcomes
from contested.engine.model import Quantity
from contested.engine.pooling import Pool, StratumReach
from contested.engine.quantiles import Quantiles
from contested.engine.reach import inverse
from contested.engine.screening import Screen
from contested.engine.strata import Strata
from contested.language.nodes import Rule
from contested.shapes.base import Array, Reach


@dataclass(frozen=True)
class Drawn:
    """One estimate or figure: its draws by stratum, and what a vanishing denominator leaves of them.

    Attributes
    ----------
    nonpositive : ndarray, shape (replicate, stratum)
        P(some denominator <= 0), analytic where it is known.
    """

    quantity: Quantity
    screen: Screen
    parts: tuple[Outcomes, ...]
    _pools: dict[Rule, Pools] = field(default_factory=dict, repr=False, compare=False)

    def by(self, rule: Rule) -> Pools:
        """Its pools by a rule; the draws are the same for all."""
        return self._pools.setdefault(rule, Pools(self, rule))

    @cached_property
    def outcomes(self) -> Outcomes:
        """All its outcomes; joined when first asked for."""
        return Outcomes.joined(self.parts)

    @cached_property
    def all_worlds(self) -> Quantiles:
        """The quantity in every world."""
        return Quantiles(Strata.of(np.asarray(self.outcomes.values, dtype=float)))

    @cached_property
    def given_positive(self) -> Quantiles:
        """The quantity in the worlds in which every denominator is positive."""
        return Quantiles(Strata.of(np.asarray(self.outcomes.values, dtype=float), self.outcomes.positive))

    @cached_property
    def inverse(self) -> Quantiles | None:
        """The reciprocal in all worlds: finite where the denominator vanishes; None where it need not be."""
        if not self.screen.invertible:
            return None
        with np.errstate(divide="ignore"):
            return Quantiles(Strata.of(1 / np.asarray(self.outcomes.values, dtype=float)))

    @cached_property
    def moments(self) -> tuple[Array, Array]:
        """Mean and variance over all worlds: two arrays (replicate, stratum)."""
        return _moments(np.asarray(self.outcomes.values, dtype=float))

    @cached_property
    def log_moments(self) -> tuple[Array, Array]:
        """The same of the logarithm."""
        with np.errstate(all="ignore"):
            return _moments(np.log(np.asarray(self.outcomes.values, dtype=float)))

    @cached_property
    def nonpositive(self) -> Array:
        """P(some denominator <= 0) by replicate and stratum."""
        return self.screen.nonpositive(self.outcomes.positive, self.outcomes.values.shape[:2])


def _moments(values: Array) -> tuple[Array, Array]:
    with np.errstate(all="ignore"):  # a stratum without moments is left out by its weight
        return values.mean(axis=2), values.var(axis=2)


@dataclass(frozen=True)
class Pools:
    """The pools of one estimate or figure by one rule: in all worlds, and what stands in for a ratio."""

    drawn: Drawn
    rule: Rule

    @cached_property
    def all_worlds(self) -> Pool:
        """The quantity in every world."""
        return self._pool(self.drawn.all_worlds, self.drawn.screen.reach)

    @cached_property
    def given_positive(self) -> Pool:
        """The quantity in the worlds in which every denominator is positive: each stratum's, then pooled."""
        return self._pool(self.drawn.given_positive, self.drawn.screen.reach_given_positive)

    @cached_property
    def inverse(self) -> Pool | None:
        """The reciprocal in all worlds; None where it need not be finite."""
        if self.drawn.inverse is None:
            return None
        return self._pool(self.drawn.inverse, [inverse(reach) for reach in self.drawn.screen.reach])

    def _pool(self, linear: Quantiles, reaches: Sequence[Reach]) -> Pool:
        if self.rule == "linear":
            return linear
        from contested.engine.rules import pool_by  # most runs need no other rule

        labels = (", ".join(own[name] for name in sorted(own)) for own in self.drawn.quantity.strata)
        return pool_by(self.rule, linear, [StratumReach(*both) for both in zip(labels, reaches, strict=True)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """One question: how often it is true, by replicate and stratum.

    Attributes
    ----------
    true, true_and_positive, nonpositive : ndarray, shape (replicate, stratum)
        Shares of worlds: true; true with every denominator positive; some denominator <= 0.
    parts : tuple of Outcomes
        What was counted, a byte a world, for those who save the worlds; empty where they are not at hand.
    """

    quantity: Quantity
    true: Array
    true_and_positive: Array
    nonpositive: Array
    parts: tuple[Outcomes, ...] = field(default=(), repr=False, compare=False)

    def shares(self, limited: bool) -> Array:
        """Shares of worlds in which it is true: of a limited one, with every denominator positive."""
        return self.true_and_positive if limited else self.true

    @classmethod
    def of(cls, quantity: Quantity, screen: Screen, parts: tuple[Outcomes, ...]) -> Tally:
        """Count a question's worlds."""
        outcomes = Outcomes.joined(parts)
        true = np.asarray(outcomes.values.mean(axis=2))
        positive = outcomes.positive
        return cls(
            quantity=quantity,
            true=true,
            true_and_positive=true if positive is None else (positive & (outcomes.values > 0)).mean(axis=2),
            nonpositive=screen.nonpositive(positive, true.shape),
            parts=parts,
        )

    @property
    def outcomes(self) -> Outcomes:
        """All the worlds that were counted; joined whenever they are asked for, which few do."""
        return Outcomes.joined(self.parts)


@dataclass(frozen=True)
class Run:
    """What was drawn, by name."""

    estimates: Mapping[str, Drawn]
    figures: Mapping[str, Drawn]
    questions: Mapping[str, Tally]
    worlds: int

    @classmethod
    def of(cls, draws: Draws, before: Run | None = None) -> Run:
        """Gather the draws made so far.

        Parameters
        ----------
        draws : Draws
        before : Run, optional
            What was gathered before some more were drawn: settled quantities are taken from it.
        """
        if before is None:
            found: dict[str, dict[str, Drawn]] = {"estimate": {}, "figure": {}}
            tallies: dict[str, Tally] = {}
        else:
            found = {"estimate": dict(before.estimates), "figure": dict(before.figures)}
            tallies = dict(before.questions)
        for quantity in draws.quantities if before is None else draws.unsettled:
            screen, parts = draws.screens[quantity.kind, quantity.name], draws.outcomes(quantity)
            if quantity.kind == "question":
                tallies[quantity.name] = Tally.of(quantity, screen, parts)
            else:
                found[quantity.kind][quantity.name] = Drawn(quantity, screen, parts)
        return cls(found["estimate"], found["figure"], tallies, draws.worlds)
