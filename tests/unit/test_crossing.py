"""All places where a polynomial takes a level, with their error."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.polynomial import Polynomial

from contested.engine.crossing import Crossing, crossings
from contested.engine.precision import sectioning
from contested.shapes.base import Array


def exact(*coefficients: float) -> Array:
    """Replicates that are all alike."""
    return np.tile(coefficients, (16, 1))


def one(coefficients: Array, level: float = 0.5) -> Crossing:
    (found,) = crossings(coefficients, [level])
    return found


def with_roots(roots: Sequence[float], scale: float, level: float = 0.5) -> Array:
    """The polynomial that takes a level at given places."""
    return exact(*(scale * Polynomial.fromroots(roots) + level).coef)


def test_a_line_is_crossed_once() -> None:
    found = one(exact(0.2, 0.4))
    assert found.roots == pytest.approx([0.75], abs=1e-15)
    assert (found.level, found.nearest) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("coefficients", "nearest"), [((0.2, 0.1), 0.3), ((0.9, -0.2), 0.7), ((0.75, -0.5, 0.5), 0.625)]
)
def test_what_is_never_taken_has_a_nearest(coefficients: tuple[float, ...], nearest: float) -> None:
    """At an end, or where it turns."""
    found = one(exact(*coefficients))
    assert (found.roots, found.mcse) == ((), ())
    assert found.nearest == pytest.approx(nearest, abs=1e-15)


@pytest.mark.parametrize("roots", [(0.25, 0.75), (0.1, 0.2, 0.9), (0.3, 0.30001), (0.05, 0.4, 0.6, 0.95)])
def test_several_roots_are_all_found(roots: tuple[float, ...]) -> None:
    found = one(with_roots(roots, 0.9))
    assert found.roots == pytest.approx(roots, abs=1e-10)
    assert all(math.isfinite(error) for error in found.mcse)


@pytest.mark.parametrize(
    ("roots", "expected"),
    [
        ((0.4, 0.4), [0.4]),
        ((0.4, 0.4, 0.4), [0.4]),
        ((0.4, 0.4, 0.8), [0.4, 0.8]),
        ((0.0, 0.6), [0.0, 0.6]),
        ((0.0, 0.0, 1.0), [0.0, 1.0]),
        ((1.0, 1.7), [1.0]),
        ((-0.3, 0.5, 1.2), [0.5]),
        ((-0.3, 1.2), []),
    ],
)
def test_roots_that_touch_and_roots_at_the_ends(roots: tuple[float, ...], expected: list[float]) -> None:
    """A place is one root, however many times it counts; beyond the ends is none."""
    found = one(with_roots(roots, 0.7))
    assert found.roots == pytest.approx(expected, abs=1e-8)


def test_where_the_level_is_only_touched_the_error_is_unbounded() -> None:
    assert one(with_roots((0.4, 0.4, 0.8), 0.7)).mcse == (math.inf, 0.0)


@pytest.mark.parametrize("noise", [0.0, 1e-16, -1e-16])
def test_a_constant_is_crossed_nowhere_even_on_the_level(noise: float) -> None:
    for coefficients in ((0.5,), (0.5 + noise, noise), (0.5 - noise, noise, -noise)):
        found = one(exact(*coefficients))
        assert found.roots == ()
        assert found.nearest == pytest.approx(0.5, abs=1e-15)


def test_a_leading_coefficient_of_rounding_adds_no_root() -> None:
    """A line whose square is noise: its second root lies far away, and its first stays."""
    assert one(exact(0.2, 0.4, -1e-17)).roots == pytest.approx([0.75], abs=1e-15)


def test_the_error_is_that_of_the_probability_over_the_slope() -> None:
    rng = np.random.default_rng(5)
    coefficients = np.array([0.2, 0.1, 0.5]) + 0.01 * rng.normal(size=(16, 3))
    pooled = Polynomial(coefficients.mean(axis=0))
    found = one(coefficients)
    (root,) = found.roots
    each = [Polynomial(row)(root) for row in coefficients]
    assert pooled(root) == pytest.approx(0.5, abs=1e-14)
    expected = float(sectioning(each, 0.5)) / abs(pooled.deriv()(root))
    assert found.mcse == pytest.approx([expected], rel=1e-9)


def test_each_level_is_answered_by_itself() -> None:
    low, high = crossings(exact(0.1, 0.0, 0.6), [0.25, 0.9])
    assert low.roots == pytest.approx([0.5])
    assert high == Crossing(level=0.9, roots=(), mcse=(), nearest=pytest.approx(0.7))


def test_the_error_of_a_root_is_the_spread_of_repeated_runs() -> None:
    """Roots of 400 independent runs: their spread is what each says of itself, to 15 per cent."""
    rng = np.random.default_rng(8)
    found = [one(np.array([0.3, -0.1, 0.6]) + 0.02 * rng.normal(size=(16, 3))) for _ in range(400)]
    roots = np.array([crossing.roots[0] for crossing in found])
    typical = math.sqrt(np.mean([crossing.mcse[0] ** 2 for crossing in found]))
    assert typical == pytest.approx(roots.std(), rel=0.15)
