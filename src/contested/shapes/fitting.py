"""From a statement's form to its shape."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import ndtri

from contested.language.nodes import (
    Exact,
    Interval,
    Limits,
    Literal_,
    Moments,
    Quantiles,
    Sample,
    ThreePoint,
    Within,
)
from contested.shapes.base import FitError, Shape
from contested.shapes.jqpd import JQPDB, JQPDS
from contested.shapes.least_squares import Miss, least_squares, misses
from contested.shapes.metalog import Metalog
from contested.shapes.normal import LogNormal, MedianSplitLogNormal, ModeSplitLogNormal, Normal
from contested.shapes.parametric import (
    FARTHEST_CUT,
    Beta,
    Empirical,
    Gamma,
    Point,
    Triangular,
    TruncatedNormal,
    Uniform,
)
from contested.shapes.roots import root
from contested.shapes.samples import read_sample
from contested.shapes.two_quantiles import SHAPES, TwoQuantiles, check_inside, check_support, through

__all__ = ["Fit", "FitError", "Miss", "fit"]

LARGEST_MISS = 0.02  # in probability (method, section a)
FARTHEST_COORDINATES = np.array([2.0**-53, 1 - 2.0**-53])


@dataclass(frozen=True, slots=True)
class Fit:
    """A shape, and by how much it misses each quantile it was fitted to: none where it has them exactly."""

    shape: Shape
    misses: tuple[Miss, ...] = ()


def fit(form: Exact | Literal_, confidence: float) -> Fit:
    """The distribution that a statement states, and what a fit of it misses (method, section a).

    Parameters
    ----------
    form : Exact or one of the literal forms
    confidence : float
        What a central interval holds that names no confidence of its own.

    Raises
    ------
    FitError
        No distribution of the shape can honour the numbers, or a draws file cannot be used.
    """
    with np.errstate(over="ignore"):
        found = _fitted(form, confidence)
        ends = found.shape.ppf(FARTHEST_COORDINATES)
    if not np.isfinite(ends).all():
        raise FitError("the tails pass what floating point can hold; narrow the range")
    return found


def _fitted(form: Exact | Literal_, confidence: float) -> Fit:
    match form:
        case Exact():
            return Fit(Point(form.value))
        case Interval():
            return Fit(_interval(form, form.confidence or confidence))
        case ThreePoint():
            return Fit(_three_point(form, form.confidence or confidence))
        case Within():
            return Fit(_within(form, form.confidence or confidence))
        case Limits():
            return Fit(_limits(form))
        case Moments():
            return Fit(_moments(form))
        case Quantiles():
            return _quantiles(form)
        case Sample():
            return Fit(Empirical(read_sample(form.file, form.column)))


def _interval(form: Interval, confidence: float) -> Shape:
    if form.shape not in SHAPES:
        raise _no_fit(form.shape, "low and high", ", ".join(SHAPES))
    ends = TwoQuantiles.central(form.low, form.high, confidence)
    return through(ends, form.shape, form.min, form.max)


def _three_point(form: ThreePoint, confidence: float) -> Shape:
    low, best, high = form.low, form.best, form.high
    _check_rising(min=form.min, low=low, best=best, high=high, max=form.max)
    match form.shape:
        case "jqpd-s":
            minimum = 0.0 if form.min is None else form.min
            _check_jqpd_s(form, minimum)
            return JQPDS.through(low, best, high, minimum=minimum, confidence=confidence)
        case "jqpd-b":
            if form.min is None or form.max is None:
                raise FitError("shape jqpd-b needs both min and max")
            return JQPDB.through(low, best, high, minimum=form.min, maximum=form.max, confidence=confidence)
        case "metalog":
            tail = (1 - confidence) / 2
            return Metalog.through(((tail, low), (0.5, best), (1 - tail, high)), form.min, form.max)
        case "split-lognormal":
            return _split_lognormal(form, confidence)
    raise _no_fit(form.shape, "low, best and high", "jqpd-s, jqpd-b, split-lognormal or metalog")


def _check_jqpd_s(form: ThreePoint, minimum: float) -> None:
    if form.max is not None:
        raise FitError("shape jqpd-s takes no max; use jqpd-b with min and max")
    if form.low <= minimum:
        raise FitError(f"low must exceed min, 0 unless stated (got {form.low:g}); state a min below low")


def _split_lognormal(form: ThreePoint, confidence: float) -> Shape:
    check_support(form.shape, (form.low, form.high), form.min, form.max)
    mu, below, above = math.log(form.best), math.log(form.best / form.low), math.log(form.high / form.best)
    tail = (1 - confidence) / 2
    match form.splice:
        case "median":
            z = -float(ndtri(tail))
            return MedianSplitLogNormal(mu, below / z, above / z)
        case "mode":
            return ModeSplitLogNormal(mu, *_mode_splice(below, above, tail))
    raise FitError("shape split-lognormal needs splice: median (best is the median) or splice: mode")


def _mode_splice(below: float, above: float, tail: float) -> tuple[float, float]:
    """Standard deviations left and right of the mode of a two-piece normal.

    Parameters
    ----------
    below, above : float
        Distances of the two quantiles from the mode.
    tail : float
        The probability beyond each.

    Notes
    -----
    With share = left/(left + right) = P(X < mode), the left quantile gives 2·share·Φ(-below/left) = tail and
    the right one its mirror image. Any share between tail and 1 - tail gives two such deviations; that which
    they imply falls as the share rises.
    """

    def deviations(share: float) -> tuple[float, float]:
        return -below / float(ndtri(tail / (2 * share))), -above / float(ndtri(tail / (2 * (1 - share))))

    def excess(share: float) -> float:
        left, right = deviations(share)
        return left / (left + right) - share

    return deviations(root(excess, math.nextafter(tail, 1), math.nextafter(1 - tail, 0)))


def _within(form: Within, confidence: float) -> Shape:
    z = float(ndtri((1 + confidence) / 2))
    match form.shape:
        case "lognormal" if form.relative is not None:
            if form.best <= 0:
                raise FitError(f"a percentage needs a positive best (got {form.best:g}); state an amount")
            return LogNormal(math.log(form.best), math.log1p(form.relative) / z)
        case "normal" if form.amount is not None:
            return Normal(form.best, form.amount / z)
    raise FitError(
        f"within cannot be read as a {form.shape}: a percentage is lognormal and an amount is normal; "
        "for any other shape state low and high"
    )


def _limits(form: Limits) -> Shape:
    match form.shape, form.mode:
        case "uniform", None:
            return Uniform(form.min, form.max)
        case "pert", float() | int() as mode:
            return Beta.pert(form.min, mode, form.max)
        case "triangular", float() | int() as mode:
            return Triangular(form.min, mode, form.max)
    known = "uniform" if form.mode is None else "pert or triangular"
    raise _no_fit(form.shape, "min and max" if form.mode is None else "min, mode and max", known)


def _moments(form: Moments) -> Shape:
    bounds = (form.min is not None) + (form.max is not None)
    match form.shape:
        case "truncated-normal" if bounds:
            return _truncated_parent(form)
        case "beta" if form.min is not None and form.max is not None:
            return _beta_of_moments(form.mean, form.sd, form.min, form.max)
        case "normal" if not bounds:
            return Normal(form.mean, form.sd)
        case "lognormal" | "gamma" if not bounds and form.mean <= 0:
            raise FitError(f"a {form.shape} is positive: its mean must exceed 0 (got {form.mean:g})")
        case "lognormal" if not bounds:
            variance = math.log1p((form.sd / form.mean) ** 2)
            return LogNormal(math.log(form.mean) - variance / 2, math.sqrt(variance))
        case "gamma" if not bounds:
            return Gamma((form.mean / form.sd) ** 2, form.sd * (form.sd / form.mean))
    known = ("normal, lognormal or gamma", "truncated-normal", "truncated-normal or beta")[bounds]
    raise _no_fit(
        form.shape, "mean and sd" + (" alone", " with one bound", " with two bounds")[bounds], known
    )


def _truncated_parent(form: Moments) -> TruncatedNormal:
    """Truncated normal whose parent has the moments; the bounds may not cut off all but its farthest tail."""
    low = -math.inf if form.min is None else form.min
    high = math.inf if form.max is None else form.max
    if max(low - form.mean, form.mean - high) > FARTHEST_CUT * form.sd:
        raise FitError(
            f"the bounds cut a normal off over {FARTHEST_CUT:g} sd from its mean of {form.mean:g} (mean and "
            "sd are those before truncation); move them, or state quantiles"
        )
    return TruncatedNormal(form.mean, form.sd, low, high)


def _beta_of_moments(mean: float, sd: float, low: float, high: float) -> Beta:
    """Beta on [low, high] of that mean and standard deviation."""
    _check_rising(min=low, mean=mean, max=high)
    largest = math.sqrt((mean - low) * (high - mean))
    if sd >= largest:
        raise FitError(
            f"a beta on [{low:g}, {high:g}] of mean {mean:g} has an sd below {largest:.4g} (got {sd:g})"
        )
    concentration = (largest / sd) ** 2 - 1
    share = (mean - low) / (high - low)
    return Beta(share * concentration, (high - mean) / (high - low) * concentration, low, high)


def _quantiles(form: Quantiles) -> Fit:
    if form.shape == "metalog":
        check_inside([x for _, x in form.points], form.min, form.max)
        return Fit(Metalog.through(form.points, form.min, form.max))
    if form.shape not in (*SHAPES, "split-lognormal"):
        raise _no_fit(form.shape, "quantiles", f"metalog, split-lognormal, {', '.join(SHAPES)}")
    if len(form.points) == 2 and form.shape != "split-lognormal":
        (p1, x1), (p2, x2) = form.points
        return Fit(through(TwoQuantiles(p1, x1, p2, x2), form.shape, form.min, form.max))
    shape = least_squares(form.points, form.shape, form.min, form.max)
    missed = misses(shape, form.points)
    _check_misses(form.shape, missed)
    return Fit(shape, missed)


def _check_misses(shape: str, missed: tuple[Miss, ...]) -> None:
    worst = max(missed, key=lambda miss: abs(miss.in_probability))
    by = abs(worst.in_probability)
    if by > LARGEST_MISS:
        raise FitError(
            f"the nearest {shape} misses the {worst.probability:g} quantile by {by:.2g} in "
            f"probability ({worst.value + worst.in_value:.4g} in place of {worst.value:g}), over the "
            f"{LARGEST_MISS:g} allowed; use shape: metalog, or another"
        )


def _check_rising(**numbers: float | None) -> None:
    """Refuse numbers that do not rise strictly in the order given; None is passed over."""
    given = {name: number for name, number in numbers.items() if number is not None}
    values = list(given.values())
    if any(a >= b for a, b in pairwise(values)):
        raise FitError(f"must hold {' < '.join(given)} (got {', '.join(f'{value:g}' for value in values)})")


def _no_fit(shape: str, numbers: str, known: str) -> FitError:
    return FitError(f"shape {shape} cannot be made from {numbers}; use {known}")
