"""J-QPD-S and J-QPD-B: quantiles honoured for every triple, the lognormal limit, symmetry and scale."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from contested.shapes.base import Coordinate
from contested.shapes.jqpd import JQPDB, JQPDS
from contested.shapes.normal import LogNormal

FARTHEST = np.array([2.0**-53, 1e-9, 0.5, 1 - 1e-9, 1 - 2.0**-53])

gaps = st.floats(1e-3, 1e3)
confidences = st.sampled_from([0.5, 0.8, 0.9, 0.98])
scales = st.sampled_from([1e-12, 1.0, 7.0, 1e12])


def tails(confidence: float) -> np.ndarray:
    return np.array([(1 - confidence) / 2, 0.5, (1 + confidence) / 2])


@given(gaps=st.tuples(gaps, gaps, gaps), minimum=st.floats(-1e3, 1e3), confidence=confidences, scale=scales)
def test_jqpd_s_honours_every_triple_above_its_minimum(
    gaps: tuple[float, float, float], minimum: float, confidence: float, scale: float
) -> None:
    points = scale * (minimum + np.cumsum(gaps))
    shape = JQPDS.through(*points, minimum=scale * minimum, confidence=confidence)
    np.testing.assert_allclose(shape.ppf(tails(confidence)), points, rtol=1e-9, atol=1e-12 * np.ptp(points))
    np.testing.assert_allclose(shape.cdf(points), tails(confidence), rtol=1e-9)


@given(
    gaps=st.tuples(gaps, gaps, gaps, gaps), minimum=st.floats(-1e3, 1e3), confidence=confidences, scale=scales
)
def test_jqpd_b_honours_every_triple_between_its_bounds(
    gaps: tuple[float, float, float, float], minimum: float, confidence: float, scale: float
) -> None:
    *points, maximum = scale * (minimum + np.cumsum(gaps))
    shape = JQPDB.through(*points, minimum=scale * minimum, maximum=maximum, confidence=confidence)
    atol = 1e-12 * (maximum - scale * minimum)
    np.testing.assert_allclose(shape.ppf(tails(confidence)), points, rtol=1e-9, atol=atol)
    # Not cdf(x) = p: where best and high nearly meet, x's last digit is worth more than that.
    np.testing.assert_allclose(shape.ppf(shape.cdf(points)), points, rtol=1e-9, atol=atol)


@given(gaps=st.tuples(gaps, gaps, gaps, gaps), u=st.lists(st.floats(2.0**-53, 1 - 2.0**-53), min_size=2))
def test_values_rise_with_the_coordinate_and_stay_in_the_support(
    gaps: tuple[float, float, float, float], u: list[float]
) -> None:
    low, best, high, maximum = np.cumsum(gaps)
    for shape in (
        JQPDS.through(low, best, high, minimum=0.0, confidence=0.9),
        JQPDB.through(low, best, high, minimum=0.0, maximum=maximum, confidence=0.9),
    ):
        values = shape.at(Coordinate(u=np.sort(np.array(u))))
        assert np.isfinite(values).all()
        assert (np.diff(values) >= -1e-13 * np.abs(values[1:])).all()
        assert shape.reach.low <= values[0] <= values[-1] <= shape.reach.high


@given(low=st.floats(1e-6, 1e6), ratio=st.floats(1.0001, 1e3), confidence=confidences)
def test_jqpd_s_of_a_geometric_triple_is_lognormal(low: float, ratio: float, confidence: float) -> None:
    best, high = low * ratio, low * ratio * ratio
    shape = JQPDS.through(low, best, high, minimum=0.0, confidence=confidence)
    lognormal = LogNormal(math.log(best), math.log(ratio) / stats.norm.ppf((1 + confidence) / 2))
    np.testing.assert_allclose(shape.ppf(FARTHEST), lognormal.ppf(FARTHEST), rtol=1e-9)


@pytest.mark.parametrize("nudge", [-1e-6, -1e-12, 0.0, 1e-12, 1e-6])
def test_the_form_is_continuous_through_the_lognormal_limit(nudge: float) -> None:
    shape = JQPDS.through(10.0, 20.0 * (1 + nudge), 40.0, minimum=0.0, confidence=0.9)
    lognormal = LogNormal(math.log(20), math.log(2) / stats.norm.ppf(0.95))
    np.testing.assert_allclose(shape.ppf(FARTHEST), lognormal.ppf(FARTHEST), rtol=100 * abs(nudge) + 1e-12)


@pytest.mark.parametrize("nudge", [-1e-6, -1e-12, 0.0, 1e-12, 1e-6])
def test_jqpd_b_is_continuous_through_its_symmetric_case(nudge: float) -> None:
    shape = JQPDB.through(0.2, 0.5 * (1 + nudge), 0.8, minimum=0.0, maximum=1.0, confidence=0.9)
    spread = -stats.norm.ppf(0.2) / stats.norm.ppf(0.95)
    expected = stats.norm.cdf(spread * stats.norm.ppf(FARTHEST))
    np.testing.assert_allclose(shape.ppf(FARTHEST), expected, rtol=1000 * abs(nudge) + 1e-12)


@pytest.mark.parametrize("nudge", [1e-13, 1e-11, 1e-9, 1e-7])
def test_triples_that_are_nearly_symmetric_are_honoured_too(nudge: float) -> None:
    triple = np.array([10.0, 20.0 * (1 + nudge), 40.0])
    shape = JQPDS.through(*triple, minimum=0.0, confidence=0.9)
    np.testing.assert_allclose(shape.ppf(tails(0.9)), triple, rtol=1e-13)
    triple = np.array([0.2, 0.5 * (1 + nudge), 0.8])
    bounded = JQPDB.through(*triple, minimum=0.0, maximum=1.0, confidence=0.9)
    np.testing.assert_allclose(bounded.ppf(tails(0.9)), triple, rtol=1e-13)


def test_jqpd_s_is_symmetric_in_the_logarithm() -> None:
    up = JQPDS.through(10.0, 14.0, 40.0, minimum=0.0, confidence=0.8)
    down = JQPDS.through(1 / 40, 1 / 14, 1 / 10, minimum=0.0, confidence=0.8)
    assert (up.n, down.n) == (1, -1)
    p = np.array([1e-6, 0.03, 0.3, 0.5, 0.8, 0.999])
    np.testing.assert_allclose(up.ppf(p), 1 / down.ppf(1 - p), rtol=1e-9)


def test_jqpd_b_is_symmetric_about_the_middle_of_its_bounds() -> None:
    up = JQPDB.through(2.0, 3.0, 7.0, minimum=1.0, maximum=11.0, confidence=0.8)
    down = JQPDB.through(5.0, 9.0, 10.0, minimum=1.0, maximum=11.0, confidence=0.8)
    assert (up.n, down.n) == (1, -1)
    p = np.array([1e-6, 0.03, 0.3, 0.5, 0.8, 0.999])
    np.testing.assert_allclose(up.ppf(p), 12 - down.ppf(1 - p), rtol=1e-9)


def test_jqpd_s_moves_with_its_minimum() -> None:
    at_0 = JQPDS.through(1.0, 2.0, 5.0, minimum=0.0, confidence=0.9)
    moved = JQPDS.through(-9.0, -8.0, -5.0, minimum=-10.0, confidence=0.9)
    np.testing.assert_allclose(moved.ppf(FARTHEST), at_0.ppf(FARTHEST) - 10, rtol=1e-12)


def test_cdf_is_0_and_1_outside_the_support() -> None:
    half = JQPDS.through(2.0, 3.0, 9.0, minimum=1.0, confidence=0.9)
    both = JQPDB.through(2.0, 3.0, 9.0, minimum=1.0, maximum=10.0, confidence=0.9)
    assert half.cdf(np.array([-5.0, 1.0])).tolist() == [0.0, 0.0]
    assert both.cdf(np.array([-5.0, 1.0, 10.0, 20.0])).tolist() == [0.0, 0.0, 1.0, 1.0]


class TestReach:
    def test_jqpd_s_from_0_vanishes_there_faster_than_any_power(self) -> None:
        shape = JQPDS.through(10.0, 12.0, 40.0, minimum=0.0, confidence=0.9)
        slopes = np.diff(np.log(shape.cdf(np.array([8.0, 9.0, 10.0])))) / np.diff(np.log([8.0, 9.0, 10.0]))
        assert slopes[0] > slopes[1] > 10
        assert (shape.reach.low, shape.reach.high, shape.reach.zero) == (0.0, math.inf, math.inf)

    def test_jqpd_s_across_0(self) -> None:
        assert JQPDS.through(1.0, 2.0, 4.0, minimum=-1.0, confidence=0.9).reach.zero == 1.0
        assert JQPDS.through(1.0, 2.0, 4.0, minimum=0.5, confidence=0.9).reach.zero == math.inf

    def test_bent_jqpd_b_from_0_falls_there_more_slowly_than_any_power(self) -> None:
        shape = JQPDB.through(0.2, 0.3, 0.8, minimum=0.0, maximum=1.0, confidence=0.9)
        x = np.array([1e-20, 1e-40, 1e-80, 1e-160, 1e-300])
        slopes = np.diff(np.log(shape.cdf(x))) / np.diff(np.log(x))
        assert (np.diff(slopes) < 0).all()
        assert slopes[-1] < 0.05
        assert shape.reach.zero == 0.0

    def test_symmetric_jqpd_b_from_0_falls_there_as_a_power(self) -> None:
        shape = JQPDB.through(0.02, 0.5, 0.98, minimum=0.0, maximum=1.0, confidence=0.9)
        spread = -stats.norm.ppf(0.02) / stats.norm.ppf(0.95)
        slope = math.log(shape.cdf(1e-280) / shape.cdf(1e-300)) / (20 * math.log(10))
        assert shape.n == 0
        assert shape.reach.zero == pytest.approx(spread**-2)
        assert slope == pytest.approx(spread**-2, rel=1e-3)

    def test_jqpd_b_up_to_0_and_across_it(self) -> None:
        below = JQPDB.through(-0.8, -0.3, -0.2, minimum=-1.0, maximum=0.0, confidence=0.9)
        across = JQPDB.through(-0.2, 0.3, 0.5, minimum=-1.0, maximum=1.0, confidence=0.9)
        assert (below.reach.zero, across.reach.zero) == (0.0, 1.0)
