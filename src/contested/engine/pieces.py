"""Products of stretches of edges, in which the widest interval is sought, and how they are cut."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.shapes.base import Array

Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Region:
    """Where the widest interval of one level is sought: products of edges, one of each dispute.

    Attributes
    ----------
    level : float
    corners : sequence of ndarray, each of shape (corner, n)
        Of each dispute.
    edges : sequence of ndarray of integers, each of shape (edge, 2)
        Which of them an edge joins.
    """

    level: float
    corners: Sequence[Array]
    edges: Sequence[Places]


@dataclass(frozen=True, slots=True)
class Found:
    """The widest interval of a region: its ends, nan where no world counts, and its weights by dispute.

    No other of the region is wider than the bound.
    """

    low: float
    high: float
    weights: Sequence[Array]
    bound: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """Products of stretches of edges, each with its 2^B ends, B being the number of disputes.

    Attributes
    ----------
    region : ndarray of integers, shape (piece,)
    edge : ndarray of integers, shape (piece, dispute, 2)
        The corners that it joins, as numbered over all regions.
    stretch : ndarray, shape (piece, dispute, 2)
        From which share of the way along it to which.
    places : ndarray of integers, shape (piece, end, 2)
        Buckets of the lower and the upper quantile at the ends.
    outer : ndarray, shape (piece, end, 2)
        A value not above the lower, and one not below the upper; nan where no world counts.
    """

    region: Places
    edge: Places
    stretch: Array
    places: Places
    outer: Array

    @classmethod
    def joined(cls, parts: Sequence[Pieces]) -> Pieces:
        """All of several."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))

    def bounds(self) -> Array:
        """What no width in each piece exceeds; -inf where no world counts."""
        most = np.fmax.reduce(self.outer[..., 1], axis=1) - np.fmin.reduce(self.outer[..., 0], axis=1)
        return np.where(np.isnan(most), -np.inf, most)

    def only(self, which: NDArray[np.bool_]) -> Pieces:
        """Some of them."""
        return Pieces(*(getattr(self, name)[which] for name in self.__slots__))

    def changes(self) -> Array:
        """How much the quantiles change along each dispute, shape (piece, dispute); inf where unknown."""
        count, disputes = self.stretch.shape[:2]
        cube = self.outer.reshape(count, *[2] * disputes, 2)
        steps = [np.abs(np.diff(cube, axis=1 + along)) for along in range(disputes)]
        found = np.stack([step.reshape(count, -1, 2).max(axis=1).sum(axis=1) for step in steps], axis=1)
        return np.where(np.isnan(found), np.inf, found)


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut of a piece along one dispute.

    Attributes
    ----------
    shares : ndarray, shape (point, dispute)
        The ends of all parts, as shares of the piece's stretches.
    ends : ndarray of integers, shape (part, end)
        Which of them are the ends of each part, the last dispute's fastest.
    """

    shares: Array
    ends: Places

    @classmethod
    def of(cls, disputes: int, along: int, parts: int) -> Cut:
        """Along one of some disputes, in equal parts; one part is the piece as it is."""
        counts = [parts + 1 if place == along else 2 for place in range(disputes)]
        points = np.indices(counts).reshape(disputes, -1).T
        corners = np.array(list(itertools.product((0, 1), repeat=disputes)))
        steps = np.arange(parts)[:, None, None] * (np.arange(disputes) == along)
        ends = np.ravel_multi_index(tuple(np.moveaxis(corners + steps, -1, 0)), counts)
        return cls(points / (np.array(counts) - 1), ends)

    def points(self, stretch: Array) -> Array:
        """The ends of all parts, as shares of the whole edges: shape (piece, point, dispute)."""
        return np.asarray(stretch[:, None, :, 0] + (stretch[..., 1] - stretch[..., 0])[:, None] * self.shares)
