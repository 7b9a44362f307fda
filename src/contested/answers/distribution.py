"""One quantity under one weighting: quantiles, intervals and probabilities, with their error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from contested.engine.intervals import Piece
from contested.engine.pooling import Pool
from contested.engine.precision import Measured
from contested.engine.stopping import interval_ends
from contested.errors import ContestedError
from contested.language.nodes import IntervalKind
from contested.shapes.base import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class CredibleInterval:
    """An interval that holds `level` of the model's weight; the outer ends where it has several pieces.

    `low_mcse` and `high_mcse` are Monte Carlo standard errors: by sectioning over the replicates, and for a
    highest-density interval with what the smoothing of its density leaves open (`Samples.highest_density`).
    """

    level: float
    kind: IntervalKind
    low: float
    high: float
    low_mcse: float
    high_mcse: float
    pieces: tuple[Piece, ...] = ()  # of a highest-density interval; Piece.stratum indexes the strata, if any

    @property
    def parts(self) -> tuple[tuple[Measured, Measured], ...]:
        """The ends of each piece with their own errors; of an interval without pieces, its ends."""
        if not self.pieces:
            return ((Measured(self.low, self.low_mcse), Measured(self.high, self.high_mcse)),)
        return tuple((Measured(p.low, p.low_mcse), Measured(p.high, p.high_mcse)) for p in self.pieces)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Median and intervals, with their Monte Carlo standard errors."""

    median: float
    median_mcse: float
    intervals: tuple[CredibleInterval, ...]


def scaled(summary: Summary, factor: float) -> Summary:
    """A summary in another unit; factor is above 0."""

    def times(interval: CredibleInterval) -> CredibleInterval:
        return replace(
            interval, low=interval.low * factor, high=interval.high * factor,
            low_mcse=interval.low_mcse * factor, high_mcse=interval.high_mcse * factor,
            pieces=tuple(piece.scaled(factor) for piece in interval.pieces),
        )  # fmt: skip

    return Summary(
        median=summary.median * factor,
        median_mcse=summary.median_mcse * factor,
        intervals=tuple(map(times, summary.intervals)),
    )


@dataclass(frozen=True, slots=True)
class Distribution:
    """The pool of one quantity's strata by one rule, which is defined for these weights.

    Parameters
    ----------
    pool : Pool
        Of its strata.
    weights : ndarray, shape (stratum,)
    """

    pool: Pool
    weights: Array

    def quantile(self, p: float) -> float:
        """The smallest value x with P(X <= x) >= p.

        Raises
        ------
        ContestedError
            Where p is not strictly between 0 and 1.
        """
        if not 0 < p < 1:
            raise ContestedError(f"a quantile's probability must lie strictly between 0 and 1 (got {p})")
        return float(self.pool.quantile(self.weights[None], [p])[0, 0])

    def cdf(self, x: float) -> float:
        """P(X <= x).

        Raises
        ------
        ContestedError
            Where x is not a number.
        """
        if math.isnan(x):
            raise ContestedError("the cdf needs a number (got nan)")
        return float(self.pool.cdfs(self.weights, np.array([x]))[0][0])

    def probability(self, *, above: float = -np.inf, below: float = np.inf) -> float:
        """P(above < X <= below), with either left out.

        Raises
        ------
        ContestedError
            Where neither is given, or above is not below `below`.
        """
        if not above < below or (above == -np.inf and below == np.inf):
            raise ContestedError(
                f"probability needs above=, below= or both in order (got {above} and {below})"
            )
        return self.cdf(below) - self.cdf(above)

    def interval(self, level: float = 0.9, kind: IntervalKind = "equal-tailed") -> CredibleInterval:
        """A credible interval with its Monte Carlo error.

        Parameters
        ----------
        level : float
            Share of the model's weight that it holds.
        kind : {'equal-tailed', 'hdi'}
            Equal tails, or the shortest set; a mixture's may have several pieces.
        """
        return self.summary((level,), kind).intervals[0]

    def summary(self, levels: Sequence[float], kind: IntervalKind) -> Summary:
        """Median and intervals at once."""
        if kind not in ("equal-tailed", "hdi"):
            raise ContestedError(f"an interval is 'equal-tailed' or 'hdi' (got {kind!r})")
        for level in levels:
            if not 0 < level < 1:
                raise ContestedError(f"an interval's level must lie strictly between 0 and 1 (got {level})")
        values, errors = self.pool(self.weights[None], (0.5, *interval_ends(levels)))
        (median, *ends), (median_mcse, *end_mcses) = values[0].tolist(), errors[0].tolist()
        if kind == "equal-tailed":
            intervals = tuple(
                CredibleInterval(
                    level=level, kind=kind, low=ends[2 * i], high=ends[2 * i + 1],
                    low_mcse=end_mcses[2 * i], high_mcse=end_mcses[2 * i + 1],
                )
                for i, level in enumerate(levels)
            )  # fmt: skip
        else:
            found = self.pool.highest_density(self.weights, levels)
            intervals = tuple(
                CredibleInterval(
                    level=level, kind=kind, low=pieces[0].low, high=pieces[-1].high,
                    low_mcse=low_mcse, high_mcse=high_mcse, pieces=tuple(pieces),
                )
                for level, (pieces, (low_mcse, high_mcse)) in zip(levels, found, strict=True)
            )  # fmt: skip
        return Summary(median=median, median_mcse=median_mcse, intervals=intervals)
