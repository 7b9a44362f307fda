"""Published and closed-form highest-density intervals (INT; the shortest of PROP), each with its source."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import qmc

from contested.engine.intervals import HighestDensity, bandwidths
from contested.engine.precision import sectioning
from contested.engine.strata import Strata
from contested.shapes.base import Array


def nets(dimension: int, exponent: int = 12) -> list[Array]:
    """Sixteen independent scrambles, each of shape (dimension, 2^exponent)."""
    return [
        qmc.Sobol(dimension, bits=52, rng=np.random.default_rng([1, r])).random_base2(exponent).T + 2.0**-53
        for r in range(16)
    ]


def shortest(values: Callable[[Array], Array], dimension: int) -> tuple[Array, Array]:
    """Low end, high end and width of the 95 % interval, and their Monte Carlo standard errors."""
    replicates = [np.sort(values(net)) for net in nets(dimension)]
    pooled = np.sort(np.concatenate(replicates))
    widths = bandwidths([pooled])

    def interval(sample: Array) -> Array:
        (piece,) = HighestDensity.of([sample], [1.0], widths).pieces(0.95)
        return np.array([piece.low, piece.high, piece.high - piece.low])

    whole = interval(pooled)
    return whole, sectioning([interval(replicate) for replicate in replicates], whole)


def test_int_01_shortest_interval_of_a_lognormal() -> None:
    """INT-01: Hyndman (1996) Amer. Statist. 50:120, LN(4.02535169074, 0.5) at 95 %; width relative 0.01."""
    sample = np.sort(np.exp(4.02535169074 + 0.5 * ndtri(np.concatenate(nets(1), axis=1)[0])))
    (piece,) = HighestDensity.of([sample], [1.0]).pieces(0.95)
    low, high = 14.652529308, 129.812410464
    assert piece.high - piece.low == pytest.approx(high - low, rel=0.01)
    # Where a shortest interval lies is ill-determined: its ends are tested loosely.
    assert [piece.low, piece.high] == pytest.approx([low, high], rel=0.02)


@pytest.mark.parametrize(
    ("level", "inner", "outer"),
    [
        (0.5, 2.32550968314, 3.67448902518),
        (0.9, 1.35508912472, 4.64473190911),
        (0.95, 1.0397668976, 4.95923772277),
        (0.99, 0.419446478795, 5.5502917588),
    ],
)
def test_int_03_highest_density_regions_of_two_normals(level: float, inner: float, outer: float) -> None:
    """INT-03: Hyndman (1996) Amer. Statist. 50:120, 0.5 N(-3,1) + 0.5 N(3,1); two regions, ends abs 0.05."""
    net = np.concatenate(nets(2), axis=1)
    strata = [np.sort(ndtri(net[0]) - 3), np.sort(ndtri(net[1]) + 3)]
    pieces = HighestDensity.of(strata, [0.5, 0.5]).pieces(level)
    assert len(pieces) == 2
    assert [pieces[0].low, pieces[0].high] == pytest.approx([-outer, -inner], abs=0.05)
    assert [pieces[1].low, pieces[1].high] == pytest.approx([inner, outer], abs=0.05)
    assert [piece.stratum for piece in pieces] == [0, 1]
    assert math.fsum(piece.mass for piece in pieces) == pytest.approx(level, abs=1e-12)


def test_int_06_weighted_quantile_at_exact_cumulative_weights() -> None:
    """INT-06: Hyndman & Fan (1996), type 1 generalised to weights, inf{x: F(x) >= p}; exact.

    The effective sample size of the case is nothing that a command prints.
    """
    x = np.array([3, 1, 4, 1.5, 9.0]).reshape(1, 5, 1)
    p = [0.05, 0.2, 0.2000001, 0.35, 0.45, 0.5, 0.75, 0.7500001, 0.95]
    found = Strata.of(x).quantile([[0.1, 0.2, 0.3, 0.15, 0.25]], p)
    assert found[0].tolist() == [1, 1, 1.5, 1.5, 3, 4, 4, 9, 9]


def test_prop_02_shortest_of_four_rectangular_inputs() -> None:
    """PROP-02: JCGM 101:2008 9.2.3, ±2√3 (2 - (3/5)^(1/4)); 4 standard errors."""
    whole, error = shortest(lambda u: (math.sqrt(12) * (u - 0.5)).sum(axis=0), 4)
    exact = np.array([-3.87940674135, 3.87940674135, 7.7588134827])
    assert np.all(np.abs(whole - exact) <= 4 * error)
    assert np.all(error < 0.05)


def test_prop_04_shortest_of_the_mass_calibration() -> None:
    """PROP-04: JCGM 101:2008 9.3, mass calibration; 4 standard errors of the exact, 0.002 of the printed."""

    def model(u: Array) -> Array:
        reference = 100_000 + 0.05 * ndtri(u[0]) + 1.234 + 0.02 * ndtri(u[1])
        air, weight, standard = 1.1 + 0.2 * u[2], 7000 + 2000 * u[3], 7950 + 100 * u[4]
        return np.asarray(reference * (1 + (air - 1.2) * (1 / weight - 1 / standard)) - 100_000)

    whole, error = shortest(model, 5)
    low, high = 1.08443326762, 1.38356674813
    assert np.all(np.abs(whole - [low, high, high - low]) <= 4 * error)
    assert whole == pytest.approx(np.array([1.0834, 1.3825, 0.2991]), abs=0.002)


@pytest.mark.parametrize(
    ("x1", "low", "high"),
    [
        (0.0, 0.0, 0.000149786613678),
        (0.01, 0.0, 0.000366005289747),
        (0.05, 0.00159356970015, 0.0035485698453),
    ],
)
def test_prop_05_shortest_of_the_comparison_loss(x1: float, low: float, high: float) -> None:
    """PROP-05: JCGM 101:2008 9.4, exact values of Table 8; 4 standard errors, and 2e-6."""
    whole, error = shortest(lambda u: (x1 + 0.005 * ndtri(u[0])) ** 2 + (0.005 * ndtri(u[1])) ** 2, 2)
    assert np.all(np.abs(whole - [low, high, high - low]) <= 4 * error)
    assert whole == pytest.approx(np.array([low, high, high - low]), abs=2e-6)


def test_prop_10_shortest_of_a_logarithm() -> None:
    """PROP-10: NPL DEM-ES-011 9.2, Y = ln X, X ~ U(0.1, 1.1); 4 standard errors, published 0.003."""
    whole, error = shortest(lambda u: np.log(0.1 + u[0]), 1)
    low, high = -1.89711998489, 0.0953101798043
    assert np.all(np.abs(whole - [low, high, high - low]) <= 4 * error)
    assert whole[:2] == pytest.approx(np.array([-1.895, 0.095]), abs=0.003)
