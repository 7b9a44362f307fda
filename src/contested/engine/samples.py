"""Sorted draws of one quantity: highest-density sets of any weighting, with their Monte Carlo error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contested.engine.intervals import Bandwidth, HighestDensity, Piece, bandwidths
from contested.engine.precision import sectioning
from contested.engine.strata import Strata
from contested.shapes.base import Array


@dataclass(frozen=True, slots=True)
class Samples:
    """The draws of one quantity that count, in rising order.

    Attributes
    ----------
    by_replicate : sequence of sequence of ndarray
        By replicate and stratum.
    by_stratum : sequence of ndarray
        Of all replicates together.
    bandwidths : sequence of Bandwidth
        Of each stratum, from all replicates together.
    mass : ndarray, shape (replicate, stratum)
        Share of the worlds that counts.
    """

    by_replicate: Sequence[Sequence[Array]]
    by_stratum: Sequence[Array]
    bandwidths: Sequence[Bandwidth]
    mass: Array

    @classmethod
    def of(cls, strata: Strata) -> Samples:
        """Sort the draws of every stratum."""
        values = strata.samples()
        by_stratum = [_finite(np.sort(values[:, k], axis=None, kind="stable")) for k in range(strata.count)]
        by_replicate = [[_finite(sample) for sample in replicate] for replicate in values]
        return cls(by_replicate, by_stratum, bandwidths(by_stratum), strata.mass)

    def highest_density(
        self, weights: Array, levels: Sequence[float]
    ) -> list[tuple[list[Piece], tuple[float, float]]]:
        """For each level the pieces of the highest-density set, and the standard errors of its outer ends.

        Parameters
        ----------
        weights : ndarray, shape (stratum,)
        levels : sequence of float

        Notes
        -----
        The errors are by sectioning (method, section e), every replicate smoothed as the pooled draws are.
        """
        masses = weights * self.mass
        pooled = HighestDensity.of(self.by_stratum, _shares(masses.mean(axis=0)), self.bandwidths)
        each = [
            HighestDensity.of(samples, _shares(mass), self.bandwidths)
            for samples, mass in zip(self.by_replicate, masses, strict=True)
        ]
        found = []
        for level in levels:
            pieces = pooled.pieces(level)
            spread = [_ends(own.pieces(level)) for own in each]
            low, high = sectioning(spread, _ends(pieces)).tolist()
            found.append((pieces, (low, high)))
        return found


def _finite(sample: Array) -> Array:
    return np.asarray(sample[: np.searchsorted(sample, np.inf)])


def _shares(masses: Array) -> Array:
    """What each stratum gives of the whole; all 0 where there is nothing."""
    return np.asarray(masses / (masses.sum() or 1.0))


def _ends(pieces: Sequence[Piece]) -> tuple[float, float]:
    """The outer ends; nan where no world counts, so that an error from them is not known."""
    return (pieces[0].low, pieces[-1].high) if pieces else (math.nan, math.nan)
