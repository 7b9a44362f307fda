from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.density import LinearPool
from contested.engine.regions import Modes, Region
from contested.shapes.base import Array

MIDDLES = (np.arange(16_384) + 0.5) / 16_384


def regions(pool: LinearPool, mass: float) -> list[Region]:
    return Modes.of(pool).regions(mass)


def two_normals(apart: float, weight: float = 0.5) -> LinearPool:
    z = ndtri(MIDDLES)
    return LinearPool.of([z, z + apart], [weight, 1 - weight], None)


def pseudo_random(draw: str, size: int, seed: int) -> Array:
    generator = np.random.Generator(np.random.PCG64DXSM(seed))
    return np.sort(getattr(generator, draw)(size=size))


def test_one_mode_gives_one_region_that_is_the_shortest_interval() -> None:
    (region,) = regions(LinearPool.of([ndtri(MIDDLES)], [1.0], None), 0.9)
    assert (region.low, region.high) == pytest.approx((-1.644854, 1.644854), abs=0.01)
    assert region.mass == pytest.approx(0.9, abs=1e-12)


@pytest.mark.parametrize(("mass", "number"), [(0.5, 2), (0.8, 2), (0.95, 1), (0.999, 1)])
def test_regions_meet_where_the_valley_rises_above_the_threshold(mass: float, number: int) -> None:
    """0.5 N(0,1) + 0.5 N(3.2,1): what lies above the valley's density holds 0.87 of the mass."""
    found = regions(two_normals(3.2), mass)
    assert len(found) == number
    assert sum(region.mass for region in found) == pytest.approx(mass, abs=1e-12)


def test_a_region_holds_in_draws_what_it_says() -> None:
    pool = two_normals(6.0, 0.7)
    for region in regions(pool, 0.8):
        held = pool.held(np.array(region.high), "right") - pool.held(np.array(region.low), "left")
        assert held == pytest.approx(region.mass, abs=1.5 / 16_384)


@pytest.mark.parametrize("draw", ["random", "standard_normal", "standard_exponential", "standard_cauchy"])
@pytest.mark.parametrize("size", [300, 4096, 65_536])
def test_noise_parts_nothing(draw: str, size: int) -> None:
    for seed in range(10):
        pool = LinearPool.of([pseudo_random(draw, size, seed)], [1.0], None)
        assert [len(regions(pool, mass)) for mass in (0.5, 0.9, 0.99)] == [1, 1, 1]


def test_a_shallow_dip_parts_nothing() -> None:
    """0.5 N(0,1) + 0.5 N(2.4,1) has two modes with a dip of 9 % between them, at 2.8 sd one of 27 %."""
    z = ndtri((np.arange(2**20) + 0.5) / 2**20)
    assert len(regions(LinearPool.of([z, z + 2.4], [0.5, 0.5], None), 0.3)) == 1
    assert len(regions(LinearPool.of([z, z + 2.8], [0.5, 0.5], None), 0.3)) == 2


@pytest.mark.parametrize(("mass", "number"), [(0.9, 1), (0.9998, 2)])
def test_a_sliver_is_left_out_unless_its_mass_is_needed(mass: float, number: int) -> None:
    """A stratum of a twentieth of a per cent, however dense: 0.9995 N(0,1) + 0.0005 N(50, 0.001²)."""
    z = ndtri(MIDDLES)
    found = regions(LinearPool.of([z, 50 + 0.001 * z], [0.9995, 0.0005], None), mass)
    assert len(found) == number
    assert found[0].high < 10
    assert sum(region.mass for region in found) == pytest.approx(mass, abs=1e-12)


def test_a_small_region_is_kept() -> None:
    z = ndtri(MIDDLES)
    found = regions(LinearPool.of([z, 50 + 0.001 * z], [0.998, 0.002], None), 0.9)
    assert len(found) == 2
    assert found[1].low == pytest.approx(50.0, abs=0.01)
    assert found[1].mass == pytest.approx(0.002, abs=1e-4)


@pytest.mark.parametrize("mass", [0.3, 0.9, 0.999])
def test_where_the_density_is_flat_the_ends_hold_the_mass_all_the_same(mass: float) -> None:
    """Two uniforms of one height: which part of them is taken is open, how much of them is not."""
    pool = LinearPool.of([2.0 + MIDDLES, 8.0 + MIDDLES], [0.5, 0.5], None)
    found = regions(pool, mass)
    assert sum(region.mass for region in found) == pytest.approx(mass, abs=1e-12)
    assert sum(region.high - region.low for region in found) == pytest.approx(2 * mass, abs=2e-3)


@pytest.mark.parametrize("mass", [0.05, 0.3, 0.9])
def test_of_a_flat_top_no_more_is_taken_than_the_mass(mass: float) -> None:
    """Eight draws, fewer than a kernel takes in: one height from the first to the last."""
    (region,) = regions(LinearPool.of([np.arange(8.0)], [1.0], None), mass)
    assert region.mass == pytest.approx(mass, abs=1e-12)
    assert (region.low, region.high) == (0.0, np.ceil(8 * mass) - 1)


def test_a_hard_edge_in_the_tail_of_another_stratum() -> None:
    """0.5 Exp + 0.5 (10 + Exp): both regions begin at their edge, however sparse the draws before it."""
    x = -np.log(MIDDLES[::-1])
    found = regions(LinearPool.of([x, 10 + x], [0.5, 0.5], None), 0.9)
    end = -np.log(0.1)
    assert len(found) == 2
    assert [region.low for region in found] == pytest.approx([0.0, 10.0], abs=1e-3)
    assert [region.high for region in found] == pytest.approx([end, 10 + end], abs=0.05)


def test_an_empty_gap_parts_however_high_the_density_on_both_sides() -> None:
    """Two hard edges that face each other, nothing between them: -Exp and 5 + Exp, even."""
    x = -np.log(MIDDLES[::-1])
    pool = LinearPool.of([-x[::-1], 5 + x], [0.5, 0.5], None)
    for mass in (0.5, 0.9, 1 - 1e-9):
        left, right = regions(pool, mass)
        assert [left.high, right.low] == pytest.approx([0.0, 5.0], abs=1e-3)
        assert [left.mass, right.mass] == pytest.approx([mass / 2] * 2, abs=1e-3)
