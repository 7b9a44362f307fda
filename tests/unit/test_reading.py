"""A whole scenario: what is read, what is noted, what does not matter."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
import yaml

from contested.errors import ScenarioError
from contested.language.formula import Operation, Reference
from contested.language.nodes import RULES, Denominators, Mismatch, Report, Sampling
from contested.language.reading import read
from scenario_text import REGISTER, SMALL, WHOLE_EXAMPLE, changed, faults_of, study_of


def test_the_whole_example_of_the_language_page():
    study = read(WHOLE_EXAMPLE)
    assert (study.name, study.seed, study.as_of, study.default) == (
        "early-2025",
        20250503,
        date(2026, 8, 22),
        "lines",
    )
    assert list(study.weightings) == ["lines", "trust_osint", "doubt_kyiv", "kyiv_only", "even"]
    assert study.weightings["trust_osint"] == {
        "toll": {"ukrainian": 0.2, "skeptic": 0.2, "osint": 0.6},
        "territory": {"isw": 0.5, "deepstate": 0.5},
    }
    assert [entry.per_figure for entry in study.inputs.values()] == [False, False, False, True]
    assert len(study.facts) == 12 and len(study.estimates) == 4 and len(study.questions) == 2
    assert study.disputes["toll"].sources["osint"].because == "independent death count times wounded per dead"
    rise = study.estimates["rise"].formula.expression
    assert isinstance(rise, Operation) and rise.operator == "/"
    assert rise.operands == (Reference("estimate", "per_km2_2025"), Reference("estimate", "per_km2_2024"))
    assert study.files == (WHOLE_EXAMPLE.resolve(), WHOLE_EXAMPLE.with_name("register.yaml").resolve())
    assert (
        Mismatch(
            path="figures.area_2025.claims.deepstate",
            difference="fact 'deepstate-2025-jan-apr' differs from the figure in place "
            "('Ukraine', not 'Ukraine and Kursk oblast')",
            because=None,
        )
        in study.mismatches
    )


def test_facts_named_only_in_a_question_or_a_correlation_are_the_scenario_s(tmp_path):
    asked = "questions: {q: {title: q, formula: at_least > 3}}\n"
    correlated = "correlations: [{between: [deaths, error], rank: 0.2, because: j}]\n"
    assert set(study_of(tmp_path).facts) == {"gs", "isw-area"}
    assert set(study_of(tmp_path, SMALL + asked).facts) == {"gs", "isw-area", "at-least"}
    assert set(study_of(tmp_path, SMALL + correlated).facts) == {"gs", "isw-area", "deaths"}


def test_what_is_absent_has_its_default(tmp_path):
    study = study_of(tmp_path)
    assert (study.seed, study.default, study.confidence, study.rule) == (0, "even", 0.9, "linear")
    assert study.report == Report(levels=(0.5, 0.9), kind="equal-tailed")
    assert study.sampling == Sampling(tolerance=0.002, max_draws=1048576)
    assert study.denominators == Denominators(negligible=1e-9, estimable=0.005)
    assert study.weightings == {"even": {"toll": {"kyiv": 0.5, "osint": 0.5}}}
    assert study.estimates["cost"].formula.location.column == 46


def test_settings(tmp_path):
    added = (
        "seed: 0x1F\nreport: {levels: [0.95, 0.5], kind: hdi}\n"
        "sampling: {tolerance: 0.01, max_draws: 65536}\n"
        "denominator: {negligible: 1e-6, estimable: 0.01}\npooling: {rule: linear}\n"
    )
    study = study_of(tmp_path, SMALL + added)
    assert study.seed == 31 and study.report == Report(levels=(0.5, 0.95), kind="hdi")
    assert study.sampling == Sampling(tolerance=0.01, max_draws=65536)
    assert study.denominators == Denominators(negligible=1e-6, estimable=0.01)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_of_pooling(tmp_path, rule):
    assert study_of(tmp_path, SMALL + f"pooling: {{rule: {rule}}}\n").rule == rule


def test_only_named_facts_are_of_the_study(tmp_path):
    study = study_of(tmp_path)
    assert sorted(study.facts) == ["gs", "isw-area"]
    assert study.facts["isw-area"].publisher == "ISW" and study.facts["isw-area"].date == "2025-05-03"


def test_a_scenario_may_do_without_disputes_and_register(tmp_path):
    text = """\
title: t
as_of: 2025-01-01
figures:
  a: {title: A, agreed: {low: 1, high: 2, because: j}}
estimates:
  e: {title: E, formula: 1 / a}
