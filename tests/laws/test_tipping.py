"""What tipping points and the value of learning must do, whatever the scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr, ndtri

from contested.answers.learning import Learning
from contested.answers.replayed import replayed
from contested.answers.tipping import Tipping, TippingPoint
from contested.engine.pinned import Pinned
from contested.shapes.base import Array
from running import agreed, asked, disputed, propagation, ran
from strategies import Document, changed, laws, run, scenarios, statements

EXACT = ("point", "mixture")
LEVELS = (0.3, 0.5, 0.8)


def crossings(point: TippingPoint, level: float) -> Iterator[tuple[float, float]]:
    return zip(point.at[level], point.mcse[level], strict=True)


def one(point: TippingPoint, level: float = 0.5) -> tuple[float, float]:
    """The only crossing, and its error."""
    (found,) = crossings(point, level)
    return found


@laws(40)
@given(statements(without=EXACT), st.sampled_from([0.03, 0.1, 0.35, 0.5, 0.8, 0.96]))
def test_a_question_of_one_variable_tips_where_it_says(statement: Document, p: float) -> None:
    """x > c is a step, in which every level is crossed at c, once."""
    document = propagation({"x": {"title": "x", "agreed": statement}}, {"y": "x"}, max_draws=4096)
    law = replayed(run({**document, "questions": asked(q="x > 0")})).law("figures.x.agreed")
    (c,) = law.quantile(np.array([p])).tolist()
    point = Tipping.of(run({**document, "questions": asked(q=f"x > {c!r}")}), LEVELS)["q"]["x"]
    assert point.method == "drawn worlds"
    for level in LEVELS:
        value, mcse = one(point, level)
        assert abs(value - c) <= 4 * mcse + 1e-9 * abs(c)
        assert value == pytest.approx(c, rel=2e-3)


def _sum_of_normals(threshold: float, **more: Any) -> dict[str, Any]:
    """x + y > threshold, x of N(10, 2²) and y of N(5, 1.5²): P(q | x = v) = Φ((v + 5 - threshold) / 1.5)."""
    figures = agreed(x={"mean": 10, "sd": 2}, y={"mean": 5, "sd": 1.5})
    return propagation(
        figures, {"s": "x + y"}, questions=asked(q=f"s > {threshold}"), max_draws=32_768, **more
    )


@pytest.mark.parametrize(
    ("threshold", "method"), [(15, "drawn worlds"), (13, "drawn worlds"), (22, "fresh run"), (1, "fresh run")]
)
def test_a_sum_of_normals_tips_at_the_closed_form(tmp_path: Path, threshold: float, method: str) -> None:
    result = ran(tmp_path, _sum_of_normals(threshold))
    point = Tipping.of(result, LEVELS)["q"]["x"]
    assert point.method == method
    for level in LEVELS:
        value, mcse = one(point, level)
        assert 0 < mcse < 0.1
        assert abs(value - (threshold - 5 + 1.5 * ndtri(level))) <= 4 * mcse
    assert point.reach == pytest.approx((10 - 20 * ndtri(0.99), 10 + 20 * ndtri(0.99)))


@pytest.mark.parametrize("p", [0.05, 0.3, 0.5, 0.9])
def test_what_is_held_agrees_with_what_is_learnt_and_with_the_closed_form(tmp_path: Path, p: float) -> None:
    replay = replayed(ran(tmp_path, _sum_of_normals(14)))
    path = "figures.x.agreed"
    held = np.array([10 + 2 * ndtri(p)])
    exact = float(ndtr((held[0] + 5 - 14) / 1.5))
    (fresh,), (error,) = replay.pinned("q", path).probability(held, 512)
    learnt, smoothed = replay.conditionals["q", path].at(p)
    assert abs(fresh - exact) <= 4 * error
    assert abs(learnt - exact) <= 4 * smoothed
    assert max(error, smoothed) < 0.02


@pytest.mark.parametrize("rank", [0.8, -0.5])
def test_what_is_correlated_stays_where_it_is_stated(tmp_path: Path, rank: float) -> None:
    stated = [{"between": ["x", "y"], "rank": rank, "because": "one method"}]
    point = Tipping.of(ran(tmp_path, _sum_of_normals(14, correlations=stated)))["q"]["x"]
    value, mcse = one(point)
    assert point.method == "fresh run"
    assert abs(value - 9) <= 4 * mcse


@laws(25)
@given(scenarios())
def test_holding_a_variable_within_its_law_is_learning_it(document: Document) -> None:
    """Six errors: several variables in each of 25 scenarios, each error of 15 degrees of freedom."""
    replay = replayed(run(document))
    for path, which in replay.resting["larger"].items():
        if which.variable.correlated or which.variable.mixed:
            continue
        pinned, curve = replay.pinned("larger", path), replay.conditionals["larger", path]
        for p in (0.223, 0.457, 0.719):  # no number that a statement may name
            fresh, error = _at(pinned, replay.law(path).quantile(np.array([p])))
            learnt, smoothed = curve.at(p)
            assert abs(fresh - learnt) <= 6 * float(np.hypot(error, smoothed)) + 1e-9, (path, p)


def _at(pinned: Pinned, values: Array) -> tuple[float, float]:
    (found,), (error,) = pinned.probability(values, 256)
    return float(found), float(error)


@laws(25)
@given(scenarios(), st.sampled_from([0.4, 0.5, 0.7]))
def test_held_at_a_tipping_point_the_probability_is_the_level(document: Document, level: float) -> None:
    result = run(document)
    replay = replayed(result)
    for point in Tipping.of(result, (level,), replay)["larger"].values():
        pinned = replay.pinned("larger", point.path)
        for value, mcse in crossings(point, level):
            assert point.reach[0] <= value <= point.reach[1]
            below, there, above = (_at(pinned, np.array([value + step * mcse])) for step in (-6, 0, 6))
            slack = 6 * max(below[1], there[1], above[1]) + 0.005
            assert min(below[0], above[0]) - slack <= level <= max(below[0], above[0]) + slack, point


@laws(25)
@given(scenarios())
def test_learning_is_worth_something_between_nothing_and_everything(document: Document) -> None:
    worth = Learning.of(run(document))["larger"]
    assert all(0 <= value <= worth.evpi for value in worth.evppi.values())
    assert list(worth.evppi.values()) == sorted(worth.evppi.values(), reverse=True)


def test_where_all_sources_say_the_same_learning_who_is_right_is_worth_nothing(tmp_path: Path) -> None:
    same = {source: {"low": 8, "high": 13} for source in "abc"}
    document = propagation(
        {"f": disputed("who", same), **agreed(x={"low": 9, "high": 12})},
        {"r": "f / x"},
        disputes={"who": {"title": "Who", "sources": {s: s for s in "abc"}}},
        questions=asked(q="r > 1"),
        max_draws=16_384,
    )
    for named in ({}, {"apart": {"title": "apart", "formula": "f.a + f.b + f.c"}}):  # drawn as one, or apart
        drawn = changed(document, _also(named))
        worth = Learning.of(ran(tmp_path, drawn))["q"]
        assert worth.evppi["who"] <= 4 * worth.mcse["who"]
        assert worth.evppi["x"] > 0.05


def _also(estimates: Document) -> Callable[[Document], object]:
    return lambda document: document["estimates"].update(estimates)
