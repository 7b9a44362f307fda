"""The exact lowest and highest quantiles and probabilities over sets of weightings.

A quantile of a linear pool is quasi-linear in the weights of each dispute, a probability is linear, and
disputes have weights of their own: extremes are at products of corners (method, section i). Where the
products are few, all are asked; else thresholds are stepped. The weights that leave the least below a
quantile have the higher one, and so on until none is higher, which is as exact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from contested.engine.brackets import Brackets
from contested.engine.credal import CredalSet
from contested.engine.products import Product
from contested.engine.strata import TOLERANCE, Strata
from contested.engine.weights import combinations, side_by_side
from contested.shapes.base import Array

_MOST_ROWS = 20_000  # products of corners that are all asked for
_MOST_WEIGHTS = 1_048_576  # and weights of strata that they have


@dataclass(frozen=True, slots=True)
class Extremes:
    """The lowest or the highest quantile at each level, and where it is reached.

    Attributes
    ----------
    values : ndarray, shape (level,)
    weights : sequence of ndarray, each of shape (level, n)
        Of each dispute: those of a weighting that has the quantile.
    """

    values: Array
    weights: Sequence[Array]


def quantile_envelopes(
    strata: Strata,
    many_sets: Mapping[str, Sequence[CredalSet]],
    levels: Sequence[float],
    disputes: Sequence[str] = (),
) -> dict[str, tuple[Array, Array]]:
    """The exact lowest and highest quantiles over sets of weightings.

    Parameters
    ----------
    strata : Strata
        Of a quantity: the product of its disputes' sources, the last dispute's fastest.
    many_sets : mapping of str to sequence of CredalSet
        By name, a set for each of the quantity's disputes.
    levels : sequence of float
    disputes : sequence of str, optional
        Their names, for the error.

    Returns
    -------
    dict of str to (low, high), each an ndarray of shape (level,)
        nan where no world counts under any weighting of the set.

    Raises
    ------
    ContestedError
        Where disputes other than the one with the most corners have too many to go through.
    """
    found = extremes(strata, many_sets, levels, disputes)
    return {name: (low.values, high.values) for name, (low, high) in found.items()}


def extremes(
    strata: Strata,
    many_sets: Mapping[str, Sequence[CredalSet]],
    levels: Sequence[float],
    disputes: Sequence[str] = (),
) -> dict[str, tuple[Extremes, Extremes]]:
    """As `quantile_envelopes`, with the weightings at which the lowest and the highest are reached."""
    p = np.asarray(levels, dtype=float)
    products = {name: Product.of(sets, disputes) for name, sets in many_sets.items()}
    few = {
        name: [corners for corners in product.corners if corners is not None]
        for name, product in products.items()
        if product.count <= min(_MOST_ROWS, _MOST_WEIGHTS / strata.count)
    }
    found = _listed(strata, few, p) if few else {}
    return {
        name: found[name] if name in found else _stepped(strata, product, p)
        for name, product in products.items()
    }


def probability_envelope(
    shares: Array, sets: Sequence[CredalSet], disputes: Sequence[str] = ()
) -> tuple[float, float]:
    """The exact lowest and highest probability over a set of weightings.

    Parameters
    ----------
    shares : ndarray, shape (stratum,)
        The probability in each stratum.
    sets, disputes
        As in `quantile_envelopes`.

    Raises
    ------
    ContestedError
        As `quantile_envelopes`.
    """
    product = Product.of(sets, disputes)
    return product.least(shares)[0], 0.0 - product.least(-shares)[0]  # and not -0.0


def _listed(
    strata: Strata, corners: Mapping[str, Sequence[Array]], levels: Array
) -> dict[str, tuple[Extremes, Extremes]]:
    """Extremes over every product of corners.

    Buckets of all are found first, and only those that may be extreme are searched for their draw.
    """
    each = [combinations(parts) for parts in corners.values()]
    rows, bounds = np.concatenate(each), np.cumsum([0, *map(len, each)])
    brackets, shape = Brackets.of(strata), (len(rows), levels.size)
    places = brackets.find(np.repeat(rows, levels.size, axis=0), np.tile(levels, len(rows))).reshape(shape)
    counts = (rows @ brackets.mass > 0)[:, None]  # where no world counts, nothing is reached
    own = np.repeat(np.arange(len(each)), np.diff(bounds))
    lowest = np.minimum.reduceat(np.where(counts, places, brackets.count), bounds[:-1])[own]
    highest = np.maximum.reduceat(np.where(counts, places, -1), bounds[:-1])[own]
    row, level = np.nonzero(((places == lowest) | (places == highest)) & counts)
    quantiles = np.full(shape, np.nan)
    quantiles[row, level] = strata.quantile_each(rows[row], levels[level])
    tables = [quantiles[start:end] for start, end in pairwise(bounds)]
    return {
        name: (_reached(table, np.fmin.reduce(table), parts), _reached(table, np.fmax.reduce(table), parts))
        for (name, parts), table in zip(corners.items(), tables, strict=True)
    }


def _reached(table: Array, values: Array, corners: Sequence[Array]) -> Extremes:
    """The corners at which each level has its value."""
    first = (table == values).argmax(axis=0)
    places = np.unravel_index(first, [len(part) for part in corners]) if corners else ()
    return Extremes(values, [part[place] for part, place in zip(corners, places, strict=True)])


def _stepped(strata: Strata, product: Product, levels: Array) -> tuple[Extremes, Extremes]:
    """Extremes by steps from quantile to quantile; all levels at once, first the lowest, then the highest.

    Q(w) > t where sum_k w_k (F_k(t) - p m_k) < 0, of strata's cdfs and masses; Q(w) < t where the sum is
    not below 0 for the shares below t. If any weighting has it, the one of the extreme sum does.
    """
    mass, half = strata.mass.mean(axis=0), levels.size
    sides, p = np.repeat([-1.0, 1.0], half), np.tile(levels, 2)
    most, start = product.least(-mass)
    weights = [np.tile(part, (2 * half, 1)) for part in start]
    values = np.full(2 * half, np.nan)
    going = np.arange(2 * half if most < 0 else 0)  # else no world counts
    if going.size:
        values = strata.quantile_each(side_by_side(weights), p)
    while going.size:
        parts = [
            product.least(sides[one] * _excess(strata, values[one], sides[one], p[one])) for one in going
        ]
        further = [np.stack(part) for part in zip(*(found for _, found in parts), strict=True)]
        rows = side_by_side(further)
        found = strata.quantile_each(rows, p[going])
        better = (sides[going] * found > sides[going] * values[going]) & (rows @ mass > 0)
        going = going[better]
        values[going] = found[better]
        for part, new in zip(weights, further, strict=True):
            part[going] = new[better]
    low, high = slice(half), slice(half, None)
    return (
        Extremes(values[low], [part[low] for part in weights]),
        Extremes(values[high], [part[high] for part in weights]),
    )


def _excess(strata: Strata, value: float, side: float, level: float) -> Array:
    """By how much each stratum's share at or below a value exceeds its part of the level; shape (stratum,).

    On the side of the lowest, the share below.
    """
    below = strata.values <= value if side > 0 else strata.values < value
    return np.asarray(below.mean(axis=(0, 2)) - (level - TOLERANCE) * strata.mass.mean(axis=0))
