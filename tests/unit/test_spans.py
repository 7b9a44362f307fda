"""Windows of whole months and quarters: cut, joined, named for files and for people, and refused."""
# ruff: noqa: E501

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.language.periods import parse_period
from contested.language.spans import first_fault, joined, periods_of, suffix, words


def test_a_year_by_month_and_by_quarter():
    year = parse_period("2024")
    months, quarters = periods_of(year, "month"), periods_of(year, "quarter")
    assert [period.text for period in months] == [f"2024-{month:02d}" for month in range(1, 13)]
    assert (months[1].start, months[1].end) == (date(2024, 2, 1), date(2024, 2, 29))
    assert [period.text for period in quarters] == [
        "2024-01/2024-03", "2024-04/2024-06", "2024-07/2024-09", "2024-10/2024-12",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("window", "named", "said"),
    [
        ("2025-01", "2025_01", "Jan 2025"),
        ("2025-01/2025-03", "2025_q1", "Q1 2025"),
        ("2024-10/2024-12", "2024_q4", "Q4 2024"),
        ("2024-11/2025-01", "2024_11_to_2025_01", "Nov 2024–Jan 2025"),  # three months, and no quarter
        ("2024-02/2024-04", "2024_02_to_2024_04", "Feb–Apr 2024"),
        ("2024-09/2024-12", "2024_09_to_2024_12", "Sep–Dec 2024"),
        ("2024", "2024_01_to_2024_12", "2024"),
        ("2024-01/2025-12", "2024_01_to_2025_12", "2024–2025"),
        ("2024-02/2025-12", "2024_02_to_2025_12", "Feb 2024–Dec 2025"),
    ],
)
def test_what_a_window_is_called(window, named, said):
    period = parse_period(window)
    assert (suffix(period), words(period)) == (named, said)


@pytest.mark.parametrize(
    ("window", "step", "fault"),
    [
        ("2025-01/2025-02", "month", None),
        ("2024-02", "month", None),
        ("2025-04/2025-12", "quarter", None),
        ("2025-01-02/2025-02", "month", "begins on 2025-01-02, within a month; begin with the first day of one"),
        ("2025-01/2025-02-27", "month", "ends on 2025-02-27, within a month; end with the last day of one"),
        ("2024-02-01/2024-02-28", "month", "ends on 2024-02-28, within a month; end with the last day of one"),
        ("2025-02/2025-06", "quarter", "begins on 2025-02-01, within a quarter; begin with the first day of one"),
        ("2025-01/2025-05", "quarter", "ends on 2025-05-31, within a quarter; end with the last day of one"),
        ("../2025-05", "month", "has no beginning; write it as 2024-01/2025-12"),
    ],
)  # fmt: skip
def test_windows_that_are_not_whole(window, step, fault):
    assert first_fault(parse_period(window), step) == fault


@st.composite
def windows(draw, length):
    """Windows of whole months or quarters, as text."""
    first = draw(st.integers(12 * 1990 // length, 12 * 2090 // length)) * length
    last = first + draw(st.integers(1, 60)) * length - 1
    return f"{first // 12}-{first % 12 + 1:02d}/{last // 12}-{last % 12 + 1:02d}"


@pytest.mark.parametrize(("step", "length"), [("month", 1), ("quarter", 3)])
@given(chosen=st.data())
def test_what_a_window_is_cut_into_joins_to_it_without_gap_or_overlap(step, length, chosen):
    window = parse_period(chosen.draw(windows(length)))
    assert first_fault(window, step) is None
    periods = periods_of(window, step)
    assert joined(periods[0], periods[-1]) == window
    assert parse_period(joined(periods[0], periods[-1]).text) == window
    for before, after in pairwise(periods):
        assert after.start == before.end + timedelta(days=1)
    for period in periods:
        assert first_fault(period, step) is None
        assert parse_period(period.text) == period
        assert len(periods_of(period, "month")) == length
    assert (
        len({suffix(period) for period in periods})
        == len({words(period) for period in periods})
        == len(periods)
    )
