"""Whether two sources move as one: both tests, under every relation and lag."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.random import Generator

from contested.answers.agreement import FEWEST_MONTHS, RELATIONS, Agreement, Floats, agreement, grain
from contested.answers.concordance import Concordance, Moves, concordance
from contested.answers.follower import rounded_from

Verdict = Literal["joined", "apart", "too smooth", "too few"]

LAGS = (0, 1, -1, 2, -2)  # months; of lags that fit equally well the first is taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two sources, and what was seen of them.

    Attributes
    ----------
    first, second : str
    verdict : {'joined', 'apart', 'too smooth', 'too few'}
        Whether they move as one. `too smooth`: they agree closely, but so might two smooth series with a
        trend in common.
    lag : int
        Months by which the first comes after the second where they agree best.
    agreement : Agreement or None
        At that lag, under the relation that fits best; None where there are too few months.
    concordance : Concordance or None
        Of their ups and downs; None where they do not even agree.
    false_alarm : float
        Bound on the probability that any pair of a table of independent sources is as close: the largest of
        the tests' probabilities, times the number of tests.
    correlation : float or None
        Of the two, in the same month: independent counts of one thing correlate too.
    follows : str or None
        Which of the two follows the other, where lag or rounding tells.
    """

    first: str
    second: str
    verdict: Verdict
    lag: int
    agreement: Agreement | None
    concordance: Concordance | None
    false_alarm: float
    correlation: float | None
    follows: str | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What all pairs of a table are held to.

    Attributes
    ----------
    error : float
        Least relative standard deviation of an independent count's own error.
    false_alarms : float
        Probability that any test of the table joins an independent pair.
    tests : int
        How many there are.
    months : tuple of date
        Those of the series, without a gap.
    """

    error: float
    false_alarms: float
    tests: int
    months: tuple[date, ...]

    def pair(self, one: str, other: str, flows: Mapping[str, Floats], generator: Generator) -> Pair:
        """Look at one pair, under every relation and lag.

        Parameters
        ----------
        one, other : str
        flows : mapping of str to ndarray, shape (months,)
            Values by source, NaN for a gap.
        generator : Generator
            For shuffles and simulations.
        """
        x, y = flows[one], flows[other]
        found = self._best(x, y, generator)
        lag = found.lag if found else 0
        joined = found is not None and found.verdict == "joined"
        return Pair(
            first=one,
            second=other,
            verdict=found.verdict if found else "too few",
            lag=lag,
            agreement=found.agreement if found else None,
            concordance=found.moves if found else None,
            false_alarm=min(1.0, self.tests * found.chance) if found else 1.0,
            correlation=_correlation(x, y),
            follows=self._follows(one, other, _later(y, lag), x, lag) if joined else None,
        )

    def _best(self, x: Floats, y: Floats, generator: Generator) -> _Found | None:
        """The first relation and lag that join the two, the closest agreement first; else the closest."""
        close = sorted(self._agreements(x, y), key=lambda each: each[1].chance)
        tried = (self._tested(x, _later(y, lag), lag, each, generator) for lag, each in close)
        best: _Found | None = None
        for found in tried:
            if found.verdict == "joined":
                return found
            best = best or found
            if found.verdict == "apart":  # and so are all that agree less
                return best
        return best

    def _agreements(self, x: Floats, y: Floats) -> Iterator[tuple[int, Agreement]]:
        grains = grain(x), grain(y)
        usual = float(np.nanmedian(np.abs(x))) if np.any(np.isfinite(x)) else 0.0
        for relation in RELATIONS:
            for lag in LAGS:
                found = agreement(x, _later(y, lag), relation, error=self.error, grains=grains)
                if found and (relation == "ratio" or abs(found.size) > self.error * usual):
                    yield lag, found  # an offset so small is a ratio of one, told apart by nothing

    def _tested(self, x: Floats, y: Floats, lag: int, close: Agreement, generator: Generator) -> _Found:
        if self.tests * close.chance > self.false_alarms:
            return _Found(lag, close, None, "apart", close.chance)
        moves = Moves.of(x, y, close.relation)
        if moves is None:
            return _Found(lag, close, None, "too few", 1.0)
        if moves.roughness < math.sqrt(2) * self.error and not close.exact:
            return _Found(lag, close, None, "too smooth", 1.0)
        draws = math.ceil(2 * self.tests / self.false_alarms)
        match = concordance(moves, draws=draws, generator=generator)
        worst = max(close.chance, match.shuffled, match.simulated)
        joined = self.tests * worst <= self.false_alarms
        return _Found(lag, close, match, "joined" if joined else "too smooth", worst)

    def _follows(self, one: str, other: str, earlier: Floats, x: Floats, lag: int) -> str | None:
        if lag:
            return one if lag > 0 else other
        one_is, other_is = rounded_from(x, earlier, self.months), rounded_from(earlier, x, self.months)
        return one if one_is else other if other_is else None


@dataclass(frozen=True, slots=True)
class _Found:
    """One relation at one lag: what was seen, what follows, and the largest of the probabilities."""

    lag: int
    agreement: Agreement
    moves: Concordance | None
    verdict: Verdict
    chance: float


def _later(values: Floats, lag: int) -> Floats:
    """A series moved to later months, by `lag` of them."""
    moved = np.full_like(values, np.nan)
    if lag >= 0:
        moved[lag:] = values[: values.size - lag]
    else:
        moved[:lag] = values[-lag:]
    return moved


def _correlation(x: Floats, y: Floats) -> float | None:
    """Pearson's, in the same month; None for a series that does not move."""
    both = np.isfinite(x) & np.isfinite(y)
    if np.count_nonzero(both) < FEWEST_MONTHS or not (np.ptp(x[both]) and np.ptp(y[both])):
        return None
    return float(np.corrcoef(x[both], y[both])[0, 1])
