"""Estimates and questions that rest on one-sided bounds, under weightings and by source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contested.answers.bounds import Bound, Settled
from contested.answers.result import Result
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


def by_source(found: Result) -> dict[str, tuple[str, float]]:
    return {source: (alone.direction, alone.value) for source, alone in bound(found).by_source["who"].items()}


def settled(found: Result, name: str) -> Settled:
    answer = found.questions[name]
    assert isinstance(answer, Settled)
    return answer


def test_a_pooled_bound_holds_whichever_source_with_weight_is_right(tmp_path: Path) -> None:
    found = result(tmp_path, AT_LEAST)
    assert (bound(found).direction, bound(found).value) == ("lower", 50.0)
    assert by_source(found) == {"a": ("lower", 50.0), "b": ("lower", 75.0)}
    assert bound(found.under("only_b")).value == 75.0


def test_an_upper_bound_pools_to_the_largest(tmp_path: Path) -> None:
    found = result(tmp_path, AT_LEAST, "h / f")
    assert (bound(found).direction, bound(found).value) == ("upper", 0.01)
    assert by_source(found) == {"a": ("upper", 0.01), "b": ("upper", 2 / 300)}


def test_an_exact_source_and_a_bound_pool_to_a_bound(tmp_path: Path) -> None:
    found = result(tmp_path, {"a": {"value": 500.0}, "b": {"value": 300.0, "bound": "lower"}}, "f / h")
    assert (bound(found).direction, bound(found).value) == ("lower", 150.0)
    assert by_source(found) == {"a": ("exact", 250.0), "b": ("lower", 150.0)}


def test_where_all_weight_lies_on_one_exact_number_it_is_no_bound(tmp_path: Path) -> None:
    found = result(tmp_path, {"a": {"value": 300.0, "bound": "lower"}, "b": {"value": 500.0}}, "f / h")
    alone = found.under("only_b")
    assert (bound(alone).direction, bound(alone).value) == ("exact", 250.0)
    assert repr(bound(alone)) == "<r: exactly 250>"
    assert alone.to_dict()["estimates"]["r"] == {
        "title": "r", "unit": "", "bound": "exact", "value": 250.0,
        "by_source": {
            "who": {"a": {"bound": "lower", "value": 150.0}, "b": {"bound": "exact", "value": 250.0}}
        },
    }  # fmt: skip
    rows = alone.table().query("name == 'r'")
    assert list(rows["status"]) == ["exact", "lower bound", "exact"]


@pytest.mark.parametrize(("direction", "value"), [("lower", 200.0), ("upper", 500.0)])
def test_several_exact_numbers_are_bounded_as_all_sources_are(
    tmp_path: Path, direction: str, value: float
) -> None:
    """With weight on 200 and on 500 alone, exactly 200 would be wrong, and so would exactly 500."""
    claims = {"a": {"value": 200.0}, "b": {"value": 500.0}, "c": {"value": 300.0, "bound": direction}}
    figures = {"f": disputed("who", claims)}
    sources = {"who": {"title": "Who", "sources": {"a": "A", "b": "B", "c": "C"}}}
    weightings = {"exact": {"who": {"c": 0, "others": 1}}}
    found = ran(
        tmp_path,
        propagation(figures, {"r": "f"}, disputes=sources, weightings=weightings, max_draws=1024),
    ).under("exact")
    assert (bound(found).direction, bound(found).value) == (direction, value)


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
