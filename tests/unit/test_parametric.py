"""Shapes in closed form: laws that each of them obeys, and scipy.stats as a second implementation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from contested.shapes.base import Coordinate, Shape
from contested.shapes.normal import LogitNormal, LogNormal, MedianSplitLogNormal, ModeSplitLogNormal, Normal
from contested.shapes.parametric import (
    Beta,
    Empirical,
    Gamma,
    Point,
    Triangular,
    TruncatedNormal,
    Uniform,
    truncated_score,
)

SHAPES: dict[str, Shape] = {
    "normal": Normal(-3.0, 2.5),
    "lognormal": LogNormal(10.4, 0.14),
    "lognormal, tiny": LogNormal(math.log(1e-12), 1.3),
    "logit-normal": LogitNormal(0.4, 1.2, -1.0, 3.0),
    "split at the median": MedianSplitLogNormal(10.2, 0.2, 0.29),
    "split at the mode": ModeSplitLogNormal(10.2, 0.21, 0.28),
    "uniform": Uniform(-2.0, 5.0),
    "triangular": Triangular(300.0, 450.0, 800.0),
    "triangular, mode at min": Triangular(0.0, 0.0, 2.0),
    "triangular, mode at max": Triangular(0.0, 2.0, 2.0),
    "beta": Beta(12.3, 5.6),
    "beta, stretched": Beta(0.7, 3.0, -1e12, 4e12),
    "pert": Beta.pert(20000.0, 30000.0, 50000.0),
    "gamma": Gamma(0.9, 1e-12),
    "gamma, narrow": Gamma(4000.0, 3.0),
    "truncated below": TruncatedNormal(450.0, 150.0, low=200.0),
    "truncated above": TruncatedNormal(450.0, 150.0, high=300.0),
    "truncated to the far right": TruncatedNormal(0.0, 1.0, low=29.0),
    "truncated to the far left": TruncatedNormal(0.0, 1.0, high=-29.0),
    "truncated on both sides": TruncatedNormal(0.5, 1.0, 0.0, 2.0),
}

ORACLES = {
    "normal": stats.norm(-3.0, 2.5),
    "lognormal": stats.lognorm(0.14, scale=math.exp(10.4)),
    "uniform": stats.uniform(-2.0, 7.0),
    "triangular": stats.triang(0.3, 300.0, 500.0),
    "beta": stats.beta(12.3, 5.6),
    "gamma": stats.gamma(0.9, scale=1e-12),
    "gamma, narrow": stats.gamma(4000.0, scale=3.0),
    "truncated below": stats.truncnorm(-250 / 150, math.inf, 450.0, 150.0),
    "truncated above": stats.truncnorm(-math.inf, -1.0, 450.0, 150.0),
    "truncated to the far right": stats.truncnorm(29.0, math.inf),
    "truncated on both sides": stats.truncnorm(-0.5, 1.5, 0.5, 1.0),
}

BODY = np.array([1e-9, 1e-4, 0.05, 0.25, 0.434, 0.5, 0.6, 0.75, 0.95, 1 - 1e-4, 1 - 1e-9])
FARTHEST = np.array([2.0**-53, 2.0**-52, 1 - 2.0**-52, 1 - 2.0**-53])

every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
coordinates = st.lists(st.floats(2.0**-53, 1 - 2.0**-53), min_size=2, max_size=30)


@every_shape
def test_cdf_inverts_ppf(shape: Shape) -> None:
    # Beside a bound that is not 0, a value's last digit is worth some 1e-13 of probability.
    np.testing.assert_allclose(shape.cdf(shape.ppf(BODY)), BODY, rtol=1e-9, atol=1e-12)


@every_shape
def test_values_stay_finite_and_in_the_support_at_the_farthest_coordinates(shape: Shape) -> None:
    values = shape.ppf(FARTHEST)
    assert np.isfinite(values).all()
    assert (np.diff(values) >= 0).all()
    assert values[0] >= shape.reach.low
    assert values[-1] <= shape.reach.high


@every_shape
def test_at_is_the_quantile_of_the_coordinate_however_it_is_given(shape: Shape) -> None:
    expected = shape.ppf(BODY)
    np.testing.assert_allclose(
        shape.at(Coordinate(u=BODY)), expected, rtol=1e-10, atol=1e-10 * np.ptp(expected)
    )
    # Beyond 1 - 1e-4 a uniform's last digit moves its score by more than the tolerance.
    scores = stats.norm.ppf(BODY)
    np.testing.assert_allclose(shape.at(Coordinate(z=scores))[:-2], expected[:-2], rtol=1e-9)
    assert shape.at(Coordinate(u=BODY.reshape(11, 1))).shape == (11, 1)


def test_a_coordinate_is_never_0_or_1_however_far_its_score() -> None:
    u = Coordinate(z=np.array([-40.0, -11.0, 11.0, 40.0])).u
    assert ((u > 0) & (u < 1)).all()
    with pytest.raises(TypeError, match="needs u or z"):
        Coordinate()


@every_shape
@given(u=coordinates)
def test_values_rise_with_the_coordinate(shape: Shape, u: list[float]) -> None:
    values = shape.at(Coordinate(u=np.sort(np.array(u))))
    assert (np.diff(values) >= -1e-14 * np.abs(values[1:])).all()


@every_shape
def test_cdf_is_0_and_1_outside_the_support(shape: Shape) -> None:
    below = shape.reach.low - 1 if math.isfinite(shape.reach.low) else -1e300
    above = shape.reach.high + 1 if math.isfinite(shape.reach.high) else 1e300
    assert shape.cdf(np.array([below, above])).tolist() == [0.0, 1.0]


@pytest.mark.parametrize("name", ORACLES)
def test_quantiles_and_probabilities_equal_scipy(name: str) -> None:
    shape, oracle = SHAPES[name], ORACLES[name]
    quantiles = oracle.ppf(BODY)
    np.testing.assert_allclose(shape.ppf(BODY), quantiles, rtol=1e-9, atol=1e-15 * np.ptp(quantiles))
    np.testing.assert_allclose(shape.cdf(quantiles), BODY, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("shape", "exponent"),
    [
        (Gamma(0.9, 3.0), 0.9),
        (Beta(2.5, 4.0, 0.0, 10.0), 2.5),
        (Beta.pert(0.0, 3.0, 10.0), 2.2),
        (Uniform(0.0, 7.0), 1.0),
        (TruncatedNormal(5.0, 2.0, low=0.0), 1.0),
        (Triangular(0.0, 3.0, 5.0), 2.0),
        (Triangular(0.0, 0.0, 5.0), 1.0),
    ],
    ids=repr,
)
def test_the_exponent_at_0_is_that_of_the_cdf_there(shape: Shape, exponent: float) -> None:
    near, nearer = 1e-6, 1e-7
    slope = math.log(shape.cdf(near) / shape.cdf(nearer)) / math.log(near / nearer)
    assert shape.reach.zero == pytest.approx(exponent)
    assert slope == pytest.approx(exponent, rel=1e-5)


def test_the_exponent_at_0_is_mirrored_where_the_support_ends_there() -> None:
    assert Beta(2.5, 4.0, -10.0, 0.0).reach.zero == 4.0
    assert Triangular(-5.0, -3.0, 0.0).reach.zero == 2.0
    assert Triangular(-5.0, 0.0, 0.0).reach.zero == 1.0
    assert Uniform(-1.0, 0.0).reach.zero == 1.0


@pytest.mark.parametrize("shape", [LogNormal(0.0, 1.0), LogitNormal(0.0, 1.0, 0.0, 2.0)], ids=repr)
def test_the_density_of_a_lognormal_vanishes_at_0_faster_than_any_power(shape: Shape) -> None:
    slope = math.log(shape.cdf(1e-9) / shape.cdf(1e-10)) / math.log(10)
    assert slope > 15
    assert shape.reach.zero == math.inf


@pytest.mark.parametrize(
    "shape",
    [Normal(100.0, 1.0), Uniform(-1.0, 1.0), Beta(9.0, 9.0, -1.0, 1.0), LogitNormal(0, 1, -1, 1)],
    ids=repr,
)
def test_the_exponent_at_0_is_1_where_the_density_is_positive_on_both_sides(shape: Shape) -> None:
    assert shape.reach.zero == 1.0


def test_a_support_that_keeps_away_from_0_has_no_exponent_there() -> None:
    assert Uniform(1e-9, 1.0).reach.zero == math.inf
    assert TruncatedNormal(0.0, 1.0, high=-1.0).reach.zero == math.inf


def test_a_point_is_its_value_everywhere() -> None:
    point = Point(7.5)
    assert point.at(Coordinate(u=np.array([[0.1, 0.9]]))).tolist() == [[7.5, 7.5]]
    assert point.cdf(np.array([7.4, 7.5, 7.6])).tolist() == [0.0, 1.0, 1.0]
    assert (point.reach.low, point.reach.high, point.reach.zero) == (7.5, 7.5, math.inf)
    assert Point(0.0).reach.zero == 0.0


def test_the_mode_splice_has_its_mode_at_mu_and_a_continuous_density_there() -> None:
    shape = ModeSplitLogNormal(2.0, 0.2, 0.5)
    below, at, above = np.diff(shape.cdf(np.exp(2.0 + np.array([-2e-4, -1e-4, 1e-4, 2e-4]))))
    assert below == pytest.approx(above, rel=1e-3)
    assert below < at / 2 * (1 + 1e-6)
    assert shape.cdf(math.exp(2.0)) == pytest.approx(0.2 / 0.7, rel=1e-12)


def test_the_median_splice_has_its_median_at_mu_and_a_density_that_jumps() -> None:
    shape = MedianSplitLogNormal(2.0, 0.2, 0.5)
    below, above = np.diff(shape.cdf(np.exp(2.0 + np.array([-1e-6, 0.0, 1e-6]))))
    assert shape.cdf(math.exp(2.0)) == pytest.approx(0.5, abs=1e-15)
    assert below / above == pytest.approx(0.5 / 0.2, rel=1e-5)


def test_truncation_is_not_clipping() -> None:
    shape = TruncatedNormal(0.0, 1.0, low=0.5)
    assert shape.cdf(0.5) == 0.0
    assert shape.cdf(0.500001) < 1e-5


def test_truncated_scores_keep_their_precision_in_the_lower_tail() -> None:
    p = 1e-15
    expected = -5 + p * stats.norm.sf(-5) / stats.norm.pdf(-5)
    assert truncated_score(p, -5.0, math.inf) - -5 == pytest.approx(expected - -5, rel=1e-3)


class TestEmpirical:
    sample = Empirical(np.array([1.0, 2.0, 2.0, 5.0, 9.0]))

    @pytest.mark.parametrize(
        ("p", "quantile"),
        [(1e-9, 1.0), (0.2, 1.0), (0.2001, 2.0), (0.6, 2.0), (0.61, 5.0), (0.8, 5.0), (1 - 1e-9, 9.0)],
    )
    def test_a_quantile_is_the_least_value_whose_cdf_reaches_p(self, p: float, quantile: float) -> None:
        assert self.sample.ppf(p) == quantile

    def test_a_quantile_at_an_exact_share_is_not_carried_on_by_rounding(self) -> None:
        tenth = Empirical(np.arange(1.0, 11.0))
        shares = np.cumsum(np.full(9, 0.1))
        assert tenth.ppf(shares).tolist() == list(range(1, 10))

    def test_cdf_counts_ties(self) -> None:
        assert self.sample.cdf(np.array([0.9, 1.0, 2.0, 4.9, 9.0])).tolist() == [0.0, 0.2, 0.6, 0.6, 1.0]

    def test_at_takes_values_of_the_sample_alone(self) -> None:
        drawn = self.sample.at(Coordinate(u=(np.arange(1000) + 0.5) / 1000))
        assert np.unique(drawn, return_counts=True)[1].tolist() == [200, 400, 200, 200]

    @pytest.mark.parametrize(
        ("values", "zero"),
        [([1.0, 2.0], math.inf), ([0.0, 2.0], 0.0), ([-1.0, 0.0, 1.0], 0.0), ([-1.0, 1.0], 1.0)],
    )
    def test_reach(self, values: list[float], zero: float) -> None:
        reach = Empirical(np.array(values)).reach
        assert (reach.low, reach.high, reach.zero) == (values[0], values[-1], zero)
