"""Days and weeks to months, by each source's conventions, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path

import pytest

from contested.cli import ingest as command
from contested.series.kinds import KINDS
from contested.series.reading import Reading, read_kind


def days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=place) for place in range((end - start).days + 1)]


def read(tmp_path: Path, kind: str, header: str, rows: Iterable[str]) -> Reading:
    file = tmp_path / "daily.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_kind(kind, file)


def found(reading: Reading) -> dict[str, dict[str, float]]:
    return {
        name: {f"{month:%Y-%m}": value for month, value in months.items()}
        for name, months in reading.columns.items()
    }


def said(reading: Reading) -> list[str]:
    """What was said beyond the first line, which names the file."""
    return list(reading.said[1:])


def _count(day: date) -> int:
    """A count that grows by its day of the month, every day: reported the morning after."""
    return sum(each.day for each in days("2024-12-01", str(day - timedelta(days=1))))


def test_the_command_offers_every_kind() -> None:
    assert tuple(KINDS) == command._KINDS


def test_a_report_covers_the_day_before_it(tmp_path: Path) -> None:
    rows = [f"{day},{_count(day)}" for day in days("2024-12-20", "2025-03-15")]
    reading = read(tmp_path, "general-staff", "date,personnel_cum", rows)
    assert found(reading) == {"general_staff": {"2025-01": 31 * 32 / 2, "2025-02": 28 * 29 / 2}}
    assert said(reading) == [
        "general_staff: 2 months, 2025-01 to 2025-02",
        "general_staff: left out, being covered in part: 2024-12, 2025-03 "
        "(the file covers 2024-12-20 to 2025-03-14)",
    ]


def test_a_month_is_whole_with_the_report_of_the_first_of_the_next(tmp_path: Path) -> None:
    rows = [f"{day},{_count(day)}" for day in days("2025-01-01", "2025-02-01")]
    reading = read(tmp_path, "general-staff", "date,personnel_cum", rows)
    assert found(reading) == {"general_staff": {"2025-01": 496}}
    assert said(reading) == ["general_staff: 1 month, 2025-01"]


@pytest.mark.parametrize(
    "shape",
    [
        lambda rows: rows[::-1],
        lambda rows: [*rows[20:], *rows[:20]],
        lambda rows: [row.replace("-", "", 2) for row in rows],
        lambda rows: [row.replace(",", "T09:30:00Z,") for row in rows],
        lambda rows: [*rows, "2025-02-03,"],
        lambda rows: [*rows, "2025-02-03,NA"],
    ],
    ids=[
        "newest first",
        "out of order",
        "basic dates",
        "UTC times",
        "an empty last row",
        "not available yet",
    ],
)
def test_what_is_unambiguous_is_read_rightly(shape: Callable[[list[str]], list[str]], tmp_path: Path) -> None:
    rows = [f"{day},{_count(day)}" for day in days("2025-01-01", "2025-02-02")]
    assert found(read(tmp_path, "general-staff", "date,personnel", shape(rows))) == {
        "general_staff": {"2025-01": 496}
    }


def test_a_year_is_the_sum_of_its_months_to_the_last_person(tmp_path: Path) -> None:
    counts = {
        day: 1000 + place * 3.37 + (place % 7) * 0.2
        for place, day in enumerate(days("2023-12-30", "2025-01-03"))
    }
    rows = [f"{day},{count:.3f},casualties,russia" for day, count in counts.items()]
    reading = read(tmp_path, "economist", "date,estimate,type,country", rows)
    months = reading.columns["economist"]
    assert len(months) == 12
    year = counts[date(2025, 1, 1)] - counts[date(2024, 1, 1)]
    assert sum(months.values()) == pytest.approx(year, abs=12 * 0.005)


def _level(day: date) -> float:
    return 100_000 + (day - date(2025, 1, 1)).days ** 2 / 10


def _maps(*missing: str, first: str = "2025-01-01", last: str = "2025-04-02") -> list[date]:
    return [day for day in days(first, last) if str(day) not in missing]


def test_an_area_runs_from_the_first_of_the_month_to_the_first_of_the_next(tmp_path: Path) -> None:
    rows = [f"{day},{_level(day)}" for day in _maps()]
    assert found(read(tmp_path, "deepstate", "date,area_km2", rows)) == {
        "deepstate": {"2025-01": 96.1, "2025-02": 252.0, "2025-03": 461.9}  # from 31², 59² and 90², tenths
    }
    again = read(tmp_path, "deepstate", "date,occupied_total_km2", rows)
    assert found(again)["deepstate"]["2025-03"] == 461.9


def test_an_area_may_shrink(tmp_path: Path) -> None:
    rows = [f"{day},{200_000 - _level(day)}" for day in _maps()]
    assert found(read(tmp_path, "deepstate", "date,area_km2", rows))["deepstate"]["2025-02"] == -252


def test_across_a_missing_map_deepstate_lies_on_the_line(tmp_path: Path) -> None:
    rows = [f"{day},{_level(day)}" for day in _maps("2025-01-20", "2025-02-01", "2025-02-02")]
    reading = read(tmp_path, "deepstate", "date,area_km2", rows)
    first = 90 + (108.9 - 90) / 3  # 30² and 33² in tenths, a third of the way
    assert found(reading)["deepstate"]["2025-01"] == pytest.approx(first, abs=0.005)
    assert found(reading)["deepstate"]["2025-02"] == pytest.approx(348.1 - first, abs=0.005)
    assert said(reading)[-1] == (
        "deepstate: nothing is stated for 2025-02-01: on the line from 2025-01-31 to 2025-02-03"
    )


ISW = "date,assessed_control_plus_advances_km2,russian_claimed_km2"


def test_across_a_missing_map_isw_is_carried_forward(tmp_path: Path) -> None:
    rows = [f"{day},{_level(day)},{50 + day.month}" for day in _maps("2025-02-01", "2025-02-02")]
    reading = read(tmp_path, "isw-layers", ISW, rows)
    assert found(reading) == {
        "isw": {"2025-01": 90, "2025-02": 258.1, "2025-03": 461.9},
        "isw_with_claimed": {"2025-01": 90, "2025-02": 260.1, "2025-03": 462.9},
    }
    assert "isw, isw_with_claimed: nothing is stated for 2025-02-01: carried forward from 2025-01-31" in said(
        reading
    )


def test_a_day_counts_only_with_all_that_is_added(tmp_path: Path) -> None:
    rows = [f"{day},{_level(day)},{'' if str(day) == '2025-02-01' else 50}" for day in _maps()]
    reading = read(tmp_path, "isw-layers", ISW, rows)
    assert found(reading)["isw"]["2025-01"] == 96.1
    assert found(reading)["isw_with_claimed"]["2025-01"] == 90


def test_a_layer_is_nothing_before_it_is_drawn_and_stays_when_it_is_not(tmp_path: Path) -> None:
    kursk = {day: 40 + day.day for day in days("2025-02-10", "2025-03-05")}
    rows = [f"{day},{_level(day)},50,{kursk.get(day, '')}" for day in _maps(last="2025-05-01")]
    reading = read(tmp_path, "isw-layers", f"{ISW},kursk_russian_advances_km2", rows)
    assert found(reading)["isw_kursk"] == {"2025-01": 0, "2025-02": 41, "2025-03": 4, "2025-04": 0}


def test_a_layer_that_was_never_drawn_makes_no_column(tmp_path: Path) -> None:
    rows = [f"{day},{_level(day)},50," for day in _maps()]
    reading = read(tmp_path, "isw-layers", f"{ISW},kursk_russian_advances_km2", rows)
    assert list(reading.columns) == ["isw", "isw_with_claimed"]


WEEK = "week_start,EDAssembled,EDAssembledLow,EDAssembledHigh"


def _mondays(first: str, last: str) -> list[date]:
    return days(first, last)[::7]


def test_weeks_are_spread_evenly_over_their_days(tmp_path: Path) -> None:
    rows = [f"{day},{70 * (place + 1)},{35 * (place + 1)},{105 * (place + 1)}"
            for place, day in enumerate(_mondays("2025-01-27", "2025-02-24"))]  # fmt: skip
    reading = read(tmp_path, "mediazona", WEEK, rows)
    # Two days of the first week, three whole ones, and five days of the last.
    dead = 2 * 10 + 7 * (20 + 30 + 40) + 5 * 50
    assert found(reading) == {
        "dead": {"2025-02": dead},
        "dead_low": {"2025-02": dead / 2},
        "dead_high": {"2025-02": dead * 1.5},
    }
    assert said(reading)[0] == "dead, dead_low, dead_high: 1 month, 2025-02"


def test_weeks_by_iso_year_and_number(tmp_path: Path) -> None:
    rows = [
        f"{year},{week},70,70,70"
        for year, week in ((2024, 52), (2025, 1), (2025, 2), (2025, 3), (2025, 4), (2025, 5))
    ]
    header = "Year,Week,EDAssembled,EDAssembledLow,EDAssembledHigh"
    reading = read(tmp_path, "mediazona", header, rows)
    assert found(reading)["dead"] == {"2025-01": 310}
    assert reading.said[0].endswith("6 rows, 2024-12-23 to 2025-01-27")


def test_a_week_s_interval_stated_the_wrong_way_round_is_said(tmp_path: Path) -> None:
    rows = [f"{day},70,{90 if place == 2 else 60},{50 if place == 2 else 80}"
            for place, day in enumerate(_mondays("2025-01-27", "2025-02-24"))]  # fmt: skip
    reading = read(tmp_path, "mediazona", WEEK, rows)
    assert (
        said(reading)[-1] == "dead: the row of 2025-02-10 states 90 as low and 50 as high; summed as stated"
    )
    assert found(reading)["dead_low"] == {"2025-02": 3 * 60 + 90}


def test_the_economist_s_files_are_told_apart_by_what_they_say(tmp_path: Path) -> None:
    for what, name in (("casualties", "economist"), ("deaths", "economist_dead")):
        rows = [f"{day},{_count(day)},{what},russia" for day in days("2025-01-01", "2025-02-01")]
        assert found(read(tmp_path, "economist", "date,estimate,type,country", rows)) == {
            name: {"2025-01": 496}
        }
    months = ["2025-01,500", "2025-02,400.5"]
    assert found(read(tmp_path, "economist", "month,casualties", months)) == {
        "uk_mod": {"2025-01": 500, "2025-02": 400.5}
    }
