"""Tables of smooth functions: within their bound, or not made."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import special

from contested.shapes.base import Array, Coordinate, Shape
from contested.shapes.parametric import Beta, Gamma, _beta_table, _gamma_table
from contested.shapes.tables import FARTHEST_SCORE, INTERVALS, LARGEST_ERROR, tabulate

SCORES = np.linspace(-8.2, 8.2, 3001)
LOG_SIZES = st.floats(-3, 5)


def cubic(z: Array) -> tuple[Array, Array]:
    return z**3 - 2 * z, 3 * z**2 - 2


def test_a_cubic_is_its_own_table() -> None:
    table = tabulate(cubic)
    assert table is not None
    np.testing.assert_allclose(table(SCORES), cubic(SCORES)[0], atol=1e-12)


def test_beyond_the_farthest_score_a_table_stays_as_it_is_there() -> None:
    table = tabulate(cubic)
    assert table is not None
    ends = cubic(np.array([-FARTHEST_SCORE, FARTHEST_SCORE]))[0]
    np.testing.assert_allclose(table(np.array([-11.0, 11.0])), ends, rtol=1e-14)


def test_what_bends_too_sharply_gets_no_table() -> None:
    period = 10 * 2 * FARTHEST_SCORE / INTERVALS
    assert tabulate(lambda z: (np.sin(z / period), np.cos(z / period) / period)) is None
    assert tabulate(lambda z: (np.sin(z / 2), np.cos(z / 2) / 2)) is not None


def test_a_wrong_slope_gets_no_table() -> None:
    assert tabulate(lambda z: (z**3, 3.001 * z**2)) is None


def test_what_is_not_finite_gets_no_table() -> None:
    assert tabulate(lambda z: (np.log(z + 8), 1 / (z + 8))) is None


def assert_at_is(quantiles: Array, u: Array, shape: Shape) -> None:
    np.testing.assert_allclose(shape.at(Coordinate(u=u)), quantiles, rtol=3 * LARGEST_ERROR)


def beta_quantiles(a: float, b: float, u: Array) -> Array:
    """SciPy's, and a step of Newton's: where a and b are nearly 1, it stops at four parts in ten billion."""
    found = special.betaincinv(a, b, u)
    with np.errstate(all="ignore"):
        density = np.exp(special.xlogy(a - 1, found) + special.xlog1py(b - 1, -found) - special.betaln(a, b))
        step = (special.betainc(a, b, found) - u) / density
    return np.asarray(np.where(np.abs(step) < 1e-8 * found, found - step, found))


U = special.ndtr(SCORES[SCORES < 4])  # beyond which p near 1 has itself lost digits


@given(log_a=LOG_SIZES, log_b=LOG_SIZES)
@example(log_a=1.192092896e-07, log_b=1.192092896e-07)  # whose median SciPy has at 0.5000000002
def test_a_beta_at_a_coordinate_is_its_quantile(log_a: float, log_b: float) -> None:
    a, b = 10**log_a, 10**log_b
    assert_at_is(beta_quantiles(a, b, U), U, Beta(a, b))


@given(log_k=LOG_SIZES)
def test_a_gamma_at_a_coordinate_is_its_quantile(log_k: float) -> None:
    shape = Gamma(10**log_k, 1.0)
    assert_at_is(shape.ppf(U), U, shape)


def test_upper_tails_of_tables_are_those_of_the_complements() -> None:
    z = np.linspace(4, 8.2, 200)
    far = special.ndtr(-z)
    beta, gamma = _beta_table(12.3, 5.6), _gamma_table(3.3)
    assert beta is not None
    assert gamma is not None
    np.testing.assert_allclose(special.expit(-beta(z)), special.betaincinv(5.6, 12.3, far), rtol=1e-9)
    np.testing.assert_allclose(np.exp(gamma(z)), special.gammainccinv(3.3, far), rtol=1e-9)


@pytest.mark.parametrize(("a", "b"), [(12.3, 5.6), (0.9, 0.9), (1.0, 1.0), (30.0, 0.9), (2.0, 1e4)])
def test_common_betas_have_a_table(a: float, b: float) -> None:
    assert _beta_table(a, b) is not None


def test_a_beta_of_two_spikes_goes_without() -> None:
    assert _beta_table(0.01, 0.01) is None
    assert Beta(0.01, 0.01).at(Coordinate(u=np.array([0.3]))) == Beta(0.01, 0.01).ppf(0.3)
