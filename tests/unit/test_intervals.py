from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from contested.engine.density import Bandwidth
from contested.engine.intervals import HighestDensity, Piece, bandwidths
from contested.engine.precision import sectioning
from contested.shapes.base import Array

MIDDLES = (np.arange(16_384) + 0.5) / 16_384
Z = ndtri(MIDDLES)
LOGNORMALS = [np.exp(mu + s * Z) for mu, s in ((4.3, 0.15), (2.2, 0.2), (4.1, 0.1), (5.5, 0.2))]
WEIGHTS = [0.35, 0.2, 0.3, 0.15]


def highest_density(
    samples: Sequence[Array],
    weights: Sequence[float] | Array,
    level: float,
    bandwidths: Sequence[Bandwidth] | None = None,
) -> list[Piece]:
    return HighestDensity.of(samples, weights, bandwidths).pieces(level)


def nets(dimension: int, exponent: int, seed: int) -> list[Array]:
    """Sixteen independent scrambles, each of shape (dimension, 2^exponent)."""
    return [
        qmc.Sobol(dimension, bits=52, rng=np.random.default_rng([seed, r])).random_base2(exponent).T
        + 2.0**-53
        for r in range(16)
    ]


@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
def test_of_a_lognormal(level: float) -> None:
    """Shortest interval of LN(4, 0.5): the ends' normal scores sum to -2 sigma (Hyndman 1996)."""
    (piece,) = highest_density([np.exp(4 + 0.5 * Z)], [1.0], level)
    low, high = np.log([piece.low, piece.high]) / 0.5 - 8.0
    assert low + high == pytest.approx(-1.0, abs=0.1)
    assert piece.mass == pytest.approx(level, abs=1e-12)


def test_ends_are_right_at_a_hard_edge() -> None:
    (falling,) = highest_density([np.exp(3 * MIDDLES)], [1.0], 0.9)
    assert (falling.low, falling.high) == pytest.approx((1.0, np.exp(2.7)), rel=1e-3)
    (rising,) = highest_density([-np.exp(3 * MIDDLES)[::-1]], [1.0], 0.9)
    assert (rising.low, rising.high) == pytest.approx((-np.exp(2.7), -1.0), rel=1e-3)


@pytest.mark.parametrize("level", [0.3, 0.5, 0.9, 0.999])
def test_masses_sum_to_the_level_and_pieces_are_apart(level: float) -> None:
    pieces = highest_density(LOGNORMALS, WEIGHTS, level)
    assert sum(piece.mass for piece in pieces) == pytest.approx(level, abs=1e-12)
    ends = [end for piece in pieces for end in (piece.low, piece.high)]
    assert ends == sorted(ends)


def test_pieces_name_the_stratum_that_gives_most_of_them() -> None:
    pieces = highest_density(LOGNORMALS, WEIGHTS, 0.9)
    assert [piece.stratum for piece in pieces] == [1, 0, 3]


def test_the_order_of_strata_does_not_matter_to_the_last_bit() -> None:
    pieces = highest_density(LOGNORMALS, WEIGHTS, 0.9)
    order = [2, 0, 3, 1]
    others = highest_density([LOGNORMALS[k] for k in order], [WEIGHTS[k] for k in order], 0.9)
    assert pieces == [Piece(p.low, p.high, p.mass, order[p.stratum]) for p in others]


def test_strata_without_weight_give_places_and_nothing_else() -> None:
    pieces = highest_density(LOGNORMALS, [0.5, 0.0, 0.5, 0.0], 0.9)
    others = highest_density([LOGNORMALS[0], LOGNORMALS[2]], [0.5, 0.5], 0.9)
    assert [(p.mass, p.stratum) for p in pieces] == [(p.mass, 2 * p.stratum) for p in others]
    for piece, other in zip(pieces, others, strict=True):
        assert (piece.low, piece.high) == pytest.approx((other.low, other.high), rel=2e-4)


