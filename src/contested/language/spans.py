"""Whole months and quarters: a window cut into them, and what each is called."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from contested.language.periods import Period
from contested.language.repeated import Step

_LENGTH = {"month": 1, "quarter": 3}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def periods_of(window: Period, step: Step) -> tuple[Period, ...]:
    """The months or quarters of a window of whole ones, in the order of time."""
    assert window.start is not None
    made, first = [], window.start
    while first <= window.end:
        last = _last(first, _LENGTH[step])
        made.append(Period(first, last, _text(first, last)))
        first = last + timedelta(days=1)
    return tuple(made)


def joined(first: Period, last: Period) -> Period:
    """The window from the beginning of one period to the end of another."""
    assert first.start is not None
    return Period(first.start, last.end, _text(first.start, last.end))


def first_fault(window: Period, step: Step) -> str | None:
    """Why a window is not one of whole months or quarters, and what to write; None where it is."""
    if window.start is None:
        return "has no beginning; write it as 2024-01/2025-12"
    months = (1, 4, 7, 10) if step == "quarter" else range(1, 13)
    if window.start.day != 1 or window.start.month not in months:
        return f"begins on {window.start}, within a {step}; begin with the first day of one"
    following = window.end + timedelta(days=1)
    if following.day != 1 or following.month not in months:
        return f"ends on {window.end}, within a {step}; end with the last day of one"
    return None


def suffix(period: Period) -> str:
    """A period as it ends a name: 2025_01, 2025_q1, 2024_09_to_2024_12."""
    assert period.start is not None
    first, last = period.start, period.end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y_%m}"
    if _is_quarter(period):
        return f"{first.year}_q{(first.month + 2) // 3}"
    return f"{first:%Y_%m}_to_{last:%Y_%m}"


def words(period: Period) -> str:
    """A period for people: Jan 2025, Q1 2025, 2025, Sep–Dec 2024, Nov 2024–Feb 2025."""
    assert period.start is not None
    first, last = period.start, period.end
    if (first.year, first.month) == (last.year, last.month):
        return _month(first)
    if _is_quarter(period):
        return f"Q{(first.month + 2) // 3} {first.year}"
    if first.month == 1 and last.month == 12:
        return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"
    if first.year == last.year:
        return f"{_MONTHS[first.month - 1]}–{_month(last)}"
    return f"{_month(first)}–{_month(last)}"


def _is_quarter(period: Period) -> bool:
    assert period.start is not None
    return period.start.month % 3 == 1 and period.end == _last(period.start, 3)


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _text(first: date, last: date) -> str:
    """A window of whole months as a user writes it."""
    whole = (first.year, first.month) == (last.year, last.month)
    return f"{first:%Y-%m}" if whole else f"{first:%Y-%m}/{last:%Y-%m}"


def _last(first: date, months: int) -> date:
    """The last day of so many months from the first day of one."""
    count = 12 * first.year + first.month - 2 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])
