"""Days and periods as users write them: 2025, 2025-01, a day, two days, an open start."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date

_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
FORMS = "2025, 2025-01, 2025-01-31, 2025-01-01/2025-04-30 or ../2025-09-30"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from start to end, both included; a start of None is open."""

    start: date | None
    end: date
    text: str = field(compare=False)


def parse_period(text: str) -> Period:
    """Read a period, its last day included.

    Raises
    ------
    ValueError
        With what is wrong and how a period is written.
    """
    first, slash, last = text.strip().partition("/")
    try:
        start = None if slash and first == ".." else days(first)[0]
        end = days(last if slash else first)[1]
    except ValueError as error:
        raise ValueError(f"{error}; write it as {FORMS}") from None
    if start is not None and start > end:
        raise ValueError(f"must end after it begins (got {text})")
    return Period(start, end, text.strip())


def parse_day(text: str) -> date:
    """Read one day, year-month-day.

    Raises
    ------
    ValueError
        With what is wrong.
    """
    try:
        first, last = days(text.strip())
    except ValueError as error:
        raise ValueError(f"{error}; write it as 2025-01-31") from None
    if first != last:
        raise ValueError(f"must be a day, as in 2025-01-31 (got {text})")
    return first


def days(text: str) -> tuple[date, date]:
    """First and last day of a year, a month or a day.

    Raises
    ------
    ValueError
        With what is wrong.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(f"is no date (got '{text[:40]}')")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"is no day of the calendar (got {text})") from None
    if month is None:
        return first, first.replace(month=12, day=31)
    if day is None:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first, first
