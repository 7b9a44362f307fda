"""Borgonovo's δ of an estimate's disputes and inputs, from the worlds of its run."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.answers.result import Result
from contested.answers.shifts import Shifts, shifts
from contested.engine.delta import CLASSES
from contested.engine.groups import elements
from running import agreed, disputed, propagation, ran


def result(folder: Path) -> Result:
    """Sources that never meet, an area whose error is correlated with another, and a drift per figure."""
    figures = {
        "f": disputed("who", {"a": {"min": 1, "max": 2}, "b": {"min": 5, "max": 6}}),
        "p": {"title": "p", "agreed": {"formula": "drift"}},
        "q": {"title": "q", "agreed": {"formula": "drift * 2"}},
        **agreed(g={"mean": 0, "sd": 1}, h={"mean": 0, "sd": 1}),
    }
    document = propagation(
        figures,
        {"plain": "f", "tied": "g + 0 * h", "drifted": "p * q"},
        max_draws=32_768,
        disputes={"who": {"title": "who", "sources": {"a": "A", "b": "B"}}},
        weightings={"stated": {"who": {"a": 3, "b": 1}}},
        default="stated",
        inputs={"drift": {"low": 1, "high": 2, "drawn": "per_figure", "because": "judged"}},
        correlations=[{"between": ["g", "h"], "rank": 1, "because": "shared"}],
    )
    return ran(folder, document)


def found(run: Result, name: str) -> Shifts:
    return shifts(run, {name: elements(run.model, run.run.estimates[name].quantity)})[name]


def test_disputes_and_single_variables(tmp_path: Path) -> None:
    plain = found(result(tmp_path), "plain")
    assert plain.by_group["who"] == pytest.approx(2 * 0.75 * 0.25, abs=0.02)
    assert "f" not in plain.by_group  # claims of two sources are two variables
    assert plain.baseline is not None and 0 < plain.baseline < 0.1


def test_a_correlated_variable_shifts_the_answer_as_far_as_it_tells_of_it(tmp_path: Path) -> None:
    """With a rank correlation of 1 the one says as much as the other."""
    tied = found(result(tmp_path), "tied")
    assert tied.by_group["h"] == pytest.approx(tied.by_group["g"], abs=1e-3)
    assert tied.by_group["g"] == pytest.approx(1 - 1 / CLASSES, abs=0.01)


def test_several_draws_have_no_shift(tmp_path: Path) -> None:
    assert found(result(tmp_path), "drifted").by_group == {}


def test_a_source_without_weight_has_no_part(tmp_path: Path) -> None:
    run = result(tmp_path).under({"who": {"a": 1, "b": 0}})
    assert found(run, "plain").by_group["who"] == 0.0
