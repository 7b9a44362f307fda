"""Sorted draws of one quantity: highest-density sets of any weighting, with their Monte Carlo error."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from contested.engine.intervals import Bandwidth, HighestDensity, Piece, bandwidths
from contested.engine.precision import sectioning
from contested.engine.strata import Strata
from contested.shapes.base import Array

_WIDER = math.sqrt(2)  # kernels that show what the smoothing does to an end


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

        A piece's own ends have errors of their own: those of the outer ends are as large as the distance to
        a small piece that is there in some replicates and not in others.

        Parameters
        ----------
        weights : ndarray, shape (stratum,)
        levels : sequence of float

        Notes
        -----
        Two parts, which are added as squares. By sectioning, what the draws leave open (method, section e):
        every replicate is smoothed as the pooled draws are, and so shares their smoothing error. What the
        smoothing leaves open: the step that the end of the pooled draws takes where all kernels are √2 times
        as wide. The density's smoothing error is of the fourth power of the width, so that the step is
        about three times the end's, and where the density is rough by what noise moves an end.

        Not covered: whether a dip as deep as those that part regions (`regions`) is found to part them, and
        an end beyond which fewer than some four draws of each replicate lie, where a density goes to 0.
        """
        masses = weights * self.mass
        shares = _shares(masses.mean(axis=0))
        pooled = HighestDensity.of(self.by_stratum, shares, self.bandwidths)
        smoother = HighestDensity.of(self.by_stratum, shares, [b.wider(_WIDER) for b in self.bandwidths])
        each = [
            HighestDensity.of(samples, _shares(mass), self.bandwidths)
            for samples, mass in zip(self.by_replicate, masses, strict=True)
        ]
        return [
            _measured(pooled.pieces(level), smoother.pieces(level), [own.pieces(level) for own in each])
            for level in levels
        ]


def _measured(
    pieces: Sequence[Piece], smoother: Sequence[Piece], each: Sequence[Sequence[Piece]]
) -> tuple[list[Piece], tuple[float, float]]:
    """One level's pieces with their errors, and those of the outer ends (`Samples.highest_density`)."""
    ends = np.array(_ends(pieces))
    outer = np.hypot(sectioning([_ends(own) for own in each], ends), ends - _ends(smoother))
    low, high = outer.tolist()
    found = []
    for index, piece in enumerate(pieces):
        own = np.array([piece.low, piece.high])
        drawn = _deviations([_counterpart(pieces, index, others) for others in each], own)
        step = np.nan_to_num(own - _counterpart(pieces, index, smoother))
        errors = np.where(np.isnan(drawn), outer, np.hypot(drawn, step)).tolist()
        found.append(replace(piece, low_mcse=errors[0], high_mcse=errors[1]))
    return found, (low, high)


def _counterpart(pieces: Sequence[Piece], index: int, others: Sequence[Piece]) -> tuple[float, float]:
    """A piece's ends in another set; nan where the piece is not there, or is one with the next."""
    met = [other for other in others if other.meets(pieces[index])]
    if not met:
        return math.nan, math.nan
    before = any(met[0].meets(piece) for piece in pieces[:index])
    after = any(met[-1].meets(piece) for piece in pieces[index + 1 :])
    return math.nan if before else met[0].low, math.nan if after else met[-1].high


def _deviations(replicates: Sequence[tuple[float, float]], pooled: Array) -> Array:
    """The errors by sectioning of two ends, over the replicates that have them; nan where fewer than two do.

    What such a replicate is off by on average, in squares, stands for those of the others too: the pooled
    draws are as many as all of them have.
    """
    squares = (np.array(replicates) - pooled) ** 2
    known = np.isfinite(squares)
    mean = np.where(known, squares, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.where(known.sum(axis=0) >= 2, np.sqrt(mean / (len(replicates) - 1)), np.nan)


def _finite(sample: Array) -> Array:
    return np.asarray(sample[: np.searchsorted(sample, np.inf)])


def _shares(masses: Array) -> Array:
    """What each stratum gives of the whole; all 0 where there is nothing."""
    return np.asarray(masses / (masses.sum() or 1.0))


def _ends(pieces: Sequence[Piece]) -> tuple[float, float]:
    """The outer ends; nan where no world counts, so that an error from them is not known."""
    return (pieces[0].low, pieces[-1].high) if pieces else (math.nan, math.nan)
