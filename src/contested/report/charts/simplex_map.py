"""A map of what is linear in the weights of three sources: where it lies between levels, all straight lines.

A probability is linear in the weights. So is the pooled cdf at a value m, and the median is m where that is a
half: the lines of equal median are straight too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from contested.shapes.base import Array

CORNERS = np.eye(3)
_TOUCHING = 1e-9  # share of weight below which a piece is only an edge or a corner


@dataclass(frozen=True, slots=True)
class Level:
    """Where something linear is at most 0.

    Attributes
    ----------
    value : float
        Of the quantity that is mapped.
    excess : ndarray, shape (3,)
        What is linear, at the corners: above 0 where the quantity exceeds the value.
    """

    value: float
    excess: Array


@dataclass(frozen=True, slots=True)
class Band:
    """Where a quantity lies between two neighbouring levels, of which there are `count` bands.

    Attributes
    ----------
    corners : ndarray, shape (corner, 3)
        Shares of weight.
    """

    index: int
    corners: Array


@dataclass(frozen=True, slots=True)
class Line:
    """Where a quantity equals a level: from one edge to another.

    Attributes
    ----------
    ends : ndarray, shape (2, 3)
        Shares of weight.
    """

    value: float
    ends: Array


def bands(levels: Sequence[Level], within: Array) -> list[Band]:
    """The pieces of a convex polygon that the levels, which rise, part.

    Parameters
    ----------
    within : ndarray, shape (corner, 3)
    """
    found = []
    above = [within, *(half(within, -level.excess) for level in levels)]
    for index, piece in enumerate(above):
        kept = half(piece, levels[index].excess) if index < len(levels) else piece
        if _is_area(kept):
            found.append(Band(index, kept))
    return found


def lines(levels: Sequence[Level], within: Array) -> list[Line]:
    """The lines of equal value that cross a convex polygon."""
    found = []
    for level in levels:
        at = within @ level.excess
        crossings = [
            first + (second - first) * (a / (a - b))
            for (first, a), (second, b) in pairwise([*zip(within, at, strict=True), (within[0], at[0])])
            if a * b < 0
        ]
        crossings += [corner for corner, value in zip(within, at, strict=True) if value == 0]
        if len(crossings) == 2 and np.abs(crossings[0] - crossings[1]).max() > _TOUCHING:
            found.append(Line(level.value, np.stack(crossings)))
    return found


def distance(one: Line, other: Line) -> float:
    """How far the ends of two lines lie apart, in shares of weight: the farther of the two pairs of ends."""
    ways = (np.abs(one.ends - ends).max(axis=1) for ends in (other.ends, other.ends[::-1]))
    return float(min(way.max() for way in ways))


def half(polygon: Array, excess: Array) -> Array:
    """The part of a convex polygon where something linear is at most 0 (Sutherland & Hodgman 1974).

    Parameters
    ----------
    polygon : ndarray, shape (corner, 3)
        In order around it.
    excess : ndarray, shape (3,)
        What is linear, at the corners of the simplex.

    Returns
    -------
    ndarray, shape (corner, 3)
        With no corner where there is no such part.
    """
    at = polygon @ excess
    kept = []
    for index, (corner, value) in enumerate(zip(polygon, at, strict=True)):
        before, earlier = polygon[index - 1], at[index - 1]
        if value * earlier < 0:
            kept.append(before + (corner - before) * (earlier / (earlier - value)))
        if value <= 0:
            kept.append(corner)
    return np.array(kept).reshape(-1, 3)


def _is_area(polygon: Array) -> bool:
    if len(polygon) < 3:
        return False
    x, y = polygon[:, 0], polygon[:, 1]
    return bool(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2 > _TOUCHING)
