"""Laws by their log densities: exact where the law is known, and never falling."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import logistic, norm

from contested.engine.curve import Curve, logarithmic_pool

LEVELS = np.array([0.001, 0.05, 0.3, 0.5, 0.8, 0.95, 0.999])
PLACES = np.linspace(-12.0, 12.0, 385)


def test_each_row_is_normalised_by_itself() -> None:
    """A constant on a log density changes nothing, nor does what stands in another row."""
    both = np.stack([norm(0.3, 1.1).logpdf(PLACES) + 700.0, logistic(0.0, 0.5).logpdf(PLACES) - 3.0])
    found = Curve.of(PLACES, both)
    assert found.quantiles(LEVELS)[0] == pytest.approx(norm(0.3, 1.1).ppf(LEVELS), abs=1e-6)
    assert found.quantiles(LEVELS)[1] == pytest.approx(logistic(0.0, 0.5).ppf(LEVELS), abs=2e-5)


def test_the_cdf_undoes_the_quantiles() -> None:
    found = Curve.of(PLACES, logistic(0.4, 0.8).logpdf(PLACES)[None])
    x = found.quantiles(LEVELS)[0]
    assert found.cdfs(x)[0] == pytest.approx(LEVELS, rel=1e-5)
    assert found.cdfs(np.array([-13.0, 13.0]))[0].tolist() == [0.0, 1.0]


def test_a_law_that_ends_where_its_places_do() -> None:
    """An exponential cut at 3: Euler and Maclaurin's correction counts at both ends."""
    places = np.linspace(0.0, 3.0, 385)
    found = Curve.of(places, -places[None])
    x = np.array([0.01, 0.5, 2.0, 2.9])
    assert found.cdfs(x)[0] == pytest.approx(-np.expm1(-x) / -np.expm1(-3.0), abs=5e-5)


def test_quantiles_rise_through_a_gap() -> None:
    """Two humps with next to nothing between them."""
    density = 0.5 * norm(-6, 0.4).pdf(PLACES) + 0.5 * norm(6, 0.4).pdf(PLACES)
    found = Curve.of(PLACES, np.log(density + 1e-280)[None])
    levels = np.linspace(0.001, 0.999, 997)
    quantiles = found.quantiles(levels)[0]
    assert np.all(np.diff(quantiles) >= 0)
    assert quantiles[levels < 0.499].max() < -4 and quantiles[levels > 0.501].min() > 4


def test_the_pool_of_one_law_with_itself_is_that_law() -> None:
    own = norm(0.3, 1.1).logpdf(PLACES)
    pool = logarithmic_pool(np.stack([own, own, own]), np.array([0.2, 0.5, 0.3]))
    assert pool == pytest.approx(own, rel=1e-14)
