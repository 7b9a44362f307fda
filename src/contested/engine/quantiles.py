"""Quantiles with their Monte Carlo error, remembered: what decides when to stop is what is printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from contested.engine.intervals import Piece
from contested.engine.order_statistics import OrderStatistics, by_replicate, together
from contested.engine.precision import sectioning
from contested.engine.samples import Samples
from contested.engine.strata import Strata
from contested.shapes.base import Array


@dataclass(frozen=True)
class Quantiles:
    """The quantiles of one quantity's linear pools, each computed once.

    Parameters
    ----------
    strata : Strata
    """

    strata: Strata
    _known: dict[bytes, dict[float, tuple[float, float]]] = field(default_factory=dict, repr=False)
    _expected: dict[tuple[float, ...], list[Array]] = field(default_factory=dict, repr=False)
    _alone: dict[tuple[float, ...], tuple[Array, Array]] = field(default_factory=dict, repr=False)

    @cached_property
    def samples(self) -> Samples:
        """The draws in rising order; sorted when first asked for."""
        return Samples.of(self.strata)

    @cached_property
    def ordered(self) -> OrderStatistics:
        """Each replicate's draws in rising order; sorted when first asked for."""
        return by_replicate(self.strata)

    @cached_property
    def together(self) -> OrderStatistics:
        """All replicates' draws in rising order; sorted when first asked for."""
        return together(self.ordered)

    def alone(self, levels: Sequence[float]) -> tuple[Array, Array]:
        """Each stratum's own quantiles: of all draws, (stratum, level), and of each replicate's."""
        key = tuple(levels)
        if key not in self._alone:
            each = np.arange(self.strata.count)
            whole = self.strata.quantile(np.eye(self.strata.count), levels)
            self._alone[key] = whole, self.ordered.quantile(levels, each)
        return self._alone[key]

    def undefined(self, weights: Array) -> str | None:
        """Always None: a mixture is defined whatever it mixes."""
        return None

    def quantile(self, weights: Array, levels: Sequence[float]) -> Array:
        """Quantiles alone, shape (weighting, level)."""
        return self.strata.quantile(weights, levels)

    def cdfs(self, weights: Array, x: Array) -> tuple[Array, Array]:
        """P(X <= x) under one row of weights: by all draws, shape (x,), and by each replicate."""
        values, mass = self.strata.values, self.strata.mass
        below = np.stack([(values <= place).mean(axis=2) for place in x], axis=-1)
        with np.errstate(invalid="ignore"):  # a replicate in which no world counts has no cdf
            each = (weights[:, None] * below).sum(axis=1) / (weights * mass).sum(axis=1)[:, None]
        return self.strata.cdf(weights[None], x)[0], each

    def highest_density(
        self, weights: Array, levels: Sequence[float]
    ) -> list[tuple[list[Piece], tuple[float, float]]]:
        """The pieces of each level's set, and the standard errors of its ends: `Samples.highest_density`."""
        return self.samples.highest_density(weights, levels)

    def __call__(self, weights: Array, levels: Sequence[float]) -> tuple[Array, Array]:
        """Quantiles and their Monte Carlo standard errors by sectioning (method, section e).

        Parameters
        ----------
        weights : ndarray, shape (weighting, stratum)
        levels : sequence of float

        Returns
        -------
        quantiles, errors : ndarray, shape (weighting, level)
        """
        if self._unknown(weights, levels):
            self._learn(self._unknown([*weights, *self._expected.pop(tuple(levels), ())], levels), levels)
        both = np.array([[self._known[row.tobytes()][level] for level in levels] for row in weights])
        return both[..., 0], both[..., 1]

    def expect(self, weights: Array, levels: Sequence[float]) -> None:
        """Announce rows of weights that may be asked for: they are worked out with the first that is new.

        Together they take a fraction of the time that one after the other would.
        """
        self._expected.setdefault(tuple(levels), []).extend(weights)

    def _unknown(self, weights: Iterable[Array], levels: Sequence[float]) -> dict[bytes, Array]:
        """The rows of which some level is not known yet, each once."""
        rows = {row.tobytes(): row for row in weights}
        return {key: row for key, row in rows.items() if not set(levels) <= self._known.get(key, {}).keys()}

    def _learn(self, rows: Mapping[bytes, Array], levels: Sequence[float]) -> None:
        weights = np.array(list(rows.values()))
        pooled = self.strata.quantile(weights, levels)
        errors = sectioning(self.strata.replicate_quantile(weights, levels), pooled)
        for key, values, own in zip(rows, pooled.tolist(), errors.tolist(), strict=True):
            found = zip(levels, zip(values, own, strict=True), strict=True)
            self._known.setdefault(key, {}).update(found)
