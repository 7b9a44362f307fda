"""`each`: what is repeated, what it is called, and what a repeated name means in every period."""

from __future__ import annotations

import re

import pytest

from contested.language.formula import references
from contested.language.nodes import Computed, Exact, Mixture, Within
from contested.scenario import Scenario
from each_text import MONTHS, with_table
from scenario_text import changed, study_of

QUARTERS = (("each: month", "each: quarter"), ("2025-01/2025-03", "2025-01/2025-06"))


@pytest.fixture
def read(tmp_path):
    """Reads the scenario of months with parts of its text replaced."""
    return lambda *pairs: study_of(with_table(tmp_path), changed(*pairs, text=MONTHS), None)


def named(formula):
    """Names in a formula, with the sources of claims."""
    return [
        f"{ref.name}.{ref.source}" if ref.kind == "claim" else ref.name
        for ref in references(formula.expression)
    ]


def number(study, name):
    """The exact number that an input was read as."""
    form = study.inputs[name].statement.form
    assert isinstance(form, Exact)
    return form.value


def test_what_is_repeated_and_what_is_not(read):
    study = read()
    each = study.each
    assert [period.text for period in each.periods] == ["2025-01", "2025-02", "2025-03"]
    assert {name: one.names for name, one in each.figures.items()} == {
        "casualties": ("casualties_2025_01", "casualties_2025_02", "casualties_2025_03"),
        "area": ("area_2025_01", "area_2025_02", "area_2025_03"),
    }
    assert (set(each.inputs), set(each.estimates), set(each.questions)) == (
        {"gs", "ground"},
        {"cost"},
        {"dear"},
    )
    assert list(study.inputs)[:3] == ["bias", "noise", "gs_2025_01"]
    assert set(study.inputs) & {"bias", "noise", "gs", "ground"} == {"bias", "noise"}
    assert list(study.questions) == ["dear_2025_01", "dear_2025_02", "dear_2025_03"]


def test_each_period_has_its_own_numbers_dates_and_titles(read):
    study = read()
    assert [number(study, f"gs_2025_0{month}") for month in (1, 2, 3)] == [10, 20, 30]
    claims = [study.figures[f"casualties_2025_0{month}"].claims["osint"].form for month in (1, 2, 3)]
    assert claims == [Exact(value=11.0), Exact(value=21.0), Exact(value=33.0)]
    figure, estimate = study.figures["casualties_2025_02"], study.estimates["cost_2025_02"]
    assert (figure.title, figure.period.text) == ("Casualties, Feb 2025", "2025-02")
    assert (estimate.title, study.questions["dear_2025_03"].title) == (
        "Casualties per km², Feb 2025", "At least 10, Mar 2025",
    )  # fmt: skip
    assert study.each.figures["casualties"].title == "Casualties"


def test_in_its_own_period_a_formula_means_that_period_s(read):
    study = read()
    claim = study.figures["casualties_2025_02"].claims["kyiv"].form
    assert isinstance(claim, Computed) and named(claim.formula) == ["gs_2025_02", "bias"]
    assert named(study.estimates["cost_2025_03"].formula) == ["casualties_2025_03", "area_2025_03"]
    assert named(study.questions["dear_2025_01"].formula) == ["cost_2025_01"]


def test_quarters_sum_their_months(read):
    study = read(*QUARTERS)
    assert study.each.inputs["gs"].names == ("gs_2025_q1", "gs_2025_q2")
    assert (number(study, "gs_2025_q1"), number(study, "gs_2025_q2")) == (60, 150)
    assert study.figures["casualties_2025_q2"].claims["osint"].form == Exact(value=42.0 + 55 + 66)
    assert study.figures["casualties_2025_q2"].title == "Casualties, Q2 2025"


def test_a_level_moves_over_its_own_period(read):
    level = ("column: gain}", "column: held, of: level}")
    assert [number(read(level), f"ground_2025_0{month}") for month in (1, 2, 3)] == [10, 20, -5]
    quarters = read(level, *QUARTERS)
    assert [number(quarters, name) for name in ("ground_2025_q1", "ground_2025_q2")] == [25, 175]


def test_a_series_that_says_its_months_is_one_for_all(read):
    study = read(("column: count}", "column: count, from: 2025-01, to: 2025-06}"))
    assert "gs" not in study.each.inputs and number(study, "gs") == 210
    assert named(study.figures["casualties_2025_02"].claims["kyiv"].form.formula) == ["gs", "bias"]


