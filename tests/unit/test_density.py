from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.density import Bandwidth, LinearPool, bandwidths
from contested.shapes.base import Array

MIDDLES = (np.arange(65_536) + 0.5) / 65_536


def normal(x: Array, mean: float, sd: float) -> Array:
    return np.exp(-(((x - mean) / sd) ** 2) / 2) / (sd * math.sqrt(2 * math.pi))


def test_silverman_on_the_scale_that_fits() -> None:
    z = ndtri(MIDDLES)
    expected = math.sqrt(3) * 0.9 * 2.0 * 65_536**-0.2
    natural, logarithmic = bandwidths([3.0 + 2.0 * z, np.exp(3.0 + 2.0 * z)])
    assert not natural.logarithmic
    assert logarithmic.logarithmic
    assert [natural.half_width, logarithmic.half_width] == pytest.approx([expected] * 2, rel=1e-3)


def test_neither_a_second_mode_nor_a_tail_widens_a_kernel() -> None:
    z = ndtri(MIDDLES)
    one, two, tailed = bandwidths(
        [z, np.sort(np.where(np.arange(z.size) % 2, z, z + 1e4)), np.tan(np.pi * (MIDDLES - 0.5))]
    )
    assert two.half_width < 2.2 * one.half_width
    assert tailed.half_width < 2.2 * one.half_width


def test_ends_of_a_kernel() -> None:
    at = np.array([-2.0, 4.0])
    amount, factor = Bandwidth(False, 0.5), Bandwidth(True, math.log(2))
    assert (amount.below(at).tolist(), amount.above(at).tolist()) == ([-2.5, 3.5], [-1.5, 4.5])
    assert factor.below(at[1:]) == pytest.approx([2.0])
    assert factor.above(at[1:]) == pytest.approx([8.0])
    assert factor.wider(2.0).above(at[1:]) == pytest.approx([16.0])
    assert (amount.scaled(at).tolist(), amount.natural(at).tolist()) == ([-2.0, 4.0], [-2.0, 4.0])
    assert factor.scaled(at[1:]) == pytest.approx([math.log(4)])
    assert factor.natural(factor.scaled(at[1:])) == pytest.approx([4.0])


def test_the_density_of_a_pool_on_the_natural_scale() -> None:
    z = ndtri(MIDDLES)
    pool = LinearPool.of([-4.0 + z, np.exp(1.0 + 0.5 * z)], [0.3, 0.7], None)
    at = np.array([-5.0, -4.0, -2.5, 1.2, 2.7, 5.0])
    exact = 0.3 * normal(at, -4, 1)
    exact[at > 0] += 0.7 * normal(np.log(at[at > 0]), 1, 0.5) / at[at > 0]
    density, error = pool.density(at)
    assert density == pytest.approx(exact, rel=0.01)
    assert np.all((error > 0) & (error < 0.05 * density))


def test_strata_on_scales_far_apart_do_not_smear_each_other() -> None:
    z = ndtri(MIDDLES)
    pool = LinearPool.of([1.0 + 1e-6 * z, 1e9 * np.exp(0.2 * z)], [0.5, 0.5], None)
    density, _ = pool.density(np.array([1.0, 1.0 + 1e-5, 1e3, 1e9]))
    assert density[0] == pytest.approx(0.5e6 * normal(np.zeros(1), 0, 1)[0], rel=0.01)
    assert density[1:3].tolist() == [0.0, 0.0]
    assert density[3] == pytest.approx(0.5 * normal(np.zeros(1), 0, 0.2)[0] / 1e9, rel=0.01)


def test_a_hard_edge_is_not_blurred() -> None:
    pool = LinearPool.of([2.0 + MIDDLES], [1.0], None)
    inside, _ = pool.density(np.array([2.0001, 2.05, 2.5, 2.9999]))
    assert inside == pytest.approx(np.ones(4), rel=0.02)
    outside, _ = pool.density(np.array([1.9999, 3.0001]))
    assert outside.tolist() == [0.0, 0.0]


def test_edges_are_where_a_density_begins_or_ends_at_once() -> None:
    """Of a uniform law both ends; of an exponential where it begins; of 1/x both; of a normal none."""
    z, exponential = ndtri(MIDDLES), -np.log(MIDDLES)[::-1]
    samples = [2.0 + MIDDLES, exponential - 1.0, np.exp(7 * MIDDLES), z, np.exp(z)]
    ends = [[0, -1], [0], [0, -1], [], []]
    for sample, hard in zip(samples, ends, strict=True):
        (part,) = LinearPool.of([sample], [1.0], None).components
        outside = np.nextafter(sample, np.where(np.arange(sample.size) == 0, -np.inf, np.inf))
        wanted = sorted([*sample[hard], *outside[hard]])
        assert part.edges().tolist() == wanted


