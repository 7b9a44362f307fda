"""A table of dated series, one column a source: read by month, by month or by date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from contested.series.cells import parse_day, parse_month, parse_number
from contested.series.faults import Faults
from contested.series.months import month_of, month_text
from contested.series.table import Row, Table, read_table

FEWEST_SOURCES, MOST_SOURCES = 2, 40

_WHEN: dict[str, Callable[[str], date]] = {"month": parse_month, "date": parse_day}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What each source states for each month.

    Attributes
    ----------
    months : tuple of date
        One for each row, in order, as its first day.
    columns : mapping of str to tuple of float or None
        A number for each row by source; None where the cell is empty.
    ends : mapping of str to str
        Columns that state an end of another's interval, and so are no source: `dead_low` to `dead`.
    """

    months: tuple[date, ...]
    columns: Mapping[str, tuple[float | None, ...]]
    ends: Mapping[str, str]


def read_sources(path: Path, only: Sequence[str] = ()) -> Sources:
    """Read a table that has a column of months (2025-01) or of dates (2025-01-31), and a column a source.

    Parameters
    ----------
    path : Path
    only : sequence of str
        The sources to read; all of them where empty.

    Raises
    ------
    SeriesError
        With a place in the file for everything that is wrong with it.
    """
    table = read_table(path)
    faults = Faults(table.file)
    when = _when(table, faults)
    table.refuse_without(only, faults, "name sources as the first line does")
    faults.raise_if_any()
    named = [column for column in table.columns if column != when]
    ends = (
        {} if only else {column: its for column in named if (its := _its(column)) in named and its != column}
    )
    sources = [column for column in named if column not in ends and (not only or column in only)]
    if not FEWEST_SOURCES <= len(sources) <= MOST_SOURCES:
        message = f"must compare {FEWEST_SOURCES} to {MOST_SOURCES} sources (got {len(sources)})"
        faults.add(1, 1, "", f"{message}; give each a column, and choose among many with --only")
    rows = _rows(table, when, faults)
    numbers = {column: _numbers(table, column, faults) for column in sources}
    faults.raise_if_any()
    columns = {column: tuple(each[row.line] for row in rows.values()) for column, each in numbers.items()}
    return Sources(months=tuple(rows), columns=columns, ends=ends)


def _when(table: Table, faults: Faults) -> str:
    """The column that says when."""
    found = [column for column in table.columns if column in _WHEN]
    if len(found) != 1:
        named = " and ".join(f"'{column}'" for column in found) or "none"
        message = f"must have one column 'month' (2025-01) or 'date' (2025-01-31) (got {named})"
        faults.add(1, 1, "", f"{message}; name it so in the first line")
    if "" in table.columns:
        faults.add(1, 1, "", "every column must have a name; name it, or take it out")
    return found[0] if found else ""


def _its(column: str) -> str:
    """The column of whose interval this one states an end, if there is such a column."""
    return column.removesuffix("_low").removesuffix("_high")


def _rows(table: Table, when: str, faults: Faults) -> dict[date, Row]:
    """The rows by month, in order."""
    rows: dict[date, Row] = {}
    for row in table.rows:
        try:
            month = month_of(_WHEN[when](row.cells[table.columns.index(when)]))
        except ValueError as error:
            table.add_fault(faults, row, when, str(error))
            continue
        if (first := rows.setdefault(month, row)) is not row:
            message = f"two rows for {month_text(month)} (first on line {first.line}); give one row a month"
            table.add_fault(faults, row, when, message)
    return dict(sorted(rows.items()))


def _numbers(table: Table, column: str, faults: Faults) -> dict[int, float | None]:
    """A column's numbers by line of the file."""
    numbers: dict[int, float | None] = {}
    for row in table.rows:
        try:
            numbers[row.line] = parse_number(row.cells[table.columns.index(column)])
        except ValueError as error:
            table.add_fault(faults, row, column, str(error))
    return numbers
