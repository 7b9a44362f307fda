"""Densities of one law's strata: as they are drawn, and as sets of highest density are sought in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.engine.density import Bandwidth, LinearPool
from contested.engine.intervals import HighestDensity, Piece
from contested.engine.regions import places_among
from contested.engine.samples import Samples
from contested.report.charts.axes import Axis
from contested.report.charts.theme import WIDE
from contested.report.interactive.packing import floats, shorts, wholes
from contested.shapes.base import Array

_BEYOND = 0.001  # of a stratum on either side, beyond what is drawn
_MARGIN = 0.1  # of a single value, to either side of it
_ROOM = 0.02  # of the axis, beyond its ends
_POINTS = 160  # at which a density is drawn, and at edges
_WIDER = 2.0  # so many times as wide as where sets are sought are the kernels of what is drawn
_ATOM = 0.01  # of a stratum, from which on one value may be an atom of the pool
_SAME = 1e-12  # relative distance of values that differ by rounding alone
_LARGEST = 65_535  # of sixteen bits
_NONE = np.empty(0)
_ROOMY = 1.5  # so many times as wide as they are, ticks' labels have room
_OVERHANG = 4  # pixels by which a tick’s label may reach beyond the axis: what lies about it in the page
TICKED = range(160, 961, 80)  # widths of the axis, in pixels, that ticks are given for


@dataclass(frozen=True)
class Heights:
    """The densities of the strata of one law.

    Attributes
    ----------
    samples : Samples
    factor : float
        What values are multiplied by, above 0.
    """

    samples: Samples
    factor: float

    def to_dict(self) -> dict[str, Any]:
        """As they are drawn.

        `ticks` are for an axis of each of the `TICKED` widths. `places` are on the axis, of the logarithm
        where all draws are positive; heights of a stratum are per unit of it, and in units of `height`.
        """
        values, places = self._places()
        per_unit = values if self.logarithmic else 1 / self.factor
        return {
            "logarithmic": self.logarithmic,
            "ends": places[[0, -1]].tolist(),
            "ticks": _ticks(self.factor * values[[0, -1]], logarithmic=self.logarithmic),
            "places": floats(places),
            **_scaled([density * per_unit for density in self._at(values, _WIDER)]),
            "atoms": [[[a.low * self.factor, a.mass] for a in own] for own, _ in self._parted],
        }

    @cached_property
    def logarithmic(self) -> bool:
        """Whether all draws are positive."""
        return all(sample.size == 0 or sample[0] > 0 for sample in self.samples.by_stratum)

    def _places(self) -> tuple[Array, Array]:
        """Where densities are drawn: values, and their places on the axis.

        Evenly spaced, and two right beside each other where a stratum's density begins or ends at once.
        """
        low, high = self._ends
        evenly = np.linspace(low, high, _POINTS)
        values = np.exp(evenly) if self.logarithmic else evenly
        edges = np.concatenate(
            [_NONE, *(part.edges() for _, rest in self._parted for part in rest.components)]
        )
        values = np.union1d(values, edges[(values[0] < edges) & (edges < values[-1])])
        return values, np.log(self.factor * values) if self.logarithmic else self.factor * values

    @property
    def _ends(self) -> tuple[float, float]:
        """Ends of the axis, on its scale."""
        drawn = [sample for sample in self.samples.by_stratum if sample.size]
        low = min(float(sample[math.floor(_BEYOND * (s := sample.size))]) for sample in drawn)
        high = max(float(sample[math.ceil((1 - _BEYOND) * s) - 1]) for sample in drawn if (s := sample.size))
        if low == high:
            low, high = low - _MARGIN * (abs(low) or 1), high + _MARGIN * (abs(high) or 1)
        ends = (math.log(low), math.log(high)) if self.logarithmic else (low, high)
        margin = _ROOM * (ends[1] - ends[0])
        return ends[0] - margin, ends[1] + margin

    @cached_property
    def _parted(self) -> Sequence[tuple[Sequence[Piece], LinearPool]]:
        """Each stratum's atoms, and what else it holds."""
        return [
            _parted(sample, bandwidth)
            for sample, bandwidth in zip(self.samples.by_stratum, self.samples.bandwidths, strict=True)
        ]

    def _at(self, places: Array, wider: float = 1.0) -> list[Array]:
        """Each stratum's density, without its atoms, per unit of the value before it is multiplied."""
        return [_widened(rest, wider).density(places)[0] for _, rest in self._parted]

    def dense(self) -> dict[str, Any]:
        """What sets of highest density are sought by, without atoms: places where a run takes densities, and
        of each stratum there

        - `heights`, densities per unit of the value;
        - how many of the `smooth` draws lie up to a place, as steps from place to place: `ranks`;
        - which places are draws: `ties`, steps along all of the strata's places, and how many draws each is;

        and the half-widths of its kernel.
        """
        samples = [rest.components[0].sample if rest.components else _NONE for _, rest in self._parted]
        drawn = [sample for sample in samples if sample.size]
        places = places_among(drawn) if drawn else _NONE
        single, kept = _single(places, drawn, self.factor)
        at = places[kept]
        upto = np.stack([sample.searchsorted(at, side="right") for sample in samples])
        tied = (upto - [sample.searchsorted(at) for sample in samples]).ravel()
        ties = np.flatnonzero(tied)
        return {
            "places": floats(single),
            "smooth": [int(sample.size) for sample in samples],
            "ranks": wholes(np.diff(upto, prepend=0)),
            "ties": [wholes(np.diff(ties, prepend=0)), wholes(tied[ties])],
            "heights": floats(np.concatenate(self._at(at)) / self.factor),
            "bandwidths": [
                [b.half_width * (1 if b.logarithmic else self.factor), b.logarithmic]
                for b in self.samples.bandwidths
            ],
        }