def test_no_end_jumps_where_a_weight_goes_to_zero() -> None:
    """The second is wide and its density rough, so that other places find another low end."""
    spreads = (0.3, 2.0, 1.0)
    samples = [np.sort(np.random.default_rng(k).lognormal(3, s, 4096)) for k, s in enumerate(spreads)]
    without = highest_density(samples, [0.9, 0.1, 0.0], 0.9)
    almost = highest_density(samples, [0.9, 0.1 - 1e-12, 1e-12], 0.9)
    assert [p.low for p in without] == [p.low for p in almost]
    assert [p.high for p in without] == [p.high for p in almost]


def test_another_unit_scales_the_ends() -> None:
    pieces = highest_density(LOGNORMALS, WEIGHTS, 0.9)
    scaled = highest_density([1024.0 * sample for sample in LOGNORMALS], WEIGHTS, 0.9)
    assert [p.stratum for p in pieces] == [p.stratum for p in scaled]
    assert [p.low * 1024 for p in pieces] == pytest.approx([p.low for p in scaled], rel=1e-3)
    assert [p.high * 1024 for p in pieces] == pytest.approx([p.high for p in scaled], rel=1e-3)


def test_strata_on_scales_far_apart() -> None:
    """Narrow N(1, 0.01²) and broad LN(ln 1e6, 0.3²), even: all of the one, then 4/5 of the other."""
    narrow, broad = highest_density([1 + 0.01 * Z, 1e6 * np.exp(0.3 * Z)], [0.5, 0.5], 0.9)
    assert (narrow.mass, broad.mass) == pytest.approx((0.5, 0.4), abs=1e-3)
    low, high = np.log([broad.low / 1e6, broad.high / 1e6]) / 0.3
    assert ndtr(high) - ndtr(low) == pytest.approx(0.8, abs=1e-3)
    assert low + high == pytest.approx(-0.6, abs=0.1)


def test_values_that_may_be_negative() -> None:
    (piece,) = highest_density([np.tan(np.pi * (MIDDLES - 0.5))], [1.0], 0.9)
    assert (piece.low, piece.high) == pytest.approx((-6.314, 6.314), rel=0.05)


# --- atoms ---------------------------------------------------------------------------------------


def test_a_stratum_of_one_value_comes_first_however_small() -> None:
    atom, rest = highest_density([np.exp(4 + 0.1 * Z), np.full(9, 7.0)], [0.996, 0.004], 0.5)
    assert (atom.low, atom.high, atom.stratum) == (7.0, 7.0, 1)
    assert atom.mass == pytest.approx(0.004)
    assert rest.mass == pytest.approx(0.496)


def test_values_that_differ_by_rounding_alone_are_one_value() -> None:
    nearly = np.sort(3.0 * (1 + 1e-15 * Z))
    atom, _ = highest_density([nearly, 10 + 0.1 * Z], [0.4, 0.6], 0.9)
    assert [atom.low, atom.mass] == pytest.approx([3.0, 0.4])
    assert (atom.low, atom.stratum) == (atom.high, 0)


def test_a_value_within_a_stratum_that_holds_over_one_per_cent() -> None:
    mixed = np.sort(np.where(MIDDLES < 0.2, 50.0, np.exp(0.1 * ndtri((MIDDLES - 0.2).clip(1e-9) / 0.8))))
    pieces = highest_density([mixed], [1.0], 0.6)
    assert [(p.low, p.high) for p in pieces[1:]] == [(50.0, 50.0)]
    assert [p.mass for p in pieces] == pytest.approx([0.4, 0.2], abs=1e-3)


def test_a_value_at_the_edge_of_a_piece_is_part_of_it() -> None:
    clipped = np.maximum(Z, -0.5)
    (piece,) = highest_density([clipped], [1.0], 0.9)
    assert piece.low == -0.5
    assert piece.high == pytest.approx(1.2816, abs=1e-3)
    assert piece.mass == pytest.approx(0.9)


def test_a_value_inside_a_piece_is_part_of_it() -> None:
    (piece,) = highest_density([Z, np.full(5, 0.3)], [0.6, 0.4], 0.9)
    assert (piece.low, piece.high) == pytest.approx((-1.383, 1.383), abs=0.02)  # 5/6 of the normal
    assert piece.mass == pytest.approx(0.9)
    assert piece.stratum == 0


