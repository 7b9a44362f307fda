"""Numbers before and after: by how much they moved, and beyond which error."""

from __future__ import annotations

import math

import pytest

from contested.answers.difference import AnswerChange, Moved, Verdict, answer_changes
from contested.answers.difference_numbers import Case, Reading, Which
from contested.answers.saved import SavedAnswers, SavedEstimate, SavedInterval, SavedQuestion

MEDIAN = Which(quantity="median")


def _moved(before: Reading | None, after: Reading | None, *, comparable: bool = True) -> Moved:
    return Moved(which=MEDIAN, before=before, after=after, comparable=comparable)


def test_the_difference_and_its_error() -> None:
    moved = _moved(Reading(96.1, 0.3), Reading(92.3, 0.4))
    assert moved.difference == pytest.approx(-3.8)
    assert moved.relative == pytest.approx(-3.8 / 96.1)
    assert moved.mcse == pytest.approx(0.5)


def test_the_relative_difference_is_of_the_size_of_what_was() -> None:
    assert _moved(Reading(-10.0, 0.0), Reading(-5.0, 0.0)).relative == 0.5
    assert _moved(Reading(0.0, 0.0), Reading(5.0, 0.0)).relative is None
    assert _moved(Reading(5e-324, 0.0), Reading(1e300, 0.0)).relative is None


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (Reading(10, 0.3), Reading(11, 0.4), "within_error"),  # exactly two standard errors
        (Reading(10, 0.3), Reading(11 + 1e-9, 0.4), "changed"),
        (Reading(10, 0.3), Reading(9 - 1e-9, 0.4), "changed"),
        (Reading(10, 0.3), Reading(10, 0.4), "same"),
        (Reading(10, 0.0), Reading(math.nextafter(10, 11), 0.0), "within_error"),  # rounding
        (Reading(10, 0.0), Reading(10.001, 0.0), "changed"),
        (Reading(10, None), Reading(11, 0.1), "error_unknown"),
        (None, Reading(11, 0.1), "only_after"),
        (Reading(11, 0.1), None, "only_before"),
    ],
)
def test_verdicts(before: Reading | None, after: Reading | None, verdict: Verdict) -> None:
    assert _moved(before, after).verdict == verdict


def test_unlike_units_are_not_subtracted() -> None:
    moved = _moved(Reading(96, 0.0), Reading(249, 0.0), comparable=False)
    assert (moved.difference, moved.relative, moved.verdict) == (None, None, "other_unit")


def _estimate(median: float, unit: str = "person", **others: object) -> SavedEstimate:
    fields: dict[str, object] = {"title": "E", "unit": unit, "median": median, "median_mcse": 0.0}
    return SavedEstimate.model_validate({**fields, **others})


def _answers(**estimates: SavedEstimate) -> SavedAnswers:
    return SavedAnswers(estimates=estimates, questions={})


def _only(before: SavedEstimate, after: SavedEstimate) -> AnswerChange:
    (change,) = answer_changes(_answers(e=before), _answers(e=after))
    return change


def test_answers_of_one_run_alone() -> None:
    found = answer_changes(_answers(a=_estimate(1)), _answers(b=_estimate(2)), order=["b", "a"])
    assert [(each.name, each.is_new, each.is_gone) for each in found] == [
        ("b", True, False),
        ("a", False, True),
    ]
    assert not any(each.is_same for each in found)


def test_another_unit_is_said_and_shares_stay_comparable() -> None:
    shares = {"disagreement_share": {"all": 0.5}, "disagreement_share_mcse": {"all": 0.01}}
    change = _only(_estimate(1, **shares), _estimate(2, "km²", **shares))
    assert [(said.what, said.before, said.after) for said in change.said] == [("unit", "person", "km²")]
    assert [moved.verdict for moved in change.numbers] == ["other_unit", "same"]


def test_ends_are_matched_by_level_and_kind() -> None:
    def interval(level: float, kind: str, low: float) -> dict[str, object]:
        ends = {"low": low, "high": 9.0, "low_mcse": 0.0, "high_mcse": None}
        return SavedInterval.model_validate({"level": level, "kind": kind, **ends}).model_dump()

    change = _only(
        _estimate(5, intervals=[interval(0.5, "equal-tailed", 4.0), interval(0.9, "equal-tailed", 1.0)]),
        _estimate(5, intervals=[interval(0.9, "equal-tailed", 2.0), interval(0.9, "hdi", 1.0)]),
    )
    found = {(m.which.quantity, m.which.level, m.which.kind): m.verdict for m in change.numbers[1:]}
    assert found == {
        ("low", 0.9, "equal-tailed"): "changed", ("high", 0.9, "equal-tailed"): "same",
        ("low", 0.9, "hdi"): "only_after", ("high", 0.9, "hdi"): "only_after",
        ("low", 0.5, "equal-tailed"): "only_before", ("high", 0.5, "equal-tailed"): "only_before",
    }  # fmt: skip


def test_a_ratio_that_is_no_longer_estimable() -> None:
    inverse = {"unit": "km²/person", "median": 2.0, "median_mcse": 0.0, "intervals": []}
    gone = _estimate(1).model_copy(update={"median": None})
    after = SavedEstimate.model_validate({**gone.model_dump(), "estimable": False, "inverse": inverse})
    change = _only(_estimate(1), after)
    assert change.states == ("estimated", "not estimable as a ratio")
    assert {(m.which.quantity, m.which.form): m.verdict for m in change.numbers} == {
        ("median", None): "only_before", ("median", "inverse"): "only_after",
    }  # fmt: skip
    assert ("inverse unit", None, "km²/person") in {(s.what, s.before, s.after) for s in change.said}


def test_what_a_source_gives_of_a_settled_question() -> None:
    def asked(by_kyiv: float | None, probability: float | None) -> SavedAnswers:
        question = SavedQuestion(title="Q", probability=probability, by_source={"toll": {"kyiv": by_kyiv}})
        return SavedAnswers(estimates={}, questions={"q": question})

    (change,) = answer_changes(asked(1.0, None), asked(0.0, 0.5))
    kyiv = Case(source=("toll", "kyiv"))
    assert {m.which.case: m.verdict for m in change.numbers} == {Case(): "only_after", kyiv: "changed"}
    assert change.states == ("no probability", "a probability")


def test_repeated_names_stand_where_their_stem_does() -> None:
    names = ["rise", "per_km2_2025_01", "per_km2_2024_12", "zero", "toll"]
    found = answer_changes(
        _answers(), _answers(**{name: _estimate(1) for name in names}), order=["toll", "per_km2", "rise"]
    )
    assert [each.name for each in found] == ["toll", "per_km2_2024_12", "per_km2_2025_01", "rise", "zero"]
