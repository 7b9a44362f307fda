"""From forms to shapes: quantiles honoured, units of no account, and refusals that name the remedy."""

from __future__ import annotations

import dataclasses
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import optimize, stats

from contested.language.nodes import (
    Exact,
    Interval,
    Limits,
    Literal_,
    Moments,
    Quantiles,
    Sample,
    ThreePoint,
    Within,
)
from contested.shapes.base import Coordinate
from contested.shapes.fitting import FitError, fit
from contested.shapes.jqpd import JQPDB, JQPDS
from contested.shapes.metalog import Metalog
from contested.shapes.normal import LogNormal, MedianSplitLogNormal, ModeSplitLogNormal, Normal
from contested.shapes.parametric import Beta, Empirical, Gamma, Point, Triangular, TruncatedNormal, Uniform

FORMS: dict[str, Literal_] = {
    "interval, lognormal": Interval(low=20.0, high=45.0, shape="lognormal"),
    "interval, normal": Interval(low=-20.0, high=45.0, shape="normal"),
    "interval, gamma": Interval(low=20.0, high=45.0, shape="gamma"),
    "interval, beta": Interval(low=20.0, high=45.0, min=10.0, max=90.0, shape="beta"),
    "interval, logit-normal": Interval(low=20.0, high=45.0, min=10.0, max=90.0, shape="logit-normal"),
    "interval, truncated below": Interval(low=2.0, high=45.0, min=0.0, shape="truncated-normal"),
    "interval, truncated above": Interval(low=2.0, high=45.0, max=50.0, shape="truncated-normal"),
    "interval, truncated": Interval(low=2.0, high=45.0, min=0.0, max=50.0, shape="truncated-normal"),
    "jqpd-s": ThreePoint(low=20.0, best=28.0, high=45.0, shape="jqpd-s"),
    "jqpd-s from a minimum": ThreePoint(low=20.0, best=28.0, high=45.0, min=-5.0, shape="jqpd-s"),
    "jqpd-b": ThreePoint(low=20.0, best=28.0, high=45.0, min=10.0, max=50.0, shape="jqpd-b"),
    "metalog": ThreePoint(low=20.0, best=28.0, high=45.0, shape="metalog"),
    "log-metalog": ThreePoint(low=20.0, best=28.0, high=45.0, min=0.0, shape="metalog"),
    "mirrored log-metalog": ThreePoint(low=20.0, best=32.0, high=45.0, max=100.0, shape="metalog"),
    "logit-metalog": ThreePoint(low=20.0, best=28.0, high=45.0, min=0.0, max=100.0, shape="metalog"),
    "median splice": ThreePoint(low=20.0, best=28.0, high=45.0, shape="split-lognormal", splice="median"),
    "mode splice": ThreePoint(low=20.0, best=28.0, high=45.0, shape="split-lognormal", splice="mode"),
    "within, relative": Within(best=28.0, relative=0.25, shape="lognormal"),
    "within, amount": Within(best=-28.0, amount=3.0, shape="normal"),
    "uniform": Limits(min=-2.0, max=7.0, shape="uniform"),
    "pert": Limits(min=-2.0, mode=1.0, max=7.0, shape="pert"),
    "triangular": Limits(min=-2.0, mode=1.0, max=7.0, shape="triangular"),
    "moments, normal": Moments(mean=5.0, sd=2.0, shape="normal"),
    "moments, truncated": Moments(mean=5.0, sd=2.0, min=4.0, shape="truncated-normal"),
    "moments, lognormal": Moments(mean=5.0, sd=2.0, shape="lognormal"),
    "moments, gamma": Moments(mean=5.0, sd=2.0, shape="gamma"),
    "moments, beta": Moments(mean=5.0, sd=2.0, min=1.0, max=10.0, shape="beta"),
    "quantiles, metalog": Quantiles(
        points=((0.1, 3.0), (0.3, 5.0), (0.6, 8.0), (0.95, 20.0)), shape="metalog"
    ),
    "quantiles, normal": Quantiles(points=((0.1, -3.0), (0.5, 0.1), (0.95, 4.0)), shape="normal"),
    "quantiles, lognormal": Quantiles(points=((0.1, 3.0), (0.5, 6.0), (0.95, 15.0)), shape="lognormal"),
    "quantiles, gamma": Quantiles(points=((0.1, 3.0), (0.5, 6.0), (0.95, 13.0)), shape="gamma"),
    "quantiles, beta": Quantiles(
        points=((0.1, 3.0), (0.5, 6.0), (0.95, 12.0)), min=0.0, max=60.0, shape="beta"
    ),
    "quantiles, logit-normal": Quantiles(
        points=((0.1, 3.0), (0.5, 6.0), (0.95, 13.0)), min=0.0, max=60.0, shape="logit-normal"
    ),
    "quantiles, truncated": Quantiles(
        points=((0.1, 3.0), (0.5, 7.0), (0.95, 13.0)), min=0.0, shape="truncated-normal"
    ),
    "quantiles, split": Quantiles(points=((0.1, 3.0), (0.5, 6.0), (0.95, 15.0)), shape="split-lognormal"),
}

