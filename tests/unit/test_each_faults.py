"""What is wrong with `each`, `window`, `comparisons`, or with what is repeated: told once, where it stands."""
# ruff: noqa: E501

from __future__ import annotations

import pytest

from each_text import MONTHS, with_table
from scenario_text import changed, faults_of

EACH = "each: month\n"
WINDOW = "window: 2025-01/2025-03\n"


@pytest.fixture
def faults(tmp_path):
    """The faults of the scenario of months with parts of its text replaced, the first of each replaced alone."""

    def told(*pairs):
        text = MONTHS
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return faults_of(with_table(tmp_path), text, None)

    return told


@pytest.mark.parametrize(
    ("window", "fault"),
    [
        ("2025-01-15/2025-03", "begins on 2025-01-15, within a month; begin with the first day of one"),
        ("2025-01/2025-03-15", "ends on 2025-03-15, within a month; end with the last day of one"),
        ("../2025-03", "has no beginning; write it as 2024-01/2025-12"),
        ("early 2025", "is no date (got 'early 2025'); write it as 2025, 2025-01, 2025-01-31, 2025-01-01/2025-04-30 or ../2025-09-30"),
        ("2025-03/2025-01", "must end after it begins (got 2025-03/2025-01)"),
        ("1900-01/2025-03", "has 1,503 months, and at most 600 can be run; choose fewer"),
    ],
)  # fmt: skip
def test_windows_that_cannot_be_cut_are_the_only_fault(faults, window, fault):
    assert faults(("2025-01/2025-03", window)) == [f"s.yaml:4:9: window: {fault}"]


def test_a_window_of_months_is_none_of_quarters(faults):
    assert faults(("each: month", "each: quarter"), ("2025-01/2025-03", "2025-02/2025-06")) == [
        "s.yaml:4:9: window: begins on 2025-02-01, within a quarter; begin with the first day of one"
    ]


@pytest.mark.parametrize("step", ["week", "[month]", "1"])
def test_a_step_is_a_month_or_a_quarter(faults, step):
    (told,) = faults(("each: month", f"each: {step}"))
    assert told.startswith("s.yaml:3:7: each: must be month or quarter (got ")


def test_each_needs_a_window(faults):
    assert faults((WINDOW, "")) == [
        "s.yaml:3:1: 'window' is missing beside each; for example window: 2024-01/2025-12"
    ]


def test_a_window_needs_each_and_so_does_what_is_to_be_repeated(faults):
    assert faults((EACH, "")) == [
        "s.yaml:3:1: 'window' belongs to each; add each: month, or leave it out",
        "s.yaml:19:13: figures.casualties.period: the scenario says nothing of each; add each: month and window: 2024-01/2025-12 to it",
        "s.yaml:28:13: figures.area.period: the scenario says nothing of each; add each: month and window: 2024-01/2025-12 to it",
    ]


def test_comparisons_need_each(faults):
    assert faults((EACH + WINDOW, "comparisons: {c: {of: 2025-03, over: 2025-01}}\n"))[0] == (
        "s.yaml:3:1: 'comparisons' belongs to each; add each: month, or leave it out"
    )


def test_a_series_without_months_is_told_as_ever_where_nothing_is_each(faults):
    told = faults(
        (EACH + WINDOW, ""), ("period: each", "period: 2025-01"), ("period: each", "period: 2025-01")
    )
    assert told == [
        f"s.yaml:{line}: inputs.{name}.series: no figure's period says which months are meant; add from: 2025-01 and to: 2025-04"
        for line, name in (("10:8", "gs"), ("11:12", "ground"))
    ]  # fmt: skip


def test_each_must_repeat_something(faults):
    fixed = "from: 2025-01, to: 2025-03}"
    told = faults(
        ("period: each", "period: 2025-01/2025-03"), ("period: each", "period: 2025-01/2025-03"),
        ("column: count}", f"column: count, {fixed}"), ("column: gain}", f"column: gain, {fixed}"),
    )  # fmt: skip
    assert told == [
        "s.yaml:3:7: each: nothing is repeated; say period: each in the figures that come by period"
    ]


