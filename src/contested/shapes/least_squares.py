"""Shapes through more quantiles than they have parameters: least squares in probability."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from contested.shapes.base import Array, FitError, Shape
from contested.shapes.normal import LogitNormal, LogNormal, MedianSplitLogNormal, Normal
from contested.shapes.parametric import FARTHEST_CUT, Beta, Gamma, TruncatedNormal
from contested.shapes.two_quantiles import TwoQuantiles, check_support, through

Points = Sequence[tuple[float, float]]  # (probability, value), rising


@dataclass(frozen=True, slots=True)
class Miss:
    """By how much a fitted shape misses a stated quantile."""

    probability: float
    value: float
    in_probability: float  # F(value) - probability
    in_value: float  # Q(probability) - value


def least_squares(points: Points, shape: str, low: float | None, high: float | None) -> Shape:
    """The distribution of a named shape that minimises Σ (F(x_i) - p_i)².

    Parameters
    ----------
    points : sequence of (probability, value)
        Rising in both; at least as many as the shape has parameters.
    shape : str
        lognormal, normal, gamma, beta, logit-normal, truncated-normal or split-lognormal (spliced at the
        median).
    low, high : float, optional
        Certain bounds, where the shape has them.

    Raises
    ------
    FitError
        No two of the quantiles, from which the search could start, can be those of this shape.

    References
    ----------
    O'Hagan et al. 2006, Uncertain Judgements; Oakley, SHELF.
    """
    check_support(shape, [x for _, x in points], low, high)
    return _descend(points, _start(points, shape, low, high))


def misses(shape: Shape, points: Points) -> tuple[Miss, ...]:
    """By how much a shape misses each quantile."""
    return tuple(Miss(p, x, float(shape.cdf(x)) - p, float(shape.ppf(p)) - x) for p, x in points)


def _start(points: Points, shape: str, low: float | None, high: float | None) -> Shape:
    """The shape through the outermost quantiles; where there is none, through the middle and one of them."""
    outermost, *others = combinations((points[0], points[-1], points[len(points) // 2]), 2)
    if shape == "split-lognormal":
        if len(points) < 3:
            raise FitError("shape split-lognormal needs three quantiles or more; with two use lognormal")
        start = through(_pair(*outermost), "lognormal")
        assert isinstance(start, LogNormal)
        return MedianSplitLogNormal(start.mu, start.sigma, start.sigma)
    for pair in (outermost, *others):
        try:
            return through(_pair(*pair), shape, low, high)
        except FitError as error:
            refusal = error
    raise refusal


def _pair(*two: tuple[float, float]) -> TwoQuantiles:
    return TwoQuantiles(*min(two), *max(two))


def _descend(points: Points, start: Shape) -> Shape:
    """The shape of the least sum of squares, sought from a start."""
    from scipy.optimize import least_squares as minimise

    p, x = np.array(points, dtype=np.float64).T

    def residuals(steps: Array) -> Array:
        return np.asarray(_moved(start, steps).cdf(x) - p)

    result = minimise(
        residuals,
        np.zeros(3 if isinstance(start, MedianSplitLogNormal) else 2),
        jac="3-point",
        xtol=1e-14,
        ftol=1e-14,
        gtol=1e-14,
    )
    return _moved(start, result.x)


def _moved(start: Shape, s: Array) -> Shape:
    """The member of the start's family that lies dimensionless steps s away, one step for each parameter."""
    match start:
        case Normal(mean, sd):
            return Normal(mean + sd * s[0], sd * _exp(s[1]))
        case LogNormal(mu, sigma):
            return LogNormal(mu + sigma * s[0], sigma * _exp(s[1]))
        case LogitNormal(mu, sigma, low, high):
            return LogitNormal(mu + sigma * s[0], sigma * _exp(s[1]), low, high)
        case MedianSplitLogNormal(mu, left, right):
            return MedianSplitLogNormal(mu + left * s[0], left * _exp(s[1]), right * _exp(s[2]))
        case Beta(a, b, low, high):
            return Beta(a * _exp(s[0]), b * _exp(s[1]), low, high)
        case Gamma(k, scale):
            return Gamma(k * _exp(s[0]), scale * _exp(s[1] - s[0]))
        case TruncatedNormal(mean, sd, low, high):
            return _truncated(mean + sd * s[0], sd * _exp(s[1]), low, high)
    raise TypeError(f"no least squares for {type(start).__name__}")


def _truncated(mean: float, sd: float, low: float, high: float) -> TruncatedNormal:
    """The nearest truncated normal that leaves a tail thick enough to count in."""
    cut = FARTHEST_CUT * sd
    return TruncatedNormal(min(max(mean, low - cut), high + cut), sd, low, high)


def _exp(step: float) -> float:
    """exp, held where a wild step would overflow."""
    return math.exp(min(max(step, -300.0), 300.0))
