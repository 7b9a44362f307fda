"""Metalogs: as many quantiles as terms, three kinds of bounds, and the refusal of those that fall."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from contested.shapes.base import Coordinate, FitError
from contested.shapes.metalog import STEEPEST_LEAN, Metalog, _valleys

# Up to a logit of 30 on the right: beyond it, neighbours would be less than a few floats apart.
DENSE = np.unique(
    np.concatenate([np.linspace(0.001, 0.999, 4001), stats.logistic.cdf(np.linspace(-36.7, 30, 4001))])
)

FEASIBLE = {
    "two terms": Metalog.through([(0.1, 2.0), (0.8, 3.0)]),
    "three": Metalog.through([(0.1, 17.0), (0.5, 24.0), (0.9, 35.0)]),
    "three, off the symmetric triple": Metalog.through([(0.05, 17.0), (0.4, 24.0), (0.9, 35.0)]),
    "four": Metalog.through([(0.05, 3.0), (0.3, 5.0), (0.6, 8.0), (0.95, 20.0)]),
    "six": Metalog.through([(p, stats.gumbel_r.ppf(p)) for p in (0.02, 0.1, 0.35, 0.6, 0.9, 0.97)]),
    "log": Metalog.through([(0.05, 12000.0), (0.5, 21000.0), (0.95, 52000.0)], low=0.0),
    "mirrored log": Metalog.through([(0.05, -52000.0), (0.5, -21000.0), (0.95, -12000.0)], high=0.0),
    "logit": Metalog.through([(0.05, 0.2), (0.5, 0.3), (0.9, 0.7)], low=0.0, high=1.0),
    "tiny": Metalog.through([(0.1, 17e-12), (0.5, 24e-12), (0.9, 35e-12)]),
}

every_metalog = pytest.mark.parametrize("shape", FEASIBLE.values(), ids=FEASIBLE.keys())


@every_metalog
def test_cdf_inverts_ppf(shape: Metalog) -> None:
    p = np.array([1e-9, 1e-4, 0.05, 0.3, 0.5, 0.77, 0.95, 1 - 1e-4, 1 - 1e-9])
    np.testing.assert_allclose(shape.cdf(shape.ppf(p)), p, rtol=1e-9)


@every_metalog
def test_values_rise_stay_finite_and_keep_within_the_bounds(shape: Metalog) -> None:
    values = shape.at(Coordinate(u=np.concatenate([[2.0**-53], DENSE, [1 - 2.0**-53]])))
    assert np.isfinite(values).all()
    assert (np.diff(values) >= -1e-14 * np.abs(values[1:])).all()
    assert shape.reach.low <= values[0] <= values[-1] <= shape.reach.high


@given(terms=st.integers(2, 10), distribution=st.sampled_from([stats.norm, stats.logistic, stats.gumbel_r]))
def test_quantiles_are_honoured_by_as_many_terms(terms: int, distribution: stats.rv_continuous) -> None:
    p = np.linspace(0, 1, terms + 2)[1:-1]
    points = list(zip(p, distribution.ppf(p), strict=True))
    try:
        shape = Metalog.through(points)
    except FitError:
        assume(False)
    np.testing.assert_allclose(shape.ppf(p), distribution.ppf(p), rtol=1e-9, atol=1e-9)


def test_ten_terms_of_a_logistic_are_the_logistic() -> None:
    p = np.array([0.01, 0.05, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9, 0.95, 0.99])
    shape = Metalog.through(list(zip(p, stats.logistic.ppf(p, 5, 2), strict=True)))
    np.testing.assert_allclose(shape.terms, [5, 2, 0, 0, 0, 0, 0, 0, 0, 0], atol=1e-8)


def test_terms_stand_in_keelins_order() -> None:
    terms = (1.0, 20.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
    y = 0.8
    c, logit = y - 0.5, math.log(y / (1 - y))
    by_hand = (
        1 + 20 * logit + 3 * c * logit + 4 * c + 5 * c**2 + 6 * c**2 * logit
        + 7 * c**3 + 8 * c**3 * logit + 9 * c**4 + 10 * c**4 * logit
    )  # fmt: skip
    assert Metalog(terms).ppf(y) == pytest.approx(by_hand, rel=1e-14)


@pytest.mark.parametrize(
    ("bounds", "there", "back"),
    [
        ((2.0, None), lambda x: math.log(x - 2), lambda t: 2 + np.exp(t)),
        ((None, 9.0), lambda x: -math.log(9 - x), lambda t: 9 - np.exp(-t)),
        ((2.0, 9.0), lambda x: math.log((x - 2) / (9 - x)), lambda t: 2 + 7 * stats.logistic.cdf(t)),
    ],
)
def test_a_bounded_metalog_is_a_transformed_open_one(
    bounds: tuple[float | None, float | None],
    there: Callable[[float], float],
    back: Callable[..., np.ndarray],
) -> None:
    points = [(0.1, 3.0), (0.5, 4.5), (0.9, 7.0)]
    bounded = Metalog.through(points, *bounds)
    inside = Metalog.through([(p, there(x)) for p, x in points])
    np.testing.assert_allclose(bounded.ppf(DENSE), back(inside.ppf(DENSE)), rtol=1e-12)


def test_an_upper_bound_alone_is_the_mirror_of_a_lower_one() -> None:
    log, mirrored = FEASIBLE["log"], FEASIBLE["mirrored log"]
    p = np.array([0.001, 0.2, 0.5, 0.9, 0.999])
    np.testing.assert_allclose(mirrored.ppf(p), -log.ppf(1 - p), rtol=1e-9)
    assert mirrored.reach.tail == pytest.approx(log.reach.tail)


class TestFeasibility:
    @given(r=st.floats(0.02, 0.98), tail=st.floats(0.01, 0.4))
    def test_three_terms_are_refused_exactly_outside_keelins_limits(self, r: float, tail: float) -> None:
        # Keelin 2016: feasible iff k < r < 1 - k, with 1.66711 printed to five digits.
        k = (1 - 1.66711 * (0.5 - tail)) / 2
        assume(min(abs(r - k), abs(r - 1 + k)) > 1e-5)
        points = [(tail, 10.0), (0.5, 10.0 + 5 * r), (1 - tail, 15.0)]
        if k < r < 1 - k:
            assert (np.diff(Metalog.through(points).ppf(DENSE)) > 0).all()
        else:
            with pytest.raises(FitError, match="no metalog has these three quantiles"):
                Metalog.through(points)

    def test_the_steepest_lean_is_where_the_slope_first_touches_0(self) -> None:
        assert (np.diff(Metalog((0.0, 1.0, STEEPEST_LEAN * 0.999)).ppf(DENSE)) > 0).all()
        assert (np.diff(Metalog((0.0, 1.0, STEEPEST_LEAN * 1.001)).ppf(DENSE)) < 0).any()

    def test_the_refusal_says_where_the_middle_quantile_may_lie(self) -> None:
        with pytest.raises(FitError) as refusal:
            Metalog.through([(0.1, 10.0), (0.5, 10.5), (0.9, 20.0)])
        assert str(refusal.value) == (
            "no metalog has these three quantiles: between 10 and 20 the 0.5 quantile must lie within 11.67 "
            "and 18.33 (got 10.5); or state low, best and high with shape jqpd-s or jqpd-b, which take any"
        )
        Metalog.through([(0.1, 10.0), (0.5, 11.67), (0.9, 20.0)])
        Metalog.through([(0.1, 10.0), (0.5, 18.33), (0.9, 20.0)])

    def test_the_limits_of_a_log_metalog_are_taken_in_the_logarithm(self) -> None:
        with pytest.raises(FitError, match=r"within 11\.2\d and 17\.8\d \(got 11\)"):
            Metalog.through([(0.1, 10.0), (0.5, 11.0), (0.9, 20.0)], low=0.0)

    def test_a_fall_far_in_a_tail_is_found(self) -> None:
        points = [(0.1, 1.0), (0.3, 2.0), (0.5, 3.0), (0.7, 4.0), (0.9, 4.5)]
        with pytest.raises(FitError, match=r"no metalog of 5 terms .* fall near the (1|0\.99\d*) quantile"):
            Metalog.through(points)

    @given(values=st.lists(st.floats(0.05, 1.0), min_size=4, max_size=6))
    def test_four_terms_and_more_are_refused_iff_a_dense_grid_falls(self, values: list[float]) -> None:
        x = np.cumsum(values)
        p = np.arange(1, len(x) + 1) / (len(x) + 1)
        terms = tuple(np.linalg.solve(keelin_basis(p), x))
        steps = np.diff(Metalog(terms).ppf(DENSE)) / np.diff(stats.logistic.ppf(DENSE))
        assume(np.abs(steps).min() > 1e-3)
        try:
            Metalog.through(list(zip(p, x, strict=True)))
        except FitError:
            assert (steps < 0).any()
        else:
            assert (steps > 0).all()


class TestReach:
    def test_an_open_metalog_reaches_everywhere(self) -> None:
        reach = FEASIBLE["three"].reach
        assert (reach.low, reach.high, reach.zero, reach.tail) == (-math.inf, math.inf, 1.0, math.inf)

    def test_the_upper_tail_of_a_log_metalog_is_a_power(self) -> None:
        shape = FEASIBLE["log"]
        near, far = shape.ppf(np.array([1 - 2e-12, 1 - 1e-12]))
        assert shape.reach.tail == pytest.approx(math.log(2) / math.log(far / near), rel=1e-3)

    def test_the_density_of_a_log_metalog_at_0_is_a_power(self) -> None:
        shape = FEASIBLE["log"]
        nearer, near = shape.ppf(np.array([1e-12, 2e-12]))
        assert shape.reach.zero == pytest.approx(math.log(2) / math.log(near / nearer), rel=1e-3)
        assert Metalog(shape.terms, low=1.0).reach.zero == math.inf
        assert Metalog(shape.terms, low=-1.0).reach.zero == 1.0

    def test_a_logit_metalog_at_0_from_either_side(self) -> None:
        shape = FEASIBLE["logit"]
        nearer, near = shape.ppf(np.array([1e-15, 2e-15]))
        assert shape.reach.zero == pytest.approx(math.log(2) / math.log(near / nearer), rel=1e-2)
        below = Metalog(shape.terms, -1.0, 0.0)
        nearer, near = below.ppf(np.array([1 - 1e-12, 1 - 2e-12]))
        assert below.reach.zero == pytest.approx(math.log(2) / math.log(near / nearer), rel=1e-2)
        assert shape.reach.tail == math.inf

    def test_nothing_lies_beyond_a_bound(self) -> None:
        assert FEASIBLE["log"].cdf(np.array([-1.0, 0.0])).tolist() == [0.0, 0.0]
        assert FEASIBLE["logit"].cdf(np.array([0.0, 1.0, 2.0])).tolist() == [0.0, 1.0, 1.0]


def test_a_level_stretch_is_searched_once() -> None:
    """Two terms rise evenly over the whole grid; a search from each of its points took over a second."""
    grid = np.linspace(0.0, 9.0, 10)
    assert _valleys(grid, np.ones(10)) == [(0.0, 1.0)]
    assert _valleys(grid, np.array([3.0, 2, 2, 5, 5, 4, 1, 1, 1, 6])) == [(0.0, 2.0), (5.0, 7.0)]


def keelin_basis(p: np.ndarray) -> np.ndarray:
    """The metalog's first six terms at p (Keelin 2016, equation 6)."""
    c, logit = p - 0.5, np.log(p / (1 - p))
    return np.column_stack([c**0, logit, c * logit, c, c**2, c**2 * logit])[:, : len(p)]
