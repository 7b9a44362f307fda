"""Shapley effects: a variance divided among groups, by exact enumeration of their subsets."""

from __future__ import annotations

import math

import numpy as np

from contested.shapes.base import Array


def shapley(costs: Array) -> Array:
    """Each group's share of c(all), averaged over every order in which the groups may be learnt.

    Parameters
    ----------
    costs : ndarray, shape (2^d, …)
        c(u) of every subset; group i is in subset u where bit i of u is set. c(none) is 0.

    Returns
    -------
    ndarray, shape (d, …)
        Sums to one over the groups. A group that changes no cost has exactly 0.

    Notes
    -----
    Sh_i = Σ_{u without i} |u|! (d - |u| - 1)! / d! · (c(u + i) - c(u)) / c(all) (Owen 2014; Song, Nelson &
    Staum 2016; method, section j). The sum of the left sides is c(all) - c(none), by telescoping.
    """
    d = _groups(costs)
    subsets = np.arange(len(costs))
    sizes = np.array([int(u).bit_count() for u in subsets])
    found = np.empty((d, *costs.shape[1:]))
    weights = np.array([math.factorial(k) * math.factorial(d - 1 - k) / math.factorial(d) for k in range(d)])
    for i in range(d):
        without = subsets[subsets >> i & 1 == 0]
        gains = costs[without | 1 << i] - costs[without]
        found[i] = np.tensordot(weights[sizes[without]], gains, axes=1)
    return np.asarray(found / (costs[-1] - costs[0]))


def first_order(costs: Array) -> Array:
    """Var E[Y | X_i] / Var Y of each group: shape (d, …)."""
    return np.asarray(costs[1 << np.arange(_groups(costs))] / costs[-1])


def total(costs: Array) -> Array:
    """E Var[Y | all but X_i] / Var Y of each group: shape (d, …)."""
    return np.asarray(1.0 - costs[len(costs) - 1 - (1 << np.arange(_groups(costs)))] / costs[-1])


def _groups(costs: Array) -> int:
    return len(costs).bit_length() - 1