"""
    study = study_of(tmp_path, text, register=None)
    assert study.disputes == {} and study.weightings == {"even": {}} and study.register_sha256 is None


def reordered(value):
    if isinstance(value, dict):
        return {key: reordered(value[key]) for key in reversed(value)}
    return [reordered(element) for element in value] if isinstance(value, list) else value


def test_hashes_do_not_depend_on_layout_or_order(tmp_path):
    first = study_of(tmp_path)
    whole = reordered(yaml.load(SMALL, yaml.BaseLoader))
    whole["inputs"]["error"] |= {"low": 0.95, "high": 1.03}
    whole["figures"]["casualties"]["claims"]["osint"] |= {"low": 120000, "high": 180000}
    again = study_of(tmp_path, yaml.dump(whole, allow_unicode=True, sort_keys=False), REGISTER + "\n# note\n")
    assert again.scenario_sha256 == first.scenario_sha256 and again.register_sha256 == first.register_sha256
    other = study_of(tmp_path, changed(("0.95", "0.96")))
    assert other.scenario_sha256 != first.scenario_sha256


def test_faults_of_scenario_and_register_come_together(tmp_path):
    found = faults_of(
        tmp_path, changed(("title: Area", "titel: Area")), REGISTER.replace("low: 54000", "low: 99999")
    )
    assert found == [
        "register.yaml:8:9: deaths.low: must be below high (got 99999 and 65500)",
        "s.yaml:21:3: figures.area: 'title' is missing",
        "s.yaml:22:5: figures.area: unknown key 'titel'; did you mean 'title'?",
    ]


def test_a_mismatch_that_is_owned_is_noted(tmp_path):
    text = changed(
        ("{low: 120000, high: 180000, because: judged}", "{fact: deaths, mismatch: the dead alone}"),
        ("unit: person/km²}", "unit: person/km², mismatch: as printed}"),
    )
    assert study_of(tmp_path, text).mismatches == (
        Mismatch(
            path="figures.casualties.claims.osint",
            difference="fact 'deaths' differs from the figure in what it measures "
            "('killed', not 'killed and wounded')",
            because="the dead alone",
        ),
        Mismatch(path="estimates.cost", difference="as stated", because="as printed"),
    )


@pytest.mark.parametrize(
    ("formula", "refused"),
    [
        ("casualties / area", True),
        ("casualties.kyiv / isw_area", False),
        ("(casualties + 0) / (area * 2)", True),
        ("other / area", True),
        ("casualties / (area + isw_area)", False),  # two periods below: resolves to none
        ("casualties / gs", False),  # a comparison
        ("casualties * area**-1", True),
        ("area**-1 * casualties", True),
        ("casualties * (2 * area**-0.5)**2", True),
        ("casualties * area**-2 * (1 / area)**-1", True),
        ("casualties * (1 / area)", True),
        ("2 * -(3 * area**-1) * casualties", True),
        ("casualties * isw_area**-1", False),
        ("casualties * gs**-1", False),
    ],
)
def test_a_division_is_of_one_period(tmp_path, formula, refused):
    later = "period: 2025-05-01/2025-08-31\n    place: Ukraine\n    agreed: {value: 3, because: j}"
    text = changed(
        (
            "period: 2025-01-01/2025-04-30\n    place: Ukraine\n    agreed: {fact: isw-area, within: 8%}",
            later,
        ),
        ("casualties / area, unit: person/km²", "other"),
    )
    unit = "" if "gs" in formula else ", unit: person/km²"
    text = text.replace(
        "cost: {title: Casualties per km², formula: other}", f"cost: {{title: t, formula: {formula}{unit}}}"
    )
    text += "  other: {title: o, formula: casualties * 1, unit: person}\n"
    found = faults_of(tmp_path, text)
    assert bool(found) == refused
    assert all("divides what differs in period" in fault for fault in found)
    owned = text.replace(f"formula: {formula}", f"formula: {formula}, mismatch: it serves")
    assert faults_of(tmp_path, owned) == []


def test_long_chains_of_estimates_are_read(tmp_path):
    chain = "".join(f"  e{i}: {{title: t, formula: e{i - 1} * 1}}\n" for i in range(1, 1500))
    study = study_of(tmp_path, SMALL + "  e0: {title: t, formula: casualties / gs}\n" + chain)
    assert len(study.estimates) == 1501
    broken = chain.replace("formula: e0 * 1", "formula: e1499 * 1")
    found = faults_of(tmp_path, SMALL + broken)
    assert len(found) == 1 and "goes in a circle: e1 → e1499 → " in found[0]


def test_a_register_that_cannot_be_read_makes_no_name_unknown(tmp_path):
    assert faults_of(tmp_path, SMALL, "a: [") == [
        "register.yaml:2:1: not valid YAML: a value is missing or begins with a character that YAML reserves"
    ]


def test_nothing_there_is_a_fault(tmp_path):
    with pytest.raises(ScenarioError, match="no such file"):
        read(tmp_path / "none.yaml")


def test_reading_needs_no_numerical_library():
    code = f"import sys; from contested.language.reading import read; read({str(WHOLE_EXAMPLE)!r}); " + (
        "print([name for name in ('numpy', 'scipy', 'pandas') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