def test_a_series_with_one_end_takes_the_other_from_the_period(read):
    study = read(("column: count}", "column: count, from: 2025-01}"))
    assert [number(study, f"gs_2025_0{month}") for month in (1, 2, 3)] == [10, 30, 60]


def test_inputs_are_repeated_along_a_chain_of_formulas(read):
    study = read(
        ("formula: gs * bias", "formula: doubled * bias"),
        ("  gs: {", "  doubled: {formula: shifted * 2, unit: person}\n  gs: {"),
        ("  gs: {", "  shifted: {formula: gs + gs * bias, unit: person}\n  gs: {"),
    )
    assert set(study.each.inputs) == {"doubled", "shifted", "gs", "ground"}
    form = study.inputs["doubled_2025_03"].statement.form
    assert named(form.formula) == ["shifted_2025_03"]
    assert named(study.inputs["shifted_2025_03"].statement.form.formula) == [
        "gs_2025_03",
        "gs_2025_03",
        "bias",
    ]


def test_an_input_drawn_per_figure_stays_so_where_it_is_repeated(read):
    study = read(
        ("formula: gs * bias", "formula: own"),
        ("  gs: {", "  own: {formula: gs * noise, unit: person, drawn: per_figure}\n  gs: {"),
    )
    assert all(study.inputs[f"own_2025_0{month}"].per_figure for month in (1, 2, 3))


def test_estimates_of_estimates_and_questions_of_claims_are_repeated(read):
    study = read(
        ("questions:", "  twice: {title: T, formula: cost * 2, unit: person/km²}\nquestions:"),
        ("formula: cost >= 10", "formula: casualties.kyiv > casualties.osint and twice > 3"),
    )
    assert named(study.estimates["twice_2025_02"].formula) == ["cost_2025_02"]
    assert named(study.questions["dear_2025_02"].formula) == [
        "casualties_2025_02.kyiv", "casualties_2025_02.osint", "twice_2025_02",
    ]  # fmt: skip


def test_one_period_is_named_as_it_is_called_and_makes_nothing_repeated(read):
    study = read(
        ("questions:", "  rise: {title: R, formula: cost_2025_03 / cost_2025_01}\nquestions:"),
        ("estimates:", "  fixed: {title: F, unit: person, agreed: {formula: gs_2025_02 * bias}}\nestimates:"),
    )
    assert named(study.estimates["rise"].formula) == ["cost_2025_03", "cost_2025_01"]
    assert named(study.figures["fixed"].claims["agreed"].form.formula) == ["gs_2025_02", "bias"]
    assert "rise" not in study.each.estimates and "fixed" not in study.each.figures


def test_the_parts_of_a_mixture_are_of_the_period_and_its_pick_is_one(read):
    part = "{{series: {{file: data/m.csv, column: {}}}, weight: {}, because: j}}"
    mixture = f"{{mixture: {{pick: edition, of: [{part.format('alt', 1)}, {part.format('count', 3)}]}}"
    study = read(
        (
            "{series: {file: data/m.csv, column: count}, unit: person, because: j}",
            f"{mixture}, unit: person}}",
        )
    )
    assert set(study.each.inputs) == {"gs", "ground"}
    forms = [study.inputs[f"gs_2025_0{month}"].statement.form for month in (1, 2, 3)]
    assert all(isinstance(form, Mixture) and form.pick == "edition" for form in forms)
    assert [[part.form.value for part in form.parts] for form in forms] == [[11, 10], [21, 20], [33, 30]]


def test_a_correlation_that_names_what_is_repeated_is_one_for_every_period(read):
    within = ("column: count}", "column: count}, within: 10%")
    correlated = "correlations:\n  - {{between: [{}], rank: 0.5, because: j}}\nestimates:"
    both = read(
        within,
        ("column: gain}", "column: gain}, within: 10%"),
        ("estimates:", correlated.format("gs, ground")),
    )
    assert isinstance(both.inputs["gs_2025_01"].statement.form, Within)
    assert [one.between for one in both.correlations] == [
        (f"inputs.gs_2025_0{month}", f"inputs.ground_2025_0{month}") for month in (1, 2, 3)
    ]
    claims = read(
        ("column: alt}", "column: alt}, within: 10%"),
        ("estimates:", correlated.format("casualties.osint, bias")),
    )
    assert [one.between[0] for one in claims.correlations] == [
        f"figures.casualties_2025_0{month}.claims.osint" for month in (1, 2, 3)
    ]
    single = read(within, ("estimates:", correlated.format("gs_2025_01, gs_2025_03")))
    assert [one.between for one in single.correlations] == [("inputs.gs_2025_01", "inputs.gs_2025_03")]


