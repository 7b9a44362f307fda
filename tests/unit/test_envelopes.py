"""Envelopes against every product of corners, by listing and by stepping; and what they are made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from contested.engine import envelopes, polytopes, products
from contested.engine.brackets import Brackets
from contested.engine.credal import Around, Box, Contaminated, CredalSet, Everything, Ordered
from contested.engine.envelopes import (
    extremes,
    probability_envelope,
    quantile_envelopes,
)
from contested.engine.strata import Strata
from contested.engine.weights import combinations, side_by_side
from contested.errors import ContestedError

LEVELS = (0.05, 0.3, 0.5, 0.95)
SETS: dict[str, Sequence[CredalSet]] = {  # of two disputes, of 2 and of 3 sources
    "all": [Everything(2), Everything(3)],
    "within": [Around([0.5, 0.5], 0.2), Around([0.5, 0.3, 0.2], 0.25)],
    "bounds": [Everything(2), Box([0.1, 0.2, 0.0], [0.5, 0.6, 0.4])],
    "contaminate": [Contaminated([0.3, 0.7], 0.1), Contaminated([0.2, 0.2, 0.6], 0.1)],
    "at least": [Ordered(2, []), Ordered(3, [(0, 1), (2, 1)])],
}


def drawn(seed: int = 1, keep: bool = False, digits: int = 2) -> Strata:
    """Draws of 2 x 3 strata, with ties; of no digits, with hardly any that is not one."""
    rng = np.random.default_rng(seed)
    draws = rng.normal(size=(4, 6, 512)) * rng.uniform(0.5, 2, (6, 1)) + 3 * rng.normal(size=(6, 1))
    draws = np.round(draws, digits)
    return Strata.of(draws, draws > -1 if keep else None)


def at_corners(strata: Strata, sets: Sequence[CredalSet]) -> np.ndarray:
    """Quantiles at every product of corners, worlds that count being left: (row, level)."""
    corners = [one.corners() for one in sets]
    assert all(found is not None for found in corners)
    rows = combinations([found for found in corners if found is not None])
    return strata.quantile(rows[rows @ strata.mass.mean(axis=0) > 0], LEVELS)


@pytest.mark.parametrize(("keep", "digits"), [(False, 2), (True, 2), (False, 0), (True, 0)])
@pytest.mark.parametrize("listed", [20_000, 0])
def test_envelopes_are_the_extremes_over_corners(
    listed: int, keep: bool, digits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether all products are asked for, or thresholds are stepped; with all worlds, or some left out."""
    monkeypatch.setattr(envelopes, "_MOST_ROWS", listed)
    strata = drawn(keep=keep, digits=digits)
    for name, (low, high) in quantile_envelopes(strata, SETS, LEVELS).items():
        exact = at_corners(strata, SETS[name])
        assert low.tolist() == exact.min(axis=0).tolist(), name
        assert high.tolist() == exact.max(axis=0).tolist(), name


