"""Tables of dated series: what is read, and what is refused, where."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contested.series.faults import SeriesError
from contested.series.sources import MOST_SOURCES, read_sources

TABLE = "month,a,b\n2025-01,10,1.5\n2025-02,,NA\n2025-03,30,-2\n"


def read(folder: Path, text: str, *only: str):
    file = folder / "series.csv"
    file.write_bytes(text.encode())
    return read_sources(file, only)


def faults(folder: Path, text: str, *only: str) -> list[str]:
    with pytest.raises(SeriesError) as caught:
        read(folder, text, *only)
    return [str(fault).removeprefix(f"{folder}/") for fault in caught.value.faults]


def test_months_and_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, TABLE)
    assert found.months == (date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1))
    assert found.columns == {"a": (10, None, 30), "b": (1.5, None, -2)}


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + TABLE,
        TABLE.replace("\n", "\r\n"),
        TABLE.replace("\n", "\r"),
        TABLE.replace(",", " , "),
        "month,a,b\n2025-03,30,-2\n2025-02,,\n2025-01,10,1.5",
        "a,date,b\n10,2025-01-31,1.5\n,2025-02-01,\n30,20250315,-2\n",
    ],
    ids=["byte-order mark", "CRLF", "CR", "blanks", "backwards", "dates, not first"],
)
def test_the_same_table_however_it_is_saved(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == read(tmp_path, TABLE)


def test_ends_of_an_interval_are_no_sources(tmp_path: Path) -> None:
    text = "month,dead,dead_low,dead_high,low\n2025-01,3,2,4,1\n"
    found = read(tmp_path, text)
    assert list(found.columns) == ["dead", "low"]
    assert found.ends == {"dead_low": "dead", "dead_high": "dead"}
    assert list(read(tmp_path, text, "dead_low", "dead").columns) == ["dead", "dead_low"]


@pytest.mark.parametrize(
    "text, fault",
    [
        (
            "day,a,b\n2025-01-01,1,2\n",
            "series.csv:1:1: must have one column 'month' (2025-01) or 'date' (2025-01-31) (got none); "
            "name it so in the first line",
        ),
        (
            "month,date,a,b\n2025-01,2025-01-01,1,2\n",
            "series.csv:1:1: must have one column 'month' (2025-01) or 'date' (2025-01-31) "
            "(got 'month' and 'date'); name it so in the first line",
        ),
        (
            "date,a,b\n2025-01-01,1,2\n2025-01-31,1,2\n",
            "series.csv:3:1: date: two rows for 2025-01 (first on line 2); give one row a month",
        ),
        (
            "month,a,b\n2025-01,1,about 3\n",
            "series.csv:2:11: b: must be a number (got 'about 3'); ",
        ),
        (
            "month,a,b\n01/2025,1,2\n",
            "series.csv:2:1: month: is no month (got '01/2025'); write it as 2025-01",
        ),
        (
            "date,a,b\n31.01.2025,1,2\n",
            "series.csv:2:1: date: is no ISO date (got '31.01.2025'); ",
        ),
        (
            "month,a\n2025-01,1\n",
            f"series.csv:1:1: must compare 2 to {MOST_SOURCES} sources (got 1); give each a column, "
            "and choose among many with --only",
        ),
        ("month,a,\n2025-01,1,2\n", "series.csv:1:1: every column must have a name; name it, or take it out"),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, fault: str) -> None:
    found = faults(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    assert faults(tmp_path, TABLE, "a", "c") == [
        "series.csv:1:1: the column is missing: 'c'; the file has 'month', 'a', 'b'; "
        "name sources as the first line does"
    ]


def test_all_faults_at_once(tmp_path: Path) -> None:
    assert len(faults(tmp_path, "month,a,b\n2025-13,1,2\n2025-02,x,2\n2025-02,1,y\n")) == 4
