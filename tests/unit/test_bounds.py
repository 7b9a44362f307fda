"""Bounds in conflict, with a distribution or without a value, refused when a scenario is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contested.errors import ScenarioError
from contested.language.reading import read
from running import agreed, asked, disputed, propagation, written

REMEDY = "state low and high, and why"
WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}
LOWER = {"value": 300.0, "bound": "lower"}
UPPER = {"value": 500.0, "bound": "upper"}


def faults(folder: Path, document: dict[str, Any]) -> list[str]:
    """Path and message of every fault."""
    try:
        read(written(folder, document))
    except ScenarioError as error:
        return [f"{fault.path}: {fault.message}" for fault in error.faults]
    return []


def pooled(a: dict[str, Any], b: dict[str, Any], formula: str = "f / h", **more: Any) -> dict[str, Any]:
    figures = {"f": disputed("who", {"a": a, "b": b}), **agreed(g=UPPER, h={"value": 2.0})}
    return propagation(figures, {"r": formula}, disputes=WHO, **more)


def test_bounds_of_one_direction_and_exact_numbers_are_pooled(tmp_path: Path) -> None:
    for a, b in ((LOWER, LOWER), (LOWER, {"value": 1.0}), ({"value": 1.0}, UPPER)):
        assert faults(tmp_path, pooled(a, b)) == []


def test_opposite_bounds_are_refused_whatever_the_weights(tmp_path: Path) -> None:
    against = f"estimates.r.formula: at least by one source, at most by another; {REMEDY}"
    only_a = {"only_a": {"who": {"a": 1, "b": 0}}}
    assert faults(tmp_path, pooled(UPPER, LOWER)) == [against]
    assert faults(tmp_path, pooled(UPPER, LOWER, weightings=only_a, default="only_a")) == [against]


@pytest.mark.parametrize(
    ("formula", "message"),
    [
        ("(f - 301) ** 2", f"a bound does not pass through '**' here: {REMEDY}"),
        ("f - f * 2", f"the bounds on the sides of '-' push in opposite directions: {REMEDY}"),
        ("f / (h - h)", f"'/' of these bounds has no value: {REMEDY}"),
        ("f * none", f"in 'none', '/' of these bounds has no value: {REMEDY}"),
    ],
)
def test_what_a_bound_does_not_pass_is_refused_under_every_source(
    tmp_path: Path, formula: str, message: str
) -> None:
    """Though only B's claim is a bound."""
    document = pooled({"value": 4.0}, LOWER, formula)
    document["estimates"]["none"] = {"title": "none", "formula": "h / (h - 2)"}
    assert faults(tmp_path, document) == [f"estimates.r.formula: {message}"]


def test_a_fault_is_told_once_where_it_arises(tmp_path: Path) -> None:
    document = pooled(LOWER, LOWER, "x - 1", questions=asked(q="r > 2", own="f - g / f > 1"))
    document["figures"]["x"] = {
        "title": "x", "agreed": {"formula": "low / low_2", "because": "j"},
    }  # fmt: skip
    document["inputs"] = {"low": {**LOWER, "because": "j"}, "low_2": {**LOWER, "because": "j"}}
    assert faults(tmp_path, document) == [
        f"figures.x.agreed.formula: the bounds on the sides of '/' push in opposite directions: {REMEDY}"
    ]


def test_a_question_of_bounds_is_worked_out_too(tmp_path: Path) -> None:
    refused = f"questions.q.formula: the bounds on the sides of '-' push in opposite directions: {REMEDY}"
    assert faults(tmp_path, pooled(LOWER, LOWER, questions=asked(q="f - 2 * f > 1"))) == [refused]
    assert faults(tmp_path, pooled(LOWER, LOWER, questions=asked(q="f > 1"))) == []


def test_nothing_is_said_of_bounds_over_what_is_at_fault(tmp_path: Path) -> None:
    document = pooled(LOWER, {"low": 9, "high": 1}, "f / f.b")
    assert faults(tmp_path, document) == ["figures.f.claims.b.low: must be below high (got 9 and 1)"]


def test_a_bound_with_a_distribution_is_told_once(tmp_path: Path) -> None:
    """And not again of what is computed from both."""
    document = pooled({"low": 9, "high": 12}, LOWER)
    document["estimates"]["s"] = {"title": "s", "formula": "r + g"}
    assert faults(tmp_path, document) == [
        "estimates.r.formula: combines a bound (figures.f.claims.b) with a distribution (figures.f.claims.a)"
        "; state low and high for the bound, and why"
    ]


def test_long_chains_of_bounds_are_worked_out(tmp_path: Path) -> None:
    document = pooled(LOWER, LOWER, "f")
    for index in range(1500):
        before = f"e{index - 1}" if index else "r"
        document["estimates"][f"e{index}"] = {"title": "t", "formula": f"{before} * 1"}
    assert faults(tmp_path, document) == []


def test_more_combinations_of_sources_than_can_be_gone_through_are_refused(tmp_path: Path) -> None:
    names = [f"f{index}" for index in range(15)]
    document = propagation(
        {name: disputed(f"d_{name}", {"a": LOWER, "b": LOWER}) for name in names},
        {"r": " + ".join(names), "s": " + ".join(names[:5])},
        disputes={f"d_{name}": WHO["who"] for name in names},
    )
    assert faults(tmp_path, document) == [
        "estimates.r.formula: rests on bounds under 32,768 combinations of sources, which is too many to go "
        "through; use fewer disputes in one formula"
    ]
