"""`contested compare` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contested.cli import main
from contested.report.manifest import is_saved_run
from sample_scenarios import BOUNDS, EXACT, RANGES, VANISHING, written


def test_the_page_answers_whether_it_matters_whom_one_believes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["compare", str(written(tmp_path, EXACT))]) == 0
    page, errors = capsys.readouterr()
    assert errors == ""
    assert page.startswith("What did a square kilometre cost?\nsample, as of 22 August 2026\n")
    # 160,600 and its half over 600 mi²: 103 by Kyiv's count, 52 by the skeptics'; 3 to 1 for Kyiv
    for words in ("lines, the default", "Kyiv", "without Kyiv", "every weighting there is", "52 to 100",
                  "one choice for each figure", "At least 99"):  # fmt: skip
        assert words in page, words
    assert all(len(line) <= 100 for line in page.splitlines())
    # P(at least 99) is Kyiv's share of weight: 75 %, a half at 50 %
    rows = [line.split() for line in page.splitlines() if line.startswith("  weight of “Kyiv”")]
    assert rows == [["weight", "of", "“Kyiv”", "50", "%", "75", "%"]]


@pytest.mark.parametrize("text", [VANISHING, BOUNDS, RANGES])
@pytest.mark.parametrize("width", ["40", "80", "100", "200"])
def test_every_kind_of_answer_is_compared_at_every_width(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    assert main(["compare", str(written(tmp_path, text)), "--contaminate", "0.1"]) == 0
    page = capsys.readouterr().out
    assert all(len(line) <= max(int(width), 40) for line in page.splitlines())


def test_json_is_one_object_of_finite_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, RANGES)
    assert main(["compare", str(file), "--json", "--at", "0.25", "--within", "0.1"]) == 0
    first = capsys.readouterr().out
    assert {"weightings", "sets", "break_even", "tipping", "drivers"} <= json.loads(first).keys()
    assert main(["compare", str(file), "--json", "--at", "0.25", "--within", "0.1"]) == 0
    assert capsys.readouterr().out == first


def test_a_comparison_is_saved_with_all_that_it_was_made_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = written(tmp_path, EXACT), tmp_path / "out"
    assert main(["compare", str(file), "--out", str(out)]) == 0
    assert capsys.readouterr().err == f"saved in {out}\n"
    assert is_saved_run(out)
    assert {path.name for path in out.iterdir()} == {
        "SHA256SUMS", "comparison.json", "answers.csv", "sets.csv", "break_even.csv", "segments.csv",
        "tipping.csv", "drivers.csv", "learning.csv", "register.yaml", "sample.yaml",
    }  # fmt: skip
    assert main(["compare", str(out / "sample.yaml"), "--json"]) == 0
    assert capsys.readouterr().out == (out / "comparison.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--weightings", "liens"], "Error: unknown weighting 'liens'; did you mean 'lines'?\n"),
        (["--estimate", "per_km"], "Error: unknown estimate 'per_km'; did you mean 'per_km2'?\n"),
        (["--within", "2"], "Error: within must lie between 0 and 1 (got 2.0)\n"),
        (["--at", "1"], "Error: a probability to cross must lie strictly between 0 and 1 (got 1.0)\n"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    assert main(["compare", str(written(tmp_path, EXACT)), *options]) == 2
    out, errors = capsys.readouterr()
    assert (out, errors) == ("", message)
