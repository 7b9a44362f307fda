"""A CSV file to rows that know their place, and cells to days and numbers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from contested.series import table as table_module
from contested.series.cells import parse_day, parse_month, parse_number, parse_week
from contested.series.faults import Faults, SeriesError
from contested.series.table import Table, read_table

JSON = "is JSON; save it as CSV, a row for each day under a line of column names"


def _read(tmp_path: Path, content: bytes) -> Table:
    file = tmp_path / "daily.csv"
    file.write_bytes(content)
    return read_table(file, "daily.csv")


def _faults(tmp_path: Path, content: bytes) -> list[str]:
    with pytest.raises(SeriesError) as caught:
        _read(tmp_path, content)
    return list(map(str, caught.value.faults))


@pytest.mark.parametrize(
    "content",
    [
        b"date,count\n2025-01-01,5\n2025-01-02,7\n",
        b"date,count\r\n2025-01-01,5\r\n2025-01-02,7\r\n",
        b"date,count\r2025-01-01,5\r2025-01-02,7\r",
        b"\xef\xbb\xbfdate,count\r\n2025-01-01,5\r\n2025-01-02,7",
        b'"date","count"\n"2025-01-01", "5"\n"2025-01-02", 7 \n',
        b"\ndate , count\n2025-01-01, 5\n\n  \n2025-01-02,7\n\n",
    ],
    ids=["plain", "crlf", "cr", "byte-order mark", "quoted", "blank lines"],
)
def test_line_ends_marks_and_quotes_change_nothing(tmp_path: Path, content: bytes) -> None:
    table = _read(tmp_path, content)
    assert table.columns == ("date", "count")
    assert [row.cells for row in table.rows] == [("2025-01-01", "5"), ("2025-01-02", "7")]


def test_a_cell_knows_its_place(tmp_path: Path) -> None:
    table = _read(tmp_path, b'date,note,count\n2025-01-01,"a, ""b"", c",5\n\n2025-01-02,,7\n')
    assert table.rows[0].cells == ("2025-01-01", 'a, "b", c', "5")
    faults = Faults("daily.csv")
    for row in table.rows:
        table.add_fault(faults, row, "count", "wrong")
    assert [str(fault) for fault in faults.found] == [
        "daily.csv:2:26: count: wrong",
        "daily.csv:4:13: count: wrong",
    ]
    assert table.rows[0].text[25] == "5"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "daily.csv:1:1: is empty; the first line must name the columns"),
        (b"\n \n", "daily.csv:1:1: is empty; the first line must name the columns"),
        (b"date,count\n", "daily.csv:1:1: no row stands under the names of the columns"),
        (b"a,b,a\n1,2,3\n", "daily.csv:1:5: column 'a' stands twice; keep one"),
        (b"a;b\n1;2\n", "daily.csv:1:2: cells are separated by ';'; save the file with commas between them"),
        (b"a\tb\n", "daily.csv:1:2: cells are separated by tabs; save the file with commas between them"),
        (b"a,b\n1,2,3\n", "daily.csv:2:5: must have 2 cells, one for each column (got 3)"),
        (b"a,b\n1\n", "daily.csv:2:2: must have 2 cells, one for each column (got 1)"),
        (b'a,b\n1,"2\n3",4\n', "daily.csv:2:3: a quotation mark is not closed; a cell keeps to one line"),
        (b'a,b\n1,"2"3"4"\n', "daily.csv:2:3: quotation marks stand inside a cell; double them"),
        (b"a,b\n1,\xff\n", "daily.csv:2:3: is not UTF-8 text (byte 0xff); save it as UTF-8"),
        ("a,b\n1,2\n".encode("utf-16"), "daily.csv:1:1: is not UTF-8 text (byte 0xff); save it as UTF-8"),
        (b"a,b\n1,\x00\n", "daily.csv:2:3: control character U+0000 is not allowed; remove it"),
        (b'[{"date": "2025-01-01"}]', f"daily.csv:1:1: {JSON}"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_where_it_fails(tmp_path: Path, content: bytes, expected: str) -> None:
    assert expected in _faults(tmp_path, content)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, expected in ((tmp_path / "none.csv", "no such file"), (tmp_path, "is a folder, not a file")):
        with pytest.raises(SeriesError) as caught:
            read_table(path)
        assert str(caught.value) == f"{path}:1:1: {expected}"


def test_a_file_over_a_sane_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = b"2025-01-01,5\n"
    assert len(row) * 36525 < table_module.MAX_BYTES / 4  # a century of days
    monkeypatch.setattr(table_module, "MAX_BYTES", 100)
    found = _faults(tmp_path, b"date,count\n" + row * 8)
    assert found == [
        "daily.csv:1:1: is larger than 16 MiB, which no series by day is; cut it to its own rows"
    ]
    monkeypatch.setattr(table_module, "MAX_BYTES", 200)
    assert len(_read(tmp_path, b"date,count\n" + row * 8).rows) == 8


def test_of_many_faults_the_first_are_shown(tmp_path: Path) -> None:
    found = _faults(tmp_path, b"a,b\n" + b"1\n" * 1500)
    assert len(found) == 21
    assert found[-1] == "daily.csv:22:2: and 1,480 faults more from here on"


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-31",
        "20250131",
        "2025-01-31T00:00:00",
        "2025-01-31 21:18",
        "2025-01-31T21:18:01.5",
        "2025-01-31T21:18:01Z",
        "2025-01-31T21:18:01+00:00",
    ],
)
def test_a_day_in_iso_s_forms(text: str) -> None:
    assert parse_day(text) == date(2025, 1, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-31T00:00:00+02:00", "carries the time zone +02:00, and the day is another elsewhere"),
        ("2025-01-31T21:00-0500", "carries the time zone -0500"),
        ("31/01/2025", "is no ISO date (got '31/01/2025'); write year, month and day as 2025-01-31"),
        ("01/02/2025", "is no ISO date"),
        ("31.1.2025", "is no ISO date"),
        ("2025/01/31", "is no ISO date"),
        ("2025-1-31", "is no ISO date"),
        ("2025-0131", "is no ISO date"),
        ("Jan 31, 2025", "is no ISO date"),
        ("45688", "is no ISO date"),
        ("2025-01", "is no ISO date"),
        ("", "is no ISO date"),
        ("٢٠٢٥-٠١-٣١", "is no ISO date"),
        ("2025-02-29", "is no day of the calendar (got '2025-02-29')"),
        ("2025-13-01", "is no day of the calendar"),
        ("0025-01-31", "lies outside 1900 to 2199 (got '0025-01-31')"),
    ],
)
def test_any_other_date_is_refused_with_the_remedy(text: str, expected: str) -> None:
    with pytest.raises(ValueError) as caught:
        parse_day(text)
    assert expected in str(caught.value)


def test_weeks_and_months() -> None:
    assert parse_week("2025", "1") == date(2024, 12, 30)
    assert parse_week("2020", "53") == date(2020, 12, 28)
    assert parse_month("2025-02") == date(2025, 2, 1)
    for year, week in (("2025", "53"), ("2025", "0"), ("25", "1"), ("2025", "one"), ("2025", "")):
        with pytest.raises(ValueError, match="ISO"):
            parse_week(year, week)
    for text in ("2025", "2025-1", "2025-13", "February 2025", "2025-02-01", ""):
        with pytest.raises(ValueError):
            parse_month(text)


def test_numbers_are_plain() -> None:
    assert [parse_number(text) for text in ("5", "-5.50", ".5", "1e3", "+2.")] == [5, -5.5, 0.5, 1000, 2]
    assert parse_number("") is None
    assert parse_number("NA") is None
    for text in ("1,234", "1 234", "12km", "about 5", "nan", "inf", "1e999", "0x10", "1_000", "-", "٥", "=5"):
        with pytest.raises(ValueError, match="must be a number"):
            parse_number(text)
