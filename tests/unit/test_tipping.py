"""Tipping points as a user is given them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contested
from contested.answers.questions import Probability
from contested.answers.replayed import replayed
from contested.answers.tipping import Tipping
from contested.shapes.base import Array
from running import agreed, asked, disputed, propagation, ran
from sample_scenarios import BOUNDS, VANISHING, written

WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}
NORMAL = {"mean": 10, "sd": 1}


def _two_sources(**more: Any) -> dict[str, Any]:
    figures = {"f": disputed("who", {"a": NORMAL, "b": {"mean": 14, "sd": 1}}), **agreed(x=NORMAL)}
    return propagation(
        figures, {"r": "f - x"}, disputes=WHO, questions=asked(q="r > 1", twice="r > 1 and r < 3"),
        max_draws=16_384, **more,
    )  # fmt: skip


def test_claims_of_one_figure_are_held_one_at_a_time(tmp_path: Path) -> None:
    """f.a and f.b share a coordinate, and are never right together: P(q | f.a) leaves b as it is."""
    result = ran(tmp_path, _two_sources())
    replay = replayed(result)
    assert result.model.coordinates["figures.f.claims.a"] == result.model.coordinates["figures.f.claims.b"]
    pooled = result.questions["q"]
    assert isinstance(pooled, Probability)
    low = replay.conditionals["q", "figures.f.claims.a"].at(0.01)[0]
    by_b = pooled.by_source["who"]["b"].value
    assert by_b is not None
    assert low == pytest.approx(by_b / 2, abs=0.01)
    points = Tipping.of(result, (0.5, 0.6), replay)["q"]
    value, mcse = points["f.a"].at[0.6][0], points["f.a"].mcse[0.6][0]
    assert replay.pinned("q", "figures.f.claims.a").probability(_array(value), 1024)[0] == pytest.approx(
        0.6, abs=0.02
    )
    assert 0 < mcse < 0.1


def test_what_is_said_of_a_point(tmp_path: Path) -> None:
    points = Tipping.of(ran(tmp_path, _two_sources()), (0.9, 0.3, 0.9))
    assert list(points) == ["q", "twice"]
    x = points["q"]["x"]
    assert list(points["q"]) == ["f.a", "f.b", "x"]
    assert (x.name, x.path, x.unit) == ("x", "figures.x.agreed", "")
    assert list(x.at) == list(x.mcse) == [0.3, 0.9]
    assert (x.stated.median, x.stated.low, x.stated.high) == pytest.approx((10, 8.3551, 11.6449), abs=1e-4)
    assert x.reach == pytest.approx((10 - 23.263, 10 + 23.263), abs=0.01)
    found = points["twice"]["x"].at[0.3]  # in and out again, once with either source
    assert found == pytest.approx((7.4, 8.6, 11.4, 12.6), abs=0.06)


def test_a_level_that_is_nowhere_crossed_has_no_value(tmp_path: Path) -> None:
    point = Tipping.of(ran(tmp_path, _two_sources()), (0.4,))["q"]["f.a"]
    assert point.at == {0.4: ()}
    assert point.mcse == {0.4: ()}
    assert point.method == "drawn worlds and fresh run"


def test_sources_without_weight_lend_no_variable(tmp_path: Path) -> None:
    result = ran(tmp_path, _two_sources()).under({"who": {"a": 1, "b": 0}})
    assert list(Tipping.of(result)["q"]) == ["f.a", "x"]


def test_a_mixture_is_held_in_fresh_runs(tmp_path: Path) -> None:
    parts = [{**NORMAL, "weight": 1, "because": "t"}, {"mean": 14, "sd": 1, "weight": 1, "because": "t"}]
    mixed = {"f": {"title": "f", "agreed": {"mixture": {"pick": "which", "of": parts}}}, **agreed(x=NORMAL)}
    document = propagation(mixed, {"r": "f - x"}, questions=asked(q="r > 1"), max_draws=16_384)
    point = Tipping.of(ran(tmp_path, document))["q"]["f"]
    assert point.method == "fresh run"
    assert point.at[0.5][0] == pytest.approx(11, abs=4 * point.mcse[0.5][0])
    assert point.stated.median == pytest.approx(12, abs=0.3)


def test_values_are_in_the_unit_of_the_variables_own_statement(tmp_path: Path) -> None:
    document = propagation(
        {"f": {"title": "f", "agreed": {"formula": "x + y"}}},
        {"r": "f"},
        inputs={
            "x": {"mean": 50, "sd": 10, "unit": "%", "because": "t"},
            "y": {"mean": 0, "sd": 0.1, "because": "t"},
        },
        questions=asked(q="r > 0.6"),
    )
    point = Tipping.of(ran(tmp_path, document))["q"]["x"]
    assert point.unit == "%"
    assert point.at[0.5][0] == pytest.approx(60, abs=4 * point.mcse[0.5][0])


def test_a_question_settled_by_bounds_has_none(tmp_path: Path) -> None:
    points = Tipping.of(contested.load(written(tmp_path, BOUNDS)).run())
    assert list(points) == []
    assert points["settled"] == {}


def test_a_denominator_that_may_vanish_counts_as_not_true(tmp_path: Path) -> None:
    """ground held at v > 0: true where toll >= 100 v; at v <= 0 never, though the ratio may be large."""
    result = contested.load(written(tmp_path, VANISHING)).run()
    replay = replayed(result)
    assert replay.asked["over"].positive
    pinned = replay.pinned("over", "figures.ground.claims.wide")
    held = pinned.probability(_array(-1.0, 5.0, 40.0), 512)[0] - pinned.elsewhere.mean()
    assert held == pytest.approx([0, 0.5, 0], abs=1e-9)


def test_where_sources_are_certain_the_probability_may_rest_on_the_level(tmp_path: Path) -> None:
    """a says 10·x and b 12·x, evenly: over 11 with both from x = 1.1 on, with b alone from 11/12 on.

    At 0.5 that is where it comes to be more likely than not.
    """
    claims = {"a": {"formula": "10 * x"}, "b": {"formula": "12 * x"}}
    document = propagation(
        {"f": {"title": "f", "dispute": "who", "claims": claims}}, {"r": "f"}, disputes=WHO,
        inputs={"x": {"mean": 1, "sd": 0.1, "because": "t"}}, questions=asked(q="r > 11"),
    )  # fmt: skip
    points = Tipping.of(ran(tmp_path, document), (0.3, 0.5, 0.8))["q"]["x"]
    assert {level: [round(value, 3) for value in found] for level, found in points.at.items()} == {
        0.3: [0.917], 0.5: [1.1], 0.8: [1.1],
    }  # fmt: skip
    assert all(0 < mcse < 0.01 for found in points.mcse.values() for mcse in found)


def test_the_same_run_gives_the_same_bits(tmp_path: Path) -> None:
    result = ran(tmp_path, _two_sources())
    assert Tipping.of(result).points == Tipping.of(result, replay=replayed(result)).points


def _array(*values: float) -> Array:
    return np.array(values)
