"""Periods: every way to write one, and what is none."""

from __future__ import annotations

from datetime import date

import pytest

from contested.language.periods import parse_day, parse_period


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-04-30", date(2025, 4, 30), date(2025, 4, 30)),
        ("2025-01-01/2025-04-30", date(2025, 1, 1), date(2025, 4, 30)),
        ("2025-01/2025-04", date(2025, 1, 1), date(2025, 4, 30)),
        ("2025-04-30/2025-04-30", date(2025, 4, 30), date(2025, 4, 30)),
        ("../2025-09-30", None, date(2025, 9, 30)),
    ],
)
def test_periods(text, start, end):
    period = parse_period(text)
    assert (period.start, period.end, period.text) == (start, end, text)


def test_one_period_written_in_two_ways_is_one():
    assert parse_period("2025") == parse_period("2025-01-01/2025-12-31")
    assert parse_period("2025") != parse_period("../2025-12-31")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2025-05-01/2025-04-30", "must end after it begins (got 2025-05-01/2025-04-30)"),
        ("2025-02-30", "is no day of the calendar (got 2025-02-30); write it as"),
        ("0000", "is no day of the calendar (got 0000); write it as"),
        ("2025-13", "is no day of the calendar (got 2025-13); write it as"),
        ("spring", "is no date (got 'spring'); write it as"),
        ("2025-1-1", "is no date (got '2025-1-1'); write it as"),
        ("2025-01-01/", "is no date (got ''); write it as"),
        ("../..", "is no date (got '..'); write it as"),
        ("2025/2026/2027", "is no date (got '2026/2027'); write it as"),
        ("٢٠٢٥", "is no date (got '٢٠٢٥'); write it as"),
    ],
)
def test_what_is_no_period(text, message):
    with pytest.raises(ValueError) as caught:
        parse_period(text)
    assert str(caught.value).startswith(message)


def test_a_day_is_one_day():
    assert parse_day("2026-08-22") == date(2026, 8, 22)
    for text in ("2026", "2026-08", "today"):
        with pytest.raises(ValueError):
            parse_day(text)
