"""J-QPD: smooth distributions through any low, best and high (Hadlock & Bickel 2017, Decis. Anal. 14:35)."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from contested.shapes.base import Array, Reach
from contested.shapes.transforms import OfNormal, zero_exponent


@dataclass(frozen=True, slots=True, kw_only=True)
class JQPDS(OfNormal):
    """J-QPD-S, on (minimum, inf): minimum + theta·exp(lam·sinh(asinh(delta·z) + asinh(n·c·delta))).

    Attributes
    ----------
    minimum : float
    theta : float
        The quantile, less the minimum, that the form starts from: the low one where n is 1, the high one
        where n is -1, the median where n is 0.
    lam, delta : float
        Scale and bend. With n = 0 there is no bend (0), and lam is the lognormal's sigma.
    n : int
        Which way the logarithm leans: 1, 0 or -1.
    c : float
        Normal score of the high quantile.
    """

    minimum: float
    theta: float
    lam: float
    delta: float
    n: int
    c: float

    @classmethod
    def through(cls, low: float, best: float, high: float, *, minimum: float, confidence: float) -> JQPDS:
        """The one whose median is best, and whose central interval of that confidence is [low, high].

        Needs minimum < low < best < high.
        """
        c = float(ndtri((1 + confidence) / 2))
        below, above = _log_ratio(low, best, minimum), _log_ratio(best, high, minimum)
        n, bend = _lean(below, above)
        if n == 0:
            theta, lam, delta = best - minimum, (below + above) / (2 * c), 0.0
        else:
            delta = math.sinh(math.acosh(bend)) / c
            theta, lam = (low if n > 0 else high) - minimum, min(below, above) / (delta * c)
        return cls(minimum=minimum, theta=theta, lam=lam, delta=delta, n=n, c=c)

    @property
    def reach(self) -> Reach:
        """(minimum, inf); both tails are a lognormal's."""
        zero = zero_exponent(self.minimum, math.inf, at_low=math.inf, at_high=math.inf)
        return Reach(self.minimum, math.inf, zero)

    def from_score(self, z: Array) -> Array:
        """The form at normal scores z, same shape."""
        if self.n == 0:
            return self.minimum + self.theta * np.exp(self.lam * z)
        lean = math.asinh(self.n * self.c * self.delta)
        return self.minimum + self.theta * np.exp(self.lam * np.sinh(np.arcsinh(self.delta * z) + lean))

    def to_score(self, x: Array) -> Array:
        """The form's inverse; -inf at and below the minimum."""
        with np.errstate(divide="ignore"):
            scaled = np.log(np.maximum(x - self.minimum, 0.0) / self.theta) / self.lam
        if self.n == 0:
            return np.asarray(scaled)
        lean = math.asinh(self.n * self.c * self.delta)
        return np.asarray(np.sinh(np.arcsinh(scaled) - lean) / self.delta)


@dataclass(frozen=True, slots=True, kw_only=True)
class JQPDB(OfNormal):
    """J-QPD-B, on (minimum, maximum): minimum + (maximum - minimum)·Φ(xi + lam·sinh(delta·(z + n·c))).

    Attributes
    ----------
    minimum, maximum : float
    xi : float
        The normal score that the form starts from: the low one where n is 1, the high one where n is -1,
        the median's where n is 0.
    lam, delta : float
        Scale and bend. With n = 0 there is no bend (0): the form is Φ(xi + lam·z).
    n : int
        Which way the scores lean: 1, 0 or -1.
    c : float
        Normal score of the high quantile.
    """

    minimum: float
    maximum: float
    xi: float
    lam: float
    delta: float
    n: int
    c: float

    @classmethod
    def through(
        cls, low: float, best: float, high: float, *, minimum: float, maximum: float, confidence: float
    ) -> JQPDB:
        """The one whose median is best, and whose central interval of that confidence is [low, high].

        Needs minimum < low < best < high < maximum.
        """
        c = float(ndtri((1 + confidence) / 2))
        scores = [_bounded_score(x, minimum, maximum) for x in (low, best, high)]
        below, above = scores[1] - scores[0], scores[2] - scores[1]
        n, bend = _lean(below, above)
        if n == 0:
            xi, lam, delta = scores[1], (below + above) / (2 * c), 0.0
        else:
            delta = math.acosh(bend) / c
            xi, lam = scores[0] if n > 0 else scores[2], (below + above) / math.sinh(2 * delta * c)
        return cls(minimum=minimum, maximum=maximum, xi=xi, lam=lam, delta=delta, n=n, c=c)

    @property
    def reach(self) -> Reach:
        """(minimum, maximum).

        P(X within t of an end) falls as t^(1/lam²) where n is 0; with a bend, more slowly than any power
        of t, since sinh carries the score there exponentially fast: no moment of 1/X exists.
        """
        at_end = self.lam**-2 if self.n == 0 else 0.0
        zero = zero_exponent(self.minimum, self.maximum, at_low=at_end, at_high=at_end)
        return Reach(self.minimum, self.maximum, zero)

    def from_score(self, z: Array) -> Array:
        """The form at normal scores z, same shape."""
        bent = z if self.n == 0 else np.sinh(self.delta * (z + self.n * self.c))
        return self.minimum + (self.maximum - self.minimum) * ndtr(self.xi + self.lam * bent)

    def to_score(self, x: Array) -> Array:
        """The form's inverse; infinite outside the bounds."""
        within = np.clip((x - self.minimum) / (self.maximum - self.minimum), 0.0, 1.0)
        bent = (ndtri(within) - self.xi) / self.lam
        if self.n == 0:
            return np.asarray(bent)
        return np.asarray(np.arcsinh(bent) / self.delta - self.n * self.c)


def _log_ratio(x: float, y: float, minimum: float) -> float:
    """ln((y - minimum)/(x - minimum)), exact also where x and y are close."""
    return math.log1p((y - x) / (x - minimum))


def _bounded_score(x: float, minimum: float, maximum: float) -> float:
    """Φ⁻¹ of x's place between the bounds, counted from the nearer one."""
    width = maximum - minimum
    if x - minimum <= maximum - x:
        return float(ndtri((x - minimum) / width))
    return -float(ndtri((maximum - x) / width))


def _lean(below: float, above: float) -> tuple[int, float]:
    """n, and the hyperbolic cosine of the bend, of the distances from the median; 0 and 1 if equal."""
    bend = (below + above) / (2 * min(below, above))
    # A symmetric triple comes out bent by rounding, and J-QPD-B's ends would then count as another kind.
    return (0, 1.0) if bend - 1 < 1e-14 else (1 if above > below else -1, bend)