@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_smoothing_error_is_of_the_fourth_power_of_the_width(logarithmic: bool) -> None:
    """At the mode, a box twice as wide would err four times as much; on the log scale too."""
    z = ndtri((np.arange(2**20) + 0.5) / 2**20)
    sample, at = (np.exp(z), 1.0) if logarithmic else (z, 0.0)

    def error(half_width: float) -> float:
        pool = LinearPool.of([sample], [1.0], [Bandwidth(logarithmic, half_width)])
        return float(pool.density(np.array([at]))[0][0]) * math.sqrt(2 * math.pi) - 1

    assert error(0.25) == pytest.approx(-(0.25**4) / 10, rel=0.1)  # h^4 f/30 of N(0, 1) at 0, f = 3 f
    assert error(0.5) / error(0.25) == pytest.approx(16, rel=0.15)


def test_a_slope_up_to_a_hard_edge_is_kept() -> None:
    """2 (x + 1) on (-1, 0), whose cdf a cubic meets, and its like of positive values within 1 %."""
    rise = np.sqrt(MIDDLES)
    density, _ = LinearPool.of([rise - 1.0], [1.0], None).density(np.array([-0.95, -0.5, -0.05, -0.001]))
    assert density == pytest.approx([0.1, 1.0, 1.9, 1.998], rel=0.005)
    fall, _ = LinearPool.of([2.0 - rise[::-1]], [1.0], None).density(np.array([1.001, 1.05, 1.5]))
    assert fall == pytest.approx([1.998, 1.9, 1.0], rel=0.01)


def test_the_standard_error_is_that_of_independent_draws() -> None:
    """At an edge, near it and far from it: over 400 seeds."""
    at = np.array([0.0001, 0.05, 0.5]) - 1.0
    found = []
    for seed in range(400):
        sample = np.sort(np.random.Generator(np.random.PCG64DXSM(seed)).random(4096)) - 1.0
        found.append(
            LinearPool.of([sample], [0.5], [Bandwidth(False, 0.1)]).density(np.maximum(at, sample[0]))
        )
    densities, errors = np.array(found).transpose(1, 0, 2)
    assert densities.mean(axis=0) == pytest.approx(np.full(3, 0.5), rel=0.01)
    assert np.sqrt((errors**2).mean(axis=0)) == pytest.approx(densities.std(axis=0), rel=0.15)


def test_where_draws_are_sparse_the_kernel_reaches_out_for_enough() -> None:
    x = np.tan(np.pi * (MIDDLES - 0.5))
    density, error = LinearPool.of([x], [1.0], None).density(np.array([-900.0, 900.0]))
    assert density == pytest.approx(np.full(2, 1 / (np.pi * (1 + 900.0**2))), rel=0.1)
    assert error == pytest.approx(density / 4, rel=0.01)


def test_a_stratum_of_few_draws_has_a_density() -> None:
    density, _ = LinearPool.of([np.array([1.0, 2.0, 4.0])], [1.0], None).density(np.array([2.0]))
    assert density[0] == pytest.approx(1 / 3)


def test_held_mass_and_the_stratum_that_gives_most() -> None:
    pool = LinearPool.of(
        [np.array([5.0, 6.0]), np.array([1.0, 2.0, 2.0, 3.0]), np.zeros(1)], [0.5, 0.5, 0.0], None
    )
    at = np.array([0.5, 2.0, 6.0])
    assert pool.held(at, "left") == pytest.approx([0.0, 0.125, 0.75])
    assert pool.held(at, "right") == pytest.approx([0.0, 0.375, 1.0])
    assert pool.dominant(2.0, 5.0).label == 1
    assert pool.dominant(3.0, 6.0).label == 0
    assert pool.dominant(3.0, 4.0).label == 1
    values, masses = pool.between(1.0, 5.0)
    assert values.tolist() == [2.0, 2.0, 3.0, 5.0]
    assert masses.tolist() == [0.125, 0.125, 0.125, 0.25]


@pytest.mark.parametrize("size", [3, 39, 40, 41, 500])
def test_held_mass_by_whichever_search_is_shorter(size: int) -> None:
    """Draws and places on whole numbers, so that they tie."""
    sample = np.sort(np.random.default_rng(size).integers(0, 20, size)).astype(float)
    at = np.sort(np.random.default_rng(1).integers(-1, 22, 40)).astype(float)
    pool = LinearPool.of([sample], [1.0], None)
    assert pool.held(at, "left") == pytest.approx([np.mean(sample < x) for x in at])
    assert pool.held(at, "right") == pytest.approx([np.mean(sample <= x) for x in at])


def test_a_tie_between_strata_goes_to_the_first() -> None:
    high, low = np.array([5.0, 6.0]), np.array([1.0, 2.0])
    assert LinearPool.of([high, low], [0.5, 0.5], None).dominant(1.0, 6.0).label == 0
    assert LinearPool.of([low, high], [0.5, 0.5], None).dominant(1.0, 6.0).label == 0


def test_the_order_of_strata_does_not_matter() -> None:
    strata, weights = (
        [np.arange(3.0), np.arange(7.0), np.arange(1.0, 12.0), np.arange(7.0)],
        [0.1, 0.2, 0.3, 0.4],
    )
    at = np.linspace(0.0, 11.0, 50)
    density, _ = LinearPool.of(strata, weights, None).density(at)
    for order in itertools.permutations(range(4)):
        pool = LinearPool.of([strata[k] for k in order], [weights[k] for k in order], None)
        assert np.array_equal(pool.density(at)[0], density)