def test_comparisons_are_of_whole_windows_and_have_titles(read):
    compared = (
        "comparisons: {c: {of: 2025-03, over: 2025-01/2025-02}, d: {title: Own, of: 2025-02, over: 2025-01}}"
    )
    found = read(("disputes:", f"{compared}\ndisputes:")).each.compared
    assert (found["c"].of.text, found["c"].over.text) == ("2025-03", "2025-01/2025-02")
    assert [one.title for one in found.values()] == ["Mar 2025 over Jan–Feb 2025", "Own"]


@pytest.mark.parametrize(
    ("period", "noted"),
    [
        ("2025-01/2025-03", []),
        ("../2025-03", []),
        ("2025-01/2025-02", ["2025_03"]),
        ("2025-02/2025-03", ["2025_01"]),
        ("2024", ["2025_01", "2025_02", "2025_03"]),
    ],
)
def test_a_month_is_part_of_the_series_that_it_is_cited_from(tmp_path, period, noted):
    """A fact that stands for the whole series is of no other period than its months; of others it is."""
    register = f"""\
series:
  {{value: 60, unit: person, measures: killed and wounded, period: {period}, place: Ukraine,
   publisher: General Staff, title: Reports by month, date: 2026-01}}
"""
    cited = ("column: count}, unit: person, because: j", "column: count}, unit: person, cites: [series]")
    text = changed(cited, ("each: month\n", "register: register.yaml\neach: month\n"), text=MONTHS)
    found = study_of(with_table(tmp_path), text, register).mismatches
    assert [one.path for one in found] == [f"figures.casualties_{month}.claims.kyiv" for month in noted]
    assert all(
        one.difference.endswith(f"period ({period}, not {one.path[19:26].replace('_', '-')})")
        for one in found
    )


def test_months_cited_from_a_series_are_of_another_period_than_a_figure_of_others(tmp_path):
    register = """\
series:
  {value: 60, unit: person, measures: killed and wounded, period: 2025-01/2025-06, place: Ukraine,
   publisher: General Staff, title: Reports by month, date: 2026-01}
"""
    fixed = "column: count, from: 2025-01, to: 2025-03}, unit: person, cites: [series]"
    text = changed(
        ("column: count}, unit: person, because: j", fixed),
        ("each: month\n", "register: register.yaml\neach: month\n"),
        text=MONTHS,
    )
    found = study_of(with_table(tmp_path), text, register).mismatches
    assert [one.path for one in found] == [
        f"figures.casualties_2025_0{month}.claims.kyiv" for month in (1, 2, 3)
    ]


def test_without_each_nothing_is_repeated(tmp_path):
    assert study_of(tmp_path).each is None


def test_what_is_written_out_is_what_it_says_written_by_hand(tmp_path):
    """Two months said once, and the same two months said twice: the same laws, to the digit."""
    folder = with_table(tmp_path)
    short = study_of(folder, changed(("2025-01/2025-03", "2025-01/2025-02"), text=MONTHS), None)
    head, rest = MONTHS.replace("each: month\nwindow: 2025-01/2025-03\n", "").split("  gs: ")
    inputs, rest = f"  gs: {rest}".split("figures:\n")
    figures, rest = rest.split("estimates:\n")
    estimates, questions = rest.split("questions:\n")
    by_hand = head + "".join(
        heading + "".join(_of_month(text, month) for month in ("2025-01", "2025-02"))
        for heading, text in (
            ("", inputs),
            ("figures:\n", figures),
            ("estimates:\n", estimates),
            ("questions:\n", questions),
        )
    )
    long = study_of(folder, by_hand, None)
    assert (short.each is None, long.each) == (False, None)
    ours, theirs = (Scenario(study).run() for study in (short, long))
    for name in ("cost_2025_01", "cost_2025_02"):
        for p in (0.05, 0.5, 0.95):
            assert ours[name].quantile(p) == theirs[name].quantile(p)
    for name in ("dear_2025_01", "dear_2025_02"):
        assert ours.questions[name].value == theirs.questions[name].value


def _of_month(text, month):
    """Entries as they are written for one month alone."""
    text = re.sub(
        r"\b(gs|ground|casualties|area|cost|dear)\b(?=:| [*/>]|}|,)", rf"\1_{month.replace('-', '_')}", text
    )
    return text.replace("period: each", f"period: {month}").replace(
        "}, unit", f", from: {month}, to: {month}}}, unit"
    )
