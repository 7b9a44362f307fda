"""Mean, standard deviation and the share of the variance that is whom you believe; as far as they exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contested.engine.precision import Measured
from contested.engine.run import Drawn
from contested.engine.weights import pool
from contested.shapes.base import Array

_ROUNDING = 1 + 1e-9  # on an exponent that is computed from stated numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Moments:
    """Mean and standard deviation, with Monte Carlo standard errors.

    Each is None where it does not exist, or where its standard error does not: draws of a mean without a
    variance scatter without bound, and no replicate shows how far.
    """

    mean: float | None
    mean_mcse: float | None
    sd: float | None
    sd_mcse: float | None


def moments(drawn: Drawn, weights: Array, tail: float) -> Moments:
    """The pool's mean and standard deviation, as far as they exist.

    Parameters
    ----------
    tail : float
        E|X|^m is finite for every m below it (method, section g): a mean needs more than 1 to exist and
        more than 2 to have a Monte Carlo error, a standard deviation more than 2 and 4. Existence is
        settled by analysis, never by looking at draws.
    """
    if tail <= 2 * _ROUNDING:
        return Moments(mean=None, mean_mcse=None, sd=None, sd_mcse=None)
    used = weights > 0
    means, variances = (found[:, used] for found in drawn.moments)
    mean = pool(means, weights[used])
    sd = np.sqrt(pool(variances + (means - mean[:, None]) ** 2, weights[used]))

    def pooled(replicates: Array, order: int) -> tuple[float | None, float | None]:
        if tail <= 2 * order * _ROUNDING:
            return None, None
        found = Measured.of(replicates)
        return found.value, found.mcse

    (m, m_error), (s, s_error) = pooled(mean, 1), pooled(sd, 2)
    return Moments(mean=m, mean_mcse=m_error, sd=s, sd_mcse=s_error)


def disagreement(
    drawn: Drawn,
    weights: Array,
    groups: Sequence[Sequence[int] | range],
    *,
    logarithmic: bool,
) -> list[Measured] | None:
    """How much of the variance is between what the sources say: Var E[g | sources] / Var g.

    Parameters
    ----------
    groups : sequence of sequences of int, each of length stratum
        For each share, the class that each stratum falls in: its own for all disputes together, its
        source for the first-order share of one dispute.
    logarithmic : bool
        Whether g is the logarithm, as where every stratum is positive; else it is the estimate itself.

    Returns
    -------
    list of Measured, or None where there is no variance
    """
    used = weights > 0
    means, variances = (found[:, used] for found in (drawn.log_moments if logarithmic else drawn.moments))
    share = weights[used] / weights[used].sum()
    centre = pool(means, share)
    total = pool(variances + (means - centre[:, None]) ** 2, share)
    if not np.all(total > 1e-24 * np.maximum(centre**2, 1e-300)):
        return None
    found = []
    for group in groups:
        classes = np.asarray(group)[used]
        between = np.zeros(len(total))
        for label in np.unique(classes):
            inside = classes == label
            mass = share[inside].sum()
            mean = pool(means[:, inside], share[inside]) / mass
            between += mass * (mean - centre) ** 2
        ratio = between / total
        middle = between.mean() / total.mean()
        found.append(Measured.of(ratio, float(middle)))
    return found
