"""The two ways in which a shape is made from a coordinate: from its normal score, or from the uniform."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from scipy.special import ndtr, ndtri

from contested.shapes.base import Array, Coordinate, Reach


class OfNormal(ABC):
    """A rising transform of a standard normal: X = g(Z)."""

    __slots__ = ()

    @property
    @abstractmethod
    def reach(self) -> Reach: ...

    @abstractmethod
    def from_score(self, z: Array) -> Array:
        """Values g(z) at normal scores z, same shape."""

    @abstractmethod
    def to_score(self, x: Array) -> Array:
        """Normal scores of values x, same shape; infinite outside the support."""

    def at(self, coordinate: Coordinate) -> Array:
        """Values at a coordinate, same shape."""
        return self.from_score(coordinate.z)

    def ppf(self, p: float | Array) -> Array:
        """Quantiles at probabilities p in (0, 1), same shape."""
        return self.from_score(ndtri(np.asarray(p, dtype=np.float64)))

    def cdf(self, x: float | Array) -> Array:
        """P(X <= x), same shape as x."""
        return np.asarray(ndtr(self.to_score(np.asarray(x, dtype=np.float64))))


class OfUniform(ABC):
    """A shape whose quantile function takes the uniform itself."""

    __slots__ = ()

    @property
    @abstractmethod
    def reach(self) -> Reach: ...

    @abstractmethod
    def ppf(self, p: float | Array) -> Array:
        """Quantiles at probabilities p in (0, 1), same shape."""

    @abstractmethod
    def cdf(self, x: float | Array) -> Array:
        """P(X <= x), same shape as x."""

    def at(self, coordinate: Coordinate) -> Array:
        """Values at a coordinate, same shape."""
        return self.ppf(coordinate.u)


def zero_exponent(low: float, high: float, *, at_low: float, at_high: float) -> float:
    """Exponent of the density at 0, for `Reach.zero`, of a density that is positive between low and high.

    Parameters
    ----------
    low, high : float
        The support's ends.
    at_low, at_high : float
        The exponents a of the density at either end, f(end ± t) ~ c·t^(a-1).
    """
    if low < 0 < high:
        return 1.0
    if low == 0:
        return at_low
    return at_high if high == 0 else float("inf")