@pytest.mark.parametrize(
    ("compared", "fault"),
    [
        ("{of: 2025-03/2025-04, over: 2025-01}", ".of: lies outside the window (2025-01 to 2025-03); choose one inside it"),
        ("{of: 2025-03, over: 2024-12/2025-01}", ".over: lies outside the window (2025-01 to 2025-03); choose one inside it"),
        ("{of: 2025-02-10/2025-03, over: 2025-01}", ".of: begins on 2025-02-10, within a month; begin with the first day of one"),
        ("{of: 2025-03, over: ../2025-01}", ".over: has no beginning; write it as 2024-01/2025-12"),
        ("{of: 2025-03}", ": 'over' is missing"),
        ("{of: 2025-01/2025-02, over: 2025-01/2025-02}", ": compares Jan–Feb 2025 with itself; choose another window"),
        ("{of: 2025-03, over: 2025-01, under: 2025-02}", ": unknown key 'under'; known here: title, of, over"),
    ],
)  # fmt: skip
def test_comparisons_of_windows_that_are_not_there(faults, compared, fault):
    (told,) = faults(("disputes:", f"comparisons: {{c: {compared}}}\ndisputes:"))
    assert told.split(" ", 1)[1] == f"comparisons.c{fault}"


def test_both_windows_of_a_comparison_are_told_of(faults):
    told = faults(("disputes:", "comparisons: {c: {of: 2025-04, over: 2024-12}}\ndisputes:"))
    assert [line.split(": ")[1] for line in told] == ["comparisons.c.of", "comparisons.c.over"]


@pytest.mark.parametrize(
    ("section", "entry", "taken", "template"),
    [
        ("inputs", "gs_2025_02: {value: 1, because: j}", "gs_2025_02", "gs"),
        ("estimates", "cost_2025_03: {title: T, formula: bias}", "cost_2025_03", "cost"),
        ("questions", "dear_2025_01: {title: T, formula: bias > 1}", "dear_2025_01", "dear"),
    ],
)
def test_a_name_that_one_period_takes(faults, section, entry, taken, template):
    told = faults((f"{section}:\n", f"{section}:\n  {entry}\n"))
    assert [line.split(": ", 1)[1] for line in told] == [
        f"{section}: '{taken}' is what '{template}' is called in one period; choose another name"
    ]


def test_a_name_is_free_where_no_period_takes_it(faults):
    assert faults(("  bias:", "  gs_2025_04: {value: 1, because: j}\n  bias:")) == []


def test_what_is_repeated_has_no_meaning_in_a_figure_of_fixed_dates(faults):
    fixed = "estimates:", "  fixed: {title: F, unit: person, agreed: {formula: gs * 2}}\nestimates:"
    assert faults(fixed) == [
        "s.yaml:32:53: figures.fixed.agreed.formula: 'gs' is repeated for every period; say period: each, or name one, as gs_2025_01"
    ]


