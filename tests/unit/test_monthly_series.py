"""Statements read from a table of months: what they come to, what they say of it, and what is refused."""
# ruff: noqa: E501

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import contested
from contested.language.nodes import Exact, Mixture, Series, Within
from contested.report.files import run_files
from contested.report.saving import save
from scenario_text import changed, claim, claim_faults, faults_of, study_of

TABLE = """\
month,count,held,holes,few,signed
2024-12,100,1000,,,5
2025-01,10,1010.5,10,,5
2025-02,20,1030,20,1,-4
2025-03,30,1025,,2,6
2025-04,40,1042.75,60,,-2.5
2025-05,50,1100,,,5
2025-07,70,1200,90,,5
"""
AREA = "agreed: {fact: isw-area, within: 8%}"


@pytest.fixture(autouse=True)
def _table(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "m.csv").write_text(TABLE, encoding="utf-8")


def of(keys: str, beside: str = "because: j") -> str:
    """A statement of a series of the table."""
    return f"{{series: {{file: data/m.csv, {keys}}}, {beside}}}"


@pytest.mark.parametrize(
    ("statement", "form"),
    [
        (of("column: count"), Exact(value=100.0)),
        (of("column: count", "within: 8%, because: j"), Within(best=100.0, relative=0.08, shape="lognormal")),
        (of("column: count", "within: 20, confidence: 0.5, because: j"),
         Within(best=100.0, amount=20.0, confidence=0.5, shape="normal")),
        (of("column: count, of: change, gaps: refuse"), Exact(value=100.0)),
        (of("column: held, of: level"), Exact(value=42.75)),
        (of("column: holes, gaps: interpolate"), Exact(value=130.0)),
        (of("column: count", "cites: [gs]"), Exact(value=100.0)),
        (of("column: count, from: 2025-02, to: 2025-03", "because: j, mismatch: m"), Exact(value=50.0)),
        (of("column: count, from: 2025-03", "because: j, mismatch: m"), Exact(value=70.0)),
        (of("column: count, to: 2025-01-31", "because: j, mismatch: m"), Exact(value=10.0)),
        (of("column: held, of: level, from: 2025-02, to: 2025-02", "because: j, mismatch: m"), Exact(value=19.5)),
        (of("column: holes, gaps: interpolate, from: 2025-05, to: 2025-07", "because: j, mismatch: m"),
         Exact(value=70.0 + 80.0 + 90.0)),
    ],
)  # fmt: skip
def test_what_a_series_comes_to(tmp_path, statement, form):
    assert claim(tmp_path, statement).form == form


def test_what_is_kept_of_where_it_was_read(tmp_path):
    study = study_of(
        tmp_path,
        changed(
            ("{low: 120000, high: 180000, because: judged}", of("column: holes, gaps: interpolate")),
            (AREA, "agreed: " + of("column: held, of: level", "unit: mi², because: j")),
        ),
    )
    file = (tmp_path / "data" / "m.csv").resolve()
    assert study.figures["casualties"].claims["osint"].series == Series(
        file=file,
        column="holes",
        first=date(2025, 1, 1),
        last=date(2025, 4, 1),
        of="change",
        interpolated=(date(2025, 3, 1),),
    )
    assert study.figures["area"].claims["agreed"].unit.text == "mi²"
    assert study.files[-1] == file and study.files.count(file) == 1


def test_an_input_and_a_part_of_a_mixture_may_be_read_by_month(tmp_path):
    months = of("column: count, from: 2025-01, to: 2025-02")
    parts = f"{of('column: count', 'weight: 1')}, {of('column: holes, gaps: interpolate', 'weight: 1')}"
    study = study_of(
        tmp_path,
        changed(
            ("{low: 0.95, high: 1.03, because: spread of totals}", months),
            ("{low: 120000, high: 180000, because: judged}", f"{{mixture: {{pick: k, of: [{parts}]}}, because: j}}"),
        ),
    )  # fmt: skip
    assert study.inputs["error"].statement.form == Exact(value=30.0)
    mixture = study.figures["casualties"].claims["osint"].form
    assert isinstance(mixture, Mixture)
    assert [part.form for part in mixture.parts] == [Exact(value=100.0), Exact(value=130.0)]


