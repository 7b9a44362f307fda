"""What is wrong with a series is said with its place and a remedy; nothing is repaired in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from contested.series.faults import SeriesError
from contested.series.reading import read_kind


def _rows(count: int = 40) -> list[str]:
    """Reports from 1 January 2025 under `date,day,personnel_cum`; line n of the file is report n - 1."""
    return [
        f"{date(2025, 1, 1) + timedelta(days=place)},{place},{1000 + 10 * place}" for place in range(count)
    ]


def _without(*places: int) -> Callable[[list[str]], list[str]]:
    return lambda rows: [row for place, row in enumerate(rows) if place not in places]


def _with(place: int, *replaced: str) -> Callable[[list[str]], list[str]]:
    return lambda rows: [*rows[:place], *replaced, *rows[place + 1 :]]


def _faults(tmp_path: Path, kind: str, lines: list[str]) -> list[str]:
    file = tmp_path / "daily.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(SeriesError) as caught:
        read_kind(kind, file)
    return [str(fault).removeprefix(f"{tmp_path}/") for fault in caught.value.faults]


COMPLETE = "complete the file, or ingest what stands before and after the gap as two files"
DIGITS = "write digits with a point for decimals, and leave the cell empty where nothing is known"
AT = "daily.csv:12:15: personnel_cum"
NEGATIVE = "must not be negative (got -1100); correct it, or leave the cell empty"
ISO = "write year, month and day as 2025-01-31"
COUNT_CANNOT = "which a cumulative count cannot; correct whichever row is wrong"


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (_without(10), f"{AT}: 2025-01-11 is missing before this row; {COMPLETE}"),
        (
            _without(10, 11, 12),
            f"{AT}: 3 days from 2025-01-11 are missing before this row; {COMPLETE}",
        ),
        (
            _with(10, "2025-01-11,10,"),  # an empty cell within the file is a gap
            f"daily.csv:13:15: personnel_cum: 2025-01-11 is missing before this row; {COMPLETE}",
        ),
        (
            _with(10, "2025-01-11,10,1089"),
            f"{AT}: falls from 1,090 on 2025-01-10 to 1,089, {COUNT_CANNOT}",
        ),
        (
            _with(10, "2025-01-11,10,1100", "2025-01-11,10,1100"),
            "daily.csv:13:1: date: 2025-01-11 stands twice (first on line 12); keep one row",
        ),
        (
            _with(10, "2025-01-11,10,1100", "2025-01-11,10,1105"),
            "daily.csv:13:1: date: two rows for 2025-01-11, and they differ ('personnel_cum' is 1105.0 here, "
            "1100.0 on line 12); keep the one that is meant",
        ),
        (
            _with(10, "2025-01-11,10,about 1100"),
            f"{AT}: must be a number (got 'about 1100'); {DIGITS}",
        ),
        (
            _with(10, '2025-01-11,10,"1,100"'),
            f"{AT}: must be a number (got '1,100'); {DIGITS}",
        ),
        (
            _with(10, "2025-01-11,10,-1100"),
            f"{AT}: {NEGATIVE}",
        ),
        (
            _with(10, "2025-01-11T00:00:00+02:00,10,1100"),
            "daily.csv:12:1: date: carries the time zone +02:00, and the day is another elsewhere "
            "(got '2025-01-11T00:00:00+02:00'); write the day alone, as 2025-01-31",
        ),
        (
            _with(10, "11.01.2025,10,1100"),
            f"daily.csv:12:1: date: is no ISO date (got '11.01.2025'); {ISO}",
        ),
        (
            _with(10, "2025-01-11,10"),
            "daily.csv:12:14: must have 3 cells, one for each column (got 2)",
        ),
    ],
    ids=["gap", "gap of days", "empty cell", "falls", "duplicate", "two rows a day", "text", "separators",
         "negative", "time zone", "other date", "short row"],
)  # fmt: skip
def test_each_fault_has_its_place_and_remedy(
    spoil: Callable[[list[str]], list[str]], expected: str, tmp_path: Path
) -> None:
    lines = ["date,day,personnel_cum", *spoil(_rows())]
    assert _faults(tmp_path, "general-staff", lines) == [expected]


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    rows = _rows()
    rows[3], rows[5], rows[20] = "2025-01-04,3,x", "2025-01-06,5,-1", "2025-01-21,20,900"
    del rows[30]
    found = _faults(tmp_path, "general-staff", ["date,day,personnel_cum", *rows])
    assert [line.split(":")[1] for line in found] == ["5", "7", "22", "32"]


def test_another_date_format_throughout_is_told_without_a_page_for_each_row(tmp_path: Path) -> None:
    rows = [f"{place % 28 + 1}/1/2025,{place},{1000 + place}" for place in range(400)]
    found = _faults(tmp_path, "general-staff", ["date,day,personnel_cum", *rows])
    assert len(found) == 21
    assert found[-1] == "daily.csv:22:1: and 380 faults more from here on"


@pytest.mark.parametrize(
    ("kind", "header", "missing"),
    [
        ("general-staff", "date,tank", "column is missing: 'personnel_cum'; the file has 'date', 'tank'; "
         "general-staff is read from date, personnel_cum, or from date, personnel"),
        ("deepstate", "day,area_km2", "column is missing: 'date'; "),
        ("isw-layers", "date,russian_claimed_km2", "column is missing: 'assessed_control_plus_advances_km2'"),
        ("mediazona", "week_start,BmzNow", "columns are missing: 'EDAssembled', 'EDAssembledLow', "),
        ("economist", "date,area_km2", "columns are missing: 'estimate', 'type', 'country'; "),
    ],
)  # fmt: skip
def test_a_missing_column_is_named_beside_what_is_there(
    kind: str, header: str, missing: str, tmp_path: Path
) -> None:
    (found,) = _faults(tmp_path, kind, [header, "2025-01-01,5"])
    assert found.startswith(f"daily.csv:1:1: the {missing}")
    assert f"{kind} is read from " in found


def test_rows_of_another_war_party_are_refused(tmp_path: Path) -> None:
    lines = ["date,estimate,type,country", "2025-01-01,5,deaths,russia", "2025-01-02,6,deaths,ukraine"]
    assert _faults(tmp_path, "economist", lines)[0] == (
        "daily.csv:3:21: country: must be 'russia' in every row (got 'ukraine'); take out the other rows"
    )


def test_a_map_missing_for_longer_than_a_week_where_a_month_begins(tmp_path: Path) -> None:
    rows = [f"{date(2025, 1, 1) + timedelta(days=place)},{100 + place}" for place in range(70)]
    lines = ["date,area_km2", *_without(*range(28, 35))(rows)]  # seven days around the first of February
    file = tmp_path / "daily.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    assert read_kind("deepstate", file).columns["deepstate"] == {date(2025, 1, 1): 31, date(2025, 2, 1): 28}
    lines = ["date,area_km2", *_without(*range(28, 36))(rows)]
    assert _faults(tmp_path, "deepstate", lines) == [
        "daily.csv:30:12: area_km2: 8 days from 2025-01-29 are missing before this row, "
        f"and 2025-02-01 is among them; {COMPLETE}"
    ]
    rows = ["1900-01-01,5", "2199-12-31,6"]  # a fault for the gap, not for each of its months
    assert len(_faults(tmp_path, "deepstate", ["date,area_km2", *rows])) == 1


def test_weeks_may_neither_be_missing_nor_overlap(tmp_path: Path) -> None:
    header = "week_start,EDAssembled,EDAssembledLow,EDAssembledHigh"
    mondays = [date(2025, 1, 27) + timedelta(days=7 * place) for place in range(8)]
    rows = [f"{day},70,60,80" for day in mondays]
    found = _faults(tmp_path, "mediazona", [header, *_without(3)(rows)])
    assert (
        found[0]
        == f"daily.csv:5:12: EDAssembled: 7 days from 2025-02-17 are missing before this row; {COMPLETE}"
    )
    found = _faults(tmp_path, "mediazona", [header, *_with(3, "2025-02-15,70,60,80")(rows)])
    overlap = "begins within the week of 2025-02-10; a row must hold seven days of its own"
    assert found[0] == f"daily.csv:5:12: EDAssembled: {overlap}"


def test_a_month_s_interval_must_hold_its_estimate(tmp_path: Path) -> None:
    header = "week_start,EDAssembled,EDAssembledLow,EDAssembledHigh"
    rows = [f"{date(2025, 1, 27) + timedelta(days=7 * place)},70,80,90" for place in range(5)]
    assert _faults(tmp_path, "mediazona", [header, *rows]) == [
        "daily.csv:1:1: dead: 2025-02: 320 to 360 does not hold the estimate 280; "
        "correct the rows of that month"
    ]


def test_a_month_missing_between_two_is_a_gap(tmp_path: Path) -> None:
    lines = ["month,casualties", "2025-01,5", "2025-03,6"]
    assert _faults(tmp_path, "economist", lines) == [
        f"daily.csv:3:9: casualties: 2025-02 is missing before this row; {COMPLETE}"
    ]


def test_a_file_without_a_whole_month_and_a_column_without_a_number(tmp_path: Path) -> None:
    assert _faults(tmp_path, "general-staff", ["date,day,personnel_cum", *_rows(20)]) == [
        "daily.csv:1:1: covers no month whole: it runs from 2025-01-01 to 2025-01-19; give it more rows"
    ]
    assert _faults(tmp_path, "general-staff", ["date,personnel_cum", "2025-01-01,"]) == [
        "daily.csv:1:1: no row holds a number under 'personnel_cum', which general_staff is made from"
    ]
