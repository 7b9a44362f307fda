"""Verdicts are those of a certificate; the yardstick's words stand where they hide no disagreement."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import contested
from briefed import sampled
from claims import NAME, claimed, weighted
from contested.report.briefing import Briefing
from contested.report.briefing.sections import Verdict
from contested.report.briefing.yardstick import yardstick
from contested.report.certificate import Certificate
from running import written
from sample_scenarios import BOUNDS, EXACT_OR_BOUND, RANGES, VANISHING


def verdict(folder: Path, probabilities: Mapping[str, float], **weights: float) -> Verdict:
    document = claimed(probabilities, **weighted(**weights))
    (found,) = Briefing.of(contested.load(written(folder, document)).compare()).verdicts
    return found


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (0.0, "remote chance"),
        (0.0749, "remote chance"),
        (0.075, "highly unlikely"),
        (0.2249, "highly unlikely"),
        (0.225, "unlikely"),
        (0.3749, "unlikely"),
        (0.375, "realistic possibility"),
        (0.5249, "realistic possibility"),
        (0.525, "likely or probable"),
        (0.7749, "likely or probable"),
        (0.775, "highly likely"),
        (0.9249, "highly likely"),
        (0.925, "almost certain"),
        (1.0, "almost certain"),
    ],
)
def test_the_gaps_are_closed(probability: float, words: str) -> None:
    assert yardstick(probability) == words


def test_a_word_stands_beside_the_number(tmp_path: Path) -> None:
    found = verdict(tmp_path, {"a": 0.7, "b": 0.9}, a=1, b=1)
    assert found.chance is not None and found.chance.text == "80 %"
    assert (found.yardstick, found.unsaid) == ("highly likely", "")
    assert found.least is not None and found.most is not None
    assert (found.least.sources, found.least.chance.text) == ("“A”", "70 %")
    assert (found.most.sources, found.most.chance.text) == ("“B”", "90 %")


def test_no_word_hides_that_sources_disagree(tmp_path: Path) -> None:
    found = verdict(tmp_path, {"a": 0.45, "b": 0.99}, a=1, b=9)
    assert found.chance is not None and found.chance.text == "94 %"
    assert found.yardstick == "" and found.unsaid.startswith("Sources fall on both sides of a half")


def test_a_source_without_weight_may_disagree_too(tmp_path: Path) -> None:
    assert verdict(tmp_path, {"a": 0.1, "b": 0.99}, a=0, b=1).yardstick == ""


def test_a_verdict_is_the_certificate(tmp_path: Path) -> None:
    comparison, briefing = sampled(tmp_path, RANGES)
    (found,) = briefing.verdicts
    certificate = Certificate.of(comparison, "over")
    assert (found.grade, found.paragraph) == (certificate.text, certificate.paragraph)
    assert found.kind == certificate.grade.kind
    chance = certificate.findings.default.chance
    assert chance is not None and found.chance is not None and found.chance.value == chance.value


def test_bounds_have_a_verdict_and_no_word(tmp_path: Path) -> None:
    _, briefing = sampled(tmp_path, BOUNDS)
    settled, left_open = briefing.verdicts
    assert settled.chance is not None and settled.chance.text == "yes, by the bounds"
    assert left_open.chance is None and "does not decide" in left_open.reason
    for found in briefing.verdicts:
        assert found.kind == "not_graded" and found.yardstick == ""
        assert found.least is None and found.most is None


def test_bounds_of_sources_say_what_each_settles(tmp_path: Path) -> None:
    (found,) = sampled(tmp_path, EXACT_OR_BOUND)[1].verdicts
    assert found.least is not None and found.least.chance.text == "no, by the bounds"
    assert found.most is not None and found.most.chance.text == "yes, by the bounds"


def test_two_limits_have_no_word(tmp_path: Path) -> None:
    (found,) = sampled(tmp_path, VANISHING)[1].verdicts
    assert found.chance is not None and found.chance.upper is not None
    assert " to " in found.chance.text and found.unsaid.startswith("A denominator may vanish")


def test_names_are_the_questions(tmp_path: Path) -> None:
    found = verdict(tmp_path, {"a": 0.7, "b": 0.9}, a=1, b=1)
    assert (found.question, found.title) == (NAME, "The level is above nought")
    assert found.formula == "level_now > 0"
