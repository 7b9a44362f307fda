"""Densities of strata that are known by their draws, from the normal scores of their cdfs.

On an axis that takes a law's support to the whole line, the normal score z of its cdf is a smooth function
of the place, a line if the law is normal there. Through z at some order statistics runs a monotone cubic,
and the density is φ(z) dz/dt. Beyond the outermost of them z is linear.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, ndtr, ndtri

from contested.engine.order_statistics import OrderStatistics, Used
from contested.shapes.base import Array

_OUTERMOST = 2.5  # draws of a row beyond the outermost order statistics that are used
_SPACING = 0.25  # of their normal scores, at most
_SAME = 1e-12  # relative distance of values that differ by rounding alone
_STEEPEST = 2.5  # of a cubic's slopes, in secants: below 3, so that dz/dt stays above 0 (Fritsch & Carlson)


@dataclass(frozen=True, slots=True)
class Axis:
    """A coordinate that takes a support to the whole line.

    Attributes
    ----------
    low, high : float
        The support's ends, either of which may be infinite.
    """

    low: float
    high: float

    def to(self, x: Array) -> Array:
        """From values within the support to the line: logarithms of the distances to its finite ends."""
        if self.low == -math.inf and self.high == math.inf:
            return x
        above = np.log(x - self.low) if self.low > -math.inf else 0.0
        below = np.log(self.high - x) if self.high < math.inf else 0.0
        return np.asarray(above - below)

    def back(self, t: Array) -> Array:
        """From the line to values within the support."""
        if self.low == -math.inf and self.high == math.inf:
            return t
        if self.high == math.inf:
            return np.asarray(self.low + np.exp(t))
        if self.low == -math.inf:
            return np.asarray(self.high - np.exp(-t))
        return np.asarray(self.low + (self.high - self.low) * expit(t))

    def inside(self, x: Array) -> Array:
        """Values kept from the ends of the support, which rounding may take them to."""
        return np.clip(x, np.nextafter(self.low, math.inf), np.nextafter(self.high, -math.inf))

    def log_slope(self, x: Array) -> Array:
        """log dt/dx."""
        if self.low == -math.inf and self.high == math.inf:
            return np.zeros(x.shape)
        above = 1 / (x - self.low) if self.low > -math.inf else 0.0
        below = 1 / (self.high - x) if self.high < math.inf else 0.0
        return np.log(above + below)


@dataclass(frozen=True, slots=True)
class Scores:
    """Normal scores of one stratum's cdf along its axis, in rows that stand by themselves.

    Attributes
    ----------
    axis : Axis
    z : ndarray, shape (knot,)
        Evenly spaced.
    knots : ndarray, shape (row, knot)
        Where on the axis the cdf has these scores; rising.
    slopes : ndarray, shape (row, knot)
        dz/dt there.
    """

    axis: Axis
    z: Array
    knots: Array
    slopes: Array

    @classmethod
    def of(cls, axis: Axis, z: Array, quantiles: Array) -> Scores | None:
        """All draws' scores, in the first row, and each replicate's.

        Parameters
        ----------
        z : ndarray, shape (knot,)
        quantiles : ndarray, shape (replicate, knot)
            The values at which each replicate's cdf has these scores.

        Returns
        -------
        Scores, or None where two of a replicate's values are one, or lie at an end of the support.

        Notes
        -----
        All draws' knots are the means of the replicates', not quantiles of all draws together: the points
        of a net lie one in each n-th part, so that the mean of sixteen nets' order statistics is far nearer
        than the middle one of sixteen points that lie in one part as they please, and its error is what
        sectioning takes it for.
        """
        with np.errstate(all="ignore"):
            knots = axis.to(quantiles)
            apart = np.diff(quantiles, axis=1) > _SAME * np.abs(quantiles[:, 1:])
        if not (apart.all() and np.isfinite(knots).all() and np.all(np.diff(knots, axis=1) > 0)):
            return None
        rows = np.concatenate([knots.mean(axis=0, keepdims=True), knots])
        return cls(axis, z, rows, _slopes(rows, z[1] - z[0]))

    def place(self, score: float) -> float:
        """The value at which all draws' cdf has a score beyond the outermost knots."""
        end = 0 if score < 0 else -1
        return float(self.axis.back(self.knots[0, end] + (score - self.z[end]) / self.slopes[0, end]))

    def log_density(self, places: Array, axis: Axis) -> Array:
        """log of φ(z) dz/ds, but for a constant, at places s along any axis: shape (row, place)."""
        x = axis.inside(axis.back(places))
        t = places if axis == self.axis else self.axis.to(x)
        z, slope = _cubic(t, self.knots, self.z, self.slopes)
        turned = 0.0 if axis == self.axis else self.axis.log_slope(x) - axis.log_slope(x)
        return np.asarray(np.log(slope) - z**2 / 2 + turned)


def knots_of(ordered: OrderStatistics, used: Used) -> tuple[Array, Array]:
    """Evenly spaced normal scores, and each stratum's quantiles there.

    Returns
    -------
    z : ndarray, shape (knot,)
    quantiles : ndarray, shape (used, row, knot)
    """
    outermost = float(-ndtri(_OUTERMOST / ordered.kept[:, used].min()))
    number = math.ceil(outermost / _SPACING)
    z = np.linspace(-outermost, outermost, 2 * number + 1)
    return z, np.swapaxes(ordered.smooth_quantile(ndtr(z), used), 0, 1)


def _slopes(knots: Array, step: float) -> Array:
    """dz/dt from differences of the evenly scored knots, of fourth order inside, kept where a cubic rises."""
    speed = np.gradient(knots, step, axis=1, edge_order=2)  # dt/dz
    speed[:, 2:-2] = (8 * (knots[:, 3:-1] - knots[:, 1:-3]) - (knots[:, 4:] - knots[:, :-4])) / (12 * step)
    secants = np.pad(np.diff(knots, axis=1) / step, ((0, 0), (1, 1)), mode="edge")
    largest = np.maximum(secants[:, :-1], secants[:, 1:])
    return np.asarray(1 / np.clip(speed, largest / _STEEPEST, largest * _STEEPEST))


def _cubic(t: Array, knots: Array, z: Array, slopes: Array) -> tuple[Array, Array]:
    """z and dz/dt at places along the axis: cubics of Hermite's between knots, lines beyond them; by row."""
    at = np.stack([np.searchsorted(own, t, side="right") for own in knots])
    at = np.minimum(np.maximum(at - 1, 0), knots.shape[1] - 2)
    row = np.arange(len(knots))[:, None]
    start = knots[row, at]
    width = knots[row, at + 1] - start
    inside = np.minimum(np.maximum(t, knots[:, :1]), knots[:, -1:])
    u = (inside - start) / width
    step = z[1] - z[0]
    first, last = slopes[row, at] * width, slopes[row, at + 1] * width
    bend, twist = 3 * step - 2 * first - last, first + last - 2 * step
    slope = (first + u * (2 * bend + 3 * u * twist)) / width
    return z[at] + u * (first + u * (bend + u * twist)) + slope * (t - inside), slope
