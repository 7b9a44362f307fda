"""Smooth functions of a normal score as tables: slow quantile functions made fast for many draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from contested.shapes.base import Array

INTERVALS = 1024
FARTHEST_SCORE = 8.25  # just past Φ⁻¹(1 - 2^-53)
LARGEST_ERROR = 1e-10

Smooth = Callable[[Array], tuple[Array, Array]]  # scores -> values and slopes, same shape

_PER_SCORE = INTERVALS / (2 * FARTHEST_SCORE)


@dataclass(frozen=True, slots=True, eq=False)
class ScoreTable:
    """Piecewise cubic with the values and slopes of a function at evenly spaced normal scores.

    Attributes
    ----------
    coefficients : tuple of four arrays, each of shape (intervals,)
        Of 1, t, t² and t³, with t from 0 to 1 along an interval.
    """

    coefficients: tuple[Array, Array, Array, Array]

    def __call__(self, z: Array) -> Array:
        """The function at scores, same shape; beyond the farthest score it stays as it is there."""
        along = (np.clip(z, -FARTHEST_SCORE, FARTHEST_SCORE) + FARTHEST_SCORE) * _PER_SCORE
        interval = np.minimum(along.astype(np.intp), INTERVALS - 1)
        t = along - interval
        constant, linear, square, cube = (each.take(interval) for each in self.coefficients)
        return np.asarray(constant + t * (linear + t * (square + t * cube)))


def tabulate(function: Smooth) -> ScoreTable | None:
    """A table of a function; None where it would be off by over LARGEST_ERROR or not finite.

    Parameters
    ----------
    function : callable
        From scores to values and slopes. Where the values are logarithms, the error is a relative one.
    """
    nodes = np.linspace(-FARTHEST_SCORE, FARTHEST_SCORE, INTERVALS + 1)
    between = (nodes[:-1:4] + nodes[1::4]) / 2
    with np.errstate(all="ignore"):
        values, slopes = function(nodes)
        checks = function(between)[0]
    if not (np.isfinite(values).all() and np.isfinite(slopes).all()):
        return None
    rises = np.diff(values)
    first, last = slopes[:-1] / _PER_SCORE, slopes[1:] / _PER_SCORE
    table = ScoreTable((values[:-1], first, 3 * rises - 2 * first - last, first + last - 2 * rises))
    error = np.abs(table(between) - checks).max()
    return table if error <= LARGEST_ERROR else None