TWO_QUANTILES = [name for name in FORMS if name.startswith("interval")]
TOO_FLAT = {  # a normal cannot be cut to so even a spread between so near bounds
    "interval, truncated below": (0.5, 0.8),
    "interval, truncated above": (0.5,),
    "interval, truncated": (0.5, 0.8),
}
THREE_QUANTILES = [
    name for name, form in FORMS.items() if isinstance(form, ThreePoint) and form.splice != "mode"
]
BODY = np.array([1e-6, 0.05, 0.3, 0.5, 0.7, 0.95, 1 - 1e-6])

every_form = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())


def fit_shape(form, confidence):
    """The shape alone."""
    return fit(form, confidence).shape


def times(form: Any, k: float) -> Any:
    """The form with every number that carries its unit multiplied by k."""
    keep = {"confidence", "relative", "shape", "splice", "points"}
    scaled = {
        field.name: getattr(form, field.name) * k
        for field in dataclasses.fields(form)
        if field.name not in keep and getattr(form, field.name) is not None
    }
    if isinstance(form, Quantiles):
        scaled["points"] = tuple((p, x * k) for p, x in form.points)
    return dataclasses.replace(form, **scaled)


@every_form
@pytest.mark.parametrize("k", [1e-12, 7.0, 1e12])
def test_a_unit_change_scales_the_shape(form: Literal_, k: float) -> None:
    np.testing.assert_allclose(
        fit_shape(times(form, k), 0.9).ppf(BODY), k * fit_shape(form, 0.9).ppf(BODY), rtol=1e-7
    )


@every_form
def test_every_shape_stays_finite_to_the_farthest_coordinate(form: Literal_) -> None:
    shape = fit_shape(form, 0.9)
    values = shape.at(Coordinate(u=np.array([2.0**-53, 0.5, 1 - 2.0**-53])))
    assert np.isfinite(values).all()
    assert shape.reach.low <= values[0] < values[1] < values[2] <= shape.reach.high


@pytest.mark.parametrize("name", TWO_QUANTILES)
@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.98])
def test_an_interval_holds_its_confidence(name: str, confidence: float) -> None:
    form = FORMS[name]
    assert isinstance(form, Interval)
    tails = np.array([(1 - confidence) / 2, (1 + confidence) / 2])
    stated = (form.low, form.high)
    if confidence in TOO_FLAT.get(name, ()):
        with pytest.raises(FitError, match=r"as flat as to have|times the lesser"):
            fit_shape(form, confidence)
    else:
        np.testing.assert_allclose(fit_shape(form, confidence).ppf(tails), stated, rtol=1e-9)


@pytest.mark.parametrize("name", THREE_QUANTILES)
@pytest.mark.parametrize("confidence", [0.5, 0.8, 0.9, 0.98])
def test_low_best_and_high_are_honoured(name: str, confidence: float) -> None:
    form = FORMS[name]
    assert isinstance(form, ThreePoint)
    tails = np.array([(1 - confidence) / 2, 0.5, (1 + confidence) / 2])
    np.testing.assert_allclose(
        fit_shape(form, confidence).ppf(tails), (form.low, form.best, form.high), rtol=1e-9
    )


