"""Quantile averages: several laws made one by averaging what each has at the same probability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.engine.order_statistics import together
from contested.engine.quantiles import Quantiles
from contested.shapes.base import Array


@dataclass(frozen=True, slots=True)
class Averages:
    """A quantile average of some strata: of all draws, and of each replicate's.

    Attributes
    ----------
    linear : Quantiles
        The draws, and each stratum's own quantiles.
    used : ndarray of integers, shape (used,)
        The strata with weight.
    weights : ndarray, shape (used,)
    logarithmic : bool
    """

    linear: Quantiles
    used: NDArray[np.intp]
    weights: Array
    logarithmic: bool = False

    def quantiles(self, levels: Array) -> tuple[Array, Array]:
        """Each stratum's own quantiles, averaged."""
        each = np.eye(self.linear.strata.count)[self.used]
        own = self.linear.strata.quantile(each, levels)
        return self._averaged(own), self._averaged(self.linear.ordered.quantile(levels, self.used))

    def cdfs(self, x: Array) -> tuple[Array, Array]:
        """The share of the sample up to each place: the inverse of the quantiles."""
        whole, each = self.samples()
        found = [[np.searchsorted(row, x, side="right") / row.size] for row in (whole, *each)]
        return np.concatenate(found[:1])[0], np.concatenate(found[1:])

    def samples(self) -> tuple[Array, Array]:
        """The strata's order statistics, averaged rank by rank."""
        parts = self.linear.ordered
        whole, each = (
            self._averaged(ordered.quantile((np.arange(ordered.size) + 0.5) / ordered.size, self.used))
            for ordered in (together(parts), parts)
        )
        return whole[0], each

    def _averaged(self, quantiles: Array) -> Array:
        return quantile_average(quantiles, self.weights, logarithmic=self.logarithmic)


def quantile_average(quantiles: Array, weights: Array, *, logarithmic: bool = False) -> Array:
    """Q(p) = Σ w_k Q_k(p), or on the log scale exp(Σ w_k log Q_k(p)).

    Parameters
    ----------
    quantiles : ndarray, shape (…, stratum, level)
        Each stratum's own; above 0 for the log scale.
    weights : ndarray, shape (stratum,)
        They sum to one.

    Returns
    -------
    ndarray, shape (…, level)

    Notes
    -----
    Vincentization (Ratcliff 1979, Psychol. Bull. 86:446); method, section b3. The sum is over the strata in
    their fixed order.
    """
    scaled = np.log(quantiles) if logarithmic else quantiles
    total = np.zeros((*scaled.shape[:-2], scaled.shape[-1]))
    for stratum, weight in enumerate(weights):
        total += weight * scaled[..., stratum, :]
    return np.asarray(np.exp(total)) if logarithmic else total
