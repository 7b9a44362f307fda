"""What an estimate comes to over several months: amounts add up, ratios are of sums, rates have no value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import contested
from contested.answers.bounds import Bound
from contested.answers.track import Track, Trail
from contested.report.track import render_track
from months import WHY, by_month

TOLL, GROUND, RATE = [1000.0, 2000.0, 4000.0], [10.0, 40.0, 100.0], [0.2, 0.5, 1.0]
MAIN = {"title": "Main", "formula": "casualties / area", "unit": "person/km²"}


def _asked(folder: Path, formula: str, unit: str, **options: Any) -> tuple[Trail, Track]:
    """An estimate over three months, with a share of each month among what it may name."""
    inputs = {
        "share": {"series": {"file": "months.csv", "column": "rate"}, **WHY},
        "wounded": {"formula": "toll / 2", "unit": "person"},
        "half": {"formula": "wounded / toll"},
        "fixed": {"value": 100, "unit": "person", **WHY},
        "twice": {"value": 2, **WHY},
    }
    asked = {"title": "Asked", "formula": formula, **({"unit": unit} if unit else {})}
    columns = {"toll": TOLL, "ground": GROUND}
    file = by_month(folder, columns, inputs=inputs, estimates={"asked": asked, "main": MAIN})
    table = folder / "months.csv"
    lines = table.read_text(encoding="utf-8").splitlines()
    added = [f"{line},{cell}" for line, cell in zip(lines, ["rate", *map(repr, RATE)], strict=True)]
    table.write_text("\n".join(added) + "\n", encoding="utf-8")
    track = contested.load(file).track(**options)
    return track.estimates["asked"], track


@pytest.mark.parametrize(
    ("formula", "unit", "expected"),
    [
        ("casualties", "person", sum(TOLL)),
        ("twice * casualties", "person", 2 * sum(TOLL)),
        ("casualties + casualties / twice", "person", 1.5 * sum(TOLL)),
        ("-(casualties - 3 * casualties)", "person", 2 * sum(TOLL)),
        ("casualties * share", "person", sum(t * r for t, r in zip(TOLL, RATE, strict=True))),
        ("casualties / (1 + share)", "person", sum(t / (1 + r) for t, r in zip(TOLL, RATE, strict=True))),
        ("casualties / area", "person/km²", sum(TOLL) / sum(GROUND)),
        (
            "casualties * share / area",
            "person/km²",
            sum(t * r for t, r in zip(TOLL, RATE, strict=True)) / sum(GROUND),
        ),
        (  # each month's share counts as its casualties do
            "1 + share * casualties / casualties",
            "",
            1 + sum(t * r for t, r in zip(TOLL, RATE, strict=True)) / sum(TOLL),
        ),
        ("casualties / toll + 1", "", 2.0),
        ("casualties / wounded", "", 2.0),
        ("2 * half + 1", "", 2.0),
        ("area * (casualties / area)", "person", sum(TOLL)),
        ("sqrt(casualties / wounded * twice)", "", 2.0),
        ("max(casualties / wounded, 1)", "", 2.0),
        ("main * 2", "person/km²", 2 * sum(TOLL) / sum(GROUND)),
    ],
)
def test_what_has_a_value_over_a_window(tmp_path: Path, formula: str, unit: str, expected: float) -> None:
    trail, _ = _asked(tmp_path, formula, unit)
    answer = trail.sums[0].answer
    assert not isinstance(answer, Bound)
    assert answer.quantile(0.5) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("formula", "unit", "reason"),
    [
        ("share", "", "it does not add up over months, and is no quotient of what does"),
        ("1 + share", "", "it does not add up over months"),
        ("casualties - fixed", "person", "'-' is applied to what adds up over months and to what does not"),
        ("fixed / casualties", "", "'/' is applied to what adds up over months and to what does not"),
        ("max(casualties, fixed)", "person", "'max' of what adds up over months does not add up"),
        ("sqrt(casualties * casualties)", "person", "'*' of what adds up over months does not add up"),
    ],
)
def test_what_has_none_says_why_and_has_its_months(
    tmp_path: Path, formula: str, unit: str, reason: str
) -> None:
    trail, track = _asked(tmp_path, formula, unit)
    assert trail.sums == ()
    assert trail.without_total is not None
    assert trail.without_total.startswith(reason)
    assert len(trail.periods) == 3
    page = " ".join(render_track(track, width=100).split())
    assert f"Nothing over windows: {trail.without_total}." in page
    assert "For “Main”" in page  # the sentence is of an estimate that has one
    assert track.to_dict()["estimates"]["asked"]["sums"] == []


def test_single_months_are_compared_where_windows_have_no_value(tmp_path: Path) -> None:
    pairs = [("2024-02", "2024-01"), ("2024-02/2024-03", "2024-01")]
    (contrast,) = _asked(tmp_path, "share", "", compared=pairs)[0].contrasts
    assert not isinstance(contrast.ratio, Bound)
    assert contrast.ratio.quantile(0.5) == pytest.approx(2.5)


def test_a_window_of_hundreds_of_months_is_summed(tmp_path: Path) -> None:
    """A sum that is nested once for each month is too deep for Python."""
    columns = {"toll": [1000.0] * 300, "ground": [10.0] * 300}
    answer = contested.load(by_month(tmp_path, columns)).track().estimates["per_km2"].sums[0].answer
    assert not isinstance(answer, Bound)
    assert answer.quantile(0.5) == pytest.approx(100)