def _ticks(ends: Array, *, logarithmic: bool) -> list[list[float]]:
    """For an axis of each width: those with room about them, or if these are but two, as many as fit."""
    low, high = ends.tolist()
    axis = Axis(low=low, high=high, logarithmic=logarithmic, left=0, right=0, overhang=_OVERHANG)
    axes = [replace(axis, right=width) for width in TICKED]
    roomy = [own.ticks(_ROOMY * WIDE.small) for own in axes]
    return [
        found if len(found) > 2 else own.ticks(WIDE.small) for own, found in zip(axes, roomy, strict=True)
    ]


def _parted(sample: Array, bandwidth: Bandwidth) -> tuple[Sequence[Piece], LinearPool]:
    if sample.size == 0:
        return [], LinearPool(())
    span = min(max(math.ceil(_ATOM * sample.size), 2), sample.size) - 1
    tied = sample[span:] - sample[: sample.size - span] <= _SAME * np.abs(sample[: sample.size - span])
    if not tied.any():
        return [], LinearPool.of([sample], [1.0], [bandwidth])
    found = HighestDensity.of([sample], [1.0], [bandwidth])
    return found.atoms, found.modes.pool if found.modes else LinearPool(())


def _widened(pool: LinearPool, factor: float) -> LinearPool:
    return LinearPool(tuple(replace(c, bandwidth=c.bandwidth.wider(factor)) for c in pool.components))


def _single(
    places: Array, samples: Sequence[Array], factor: float
) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """Rising places times a factor in single precision, those right outside a sample outside it still; and
    which are kept, of those that have become the same the first.
    """
    found = (factor * places).astype(np.float32)
    beyond = np.array([-np.inf, np.inf], dtype=np.float32)
    for ends in (sample[[0, -1]] for sample in samples):
        outside = places.searchsorted(np.nextafter(ends, beyond))
        found[outside] = np.nextafter((factor * ends).astype(np.float32), beyond)
    found = np.maximum.accumulate(found)
    return found[kept := np.unique(found, return_index=True)[1]], kept


def _scaled(heights: Sequence[Array]) -> dict[str, Any]:
    most = [float(own.max(initial=0.0)) for own in heights]
    whole = [np.rint(_LARGEST * own / (top or 1.0)) for own, top in zip(heights, most, strict=True)]
    return {"height": [top / _LARGEST for top in most], "heights": shorts(np.concatenate(whole))}
