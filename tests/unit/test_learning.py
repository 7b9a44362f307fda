"""The value of learning as a user is given it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

import contested
from contested.answers.learning import Learning
from judging import assert_close
from running import agreed, asked, disputed, propagation, ran
from sample_scenarios import BOUNDS, EXACT, VANISHING, written

WHO = {
    "who": {"title": "Who", "sources": {"a": "A", "b": "B", "c": "C"}},
    "idle": {"title": "Idle", "sources": {"a": "A", "b": "B"}},
}
WEIGHTS = {"who": {"a": 5, "b": 3, "c": 2}, "idle": {"a": 1, "b": 1}}


def _certain(**values: float) -> dict[str, Any]:
    """Each source certain of its own number, and the question whether it is above 0."""
    figures = {
        "f": disputed("who", {source: {"value": value} for source, value in values.items()}),
        "g": disputed("idle", {"a": {"value": 1}, "b": {"value": 1}}),
        **agreed(x={"mean": 0, "sd": 0.1}),
    }
    return propagation(
        figures, {"r": "f * g + x"}, disputes=WHO, default="stated", weightings={"stated": WEIGHTS},
        questions=asked(q="r > 0"), max_draws=1024,
    )  # fmt: skip


def test_learning_who_is_right_is_worth_everything_where_all_else_is_certain(tmp_path: Path) -> None:
    worth = Learning.of(ran(tmp_path, _certain(a=9, b=-9, c=-9)))["q"]
    assert worth.evpi == pytest.approx(0.5)
    assert worth.evppi == pytest.approx({"who": 0.5, "idle": 0, "x": 0})
    assert worth.ranked == ("who",)
    assert list(worth.evppi) == ["who", "idle", "x"]


def test_two_of_three_sources_flip_the_answer(tmp_path: Path) -> None:
    """p = 0.5·1 + 0.3·0 + 0.2·1: 0.7 right by saying yes, all right by knowing."""
    worth = Learning.of(ran(tmp_path, _certain(a=9, b=-9, c=9)))["q"]
    assert worth.evppi["who"] == worth.evpi == pytest.approx(0.3)


def test_a_source_that_does_not_flip_the_answer_is_not_worth_knowing(tmp_path: Path) -> None:
    worth = Learning.of(ran(tmp_path, _certain(a=9, b=8, c=0.05)))["q"]
    assert worth.evpi > 0.02
    assert worth.evppi["who"] == 0
    assert worth.ranked == ()  # x moves c's answer alone, and never the answer to the whole


def test_questions_that_bounds_settle_have_no_worth(tmp_path: Path) -> None:
    assert list(Learning.of(contested.load(written(tmp_path, BOUNDS)).run())) == []


@pytest.mark.parametrize("text", [EXACT, VANISHING])
def test_exact_numbers_and_vanishing_denominators_have_a_worth(tmp_path: Path, text: str) -> None:
    worth = Learning.of(contested.load(written(tmp_path, text)).run())["over"]
    assert all(0 <= value <= worth.evpi for value in worth.evppi.values())


def test_a_correlated_input_tells_of_what_moves_with_it_in_other_strata(tmp_path: Path) -> None:
    """a: v > 0, b: w < 0, at 3 to 2: where v and w move together, what v says for a it says against b."""
    pearson = 0.8
    figures = {"f": disputed("who", {"a": {"formula": "v"}, "b": {"formula": "-w"}})}
    document = propagation(
        figures,
        {"r": "f"},
        disputes={"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}},
        inputs={name: {"mean": 0, "sd": 1, "because": "test"} for name in "vw"},
        correlations=[
            {"between": ["v", "w"], "rank": 6 / math.pi * math.asin(pearson / 2), "because": "shared"}
        ],
        questions=asked(q="r > 0"),
        default="stated",
        weightings={"stated": {"who": {"a": 3, "b": 2}}},
    )
    worth = Learning.of(ran(tmp_path, document))["q"]
    z = ndtri((np.arange(100_000) + 0.5) / 100_000)
    other = ndtr(-pearson * z / math.sqrt(1 - pearson**2))
    for name, given in {"v": 0.6 * (z > 0) + 0.4 * other, "w": 0.6 * (1 - other) + 0.4 * (z < 0)}.items():
        exact = float(np.maximum(given, 1 - given).mean()) - 0.5
        assert_close(name, worth.evppi[name], worth.mcse[name], exact, 1.0)


def test_an_input_that_bears_a_disputes_name_goes_by_its_path(tmp_path: Path) -> None:
    document = propagation(
        {"f": disputed("who", {"a": {"mean": 1, "sd": 1}, "b": {"mean": -1, "sd": 1}}),
         **agreed(who={"mean": 0, "sd": 1})},
        {"r": "f + who"},
        disputes={"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}},
        questions=asked(q="r > 0"),
    )  # fmt: skip
    worth = Learning.of(ran(tmp_path, document))["q"]
    assert {"who", "figures.who.agreed"} <= set(worth.evppi)