def test_what_was_interpolated_is_said_and_the_table_is_saved(tmp_path):
    statement = of("column: holes, gaps: interpolate")
    study_of(tmp_path, changed(("{low: 120000, high: 180000, because: judged}", statement)))
    result = contested.load(tmp_path / "s.yaml").run()
    told = "holes in m.csv has no figure for 2025-03: interpolated between neighbours"
    judged = [(each.path, each.because) for each in result.assumptions.judged]
    assert ("figures.casualties.claims.osint", told) in judged
    assert ("figures.casualties.claims.osint", "j") in judged
    save(result.study, run_files(result), tmp_path / "out", force=False)
    assert (tmp_path / "out" / "data" / "m.csv").read_text(encoding="utf-8") == TABLE
    again = contested.load(tmp_path / "out" / "s.yaml").run()
    assert json.loads(again.to_json()) == json.loads(result.to_json())


def test_what_was_not_interpolated_is_not_said(tmp_path):
    statement = of("column: count, gaps: interpolate")
    study_of(tmp_path, changed(("{low: 120000, high: 180000, because: judged}", statement)))
    result = contested.load(tmp_path / "s.yaml").run()
    assert not any("interpolated" in each.because for each in result.assumptions.judged)


@pytest.mark.parametrize(
    ("statement", "faults"),
    [
        (of("column: cuont"), ["osint.series.column: unknown column 'cuont'; did you mean 'count'?"]),
        (of("column: held, of: level, from: 2024-12", "because: j, mismatch: m"),
         ["osint.series.from: asks for 2024-12 to 2025-04, but the file has 2024-12 to 2025-07; a level moves "
          "from the month before the first, so begin a month later"]),
        (of("column: count, from: 2024-11, to: 2025-08", "because: j, mismatch: m"),
         ["osint.series.from: asks for 2024-11 to 2025-08, but the file has 2024-12 to 2025-07"]),
        (of("column: count, from: 1900-01, to: 9999-12", "because: j, mismatch: m"),
         ["osint.series.from: asks for 1900-01 to 9999-12, but the file has 2024-12 to 2025-07"]),
        (of("column: count, to: 2025-03"),
         ["osint.series.to: covers 2025-01 to 2025-03, not the figure's period (2025-01-01/2025-04-30); say "
          "with mismatch why it serves all the same"]),
        (of("column: count, from: 2025-01-15"),
         ["osint.series.from: the series has whole months, and 2025-01-15 lies within a month; write one, as "
          "in 2025-01"]),
        (of("column: count, to: 2025-04-29"),
         ["osint.series.to: the series has whole months, and 2025-04-29 lies within a month; write one, as in "
          "2025-04"]),
        (of("column: count, from: January"),
         ["osint.series.from: is no date (got 'January'); write a month, as in 2025-01"]),
        (of("column: count, from: 2025-04, to: 2025-01"),
         ["osint.series.from: must not end before it begins (got 2025-04 to 2025-01)"]),
        (of("column: holes"),
         ["osint.series.column: has no figure for 2025-03; fill it in the file, or add gaps: interpolate"]),
        (of("column: count, to: 2025-07", "because: j, mismatch: m"),
         ["osint.series.column: has no figure for 2025-06; fill it in the file, or add gaps: interpolate"]),
        (of("column: few, gaps: interpolate"),
         ["osint.series.column: has no figure for 2025-01 and 2025-04, and none on one side to interpolate "
          "from; ask for other months"]),
        (of("column: few, gaps: interpolate, from: 2025-02", "because: j, mismatch: m"),
         ["osint.series.column: has no figure for 2025-04, and none on one side to interpolate from; ask for other months"]),
        (of("column: signed"),
         ["osint.series.column: is a count, and negative in 2025-02 (-4) and 2025-04 (-2.5); correct the file"]),
        (of("column: count", "within: 0.05, because: j"),
         ["osint.within: looks like a percentage (got 0.05 around 100); write 5%, or low and high"]),
        (of("column: count", "unit: km, because: j"),
         ["osint.unit: must be commensurable with person (got km)"]),
        ("{series: {file: no.csv, column: count}, because: j}",
         ["osint.series.file: no such file 'no.csv' in the scenario's folder"]),
        ("{series: {file: ../m.csv, column: count}, because: j}",
         ["osint.series.file: '../m.csv' leaves the scenario's folder; keep the file below it"]),
        ("{series: {column: count}, because: j}", ["osint.series: 'file' is missing"]),
        (of("column: count, gaps: fill"),
         ["osint.series.gaps: must be interpolate or refuse (got 'fill')"]),
        (of("column: count", "low: 5, because: j"),
         ["osint: 'low' has no place beside series; keep either"]),
        (of("column: count", "fact: gs"), ["osint: 'fact' has no place beside series; cite it: cites: […]"]),
        (of("column: count", "mismatch: m"),
         ["osint: rests on nothing; add cites, fact, or because (a sentence of judgement)"]),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path, statement, faults):
    assert claim_faults(tmp_path, statement) == faults


@pytest.mark.parametrize(
    ("period", "fault"),
    [
        ("2025-01-15/2025-04-30",
         "the series has whole months, and the figure's period begins on 2025-01-15, within a month; add from, "
         "as in 2025-01"),
        ("2025-01-01/2025-04-29",
         "the series has whole months, and the figure's period ends on 2025-04-29, within a month; add to, as "
         "in 2025-04"),
        ("../2025-04-30", "no figure's period says which months are meant; add from: 2025-01"),
        (None, "no figure's period says which months are meant; add from: 2025-01 and to: 2025-04"),
    ],
)  # fmt: skip
def test_a_figures_period_must_be_of_whole_months(tmp_path, period, fault):
    agreed = "agreed: " + of("column: count", "unit: km², because: j")
    text = changed(("unit: km²\n    measures: net change\n    period: 2025-01-01/2025-04-30\n",
                    "unit: km²\n" + (f"    period: {period}\n" if period else "")), (AREA, agreed))  # fmt: skip
    (found,) = (line for line in faults_of(tmp_path, text) if "series" in line)
    assert found.split(": ", 2)[1:] == ["figures.area.agreed.series", fault]


def test_ground_may_be_lost(tmp_path):
    agreed = "agreed: " + of("column: signed", "unit: km², because: j")
    study = study_of(tmp_path, changed((AREA, agreed)))
    assert study.figures["area"].claims["agreed"].form == Exact(value=4.5)


def test_a_period_that_cannot_be_read_is_told_once(tmp_path):
    text = changed(("{low: 120000, high: 180000, because: judged}", of("column: count")))
    (found,) = faults_of(tmp_path, text.replace("period: 2025-01-01/2025-04-30", "period: early", 1))
    assert "casualties.period: is no date (got 'early')" in found


def test_faults_of_the_table_stand_in_the_table_once(tmp_path):
    (tmp_path / "data" / "m.csv").write_text("month,count\n2025-01,many\n2025-01,3\n", encoding="utf-8")
    text = changed(
        ("{low: 120000, high: 180000, because: judged}", of("column: count")),
        (AREA, "agreed: " + of("column: count")),
    )
    found = faults_of(tmp_path, text)
    assert found == [
        "data/m.csv:2:9: count: must be a number (got 'many'); write digits with a point for decimals, and leave the cell empty where "
        "nothing is known",
        "data/m.csv:3:1: month: 2025-01 stands twice (first on line 2); keep one row",
    ]
