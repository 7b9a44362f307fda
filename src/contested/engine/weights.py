"""Weights of disputes' sources as arrays, and weights of strata as their products."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from contested.engine.model import Quantity
from contested.language.nodes import NONE_OF_THESE, Weights
from contested.shapes.base import Array


def stratum_weights(quantity: Quantity, weights: Weights) -> Array:
    """Weight of each stratum of a quantity: the product over its disputes, shape (stratum,)."""
    return np.asarray(combinations([row[None] for row in weight_arrays(quantity, weights)])[0])


def weight_arrays(quantity: Quantity, weights: Weights) -> tuple[Array, ...]:
    """By dispute of a quantity, the weights of its sources in their order: each of shape (n,)."""
    return tuple(
        np.array([weights[dispute][source] for source in sources])
        for dispute, sources in zip(quantity.disputes, quantity.sources, strict=True)
    )


def listed(quantity: Quantity) -> tuple[NDArray[np.bool_], ...]:
    """By dispute, which of its sources are listed: all but `none_of_these`."""
    return tuple(np.array([source != NONE_OF_THESE for source in sources]) for sources in quantity.sources)


def single_source(weights: Weights, dispute: str, source: str) -> Weights:
    """A weighting with one source of a dispute taken to be right, the other disputes as they are."""
    return {**weights, dispute: {name: float(name == source) for name in weights[dispute]}}


def pool(replicates: Array, weights: Array) -> Array:
    """Sum over strata by weight, in their fixed order: (replicate, stratum) to (replicate,)."""
    return np.asarray((replicates * weights).sum(axis=1))


def combinations(parts: Sequence[Array]) -> Array:
    """Weights of strata for every combination of one row per dispute, the last dispute's fastest.

    Parameters
    ----------
    parts : sequence of ndarray, each of shape (row, n)

    Returns
    -------
    ndarray, shape (product of rows, stratum)
    """
    found = np.ones((1, 1))
    for part in parts:
        rows = found[:, None, :, None] * part[None, :, None, :]
        found = rows.reshape(len(found) * len(part), -1)
    return found


def side_by_side(parts: Sequence[Array]) -> Array:
    """Weights of strata row by row: of each dispute's first row, of the second, and so on.

    Parameters
    ----------
    parts : non-empty sequence of ndarray, each of shape (row, n)

    Returns
    -------
    ndarray, shape (row, stratum)
    """
    found = np.ones((len(parts[0]), 1))
    for part in parts:
        found = (found[:, :, None] * part[:, None, :]).reshape(len(part), found.shape[1] * part.shape[1])
    return found
