"""Where a probability crosses a level on the way from one weighting to another: all places, with error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from contested.engine.precision import sectioning
from contested.shapes.base import Array

_ROUNDING = 1e-13  # of the sizes summed: below, a difference is rounding and no difference
_LAST_BITS = 1e-15  # of the sizes summed: closer to nought no value can be told to be
_MOST_STEPS = 200  # of a search that ends long before

Polynomial = Sequence[float]  # coefficients of λ⁰, λ¹, …


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Where a probability takes one level.

    Attributes
    ----------
    level : float
    roots : tuple of float
        Every share of the way, from 0 to 1, in rising order; none where it is never taken.
    mcse : tuple of float
        Of each root, its Monte Carlo standard error; inf where the probability only touches the level.
    nearest : float
        The probability nearest to the level on the way: the level itself where it is taken.
    """

    level: float
    roots: tuple[float, ...]
    mcse: tuple[float, ...]
    nearest: float


def crossings(coefficients: Array, levels: Sequence[float]) -> tuple[Crossing, ...]:
    """Where a probability crosses each of some levels.

    Parameters
    ----------
    coefficients : ndarray, shape (replicate, degree + 1)
        Of λ⁰, λ¹, … on [0, 1], by replicate; crossed is the mean of them.
    levels : sequence of float

    Notes
    -----
    All real roots (method, section i): there may be several, of which bisection over [0, 1] sees one or
    none. Between the turning points of a polynomial, found in the same way from its derivative, each change
    of sign holds one root; a turning point or an end on the level is a root itself. The standard error is
    se(P) / |dP/dλ| at the root, se(P) by sectioning.
    """
    pooled = _trimmed(coefficients.mean(axis=0).tolist())
    nodes = _nodes(pooled)
    return tuple(_crossing(coefficients, pooled, nodes, level) for level in levels)


def _crossing(coefficients: Array, pooled: Polynomial, nodes: Sequence[float], level: float) -> Crossing:
    shifted = [pooled[0] - level, *pooled[1:]]
    roots = _between(shifted, nodes, _size(pooled) + abs(level)) if len(pooled) > 1 else []
    reached = (_value(pooled, node) for node in nodes)
    return Crossing(
        level=level,
        roots=tuple(roots),
        mcse=tuple(_error(coefficients, pooled, root) for root in roots),
        nearest=level if roots else min(reached, key=lambda p: abs(p - level)),
    )


def _error(coefficients: Array, pooled: Polynomial, root: float) -> float:
    slope = abs(_value(_derivative(pooled), root))
    if slope <= _ROUNDING * _size(pooled):
        return math.inf
    each = (coefficients * root ** np.arange(coefficients.shape[1])).sum(axis=1)
    return float(sectioning(each, each.mean())) / slope


def _nodes(polynomial: Polynomial) -> list[float]:
    """Both ends of [0, 1] and, between them, the points at which a polynomial may turn."""
    if len(polynomial) <= 2:
        return [0.0, 1.0]
    slope = _trimmed(_derivative(polynomial))
    return sorted({0.0, *_between(slope, _nodes(slope), _size(slope)), 1.0})


def _between(polynomial: Polynomial, nodes: Sequence[float], size: float) -> list[float]:
    """All roots on [0, 1] of a polynomial that is monotone between its nodes, in rising order.

    `size` is that of the numbers it was computed from, by which rounding is known.
    """
    nought = _ROUNDING * size
    if len(polynomial) == 2:
        return _of_line(polynomial[0], polynomial[1], nought)
    values = [_value(polynomial, node) for node in nodes]
    roots = [node for node, value in zip(nodes, values, strict=True) if abs(value) <= nought]
    for (low, at_low), (high, at_high) in pairwise(zip(nodes, values, strict=True)):
        if min(abs(at_low), abs(at_high)) > nought and (at_low > 0) != (at_high > 0):
            roots.append(_inside(polynomial, low, high, rising=at_high > 0))
    return sorted(roots)


def _of_line(constant: float, slope: float, nought: float) -> list[float]:
    root = min(max(-constant / slope, 0.0), 1.0)
    return [root] if abs(constant + slope * root) <= nought else []


def _inside(polynomial: Polynomial, low: float, high: float, *, rising: bool) -> float:
    """The one root between two points of unlike sign: Newton's steps, and halving where they leave."""
    slope, exact = _derivative(polynomial), _LAST_BITS * _size(polynomial)
    root = (low + high) / 2
    for _ in range(_MOST_STEPS):
        value = _value(polynomial, root)
        if abs(value) <= exact:
            break
        low, high = (low, root) if (value > 0) == rising else (root, high)
        steepness = _value(slope, root)
        following = root - value / steepness if steepness else low
        root = following if low < following < high else (low + high) / 2
    return root


def _value(polynomial: Polynomial, at: float) -> float:
    """By Horner's rule."""
    found = 0.0
    for coefficient in reversed(polynomial):
        found = found * at + coefficient
    return found


def _derivative(polynomial: Polynomial) -> list[float]:
    return [power * coefficient for power, coefficient in enumerate(polynomial)][1:]


def _trimmed(polynomial: list[float]) -> list[float]:
    """Without leading coefficients that are nothing but rounding."""
    nought = _ROUNDING * _size(polynomial)
    degree = max((power for power, c in enumerate(polynomial) if abs(c) > nought), default=0)
    return polynomial[: degree + 1]


def _size(polynomial: Polynomial) -> float:
    return sum(map(abs, polynomial))
