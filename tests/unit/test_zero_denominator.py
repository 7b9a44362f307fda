"""A claim that the front stood still: a denominator of exactly zero is an answer, not a fault."""

from __future__ import annotations

import pytest

import contested

SCENARIO = """\
title: The front stood still
as_of: 2026-08-22
disputes:
  map: {title: Whose map, sources: {still: Still, moving: Moving}}
figures:
  toll: {title: Casualties, unit: person, agreed: {low: 100, high: 200, because: judged}}
  area:
    title: Area gained
    dispute: map
    unit: km²
    claims:
      still: {value: 0, because: judged}
      moving: {low: 10, high: 20, because: judged}
estimates:
  ratio: {title: Casualties per km², formula: toll / area, unit: person/km²}
questions:
  ten: {title: Over ten, formula: ratio > 10}
"""


@pytest.fixture
def result(tmp_path):
    path = tmp_path / "still.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return contested.load(path).run()


def test_the_pool_is_not_estimable_and_its_inverse_is(result):
    answer = result["ratio"]
    assert answer.denominator_nonpositive == 0.5
    assert answer.summary is None
    assert answer.inverse.median == 0
    assert str(answer.inverse_unit) == "km²/(1000 person)"
    moving = answer.by_source["map"]["moving"]
    assert answer.inverse.intervals[-1].high == pytest.approx(1000 / moving.quantile(0.1), rel=1e-3)


def test_the_moving_map_keeps_its_own_ratio(result):
    alone = result["ratio"].by_source["map"]["moving"]
    assert alone.estimable
    assert alone.quantile(0.5) == pytest.approx(10, rel=0.01)
    assert result["ratio"].given_positive_denominator.median == alone.summary.median


def test_a_question_has_a_lower_and_an_upper_probability(result):
    ten = result.questions["ten"]
    assert ten.value == pytest.approx(0.25, abs=0.01)
    assert ten.upper == pytest.approx(0.75, abs=0.01)


def test_all_of_it_can_be_written_as_json(result):
    assert '"estimable": false' in result.to_json()
