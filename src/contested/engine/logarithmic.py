"""The logarithmic pool of strata that are known by their draws: f ∝ Π f_k^{w_k} (method, section b2).

Each replicate is treated as all draws are, on the same places, so that sectioning shows what the draws
leave open.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from contested.engine.curve import Curve, logarithmic_pool
from contested.engine.order_statistics import OrderStatistics
from contested.engine.pooling import Law, RulePool
from contested.engine.scores import Axis, Scores, knots_of
from contested.shapes.base import Array

_PLACES = 257  # where the pool is taken: a twelfth of the narrowest stratum's sd apart, or less
_FARTHEST = 10.0  # normal score of every stratum up to which the pool is looked for
_LUMP = 0.01  # mass of a single value beyond which a law has no density
_DRAWN = 5  # draws beyond which a stratum's density is told, on either side
_SAME = 1e-12  # relative distance of values that differ by rounding alone
_NEGLIGIBLE = 12.0  # in the logarithm of a density, below its peak
_CENTRAL = np.array([0.05, 0.95])  # where the pool must not rest on tails that no draw shows …
_EXTRAPOLATED = 0.5  # … by more than this, in the logarithm of its density


@dataclass(frozen=True)
class LogarithmicPool(RulePool):
    """Densities multiplied, each to the power of its weight.

    Undefined where supports do not meet, where a stratum has no density, and where the pool would rest on
    tails that no draw shows: where its central 90 % reaches beyond a stratum's draws, that stratum's part in
    the logarithm of its density must not change by more than 0.5 on the way.
    """

    _known: dict[bytes, Densities | str] = field(default_factory=dict, repr=False)
    _told: dict[int, Told | None] = field(default_factory=dict, repr=False)

    def pooled(self, used: NDArray[np.intp], weights: Array) -> Law | str:
        """The pool of two strata or more, or why there is none."""
        key = used.tobytes()
        if key not in self._known:
            self._known[key] = self._densities(used)
        own = self._known[key]
        if isinstance(own, str):
            return own
        pool = logarithmic_pool(own.logarithms, weights)
        if (cut := own.cut(pool[0])) is not None:
            return self._apart(used[cut])
        law = LogarithmicLaw(own.axis, Curve.of(own.places, pool), self.linear.ordered.size)
        extrapolated = weights * own.extrapolated(law.quantiles(_CENTRAL)[0])
        return self._apart(used[extrapolated.argmax()]) if extrapolated.max() > _EXTRAPOLATED else law

    def _densities(self, used: NDArray[np.intp]) -> Densities | str:
        """The strata's densities on one axis, or why they have none there."""
        reaches = [self.strata[stratum].reach for stratum in used]
        above = max(zip(reaches, used, strict=True), key=lambda both: both[0].low)
        below = min(zip(reaches, used, strict=True), key=lambda both: both[0].high)
        if above[0].low >= below[0].high:
            return f"the supports of {self.named(below[1])} and {self.named(above[1])} do not meet"
        told = [self._tell(int(stratum)) for stratum in used]
        if None in told:
            lumped = self.named(used[told.index(None)])
            return f"some value of {lumped} has a probability of its own, and no density"
        known = [own for own in told if own is not None]
        drawn = np.array([own.drawn for own in known])
        axis = Axis(above[0].low, below[0].high)
        found = Densities.of(axis, [own.scores for own in known], drawn)
        return found or self._apart(used[int(drawn[:, 1].argmin())])

    def _tell(self, stratum: int) -> Told | None:
        """What a stratum's draws tell of its density, each once; None where it has none."""
        if stratum not in self._told:
            ordered, reach = self.linear.ordered, self.strata[stratum].reach
            z, quantiles = knots_of(ordered, [stratum])
            scores = Scores.of(Axis(reach.low, reach.high), z, quantiles[0])
            lumped = scores is None or _lumped(ordered, stratum)
            drawn = ordered.extremes(stratum, _DRAWN)
            self._told[stratum] = None if lumped or scores is None else Told(scores, drawn)
        return self._told[stratum]

    def _apart(self, stratum: int) -> str:
        return (
            "the sources overlap too little: the pool would rest on values that are hardly ever drawn of "
            f"{self.named(stratum)}"
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What one stratum's draws tell of its density.

    Attributes
    ----------
    scores : Scores
    drawn : tuple of float
        Between which values it has draws to tell it from.
    """

    scores: Scores
    drawn: tuple[float, float]


@dataclass(frozen=True, slots=True)
class LogarithmicLaw:
    """The logarithmic pool of some strata under their weights, as `pooling.Law` has it.

    Attributes
    ----------
    axis : Axis
        Takes what all supports have in common to the whole line.
    curve : Curve
        Along the axis; the first row of all draws, the others of each replicate.
    draws : int
        Of a stratum in a replicate.
    """

    axis: Axis
    curve: Curve
    draws: int

    def quantiles(self, levels: Array) -> tuple[Array, Array]:
        """Of all draws, and of each replicate."""
        found = self.axis.back(self.curve.quantiles(levels))
        return found[0], found[1:]

    def cdfs(self, x: Array) -> tuple[Array, Array]:
        """P(X <= x), of all draws and of each replicate."""
        inside = (x > self.axis.low) & (x < self.axis.high)
        found = np.where(x >= self.axis.high, np.ones((len(self.curve.scores), x.size)), 0.0)
        found[:, inside] = self.curve.cdfs(self.axis.to(x[inside]))
        return found[0], found[1:]

    def samples(self) -> tuple[Array, Array]:
        """Quantiles at evenly spaced probabilities, as many as there are draws."""
        all_draws = self.draws * (len(self.curve.scores) - 1)
        whole, part = ((np.arange(size) + 0.5) / size for size in (all_draws, self.draws))
        return self.quantiles(whole)[0], self.quantiles(part)[1]


@dataclass(frozen=True, slots=True)
class Densities:
    """Log densities of some strata at the same places on one axis.

    Attributes
    ----------
    axis : Axis
        Takes what all supports have in common to the whole line.
    places : ndarray, shape (place,)
        Evenly spaced along the axis.
    logarithms : ndarray, shape (stratum, row, place)
        With respect to the axis, but for a constant; the first row of all draws, then each replicate's.
    drawn : ndarray, shape (stratum, 2)
        Between which values a stratum has draws to tell its density from.
    ends : tuple of int
        The strata that are negligible beyond the first place, and beyond the last.
    """

    axis: Axis
    places: Array
    logarithms: Array
    drawn: Array
    ends: tuple[int, int]

    @classmethod
    def of(cls, axis: Axis, scores: Sequence[Scores], drawn: Array) -> Densities | None:
        """Take the densities where none is negligible; None where there is no such place.

        A pool that rests on draws of each stratum is not much wider than the narrowest, so that its own law
        is all but within `_FARTHEST` normal scores of each.
        """
        low, high = ([own.place(score) for own in scores] for score in (-_FARTHEST, _FARTHEST))
        ends = max(low), min(high)
        if ends[0] >= ends[1]:
            return None
        start, end = axis.to(axis.inside(np.array(ends))).tolist()
        places = np.linspace(start, end, _PLACES)
        logarithms = np.stack([own.log_density(places, axis) for own in scores])
        return cls(axis, places, logarithms, drawn, (low.index(ends[0]), high.index(ends[1])))

    def cut(self, log_density: Array) -> int | None:
        """The stratum beyond whose negligible density a pool would reach; None where the pool is whole.

        So it is where a narrow stratum has next to no weight.
        """
        most = log_density.max() - _NEGLIGIBLE
        return next((own for own, at in zip(self.ends, log_density[[0, -1]], strict=True) if at > most), None)

    def extrapolated(self, values: Array) -> Array:
        """By how much each stratum's log density changes from its draws to the farther of some values beyond.

        Parameters
        ----------
        values : ndarray, shape (value,)

        Returns
        -------
        ndarray, shape (stratum,)
            0 where all lie between its draws.
        """
        nearest = np.clip(values, self.drawn[:, :1], self.drawn[:, 1:])
        at, end = self.axis.to(values), self.axis.to(self.axis.inside(nearest))  # all draws may lie outside
        return np.array([
            np.max(np.abs(np.interp(at, self.places, own[0]) - np.interp(from_, self.places, own[0])))
            for own, from_ in zip(self.logarithms, end, strict=True)
        ])  # fmt: skip


def _lumped(ordered: OrderStatistics, stratum: int) -> bool:
    """Whether a single value has a probability that shows in a replicate."""
    sample, kept = ordered.values[:, stratum], ordered.kept[:, stratum, None]
    span = max(math.ceil(_LUMP * ordered.size), 2) - 1
    with np.errstate(invalid="ignore"):  # beyond those that are kept, inf less inf
        same = sample[:, span:] - sample[:, :-span] <= _SAME * np.abs(sample[:, :-span])
    return bool(np.any(same & (np.arange(span, ordered.size) < kept)))
