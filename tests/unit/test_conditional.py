"""Conditional means of drawn worlds: smooth curves, steps, flat ones, and what advice is worth."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from contested.engine.advice import value_of_learning
from contested.engine.conditional import SUPPORTED, conditional_mean
from contested.engine.design import Design
from contested.shapes.base import Array


def net(dimension: int = 2, points: int = 1024, seed: int = 3) -> Array:
    return next(cube for _, _, cube in Design(dimension, seed).blocks(points))


def test_a_smooth_curve_and_its_crossing_are_found_to_their_error() -> None:
    """P(z + e > 0.3 | z) = Φ((z - 0.3) / 0.5) with e of sd 0.5: at a half where z = 0.3."""
    u, e = net()
    found = conditional_mean(ndtri(u) + 0.5 * ndtri(e) > 0.3, u)
    for p in (0.02, 0.3, 0.5, 0.8, 0.97):
        value, error = found.at(p)
        assert 0 <= error < 0.05
        assert abs(value - ndtr((ndtri(p) - 0.3) / 0.5)) <= 4 * error + 1e-4
    crossings = found.crossings(0.5)
    assert crossings is not None
    (crossing,) = crossings
    assert 0 < crossing.mcse < 0.05
    assert abs(crossing.score - 0.3) <= 4 * crossing.mcse


@pytest.mark.parametrize("place", [0.013, 0.25, 0.5017, 0.86, 0.983])
@pytest.mark.parametrize("level", [0.02, 0.5, 0.95])
def test_a_step_is_found_once_and_where_it_is(place: float, level: float) -> None:
    (u,) = net(1)
    crossings = conditional_mean(u < place, u).crossings(level)
    if crossings is None:  # a step beside an end of the supported range is left to fresh runs
        assert min(place - SUPPORTED[0], SUPPORTED[1] - place) < 0.016
        return
    (crossing,) = crossings
    assert ndtr(crossing.score) == pytest.approx(place, abs=2e-4)


def test_a_step_that_does_not_reach_the_level_crosses_nothing() -> None:
    (u,) = net(1)
    found = conditional_mean(np.where(u > 0.4, 0.48, 0.1), u)
    assert found.crossings(0.5) == []
    assert found.at(0.7)[0] == pytest.approx(0.48)


def test_two_crossings_are_both_found() -> None:
    u, e = net()
    crossings = conditional_mean(np.abs(ndtri(u)) + 0.2 * ndtri(e) < 1, u).crossings(0.5)
    assert crossings is not None
    assert [c.score for c in crossings] == pytest.approx([-1, 1], abs=0.05)


def test_what_does_not_vary_with_the_variable_is_flat_and_crosses_nothing() -> None:
    u, e = net()
    found = conditional_mean(e > 0.3, u)
    assert found.crossings(0.5) == []
    assert found.mean == pytest.approx(0.7, abs=0.01)


def test_an_end_too_near_the_level_is_not_settled() -> None:
    u, _ = net()
    assert conditional_mean(np.full(u.shape, 0.5), u).crossings(0.5) is None


def test_several_curves_are_each_smoothed_by_itself() -> None:
    u, e = net()
    values = np.stack([u > 0.3, ndtri(u) + ndtri(e) > 0])
    together = conditional_mean(values, u)
    for index, own in enumerate(values):
        alone = conditional_mean(own, u)
        assert (together[index].mean == alone.mean).all()
        assert together[index].window == alone.window


def test_anything_that_rises_with_the_variable_gives_the_same() -> None:
    u, e = net()
    values = ndtri(u) + ndtri(e) > 0
    assert (conditional_mean(values, u).mean == conditional_mean(values, np.exp(u)).mean).all()


@pytest.mark.parametrize("points", [1, 2, 8, 64])
def test_few_worlds_are_enough_to_answer(points: int) -> None:
    (u,) = net(1, points)
    assert np.isfinite(conditional_mean(u > 0.4, u).mean).all()


def test_learning_what_decides_is_worth_everything_and_what_does_not_nothing() -> None:
    u, e = net()
    truth = (u > 0.35).astype(float)
    gain = 2 * truth[None] - 1  # of acting on it over acting on the contrary
    decisive, _ = value_of_learning(conditional_mean(gain, u))
    assert decisive == pytest.approx(0.35, abs=0.005)  # all but the cell of the step
    assert decisive <= min(truth.mean(), 1 - truth.mean())
    idle, error = value_of_learning(conditional_mean(gain, e))
    assert 0 <= idle <= 4 * error + 1e-12


def test_of_three_actions_the_best_is_taken() -> None:
    """b = (0, z, -z): learning z is worth E|z| = sqrt(2/π), since none is better without."""
    (u,) = net(1)
    z = ndtri(u)
    value, error = value_of_learning(conditional_mean(np.stack([z, -z]), u))
    assert value == pytest.approx(np.sqrt(2 / np.pi), rel=0.01)
    assert error < 0.01