@pytest.mark.parametrize("listed", [20_000, 0])
def test_the_weightings_told_have_the_extreme_quantiles(listed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(envelopes, "_MOST_ROWS", listed)
    strata = drawn()
    for name, both in extremes(strata, SETS, LEVELS).items():
        for found in both:
            rows = side_by_side(found.weights)
            assert strata.quantile_each(rows, LEVELS).tolist() == found.values.tolist()
            for one, weights in zip(SETS[name], found.weights, strict=True):
                assert all(one.contains(row) for row in weights)


def test_corners_that_are_not_listed_are_stepped_through_in_closed_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    strata = drawn()
    box = Box([0.1, 0.2, 0.0], [0.5, 0.6, 0.4])
    expected = at_corners(strata, [Everything(2), box])
    monkeypatch.setattr(polytopes, "MOST_CORNERS", 2)
    sets = [Everything(2), Box(box.low, box.high)]
    assert sets[1].corners() is None
    low, high = quantile_envelopes(strata, {"": sets}, LEVELS)[""]
    assert low.tolist() == expected.min(axis=0).tolist()
    assert high.tolist() == expected.max(axis=0).tolist()


@pytest.mark.parametrize("most", [4_194_304, 0])
def test_a_probability_is_extreme_at_corners(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "_MOST_PRODUCTS", most)  # 0: the cheapest weights in closed form
    shares = np.random.default_rng(4).uniform(size=6)
    for name, sets in SETS.items():
        corners = [found for one in sets if (found := one.corners()) is not None]
        exact = combinations(corners) @ shares
        assert probability_envelope(shares, sets) == pytest.approx((exact.min(), exact.max()), abs=1e-9), name


def test_a_quantity_of_no_dispute_has_one_value() -> None:
    strata = Strata.of(np.random.default_rng(1).normal(size=(4, 1, 64)))
    low, high = quantile_envelopes(strata, {"": []}, LEVELS)[""]
    assert low.tolist() == high.tolist() == strata.quantile([[1.0]], LEVELS)[0].tolist()
    assert probability_envelope(np.array([0.3]), []) == (0.3, 0.3)


def test_what_is_never_so_has_no_sign() -> None:
    ends = probability_envelope(np.zeros(2), [Everything(2)])
    assert np.copysign(1.0, ends).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("listed", [20_000, 0])
def test_sources_of_which_no_world_counts_are_left_out(listed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside any other source they change nothing, however great their weight; alone there is no quantile."""
    monkeypatch.setattr(envelopes, "_MOST_ROWS", listed)
    draws = np.random.default_rng(7).normal(size=(4, 2, 256))
    keep = np.ones(draws.shape, dtype=bool)
    keep[:, 0] = False
    strata = Strata.of(draws, keep)
    low, high = quantile_envelopes(strata, {"": [Everything(2)]}, LEVELS)[""]
    assert low.tolist() == high.tolist() == strata.quantile([[0.0, 1.0]], LEVELS)[0].tolist()
    nothing = quantile_envelopes(strata, {"": [Box([1.0, 0.0], [1.0, 0.0])]}, LEVELS)[""]
    assert np.isnan(nothing).all()


def test_too_many_corners_are_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "MOST_CORNERS", 10)
    sets = [Around(np.full(4, 0.25), 0.1), Around(np.full(5, 0.2), 0.1)]
    strata = Strata.of(np.random.default_rng(1).normal(size=(2, 20, 16)))
    with pytest.raises(ContestedError, match="toll more than 10, map more than 10; ask for"):
        quantile_envelopes(strata, {"within": sets}, LEVELS, ["toll", "map"])
    with pytest.raises(ContestedError, match="dispute 1 more than 10"):
        probability_envelope(np.zeros(20), sets)


def test_brackets_hold_the_quantiles() -> None:
    rng = np.random.default_rng(3)
    for draws in (rng.normal(size=(4, 3, 2048)), np.exp(rng.normal(size=(4, 3, 2048))), np.zeros((4, 3, 64))):
        strata = Strata.of(draws, rng.uniform(size=draws.shape) > 0.1)
        weights, levels = rng.dirichlet([1, 1, 1], 500), rng.uniform(0.001, 0.999, 500)
        exact = strata.quantile_each(weights, levels)
        assert exact.tolist() == [
            float(strata.quantile([w], [p])[0, 0]) for w, p in zip(weights, levels, strict=True)
        ]
        for brackets in (Brackets.of(strata), Brackets.fine(strata)):
            places = brackets.find(weights, levels)
            assert (brackets.ends[places] <= exact).all() and (exact <= brackets.ends[places + 1]).all()
            below = np.stack([(strata.values <= x).mean(axis=(0, 2)) for x in exact[:50]])
            assert (brackets.least(exact[:50]) <= below).all() and (below <= brackets.most(exact[:50])).all()


def test_brackets_sought_in_a_range_are_the_same() -> None:
    strata = drawn()
    brackets, rng = Brackets.fine(strata), np.random.default_rng(3)
    weights, levels = rng.dirichlet(np.ones(6), 200), rng.uniform(0.01, 0.99, 200)
    places = brackets.find(weights, levels)
    first, last = np.maximum(places - rng.integers(0, 9, 200), 0), np.minimum(places + 7, brackets.count - 1)
    assert brackets.find(weights, levels, first, last).tolist() == places.tolist()
