"""Quantile averages: several laws made one by averaging what each has at the same probability."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

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
        whole, each = self.linear.alone(levels.tolist())
        return self._averaged(whole[self.used]), self._averaged(each[:, self.used])

    def cdfs(self, x: Array) -> tuple[Array, Array]:
        """The share of the sample up to each place: the inverse of the quantiles."""
        whole, each = self.samples()
        return _share(whole, x), np.stack([_share(sample, x) for sample in each])

    def samples(self) -> tuple[Array, Array]:
        """The strata's order statistics, averaged rank by rank."""
        parts = self.linear.together, self.linear.ordered
        whole, each = (self._averaged(ordered.spread(self.used)) for ordered in parts)
        return whole[0], each

    def _averaged(self, quantiles: Array) -> Array:
        return quantile_average(quantiles, self.weights, logarithmic=self.logarithmic)


def _share(sample: Array, x: Array) -> Array:
    """How much of a sample in rising order lies up to each place."""
    return np.searchsorted(sample, x, side="right") / sample.size


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