def test_a_confidence_of_its_own_comes_before_the_scenarios() -> None:
    own = Interval(low=20.0, high=45.0, confidence=0.5)
    assert fit_shape(own, 0.9) == fit_shape(Interval(low=20.0, high=45.0), 0.5)
    assert fit_shape(own, 0.9) != fit_shape(Interval(low=20.0, high=45.0), 0.9)
    best = ThreePoint(low=20.0, best=30.0, high=45.0, confidence=0.5)
    assert fit_shape(best, 0.9) == fit_shape(dataclasses.replace(best, confidence=None), 0.5)
    within = Within(best=20.0, relative=0.1, confidence=0.5)
    assert fit_shape(within, 0.9) == fit_shape(dataclasses.replace(within, confidence=None), 0.5)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("interval, lognormal", LogNormal),
        ("interval, normal", Normal),
        ("interval, gamma", Gamma),
        ("interval, beta", Beta),
        ("interval, truncated", TruncatedNormal),
        ("jqpd-s", JQPDS),
        ("jqpd-b", JQPDB),
        ("logit-metalog", Metalog),
        ("median splice", MedianSplitLogNormal),
        ("mode splice", ModeSplitLogNormal),
        ("uniform", Uniform),
        ("triangular", Triangular),
        ("moments, beta", Beta),
    ],
)
def test_the_named_shape_is_the_one_made(name: str, kind: type) -> None:
    assert isinstance(fit_shape(FORMS[name], 0.9), kind)


def test_an_exact_value_is_a_point() -> None:
    assert fit_shape(Exact(value=99.0), 0.9) == Point(99.0)


def test_a_percentage_divides_and_multiplies() -> None:
    shape = fit_shape(Within(best=200.0, relative=0.25), 0.8)
    np.testing.assert_allclose(shape.ppf(np.array([0.1, 0.5, 0.9])), [160.0, 200.0, 250.0], rtol=1e-12)


def test_an_amount_is_added_and_taken_away() -> None:
    shape = fit_shape(Within(best=-200.0, amount=25.0, shape="normal"), 0.8)
    np.testing.assert_allclose(shape.ppf(np.array([0.1, 0.5, 0.9])), [-225.0, -200.0, -175.0], rtol=1e-12)


@pytest.mark.parametrize("name", ["moments, normal", "moments, lognormal", "moments, gamma", "moments, beta"])
def test_moments_are_honoured(name: str) -> None:
    form = FORMS[name]
    assert isinstance(form, Moments)
    z = np.linspace(-9, 9, 20001)
    values, mass = fit_shape(form, 0.9).at(Coordinate(z=z)), stats.norm.pdf(z) * (z[1] - z[0])
    mean = np.sum(mass * values)
    assert mean == pytest.approx(form.mean, rel=1e-7)
    assert math.sqrt(np.sum(mass * (values - mean) ** 2)) == pytest.approx(form.sd, rel=1e-6)


def test_moments_of_a_truncated_normal_are_its_parents() -> None:
    shape = fit_shape(Moments(mean=5.0, sd=2.0, min=4.0, max=8.0, shape="truncated-normal"), 0.9)
    oracle = stats.truncnorm(-0.5, 1.5, 5.0, 2.0)
    np.testing.assert_allclose(shape.ppf(BODY), oracle.ppf(BODY), rtol=1e-9)


@given(
    low=st.floats(1e-3, 1e3),
    below=st.floats(1.001, 1e3),
    above=st.floats(1.001, 1e3),
    confidence=st.sampled_from([0.5, 0.9]),
)
def test_the_mode_splice_has_its_quantiles_and_its_mode(
    low: float, below: float, above: float, confidence: float
) -> None:
    best, high = low * below, low * below * above
    form = ThreePoint(low=low, best=best, high=high, shape="split-lognormal", splice="mode")
    shape = fit_shape(form, confidence)
    assert isinstance(shape, ModeSplitLogNormal)
    assert math.exp(shape.mu) == pytest.approx(best, rel=1e-12)
    tails = np.array([(1 - confidence) / 2, (1 + confidence) / 2])
    np.testing.assert_allclose(shape.ppf(tails), [low, high], rtol=1e-9)


@given(
    gaps=st.lists(st.floats(1e-3, 1e3), min_size=3, max_size=3),
    minimum=st.sampled_from([0.0, -7.0, 3.0]),
    scale=st.sampled_from([1e-9, 1.0, 1e9]),
    confidence=st.sampled_from([0.5, 0.8, 0.9, 0.98]),
    shape=st.sampled_from(["beta", "logit-normal"]),
)
def test_two_quantiles_between_any_bounds(
    gaps: list[float], minimum: float, scale: float, confidence: float, shape: str
) -> None:
    low, high, maximum = scale * (minimum + np.cumsum(gaps))
    form = Interval(low=low, high=high, min=scale * minimum, max=maximum, shape=shape)
    tails = np.array([(1 - confidence) / 2, (1 + confidence) / 2])
    width = maximum - scale * minimum
    np.testing.assert_allclose(
        fit_shape(form, confidence).ppf(tails), [low, high], rtol=1e-9, atol=1e-12 * width
    )