def test_atoms_that_hold_more_than_the_level_stand_alone_the_weightiest_first() -> None:
    strata = [np.full(3, 1.0), np.full(3, 2.0), np.full(3, 3.0), Z]
    second, third = highest_density(strata, [0.15, 0.25, 0.35, 0.25], 0.5)
    assert (second.low, second.high, second.stratum) == (2.0, 2.0, 1)
    assert (third.low, third.high, third.stratum) == (3.0, 3.0, 2)
    assert [second.mass, third.mass] == pytest.approx([0.25, 0.35])
    assert highest_density(strata[:3], [0.1, 0.2, 0.7], 0.95)[0].low == 1.0


def test_atoms_that_hold_the_level_but_for_rounding_stand_alone() -> None:
    """0.35 + 0.2 + 0.1 as floats are held and added is less than 0.65."""
    strata = [np.full(3, 1.0), np.full(3, 2.0), np.full(3, 3.0), 10 + Z]
    pieces = highest_density(strata, [0.1, 0.2, 0.35, 0.35], 0.65)
    assert [(p.low, p.high) for p in pieces] == [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]


def test_an_atom_that_joins_two_pieces_makes_them_one() -> None:
    """Decreasing densities on both sides of 0, where a tenth of the mass sits."""
    tail = -np.log(1 - MIDDLES)
    (piece,) = highest_density([-tail[::-1], np.zeros(3), tail], [0.45, 0.1, 0.45], 0.9)
    assert [piece.low, piece.high] == pytest.approx([-np.log(9), np.log(9)], rel=0.01)
    assert piece.mass == pytest.approx(0.9)


def test_an_atom_is_joined_to_its_neighbour_but_not_over_what_is_left_out() -> None:
    whole, wide = np.sort(np.repeat([1.0, 2.0, 3.0, 4.0], [40, 20, 40, 40])), [Bandwidth(False, 5.0)]
    pieces = highest_density([whole], [1.0], 0.8, bandwidths=wide)
    assert [(p.low, p.high) for p in pieces] == [(1.0, 1.0), (3.0, 4.0)]
    assert [p.mass for p in pieces] == pytest.approx([40 / 140, 80 / 140])


def test_which_of_two_equal_strata_comes_first_does_not_decide_what_an_atom_joins() -> None:
    """Each gives half of what lies below the atom, and only the wider one's kernel reaches it."""
    strata = [np.linspace(-1, 0.5, 15), np.linspace(0.5, 0.8, 31), np.full(3, 1.0)]
    (piece,) = highest_density(strata, [1 / 6, 1 / 6, 4 / 6], 0.99)
    (other,) = highest_density(strata[::-1], [4 / 6, 1 / 6, 1 / 6], 0.99)
    assert (piece.low, piece.high) == (other.low, other.high) == (-1.0, 1.0)


# --- pieces are apart ----------------------------------------------------------------------------


def test_a_mode_that_only_rounding_asks_for_is_no_piece() -> None:
    """As floats, 0.65 less the atom's 0.35 exceeds the 0.3 that the narrow stratum holds."""
    assert 0.65 - 0.35 > 0.3
    atom, narrow = highest_density([np.full(3, -1.0), 0.01 * Z, 100 + 10 * Z], [0.35, 0.3, 0.35], 0.65)
    assert (atom.low, atom.high) == (-1.0, -1.0)
    assert -0.05 < narrow.low < narrow.high < 0.05
    assert narrow.mass == pytest.approx(0.3)


def test_pieces_that_need_the_one_draw_between_them_are_one() -> None:
    """Two clusters and a draw at 3, midway: all but half a draw is held with it, not without it."""
    cluster = ndtri((np.arange(200) + 0.5) / 200)
    strata = [np.concatenate([cluster, [3.0], cluster + 6])]
    assert len(highest_density(strata, [1.0], 399 / 401)) == 2
    (piece,) = highest_density(strata, [1.0], 400.5 / 401)
    assert (piece.low, piece.high) == (cluster[0], cluster[-1] + 6)
    assert piece.mass == pytest.approx(400.5 / 401)


