"""Shapes that are transforms of a normal: normal, lognormal, split lognormal, logit-normal."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, ndtr, ndtri

from contested.shapes.base import Array, Reach
from contested.shapes.transforms import OfNormal, OfUniform, zero_exponent


@dataclass(frozen=True, slots=True)
class Normal(OfNormal):
    """Normal of the given mean and standard deviation."""

    mean: float
    sd: float

    @property
    def reach(self) -> Reach:
        """The whole line."""
        return Reach(-math.inf, math.inf, zero=1.0)

    def from_score(self, z: Array) -> Array:
        """mean + sd·z."""
        return self.mean + self.sd * z

    def to_score(self, x: Array) -> Array:
        """(x - mean) / sd."""
        return (x - self.mean) / self.sd


@dataclass(frozen=True, slots=True)
class LogNormal(OfNormal):
    """exp of a normal of mean mu and standard deviation sigma."""

    mu: float
    sigma: float

    @property
    def reach(self) -> Reach:
        """(0, inf); at 0 the density vanishes faster than any power."""
        return Reach(0.0, math.inf)

    def from_score(self, z: Array) -> Array:
        """exp(mu + sigma·z)."""
        return np.exp(self.mu + self.sigma * z)

    def to_score(self, x: Array) -> Array:
        """(ln x - mu) / sigma."""
        return (_log(x) - self.mu) / self.sigma


@dataclass(frozen=True, slots=True)
class LogitNormal(OfNormal):
    """low + (high - low)·expit(N), with N normal of mean mu and standard deviation sigma."""

    mu: float
    sigma: float
    low: float
    high: float

    @property
    def reach(self) -> Reach:
        """(low, high); at both ends the density vanishes faster than any power."""
        zero = zero_exponent(self.low, self.high, at_low=math.inf, at_high=math.inf)
        return Reach(self.low, self.high, zero)

    def from_score(self, z: Array) -> Array:
        """low + (high - low)·expit(mu + sigma·z)."""
        return self.low + (self.high - self.low) * expit(self.mu + self.sigma * z)

    def to_score(self, x: Array) -> Array:
        """(ln((x - low)/(high - x)) - mu) / sigma."""
        return (_log(x - self.low) - _log(self.high - x) - self.mu) / self.sigma


@dataclass(frozen=True, slots=True)
class MedianSplitLogNormal(OfNormal):
    """Two half lognormals joined at the median exp(mu); the density jumps there by left/right (method, a).

    Attributes
    ----------
    mu : float
        Logarithm of the median.
    left, right : float
        Standard deviations of the logarithm below and above it.
    """

    mu: float
    left: float
    right: float

    @property
    def reach(self) -> Reach:
        """(0, inf); at 0 the density vanishes faster than any power."""
        return Reach(0.0, math.inf)

    def from_score(self, z: Array) -> Array:
        """exp(mu + left·z) below the median, exp(mu + right·z) above."""
        return np.exp(self.mu + np.where(z < 0, self.left, self.right) * z)

    def to_score(self, x: Array) -> Array:
        """Distance from mu in the logarithm, over the standard deviation of that side."""
        distance = _log(x) - self.mu
        return np.asarray(distance / np.where(distance < 0, self.left, self.right))


@dataclass(frozen=True, slots=True)
class ModeSplitLogNormal(OfUniform):
    """exp of a two-piece normal: the density of the logarithm is continuous, with its mode at mu.

    P(X < exp(mu)) = left / (left + right) (Fechner 1897; Wallis 2014, Statist. Sci. 29:106).

    Attributes
    ----------
    mu : float
        Mode of the logarithm.
    left, right : float
        Standard deviations of the two halves.
    """

    mu: float
    left: float
    right: float

    @property
    def reach(self) -> Reach:
        """(0, inf); at 0 the density vanishes faster than any power."""
        return Reach(0.0, math.inf)

    @property
    def below(self) -> float:
        """P(X < exp(mu))."""
        return self.left / (self.left + self.right)

    def ppf(self, p: float | Array) -> Array:
        """Each half's own normal quantile, rescaled to that half's probability."""
        p = np.asarray(p, dtype=np.float64)
        is_left = p < self.below
        tail = np.where(is_left, p / (2 * self.below), (1 - p) / (2 * (1 - self.below)))
        return np.exp(self.mu + np.where(is_left, self.left, -self.right) * ndtri(tail))

    def cdf(self, x: float | Array) -> Array:
        """P(X <= x), same shape as x."""
        distance = _log(np.asarray(x, dtype=np.float64)) - self.mu
        left = 2 * self.below * ndtr(np.minimum(distance, 0) / self.left)
        right = 1 - 2 * (1 - self.below) * ndtr(-np.maximum(distance, 0) / self.right)
        return np.where(distance < 0, left, right)


def _log(x: Array) -> Array:
    """ln x; -inf at and below 0, where the support has ended."""
    with np.errstate(divide="ignore"):
        return np.log(np.maximum(x, 0.0))
