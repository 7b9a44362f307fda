"""What a cell may hold: days and months in ISO's forms, and plain numbers."""

from __future__ import annotations

import math
import re
from datetime import date

YEARS = range(1900, 2200)

_DAY = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})-([0-9]{2})|([0-9]{2})([0-9]{2}))"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_UTC = re.compile(r"Z|[+-]00(?::?00)?")


def parse_day(text: str) -> date:
    """A day in ISO 8601: 2025-01-31 or 20250131, perhaps with a time of that day, in UTC if in any zone.

    Raises
    ------
    ValueError
        With what is wrong and the remedy.
    """
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(f"is no ISO date (got '{text[:40]}'); write year, month and day as 2025-01-31")
    year, month, day, month_basic, day_basic, zone = found.groups()
    if zone is not None and not _UTC.fullmatch(zone):
        raise ValueError(
            f"carries the time zone {zone}, and the day is another elsewhere (got '{text[:40]}'); "
            "write the day alone, as 2025-01-31"
        )
    return _date(int(year), int(month or month_basic), int(day or day_basic), text)


def parse_week(year: str, week: str) -> date:
    """The Monday of a week of ISO 8601, from its year and number.

    Raises
    ------
    ValueError
        With what is wrong and the remedy.
    """
    if not (re.fullmatch("[0-9]{4}", year) and re.fullmatch("[0-9]{1,2}", week) and int(year) in YEARS):
        raise ValueError(f"is no ISO year and week (got '{year[:20]}' and '{week[:20]}'); write 2025 and 3")
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        raise ValueError(f"{year} has no ISO week {week}; weeks run from 1 to 52 or 53") from None


def parse_month(text: str) -> date:
    """The first day of a month written as 2025-01.

    Raises
    ------
    ValueError
        With what is wrong and the remedy.
    """
    found = _MONTH.fullmatch(text)
    if found is None:
        raise ValueError(f"is no month (got '{text[:40]}'); write it as 2025-01")
    return _date(int(found[1]), int(found[2]), 1, text)


def parse_number(text: str) -> float | None:
    """A number, None where the cell is empty or says NA.

    Raises
    ------
    ValueError
        With what is wrong and the remedy.
    """
    if text in ("", "NA"):
        return None
    value = float(text) if _NUMBER.fullmatch(text) else math.inf
    if not math.isfinite(value):
        remedy = "write digits with a point for decimals, and leave the cell empty where nothing is known"
        raise ValueError(f"must be a number (got '{text[:40]}'); {remedy}")
    return value


def _date(year: int, month: int, day: int, text: str) -> date:
    if year not in YEARS:
        raise ValueError(f"lies outside {YEARS[0]} to {YEARS[-1]} (got '{text[:40]}')")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"is no day of the calendar (got '{text[:40]}')") from None
