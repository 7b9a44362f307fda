"""A ratio of two periods' ratios is recognised by its formula, and taken apart in the same worlds."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest

import contested
from contested.answers.estimates import Answer
from contested.answers.pace import paces
from contested.answers.result import Result
from contested.answers.sides import taken_apart
from contested.report.briefing.decompositions import decompositions
from running import ran, written

EARLY, LATE = "2025-01-01/2025-04-30", "2024-09-01/2024-12-31"  # 120 and 122 days


def document(**formulas: str) -> dict[str, Any]:
    """Two tolls and two areas, an error that both tolls share, and estimates."""

    def figure(period: str, unit: str, measures: str, **claims: Any) -> dict[str, Any]:
        return {"title": measures, "unit": unit, "measures": measures, "period": period, **claims}

    def toll(value: float) -> dict[str, Any]:
        claims = {
            "kyiv": {"formula": f"{value} * error", "because": "counted"},
            "half": {"formula": "kyiv * 0.5", "because": "judged"},
        }
        return {"dispute": "who", "claims": claims}

    def area(value: float) -> dict[str, Any]:
        return {"agreed": {"best": value, "within": "10%", "because": "mapped"}}

    units = {name: {"unit": "person/km²"} for name in formulas if name.startswith("per_")}
    return {
        "title": "Two periods",
        "as_of": "2026-01-01",
        "disputes": {"who": {"title": "Who counts", "sources": {"kyiv": "Kyiv", "half": "Half"}}},
        "inputs": {"error": {"low": 50, "high": 80, "unit": "person", "because": "judged"}},
        "figures": {
            "early": figure(EARLY, "person", "killed and wounded", **toll(1200)),
            "late": figure(LATE, "person", "killed and wounded", **toll(1830)),
            "won_early": figure(EARLY, "km²", "area gained", **area(1200)),
            "won_late": figure(LATE, "km²", "area gained", **area(2440)),
        },
        "estimates": {
            name: {"title": name, "formula": text, **units.get(name, {})} for name, text in formulas.items()
        },
        "sampling": {"tolerance": 0.01},
    }


def whole(folder: Path, **formulas: str) -> Result:
    return ran(folder, document(**formulas))


def median(answer: object) -> float:
    assert isinstance(answer, Answer) and answer.summary is not None
    return answer.summary.median


def test_days_are_the_calendars_and_what_is_shared_cancels(tmp_path: Path) -> None:
    result = whole(
        tmp_path,
        per_early="early / won_early",
        per_late="late / won_late",
        rise="per_early / per_late",
    )
    (found,) = paces(result, ["rise"])
    assert (found.first.days, found.second.days) == (120, 122)
    # Both tolls are a number times one error: their ratio per day is (1200/120)/(1830/122), exactly.
    tolls = found.above.over
    assert isinstance(tolls, Answer) and tolls.summary is not None
    assert tolls.summary.median == pytest.approx(10 / 15)
    assert tolls.interval(0.9).low == pytest.approx(10 / 15)
    assert median(found.below.first) == pytest.approx(1200 / 120, rel=0.01)
    assert median(found.below.over) == pytest.approx(0.5, rel=0.01)
    assert median(found.ratio.over) == median(result.estimates["rise"])  # the very same worlds
    assert median(found.ratio.first) == median(result.estimates["per_early"])
    assert (str(found.above.first.unit), str(found.below.first.unit)) == ("person/day", "km²/day")


@pytest.mark.parametrize(
    "formula",
    [
        "(early / won_early) / (late / won_late)",
        "ratio / (late / won_late)",
    ],
)
def test_it_is_known_by_its_formula(tmp_path: Path, formula: str) -> None:
    estimates = {"rise": formula}
    if "ratio" in formula:
        text = document(**estimates)
        text["estimates"]["ratio"] = {
            "title": "r", "formula": "early / won_early", "unit": "person/km²",
        }  # fmt: skip
        result = ran(tmp_path, text)
    else:
        result = whole(tmp_path, **estimates)
    assert list(taken_apart(result.study)) == ["rise"]
    (found,) = paces(result, ["rise"])
    assert found.first.above.title == "killed and wounded"


@pytest.mark.parametrize(
    "formula",
    [
        "early / late",  # no ratios
        "(early / won_early) / (early / won_early)",  # one period
        "(early / won_late) / (late / won_late)",  # the first of two periods
        "(early / won_early) / (early / won_late)",  # the second of two
        "(early / late) / (won_early / won_late)",  # the same number, of no period's ratios
        "2 * (early / won_early) / (late / won_late)",
        "(early.kyiv / won_early) / (late / won_late)",  # a claim, which has no distribution of its own
    ],
)
def test_nothing_else_is_taken_apart(tmp_path: Path, formula: str) -> None:
    text = document(rise=formula)
    text["estimates"]["rise"]["mismatch"] = "as the test has it"
    assert not list(taken_apart(contested.load(written(tmp_path, text)).study))


def test_it_is_told_in_words_and_in_a_table(tmp_path: Path) -> None:
    text = document(rise="(early / won_early) / (late / won_late)")
    comparison = contested.load(written(tmp_path, text)).compare()
    (found,) = decompositions(comparison.result)
    assert found.table.columns == (
        "1 January to 30 April 2025", "1 September to 31 December 2024", "the first over the second",
    )  # fmt: skip
    labels = [row.label for row in found.table.rows]
    assert labels == [
        "Casualties (killed and wounded) per day",
        "km² (area gained) per day",
        "Casualties (killed and wounded) per km² (area gained)",
    ]
    tolls = next(found.table.rows)
    assert tolls.cells[2].text == "0.67 (0.67 to 0.67)"
    assert math.isclose(tolls.cells[2].values[0], 10 / 15)
    assert re.search(
        r"had 0\.67 times \(90 %: .*?\) the casualties \(killed and wounded\) per day of 1 September to 31 "
        r"December 2024, and 0\.50\d? times \(.*?\) the km² \(area gained\) per day\. The first factor "
        r"divided by the second makes 1\.33? times \(",
        found.sentences[0],
    )
    assert "1 January to 30 April 2025 has 120 days" in found.sentences[1]
    assert "two factors" in found.sentences[1]
    assert found.table.notes == ("Each cell is the median, in brackets the 90 % interval.",)


def test_terms_that_name_no_measure_go_by_their_titles(tmp_path: Path) -> None:
    text = document(rise="(early / won_early) / (late / won_late)")
    text["figures"]["late"]["measures"] = "killed, wounded or missing"
    text["estimates"]["rise"]["mismatch"] = "as the test has it"
    (found,) = decompositions(contested.load(written(tmp_path, text)).compare().result)
    labels = [row.label for row in found.table.rows]
    assert labels[0] == "“killed and wounded” and “killed and wounded”, people per day"
    assert labels[2] == "The first of these over the second (people per km²)"
