"""`contested report` as a user runs it."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from contested.cli import main
from contested.report.manifest import is_saved_run
from contested.report.saved import SavedRun
from each_text import MONTHS, with_table
from sample_scenarios import EXACT, RANGES, written
from saved_runs import rewritten, saved


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _sections(text: str) -> list[str]:
    return re.findall(r'<section id="(\w+)"', text)


def test_the_page_has_its_parts_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(written(folder, EXACT))]) == 0
    assert capsys.readouterr() == ("", "written to sample.html\n")
    text = (folder / "sample.html").read_text(encoding="utf-8")
    # one dispute has no grid: the forest stands in its place
    assert _sections(text) == [
        "answer", "forest", "weights", "simplex", "width", "figures", "method", "again",
    ]  # fmt: skip
    for words in ("<!doctype html>", '<html lang="en">', "160,600 people", "Casualties per km² gained",
                  "contested report sample.yaml", "What did a square kilometre cost?"):  # fmt: skip
        assert words in text, words
    assert sorted(file.name for file in folder.iterdir()) == ["register.yaml", "sample.html", "sample.yaml"]


def test_altair_is_for_people_who_ask_for_a_chart(folder: Path) -> None:
    """Neither process imports it: that alone takes a third of a second."""
    found = subprocess.run(
        [sys.executable, "-m", "contested", "report", str(written(folder, EXACT)), "--charts", "charts"],
        env={**os.environ, "PYTHONPROFILEIMPORTTIME": "1"},  # on standard error, from both
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in found.stderr.splitlines()}
    assert {"contested.report.page.page", "contested.report.charts.export"} <= imported
    assert "altair" not in imported


@pytest.mark.slow
def test_the_page_is_the_same_every_time(folder: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    file = str(written(folder, RANGES))
    assert main(["report", file, "-o", "-"]) == 0
    first = capsysbinary.readouterr().out
    assert main(["report", file, "-o", "-"]) == 0
    assert capsysbinary.readouterr().out == first
    assert not list(folder.glob("*.html"))


def test_nothing_is_replaced_unasked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, mine = str(written(folder, EXACT)), folder / "mine.md"
    mine.write_text("mine", encoding="utf-8")
    assert main(["report", file, "--format", "md", "-o", "mine.md"]) == 2
    assert capsys.readouterr().err == (
        "Error: -o: mine.md exists; choose another name, or replace it with --force\n"
    )
    assert mine.read_text(encoding="utf-8") == "mine"
    assert main(["report", file, "--format", "md", "-o", "mine.md", "--force"]) == 0
    assert mine.read_text(encoding="utf-8").startswith("# What did")


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        ("gone/page.html", "-o: the directory gone does not exist; make it first"),
        ("there", "-o: there is a directory; name a file"),
    ],
)
def test_an_unfit_place_is_refused_before_anything_is_drawn(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, output: str, fault: str
) -> None:
    def drawn(*_: object) -> NoReturn:
        raise AssertionError("something was drawn")

    monkeypatch.setattr("contested.report.reported.Source.reported", drawn)
    (folder / "there").mkdir()
    assert main(["report", str(written(folder, EXACT)), "-o", output]) == 2
    assert capsys.readouterr().err == f"Error: {fault}\n"


def test_what_fails_half_way_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", failing)
    assert main(["report", str(written(folder, EXACT)), "--format", "md"]) == 2
    assert sorted(file.name for file in folder.iterdir()) == ["register.yaml", "sample.yaml"]


def test_charts_are_written_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", str(written(folder, EXACT)), "--format", "md", "--charts", "charts"]) == 0
    assert is_saved_run(folder / "charts")
    names = {file.name for file in (folder / "charts").iterdir()}
    assert {
        f"forest-{look}{end}" for look in ("wide", "narrow") for end in (".svg", ".png", ".vl.json")
    } <= names
    assert main(["report", str(folder / "sample.yaml"), "-o", "other.html", "--charts", "charts"]) == 2
    assert "--charts: charts exists" in capsys.readouterr().err
    assert not (folder / "other.html").exists()


@pytest.mark.parametrize(("form", "begins"), [("md", "# What did"), ("tex", "%")])
def test_other_formats_have_names_of_their_own(folder: Path, form: str, begins: str) -> None:
    assert main(["report", str(written(folder, EXACT)), "--format", form]) == 0
    assert (folder / f"sample.{form}").read_text(encoding="utf-8").startswith(begins)


def test_the_scenario_stands_in_the_page_to_the_letter(folder: Path) -> None:
    file = written(folder, f"{EXACT}# <known by> 8 August 2026, holding 90 %\n")
    assert main(["report", str(file), "-o", "page.html"]) == 0
    page = (folder / "page.html").read_text(encoding="utf-8")
    held = page.partition('aria-label="The scenario"><code>')[2].partition("</code>")[0]
    assert html.unescape(held) == file.read_text(encoding="utf-8")


def test_a_saved_run_is_reported_as_it_was_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = saved(folder / "scenario", RANGES, seed=11, levels=[0.8])
    assert main(["report", str(run.directory), "-o", "page.html"]) == 0
    assert capsys.readouterr().err == "written to page.html\n"
    text = (folder / "page.html").read_text(encoding="utf-8")
    assert "The model puts 80 % on" in text
    assert "contested report out" in text
    assert 'class="warning"' not in text


def test_a_run_that_comes_out_otherwise_is_told_loudly(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = saved(folder / "scenario", RANGES)
    name = next(iter(run.saved.answers.estimates))
    directory = rewritten(run, lambda result: result["estimates"][name].update(median=1.0))
    assert main(["report", str(directory), "-o", "page.html"]) == 0
    said = capsys.readouterr().err
    assert "This is not what was saved in out: run again, 1 number is not what was saved" in said
    text = (folder / "page.html").read_text(encoding="utf-8")
    assert text.index('class="warning"') < text.index('id="answer-title"')


def test_months_are_reported_by_window_and_one_by_one(folder: Path) -> None:
    assert main(["report", str(written(with_table(folder), MONTHS)), "--charts", "charts"]) == 0
    text = (folder / "sample.html").read_text(encoding="utf-8")
    assert _sections(text)[:2] == ["answer", "months"]
    assert "Casualties per km², Q1 2025" in text
    pictures = re.findall(r'id="picture-([\w-]+)"', text)
    assert "track" in pictures
    assert {file.name for file in (folder / "charts").iterdir()} == {
        "SHA256SUMS",
        *(f"{name}-{look}{end}" for name in pictures for look in ("wide", "narrow")
          for end in (".svg", ".png", ".vl.json")),
    }  # fmt: skip


def test_a_saved_track_is_reported_over_its_window(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(with_table(folder), MONTHS)
    asked = ["--compare", "2025-03", "2025-02", "--out", "tracked"]
    assert main(["track", str(file), "--from", "2025-02", *asked]) == 0
    capsys.readouterr()
    assert main(["report", "tracked", "--format", "md"]) == 0
    assert capsys.readouterr().err == "written to sample.md\n"
    text = (folder / "sample.md").read_text(encoding="utf-8")
    assert "contested report tracked" in text and "not what was saved" not in text
    assert all(words in text for words in ("Feb–Mar 2025", "Mar 2025 over Feb 2025"))
    assert "Jan 2025" not in text.partition("## Every figure")[0]
    run = SavedRun.open("tracked")
    rewritten(run, lambda track: track["estimates"]["cost"]["periods"][0].update(median=1.0))
    assert main(["report", "tracked", "--format", "md", "--force"]) == 0
    warning = capsys.readouterr().err
    assert "This is not what was saved in tracked: run again, 1 number is not what was saved" in warning
    assert "“Casualties per km², Feb 2025”" in warning


def test_months_and_warnings_are_in_other_formats_too(folder: Path) -> None:
    assert main(["report", str(written(with_table(folder), MONTHS)), "--format", "md"]) == 0
    text = (folder / "sample.md").read_text(encoding="utf-8")
    assert "## By month" in text
    assert all(month in text for month in ("Jan 2025", "Feb 2025", "Mar 2025", "Q1 2025"))
    run = saved(folder / "scenario", RANGES)
    name = next(iter(run.saved.answers.estimates))
    directory = rewritten(run, lambda result: result["estimates"][name].update(median=1.0))
    assert main(["report", str(directory), "--format", "md", "-o", "again.md"]) == 0
    above = (folder / "again.md").read_text(encoding="utf-8").partition("## ")[0]
    assert "This is not what was saved in out" in above


def test_what_is_no_scenario_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "empty").mkdir()
    assert main(["report", "empty"]) == 2
    assert "is no saved run" in capsys.readouterr().err
    assert main(["report", "gone.yaml"]) == 2
    assert "gone.yaml" in capsys.readouterr().err
