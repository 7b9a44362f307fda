"""Shapes of two parameters through two quantiles: in closed form, or by roots of one variable at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scipy.special import betainc, expit, gammaincinv, gammaln, ndtri

from contested.shapes.base import FitError, Shape
from contested.shapes.normal import LogitNormal, LogNormal, Normal
from contested.shapes.parametric import FARTHEST_CUT, Beta, Gamma, TruncatedNormal, truncated_score
from contested.shapes.roots import root

SHAPES = ("lognormal", "normal", "gamma", "beta", "logit-normal", "truncated-normal")
POSITIVE = frozenset({"lognormal", "gamma", "split-lognormal"})
UNBOUNDED = POSITIVE | {"normal"}
BOUNDED = ("truncated-normal", "beta, logit-normal or truncated-normal")  # by how many bounds there are

NARROWEST = 1e8  # a truncated normal's bounds are at most this many standard deviations apart
FLATTEST = 1e-3  # and at least this many: a flatter one is uniform or exponential to seven digits


@dataclass(frozen=True, slots=True)
class TwoQuantiles:
    """P(X <= x1) = p1 and P(X <= x2) = p2, with p1 < p2 and x1 < x2."""

    p1: float
    x1: float
    p2: float
    x2: float

    @classmethod
    def central(cls, low: float, high: float, confidence: float) -> TwoQuantiles:
        """The ends of a central interval."""
        return cls((1 - confidence) / 2, low, (1 + confidence) / 2, high)

    def mapped(self, x1: float, x2: float) -> TwoQuantiles:
        """The same probabilities at other values."""
        return TwoQuantiles(self.p1, x1, self.p2, x2)

    def mirrored(self) -> TwoQuantiles:
        """Those of -X."""
        return TwoQuantiles(1 - self.p2, -self.x2, 1 - self.p1, -self.x1)


def through(q: TwoQuantiles, shape: str, low: float | None = None, high: float | None = None) -> Shape:
    """The distribution of a named shape that has two quantiles.

    Parameters
    ----------
    q : TwoQuantiles
    shape : str
        One of SHAPES.
    low, high : float, optional
        Certain bounds, where the shape has them.

    Raises
    ------
    FitError
        No such distribution exists, or floats cannot hold it.
    """
    check_support(shape, (q.x1, q.x2), low, high)
    try:
        fitted = _FITS[shape](q, -math.inf if low is None else low, math.inf if high is None else high)
        has_both = all(abs(float(fitted.cdf(x)) - p) <= 1e-9 for p, x in ((q.p1, q.x1), (q.p2, q.x2)))
    except (OverflowError, ZeroDivisionError, ValueError):
        has_both = False
    if not has_both:
        raise FitError(
            f"no {shape} that floating point can hold has {q.x1:g} and {q.x2:g} as its "
            f"{q.p1:g} and {q.p2:g} quantiles; use another shape"
        )
    return fitted


def check_support(shape: str, values: Sequence[float], low: float | None, high: float | None) -> None:
    """Refuse bounds that the shape has no place for, the lack of those it needs, and values outside.

    Parameters
    ----------
    shape : str
        One of SHAPES, or split-lognormal.
    values : sequence of float
        Rising.
    low, high : float, optional
        The bounds given.

    Raises
    ------
    FitError
    """
    given = (low is not None) + (high is not None)
    if shape in {"beta", "logit-normal"} and given < 2:
        raise FitError(f"shape {shape} needs both min and max")
    if shape == "truncated-normal" and given == 0:
        raise FitError("shape truncated-normal needs min, max or both; without them use shape: normal")
    if shape in UNBOUNDED and given > 0:
        raise FitError(f"shape {shape} takes no min or max; leave them out, or use {BOUNDED[given - 1]}")
    if shape in POSITIVE and values[0] <= 0:
        raise FitError(f"a {shape} is positive: all values must exceed 0 (got {values[0]:g}); or use normal")
    check_inside(values, low, high)


def check_inside(values: Sequence[float], low: float | None, high: float | None) -> None:
    """Refuse rising values of which one lies on or beyond a bound."""
    if low is not None and values[0] <= low:
        raise FitError(f"all values must exceed min (got {values[0]:g}, and min {low:g})")
    if high is not None and values[-1] >= high:
        raise FitError(f"all values must be below max (got {values[-1]:g}, and max {high:g})")


def _normal(q: TwoQuantiles, _low: float, _high: float) -> Normal:
    return Normal(*_mean_and_sd(q))


def _lognormal(q: TwoQuantiles, _low: float, _high: float) -> LogNormal:
    return LogNormal(*_mean_and_sd(q.mapped(math.log(q.x1), math.log(q.x2))))


def _logit_normal(q: TwoQuantiles, low: float, high: float) -> LogitNormal:
    logits = [math.log((x - low) / (high - x)) for x in (q.x1, q.x2)]
    return LogitNormal(*_mean_and_sd(q.mapped(*logits)), low, high)


def _mean_and_sd(q: TwoQuantiles) -> tuple[float, float]:
    """Of the normal through two quantiles."""
    z1, z2 = float(ndtri(q.p1)), float(ndtri(q.p2))
    # Weighted, so that quantiles symmetric about 0 give a mean of exactly 0.
    return (q.x1 * z2 - q.x2 * z1) / (z2 - z1), (q.x2 - q.x1) / (z2 - z1)


def _gamma(q: TwoQuantiles, _low: float, _high: float) -> Gamma:
    """The ratio of the quantiles falls as k grows; it fixes k, and either quantile then the scale."""
    stated = math.log(q.x2 / q.x1)
    log_k = root(
        lambda s: _log_gamma_quantile(math.exp(s), q.p2) - _log_gamma_quantile(math.exp(s), q.p1) - stated,
        math.log(1e-4),
        math.log(1e14),
    )
    k = math.exp(log_k)
    return Gamma(k, q.x2 / float(gammaincinv(k, q.p2)))


def _log_gamma_quantile(k: float, p: float) -> float:
    """Logarithm of the quantile at p of the gamma of shape k and scale 1, also where that underflows."""
    x = float(gammaincinv(k, p))
    # Near 0 the cdf is x^k / Γ(k + 1).
    return math.log(x) if x > 1e-200 else (math.log(p) + float(gammaln(k + 1))) / k


def _beta(q: TwoQuantiles, low: float, high: float) -> Beta:
    """One always exists.

    For each concentration a + b, the mean that puts the lower quantile right is found; the upper one then
    falls as the concentration grows.
    """
    y1, y2 = (q.x1 - low) / (high - low), (q.x2 - low) / (high - low)

    def ab(log_concentration: float) -> tuple[float, float]:
        n = math.exp(log_concentration)
        logit = root(lambda t: float(betainc(n * expit(t), n * expit(-t), y1)) - q.p1, -60.0, 60.0)
        return n * float(expit(logit)), n * float(expit(-logit))

    log_concentration = root(lambda s: float(betainc(*ab(s), y2)) - q.p2, math.log(1e-3), math.log(1e15))
    return Beta(*ab(log_concentration), low, high)


def _truncated_normal(q: TwoQuantiles, low: float, high: float) -> TruncatedNormal:
    if math.isinf(low):
        mirrored = _truncated_normal(q.mirrored(), -high, -low)
        return TruncatedNormal(-mirrored.mean, mirrored.sd, low, high)
    a, sd = _cut_below(q, low) if math.isinf(high) else _cut_both(q, low, high)
    return TruncatedNormal(low - a * sd, sd, low, high)


def _cut_below(q: TwoQuantiles, low: float) -> tuple[float, float]:
    """The bound's score in the parent, and the parent's standard deviation, of a normal truncated below.

    The ratio of the two distances from the bound rises with the bound's score, from 1 for a normal far above
    it to that of an exponential.
    """
    y1, y2 = q.x1 - low, q.x2 - low

    def distances(a: float) -> tuple[float, float]:
        return (
            float(truncated_score(q.p1, a, math.inf)) - a,
            float(truncated_score(q.p2, a, math.inf)) - a,
        )

    def excess(a: float) -> float:
        d1, d2 = distances(a)
        return d1 / d2 - y1 / y2

    if excess(FARTHEST_CUT) > 0:
        largest = math.log1p(-q.p2) / math.log1p(-q.p1)
        raise FitError(
            "no truncated normal reaches so far: of the two distances from the bound, the greater may be at "
            f"most {largest:.3g} times the lesser (got {y2 / y1:.3g}); use gamma or lognormal"
        )
    a = root(excess, -NARROWEST, FARTHEST_CUT)
    return a, y2 / distances(a)[1]


def _cut_both(q: TwoQuantiles, low: float, high: float) -> tuple[float, float]:
    """The lower bound's score in the parent, and the parent's sd, of a normal truncated on both sides.

    For each number w of standard deviations between the bounds, the lower bound's score that puts the lower
    quantile right is found; the upper quantile then falls as w grows.
    """
    y1, y2 = (q.x1 - low) / (high - low), (q.x2 - low) / (high - low)

    def place(p: float, a: float, w: float) -> float:
        return (float(truncated_score(p, a, a + w)) - a) / w

    def excess(log_w: float) -> float:
        w = math.exp(log_w)
        a = lower_score(w)
        return 1.0 if a is None else place(q.p2, a, w) - y2

    def lower_score(w: float) -> float | None:
        ends = (-FARTHEST_CUT - w, FARTHEST_CUT)
        if not place(q.p1, ends[0], w) > y1 > place(q.p1, ends[1], w):
            return None
        return root(lambda a: place(q.p1, a, w) - y1, *ends)

    w = math.exp(root(excess, math.log(FLATTEST), math.log(NARROWEST)))
    a = lower_score(w)
    if a is None or abs(place(q.p2, a, w) - y2) > 1e-9:
        raise FitError(
            f"no normal truncated to [{low:g}, {high:g}] is as flat as to have {q.x1:g} and {q.x2:g} as its "
            f"{q.p1:g} and {q.p2:g} quantiles; use beta, or wider bounds"
        )
    return a, (high - low) / w


_FITS: dict[str, Callable[[TwoQuantiles, float, float], Shape]] = {
    "normal": _normal,
    "lognormal": _lognormal,
    "logit-normal": _logit_normal,
    "gamma": _gamma,
    "beta": _beta,
    "truncated-normal": _truncated_normal,
}
