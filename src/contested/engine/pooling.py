"""Rules of pooling: what the laws of several sources make together (method, section b).

The linear pool is the mixture: one source is right, and the weights say which is how likely. The others
make one law of all, and are not statements about which source is right: the logarithmic pool multiplies
densities, a quantile average averages quantiles, on the natural or on the log scale. The strata of a
quantity are pooled with the product of their sources' weights. Where one stratum has all the weight, every
rule gives its law as it is, bit for bit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from contested.engine.averaging import Averages
from contested.engine.intervals import Piece, bandwidths
from contested.engine.precision import sectioning
from contested.engine.quantiles import Quantiles
from contested.engine.samples import Samples
from contested.language.nodes import Rule
from contested.shapes.base import Array, Reach

_FEWEST = 64  # draws of a stratum in a replicate, below which its quantiles say too little

Found = list[tuple[list[Piece], tuple[float, float]]]  # pieces, and the standard errors of the outer ends


class Pool(Protocol):
    """The pools of one quantity's strata by one rule, under any weights.

    Weights are of shape (weighting, stratum), each row summing to one, or one such row.
    """

    def undefined(self, weights: Array) -> str | None:
        """Why the rule gives no law under one row of weights; None where it gives one."""
        ...

    def quantile(self, weights: Array, levels: Sequence[float]) -> Array:
        """Quantiles, shape (weighting, level)."""
        ...

    def __call__(self, weights: Array, levels: Sequence[float]) -> tuple[Array, Array]:
        """Quantiles and their Monte Carlo standard errors, each of shape (weighting, level)."""
        ...

    def cdfs(self, weights: Array, x: Array) -> tuple[Array, Array]:
        """P(X <= x) under one row: by all draws, shape (x,), and by each replicate, (replicate, x)."""
        ...

    def highest_density(self, weights: Array, levels: Sequence[float]) -> Found:
        """The pieces of the highest-density set of each level, under one row of weights."""
        ...


@dataclass(frozen=True, slots=True)
class StratumReach:
    """One stratum of a quantity: what its sources are called, and how far it reaches by analysis."""

    label: str
    reach: Reach


def undefined(rule: Rule, reason: str) -> str:
    """What to say of a rule that gives no law."""
    return f"undefined under the {rule} rule: {reason}"


class Law(Protocol):
    """One law from several strata: as all draws have it, and as each replicate alone has it."""

    def quantiles(self, levels: Array) -> tuple[Array, Array]:
        """Of all draws, shape (level,), and of each replicate, shape (replicate, level)."""
        ...

    def cdfs(self, x: Array) -> tuple[Array, Array]:
        """P(X <= x), of all draws, shape (x,), and of each replicate, shape (replicate, x)."""
        ...

    def samples(self) -> tuple[Array, Array]:
        """The quantiles at (i - 1/2) / n, as many as there are draws of a stratum; shapes as above."""
        ...


@dataclass(frozen=True)
class RulePool(ABC):
    """What the rules that are no mixture have in common.

    Attributes
    ----------
    linear : Quantiles
        The draws, and their linear pool.
    strata : sequence of StratumReach
    """

    linear: Quantiles
    strata: Sequence[StratumReach]
    _laws: dict[bytes, Law | str] = field(default_factory=dict, repr=False)

    @abstractmethod
    def pooled(self, used: NDArray[np.intp], weights: Array) -> Law | str:
        """The law of two strata or more under their weights, or why there is none.

        Parameters
        ----------
        used : ndarray of integers, shape (used,)
            The strata with weight.
        weights : ndarray, shape (used,)
        """

    def undefined(self, weights: Array) -> str | None:
        """Why the rule gives no law under one row of weights; None where it gives one."""
        if np.count_nonzero(weights) == 1:
            return None
        law = self._law(weights)
        return law if isinstance(law, str) else None

    def quantile(self, weights: Array, levels: Sequence[float]) -> Array:
        """Quantiles, shape (weighting, level); nan where the rule is undefined."""
        return self(weights, levels)[0]

    def __call__(self, weights: Array, levels: Sequence[float]) -> tuple[Array, Array]:
        """Quantiles and their errors by sectioning; nan in rows where the rule is undefined."""
        found = np.full((2, len(weights), len(levels)), np.nan)
        for i, row in enumerate(weights):
            if np.count_nonzero(row) == 1:
                found[:, i] = [part[0] for part in self.linear(row[None], levels)]
            elif not isinstance(law := self._law(row), str):
                found[:, i] = _sectioned(*law.quantiles(np.asarray(levels, dtype=float)))
        return found[0], found[1]

    def cdfs(self, weights: Array, x: Array) -> tuple[Array, Array]:
        """P(X <= x) under one row: by all draws, and by each replicate."""
        return self._defined(weights).cdfs(x)

    def highest_density(self, weights: Array, levels: Sequence[float]) -> Found:
        """The sets of one law: it has no strata any more, so that no piece is one's.

        A sample of the law, its quantiles at evenly spaced probabilities, stands for draws.
        """
        whole, each = self._defined(weights).samples()
        drawn = Samples([[one] for one in each], [whole], bandwidths([whole]), np.ones((len(each), 1)))
        return [
            ([replace(piece, stratum=None) for piece in pieces], errors)
            for pieces, errors in drawn.highest_density(np.ones(1), levels)
        ]

    def _defined(self, weights: Array) -> Law:
        law = self._law(weights)
        if isinstance(law, str):
            raise ValueError(law)
        return law

    def _law(self, weights: Array) -> Law | str:
        key = weights.tobytes()
        if key not in self._laws:
            used = np.flatnonzero(weights)
            alone = Averages(self.linear, used, weights[used])
            self._laws[key] = alone if len(used) == 1 else self._made(used, weights[used])
        return self._laws[key]

    def _made(self, used: NDArray[np.intp], weights: Array) -> Law | str:
        for stratum in used:
            if reason := self.too_few(stratum):
                return reason
        return self.pooled(used, weights)

    def too_few(self, stratum: int) -> str | None:
        """Why a stratum's quantiles say too little to be pooled with others'; None where they say enough."""
        if self.linear.ordered.kept[:, stratum].min() < _FEWEST:
            return f"too few worlds count for {self.named(stratum)}"
        return None

    def named(self, stratum: int) -> str:
        """A stratum as its sources are called."""
        return f"'{self.strata[stratum].label}'"


def _sectioned(whole: Array, each: Array) -> tuple[Array, Array]:
    return whole, sectioning(each, whole)
