"""The widest interval against fine grids of weightings, where corners would understate it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from contested.engine import branching, polytopes
from contested.engine import widest as module
from contested.engine.credal import Around, Box, CredalSet, Everything, Ordered
from contested.engine.pieces import Region
from contested.engine.strata import Strata
from contested.engine.weights import combinations, side_by_side
from contested.engine.widest import Widest, widest

LEVELS = (0.5, 0.9)


def drawn(centres: Sequence[float], points: int = 1024, seed: int = 1) -> Strata:
    """Draws of strata of spread one about their centres."""
    rng = np.random.default_rng(seed)
    return Strata.of(rng.normal(size=(4, len(centres), points)) + np.array(centres)[:, None])


def widths(strata: Strata, rows: np.ndarray, level: float) -> np.ndarray:
    return np.diff(strata.quantile(rows, [(1 - level) / 2, (1 + level) / 2]))[:, 0]


def grid(parts: int) -> np.ndarray:
    """All weights of three sources in whole parts: (row, 3)."""
    rows = [(i, j, parts - i - j) for i in range(parts + 1) for j in range(parts + 1 - i)]
    return np.array(rows) / parts


def assert_sound(found: Widest, strata: Strata, sets: Sequence[CredalSet]) -> None:
    """An answer's ends are those of its weighting, which is one of the set."""
    rows = side_by_side([weights[None] for weights in found.weights])
    ends = strata.quantile(rows, [(1 - found.level) / 2, (1 + found.level) / 2])[0]
    assert (found.low, found.high) == tuple(ends)
    assert all(one.contains(weights) for one, weights in zip(sets, found.weights, strict=True))
    assert found.bound >= found.high - found.low
    assert found.certified == (found.bound <= 1.01 * (found.high - found.low))


@pytest.mark.parametrize("steps", [1, 8])
def test_far_apart_sources_are_widest_between_them(steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branching, "_STEPS", steps)
    strata = drawn([0, 20, 3])
    sets = [Everything(3)]
    rows = grid(200)
    for found in widest(strata, {"all": sets}, LEVELS)["all"]:
        assert_sound(found, strata, sets)
        exact = widths(strata, rows, found.level)
        width = found.high - found.low
        assert found.certified
        assert exact.max() <= 1.002 * width and exact.max() <= found.bound  # closer than certified
        assert width > 4 * widths(strata, np.eye(3), found.level).max()  # no corner has anything like it


@pytest.mark.parametrize(
    "one",
    [Around([0.5, 0.3, 0.2], 0.25), Box([0.1, 0.2, 0.0], [0.5, 0.6, 0.4]), Ordered(3, [(1, 0)])],
    ids=["around", "box", "ordered"],
)
def test_the_widest_of_a_part_of_the_simplex(one: CredalSet) -> None:
    strata = drawn([0, 6, 2])
    rows = np.array([row for row in grid(100) if one.contains(row)])
    for found in widest(strata, {"": [one]}, LEVELS)[""]:
        assert_sound(found, strata, [one])
        assert found.certified
        assert widths(strata, rows, found.level).max() <= 1.01 * (found.high - found.low)


def test_the_widest_over_two_disputes() -> None:
    """Each dispute moves the quantity; the widest is between sources of both."""
    strata = drawn([0, 4, 7, 11, 1, 5], points=512)
    sets = [Everything(2), Around([0.2, 0.5, 0.3], 0.3)]
    two = np.stack([np.linspace(0, 1, 41), 1 - np.linspace(0, 1, 41)], axis=1)
    rows = combinations([two, np.array([row for row in grid(40) if sets[1].contains(row)])])
    for found in widest(strata, {"": sets}, LEVELS)[""]:
        assert_sound(found, strata, sets)
        assert found.certified
        exact = widths(strata, rows, found.level).max()
        assert exact <= 1.01 * (found.high - found.low) and exact <= found.bound


def test_many_sets_at_once_are_each_alone() -> None:
    strata = drawn([0, 20, 3])
    sets: dict[str, Sequence[CredalSet]] = {"all": [Everything(3)], "some": [Around([0.5, 0.3, 0.2], 0.1)]}
    together = widest(strata, sets, LEVELS)
    for name, own in sets.items():
        for one, other in zip(widest(strata, {name: own}, LEVELS)[name], together[name], strict=True):
            assert (one.low, one.high, one.bound) == (other.low, other.high, other.bound)


def test_a_set_of_one_weighting_has_its_interval() -> None:
    strata = drawn([0, 3, 5])
    centre = np.array([0.2, 0.3, 0.5])
    (found,) = widest(strata, {"": [Around(centre, 0.0)]}, [0.9])[""]
    assert (found.low, found.high) == tuple(strata.quantile(centre[None], [0.05, 0.95])[0])
    assert found.certified and found.bound == pytest.approx(found.high - found.low, rel=1e-3)