@given(ratio=st.floats(1.0001, 1e6), low=st.sampled_from([1e-12, 1.0, 1e12]), p=st.floats(0.01, 0.49))
def test_a_gamma_through_any_two_quantiles(ratio: float, low: float, p: float) -> None:
    form = Quantiles(points=((p, low), (1 - p, low * ratio)), shape="gamma")
    np.testing.assert_allclose(fit_shape(form, 0.9).ppf(np.array([p, 1 - p])), [low, low * ratio], rtol=1e-9)


@given(low=st.floats(0.01, 0.98), share=st.floats(0.001, 0.999), confidence=st.sampled_from([0.5, 0.9]))
def test_a_truncated_normal_exists_iff_it_is_less_flat_than_an_exponential(
    low: float, share: float, confidence: float
) -> None:
    p, q = (1 - confidence) / 2, (1 + confidence) / 2
    limit = steepest_exponential(low, p, q)
    high = low + share * (1 - low)
    form = Interval(low=low, high=high, min=0.0, max=1.0, shape="truncated-normal")
    if high < limit - 1e-6:
        np.testing.assert_allclose(fit_shape(form, confidence).ppf(np.array([p, q])), [low, high], rtol=1e-9)
    elif high > limit + 1e-6:
        with pytest.raises(FitError, match="no normal truncated to"):
            fit_shape(form, confidence)


def steepest_exponential(x: float, p: float, q: float) -> float:
    """The q quantile of the exponential truncated to [0, 1], rising or falling, whose p quantile is x."""

    def quantile(share: float, rate: float) -> float:
        return share if rate == 0 else -math.log1p(share * math.expm1(-rate)) / rate

    rate = optimize.brentq(lambda r: quantile(p, r) - x, -700, 700, xtol=1e-14)
    return quantile(q, rate)


class TestLeastSquares:
    def test_two_quantiles_are_honoured_exactly_and_miss_nothing(self) -> None:
        found = fit(Quantiles(points=((0.2, 3.0), (0.7, 8.0)), shape="gamma"), 0.9)
        np.testing.assert_allclose(found.shape.ppf(np.array([0.2, 0.7])), [3.0, 8.0], rtol=1e-9)
        assert found.misses == ()

    @pytest.mark.parametrize(
        ("shape", "oracle", "bounds"),
        [
            ("normal", stats.norm(3, 2), {}),
            ("lognormal", stats.lognorm(0.5, scale=9), {}),
            ("gamma", stats.gamma(2.5, scale=3), {}),
            ("beta", stats.beta(2, 5, 1, 4), {"min": 1.0, "max": 5.0}),
            ("truncated-normal", stats.truncnorm(-0.5, math.inf, 2, 4), {"min": 0.0}),
            ("truncated-normal", stats.truncnorm(-0.5, 1.5, 2, 4), {"min": 0.0, "max": 8.0}),
        ],
    )
    def test_quantiles_of_the_shape_itself_give_it_back(
        self, shape: str, oracle: Any, bounds: dict[str, float]
    ) -> None:
        p = np.array([0.05, 0.2, 0.5, 0.6, 0.9])
        points = tuple(zip(p, oracle.ppf(p), strict=True))
        found = fit(Quantiles(points=points, shape=shape, **bounds), 0.9)
        np.testing.assert_allclose(found.shape.ppf(BODY), oracle.ppf(BODY), rtol=1e-6)
        assert [(miss.probability, miss.value) for miss in found.misses] == list(points)
        assert max(abs(miss.in_probability) for miss in found.misses) < 1e-9

    def test_a_miss_is_told_in_probability_and_in_value(self) -> None:
        found = fit(Quantiles(points=((0.1, -3.0), (0.5, 0.1), (0.95, 4.0)), shape="normal"), 0.9)
        for miss in found.misses:
            assert miss.in_probability == pytest.approx(found.shape.cdf(miss.value) - miss.probability)
            assert miss.in_value == pytest.approx(found.shape.ppf(miss.probability) - miss.value)
        assert 1e-4 < max(abs(miss.in_probability) for miss in found.misses) < 0.02

    def test_the_sum_of_squares_is_least(self) -> None:
        points = ((0.1, 3.0), (0.5, 6.0), (0.95, 13.0))
        p, x = np.array(points).T
        shape = fit_shape(Quantiles(points=points, shape="gamma"), 0.9)
        assert isinstance(shape, Gamma)

        def squares(logs: np.ndarray) -> float:
            return float(np.sum((stats.gamma.cdf(x, math.exp(logs[0]), scale=math.exp(logs[1])) - p) ** 2))

        found = squares(np.log([shape.k, shape.scale]))
        for step in ([1e-4, 0], [-1e-4, 0], [0, 1e-4], [0, -1e-4], [1e-4, -1e-4], [-1e-4, 1e-4]):
            assert squares(np.log([shape.k, shape.scale]) + step) > found

    def test_three_quantiles_of_a_split_lognormal_are_honoured(self) -> None:
        points = ((0.05, 20.0), (0.5, 28.0), (0.95, 45.0))
        shape = fit_shape(Quantiles(points=points, shape="split-lognormal"), 0.9)
        spliced = fit_shape(FORMS["median splice"], 0.9)
        np.testing.assert_allclose(shape.ppf(BODY), spliced.ppf(BODY), rtol=1e-6)

    def test_a_start_that_no_outermost_pair_gives_is_found_from_the_middle(self) -> None:
        # 0.05 and 0.95 lie 62 times apart, over the 58 of any truncated normal.
        points = ((0.05, 0.0435), (0.5, 0.64), (0.95, 2.7))
        found = fit(Quantiles(points=points, min=0.0, shape="truncated-normal"), 0.9)
        assert 1e-3 < max(abs(miss.in_probability) for miss in found.misses) < 0.02

    def test_a_quantile_missed_by_over_two_hundredths_is_refused(self) -> None:
        form = Quantiles(points=((0.25, 25.0), (0.5, 30.0), (0.75, 40.0)), min=0.0, max=100.0, shape="beta")
        with pytest.raises(FitError) as refusal:
            fit_shape(form, 0.9)
        assert str(refusal.value) == (
            "the nearest beta misses the 0.5 quantile by 0.044 in probability (31.24 in place of 30), over "
            "the 0.02 allowed; use shape: metalog, or another"
        )


