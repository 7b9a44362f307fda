"""How days and weeks become months: one rule for each way in which a source states its figures.

A month is there only where the source covers all of it. What a rule had to assume, it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol

from contested.series.dated import Entry
from contested.series.faults import Faults
from contested.series.months import following, month_text, months_between
from contested.series.table import Row, Table

DAY = timedelta(days=1)
LONGEST_BRIDGE = 7  # days without a map that a level may be carried or drawn across

_COMPLETE = "complete the file, or ingest what stands before and after the gap as two files"


@dataclass(frozen=True, slots=True)
class Months:
    """The months that are covered whole, and the first and last day that are covered at all."""

    values: Mapping[date, float]
    first: date
    last: date

    @property
    def left_out(self) -> tuple[date, ...]:
        """The months of which only a part is covered."""
        return tuple(each for each in months_between(self.first, self.last) if each not in self.values)


@dataclass(slots=True)
class Source:
    """Where a rule's numbers stand, and where it puts what is wrong and what it assumed."""

    table: Table
    faults: Faults
    said: list[str] = field(default_factory=list)

    def fault(self, row: Row, column: str, message: str) -> None:
        """Note what is wrong with a row."""
        self.table.add_fault(self.faults, row, column, message)


class Rule(Protocol):
    """Rows in the order of their days, and the columns whose sum is one quantity, to its months.

    At least one row must hold a number in each of the columns.
    """

    def __call__(self, rows: Sequence[Entry], columns: Sequence[str], source: Source) -> Months: ...


def counted(rows: Sequence[Entry], columns: Sequence[str], source: Source) -> Months:
    """Months of a cumulative count: the count on the first of the next month less that on its own first.

    Every day must have its count, and none may be below the one before. Where a report covers the day before
    its date, as the General Staff's does, that difference is the month to its last day.
    """
    known = _known(rows, columns)
    for before, after in pairwise(known):
        missing = (after.day - before.day).days - 1
        if missing:
            message = f"{_days(before.day + DAY, missing)} missing before this row; {_COMPLETE}"
            source.fault(after.row, columns[0], message)
        if after.value < before.value:
            message = (
                f"falls from {before.value:,.10g} on {before.day} to {after.value:,.10g}, which a cumulative "
                "count cannot; correct whichever row is wrong"
            )
            source.fault(after.row, columns[0], message)
    return _differences(known, {each.day: each.value for each in known})


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Months of a level, such as an area on a map: what it gains from one first of the month to the next.

    Where a month begins on a day without a map, the level is carried forward from the day before the gap, or
    lies on the line across it.

    Parameters
    ----------
    carried : bool
        Which of the two.
    since_drawn : bool
        Whether the level is nothing until its first row, and stays at its last: a layer added to a map that
        was kept before, and not drawn any more while it does not change.
    """

    carried: bool
    since_drawn: bool = False

    def __call__(self, rows: Sequence[Entry], columns: Sequence[str], source: Source) -> Months:
        known = _known(rows, columns)
        if self.since_drawn:
            known = _extended(known, rows)
        levels = {each.day: each.value for each in known}
        for before, after in pairwise(known):
            starts = [each for each in months_between(before.day, after.day) if before.day < each < after.day]
            missing = (after.day - before.day).days - 1
            if starts and missing > LONGEST_BRIDGE:
                message = f"{_days(before.day + DAY, missing)} missing before this row, and {starts[0]}"
                source.fault(after.row, columns[0], f"{message} is among them; {_COMPLETE}")
            levels.update((start, self._across(before, after, start, source)) for start in starts)
        return _differences(known, levels)

    def _across(self, before: _Known, after: _Known, day: date, source: Source) -> float:
        if self.carried:
            source.said.append(f"nothing is stated for {day}: carried forward from {before.day}")
            return before.value
        source.said.append(f"nothing is stated for {day}: on the line from {before.day} to {after.day}")
        share = (day - before.day) / (after.day - before.day)
        return before.value + share * (after.value - before.value)


def weekly(rows: Sequence[Entry], columns: Sequence[str], source: Source) -> Months:
    """Months of sums by week, each week spread evenly over its seven days; no week may be missing."""
    week, known = 7 * DAY, _known(rows, columns)
    for before, after in pairwise(known):
        if after.day < before.day + week:
            message = f"begins within the week of {before.day}; a row must hold seven days of its own"
            source.fault(after.row, columns[0], message)
        elif after.day > before.day + week:
            missing = (after.day - before.day).days - 7
            message = f"{_days(before.day + week, missing)} missing before this row; {_COMPLETE}"
            source.fault(after.row, columns[0], message)
    sevenths: dict[date, float] = {}
    days: dict[date, int] = {}
    for each in known:
        for month in months_between(each.day, each.day + week - DAY):
            shared = (min(following(month), each.day + week) - max(month, each.day)).days
            sevenths[month] = sevenths.get(month, 0.0) + each.value * shared
            days[month] = days.get(month, 0) + shared
    whole = {month: sevenths[month] / 7 for month in days if month + days[month] * DAY == following(month)}
    return Months(whole, known[0].day, known[-1].day + week - DAY)


def monthly(rows: Sequence[Entry], columns: Sequence[str], source: Source) -> Months:
    """Months as they are stated, none missing between two of them."""
    known = _known(rows, columns)
    for before, after in pairwise(known):
        if after.day > following(before.day):
            message = f"{month_text(following(before.day))} is missing before this row; {_COMPLETE}"
            source.fault(after.row, columns[0], message)
    return Months({each.day: each.value for each in known}, known[0].day, known[-1].day)


@dataclass(frozen=True, slots=True)
class _Known:
    """A row whose number is there."""

    day: date
    row: Row
    value: float


def _known(rows: Iterable[Entry], columns: Sequence[str]) -> list[_Known]:
    """Rows where every one of the columns holds a number, and the numbers' sum."""
    known = []
    for each in rows:
        numbers = [number for column in columns if (number := each.numbers[column]) is not None]
        if len(numbers) == len(columns):
            known.append(_Known(each.day, each.row, sum(numbers)))
    return known


def _extended(known: Sequence[_Known], rows: Sequence[Entry]) -> list[_Known]:
    """A layer with nothing before it was first drawn, and its last level after it was last drawn."""
    before = [_Known(each.day, each.row, 0.0) for each in rows if each.day < known[0].day]
    after = [_Known(each.day, each.row, known[-1].value) for each in rows if each.day > known[-1].day]
    return [*before, *known, *after]


def _differences(known: Sequence[_Known], levels: Mapping[date, float]) -> Months:
    """By month, the level on the first of the next less that on its own first, where both are there."""
    values = {
        day: levels[following(day)] - level
        for day, level in levels.items()
        if day.day == 1 and following(day) in levels
    }
    first, last = known[0].day, known[-1].day
    return Months(dict(sorted(values.items())), first, max(first, last - DAY))


def _days(first: date, count: int) -> str:
    return f"{first} is" if count == 1 else f"{count:,} days from {first} are"
