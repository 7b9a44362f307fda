"""What statements are read as: forms, default shapes, units and evidence."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from contested.language.nodes import (
    Citation,
    Computed,
    Exact,
    Interval,
    Limits,
    Mixture,
    Moments,
    OneSided,
    Quantiles,
    Sample,
    ThreePoint,
    Within,
)
from scenario_text import REGISTER, changed, claim, study_of

FORMS = [
    ("{value: 3, because: j}", Exact(value=3.0)),
    ("{low: 1, high: 2, because: j}", Interval(low=1.0, high=2.0, shape="lognormal")),
    ("{low: 0, high: 2, because: j}", Interval(low=0.0, high=2.0, shape="normal")),
    ("{low: 1, high: 2, shape: gamma, confidence: 0.8, because: j}",
     Interval(low=1.0, high=2.0, confidence=0.8, shape="gamma")),
    ("{low: 1, high: 2, min: 0, max: 9, because: j}", Interval(low=1.0, high=2.0, min=0.0, max=9.0, shape="beta")),
    ("{low: 1, high: 2, min: 0, shape: truncated-normal, because: j}",
     Interval(low=1.0, high=2.0, min=0.0, shape="truncated-normal")),
    ("{low: 1, best: 1.5, high: 2, because: j}", ThreePoint(low=1.0, best=1.5, high=2.0, min=0.0, shape="jqpd-s")),
    ("{low: 1, best: 1.5, high: 2, min: 0.5, because: j}",
     ThreePoint(low=1.0, best=1.5, high=2.0, min=0.5, shape="jqpd-s")),
    ("{low: -1, best: 1.5, high: 2, min: -2, max: 3, because: j}",
     ThreePoint(low=-1.0, best=1.5, high=2.0, min=-2.0, max=3.0, shape="jqpd-b")),
    ("{low: -1, best: 1.5, high: 2, shape: metalog, because: j}",
     ThreePoint(low=-1.0, best=1.5, high=2.0, shape="metalog")),
    ("{low: 1, best: 1.5, high: 2, shape: split-lognormal, splice: mode, because: j}",
     ThreePoint(low=1.0, best=1.5, high=2.0, shape="split-lognormal", splice="mode")),
    ("{best: 200, within: 8 %, because: j}", Within(best=200.0, relative=0.08, shape="lognormal")),
    ("{best: 200, within: 30, because: j}", Within(best=200.0, amount=30.0, shape="normal")),
    ("{best: 2.1, within: 0.3, because: j}", Within(best=2.1, amount=0.3, shape="normal")),
    ("{min: 1, max: 2, because: j}", Limits(min=1.0, max=2.0, shape="uniform")),
    ("{min: 1, mode: 1, max: 2, because: j}", Limits(min=1.0, max=2.0, mode=1.0, shape="pert")),
    ("{min: 1, mode: 1.5, max: 2, shape: triangular, because: j}",
     Limits(min=1.0, max=2.0, mode=1.5, shape="triangular")),
    ("{mean: 5, sd: 2, because: j}", Moments(mean=5.0, sd=2.0, shape="normal")),
    ("{mean: 5, sd: 2, min: 0, because: j}", Moments(mean=5.0, sd=2.0, min=0.0, shape="truncated-normal")),
    ("{mean: 5, sd: 2, min: 0, max: 9, shape: beta, because: j}",
     Moments(mean=5.0, sd=2.0, min=0.0, max=9.0, shape="beta")),
    ("{quantiles: {0.9: 4, 0.05: 1, 0.5: 2}, because: j}",
     Quantiles(points=((0.05, 1.0), (0.5, 2.0), (0.9, 4.0)), shape="metalog")),
    ("{quantiles: {0.05: 1, 0.5: 2}, min: 0, max: 9, shape: beta, because: j}",
     Quantiles(points=((0.05, 1.0), (0.5, 2.0)), min=0.0, max=9.0, shape="beta")),
    ("{quantiles: {0.05: 1, 0.5: 2, 0.9: 4}, shape: split-lognormal, splice: median, because: j}",
     Quantiles(points=((0.05, 1.0), (0.5, 2.0), (0.9, 4.0)), shape="split-lognormal")),
    ("{fact: gs}", Citation(fact="gs")),
    ("{fact: gs, within: 5%}", Within(best=160600.0, relative=0.05, shape="lognormal")),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "form"), FORMS, ids=[statement for statement, _ in FORMS])
def test_forms(tmp_path, statement, form):
    assert claim(tmp_path, statement).form == form


def test_a_bound_stands_beside_points(tmp_path):
    text = changed(
        ("error: {low: 0.95, high: 1.03", "error: {value: 1"),
        ("{low: 120000, high: 180000, because: judged}", "{fact: gs, bound: lower}"),
        ("agreed: {fact: isw-area, within: 8%}", "agreed: {value: 6000, bound: upper, because: j}"),
    )
    figures = study_of(tmp_path, text).figures
    assert figures["casualties"].claims["osint"].form == OneSided(value=160600.0, direction="lower")
    assert figures["area"].claims["agreed"].form == OneSided(value=6000.0, direction="upper")


def test_a_sample_is_a_file_below_the_folder(tmp_path):
    (tmp_path / "draws.CSV").write_text("a\n1\n")
    form = claim(tmp_path, "{draws: ./draws.CSV, column: a, because: j}").form
    assert form == Sample(file=(tmp_path / "draws.CSV").resolve(), column="a")


def test_a_link_cannot_leave_the_folder(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "draws.csv").write_text("a\n1\n")
    (inside / "link.csv").symlink_to(tmp_path / "draws.csv")
    (inside / "loop.csv").symlink_to(inside / "loop.csv")
    from scenario_text import claim_faults

    expected = "osint.draws: 'link.csv' leaves the scenario's folder; keep the file below it"
    assert claim_faults(inside, "{draws: link.csv, column: a, because: j}") == [expected]
    assert len(claim_faults(inside, "{draws: loop.csv, column: a, because: j}")) == 1


def test_a_mixture_has_normalised_weights_and_parts_that_inherit_its_evidence(tmp_path):
    parts = "{low: 1, high: 2, weight: 3}, {formula: gs * error, weight: 1}"
    statement = claim(tmp_path, f"{{mixture: {{pick: k, of: [{parts}]}}, because: j}}")
    assert isinstance(statement.form, Mixture)
    assert statement.form.pick == "k" and statement.form.weights == (0.75, 0.25)
    assert statement.form.parts[0].path == "figures.casualties.claims.osint.mixture.of[0]"
    assert isinstance(statement.form.parts[1].form, Computed)


def test_one_pick_has_one_set_of_weights(tmp_path):
    from scenario_text import faults_of

    mixture = "{{mixture: {{pick: k, of: [{{value: 3, weight: 1}}, {{value: 4, weight: {}}}]}}, because: j}}"
    text = changed(
        ("{low: 0.95, high: 1.03, because: spread of totals}", mixture.format(1)),
        ("{low: 120000, high: 180000, because: judged}", mixture.format(2)),
    )
    fault = "s.yaml:20:31: figures.casualties.claims.osint.mixture.pick: pick 'k' has other parts or weights on line 9; "
    assert faults_of(tmp_path, text) == [fault + "make them equal"]
    study_of(tmp_path, text.replace("weight: 2", "weight: 1.0"))


def test_units_of_a_statement(tmp_path):
    assert claim(tmp_path, "{value: 3, because: j}").unit.text == "person"
    study = study_of(
        tmp_path,
        changed(("agreed: {fact: isw-area, within: 8%}", "agreed: {value: 628, unit: mi², because: j}")),
    )
    assert study.figures["area"].claims["agreed"].unit.text == "mi²"
    conversion = study.conversions[0]
    assert (conversion.path, conversion.from_unit, conversion.to_unit) == (
        "figures.area.agreed",
        "mi²",
        "km²",
    )
    assert conversion.factor == pytest.approx(2.589988110336, rel=1e-15)


def test_a_mixture_is_converted_part_by_part_and_a_formula_not_at_all(tmp_path):
    parts = "{value: 628, weight: 3}, {formula: isw_area * 1, weight: 1}, {value: 9, unit: km², weight: 1}"
    mixture = f"{{unit: mi², because: j, mixture: {{pick: k, of: [{parts}]}}}}"
    study = study_of(tmp_path, changed(("{fact: isw-area, within: 8%}", mixture)))
    assert [(found.path, found.from_unit) for found in study.conversions] == [
        ("figures.area.agreed.mixture.of[0]", "mi²")
    ]


def test_an_input_that_is_a_fact_has_its_unit(tmp_path):
    study = study_of(
        tmp_path, changed(("inputs:\n", "inputs:\n  dead: {fact: deaths}\n  many: {fact: gs, within: 500}\n"))
    )
    assert study.inputs["dead"].statement.unit.text == "person"
    assert study.inputs["many"].statement.form == Within(best=160600.0, amount=500.0, shape="normal")


def test_evidence_is_what_the_statement_says_itself(tmp_path):
    evidence = claim(tmp_path, "{fact: gs, within: 5%, cites: [deaths, gs], because: j}").evidence
    assert evidence.cites == ("gs", "deaths") and evidence.because == "j"
    assert claim(tmp_path, "{formula: gs * 2}").evidence.cites == ()


def test_an_entry_may_be_a_bound_or_a_range(tmp_path):
    study = study_of(
        tmp_path, changed(("{fact: isw-area, within: 8%}", "{value: 5, cites: [at-least, deaths]}")), REGISTER
    )
    assert study.facts["at-least"].statement.form == OneSided(value=200000.0, direction="lower")
    assert study.facts["deaths"].statement.form == Interval(low=54000.0, high=65500.0)
    assert study.facts["deaths"].statement.path == "register.deaths"
