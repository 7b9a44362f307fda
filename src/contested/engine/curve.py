"""A law by its log density at evenly spaced places: its cdf and its quantiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from contested.shapes.base import Array

_RAREST = 1e-15  # probability beyond a place, below which it is taken to be this
_STEEPEST = 3.0  # slopes, in secants, up to which a cubic rises throughout (Fritsch & Carlson 1980)


@dataclass(frozen=True, slots=True)
class Curve:
    """Laws on the same places, a row each, by the normal scores of their cdfs: z with Φ(z) = F.

    A law that is normal in the coordinate of its places has scores on a line, so that between places a
    cubic of Hermite's, with the density for its slopes, errs by the fourth power of the step or less.

    Attributes
    ----------
    places : ndarray, shape (place,)
        In rising order.
    scores : ndarray, shape (row, place)
        Rising along each row.
    slopes : ndarray, shape (row, place)
        dz/dx, from the density.
    """

    places: Array
    scores: Array
    slopes: Array

    @classmethod
    def of(cls, places: Array, log_density: Array) -> Curve:
        """Normalise densities that need not be, and integrate them.

        Parameters
        ----------
        places : ndarray, shape (place,)
            Evenly spaced; the densities are with respect to these, and all but vanish beyond.
        log_density : ndarray, shape (row, place)
            Finite, up to a constant of each row.

        Notes
        -----
        The trapezoidal rule, whose error on a whole smooth law that vanishes at both ends is beyond every
        power of the step, with Euler and Maclaurin's first correction for the part up to a place.
        """
        density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
        step = places[1] - places[0]
        slope = density * np.gradient(log_density, step, axis=1)
        inner = np.cumsum(density, axis=1) - density / 2 - density[:, :1] / 2
        below = step * inner - step**2 / 12 * (slope - slope[:, :1])
        total = below[:, -1:]
        below = np.maximum.accumulate(below / total, axis=1)
        scores = np.where(
            below < 0.5, ndtri(np.maximum(below, _RAREST)), -ndtri(np.maximum(1 - below, _RAREST))
        )
        return cls(places, scores, density / total / _normal_density(scores))

    def quantiles(self, levels: Array) -> Array:
        """Quantiles at probabilities between 0 and 1: shape (row, level)."""
        sought = ndtri(levels)
        steepness = 1 / np.maximum(self.slopes, np.finfo(float).tiny)
        return _hermite(sought, self.scores, np.broadcast_to(self.places, self.scores.shape), steepness)

    def cdfs(self, x: Array) -> Array:
        """P(X <= x) at places in this coordinate: shape (row, x)."""
        inside = np.clip(x, self.places[0], self.places[-1])
        places = np.broadcast_to(self.places, self.scores.shape)
        scores = _hermite(inside, places, self.scores, self.slopes)
        return np.asarray(np.where(x < self.places[0], 0.0, np.where(x > self.places[-1], 1.0, ndtr(scores))))


def logarithmic_pool(log_densities: Array, weights: Array) -> Array:
    """log Π f_k^{w_k}, up to the constant that makes it a law's.

    Parameters
    ----------
    log_densities : ndarray, shape (stratum, …, place)
        With respect to one coordinate; any will do, for the weights sum to one, and the pool in one
        coordinate is then the pool in any other (method, section b2).
    weights : ndarray, shape (stratum,)
        They sum to one.

    Returns
    -------
    ndarray, shape (…, place)
    """
    total = np.zeros(log_densities.shape[1:])
    for weight, log_density in zip(weights, log_densities, strict=True):
        total += weight * log_density
    return total


def _hermite(at: Array, x: Array, y: Array, slopes: Array) -> Array:
    """In each row, the cubic through y with its slopes between each two of the rising x, kept from falling.

    Parameters
    ----------
    at : ndarray, shape (sought,)
    x, y, slopes : ndarray, shape (row, place)

    Returns
    -------
    ndarray, shape (row, sought)
    """
    place = np.stack([np.searchsorted(row, at, side="right") for row in x])
    place = np.minimum(np.maximum(place - 1, 0), x.shape[1] - 2)
    row = np.arange(len(x))[:, None]
    x0, y0 = x[row, place], y[row, place]
    width = np.maximum(x[row, place + 1] - x0, np.finfo(float).tiny)
    rise = y[row, place + 1] - y0
    first = np.minimum(slopes[row, place] * width, _STEEPEST * rise)
    last = np.minimum(slopes[row, place + 1] * width, _STEEPEST * rise)
    u = np.minimum(np.maximum((at - x0) / width, 0), 1)
    return np.asarray(y0 + u * (first + u * (3 * rise - 2 * first - last + u * (first + last - 2 * rise))))


def _normal_density(z: Array) -> Array:
    return np.asarray(np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))