REFUSALS: list[tuple[Literal_, str]] = [
    (
        Interval(low=-1, high=2, shape="lognormal"),
        "a lognormal is positive: all values must exceed 0 (got -1)",
    ),
    (Interval(low=0, high=2, shape="gamma"), "a gamma is positive: all values must exceed 0 (got 0)"),
    (Interval(low=1, high=2, min=0, shape="beta"), "shape beta needs both min and max"),
    (Interval(low=1, high=2, max=3, shape="logit-normal"), "shape logit-normal needs both min and max"),
    (Interval(low=1, high=2, shape="truncated-normal"), "shape truncated-normal needs min, max or both"),
    (Interval(low=1, high=2, min=0, shape="lognormal"), "shape lognormal takes no min or max"),
    (Interval(low=1, high=2, min=1, max=3, shape="beta"), "all values must exceed min (got 1, and min 1)"),
    (Interval(low=1, high=3, min=0, max=3, shape="beta"), "all values must be below max (got 3, and max 3)"),
    (
        Interval(low=1, high=500, min=0, shape="truncated-normal"),
        "at most 58.4 times the lesser (got 500); use gamma",
    ),
    (
        Interval(low=1, high=2, shape="pert"),
        "shape pert cannot be made from low and high; use lognormal, normal",
    ),
    (Interval(low=1e-300, high=1e300, shape="lognormal"), "the tails pass what floating point can hold"),
    (Interval(low=1, high=1 + 1e-13, min=0, max=2, shape="beta"), "no beta that floating point can hold"),
    (
        ThreePoint(low=0, best=1, high=2),
        "low must exceed min, 0 unless stated (got 0); state a min below low",
    ),
    (ThreePoint(low=1, best=2, high=3, min=1), "must hold min < low < best < high (got 1, 1, 2, 3)"),
    (ThreePoint(low=1, best=3, high=3), "must hold low < best < high (got 1, 3, 3)"),
    (ThreePoint(low=1, best=2, high=3, max=4), "shape jqpd-s takes no max; use jqpd-b with min and max"),
    (ThreePoint(low=1, best=2, high=3, max=4, shape="jqpd-b"), "shape jqpd-b needs both min and max"),
    (ThreePoint(low=1, best=2, high=3, shape="split-lognormal"), "needs splice: median"),
    (ThreePoint(low=-1, best=2, high=3, shape="split-lognormal", splice="mode"), "must exceed 0 (got -1)"),
    (
        ThreePoint(low=1, best=2, high=3, min=0, shape="split-lognormal"),
        "split-lognormal takes no min or max",
    ),
    (ThreePoint(low=1, best=2, high=3, shape="beta"), "cannot be made from low, best and high; use jqpd-s"),
    (ThreePoint(low=10, best=10.5, high=20, shape="metalog"), "must lie within"),
    (Within(best=-5, relative=0.1), "a percentage needs a positive best (got -5); state an amount"),
    (Within(best=5, relative=0.1, shape="normal"), "a percentage is lognormal and an amount is normal"),
    (Within(best=5, amount=0.1, shape="lognormal"), "a percentage is lognormal and an amount is normal"),
    (Limits(min=0, max=1, shape="pert"), "shape pert cannot be made from min and max; use uniform"),
    (
        Limits(min=0, mode=0.5, max=1, shape="uniform"),
        "cannot be made from min, mode and max; use pert or triangular",
    ),
    (Moments(mean=-1, sd=1, shape="gamma"), "a gamma is positive: its mean must exceed 0 (got -1)"),
    (
        Moments(mean=1, sd=1, min=0, shape="gamma"),
        "cannot be made from mean and sd with one bound; use truncated-normal",
    ),
    (
        Moments(mean=1, sd=1, shape="beta"),
        "cannot be made from mean and sd alone; use normal, lognormal or gamma",
    ),
    (Moments(mean=0.5, sd=0.6, min=0, max=1, shape="beta"), "of mean 0.5 has an sd below 0.5 (got 0.6)"),
    (Moments(mean=2, sd=0.1, min=0, max=1, shape="beta"), "must hold min < mean < max (got 0, 2, 1)"),
    (
        Moments(mean=-40, sd=1, min=0, shape="truncated-normal"),
        "cut a normal off over 30 sd from its mean of -40",
    ),
    (Quantiles(points=((0.1, 1), (0.9, 2)), min=1), "all values must exceed min (got 1, and min 1)"),
    (Quantiles(points=((0.1, 1), (0.9, 2)), max=2), "all values must be below max (got 2, and max 2)"),
    (Quantiles(points=((0.1, 1), (0.9, 2)), shape="split-lognormal"), "needs three quantiles or more"),
    (Quantiles(points=((0.1, -1), (0.5, 1), (0.9, 2)), shape="gamma"), "a gamma is positive"),
    (
        Quantiles(points=((0.1, 1), (0.5, 2), (0.9, 3)), shape="uniform"),
        "shape uniform cannot be made from quantiles",
    ),
]


