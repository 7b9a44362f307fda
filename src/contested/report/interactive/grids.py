"""One law by strata, as the page needs it: lines through its draws, and what its replicates differ by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from contested.answers.distribution import Summary
from contested.engine.intervals import Piece
from contested.engine.samples import Samples
from contested.engine.stopping import interval_ends
from contested.language.nodes import Report, Rule
from contested.report.interactive.heights import Heights
from contested.report.interactive.knots import Ranks, knots, ranks_of
from contested.report.interactive.packing import bytes_of, floats, shorts
from contested.shapes.base import Array

# By how much of its size a line may miss a draw. 0.0005 would be half a unit of a third digit that is a 9.
MIXED = 4e-4
AVERAGED = 1e-4  # where probabilities too are read from the lines
ALONE = 1e-2  # in a law of one stratum, whose quantiles are kept as they are

_FLOOR = 0.1  # of half the central 90 %: nearer to 0 than that, the size is taken to be so much
_LARGEST = 127  # of a signed byte

# Levels at which each replicate's share of draws is kept; between them it is read off linearly.
LEVELS = (0.0, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grids:
    """The strata of one law.

    Attributes
    ----------
    samples : Samples
        The draws that count, of each.
    report : Report
        The levels and the kind of interval.
    rule : Rule
    summary : Summary or None
        What is said of it under the weights that the page opens with; None where nothing is.
    factor : float
        What values are multiplied by, above 0.
    refusals : sequence of (int, str)
        The strata, in the order in which they are asked, that leave the rule undefined beside any other with
        weight, and why.
    """

    samples: Samples
    report: Report
    rule: Rule
    summary: Summary | None
    factor: float = 1.0
    refusals: Sequence[tuple[int, str]] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it.

        `knots` counts those of each stratum; `steps` and `values` hold the steps from rank to rank, counted
        from 1, and the draws there, one stratum after another. `deviations` are in units of `deviation`, by
        stratum, replicate and level.
        """
        ordered = self.samples.by_stratum
        kept = [self._knots(sample) for sample in ordered]
        values = [self.factor * sample[own] for sample, own in zip(ordered, kept, strict=True)]
        return {
            "draws": [int(sample.size) for sample in ordered],
            "knots": [int(own.size) for own in kept],
            "steps": shorts(np.concatenate([np.diff(own, prepend=-1) for own in kept])),
            "values": floats(np.concatenate(values)),
            "grid": list(LEVELS),
            "replicates": len(self.samples.by_replicate),
            "mass": self.samples.mass.mean(axis=0).tolist(),
            "refusals": [list(refusal) for refusal in self.refusals],
            **self._deviations(),
            **self._heights(),
        }

    def _heights(self) -> dict[str, Any]:
        heights = Heights(self.samples, self.factor)
        if self.report.kind != "hdi":
            return heights.to_dict()
        return {**heights.to_dict(), "dense": {**heights.dense(), "errors": self._errors()}}

    def _errors(self) -> list[list[dict[str, Any]]]:
        """Of each level's set, its pieces with the errors of their ends, as shares of their widths."""
        if self.summary is None:
            return [[] for _ in self.report.levels]
        return [[_piece(piece) for piece in found.pieces] for found in self.summary.intervals]

    def _knots(self, sample: Array) -> Ranks:
        if sample.size == 0:
            return np.zeros(0, dtype=np.intp)
        low, high = sample[ranks_of((0.05, 0.95), sample.size)[:2]]
        levels = (0.5, *interval_ends(self.report.levels))
        thin = self.report.kind == "hdi" and sample[0] > 0  # its ends may lie far out in a tail
        floor = 0.0 if thin else _FLOOR * (high - low) / 2
        return knots(sample, self._tolerance, floor, ranks_of(levels, sample.size))

    @property
    def _tolerance(self) -> float:
        if len(self.samples.by_stratum) == 1 and self.report.kind != "hdi":
            return ALONE
        return MIXED if self.rule == "linear" else AVERAGED

    def _deviations(self) -> dict[str, Any]:
        """What each replicate's share of draws up to a level of a stratum is above that of all draws."""
        ordered = self.samples.by_stratum
        found = np.zeros((len(ordered), len(self.samples.by_replicate), len(LEVELS)))
        for stratum, sample in enumerate(ordered):
            if sample.size:
                at = sample[ranks_of(LEVELS, sample.size)[: len(LEVELS)]]
                shared = sample.searchsorted(at, side="right") / sample.size
                for replicate, parts in enumerate(self.samples.by_replicate):
                    own = parts[stratum]
                    found[stratum, replicate] = own.searchsorted(at, side="right") / max(own.size, 1) - shared
        unit = float(np.abs(found).max()) / _LARGEST
        return {"deviation": unit, "deviations": bytes_of(np.rint(found / (unit or 1.0)))}


def _piece(piece: Piece) -> dict[str, Any]:
    width = piece.high - piece.low or 1.0
    errors = (error / width for error in (piece.low_mcse, piece.high_mcse))
    known = [error if math.isfinite(error) else None for error in errors]
    return {"low": piece.low, "high": piece.high, "errors": known}
