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
        return np.stack([
            _hermite(sought, scores, self.places, 1 / np.maximum(slopes, np.finfo(float).tiny))
            for scores, slopes in zip(self.scores, self.slopes, strict=True)
        ])  # fmt: skip

    def cdfs(self, x: Array) -> Array:
        """P(X <= x) at places in this coordinate: shape (row, x)."""
        inside = np.clip(x, self.places[0], self.places[-1])
        scores = np.stack([
            _hermite(inside, self.places, scores, slopes)
            for scores, slopes in zip(self.scores, self.slopes, strict=True)
        ])  # fmt: skip
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
    """The cubic through y with its slopes between each two of the rising x, kept from falling."""
    place = np.clip(np.searchsorted(x, at, side="right") - 1, 0, x.size - 2)
    width = np.maximum(x[place + 1] - x[place], np.finfo(float).tiny)
    rise = y[place + 1] - y[place]
    first = np.minimum(slopes[place] * width, _STEEPEST * rise)
    last = np.minimum(slopes[place + 1] * width, _STEEPEST * rise)
    u = np.clip((at - x[place]) / width, 0, 1)
    return np.asarray(
        y[place] + u * (first + u * (3 * rise - 2 * first - last + u * (first + last - 2 * rise)))
    )


def _normal_density(z: Array) -> Array:
    return np.asarray(np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi))
