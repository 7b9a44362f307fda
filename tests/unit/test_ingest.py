"""The command: months to standard output or a file, merged with what is there, and nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from contested.cli import main
from contested.errors import ContestedError
from contested.series import saving
from contested.series.faults import SeriesError
from contested.series.ingest import ingest
from contested.series.monthly_table import MonthlyTable, merged, read_monthly

JANUARY, FEBRUARY, MARCH = (date(2025, month, 1) for month in (1, 2, 3))
MONTHS = "month,casualties\n2025-01,500\n2025-02,400.5\n"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = Path("uk.csv")
    file.write_text(MONTHS, encoding="utf-8")
    return file


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["ingest", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_months_go_to_standard_output_and_what_was_read_beside_it(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(capsys, "economist", "uk.csv") == (
        0,
        "month,uk_mod\n2025-01,500\n2025-02,400.5\n",
        "uk.csv: 2 rows, 2025-01-01 to 2025-02-01\nuk_mod: 2 months, 2025-01 to 2025-02\n",
    )


def test_a_table_is_written_whole_in_utf_8_with_line_feeds(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _run(capsys, "economist", "uk.csv", "-o", "monthly.csv", "--from", "2025-02")
    assert (status, out) == (0, "")
    assert err.splitlines()[-1] == "wrote monthly.csv: 1 month, columns uk_mod"
    assert Path("monthly.csv").read_bytes() == b"month,uk_mod\n2025-02,400.5\n"
    assert sorted(path.name for path in Path().iterdir()) == ["monthly.csv", "uk.csv"]


def test_a_table_of_months_gets_newer_figures_and_loses_nothing(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("monthly.csv").write_bytes(
        b"\xef\xbb\xbfmonth,mine,uk_mod\r\n2025-03,3,44\r\n2024-12,,\r\n2025-02,2.125,390\r\n"
    )
    Path("monthly.csv").chmod(0o640)
    status, _, err = _run(capsys, "economist", "uk.csv", "-o", "monthly.csv")
    assert status == 0
    assert "uk_mod: 1 month changed: 2025-02 390 -> 400.5 (+10.5)" in err.splitlines()
    assert Path("monthly.csv").read_bytes() == (
        b"month,mine,uk_mod\n2024-12,,\n2025-01,,500\n2025-02,2.125,400.5\n2025-03,3,44\n"
    )
    assert Path("monthly.csv").stat().st_mode & 0o777 == 0o640
    assert "changed" not in _run(capsys, "economist", "uk.csv", "-o", "monthly.csv")[2]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("date,a\n2025-01-01,5\n", "monthly.csv:1:1: is no table of months"),
        ("month,a\n2025-01,five\n", "monthly.csv:2:9: a: must be a number"),
        ("month,a\n2025-01,5\n2025-01,6\n", "monthly.csv:3:1: month: 2025-01 stands twice (first on line 2)"),
        ("month,a\nJan 2025,5\n", "monthly.csv:2:1: month: is no month"),
        ("", "monthly.csv:1:1: is empty"),
    ],
)
def test_any_other_file_is_only_replaced_by_force(
    content: str, reason: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("monthly.csv").write_text(content, encoding="utf-8")
    status, out, err = _run(capsys, "economist", "uk.csv", "-o", "monthly.csv")
    assert (status, out) == (2, "")
    assert err.startswith(
        f"Error: --out: monthly.csv exists and is no table of months that could be added to ({reason}"
    )
    assert "replace it with --force" in err
    assert Path("monthly.csv").read_text(encoding="utf-8") == content
    assert _run(capsys, "economist", "uk.csv", "-o", "monthly.csv", "--force")[0] == 0
    assert Path("monthly.csv").read_text(encoding="utf-8") == "month,uk_mod\n2025-01,500\n2025-02,400.5\n"


def test_force_gives_up_what_was_there(file: Path) -> None:
    Path("monthly.csv").write_text("month,mine\n2024-01,5\n", encoding="utf-8")
    ingest("economist", file, Path("monthly.csv"), force=True)
    assert Path("monthly.csv").read_text(encoding="utf-8") == "month,uk_mod\n2025-01,500\n2025-02,400.5\n"


@pytest.mark.parametrize("force", [False, True])
def test_the_file_that_is_read_is_never_written(force: bool, file: Path) -> None:
    Path("link.csv").symlink_to(file)
    for out in (file, Path("link.csv")):
        with pytest.raises(ContestedError, match="is the file that is read; choose another name"):
            ingest("economist", file, out, force=force)
    assert file.read_text(encoding="utf-8") == MONTHS


def test_places_that_cannot_be_written(file: Path) -> None:
    Path("folder").mkdir()
    for out, reason in (
        ("folder", "folder exists and is no file; choose another name"),
        ("none/monthly.csv", "the folder none does not exist; make it first"),
    ):
        with pytest.raises(ContestedError) as caught:
            ingest("economist", file, Path(out), force=True)
        assert str(caught.value) == f"--out: {reason}"
    with pytest.raises(ContestedError, match=r"uk\.csv covers none of the months asked for"):
        ingest("economist", file, first=MARCH)


def test_a_failure_while_writing_leaves_all_as_it_was(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("monthly.csv").write_text("month,mine\n2024-01,5\n", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(saving.os, "fsync", full)
    with pytest.raises(ContestedError, match=r"monthly\.csv cannot be written: No space left on device"):
        ingest("economist", file, Path("monthly.csv"))
    assert Path("monthly.csv").read_text(encoding="utf-8") == "month,mine\n2024-01,5\n"
    assert sorted(os.listdir()) == ["monthly.csv", "uk.csv"]  # noqa: PTH208


def test_a_link_to_a_table_stays_a_link(file: Path) -> None:
    Path("real.csv").write_text("month,mine\n2024-01,5\n", encoding="utf-8")
    Path("monthly.csv").symlink_to("real.csv")
    ingest("economist", file, Path("monthly.csv"))
    assert Path("monthly.csv").is_symlink()
    assert Path("real.csv").read_text(encoding="utf-8").startswith("month,mine,uk_mod\n2024-01,5,\n")


def test_options_that_do_not_fit(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(capsys, "economist", "uk.csv", "--force")[0] == 2
    status, _, err = _run(capsys, "economist", "uk.csv", "--from", "January")
    assert status == 2
    assert "is no month (got 'January'); write it as 2025-01" in err
    assert _run(capsys, "oryx", "uk.csv")[0] == 2
    status, _, err = _run(capsys, "economist", "none.csv")
    assert (status, err) == (2, "none.csv:1:1: no such file\n")


def test_many_changes_are_counted_and_some_are_shown() -> None:
    old = MonthlyTable.of({"a": {date(2024, month, 1): 1.0 for month in range(1, 13)}})
    new = {"a": {date(2024, month, 1): 2.0 for month in range(2, 13)}, "b": {JANUARY: 1.0}}
    table, changes = merged(old, new)
    assert len(changes) == 11
    assert str(changes[0]) == "2024-02 1 -> 2 (+1)"
    assert table.columns["a"][date(2024, 1, 1)] == 1
    assert table.months[-1] == JANUARY


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    columns = {"a": {JANUARY: 1.25, MARCH: -120.0}, "b": {FEBRUARY: 418170.0}}
    table = MonthlyTable.of(columns)
    file = tmp_path / "monthly.csv"
    file.write_text(table.text(), encoding="utf-8")
    again = read_monthly(file)
    assert (again.columns, again.months) == (columns, (JANUARY, FEBRUARY, MARCH))
    assert [again.rows[month].line for month in again.months] == [2, 3, 4]
    assert table.text() == "month,a,b\n2025-01,1.25,\n2025-02,,418170\n2025-03,-120,\n"


def test_a_table_without_names_for_its_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "monthly.csv"
    file.write_text("month,\n2025-01,5\n", encoding="utf-8")
    with pytest.raises(SeriesError, match="every column must have a name"):
        read_monthly(file)


def test_nothing_heavy_is_imported(file: Path) -> None:
    code = (
        "import sys; from contested.cli import main; main(['ingest', 'economist', 'uk.csv']); "
        "print(sorted({'numpy', 'scipy', 'pandas', 'pydantic', 'yaml'} & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"