@st.composite
def samples(draw: st.DrawFn) -> Array:
    """Sorted draws of some stratum: smooth, heavy-tailed, clipped, whole numbers, or one value."""
    u = ndtri(np.sort(np.random.default_rng(draw(st.integers(0, 99))).random(draw(st.integers(1, 400)))))
    scale = 10.0 ** draw(st.integers(-6, 6))
    shape = draw(st.sampled_from(["normal", "lognormal", "cubed", "clipped", "whole", "point", "rounding"]))
    values = {
        "normal": scale * u, "lognormal": scale * np.exp(u), "cubed": scale * u**3,
        "clipped": scale * np.maximum(u, 0.0), "whole": np.round(3 * u), "point": np.full(u.size, scale),
        "rounding": scale * (1 + 1e-15 * u),
    }  # fmt: skip
    return values[shape]


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_whatever_the_strata_pieces_are_apart_and_hold_the_level(choice: st.DataObject) -> None:
    strata = choice.draw(st.lists(samples(), min_size=1, max_size=5))
    weights = np.array(
        choice.draw(st.lists(st.integers(1, 9), min_size=len(strata), max_size=len(strata))), float
    )
    weights /= weights.sum()
    level = choice.draw(st.sampled_from([0.05, 0.5, 0.9, 0.99, 0.9999]))
    pieces = highest_density(strata, weights, level)
    assert sum(piece.mass for piece in pieces) > level - 1e-9
    ends = [end for piece in pieces for end in (piece.low, piece.high)]
    assert ends == sorted(ends)
    assert all(before.high < after.low for before, after in pairwise(pieces))
    held = [
        sum(w * np.mean((piece.low - slack(piece.low) <= x) & (x <= piece.high + slack(piece.high)))
            for x, w in zip(strata, weights, strict=True))
        for piece in pieces
    ]  # fmt: skip
    one_draw = max(w / x.size for x, w in zip(strata, weights, strict=True))
    assert all(h > piece.mass - 2 * one_draw - 1e-9 for h, piece in zip(held, pieces, strict=True))
    turned = highest_density(strata[::-1], weights[::-1], level)
    assert [(p.low, p.high) for p in pieces] == [(p.low, p.high) for p in turned]


def slack(end: float) -> float:
    """What rounding alone may make of an atom."""
    return 3e-12 * abs(end)


# --- replicates ----------------------------------------------------------------------------------


def test_bandwidths_that_are_given_are_used() -> None:
    """Two modes 3.2 sd apart are one under kernels of three sd."""
    strata, even = [Z - 1.6, Z + 1.6], [0.5, 0.5]
    pieces = highest_density(strata, even, 0.5)
    assert len(pieces) == 2
    assert len(highest_density(strata, even, 0.5, bandwidths=[Bandwidth(False, 1.5)] * 2)) == 1
    assert highest_density(strata, even, 0.5, bandwidths=bandwidths(strata)) == pieces


@pytest.mark.parametrize("level", [0.5, 0.9])
def test_replicates_give_the_ends_an_honest_error(level: float) -> None:
    """The root mean square of the printed error against the spread over 24 seeds; sum of four normals.

    Sliding a window over the draws instead gives 0.6 here, and a spread three times as large.
    """
    ends, errors = [], []
    for seed in range(24):
        replicates = [np.sort(ndtri(net).sum(axis=0)) for net in nets(4, 10, seed)]
        pooled = np.sort(np.concatenate(replicates))
        widths = bandwidths([pooled])
        (whole,) = highest_density([pooled], [1.0], level)
        parts = [highest_density([x], [1.0], level, bandwidths=widths)[0] for x in replicates]
        ends.append((whole.low, whole.high))
        errors.append(sectioning([(p.low, p.high) for p in parts], ends[-1]))
    spread = np.std(ends, axis=0)
    assert np.all(spread < 0.05)
    assert np.all(np.sqrt(np.mean(np.square(errors), axis=0)) / spread > 0.75)
    assert np.all(np.sqrt(np.mean(np.square(errors), axis=0)) / spread < 1.5)