def test_a_repeated_name_that_is_not_seen_is_told_by_its_kind(faults):
    assert faults(("formula: gs * bias", "formula: area * bias")) == [
        "s.yaml:23:23: figures.casualties_2025_01.claims.kyiv.formula: 'area' is a figure: "
        "a claim's formula sees inputs, facts and the claims of its own figure by source"
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("column: count", "column: cuont", "12:43: inputs.gs_2025_01.series.column: unknown column 'cuont'; did you mean 'count'?"),
        ("column: alt", "column: altt", "24:50: figures.casualties_2025_01.claims.osint.series.column: unknown column 'altt'; did you mean 'alt'?"),
        ("data/m.csv, column: count", "data/n.csv, column: count", "12:23: inputs.gs_2025_01.series.file: no such file 'data/n.csv' in the scenario's folder"),
        ("casualties / area", "casualtis / area", "33:46: estimates.cost_2025_01.formula: unknown name 'casualtis'; did you mean 'casualties'?"),
        ("gs * bias", "gss * bias", "23:23: figures.casualties_2025_01.claims.kyiv.formula: unknown name 'gss'; did you mean 'gs'?"),
        ("cost >= 10", "casualties.kiyv > 1", "35:39: questions.dear_2025_01.formula: unknown source of casualties 'kiyv'; did you mean 'kyiv'?"),
        ("cost >= 10", "casualtie.kyiv > 1", "35:39: questions.dear.formula: unknown figure 'casualtie'; did you mean 'casualties'?"),
        ("cost >= 10", "area.kyiv > 1", "35:39: questions.dear_2025_01.formula: nobody disputes figure 'area'; write area in place of area.kyiv"),
        ("unit: person/km²", "unit: person", "33:46: estimates.cost_2025_01.formula: must be commensurable with its unit, person (got person/km²)"),
        ("casualties / area", "casualties * noise / area", "33:59: estimates.cost_2025_01.formula: 'noise' is drawn per_figure and has no value outside a figure; name a figure"),
        ("column: count}, unit: person, because: j", "column: count}, unit: person", "12:3: inputs.gs_2025_01: rests on nothing; add cites, fact, or because (a sentence of judgement)"),
        ("unit: person, because: j}", "unit: person, because: j, colour: red}", "12:77: inputs.gs: unknown key 'colour'; did you mean 'column'?"),
        ("dispute: toll", "dispute: tol", "17:14: figures.casualties_2025_01.dispute: unknown dispute 'tol'; did you mean 'toll'?"),
        ("title: Casualties\n", "title: 5\n", "16:12: figures.casualties.title: must be text (got 5); put it in quotes"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_every_period_alike_is_told_once(faults, old, new, fault):
    assert faults((old, new)) == [f"s.yaml:{fault}"]


def test_a_misspelt_source_of_a_correlation_is_told_once(faults):
    (told,) = faults(
        ("column: alt}", "column: alt}, within: 10%"),
        (
            "estimates:",
            "correlations:\n  - {between: [casualties.ossint, bias], rank: 0.5, because: j}\nestimates:",
        ),
    )
    assert "correlations[0].between[0]: unknown name 'casualties_2025_01.ossint'" in told


def test_a_gap_is_told_with_its_month(faults):
    assert faults(("column: count", "column: holes")) == [
        "s.yaml:12:43: inputs.gs_2025_03.series.column: has no figure for 2025-03; fill it in the file, or add gaps: interpolate"
    ]
    assert faults(("column: count", "column: holes, gaps: interpolate")) == []


def test_months_that_the_table_does_not_have_are_told_each(faults):
    told = faults(("2025-01/2025-03", "2025-05/2025-08"))
    assert [line.split(": ")[1] for line in told] == [
        f"{what}_2025_0{month}{rest}"
        for what, rest in (("inputs.gs", ".series.from"), ("inputs.ground", ".series.from"), ("figures.casualties", ".claims.osint.series"))
        for month in (7, 8)
    ]  # fmt: skip
    assert told[0].endswith("asks for 2025-07, but the file has 2024-12 to 2025-06")


def test_a_repeated_figure_is_not_divided_by_one_of_fixed_dates(faults):
    told = faults(
        ("period: each", "period: 2025-01"), ("formula: gs * bias", "formula: bias * 10 * gs_2025_01")
    )
    assert all("divides what differs in period ('2025-01' and '2025-0" in line for line in told)
    assert len(told) == 2  # February and March; January is of one period


def test_a_file_is_read_in_periods_or_refused_for_what_stands_in_it(faults):
    text = changed(("period: each", "period: eac"), text=MONTHS)
    assert text.count("eac\n") == 2
    told = faults(("period: each", "period: eac"))
    assert told[0].startswith("s.yaml:20:13: figures.casualties.period: is no date (got 'eac')")
