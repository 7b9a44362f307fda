"""Estimates and questions that rest on one-sided bounds, under weightings and by source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contested.answers.bounds import Bound, Settled
from contested.answers.result import Result
from contested.errors import ContestedError, ScenarioError
from running import agreed, asked, disputed, propagation, ran

WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}
AT_LEAST = {"a": {"value": 200.0, "bound": "lower"}, "b": {"value": 300.0, "bound": "lower"}}


def result(folder: Path, claims: dict[str, Any], formula: str = "f / g", **questions: str) -> Result:
    figures = {"f": disputed("who", claims), **agreed(g={"value": 4.0, "bound": "upper"}, h={"value": 2.0})}
    return ran(
        folder,
        propagation(
            figures, {"r": formula, "free": "h * 3"}, disputes=WHO, questions=asked(**questions),
            weightings={"only_b": {"who": {"a": 0, "b": 1}}}, max_draws=1024,
        ),
    )  # fmt: skip


def bound(found: Result, name: str = "r") -> Bound:
    answer = found[name]
    assert isinstance(answer, Bound)
    return answer


def settled(found: Result, name: str) -> Settled:
    answer = found.questions[name]
    assert isinstance(answer, Settled)
    return answer


def test_a_pooled_bound_holds_whichever_source_with_weight_is_right(tmp_path: Path) -> None:
    found = result(tmp_path, AT_LEAST)
    assert (bound(found).direction, bound(found).value) == ("lower", 50.0)
    assert bound(found).by_source == {"who": {"a": 50.0, "b": 75.0}}
    assert bound(found.under("only_b")).value == 75.0


def test_an_upper_bound_pools_to_the_largest(tmp_path: Path) -> None:
    found = result(tmp_path, AT_LEAST, "h / f")
    assert (bound(found).direction, bound(found).value) == ("upper", 0.01)
    assert bound(found).by_source == {"who": {"a": 0.01, "b": 2 / 300}}


def test_an_exact_source_and_a_bound_pool_to_a_bound(tmp_path: Path) -> None:
    found = result(tmp_path, {"a": {"value": 500.0}, "b": {"value": 300.0, "bound": "lower"}}, "f / h")
    assert (bound(found).direction, bound(found).value) == ("lower", 150.0)


def test_opposite_bounds_are_refused_with_the_remedy(tmp_path: Path) -> None:
    opposite = {"a": {"value": 500.0, "bound": "upper"}, "b": {"value": 300.0, "bound": "lower"}}
    with pytest.raises(ScenarioError, match="at least by one source, at most by another; state low and high"):
        bound(result(tmp_path, opposite, "f / h"))


def test_a_bound_with_a_distribution_is_refused_with_the_remedy(tmp_path: Path) -> None:
    mixed = {"a": {"low": 10, "high": 20}, "b": {"value": 300.0, "bound": "lower"}}
    with pytest.raises(ContestedError, match="state low and high"):
        bound(result(tmp_path, mixed, "f / h"))


def test_questions_are_settled_or_left_open_with_the_reason(tmp_path: Path) -> None:
    found = result(tmp_path, AT_LEAST, sure="r > 40", half="r >= 60", never="r < 40", free="free > 5")
    assert (settled(found, "sure").probability, settled(found, "sure").reason) == (1.0, None)
    assert settled(found, "never").probability == 0.0
    open_question = settled(found, "half")
    assert open_question.probability is None and "no distribution" in str(open_question.reason)
    assert open_question.by_source == {"who": {"a": None, "b": 1.0}}
    assert settled(found.under("only_b"), "half").probability == 1.0
    assert not isinstance(found.questions["free"], Settled)


def test_what_is_printed(tmp_path: Path) -> None:
    found = result(tmp_path, AT_LEAST, sure="r > 40")
    printed = found.to_dict()
    assert printed["estimates"]["r"]["bound"] == "lower" and printed["estimates"]["r"]["value"] == 50.0
    assert printed["questions"]["sure"]["probability"] == 1.0
    row = found.table().query("name == 'r' and source.isna()").to_dict("records")[0]
    assert (row["status"], row["median"]) == ("lower bound", 50.0)
