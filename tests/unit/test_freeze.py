"""Explained variances against closed forms: independent groups, coupled ones, and choices."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.design import REPLICATES, Design
from contested.engine.freeze import Costs, Layout
from contested.shapes.base import Array


def halves(dimension: int, points: int = 256) -> tuple[Array, Array]:
    ((_, _, cube),) = Design(2 * dimension, 11).blocks(points)
    return cube[:dimension], cube[dimension:]


def independent(count: int) -> Layout:
    return Layout.of([(i,) for i in range(count)])


def normals(layout: Layout, count: int) -> list[Array]:
    one, other = halves(count)
    return [layout.mixed(i, (ndtri(one[i]), ndtri(other[i]))) for i in range(count)]


def test_a_layout_puts_single_groups_first() -> None:
    layout = Layout.of([(0, 3), (1,), (2,)])
    assert layout.blocks == ((1,), (2,), (0, 3))
    assert layout.single == 2
    assert layout.axis(3) == (2, 1)
    assert layout.states(0) == [(0, 1), (1, 1)]
    assert layout.states(2) == [(0, 3), (1, 3), (0, 1), (1, 1), (0, 2), (1, 2)]


def test_a_coordinate_is_taken_from_the_point_that_its_state_says() -> None:
    layout = Layout.of([(0, 1)])
    mixed = layout.mixed(1, (np.full((1, 1), 10.0), np.full((1, 1), 20.0)))
    assert mixed.ravel().tolist() == [10, 20, 20, 10, 10, 20]


def test_costs_of_a_product_of_independent_groups() -> None:
    """Y = X1 X2 + 2 X1 + 3 with standard normals: c(1) = 4, c(2) = 0, c(1, 2) = 5; the third does nothing."""
    layout = independent(3)
    x1, x2, _ = normals(layout, 3)
    costs = Costs(layout, [], 0, REPLICATES)
    costs.add([x1 * x2 + 2 * x1 + 3], slice(None))
    found = costs([(0, known) for known in range(8)])
    assert found.mean(axis=1) == pytest.approx([0, 4, 0, 5, 0, 4, 0, 5], abs=0.06)
    assert found[0b100].tolist() == [0.0] * REPLICATES
    assert np.array_equal(found[0b011], found[0b111])


def direct(y: Array, known: int) -> float:
    """The same by hand: the mean over all pairs of mixtures that share `known` and nothing else."""
    axes = y.ndim - 2
    corners = list(itertools.product((0, 1), repeat=axes))
    pairs = [
        (corner, tuple(c if known >> i & 1 else 1 - c for i, c in enumerate(corner))) for corner in corners
    ]
    return float(np.mean([np.mean(y[a] * y[b]) for a, b in pairs]))


def test_the_transform_is_the_mean_over_all_pairs_that_share_a_subset() -> None:
    layout = independent(3)
    x1, x2, x3 = normals(layout, 3)
    y = np.exp(0.3 * x1) * x2 + x3**2 * x1
    costs = Costs(layout, [], 0, REPLICATES)
    costs.add([y], slice(None))
    found = costs([(0, known) for known in range(8)]).mean(axis=1)
    centred = y - y.mean()
    by_hand = [direct(centred, known) - direct(centred, 0) for known in range(8)]
    assert found == pytest.approx(by_hand, rel=1e-10, abs=1e-12)


def test_worlds_may_come_in_parts() -> None:
    layout = independent(2)
    x1, x2 = normals(layout, 2)
    y = np.exp(x1) + x2
    whole, parts = Costs(layout, [], 0, REPLICATES), Costs(layout, [], 0, REPLICATES)
    whole.add([y], slice(None))
    for replicates in (slice(0, 8), slice(8, 16)):
        for points in (slice(0, 64), slice(64, 256)):
            parts.add([y[..., replicates, points]], replicates)
    subsets = [(0, known) for known in range(4)]
    # what Y is centred at differs, which moves an estimate by no more than its noise
    assert parts(subsets).mean(axis=1) == pytest.approx(whole(subsets).mean(axis=1), rel=0.02)


def test_choices_are_summed_over_exactly() -> None:
    """Y = a_k + b_l with weights: nothing is drawn, so that no error is left."""
    a, w = np.array([1.0, 4.0, 2.0]), np.array([0.2, 0.5, 0.3])
    b, v = np.array([0.0, 3.0]), np.array([0.9, 0.1])
    costs = Costs(Layout.of([]), [w, v], 0b11, 1)
    costs.add([np.array(x + y) for x in a for y in b], slice(None))
    between_a, between_b = w @ a**2 - (w @ a) ** 2, v @ b**2 - (v @ b) ** 2
    found = costs([(0, 0), (1, 0), (2, 0), (3, 0)])[:, 0]
    assert found == pytest.approx([0, between_a, between_b, between_a + between_b], rel=1e-12)


def test_a_choice_and_a_variable_that_interact() -> None:
    """Y = s_k X, X standard normal: c(choice) = 0, c(X) = (Σ w s)², all: Σ w s²."""
    s, w = np.array([1.0, 3.0]), np.array([0.75, 0.25])
    layout = independent(1)
    (x,) = normals(layout, 1)
    costs = Costs(layout, [w], 0b1, REPLICATES)
    costs.add([s[0] * x, s[1] * x], slice(None))
    found = costs([(1, 0), (0, 1), (1, 1)]).mean(axis=1)
    assert found == pytest.approx([0, 1.5**2, 3.0], abs=0.03)


def test_choices_not_asked_for_are_pooled_at_once() -> None:
    s, w, v = np.array([1.0, 3.0, 2.0, 7.0]), np.array([0.75, 0.25]), np.array([0.4, 0.6])
    layout = independent(1)
    (x,) = normals(layout, 1)
    values = [scale * np.exp(x) for scale in s]
    every, few = Costs(layout, [w, v], 0b11, REPLICATES), Costs(layout, [w, v], 0b10, REPLICATES)
    every.add(values, slice(None))
    few.add(values, slice(None))
    for subset in ((0, 1), (2, 0), (2, 1)):
        assert few([subset])[0] == pytest.approx(every([subset])[0], rel=1e-9, abs=1e-12)
