"""`contested lineage` as a user runs it: what it prints, what JSON holds, and how it refuses."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from contested.cli import main
from contested.series.months import month_text, months_between
from war import common_trend, counted, toll

RECORD = Path(__file__).parents[2] / "configs" / "data" / "monthly.csv"


def saved(folder: Path, columns: dict[str, np.ndarray]) -> str:
    """A table from January 2020 on; NaN is an empty cell."""
    length = len(next(iter(columns.values())))
    months = list(months_between(date(2020, 1, 1), date(2020 + (length - 1) // 12, (length - 1) % 12 + 1, 1)))
    rows = [("month", *columns)]
    for index, month in enumerate(months):
        cells = (each[index] for each in columns.values())
        rows.append((month_text(month), *("" if np.isnan(cell) else repr(float(cell)) for cell in cells)))
    file = folder / "series.csv"
    file.write_text("".join(f"{','.join(row)}\n" for row in rows), encoding="utf-8")
    return str(file)


def page(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["lineage", *arguments]) == 0
    return " ".join(capsys.readouterr().out.split())


def test_the_public_record(capsys: pytest.CaptureFixture[str]) -> None:
    out = page(capsys, str(RECORD))
    assert "Moving as one - uk_mod is general_staff times 1.000, rounded: so it follows 0.036 % off" in out
    assert "two independent counts would be 5.7 % off in the typical month" in out
    assert "dead and general_staff 0.88 17 %" in out
    assert "dead and uk_mod 0.87 17 %" in out
    assert "- general_staff + uk_mod -" in out
    assert "any pair is joined with a probability of at most 1 %" in out
    assert "so no sources: dead_low, dead_high." in out


def test_json_is_stable_and_complete(capsys: pytest.CaptureFixture[str]) -> None:
    texts = []
    for _ in range(2):
        assert main(["lineage", str(RECORD), "--only", "uk_mod,dead,general_staff", "--json"]) == 0
        texts.append(capsys.readouterr().out)
    assert texts[0] == texts[1]
    found = json.loads(texts[0])
    assert list(found) == [
        "file", "first_month", "last_month", "sources", "running_totals", "interval_ends",
        "independent_error", "false_alarms", "seed", "lags", "tests", "pairs", "groups", "effective_sources",
    ]  # fmt: skip
    assert (found["first_month"], found["last_month"]) == ("2023-10", "2026-01")
    assert found["groups"] == [["general_staff", "uk_mod"], ["dead"]]
    assert found["effective_sources"] == pytest.approx(9 / 5)
    assert found["tests"] == 3 * 2 * 5
    assert [pair["verdict"] for pair in found["pairs"]] == ["apart", "apart", "joined"]
    joined = found["pairs"][2]
    assert joined["follows"] == "uk_mod"
    assert set(joined["agreement"]) >= {"relation", "size", "median", "root_mean_square", "probability"}
    assert set(joined["concordance"]) >= {"unlike", "probability_shuffled", "probability_simulated"}
    assert joined["false_alarm"] <= 0.01


def test_a_lag_an_offset_and_a_running_total(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generator = np.random.default_rng(1)
    base = np.rint(toll(generator, 30))
    first = base[1:]
    other = counted(generator, first, error=0.2)
    out = page(capsys, saved(tmp_path, {"kyiv": first, "late": 0.5 * base[:-1], "more": first + 12_000}))
    assert "- late is kyiv times 0.5, 1 month later" in out
    assert "- kyiv is more less 12,000 (nothing in the table says which follows which)" in out
    out = page(capsys, saved(tmp_path, {"total": np.cumsum(first), "other": other}))
    assert "Moving as one no pair" in out
    assert "read as running totals, by what they gain: total." in out
    assert "2 sources amount to at most 2 independent ones" in out


def test_what_cannot_be_told_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    generator = np.random.default_rng(2)
    smooth = {name: np.exp(common_trend(40) + generator.normal(0, 0.01, 40)) for name in "ab"}
    few = np.where(np.arange(40) < 5, 100.0 + np.arange(40) % 3, np.nan)
    out = page(capsys, saved(tmp_path, {**smooth, "few": few}))
    assert "Not to be told - a and b agree (" in out
    assert "fewer than 8 months to compare: a and few, b and few" in out


def test_faults_have_a_place_and_no_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "series.csv"
    file.write_text("month,a,b\n2025-01,1,2\n2025-01,1,x\n", encoding="utf-8")
    assert main(["lineage", str(file)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{file}:3:1: month: two rows for 2025-01 (first on line 2)")
    assert lines[1].startswith(f"{file}:3:11: b: must be a number (got 'x')")
    assert main(["lineage", str(tmp_path / "absent.csv")]) == 2
    assert "no such file" in capsys.readouterr().err


@pytest.mark.parametrize("error", ["4", "0%", "60%", "four", "nan%"])
def test_an_error_that_is_no_percentage(error: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lineage", str(RECORD), "--independent-error", error]) == 2
    assert "must be a percentage from 0.1% to 50%" in capsys.readouterr().err


def test_a_page_fits_its_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in (40, 60, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert main(["lineage", str(RECORD)]) == 0
        assert max(map(len, capsys.readouterr().out.splitlines())) <= columns
