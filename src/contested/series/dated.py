"""Rows of a table in the order of their days, their numbers read."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from contested.series.cells import parse_number
from contested.series.faults import Faults
from contested.series.table import Row, Table


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: its day (the first, where it stands for several), and its numbers by column.

    A number is None where the cell is empty, and nan where it could not be read, which is noted.
    """

    day: date
    row: Row
    numbers: dict[str, float | None]


def entries(
    table: Table, when: Sequence[str], parse: Callable[..., date], columns: Sequence[str], faults: Faults
) -> tuple[Entry, ...]:
    """Read days and numbers; each day must have one row, in whatever order.

    Parameters
    ----------
    table : Table
    when : sequence of str
        The columns that say the day, as arguments of `parse`.
    parse : callable
        Texts -> day, or ValueError with what is wrong.
    columns : sequence of str
        The columns of numbers, none of which may be negative.
    faults : Faults
        Where faults are put.

    Raises
    ------
    SeriesError
        Where a day cannot be read or stands twice: what lies between rows is then not known.
    """
    found: dict[date, Entry] = {}
    all_known = True
    for row in table.rows:
        numbers = {column: _number(table, row, column, faults) for column in columns}
        try:
            day = parse(*(row.cells[table.columns.index(column)] for column in when))
        except ValueError as error:
            table.add_fault(faults, row, when[0], str(error))
            all_known = False
            continue
        if (first := found.setdefault(day, Entry(day, row, numbers))).row is not row:
            table.add_fault(faults, row, when[0], _twice(day, first, numbers))
            all_known = False
    if not all_known:
        faults.raise_if_any()
    return tuple(found[day] for day in sorted(found))


def _number(table: Table, row: Row, column: str, faults: Faults) -> float | None:
    try:
        value = parse_number(row.cells[table.columns.index(column)])
        if value is not None and value < 0:
            raise ValueError(f"must not be negative (got {value:g}); correct it, or leave the cell empty")
    except ValueError as error:
        table.add_fault(faults, row, column, str(error))
        return math.nan
    return value


def _twice(day: date, first: Entry, numbers: dict[str, float | None]) -> str:
    if first.numbers == numbers:
        return f"{day} stands twice (first on line {first.row.line}); keep one row"
    column = next(column for column, value in numbers.items() if value != first.numbers[column])
    mine, other = (str(each.get(column)).replace("None", "nothing") for each in (numbers, first.numbers))
    return (
        f"two rows for {day}, and they differ ('{column}' is {mine} here, {other} on line {first.row.line}); "
        "keep the one that is meant"
    )
