"""`contested track` as a user runs it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from contested.cli import main
from contested.report.manifest import is_saved_run
from months import WHY, by_month, compared, months
from running import written

ROOT = Path(__file__).parents[2]
TOLL = [20000.0 + 900 * i for i in range(12)]
GROUND = [90.0 + 17 * ((5 * i) % 12) for i in range(12)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    inputs = {"error": {"best": 1, "within": "10%", **WHY}}
    return by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND}, inputs=inputs, toll="toll * error",
        sampling={"tolerance": 0.02},
        **compared(early=("2024-05/2024-08", "2024-01/2024-04"), late=("2024-12", "2024-11")),
    )  # fmt: skip


def _json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["track", *arguments, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_page_fits_and_says_what_it_did(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["track", str(file)]) == 0
    page, errors = capsys.readouterr()
    assert errors == ""
    assert page.startswith("Casualties for ground, month by month\n")
    assert "enough for a tolerance of 0.02 under every named weighting" in " ".join(page.split())
    assert max(map(len, page.splitlines())) <= 80


@pytest.mark.parametrize(
    ("options", "window", "left_out"),
    [
        ([], "2024-01/2024-12", []),
        (["--from", "2024-05"], "2024-05/2024-12", ["early"]),
        (["--to", "2024-08"], "2024-01/2024-08", ["late"]),
        (["--from", "2024-04/2024-06", "--to", "2024-08/2024-10"], "2024-04/2024-10", ["early", "late"]),
        (["--from", "2024", "--to", "2024"], "2024-01/2024-12", []),
    ],
)
def test_from_and_to(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str], window: str, left_out: list[str]
) -> None:
    found = _json(capsys, str(file), *options)
    periods = found["estimates"]["per_km2"]["periods"]
    assert found["window"] == f"{periods[0]['period']}/{periods[-1]['period']}" == window
    assert [one["name"] for one in found["left_out"]] == left_out


def test_windows_of_one_s_own_are_compared(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--compare", "2024-07/2024-12", "2024-01/2024-06", "--compare", "2024-02", "2024-01"]
    found = _json(capsys, str(file), *asked)["estimates"]["per_km2"]["comparisons"]
    assert list(found) == ["2024-02 over 2024-01", "2024-07/2024-12 over 2024-01/2024-06", "early", "late"]
    halves = found["2024-07/2024-12 over 2024-01/2024-06"]
    expected = sum(TOLL[6:]) / sum(GROUND[6:]) / (sum(TOLL[:6]) / sum(GROUND[:6]))
    assert halves["ratio"]["median"] == pytest.approx(expected, rel=1e-9)
    assert halves["title"] == "Jul–Dec 2024 over Jan–Jun 2024"
    assert halves["standing"]["of"]["count"] == 7


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--from", "2023-12"],
            "--from: Dec 2023 lies outside the scenario's window, 2024; choose one inside it",
        ),
        (
            ["--to", "2025-01"],
            "--to: Jan 2025 lies outside the scenario's window, 2024; choose one inside it",
        ),
        (["--from", "2024-13"], "--from: is no day of the calendar (got 2024-13); write it as 2025, "),
        (["--from", "spring"], "--from: is no date (got 'spring'); write it as "),
        (["--from", "2024-06", "--to", "2024-02"], "--to: 2024-02 ends before --from 2024-06 begins"),
        (
            ["--from", "2024-02-03"],
            "--from: the window begins on 2024-02-03, within a month; begin with the first",
        ),
        (
            ["--to", "2024-02-03"],
            "--to: the window ends on 2024-02-03, within a month; end with the last day of",
        ),
        (["--from", "../2024-03"], "--from: ../2024-03 has no beginning; write it as 2024-01"),
        (["--compare", "2024-05", "May"], "--compare: a window is no date (got 'May')"),
        (
            ["--compare", "2024-05", "2024-05"],
            "--compare: May 2024 is compared with itself; choose another window",
        ),
        (["--compare", "2024-05", "2023"], "--compare: 2023 lies outside what is tracked, 2024; choose one"),
        (
            ["--from", "2024-06", "--compare", "2024-07", "2024-05"],
            "--compare: May 2024 lies outside what is tracked",
        ),
        (["--force"], "--force goes with --out"),
    ],
)
def test_what_cannot_be_tracked_names_its_option(
    file: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert main(["track", str(file), *options]) == 2
    out, errors = capsys.readouterr()
    assert out == ""
    assert message in errors


def test_quarters_are_asked_for_by_their_months(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = by_month(tmp_path, {"toll": TOLL, "ground": GROUND}, each="quarter")
    found = _json(capsys, str(file), "--from", "2024-04", "--to", "2024-09")
    assert (found["each"], found["window"]) == ("quarter", "2024-04/2024-09")
    quarters = found["estimates"]["per_km2"]["periods"]
    assert [each["period"] for each in quarters] == ["2024-04/2024-06", "2024-07/2024-09"]
    assert main(["track", str(file), "--from", "2024-05"]) == 2
    assert "--from: the window begins on 2024-05-01, within a quarter; begin with the first day of one" in (
        capsys.readouterr().err
    )


def test_a_scenario_of_one_period_is_refused_with_the_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = {
        "title": "One period", "as_of": "2026-01-01",
        "figures": {"toll": {"title": "Toll", "unit": "person", "agreed": {"value": 5, **WHY}}},
        "estimates": {"people": {"title": "People", "formula": "toll", "unit": "person"}},
    }  # fmt: skip
    for options in ([], ["--from", "2024-05"], ["--compare", "2024", "2023"]):
        assert main(["track", str(written(tmp_path, document, "one")), *options]) == 2
        message = capsys.readouterr().err
        assert (
            "one has no estimate that comes by period; say each: month, a window, and period: each in"
            in message
        )


def test_not_converged_is_said_and_is_1_under_strict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inputs = {"scatter": {"best": 1, "within": "50%", "drawn": "per_figure", **WHY}}
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND}, inputs=inputs, toll="toll * scatter",
        sampling={"tolerance": 1e-7, "max_draws": 1024},
    )  # fmt: skip
    assert main(["track", str(file)]) == 0
    page, errors = capsys.readouterr()
    assert "NOT CONVERGED: 1,024 worlds drawn" in page
    assert errors.startswith("not converged: after 1,024 worlds")
    assert main(["track", str(file), "--strict", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["sampling"]["converged"] is False


def test_a_track_is_saved_with_all_that_it_was_made_from(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main(["track", str(file), "--out", str(out)]) == 0
    assert capsys.readouterr().err == f"saved in {out}\n"
    assert is_saved_run(out)
    assert {"SHA256SUMS", "track.json", "track.csv", "months.yaml", "months.csv"} <= {
        path.name for path in out.iterdir()
    }
    assert main(["track", str(out / "months.yaml"), "--json"]) == 0
    assert capsys.readouterr().out == (out / "track.json").read_text(encoding="utf-8")
    table = list(csv.DictReader((out / "track.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["kind"] for row in table} == {"estimate", "comparison", "higher", "standing"}
    assert main(["track", str(file), "--out", str(out)]) == 2
    assert "exists; choose another name, or replace a saved run with --force" in capsys.readouterr().err


def test_months_sum_to_the_year_to_the_last_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """General Staff, 2024 and 2025: the register's totals of the years, the months of the shipped table."""
    with (ROOT / "configs" / "data" / "monthly.csv").open(encoding="utf-8") as stream:
        table = {row["month"]: float(row["general_staff"]) for row in csv.DictReader(stream)}
    both = [table[month] for month in months(24)]
    estimates = {"people": {"title": "Casualties", "formula": "casualties", "unit": "person"}}
    file = by_month(tmp_path, {"toll": both, "ground": [1.0] * 24}, estimates=estimates)
    sums = _json(capsys, str(file))["estimates"]["people"]["sums"]
    assert {each["period"]: each["median"] for each in sums} == {
        "2024-01/2025-12": 430_790 + 418_170,  # gs-2024 and gs-2025
        "2024-01/2024-12": 430_790,
        "2025-01/2025-12": 418_170,
    }
    assert [(i["low"], i["high"]) for each in sums for i in each["intervals"]] == [
        (each["median"], each["median"]) for each in sums for _ in each["intervals"]
    ]


def test_the_page_of_a_run_tells_once_what_is_said_for_every_month(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(file), "--tolerance", "0.05"]) == 0
    page = capsys.readouterr().out
    assert page.count("inputs.toll") == 1
    assert "  - inputs.toll, each month: as the case has it\n" in page
