"""A probability as a function of the weights alone: linear in those of each dispute."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from contested.engine.model import Quantity
from contested.engine.run import Tally
from contested.shapes.base import Array


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A probability that is linear in the weights of each dispute (method, section 0, identity 0).

    Attributes
    ----------
    values : ndarray, shape (replicate, n1, …, nB)
        The probability where one source of each of B disputes is right.

    Notes
    -----
    Weights are a sequence of B arrays, shape (…, n_b) with the same leading axes in each: one weighting, or
    many at once. Sums run over one dispute after another, in the order of its sources and never by BLAS, so
    that a weighting's answer has the same bits by itself and among others.
    """

    values: Array

    @classmethod
    def of(cls, quantity: Quantity, by_stratum: Array) -> Form:
        """A form from what holds in each stratum, shape (replicate, stratum)."""
        shape = [len(sources) for sources in quantity.sources]
        values = np.ascontiguousarray(by_stratum, dtype=float).reshape(len(by_stratum), *shape)
        values.flags.writeable = False
        return cls(values)

    @property
    def disputes(self) -> int:
        """How many disputes it depends on."""
        return self.values.ndim - 1

    @property
    def pooled(self) -> Form:
        """The mean over the replicates, as a form of one replicate."""
        return Form(self.values.mean(axis=0, keepdims=True))

    def at(self, weights: Sequence[Array]) -> Array:
        """The probability under each weighting, shape (replicate, …)."""
        return _summed(self.values, weights)

    def vary(self, dispute: int, weights: Sequence[Array]) -> Array:
        """The probability given each source of one dispute, the others at their weights.

        Returns
        -------
        ndarray, shape (replicate, …, n)
            The dispute's own weights count for nothing.
        """
        source_first = np.moveaxis(self.values, 1 + dispute, 0)
        others = [row for index, row in enumerate(weights) if index != dispute]
        return np.stack([_summed(values, others) for values in source_first], axis=-1)

    def along(self, first: Sequence[Array], last: Sequence[Array]) -> Array:
        """The polynomial in λ of the probability at (1 - λ) first + λ last, of all disputes at once.

        Returns
        -------
        ndarray, shape (replicate, …, B + 1)
            Coefficients of λ⁰ to λᴮ (method, section i).
        """
        leading = first[0].shape[:-1] if first else ()
        powers = [self.values.reshape(len(self.values), *(1 for _ in leading), *self.values.shape[1:])]
        for start, end in zip(reversed(first), reversed(last), strict=True):
            still = [_contracted(power, start) for power in powers]
            moved = [_contracted(power, end - start) for power in powers]
            powers = [
                still[0],
                *(a + b for a, b in zip(still[1:], moved[:-1], strict=True)),
                moved[-1],
            ]
        return np.stack(powers, axis=-1)


def form_of(tally: Tally, limited: bool) -> Form:
    """The probability of a question as a form.

    Parameters
    ----------
    tally : Tally
    limited : bool
        Whether a denominator in it vanishes too often for one probability: then that of the question being
        true with every denominator positive, the lower limit.
    """
    return Form.of(tally.quantity, tally.shares(limited))


def _summed(values: Array, weights: Sequence[Array]) -> Array:
    """All disputes' axes summed by weight, the last first: (replicate, n1, …) to (replicate, …)."""
    if not weights:
        return values
    leading = weights[0].shape[:-1]
    found = values.reshape(len(values), *(1 for _ in leading), *values.shape[1:])
    for row in reversed(weights):
        found = _contracted(found, row)
    return found


def _contracted(values: Array, weights: Array) -> Array:
    """The last axis summed by weight: (replicate, …, n1, …, nb) and (…, nb) to (replicate, …, n1, …)."""
    between = values.ndim - 1 - weights.ndim
    spread = weights.reshape(*weights.shape[:-1], *(1 for _ in range(between)), weights.shape[-1])
    # in C order whatever the strides, so that the order of the sum is always the sources'
    return np.asarray(np.multiply(values, spread, order="C").sum(axis=-1))
