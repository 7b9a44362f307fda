"""Published and closed-form values of Monte Carlo error (topic ERR), each with its source."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.precision import last_place, round_to, sectioning, significant_place


@pytest.mark.parametrize(
    ("u", "digits", "c", "exponent", "delta"),
    [
        (0.0754, 2, 75, -3, 0.0005),
        (0.0754, 1, 8, -2, 0.005),
        (36.2, 2, 36, 0, 0.5),
        (0.35, 2, 35, -2, 0.005),
        (1.11, 2, 11, -1, 0.05),
    ],
)
def test_err_04_numerical_tolerance(u: float, digits: int, c: int, exponent: int, delta: float) -> None:
    """ERR-04: JCGM 101:2008 7.9.2 and examples, u = c·10^l, delta = 10^l / 2; relative 1e-12."""
    place = significant_place(u, digits)
    assert place == exponent
    assert round_to(u, exponent) / 10.0**exponent == pytest.approx(c, rel=1e-12)
    assert 10.0**exponent / 2 == pytest.approx(delta, rel=1e-12)


@pytest.mark.parametrize(
    ("p", "error"),
    [
        (0.025, 0.0788266825073),
        (0.05, 0.0685396781819),
        (0.5, 0.0665838985998),
        (0.95, 0.18388765441),
        (0.975, 0.25550192421),
    ],
)
def test_err_06_standard_error_of_lognormal_quantiles(p: float, error: float) -> None:
    """ERR-06: Serfling (1980) 2.3.3, lognormal(4.02535169074, 0.3), n = 100,000; from batches, relative 0.25.

    The closed form judges what sectioning makes of 125 batches of 800 pseudo-random draws.
    """
    uniforms = np.random.Generator(np.random.PCG64DXSM(20250503)).random((125, 800))
    draws = np.exp(4.02535169074 + 0.3 * ndtri(uniforms))
    pooled = np.quantile(draws, p, method="inverted_cdf")
    batches = np.quantile(draws, p, axis=1, method="inverted_cdf")
    assert sectioning(batches, pooled) == pytest.approx(error, rel=0.25)


@pytest.mark.parametrize(
    ("estimate", "half_width", "place", "printed"),
    [
        (56.23741, 0.031, -1, 56.2),
        (56.23741, 0.0021, -2, 56.24),
        (27964.3, 41.0, 2, 28000.0),
        (0.0731, 0.00049, -3, 0.073),
        (1234.5, 0.5, 0, 1234.0),
    ],
)
def test_err_09_digits_to_print(estimate: float, half_width: float, place: int, printed: float) -> None:
    """ERR-09: JCGM 101:2008 7.9.2 turned round, k = ceil(log10(2 h)); exact."""
    assert last_place(half_width) == place
    assert round_to(estimate, place) == printed
