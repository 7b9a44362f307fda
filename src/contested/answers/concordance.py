"""Whether two series' ups and downs match beyond a trend in common: against shuffles and simulations."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from contested.answers.agreement import KEPT, Relation

Floats = NDArray[np.float64]

SLOW = 12  # months: what comes and goes more slowly is trend

_FEWEST_STEPS = 6
_FLOAT = 1e-9  # relative
_BATCH = 4096
_ENOUGH = 50  # matches as close as the observed one, after which the probability is known well enough


@dataclass(frozen=True, slots=True, kw_only=True)
class Concordance:
    """How often independent ups and downs match as closely.

    Attributes
    ----------
    steps : int
        Changes from one month to the next that were compared.
    unlike : float
        How far the two differ, over how far they would if one were shuffled: 0 the same, about 1 unrelated.
    shuffled, simulated : float
        Probability of a match as close: with one's changes in another order, and with independent series that
        are as rough and as autocorrelated.
    """

    steps: int
    unlike: float
    shuffled: float
    simulated: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves:
    """The month-to-month changes of two series, freed from trend.

    Attributes
    ----------
    mine, other : ndarray, shape (steps,)
    roughness : float
        Root mean square of the changes of the smoother one, relative to its values.
    """

    mine: Floats
    other: Floats
    roughness: float

    @classmethod
    def of(cls, first: Floats, second: Floats, relation: Relation) -> Moves | None:
        """Changes from each month to the next, of the logarithm for a ratio.

        Trend is whatever takes longer than `SLOW` months to come and go: it is taken out by regression on
        cosines.

        Parameters
        ----------
        first, second : ndarray, shape (months,)
            Month by month, NaN for a gap.
        relation : {'ratio', 'offset'}

        Returns
        -------
        Moves or None
            None where too few months follow one another.
        """
        values = np.stack([_scaled(first, relation), _scaled(second, relation)])
        steps = np.diff(values)
        when = np.flatnonzero(np.all(np.isfinite(steps), axis=0))
        if when.size < _FEWEST_STEPS:
            return None
        trend = _trend(when)
        freed = steps[:, when] - (trend @ np.linalg.lstsq(trend, steps[:, when].T, rcond=None)[0]).T
        scale = np.sqrt(np.nanmean(values**2, axis=1)) if relation == "offset" else np.ones(2)
        freed[np.abs(freed) < _FLOAT * scale[:, None]] = 0.0  # what arithmetic leaves is no change
        left = np.sqrt(np.mean(freed**2, axis=1))
        roughness = np.divide(left, scale, out=np.zeros(2), where=scale > 0)
        return cls(mine=freed[0], other=freed[1], roughness=float(roughness.min()))


def concordance(moves: Moves, *, draws: int, generator: Generator) -> Concordance:
    """Test whether two series share more than a trend.

    The null is a trend in common under changes that are independent between the two. What is left of the
    changes is compared by the mean absolute difference of the `KEPT` that differ least; and so it is with one
    of them shuffled (a permutation test on residuals [1]_), and with one of them given random phases, which
    keeps its spectrum and so its roughness and autocorrelation [2]_.

    Parameters
    ----------
    moves : Moves
    draws : int
        Shuffles, and as many simulations; fewer where the probability is plainly large.
    generator : Generator

    References
    ----------
    .. [1] D. Freedman and D. Lane, "A nonstochastic interpretation of reported significance levels", Journal
       of Business & Economic Statistics 1 (1983), 292.
    .. [2] J. Theiler et al., "Testing for nonlinearity in time series: the method of surrogate data", Physica
       D 58 (1992), 77.
    """
    mine, other = moves.mine, moves.other
    observed = float(_unlike(mine, other))
    usual = float(np.mean(np.abs(mine - other[:, None])))
    return Concordance(
        steps=mine.size,
        unlike=observed / usual if usual else 1.0,
        shuffled=_chance(observed, lambda rows: _unlike(mine, _shuffled(other, rows, generator)), draws),
        simulated=_chance(observed, lambda rows: _unlike(mine, _rephased(other, rows, generator)), draws),
    )


def _scaled(values: Floats, relation: Relation) -> Floats:
    """Values whose changes are compared; what has no logarithm is a gap."""
    if relation == "offset":
        return values
    return np.log(np.where(values > 0, values, np.nan))


def _trend(when: NDArray[np.intp]) -> Floats:
    """Cosines (steps, waves) over the months from the first to the last, down to the period of `SLOW`."""
    span = int(when[-1] - when[0]) + 1
    waves = min(2 * span // SLOW, when.size // 4)  # wave number k has the period 2 span / k
    place = (when - when[0] + 0.5) / span
    trend: Floats = np.cos(math.pi * np.arange(waves + 1) * place[:, None])
    return trend


def _unlike(mine: Floats, other: Floats) -> Floats:
    """Mean absolute difference of the steps that differ least: (steps,) against (…, steps) gives (…)."""
    kept = math.ceil(KEPT * mine.size)
    closest = np.partition(np.abs(mine - other), kept - 1, axis=-1)[..., :kept]
    return np.asarray(closest.mean(axis=-1))


def _chance(observed: float, drawn: Callable[[int], Floats], draws: int) -> float:
    """The probability of a match as close as the observed one, which counts among the draws."""
    found = done = 0
    while done < draws and found < _ENOUGH:
        rows = min(_BATCH, draws - done)
        found += int(np.count_nonzero(drawn(rows) <= observed * (1 + 1e-9)))
        done += rows
    return (found + 1) / (done + 1)


def _shuffled(steps: Floats, rows: int, generator: Generator) -> Floats:
    shuffled: Floats = generator.permuted(np.broadcast_to(steps, (rows, steps.size)), axis=1)
    return shuffled


def _rephased(steps: Floats, rows: int, generator: Generator) -> Floats:
    """Series (rows, steps) of the same spectrum, with phases at random."""
    spectrum = np.fft.rfft(steps)
    phases = np.exp(2j * math.pi * generator.random((rows, spectrum.size)))
    phases[:, 0] = 1  # the mean
    if steps.size % 2 == 0:
        phases[:, -1] = np.sign(phases[:, -1].real)  # the fastest wave is up or down
    rephased: Floats = np.fft.irfft(np.abs(spectrum) * phases, n=steps.size, axis=1)
    return rephased
