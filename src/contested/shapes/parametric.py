"""Shapes taken from a uniform: uniform, triangular, beta and PERT, gamma, truncated normal; point, sample."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import (
    betainc,
    betainccinv,
    betaincinv,
    betaln,
    expit,
    gammainc,
    gammainccinv,
    gammaincinv,
    gammaln,
    ndtr,
    ndtri,
)

from contested.shapes.base import Array, Coordinate, Reach
from contested.shapes.tables import ScoreTable, tabulate
from contested.shapes.transforms import OfUniform, zero_exponent

FARTHEST_CUT = 30.0  # standard deviations from a parent's mean; Φ(-38) is no longer a normal float


@dataclass(frozen=True, slots=True)
class Point(OfUniform):
    """A number that is not in doubt."""

    value: float

    @property
    def reach(self) -> Reach:
        """The value alone; at 0 it divides nothing."""
        return Reach(self.value, self.value, zero=0.0 if self.value == 0 else math.inf)

    def ppf(self, p: float | Array) -> Array:
        """The value, in the shape of p."""
        return np.full(np.shape(p), self.value)

    def cdf(self, x: float | Array) -> Array:
        """1 from the value on."""
        return np.asarray(np.asarray(x) >= self.value, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Uniform(OfUniform):
    """Uniform between low and high."""

    low: float
    high: float

    @property
    def reach(self) -> Reach:
        """[low, high], of a density that is positive at both."""
        return Reach(self.low, self.high, zero_exponent(self.low, self.high, at_low=1.0, at_high=1.0))

    def ppf(self, p: float | Array) -> Array:
        """low + (high - low)·p."""
        return np.asarray(self.low + (self.high - self.low) * np.asarray(p, dtype=np.float64))

    def cdf(self, x: float | Array) -> Array:
        """(x - low) / (high - low), within 0 and 1."""
        return np.asarray(np.clip((np.asarray(x) - self.low) / (self.high - self.low), 0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Triangular(OfUniform):
    """Triangular between low and high, its peak at mode (JCGM 101:2008, 6.4.5)."""

    low: float
    mode: float
    high: float

    @property
    def reach(self) -> Reach:
        """[low, high]; the density rises linearly from an end, unless the mode is there."""
        at_low = 2.0 if self.mode > self.low else 1.0
        at_high = 2.0 if self.mode < self.high else 1.0
        return Reach(self.low, self.high, zero_exponent(self.low, self.high, at_low=at_low, at_high=at_high))

    def ppf(self, p: float | Array) -> Array:
        """Square roots from either end."""
        p = np.asarray(p, dtype=np.float64)
        width = self.high - self.low
        rising = self.low + np.sqrt(p * (width * (self.mode - self.low)))
        falling = self.high - np.sqrt((1 - p) * (width * (self.high - self.mode)))
        return np.where(p * width < self.mode - self.low, rising, falling)

    def cdf(self, x: float | Array) -> Array:
        """P(X <= x), same shape as x."""
        x = np.clip(np.asarray(x, dtype=np.float64), self.low, self.high)
        width = self.high - self.low
        # An end that holds the mode has no slope; its branch is never the one taken.
        rising = (x - self.low) ** 2 / (width * (self.mode - self.low or width))
        falling = 1 - (self.high - x) ** 2 / (width * (self.high - self.mode or width))
        return np.where(x < self.mode, rising, falling)


@dataclass(frozen=True, slots=True)
class Beta(OfUniform):
    """Beta(a, b) stretched over [low, high]."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0

    @classmethod
    def pert(cls, low: float, mode: float, high: float, weight: float = 4.0) -> Beta:
        """Modified PERT: a = 1 + weight·(mode - low)/(high - low), b likewise (Clark 1962; Vose 2008)."""
        width = high - low
        return cls(1 + weight * (mode - low) / width, 1 + weight * (high - mode) / width, low, high)

    @property
    def reach(self) -> Reach:
        """[low, high]; the exponents at the ends are a and b."""
        return Reach(self.low, self.high, zero_exponent(self.low, self.high, at_low=self.a, at_high=self.b))

    def at(self, coordinate: Coordinate) -> Array:
        """Values at a coordinate, same shape; from a table, many times faster than `ppf`."""
        table = _beta_table(self.a, self.b)
        if table is None:
            return self.ppf(coordinate.u)
        return np.asarray(self.low + (self.high - self.low) * expit(table(coordinate.z)))

    def ppf(self, p: float | Array) -> Array:
        """Inverse of the regularised incomplete beta function, stretched."""
        p = np.asarray(p, dtype=np.float64)
        return self.low + (self.high - self.low) * betaincinv(self.a, self.b, p)

    def cdf(self, x: float | Array) -> Array:
        """P(X <= x), same shape as x."""
        y = np.clip((np.asarray(x, dtype=np.float64) - self.low) / (self.high - self.low), 0.0, 1.0)
        return np.asarray(betainc(self.a, self.b, y))


