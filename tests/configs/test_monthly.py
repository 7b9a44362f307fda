"""The shipped table of months, and the series it was made from where they stand beside the checkout.

The daily files are their publishers' and are not shipped: without them the shipped table alone is tested.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from contested.series.cells import parse_day
from contested.series.dated import entries
from contested.series.faults import Faults
from contested.series.ingest import ingest
from contested.series.monthly_table import MonthlyTable, read_monthly
from contested.series.months import following, months_between
from contested.series.reading import read_kind
from contested.series.table import read_table

ROOT = Path(__file__).parents[2]
MONTHLY = ROOT / "configs" / "data" / "monthly.csv"
DAILY = ROOT.parent / "shared" / "data"
needs_daily = pytest.mark.skipif(
    not DAILY.is_dir(), reason="the series by day are not part of a clone; the shipped table is tested"
)

# In the order in which they are ingested: DeepState's second archive takes the place of the first.
FILES = (
    ("general-staff", "ua_general_staff/personnel_daily.csv"),
    ("economist", "economist_tracker/uk_mod_monthly.csv"),
    ("economist", "economist_tracker/meta_estimate_casualties.csv"),
    ("mediazona", "mediazona_meduza/meduza_2026_weekly.csv"),
    ("isw-layers", "isw_layers/isw_layer_area_daily.csv"),
    ("deepstate", "deepstate/deepstate_categories_daily.csv"),
    ("deepstate", "deepstate/deepstate_area_daily.csv"),
)


@pytest.fixture(scope="module")
def table() -> MonthlyTable:
    return read_monthly(MONTHLY)


def _sum(columns: Mapping[str, Mapping[date, float]], name: str, first: str, last: str) -> float:
    months = months_between(date.fromisoformat(f"{first}-01"), date.fromisoformat(f"{last}-01"))
    return sum(columns[name][month] for month in months)


def test_it_covers_october_2023_to_january_2026_without_a_gap(table: MonthlyTable) -> None:
    assert (table.months[0], table.months[-1], len(table.months)) == (date(2023, 10, 1), date(2026, 1, 1), 28)
    assert list(table.columns) == [
        "general_staff", "uk_mod", "economist", "dead", "dead_low", "dead_high",
        "isw", "isw_with_claimed", "isw_kursk", "deepstate",
    ]  # fmt: skip
    for name, figures in table.columns.items():
        assert all(after == following(before) for before, after in pairwise(figures)), name
        assert set(months_between(date(2024, 1, 1), date(2025, 12, 1))) <= set(figures), name
    for month, dead in table.columns["dead"].items():
        assert table.columns["dead_low"][month] < dead < table.columns["dead_high"][month]


# As published by the sources or computed from their daily series; the shipped months must sum to them.
@pytest.mark.parametrize(
    ("column", "first", "last", "total", "tolerance"),
    [
        ("general_staff", "2024-01", "2024-12", 430790, 0),
        ("general_staff", "2024-09", "2024-12", 174500, 0),
        ("general_staff", "2025-01", "2025-04", 162390, 0),
        ("general_staff", "2025-01", "2025-12", 418170, 0),
        ("general_staff", "2025-02", "2025-02", 36570, 0),
        ("uk_mod", "2025-02", "2025-02", 35140, 0),
        ("economist", "2024-01", "2024-12", 411598, 1),
        ("economist", "2025-01", "2025-12", 446768, 1),
        ("dead", "2024-01", "2024-12", 129278, 1),
        ("dead_low", "2024-01", "2024-12", 115454, 1),
        ("dead_high", "2024-01", "2024-12", 143101, 1),
        ("dead", "2025-01", "2025-12", 148069, 1),  # to 28 December, where the edition ends
        ("dead_low", "2025-01", "2025-12", 123237, 1),
        ("dead_high", "2025-01", "2025-12", 172900, 1),
        ("isw", "2024-01", "2024-12", 3604, 1),
        ("isw", "2025-01", "2025-12", 4831, 1),
        ("isw_with_claimed", "2024-01", "2024-12", 3993, 1),
        ("isw_with_claimed", "2025-01", "2025-12", 5586, 1),
        ("isw_kursk", "2024-09", "2024-12", 585, 1),
        ("deepstate", "2025-01", "2025-12", 4340, 1),
        # What DeepState published itself, to within its rounding of days.
        ("deepstate", "2025-01", "2025-12", 4336, 5),
        ("deepstate", "2025-01", "2025-01", 325, 1),
        ("deepstate", "2025-03", "2025-03", 133, 4),
        ("deepstate", "2025-09", "2025-09", 259, 6),
        ("deepstate", "2024-08", "2024-08", 363, 1),
        ("deepstate", "2024-11", "2024-11", 730, 5),
        ("deepstate", "2024-03", "2024-03", 39, 6),
    ],
)
def test_months_sum_to_what_is_published(
    column: str, first: str, last: str, total: float, tolerance: float, *, table: MonthlyTable
) -> None:
    assert _sum(table.columns, column, first, last) == pytest.approx(total, abs=tolerance)


def test_the_example_of_daily_reports_gives_the_shipped_month(table: MonthlyTable) -> None:
    january = date(2026, 1, 1)
    reading = read_kind("general-staff", MONTHLY.parent / "general-staff-2026-01.csv")
    assert reading.columns["general_staff"] == {january: table.columns["general_staff"][january]}


@needs_daily
def test_the_shipped_table_is_what_the_daily_files_give(table: MonthlyTable, tmp_path: Path) -> None:
    """To the last digit, but for a month of deaths that is kept although its last days are not covered."""
    out = tmp_path / "monthly.csv"
    for kind, name in FILES:
        ingest(kind, DAILY / name, out, first=table.months[0], last=table.months[-1])
    again = read_monthly(out)
    december = date(2025, 12, 1)
    for name, figures in table.columns.items():
        kept = {december: figures[december]} if name.startswith("dead") else {}
        assert figures == {**again.columns[name], **kept}


@needs_daily
def test_the_daily_files_change_nothing_of_the_shipped_table(tmp_path: Path) -> None:
    out = tmp_path / "monthly.csv"
    shutil.copy(MONTHLY, out)
    for kind, name in FILES:
        ingest(kind, DAILY / name, out, first=date(2023, 10, 1), last=date(2026, 1, 1))
    assert out.read_bytes() == MONTHLY.read_bytes()


@needs_daily
def test_the_months_of_a_year_are_its_reports_to_the_last_person() -> None:
    """Of every year in the file, against the reports of its first day and the next year's."""
    file = DAILY / "ua_general_staff" / "personnel_daily.csv"
    levels = _levels(file, "personnel_cum")
    months = read_kind("general-staff", file).columns
    for year in (2023, 2024, 2025):
        total = levels[date(year + 1, 1, 1)] - levels[date(year, 1, 1)]
        assert _sum(months, "general_staff", f"{year}-01", f"{year}-12") == total


@needs_daily
def test_isw_s_published_gain_of_march_to_august_2025() -> None:
    """2,346 km² from 1 March to 30 August 2025: from the map of the first day to the day after the last."""
    levels = _levels(DAILY / "isw_layers" / "isw_layer_area_daily.csv", "assessed_control_plus_advances_km2")
    assert levels[date(2025, 8, 31)] - levels[date(2025, 3, 1)] == pytest.approx(2346, abs=0.5)


@needs_daily
def test_deepstate_s_published_month_in_the_first_archive() -> None:
    """May 2024: 303 km² computed, 317 published."""
    months = read_kind("deepstate", DAILY / "deepstate" / "deepstate_categories_daily.csv").columns
    assert _sum(months, "deepstate", "2024-05", "2024-05") == pytest.approx(303, abs=0.5)


def _levels(file: Path, column: str) -> dict[date, float]:
    rows = entries(read_table(file), ("date",), parse_day, (column,), Faults("daily.csv"))
    return {row.day: value for row in rows if (value := row.numbers[column]) is not None}
