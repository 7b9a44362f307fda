"""The value of learning which source is right, or what an input is, before one answers a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from contested.answers.questions import Probability
from contested.answers.replayed import names, replayed
from contested.answers.result import Result
from contested.engine.advice import value_of_learning
from contested.engine.precision import sectioning
from contested.engine.replay import Asked, Replay
from contested.engine.weights import pool
from contested.shapes.base import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What learning one thing is worth for one question, under 0-1 loss.

    Attributes
    ----------
    evppi : mapping of str to float
        Expected value of learning each dispute's right source or each variable's value, the greatest
        first: by how much the probability of answering wrongly falls. Each lies between 0 and `evpi`.
    mcse : mapping of str to float
        Monte Carlo standard errors.
    evpi, evpi_mcse : float
        That of learning everything: min(p, 1 - p), the probability of answering wrongly now.
    """

    evppi: Mapping[str, float]
    mcse: Mapping[str, float]
    evpi: float
    evpi_mcse: float

    @property
    def ranked(self) -> tuple[str, ...]:
        """What to find out next: those worth more than 0, the greatest first."""
        return tuple(name for name, value in self.evppi.items() if value > 0)

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        from contested.report.notebook import worth_html

        return worth_html(self)


@dataclass(frozen=True)
class Learning:
    """The value of learning for every question of a result that bounds do not settle."""

    worth: Mapping[str, Worth]

    @classmethod
    def of(cls, result: Result, replay: Replay | None = None) -> Learning:
        """Find it under the result's weighting.

        Parameters
        ----------
        result : Result
        replay : Replay, optional
            That of the same result, where it has been made already.

        Notes
        -----
        One answers yes where the probability is above a half, and loses 1 by answering wrongly (method,
        section j; Raiffa & Schlaifer 1961). For a dispute the value is exact given the strata:
        Σ_k w_k max(p_k, 1 - p_k) - max(p, 1 - p), the other disputes as weighted. For a variable it is
        `value_of_learning` on the conditional mean, correlated variables moving together. It is no sum: two
        things of no value alone may have some together.
        """
        replay = replayed(result) if replay is None else replay
        called = names(replay, tuple(result.study.disputes))
        return cls({question: _worth(result, replay, question, called) for question in replay.asked})

    def __getitem__(self, question: str) -> Worth:
        return self.worth[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self.worth)


def _worth(result: Result, replay: Replay, question: str, called: Mapping[str, str]) -> Worth:
    answer, asked = result.pooled_by("linear").questions[question], replay.asked[question]
    if not isinstance(answer, Probability) or answer.value is None or answer.mcse is None:
        raise TypeError(f"{question} rests on bounds and has no probability")
    evpi = min(answer.value, 1 - answer.value)
    found = {dispute: _of_dispute(answer, asked, dispute) for dispute in asked.tally.quantity.disputes}
    for path in replay.resting[question]:
        # With the answer no as the first action, the answer yes is worth 2T - 1 more.
        value, error = value_of_learning(replay.conditionals[question, path].as_one_of(), 2.0, -1.0)
        found[called[path]] = float(value), float(error)
    ranked = sorted(found, key=lambda name: (-found[name][0], name))
    return Worth(
        evppi={name: min(found[name][0], evpi) for name in ranked},
        mcse={name: found[name][1] for name in ranked},
        evpi=evpi,
        evpi_mcse=answer.mcse,
    )


def _of_dispute(answer: Probability, asked: Asked, dispute: str) -> tuple[float, float]:
    """E_k max(p_k, 1 - p_k) - max(p, 1 - p) and its Monte Carlo standard error.

    Each source is answered as its own probability from all draws has it, and the replicates tell the
    error of that plan: the better answer in each replicate by itself would be too good.
    """
    shares = asked.tally.shares(asked.positive)
    sources = [stratum[dispute] for stratum in asked.tally.quantity.strata]
    pooled = pool(shares, asked.weights)
    gained: Array = -_right(pooled)
    for source, weight in answer.weights[dispute].items():
        if weight > 0:
            mine = np.array([name == source for name in sources]) * asked.weights / weight
            gained = gained + weight * _right(pool(shares, mine))
    value = float(gained.mean())
    error = float(sectioning(gained, value))
    return (max(value, 0.0) if value >= -1e-12 else value), error


def _right(replicates: Array) -> Array:
    """How often the likelier answer is right: by replicate, the answer being that of all draws."""
    return replicates if replicates.mean() > 0.5 else 1 - replicates
