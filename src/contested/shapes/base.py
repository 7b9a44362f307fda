"""What makes a shape: a quantile function of one coordinate, a cdf, a support and two exponents."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from contested.errors import ContestedError

Array = NDArray[np.float64]

SMALLEST, LARGEST = float(np.finfo(np.float64).tiny), 1 - 2.0**-53  # what a coordinate's u lies between


class FitError(ContestedError):
    """Numbers that no distribution of the shape can honour: what was found, and the remedy."""


class Coordinate:
    """One coordinate of the worlds, as a uniform and as a standard normal; each made when first asked for.

    Shapes that are transforms of a normal (lognormal, J-QPD, …) take `z`, so that the normal score of a
    coordinate that several claims share is computed once.
    """

    __slots__ = ("_u", "_z")

    def __init__(self, u: Array | None = None, z: Array | None = None) -> None:
        if u is None and z is None:
            raise TypeError("a coordinate needs u or z")
        self._u, self._z = u, z

    @property
    def u(self) -> Array:
        """Uniform on (0, 1), never 0 or 1."""
        if self._u is None:
            assert self._z is not None
            # Φ rounds to 1 from z = 8.3 on, which correlated scores can pass.
            self._u = np.clip(ndtr(self._z), SMALLEST, LARGEST)
        return self._u

    @property
    def z(self) -> Array:
        """Standard normal."""
        if self._z is None:
            assert self._u is not None
            self._z = np.asarray(ndtri(self._u))
        return self._z


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a variable reaches, and how it thins out: what decides which moments of a ratio exist.

    Attributes
    ----------
    low, high : float
        The support's ends.
    zero : float
        If the support begins (or ends) at 0, the exponent a of the density there, f(y) ~ c·y^(a-1):
        E|1/Y|^m is finite iff m < a (method, section g). inf where the density vanishes faster than any
        power, as a lognormal's does, or where the support keeps away from 0. 1 where the density is
        positive on both sides of 0.
    tail : float
        E|Y|^m is finite for every m < tail; inf for all shapes but the log-metalog and the like.
    """

    low: float
    high: float
    zero: float = math.inf
    tail: float = math.inf


class Shape(Protocol):
    """A continuous distribution (or a point, or a sample), by its quantile function."""

    @property
    def reach(self) -> Reach: ...

    def at(self, coordinate: Coordinate) -> Array:
        """Values at a coordinate, same shape; non-decreasing in it."""
        ...

    def ppf(self, p: float | Array) -> Array:
        """Quantiles at probabilities p in (0, 1)."""
        ...

    def cdf(self, x: float | Array) -> Array:
        """P(X <= x)."""
        ...
