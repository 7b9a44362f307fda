"""Shapley effects against games whose value is known."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from contested.engine.shapley import first_order, shapley, total
from contested.shapes.base import Array


def by_orders(costs: Array) -> Array:
    """The definition: gains averaged over every order."""
    d = len(costs).bit_length() - 1
    found = np.zeros(d)
    orders = list(itertools.permutations(range(d)))
    for order in orders:
        known = 0
        for i in order:
            found[i] += costs[known | 1 << i] - costs[known]
            known |= 1 << i
    return found / len(orders) / costs[-1]


@pytest.mark.parametrize("d", [1, 2, 3, 5])
def test_enumeration_is_the_average_over_orders(d: int) -> None:
    costs = np.random.default_rng(d).random(1 << d)
    costs[0] = 0.0
    assert shapley(costs) == pytest.approx(by_orders(costs), rel=1e-12)
    assert shapley(costs).sum() == pytest.approx(1.0, rel=1e-12)


def test_the_glove_game() -> None:
    """One left glove (player 0) and two right ones: a pair is worth 1. Shapley values 2/3, 1/6, 1/6."""
    pairs = [float(bool(u & 1) and bool(u & 6)) for u in range(8)]
    assert shapley(np.array(pairs)) == pytest.approx([2 / 3, 1 / 6, 1 / 6], rel=1e-12)


def test_additive_groups_get_their_own_variance_and_a_dummy_nothing() -> None:
    parts = np.array([3.0, 0.0, 1.0])
    costs = np.array([parts[[bool(u >> i & 1) for i in range(3)]].sum() for u in range(8)])
    for share in (shapley, first_order, total):
        assert share(costs) == pytest.approx([0.75, 0.0, 0.25], abs=1e-15)
    assert shapley(costs)[1] == 0.0


def test_replicates_are_divided_each_by_its_own_variance() -> None:
    costs = np.random.default_rng(0).random((8, 4))
    costs[0] = 0.0
    assert shapley(costs)[:, 2] == pytest.approx(shapley(costs[:, 2]), rel=1e-12)
