"""Months of the calendar, each standing as its first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date


def month_of(day: date) -> date:
    """The month that a day lies in."""
    return day.replace(day=1)


def following(month: date) -> date:
    """The month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_between(first: date, last: date) -> Iterator[date]:
    """Every month from that of one day to that of another, both included."""
    month = month_of(first)
    while month <= last:
        yield month
        month = following(month)


def month_text(month: date) -> str:
    """A month as it is written: 2025-01."""
    return f"{month:%Y-%m}"
