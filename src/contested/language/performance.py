"""Performance weights: Cooke's classical model, in which sources that did well on past claims count for more.

A seed is a past claim that was resolved since: each source stated quantiles of it, and its outcome is known.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

Assessments = Sequence[Sequence[float]]  # of one source: by seed, its quantiles in rising order


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How a source did on the seeds.

    Attributes
    ----------
    counts : tuple of int
        How many outcomes fell below its first quantile, between each two, and above its last.
    calibration : float
        The probability that outcomes would part from its quantiles at least as far by chance, 0 to 1.
    information : float
        How much narrower its quantiles are than the range of all that was said: nats, mean over the seeds.
    weight : float
        Calibration times information; 0 where the calibration is below the cut-off. Not normalised.
    """

    counts: tuple[int, ...]
    calibration: float
    information: float
    weight: float


def classical_model(
    assessments: Mapping[str, Assessments],
    outcomes: Sequence[float],
    probabilities: Sequence[float],
    *,
    overshoot: float = 0.1,
    logarithmic: Sequence[bool] | None = None,
    cutoff: float = 0.0,
) -> dict[str, Performance]:
    """How each source did on the seeds, by the classical model.

    With p the probabilities of the bins that the quantiles make, n the outcomes counted in each (one that
    equals a quantile in the bin below it), N the number of seeds and s = n / N, the calibration is
    P(χ² > 2N Σ s ln(s / p)), with one degree of freedom fewer than there are bins. The information on one
    seed is ln(U - L) + Σ p ln(p / Δ), where Δ are the widths of the bins and L to U the range of the outcome
    and all sources' quantiles, longer by `overshoot` of its length at either end.

    Parameters
    ----------
    assessments : mapping of str to sequence of sequence of float
        Source -> seed -> its quantiles, strictly rising, as many as there are probabilities.
    outcomes : sequence of float
        What each seed turned out to be, in the seeds' order.
    probabilities : sequence of float
        Of the quantiles, strictly rising, strictly between 0 and 1; the same for all.
    overshoot : float
        By what share of its length the range is longer at either end, above 0.
    logarithmic : sequence of bool, optional
        For each seed, whether widths are measured in logarithms; all its numbers are above 0 then.
    cutoff : float
        The least calibration that earns a weight.

    Returns
    -------
    dict of str to Performance
        In the order of the assessments.

    References
    ----------
    Cooke, R. M. (1991). Experts in Uncertainty: Opinion and Subjective Probability in Science. Oxford
    University Press, chapter 12.
    """
    bins = [upper - lower for lower, upper in pairwise((0.0, *probabilities, 1.0))]
    scales = [False] * len(outcomes) if logarithmic is None else logarithmic
    said = [
        [outcome, *(quantile for stated in assessments.values() for quantile in stated[seed])]
        for seed, outcome in enumerate(outcomes)
    ]
    ranges = [(min(values), max(values)) for values in said]
    found = {}
    for source, stated in assessments.items():
        counts = _counts(stated, outcomes, len(bins))
        calibration = _calibration(counts, bins)
        information = math.fsum(
            _information(quantiles, bins, span, overshoot, in_logs)
            for quantiles, span, in_logs in zip(stated, ranges, scales, strict=True)
        ) / len(outcomes)
        weight = calibration * information if calibration >= cutoff else 0.0
        found[source] = Performance(
            counts=counts, calibration=calibration, information=information, weight=weight
        )
    return found


def chi_square_survival(x: float, degrees: int) -> float:
    """P(χ² > x) for a whole number of degrees of freedom, by finite sums.

    Parameters
    ----------
    x : float
        0 or above.
    degrees : int
        1 or more.

    References
    ----------
    Abramowitz, M. & Stegun, I. A. (1964). Handbook of Mathematical Functions, 26.4.4 and 26.4.5.
    """
    half = x / 2
    if half == 0:
        return 1.0
    odd = degrees % 2
    powers = (j + odd / 2 for j in range(degrees // 2))
    # In logarithms, because exp(-half) alone vanishes long before the sum does where it has many terms.
    terms = [math.exp(k * math.log(half) - half - math.lgamma(k + 1)) for k in powers]
    return math.fsum([math.erfc(math.sqrt(half)) if odd else 0.0, *terms])


def _counts(stated: Assessments, outcomes: Sequence[float], bins: int) -> tuple[int, ...]:
    counts = [0] * bins
    for quantiles, outcome in zip(stated, outcomes, strict=True):
        counts[bisect_left(quantiles, outcome)] += 1
    return tuple(counts)


def _calibration(counts: Sequence[int], bins: Sequence[float]) -> float:
    seeds = sum(counts)
    logs = ((n, math.log(n / seeds) - math.log(p)) for n, p in zip(counts, bins, strict=True) if n)
    divergence = math.fsum(n * log for n, log in logs)
    return chi_square_survival(2 * max(divergence, 0.0), len(bins) - 1)  # rounding may leave it below 0


def _information(
    quantiles: Sequence[float],
    bins: Sequence[float],
    span: tuple[float, float],
    overshoot: float,
    in_logs: bool,
) -> float:
    """Σ p ln(p (U - L) / Δ) on one seed, each Δ taken as a share of the range before its overshoot."""
    low, high = span
    log_range = _log_gap(low, high, in_logs)

    def share(lower: float, upper: float) -> float:
        return _log_gap(lower, upper, in_logs) - log_range

    inner = [share(lower, upper) for lower, upper in pairwise(quantiles)]
    first = math.log(math.exp(share(low, quantiles[0])) + overshoot)
    last = math.log(math.exp(share(quantiles[-1], high)) + overshoot)
    widths = zip(bins, (first, *inner, last), strict=True)
    return math.log1p(2 * overshoot) + math.fsum(p * (math.log(p) - width) for p, width in widths)


def _log_gap(lower: float, upper: float, in_logs: bool) -> float:
    """ln of the distance on the seed's scale, -inf for none; neither overflows nor loses what lies close."""
    if lower == upper:
        return -math.inf
    if in_logs:
        near = upper / 2 < lower
        return math.log(math.log1p((upper - lower) / lower) if near else math.log(upper) - math.log(lower))
    gap = upper - lower
    return math.log(gap) if math.isfinite(gap) else math.log(upper / 2 - lower / 2) + math.log(2)