@pytest.mark.parametrize(("form", "message"), REFUSALS, ids=[message[:60] for _, message in REFUSALS])
def test_what_no_shape_can_honour_is_refused_with_the_remedy(form: Literal_, message: str) -> None:
    with pytest.raises(FitError) as refusal:
        fit_shape(form, 0.9)
    assert message in str(refusal.value)


class TestSample:
    def fit(self, file: Path, text: str | bytes, column: str = "x") -> Any:
        if isinstance(text, str):
            file.write_text(text, encoding="utf-8", newline="")
        else:
            file.write_bytes(text)
        return fit_shape(Sample(file=file, column=column), 0.9)

    def test_a_csv_column_is_read_and_sorted(self, tmp_path: Path) -> None:
        shape = self.fit(tmp_path / "draws.csv", 'a, x ,"b, c"\n1,3.5,2\r\n1, -2e3 ,2\n1,+.5,"2"\n')
        assert isinstance(shape, Empirical)
        assert shape.values.tolist() == [-2000.0, 0.5, 3.5]
        assert not shape.values.flags.writeable

    def test_a_byte_order_mark_is_no_part_of_a_name(self, tmp_path: Path) -> None:
        assert self.fit(tmp_path / "draws.csv", b"\xef\xbb\xbfx\n4\n").values.tolist() == [4.0]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("a,b\n1,2\n", "draws.csv: has no column 'x'; it has a, b"),
            ("x,x\n1,2\n", "draws.csv: has 2 columns 'x'; it has x, x"),
            ("", "draws.csv: has no column 'x'; it has nothing"),
            ("x\n", "draws.csv: column 'x' has no rows"),
            ("x,y\n1,2\n,3\n", "draws.csv:3: column 'x' must hold a number (got '')"),
            ("x\n1\n\n2\n", "draws.csv:3: has 0 cells where the first line names 1 columns"),
            ("x,y\n1,2\n1\n", "draws.csv:3: has 1 cells where the first line names 2 columns"),
            ("x\n1\nabout 5\n", "draws.csv:3: column 'x' must hold a number (got 'about 5')"),
            ("x\n1_000\n", "draws.csv:2: column 'x' must hold a number (got '1_000')"),
            ('x\n"1,000"\n', "draws.csv:2: column 'x' must hold a number (got '1,000')"),
            ("x\nnan\n", "draws.csv:2: column 'x' must hold a number (got 'nan')"),
            ("x\ninf\n", "draws.csv:2: column 'x' must hold a number (got 'inf')"),
            ("x\n1e999\n", "draws.csv:2: column 'x' must hold a finite number (got '1e999')"),
            ("x\n\u0664\n", "draws.csv:2: column 'x' must hold a number (got '\u0664')"),
            (b"x\n\xff\n", "draws.csv: is not UTF-8 text"),
            ('x\n"1\n', "draws.csv: is not a CSV file (unexpected end of data)"),
        ],
    )
    def test_a_csv_that_is_not_numbers_is_refused_with_its_row(
        self, tmp_path: Path, text: str | bytes, message: str
    ) -> None:
        with pytest.raises(FitError) as refusal:
            self.fit(tmp_path / "draws.csv", text)
        assert str(refusal.value) == message

    def test_a_file_that_is_missing_or_of_another_kind_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(FitError, match=r"^draws\.csv: cannot be read \(No such file or directory\)$"):
            fit_shape(Sample(file=tmp_path / "draws.csv", column="x"), 0.9)
        with pytest.raises(FitError, match=r"^draws\.xlsx: draws are read from \.csv or \.parquet files$"):
            fit_shape(Sample(file=tmp_path / "draws.xlsx", column="x"), 0.9)

    def test_a_parquet_column_is_read_as_a_csv_one(self, tmp_path: Path) -> None:
        write_parquet(tmp_path / "draws.parquet", x=[3, 1, 2], y=[0.5, -1.0, 2.0])
        assert fit_shape(Sample(file=tmp_path / "draws.parquet", column="x"), 0.9).values.tolist() == [
            1.0,
            2.0,
            3.0,
        ]
        assert fit_shape(Sample(file=tmp_path / "draws.parquet", column="y"), 0.9).values.tolist() == [
            -1.0,
            0.5,
            2.0,
        ]

    @pytest.mark.parametrize(
        ("column", "message"),
        [
            ("z", "draws.parquet: has no column 'z'; it has empty, gap, far, text"),
            ("gap", "draws.parquet: row 2: column 'gap' must hold a finite number"),
            ("far", "draws.parquet: row 3: column 'far' must hold a finite number"),
            ("text", "draws.parquet: column 'text' must hold numbers (it holds string)"),
            ("empty", "draws.parquet: column 'empty' must hold numbers (it holds bool)"),
        ],
    )
    def test_a_parquet_column_that_is_not_numbers_is_refused(
        self, tmp_path: Path, column: str, message: str
    ) -> None:
        columns = {
            "empty": [True] * 3,
            "gap": [1, None, 2],
            "far": [1.0, 2.0, math.inf],
            "text": ["1", "2", "3"],
        }
        write_parquet(tmp_path / "draws.parquet", **columns)
        with pytest.raises(FitError) as refusal:
            fit_shape(Sample(file=tmp_path / "draws.parquet", column=column), 0.9)
        assert str(refusal.value) == message

    def test_a_parquet_file_that_is_none_is_refused(self, tmp_path: Path) -> None:
        pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
        with pytest.raises(FitError, match=r"^draws\.parquet: is not a Parquet file"):
            self.fit(tmp_path / "draws.parquet", "x\n1\n")

    def test_without_pyarrow_the_extra_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(FitError) as refusal:
            self.fit(tmp_path / "draws.parquet", b"")
        remedy = "pip install 'contested[parquet]'"
        assert str(refusal.value) == f"draws.parquet: reading Parquet needs pyarrow: {remedy}"


def write_parquet(file: Path, **columns: list[Any]) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="the extra `parquet` is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(pyarrow.table(columns), file)
