"""What a notebook and a typed script see of a scenario and its result."""

from __future__ import annotations

from dataclasses import replace

import pytest

import contested
from contested.report.terminal import render

SCENARIO = """\
title: A small scenario
as_of: 2026-08-22
figures:
  toll: {title: Toll, unit: person, agreed: {low: 100, high: 200, because: judged}}
  floor: {title: Floor, unit: person, agreed: {value: 50, bound: lower, because: judged}}
estimates:
  twice: {title: Twice, formula: 2 * toll, unit: person}
  least: {title: At least, formula: 2 * floor, unit: person}
questions:
  many: {title: Many, formula: toll > 150}
  settled: {title: Settled, formula: floor > 10}
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory):
    path = tmp_path_factory.mktemp("api") / "small.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return contested.load(path)


def test_representations_are_a_line_each(scenario):
    result = scenario.run()
    assert repr(scenario) == "<Scenario small: A small scenario>"
    first, *answers = repr(result).splitlines()
    assert first == "<Result of small under weighting 'even'>"
    assert [line.split(":")[0] for line in answers] == ["<twice", "<least", "<many", "<settled"]
    assert answers[1] == "<least: lower bound 100 person>"
    assert answers[3] == "<settled: 1.0>"


@pytest.mark.parametrize(
    "ask",
    [
        lambda answer: answer.quantile(0.5),
        lambda answer: answer.cdf(300),
        lambda answer: answer.interval(0.9),
        lambda answer: answer.probability(above=100),
    ],
)
def test_a_bound_refuses_what_needs_a_distribution(scenario, ask):
    result = scenario.run()
    assert ask(result["twice"])
    with pytest.raises(contested.ContestedError, match="rests on bounds and has no distribution"):
        ask(result["least"])


def test_the_cdf_refuses_what_is_no_number(scenario):
    with pytest.raises(contested.ContestedError, match="needs a number"):
        scenario.run()["twice"].cdf(float("nan"))


def test_a_stress_test_is_named_wherever_people_read(scenario):
    plain, stressed = render(scenario.run()), render(scenario.run(confidence=0.8))
    assert "stress" not in plain
    flat = " ".join(stressed.split())
    assert flat.count("every stated range that names no confidence is read as holding 80 %") == 2


def test_draws_that_end_too_early_are_said_aloud(scenario):
    with pytest.warns(contested.AccuracyWarning, match="not converged: after 8,192 worlds"):
        scenario_with_few = contested.Scenario(_with_max_draws(scenario.study, 8192))
        scenario_with_few.run(tolerance=1e-9)


def _with_max_draws(study, worlds):
    return replace(study, sampling=replace(study.sampling, max_draws=worlds))
