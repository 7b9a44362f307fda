"""Metalog distributions of as many terms as quantiles (Keelin 2016, Decis. Anal. 13:243)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial import polynomial
from scipy.special import expit, logit

from contested.shapes.base import Array, FitError, Reach
from contested.shapes.transforms import OfUniform, zero_exponent

STEEPEST_LEAN = 1.66711311920  # |a3|/a2 of three terms below this: 1/max[(y - ½) + y(1 - y)·logit y]
FARTHEST_LOGIT = 37.0  # logit of the farthest coordinate a float can hold, 2^-53, rounded out


@dataclass(frozen=True, slots=True)
class Metalog(OfUniform):
    """M(y) = a1 + a2·L + a3·(y-½)·L + a4·(y-½) + a5·(y-½)² + a6·(y-½)²·L + …, L = logit y.

    M(y) is X itself; ln(X - low) with a lower bound, -ln(high - X) with an upper one, and
    ln((X - low)/(high - X)) with both.

    Attributes
    ----------
    terms : tuple of float
        a1, a2, …
    low, high : float or None
        Certain bounds.
    """

    terms: tuple[float, ...]
    low: float | None = None
    high: float | None = None

    @classmethod
    def through(
        cls, points: Sequence[tuple[float, float]], low: float | None = None, high: float | None = None
    ) -> Metalog:
        """The one of as many terms as points.

        Parameters
        ----------
        points : sequence of (probability, value)
            Two or more, rising in both, the values strictly inside the bounds.
        low, high : float, optional
            Certain bounds.

        Raises
        ------
        FitError
            The terms that these quantiles fix make a quantile function that falls somewhere.
        """
        p, x = np.array(points, dtype=np.float64).T
        open_form = cls((), low, high)
        basis, t = _basis(logit(p), len(p)), open_form._unbound(x)
        fitted = cls(tuple(np.linalg.solve(basis, t).tolist()), low, high)
        if len(p) == 3:
            fitted._check_lean(p, x, basis, t)
        else:
            fitted._check_rising()
        return fitted

    @property
    def reach(self) -> Reach:
        """From bound to bound; a tail that rises by s per unit of logit y falls off as a power 1/s."""
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        lower, upper = (_over(slope) for slope in self._end_slopes())
        tail = math.inf
        if self.low is not None and self.high is None:
            tail = upper
        elif self.high is not None and self.low is None:
            tail = lower
        return Reach(low, high, zero_exponent(low, high, at_low=lower, at_high=upper), tail)

    def ppf(self, p: float | Array) -> Array:
        """Quantiles at probabilities p in (0, 1), same shape."""
        p = np.asarray(p, dtype=np.float64)
        return self._bind(self._line(np.log(p) - np.log1p(-p)))

    def cdf(self, x: float | Array) -> Array:
        """P(X <= x), same shape as x: M is inverted by bisection in logit y."""
        t = self._unbound(np.asarray(x, dtype=np.float64))
        below = np.full(t.shape, -FARTHEST_LOGIT)
        above = np.full(t.shape, FARTHEST_LOGIT)
        for _ in range(60):
            middle = (below + above) / 2
            is_low = self._line(middle) <= t
            below, above = np.where(is_low, middle, below), np.where(is_low, above, middle)
        return np.asarray(np.where(np.isinf(t), t > 0, expit((below + above) / 2)), dtype=np.float64)

    def _line(self, at: Array) -> Array:
        """M at logits, same shape."""
        plain, by_logit = _polynomials(self.terms)
        c = expit(at) - 0.5
        return np.asarray(polynomial.polyval(c, plain) + polynomial.polyval(c, by_logit) * at)

    def _slope(self, at: Array) -> Array:
        """dM/dL at logits, same shape; its sign is that of the density."""
        plain, by_logit = _polynomials(self.terms)
        y, c = expit(at), expit(at) - 0.5
        inner = polynomial.polyval(c, polynomial.polyder(plain))
        inner = inner + polynomial.polyval(c, polynomial.polyder(by_logit)) * at
        return np.asarray(y * expit(-at) * inner + polynomial.polyval(c, by_logit))

    def _end_slopes(self) -> tuple[float, float]:
        """dM/dL towards y = 0 and y = 1."""
        by_logit = _polynomials(self.terms)[1]
        return float(polynomial.polyval(-0.5, by_logit)), float(polynomial.polyval(0.5, by_logit))

    def _unbound(self, x: Array) -> Array:
        """M's value at X = x, same shape; infinite on and beyond a bound."""
        with np.errstate(divide="ignore"):
            from_low = None if self.low is None else np.log(np.maximum(x - self.low, 0.0))
            from_high = None if self.high is None else np.log(np.maximum(self.high - x, 0.0))
        if from_low is None:
            return x if from_high is None else -from_high
        return from_low if from_high is None else from_low - from_high

    def _bind(self, t: Array) -> Array:
        """X where M is t, same shape."""
        if self.low is None:
            return t if self.high is None else self.high - np.exp(-t)
        return self.low + (np.exp(t) if self.high is None else (self.high - self.low) * expit(t))

    def _check_lean(self, p: Array, x: Array, basis: Array, t: Array) -> None:
        """Three terms rise everywhere iff |a3| < STEEPEST_LEAN·a2: exact, and linear in the middle value."""
        _, a2, a3 = self.terms
        if abs(a3) < STEEPEST_LEAN * a2:
            return
        by_ends = np.linalg.solve(basis, [t[0], 0.0, t[2]])
        by_middle = np.linalg.solve(basis, [0.0, 1.0, 0.0])
        limits = np.sort(
            [
                -(by_ends[2] + lean * by_ends[1]) / (by_middle[2] + lean * by_middle[1])
                for lean in (STEEPEST_LEAN, -STEEPEST_LEAN)
            ]
        )
        least, most = self._bind(limits)
        raise FitError(
            f"no metalog has these three quantiles: between {x[0]:g} and {x[2]:g} the {p[1]:g} quantile must "
            f"lie within {least:.4g} and {most:.4g} (got {x[1]:g}); or state low, best and high with shape "
            "jqpd-s or jqpd-b, which take any"
        )

    def _check_rising(self) -> None:
        """Find where the quantile function rises least, on a grid that is dense in the tails, then closer."""
        grid = np.linspace(-FARTHEST_LOGIT, FARTHEST_LOGIT, 1481)
        slope, where = min(self._least_slope(low, high) for low, high in _valleys(grid, self._slope(grid)))
        # Terms that cancel in exact arithmetic leave rounding errors of this size.
        if slope < -1e-13 * float(np.ptp(self._line(grid))):
            raise FitError(
                f"no metalog of {len(self.terms)} terms has these quantiles: it would fall near the "
                f"{expit(where):.3g} quantile; check them, give fewer, or name another shape"
            )

    def _least_slope(self, low: float, high: float) -> tuple[float, float]:
        """The least slope between two logits, and where."""
        for _ in range(6):
            grid = np.linspace(low, high, 33)
            slopes = self._slope(grid)
            i = int(np.argmin(slopes))
            low, high = grid[max(i - 1, 0)], grid[min(i + 1, 32)]
        return float(slopes[i]), float(grid[i])


