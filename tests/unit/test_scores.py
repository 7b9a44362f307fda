"""Densities from order statistics: exact where the law is normal on its axis, none where there is none."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import beta, gamma, lognorm, norm

from contested.engine.order_statistics import OrderStatistics
from contested.engine.scores import Axis, Scores, knots_of

AXES = [Axis(-math.inf, math.inf), Axis(2.0, math.inf), Axis(-math.inf, 7.0), Axis(-1.0, 7.0)]
POINTS = (np.arange(2048) + 0.5) / 2048


@pytest.mark.parametrize("axis", AXES)
def test_an_axis_goes_there_and_back(axis: Axis) -> None:
    x = np.array([2.5, 4.0, 6.9])
    assert axis.back(axis.to(x)) == pytest.approx(x, rel=1e-14)
    assert np.all(np.diff(axis.to(x)) > 0)
    step = 1e-6
    numeric = np.log((axis.to(x + step) - axis.to(x - step)) / (2 * step))
    assert axis.log_slope(x) == pytest.approx(numeric, abs=1e-7)


def test_values_are_kept_inside() -> None:
    inside = Axis(-1.0, 7.0).inside(np.array([-1.0, 3.0, 7.0]))
    assert -1.0 < inside[0] < inside[1] < inside[2] < 7.0


def scores(law, axis: Axis) -> Scores:
    """Those of exact order statistics, one in the middle of each part."""
    ordered = OrderStatistics(law.ppf(POINTS)[None, None], np.array([[POINTS.size]]))
    z, quantiles = knots_of(ordered, [0])
    found = Scores.of(axis, z, quantiles[0])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("law", "axis"),
    [
        (norm(3.0, 2.0), Axis(-math.inf, math.inf)),
        (lognorm(0.4, scale=5.0), Axis(0.0, math.inf)),
        (lognorm(0.4, loc=-2.0, scale=5.0), Axis(-2.0, math.inf)),
    ],
    ids=["normal", "lognormal", "shifted"],
)
def test_where_the_law_is_normal_on_its_axis_its_density_is_exact(law, axis: Axis) -> None:
    """In the middle and beyond the draws; on its own axis and on another."""
    own = scores(law, axis)
    for other in (axis, Axis(-math.inf, math.inf), Axis(-50.0, 300.0)):
        x = law.ppf(norm.cdf([-4.5, -3.0, 0.3, 2.0, 4.5]))
        found = own.log_density(other.to(x), other)
        exact = law.logpdf(x) - other.log_slope(x)
        assert found[0] - found[0, 2] == pytest.approx(exact - exact[2], abs=1e-2)
        assert found[1].tolist() == pytest.approx(found[0].tolist())


@pytest.mark.parametrize(
    ("law", "axis"),
    [(gamma(4.0), Axis(0.0, math.inf)), (beta(2.0, 5.0), Axis(0.0, 1.0))],
    ids=["gamma", "beta"],
)
def test_other_densities_are_near_where_draws_are(law, axis: Axis) -> None:
    own = scores(law, axis)
    x = law.ppf(np.array([0.003, 0.05, 0.4, 0.5, 0.9, 0.997]))
    found = own.log_density(axis.to(x), axis)[0]
    exact = law.logpdf(x) - axis.log_slope(x)
    assert found - found[3] == pytest.approx(exact - exact[3], abs=3e-3)


def test_places_beyond_the_knots_are_the_laws() -> None:
    own = scores(norm(3.0, 2.0), Axis(-math.inf, math.inf))
    assert own.place(-8.0) == pytest.approx(-13.0, rel=1e-3)
    assert own.place(6.0) == pytest.approx(15.0, rel=1e-3)


def test_all_draws_knots_are_the_means_of_the_replicates() -> None:
    z = np.linspace(-2.0, 2.0, 9)
    found = Scores.of(Axis(0.0, math.inf), z, np.exp(np.stack([z, 1 + 3 * z])))
    assert found is not None
    assert found.knots[0] == pytest.approx(0.5 + 2 * z)
    assert found.slopes[:, 4] == pytest.approx([1 / 2, 1, 1 / 3])


def test_knots_keep_to_what_each_replicate_draws() -> None:
    ordered = OrderStatistics(
        np.sort(np.random.default_rng(1).normal(size=(2, 1, 100))), np.array([[100], [40]])
    )
    z, quantiles = knots_of(ordered, [0])
    assert z[-1] == pytest.approx(float(-ndtri(2.5 / 40))) and z[0] == -z[-1]
    assert np.max(np.diff(z)) <= 0.25
    assert quantiles.shape == (1, 2, z.size)


@pytest.mark.parametrize(
    "quantiles",
    [
        [1.0, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        [1.0, 2.0, 3.0, 3.0 * (1 + 1e-15), 4.0, 5.0, 6.0],
        [0.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0],
        [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, np.inf],
    ],
    ids=["equal", "equal but for rounding", "at an end", "infinite"],
)
def test_there_is_no_density_where_values_are_one_or_at_an_end(quantiles: list[float]) -> None:
    assert Scores.of(Axis(0.0, math.inf), np.linspace(-1.5, 1.5, 7), np.array([quantiles])) is None
