"""Borgonovo's δ from drawn worlds."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.delta import BINS, CLASSES, Shift
from contested.engine.design import Design

LEVELS = np.arange(1, BINS) / BINS


def rng() -> np.random.Generator:
    return np.random.Generator(np.random.PCG64DXSM(3))


def cube(dimension: int) -> np.ndarray:
    ((_, _, found),) = Design(dimension, 5).blocks(1024)
    return found


def test_a_variable_that_says_everything_leaves_one_class_at_a_time() -> None:
    """Known to its class, Y lies within 1 / CLASSES of its law: δ is the rest."""
    u = cube(1)[0]
    assert Shift([u], np.ones(1), LEVELS).variable(u) == pytest.approx(1 - 1 / CLASSES, abs=1e-3)


def test_a_variable_that_says_nothing_has_about_the_baseline() -> None:
    u = cube(2)
    shift = Shift([ndtri(u[0])], np.ones(1), ndtri(LEVELS))
    assert shift.variable(u[1]) <= shift.baseline(rng()) + 0.01
    assert shift.baseline(rng()) < 0.1


def test_a_choice_of_sources_that_never_meet() -> None:
    """Sources that never overlap: ½ (w (1 - w) + (1 - w) w) of each, or 2 w (1 - w) in all."""
    u = cube(1)[0]
    shift = Shift([u, u + 5], np.array([0.25, 0.75]), np.array([0.5, 3.0, 5.2, 5.5, 5.8]))
    assert shift.choice([0, 1]) == pytest.approx(2 * 0.25 * 0.75, rel=1e-12)


def test_a_choice_is_taken_over_the_other_disputes_by_weight() -> None:
    """Four strata of two disputes: the second choice moves nothing, the first as if alone."""
    u = cube(1)[0]
    weights = np.array([0.25 * 0.4, 0.25 * 0.6, 0.75 * 0.4, 0.75 * 0.6])
    shift = Shift([u, u, u + 5, u + 5], weights, np.array([0.5, 3.0, 5.5]))
    assert shift.choice([0, 0, 1, 1]) == pytest.approx(2 * 0.25 * 0.75, rel=1e-12)
    assert shift.choice([0, 1, 0, 1]) == pytest.approx(0.0, abs=1e-12)


def test_an_answer_of_one_value_moves_with_nothing() -> None:
    shift = Shift([np.ones(1024)], np.ones(1), np.ones(BINS - 1))
    assert shift.variable(cube(1)[0].ravel()[:1024]) == pytest.approx(0.0, abs=1e-12)