@dataclass(frozen=True, slots=True)
class Gamma(OfUniform):
    """Gamma of the given shape k and scale: mean k·scale."""

    k: float
    scale: float

    @property
    def reach(self) -> Reach:
        """[0, inf); the exponent at 0 is k."""
        return Reach(0.0, math.inf, zero=self.k)

    def at(self, coordinate: Coordinate) -> Array:
        """Values at a coordinate, same shape; from a table, many times faster than `ppf`."""
        table = _gamma_table(self.k)
        if table is None:
            return self.ppf(coordinate.u)
        return np.asarray(self.scale * np.exp(table(coordinate.z)))

    def ppf(self, p: float | Array) -> Array:
        """Inverse of the regularised incomplete gamma function, scaled."""
        return np.asarray(self.scale * gammaincinv(self.k, np.asarray(p, dtype=np.float64)))

    def cdf(self, x: float | Array) -> Array:
        """P(X <= x), same shape as x."""
        with np.errstate(over="ignore"):
            return np.asarray(gammainc(self.k, np.maximum(x, 0.0) / self.scale))


@lru_cache(maxsize=256)
def _beta_table(a: float, b: float) -> ScoreTable | None:
    """The logit of a beta's quantile, by normal score."""

    def logit(z: Array) -> tuple[Array, Array]:
        # Each half from its own tail's probability, which near 1 would have lost its digits.
        p, is_low = ndtr(-np.abs(z)), z < 0
        near, far = np.where(is_low, a, b), np.where(is_low, b, a)
        log_tail, log_rest = np.log(betaincinv(near, far, p)), np.log(betainccinv(far, near, p))
        slope = np.exp(_log_density(z) + betaln(a, b) - near * log_tail - far * log_rest)
        return np.where(is_low, log_tail - log_rest, log_rest - log_tail), slope

    return tabulate(logit)


@lru_cache(maxsize=256)
def _gamma_table(k: float) -> ScoreTable | None:
    """The logarithm of a gamma's quantile, by normal score."""

    def log(z: Array) -> tuple[Array, Array]:
        p = ndtr(-np.abs(z))
        x = np.where(z < 0, gammaincinv(k, p), gammainccinv(k, p))
        return np.log(x), np.exp(_log_density(z) + gammaln(k) - k * np.log(x) + x)

    return tabulate(log)


def _log_density(z: Array) -> Array:
    """Of the standard normal."""
    return -(z * z + math.log(2 * math.pi)) / 2


@dataclass(frozen=True, slots=True)
class TruncatedNormal(OfUniform):
    """Normal conditioned on [low, high]; mean and sd are the parent's.

    A bound that cuts off the mean itself must lie within FARTHEST_CUT standard deviations of it, or the tail
    that is left is too thin for a float; fitting sees to it.
    """

    mean: float
    sd: float
    low: float = -math.inf
    high: float = math.inf

    @property
    def reach(self) -> Reach:
        """[low, high], of a density that is positive at both."""
        return Reach(self.low, self.high, zero_exponent(self.low, self.high, at_low=1.0, at_high=1.0))

    def ppf(self, p: float | Array) -> Array:
        """The parent's quantile at the probability that p stands for there."""
        p = np.asarray(p, dtype=np.float64)
        z = truncated_score(p, (self.low - self.mean) / self.sd, (self.high - self.mean) / self.sd)
        return np.clip(self.mean + self.sd * z, self.low, self.high)

    def cdf(self, x: float | Array) -> Array:
        """[Φ(z) - Φ(low)] / [Φ(high) - Φ(low)], same shape as x."""
        a, b = (self.low - self.mean) / self.sd, (self.high - self.mean) / self.sd
        z = np.clip((np.asarray(x, dtype=np.float64) - self.mean) / self.sd, a, b)
        if a > 0:
            return np.asarray((ndtr(-a) - ndtr(-z)) / (ndtr(-a) - ndtr(-b)))
        return np.asarray((ndtr(z) - ndtr(a)) / (ndtr(b) - ndtr(a)))


def truncated_score(p: float | Array, a: float, b: float) -> Array:
    """Quantiles of a standard normal conditioned on [a, b], same shape as p.

    An interval above 0 is counted from the upper tail, where its probability has full precision.
    """
    p = np.asarray(p, dtype=np.float64)
    if a > 0:
        return np.asarray(-ndtri((1 - p) * ndtr(-a) + p * ndtr(-b)))
    return np.asarray(ndtri((1 - p) * ndtr(a) + p * ndtr(b)))


@dataclass(frozen=True, slots=True, eq=False)
class Empirical(OfUniform):
    """A sample, as it stands.

    Attributes
    ----------
    values : array, shape (n,)
        Rising.
    """

    values: Array

    @property
    def reach(self) -> Reach:
        """From the least value to the greatest; a value of 0 divides nothing."""
        low, high = float(self.values[0]), float(self.values[-1])
        has_zero = low <= 0 <= high and bool(self.cdf(0.0) > self.cdf(math.nextafter(0, -1)))
        zero = 0.0 if has_zero else zero_exponent(low, high, at_low=1.0, at_high=1.0)
        return Reach(low, high, zero)

    def ppf(self, p: float | Array) -> Array:
        """inf{x: F(x) >= p}, with 1e-12 of tolerance in p."""
        n = len(self.values)
        rank = np.ceil((np.asarray(p, dtype=np.float64) - 1e-12) * n).astype(np.intp) - 1
        return self.values[np.clip(rank, 0, n - 1)]

    def cdf(self, x: float | Array) -> Array:
        """Share of the values that are <= x."""
        return np.asarray(np.searchsorted(self.values, x, side="right") / len(self.values))