def test_a_quantity_of_no_dispute_and_no_levels() -> None:
    strata = drawn([0])
    (found,) = widest(strata, {"": []}, [0.9])[""]
    assert list(found.weights) == [] and found.certified
    assert (found.low, found.high) == tuple(strata.quantile([[1.0]], [0.05, 0.95])[0])
    assert widest(strata, {"": []}, []) == {"": ()}


def test_an_answer_that_the_search_does_not_finish_is_not_certified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branching, "_MOST_POINTS", 0)
    strata = drawn([0, 6, 2])
    for found in widest(strata, {"": [Everything(3)]}, LEVELS)[""]:
        assert_sound(found, strata, [Everything(3)])
        assert not found.certified
        assert widths(strata, grid(50), found.level).max() <= found.bound


@pytest.mark.parametrize("how", ["corners not listed", "too many edges", "very many disputes"])
def test_sets_of_too_many_edges_are_searched_from_extremes(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    strata = drawn([0, 6, 2])
    sets = [Box([0.0, 0.0, 0.0], [0.9, 0.9, 0.9])]
    if how == "corners not listed":
        monkeypatch.setattr(polytopes, "MOST_CORNERS", 2)
    elif how == "too many edges":
        monkeypatch.setattr(module, "_MOST_CORNERS", 2)
    else:
        monkeypatch.setattr(module, "_MOST_WEIGHTS", 0)
    rows = np.array([row for row in grid(50) if sets[0].contains(row)])
    for found in widest(strata, {"": sets}, LEVELS)[""]:
        assert_sound(found, strata, sets)
        assert widths(strata, rows, found.level).max() <= found.bound
        if how != "very many disputes":
            assert found.high - found.low > widths(strata, rows, found.level).max() / 1.01


def test_sources_of_which_no_world_counts_are_left_out() -> None:
    draws = np.random.default_rng(7).normal(size=(4, 3, 512))
    keep = np.ones(draws.shape, dtype=bool)
    keep[:, 0] = False
    strata = Strata.of(draws + np.array([0.0, 0.0, 9.0])[:, None], keep)
    rest = Strata.of(np.ascontiguousarray(strata.values[:, 1:]))
    (found,) = widest(strata, {"": [Everything(3)]}, [0.9])[""]
    (alone,) = widest(rest, {"": [Everything(2)]}, [0.9])[""]
    assert found.certified and alone.certified
    assert found.high - found.low == pytest.approx(alone.high - alone.low, rel=0.01)
    (nothing,) = widest(strata, {"": [Box([1.0, 0, 0], [1.0, 0, 0])]}, [0.9])[""]
    assert np.isnan([nothing.low, nothing.high]).all() and not nothing.certified


def test_heavy_tails_are_searched_to_the_draw() -> None:
    """Where a bucket is wide beside the interval, its draws are asked."""
    rng = np.random.default_rng(8)
    strata = Strata.of(rng.standard_t(1, size=(4, 3, 512)) * np.array([1.0, 30.0, 2.0])[:, None] + 5)
    (found,) = widest(strata, {"": [Everything(3)]}, [0.99])[""]
    assert_sound(found, strata, [Everything(3)])
    assert widths(strata, grid(60), 0.99).max() <= found.bound
    assert found.certified


@pytest.mark.parametrize("steps", [1, 8])
@pytest.mark.parametrize("seed", range(6))
def test_no_piece_is_dropped_that_has_a_wider_interval(
    seed: int, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a piece's widest is just above what is dropped, mixtures of its ends do not hide it."""
    monkeypatch.setattr(branching, "_STEPS", steps)
    rng = np.random.default_rng(seed)
    strata = drawn(6 * rng.normal(size=4), seed=seed)
    eye, edge = np.eye(2), np.array([[0, 1]])
    search = branching.Search(strata, [Region(0.9, [eye, eye], [edge, edge])], 0.0)
    pieces = search._begun()
    line = np.stack([np.linspace(1, 0, 101), np.linspace(0, 1, 101)], axis=1)
    widest_there = widths(strata, combinations([line, line]), 0.9).max()
    search._widths[:] = widest_there * (1 - 1e-9)
    assert len(search._unless_mixtures_fail(pieces).region) == 1
    search._widths[:] = pieces.bounds() - 1e-9  # all but as wide as the bound: no mixture is
    assert len(search._unless_mixtures_fail(pieces).region) == (widest_there > search._widths[0])


def test_the_end_of_the_search_comes_closer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the search leaves within 1 % of the widest, the look about it brings nearer."""
    strata, sets = drawn([0, 4, 9], points=4096), {"": [Everything(3)]}
    near = [one.high - one.low for one in widest(strata, sets, LEVELS)[""]]
    monkeypatch.setattr(branching, "_CLOSER", ())
    far = [one.high - one.low for one in widest(strata, sets, LEVELS)[""]]
    assert all(one > other for one, other in zip(near, far, strict=True))
