"""How closely two series keep to one ratio or one offset, against what two independent counts could."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc, chdtr, ndtr

Floats = NDArray[np.float64]
Relation = Literal["ratio", "offset"]
RELATIONS: tuple[Relation, ...] = ("ratio", "offset")

FEWEST_MONTHS = 8
KEPT = 0.75  # share of the months that must agree, so that a few revised or mistyped ones hide no relay


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One series against another, under one relation.

    Attributes
    ----------
    relation : {'ratio', 'offset'}
    months : int
        Compared.
    size : float
        The fixed ratio (first over second), or the fixed offset (first less second): the middle one.
    median, spread, largest : float
        Distance from that relation, relative to the values: of the middle month, root mean square, and of the
        month that is furthest off. Infinite where some ratio is zero or negative.
    together : float
        The same of all months summed.
    exact : bool
        Whether `KEPT` of the months keep to the relation to the last digit that is stated.
    chance : float
        Bound on the probability that two independent counts agree so closely.
    """

    relation: Relation
    months: int
    size: float
    median: float
    spread: float
    largest: float
    together: float
    exact: bool
    chance: float


def agreement(
    first: Floats, second: Floats, relation: Relation, *, error: float, grains: tuple[float, float]
) -> Agreement | None:
    r"""Test whether two series agree more closely than independent counts of the same thing.

    Two counters of one truth :math:`\theta_t` report :math:`x_t = \theta_t e^{\alpha + u_t}` and
    :math:`y_t = \theta_t e^{\beta + v_t}`. In the ratio the truth cancels, however it moves:
    :math:`\log x_t/y_t = \alpha - \beta + u_t - v_t`. The null is that the errors are independent and normal,
    each with a standard deviation of at least `error`; then the differences from a fixed ratio have one of
    at least :math:`\sqrt 2` times that. Two statistics are exact or conservative under it, and the smaller of
    their probabilities is doubled:

    * the sum of squares about the mean, :math:`\chi^2_{n-1}`;
    * the closest that `KEPT` of the months lie to one of them. Given that month, another lies within
      :math:`v` standard deviations of it with probability at most :math:`2\Phi(v) - 1`, wherever it lies; so
      the chance that :math:`k - 1` of the others do, for any of n months, is at most n times a binomial tail.
      This one does not mind a few months that are far off.

    An offset is tested alike, its differences having :math:`\epsilon\sqrt{x_t^2 + y_t^2}`. Counting adds no
    Poisson error: both count the same events, so that their number is the same for both.

    Parameters
    ----------
    first, second : ndarray, shape (months,)
        Month by month, NaN for a gap.
    relation : {'ratio', 'offset'}
    error : float
        Least relative standard deviation of an independent count's error in one month.
    grains : tuple of float
        The unit to which each series is rounded. A month in which it exceeds `error` of the value tells
        nothing and is left out; elsewhere rounding counts as disagreement.

    Returns
    -------
    Agreement or None
        None where fewer than `FEWEST_MONTHS` months can be compared.
    """
    told = _telling(first, second, error, grains)
    if np.count_nonzero(told) < FEWEST_MONTHS:
        return None
    compared = _COMPARED[relation](first[told], second[told], error, grains)
    middle = float(np.median(compared.distances))
    off = np.abs(compared.distances - (middle if math.isfinite(middle) else -math.inf))
    relative = off / compared.scale
    return Agreement(
        relation=relation,
        months=int(np.count_nonzero(told)),
        size=math.exp(middle) if relation == "ratio" else middle,
        median=float(np.median(relative)),
        spread=float(np.sqrt(np.mean(relative**2))),
        largest=float(relative.max()),
        together=_together(first[told], second[told], relation, middle),
        exact=bool(np.mean(off <= compared.rounding + _FLOAT * compared.scale) >= KEPT),
        chance=min(1.0, 2 * min(_by_squares(compared), _by_the_closest(compared))),
    )


