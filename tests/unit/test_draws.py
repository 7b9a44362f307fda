"""Drawing: the first points, doubling, and worlds in which a formula has no value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contested.engine.draws import FIRST, Draws, Outcomes
from contested.errors import ScenarioError
from running import agreed, asked, modelled, propagation

RATIO = propagation(agreed(x={"low": 10, "high": 20}, y={"mean": 3, "sd": 2}), {"r": "x / y"})


def draws(folder: Path, document: dict[str, Any] = RATIO, seed: int = 1) -> Draws:
    return Draws(modelled(folder, document), seed)


def joined(drawn: Draws, name: str) -> Outcomes:
    """All of one quantity's outcomes."""
    return Outcomes.joined(drawn.outcomes(next(q for q in drawn.quantities if q.name == name)))


def test_doubling_keeps_what_was_drawn_and_draws_as_many_again(tmp_path: Path) -> None:
    drawn = draws(tmp_path)
    drawn.extend()
    first = joined(drawn, "r")
    assert (drawn.points, drawn.worlds, first.values.shape) == (FIRST, 16 * FIRST, (16, 1, FIRST))
    drawn.extend()
    second = joined(drawn, "r")
    assert (drawn.points, second.values.shape) == (2 * FIRST, (16, 1, 2 * FIRST))
    assert (second.values[:, :, :FIRST] == first.values).all()
    assert first.positive is not None and second.positive is not None
    assert (second.positive[:, :, :FIRST] == first.positive).all()
    assert np.unique(second.values).size > 0.999 * second.values.size


def test_the_first_call_keeps_to_the_limit(tmp_path: Path) -> None:
    for limit, points in ((1024, 64), (3000, 128), (10**6, FIRST)):
        drawn = draws(tmp_path)
        drawn.extend(limit)
        assert drawn.points == points


def test_worlds_with_a_denominator_at_or_below_zero_are_marked(tmp_path: Path) -> None:
    drawn = draws(tmp_path)
    drawn.extend()
    outcomes = joined(drawn, "r")
    assert outcomes.positive is not None
    assert (outcomes.positive == (outcomes.values > 0)).all()  # the numerator is positive
    assert joined(drawn, "y").positive is None


def test_another_seed_is_another_net(tmp_path: Path) -> None:
    values = []
    for seed in (1, 1, 2):
        drawn = draws(tmp_path, seed=seed)
        drawn.extend()
        values.append(joined(drawn, "r").values)
    assert (values[0] == values[1]).all() and not (values[0] == values[2]).any()


def test_a_formula_without_a_value_in_some_world_is_a_located_fault(tmp_path: Path) -> None:
    figures = {
        **agreed(x={"mean": 1, "sd": 1}),
        "bad": {"title": "bad", "agreed": {"formula": "sqrt(depth)"}},
    }
    document = propagation(
        figures, {"y": "log(x)", "z": "x * 2"}, inputs={"depth": {"mean": 0, "sd": 1, "because": "test"}}
    )
    with pytest.raises(ScenarioError) as caught:
        draws(tmp_path, document).extend()
    faults = {fault.path: fault.message for fault in caught.value.faults}
    assert set(faults) == {"estimates.y.formula", "figures.bad"}
    assert faults["figures.bad"].startswith("has no finite value in 50 % of the worlds")
    assert faults["estimates.y.formula"].startswith("has no finite value in 16 % of the worlds")
    assert all(fault.location.line == 1 for fault in caught.value.faults)


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("log(x) > -9", "16 % of the worlds"),
        ("not log(x) > -9", "16 % of the worlds"),
        ("log(x) > -9 or x > -1", "2.3 % of the worlds"),  # answered by the second where x > -1
        ("log(x - 99) > 0", "any world"),
    ],
)
def test_a_question_that_hangs_on_a_lost_value_is_a_located_fault(
    tmp_path: Path, question: str, share: str
) -> None:
    """Counted as untrue, it would be answered in silence, and its opposite too."""
    document = propagation(agreed(x={"mean": 1, "sd": 1}), {}, questions=asked(q=question))
    document["estimates"] = {"y": {"title": "y", "formula": "x"}}
    with pytest.raises(ScenarioError) as caught:
        draws(tmp_path, document).extend()
    (fault,) = caught.value.faults
    assert fault.path == "questions.q.formula"
    assert fault.message.startswith(f"has no finite value in {share}: ")


def test_a_question_that_is_decided_all_the_same_is_answered(tmp_path: Path) -> None:
    questions = asked(guarded="x > 0 and log(x) > 0", either="x <= 0 or log(x) <= 0")
    document = propagation(agreed(x={"mean": 1, "sd": 1}), {"y": "x"}, questions=questions)
    drawn = draws(tmp_path, document)
    drawn.extend()
    truths = [joined(drawn, name).values for name in questions]
    assert (truths[0] != truths[1]).all()
    assert truths[0].mean() == pytest.approx(0.5, abs=1e-3)


def test_a_ratio_over_nought_does_not_lose_its_question(tmp_path: Path) -> None:
    """0 / 0 lies where the denominator is not positive: screened, not lost."""
    figures = agreed(x={"value": 0.0}, y={"value": 0.0})
    document = propagation(figures, {"r": "x / y"}, questions=asked(q="r > 1"))
    drawn = draws(tmp_path, document)
    drawn.extend()
    assert not joined(drawn, "q").values.any()