def _basis(at: Array, terms: int) -> Array:
    """The terms' factors at logits; shape (len(at), terms)."""
    c = expit(at) - 0.5
    columns = [c**power * (at if with_logit else 1.0) for power, with_logit in map(_place, range(terms))]
    return np.column_stack(columns)


def _polynomials(terms: Sequence[float]) -> tuple[Array, Array]:
    """Coefficients, by power of y - ½, of the part of M without logit y and of its factor."""
    parts = np.zeros((2, max(2, (len(terms) + 1) // 2)))
    for j, term in enumerate(terms):
        power, with_logit = _place(j)
        parts[int(with_logit), power] = term
    return parts[0], parts[1]


def _place(j: int) -> tuple[int, bool]:
    """Power of y - ½ in term j (from 0), and whether logit y stands beside it."""
    if j < 4:
        return ((0, False), (0, True), (1, True), (1, False))[j]
    return j // 2, j % 2 == 1


def _valleys(grid: Array, values: Array) -> list[tuple[float, float]]:
    """Neighbours of each grid point at which the values are locally least; the first of a level stretch."""
    padded = np.concatenate([[math.inf], values, [math.inf]])
    lowest = np.flatnonzero((values < padded[:-2]) & (values <= padded[2:]))
    return list(
        zip(grid[np.maximum(lowest - 1, 0)], grid[np.minimum(lowest + 1, len(grid) - 1)], strict=True)
    )


def _over(slope: float) -> float:
    return 1 / slope if slope > 0 else math.inf