def _together(x: Floats, y: Floats, relation: Relation, middle: float) -> float:
    """By how much the sums differ from the relation."""
    if not math.isfinite(middle):
        return math.inf
    expected = float(np.sum(y * math.exp(middle) if relation == "ratio" else y + middle))
    return abs(float(np.sum(x)) / expected - 1) if expected else math.inf


def grain(values: Floats) -> float:
    """The unit to which a series is rounded: the largest power of ten of which every value is a multiple.

    Parameters
    ----------
    values : ndarray, shape (months,)
        NaN for a gap. A series without any value other than 0 has the finest unit.
    """
    known = np.abs(values[np.isfinite(values) & (values != 0)])
    coarsest = math.floor(math.log10(known.min())) if known.size else _FINEST
    for power in range(coarsest, _FINEST, -1):
        units = known / 10.0**power
        if np.all(np.abs(units - np.rint(units)) < _WHOLE):
            return 10.0**power
    return 10.0**_FINEST


_FINEST = -9  # power of ten
_FLOAT = 1e-9  # what arithmetic on floats may add, relative
_WHOLE = 1e-6  # this near a whole number is one


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """Differences month by month, all of shape (months,).

    `distances` may be infinite; `floors` are the standard deviations that independent errors would leave at
    the least; `rounding` is by how much rounding may hide a difference; `scale` makes a difference relative.
    """

    distances: Floats
    floors: Floats
    rounding: Floats
    scale: Floats


def _as_ratio(x: Floats, y: Floats, error: float, grains: tuple[float, float]) -> _Compared:
    distances = np.full(x.size, np.inf)
    alike = x * y > 0
    distances[alike] = np.log(x[alike] / y[alike])
    return _Compared(
        distances=distances,
        floors=np.full(x.size, math.sqrt(2) * error),
        rounding=(grains[0] / np.maximum(np.abs(x), grains[0]) + grains[1] / np.maximum(np.abs(y), grains[1]))
        / 2,
        scale=np.ones(x.size),
    )


def _as_offset(x: Floats, y: Floats, error: float, grains: tuple[float, float]) -> _Compared:
    return _Compared(
        distances=x - y,
        floors=error * np.hypot(x, y),
        rounding=np.full(x.size, sum(grains) / 2),
        scale=np.maximum(np.abs(x), np.abs(y)),
    )


_COMPARED: Mapping[Relation, Callable[[Floats, Floats, float, tuple[float, float]], _Compared]] = {
    "ratio": _as_ratio,
    "offset": _as_offset,
}


def _telling(first: Floats, second: Floats, error: float, grains: tuple[float, float]) -> NDArray[np.bool_]:
    """Months with two values, not both of them too small for what they are rounded to."""
    known = np.isfinite(first) & np.isfinite(second)
    with np.errstate(invalid="ignore"):
        return known & ((np.abs(first) * error > grains[0]) | (np.abs(second) * error > grains[1]))


def _by_squares(compared: _Compared) -> float:
    """The probability of so small a sum of squares about the mean, weighted by precision."""
    if not np.all(np.isfinite(compared.distances)):
        return 1.0
    precision = compared.floors**-2
    about = compared.distances - np.average(compared.distances, weights=precision)
    squares = float(np.sum((about**2 + compared.rounding**2) * precision))
    return float(chdtr(about.size - 1, squares))


def _by_the_closest(compared: _Compared) -> float:
    """A bound on the probability that so many lie so close to one of them."""
    months = compared.distances.size
    kept = math.ceil(KEPT * months)
    anchors = np.flatnonzero(np.isfinite(compared.distances))
    if anchors.size < kept:
        return 1.0
    apart = np.abs(compared.distances - compared.distances[anchors, None])
    apart += compared.rounding + compared.rounding[anchors, None]
    apart /= compared.floors
    apart[np.arange(anchors.size), anchors] = 0.0  # an anchor is at no distance from itself
    within = float(np.partition(apart, kept - 1, axis=1)[:, kept - 1].min())
    return min(1.0, months * float(bdtrc(kept - 2, months - 1, 2 * ndtr(within) - 1)))
