"""The search for crossings: how far it goes, and what it finds there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from contested.engine.search import FARTHEST, Root, Search, SearchRange
from contested.engine.variables import Law
from contested.shapes.base import Array
from contested.shapes.normal import LogNormal, Normal
from contested.shapes.parametric import Uniform

Z98 = 2.3263478740408408


def span(shape: Any) -> SearchRange:
    return SearchRange(Law(low=shape.reach.low, high=shape.reach.high, shape=shape, sample=None))


@dataclass
class Curve:
    """In place of fresh runs: a known probability, with an error that shrinks as they are more."""

    of: Any
    asked: list[int]
    misled: float = 0.0  # what a glance adds

    def probability(self, values: Array, points: int) -> tuple[Array, Array]:
        self.asked.append(points)
        return np.asarray(self.of(values)) + self.misled * (points == 64), np.full(
            len(values), 0.5 / math.sqrt(16 * points)
        )


def search(shape: Any, of: Any, *levels: float) -> Search:
    return Search(Curve(of, []), span(shape), levels)  # type: ignore[arg-type]


def test_a_positive_variable_is_searched_in_logs_and_another_as_it_is() -> None:
    positive = span(LogNormal(1.0, 0.2))
    assert positive.logs
    assert np.log(positive.reach) == pytest.approx([1 - FARTHEST * 0.2 * Z98, 1 + FARTHEST * 0.2 * Z98])
    other = span(Normal(-2000.0, 300.0))
    assert not other.logs
    assert other.reach == pytest.approx((-2000 - 3000 * Z98, -2000 + 3000 * Z98))


def test_the_search_never_passes_a_certain_bound() -> None:
    assert span(Uniform(2.0, 3.0)).reach == pytest.approx((2, 3))
    assert span(Uniform(-1.0, 3.0)).reach == pytest.approx((-1, 3))
    low, high = span(Uniform(0.0, 1.0)).reach
    assert 0 < low < 1e-9 and high == pytest.approx(1)


def test_every_crossing_is_solved() -> None:
    looked = search(Normal(0.0, 1.0), lambda v: ndtr(v - 4) + ndtr(-v - 6), 0.5, 0.3)
    assert [root.value for root in looked.everywhere(0.5)] == pytest.approx([-6, 4], abs=0.01)
    assert [root.value for root in looked.beyond(0.5, (False, False))] == pytest.approx([-6, 4], abs=0.01)
    low, high = looked.everywhere(0.3)
    assert (low.value, high.value) == pytest.approx((-6 + 0.5244, 4 - 0.5244), abs=0.01)


def test_the_error_is_that_of_the_probability_over_its_slope() -> None:
    looked = search(Normal(0.0, 1.0), lambda v: ndtr((v - 5) / 8), 0.5)
    (root,) = looked.everywhere(0.5)
    points = looked.pinned.asked[-1]  # type: ignore[attr-defined]
    assert root.mcse == pytest.approx(0.5 / math.sqrt(16 * points) * 8 * math.sqrt(2 * math.pi), rel=0.02)
    assert points > 512  # twice and again, until the crossing is certain enough
    assert root.mcse <= 0.02 * Z98


def test_where_the_sides_differ_only_as_the_drawn_worlds_have_it_the_end_is_the_crossing() -> None:
    looked = search(Normal(0.0, 1.0), lambda v: 0.5 + 0.01 * (v + 2.35), 0.5)
    roots = looked.beyond(0.5, (True, True))
    assert [root.value for root in roots] == pytest.approx([-2.35], abs=0.01)
    (other,) = search(Normal(0.0, 1.0), lambda v: np.where(v < -2.3, 0.49, 0.9), 0.5).beyond(
        0.5, (True, True)
    )
    assert other.value == pytest.approx(-Z98)


def test_what_is_exactly_at_the_level_does_not_cross_it() -> None:
    assert search(Normal(0.0, 1.0), lambda v: np.full(len(v), 0.5), 0.5).everywhere(0.5) == []


def test_a_few_worlds_suffice_where_the_level_is_far() -> None:
    looked = search(Normal(0.0, 1.0), lambda v: np.full(len(v), 0.9), 0.5)
    assert looked.everywhere(0.5) == []
    assert looked.pinned.asked == [64]  # type: ignore[attr-defined]


def test_a_glance_that_leaves_the_side_in_doubt_is_looked_at_again() -> None:
    looked = search(Normal(0.0, 1.0), lambda v: 0.49 + 0.005 * np.tanh(v), 0.5)
    looked.pinned.misled = 0.01  # type: ignore[attr-defined]
    assert looked.everywhere(0.5) == []
    assert looked.pinned.asked == [64, 512]  # type: ignore[attr-defined]


def test_a_drawn_crossing_is_confirmed_where_its_error_covers_the_crossing() -> None:
    looked = search(Normal(0.0, 1.0), lambda v: ndtr(20 * v), 0.5, 0.2)
    roots = [Root(value=value, mcse=0.03) for value in (-0.05, 0.02, 0.05, 0.07)]
    assert looked.confirms(roots, 0.5) == [True, True, True, False]
    assert looked.confirms(roots, 0.2) == [True, False, False, False]  # crossed at -0.042
    assert looked.confirms([], 0.5) == []


def test_a_drawn_crossing_is_confirmed_beside_a_certain_bound() -> None:
    """Nothing is held past the bound, where its formula might have no value."""
    looked = search(Uniform(0.0, 1.0), np.sqrt, 0.1)
    with np.errstate(invalid="raise"):
        assert looked.confirms([Root(value=0.012, mcse=0.01)], 0.1) == [True]


def test_between_two_values_a_crossing_is_solved_where_there_is_one() -> None:
    for shape in (Normal(0.0, 1.0), LogNormal(0.0, 1.0)):  # as it is, and in logs
        looked = search(shape, lambda v: ndtr(20 * (v - 1.3)), 0.2)
        root = looked.between(1.0, 1.5, 0.2)
        assert root is not None
        assert root.value == pytest.approx(1.3 + float(ndtri(0.2)) / 20, abs=1e-3)
        assert looked.between(1.4, 1.5, 0.2) is None


@pytest.mark.parametrize("turn", [1, -1])
def test_a_probability_that_rests_on_the_level_crosses_where_it_comes_to_be_above(turn: int) -> None:
    """1 up to 3, 0.5 from there to 6, 0 beyond; and mirrored."""
    looked = search(
        Normal(0.0, 1.0), lambda v: np.where(turn * v < 3, 1.0, np.where(turn * v < 6, 0.5, 0)), 0.5
    )
    (root,) = looked.everywhere(0.5)
    assert root.value == pytest.approx(3 * turn, abs=2e-3)
    assert root.mcse < 0.1
