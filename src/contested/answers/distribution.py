"""One quantity under one weighting: quantiles, intervals, probabilities, each with its Monte Carlo error."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from contested.engine.intervals import Piece, bandwidths, highest_density
from contested.engine.precision import sectioning
from contested.engine.strata import Strata
from contested.errors import ContestedError
from contested.language.nodes import IntervalKind
from contested.shapes.base import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class CredibleInterval:
    """An interval that holds `level` of the model's weight; the outer ends where it has several pieces.

    `low_mcse` and `high_mcse` are Monte Carlo standard errors.
    """

    level: float
    kind: IntervalKind
    low: float
    high: float
    low_mcse: float
    high_mcse: float
    pieces: tuple[Piece, ...] = ()  # of a highest-density interval; Piece.stratum indexes the strata


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
            pieces=tuple(replace(p, low=p.low * factor, high=p.high * factor) for p in interval.pieces),
        )  # fmt: skip

    return Summary(
        median=summary.median * factor,
        median_mcse=summary.median_mcse * factor,
        intervals=tuple(map(times, summary.intervals)),
    )


@dataclass(frozen=True, slots=True)
class Distribution:
    """The linear pool of one quantity's strata.

    Parameters
    ----------
    strata : Strata
    weights : ndarray, shape (stratum,)
    """

    strata: Strata
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
        return float(self.strata.quantile(self.weights[None], [p])[0, 0])

    def cdf(self, x: float) -> float:
        """P(X <= x)."""
        return float(self.strata.cdf(self.weights[None], [x])[0, 0])

    def probability(self, *, above: float = -np.inf, below: float = np.inf) -> float:
        """P(above < X <= below), with either left out.

        Raises
        ------
        ContestedError
            Where neither is given, or above is not below `below`.
        """
        if not above < below or (above == -np.inf and below == np.inf):
            raise ContestedError(f"probability needs above=, below= or both in order (got {above} and {below})")
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
        return summaries(self.strata, self.weights[None], levels, kind)[0]


def summaries(strata: Strata, weights: Array, levels: Sequence[float], kind: IntervalKind) -> list[Summary]:
    """Summaries of one quantity under several weightings at once.

    Parameters
    ----------
    weights : ndarray, shape (weighting, stratum)
    levels : sequence of float
        Interval levels, each strictly between 0 and 1.
    """
    for level in levels:
        if not 0 < level < 1:
            raise ContestedError(f"an interval's level must lie strictly between 0 and 1 (got {level})")
    ends = [end for level in levels for end in ((1 - level) / 2, (1 + level) / 2)]
    quantiles, errors = quantiles_with_error(strata, weights, [0.5, *ends])
    found = []
    for row, (q, e) in enumerate(zip(quantiles.tolist(), errors.tolist(), strict=True)):
        if kind == "equal-tailed":
            intervals = tuple(
                CredibleInterval(
                    level=level, kind=kind, low=q[1 + 2 * i], high=q[2 + 2 * i],
                    low_mcse=e[1 + 2 * i], high_mcse=e[2 + 2 * i],
                )
                for i, level in enumerate(levels)
            )  # fmt: skip
        else:
            intervals = tuple(_highest_density(strata, weights[row], level) for level in levels)
        found.append(Summary(median=q[0], median_mcse=e[0], intervals=intervals))
    return found


def quantiles_with_error(strata: Strata, weights: Array, levels: Sequence[float]) -> tuple[Array, Array]:
    """Quantiles and their Monte Carlo standard errors by sectioning: two arrays (weighting, level)."""
    pooled = strata.quantile(weights, levels)
    return pooled, sectioning(strata.replicate_quantile(weights, levels), pooled)


def _highest_density(strata: Strata, weights: Array, level: float) -> CredibleInterval:
    used = np.flatnonzero(weights)
    samples = [strata.sample(k) for k in used]
    mass = weights[used] * strata.mass[used]
    mass = mass / mass.sum()
    widths = bandwidths(samples)
    pieces = highest_density(samples, mass, level, bandwidths=widths)
    ends = np.array([pieces[0].low, pieces[-1].high])
    spread = []
    for replicate, share in enumerate(strata.replicate_mass):
        some = [strata.replicate_sample(replicate, k) for k in used]
        w = weights[used] * share[used]
        own = highest_density(some, w / w.sum(), level, bandwidths=widths)
        spread.append([own[0].low, own[-1].high])
    low_mcse, high_mcse = sectioning(np.array(spread), ends).tolist()
    return CredibleInterval(
        level=level, kind="hdi", low=ends[0].item(), high=ends[1].item(), low_mcse=low_mcse, high_mcse=high_mcse,
        pieces=tuple(Piece(p.low, p.high, p.mass, int(used[p.stratum])) for p in pieces),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Mean and standard deviation, each None where it does not exist; with Monte Carlo standard errors."""

    mean: float | None
    mean_mcse: float | None
    sd: float | None
    sd_mcse: float | None


def moments(strata: Strata, weights: Array, tail: float) -> Moments:
    """The pool's mean and standard deviation, as far as they exist.

    Parameters
    ----------
    tail : float
        E|X|^m is finite for every m below it (method, section g): a mean needs more than 1, a standard
        deviation more than 2. Existence is settled by analysis, never by looking at draws.
    """
    means, variances = strata.moments(lambda x: x)
    share = weights * strata.replicate_mass
    share = share / share.sum(axis=1, keepdims=True)
    mean = (share * means).sum(axis=1)
    sd = np.sqrt((share * (variances + (means - mean[:, None]) ** 2)).sum(axis=1))

    def pooled(replicates: Array, order: int) -> tuple[float | None, float | None]:
        if tail <= order:
            return None, None
        centre = replicates.mean()
        return float(centre), float(sectioning(replicates, centre))

    (m, m_error), (s, s_error) = pooled(mean, 1), pooled(sd, 2)
    return Moments(mean=m, mean_mcse=m_error, sd=s, sd_mcse=s_error)


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its Monte Carlo standard error."""

    value: float
    mcse: float


def disagreement(
    strata: Strata,
    weights: Array,
    groups: Sequence[Sequence[int]],
    scale: Callable[[Array], Array],
) -> list[Share] | None:
    """How much of the variance is between what the sources say: Var E[g | sources] / Var g.

    Parameters
    ----------
    groups : sequence of sequences of int, each of length stratum
        For each share, the class that each stratum falls in: its own for all disputes together, its
        source for the first-order share of one dispute.
    scale : callable
        g: the logarithm where every stratum is positive, else the identity.

    Returns
    -------
    list of Share, or None where there is no variance
    """
    means, variances = strata.moments(scale)
    share = weights * strata.replicate_mass
    share = share / share.sum(axis=1, keepdims=True)
    used = weights > 0
    means, variances, share = means[:, used], variances[:, used], share[:, used]
    centre = (share * means).sum(axis=1, keepdims=True)
    total = (share * (variances + (means - centre) ** 2)).sum(axis=1)
    if not np.all(total > 1e-24 * np.maximum(centre[:, 0] ** 2, 1e-300)):
        return None
    found = []
    for group in groups:
        classes = np.asarray(group)[used]
        between = np.zeros(len(total))
        for label in np.unique(classes):
            inside = classes == label
            mass = share[:, inside].sum(axis=1)
            mean = (share[:, inside] * means[:, inside]).sum(axis=1) / mass
            between += mass * (mean - centre[:, 0]) ** 2
        ratio = between / total
        middle = between.mean() / total.mean()
        found.append(Share(float(middle), float(sectioning(ratio, middle))))
    return found
