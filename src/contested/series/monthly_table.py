"""The table of months: a row a month, a column a source, cells empty where nothing is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from contested.series.cells import parse_month, parse_number
from contested.series.faults import Faults
from contested.series.months import month_text
from contested.series.table import Row, Table, read_table


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyTable:
    """Figures by column and month.

    Attributes
    ----------
    columns : mapping of str to mapping of date to float
        By column, the months (their first days) that have a figure.
    months : tuple of date
        The table's rows in order, those without any figure included.
    rows : mapping of date to Row
        Where a month stands in the file; empty where the table was read from none.
    """

    columns: Mapping[str, Mapping[date, float]]
    months: tuple[date, ...]
    rows: Mapping[date, Row] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: Mapping[str, Mapping[date, float]]) -> MonthlyTable:
        """A table of some columns, with a row for every month that any of them has."""
        return cls(
            columns=columns, months=tuple(sorted({month for each in columns.values() for month in each}))
        )

    def text(self) -> str:
        """The table as CSV, lines ended by a line feed."""
        lines = [("month", *self.columns)]
        for month in self.months:
            figures = (column.get(month) for column in self.columns.values())
            lines.append((month_text(month), *("" if each is None else _number(each) for each in figures)))
        return "".join(f"{','.join(line)}\n" for line in lines)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that a newer file states otherwise."""

    column: str
    month: date
    before: float
    after: float

    def __str__(self) -> str:
        by = self.after - self.before
        return f"{month_text(self.month)} {self.before:,.10g} -> {self.after:,.10g} ({by:+,.6g})"


def read_monthly(path: Path, shown: str | None = None) -> MonthlyTable:
    """Read a table of months.

    Parameters
    ----------
    path : Path
    shown : str, optional
        How the file is called in faults; as `path` where absent.

    Raises
    ------
    SeriesError
        With a place in the file for everything that is wrong with it.
    """
    table = read_table(path, shown)
    faults = Faults(table.file)
    if table.columns[0] != "month" or "" in table.columns:
        message = "is no table of months: its first column must be 'month', and every column must have a name"
        faults.add(1, 1, "", message)
        faults.raise_if_any()
    rows = _rows(table, faults)
    columns: dict[str, dict[date, float]] = {}
    for index, column in enumerate(table.columns[1:], 1):
        columns[column] = {}
        for month, row in rows.items():
            try:
                value = parse_number(row.cells[index])
            except ValueError as error:
                table.add_fault(faults, row, column, str(error))
                continue
            if value is not None:
                columns[column][month] = value
    faults.raise_if_any()
    return MonthlyTable(columns=columns, months=tuple(rows), rows=rows)


def merged(
    old: MonthlyTable, new: Mapping[str, Mapping[date, float]]
) -> tuple[MonthlyTable, tuple[Change, ...]]:
    """A table with newer figures in place of older ones; columns and months of either are kept.

    Parameters
    ----------
    old : MonthlyTable
    new : mapping of str to mapping of date to float
        Columns by name, as `MonthlyTable.columns`.

    Returns
    -------
    MonthlyTable, tuple of Change
        The table, and every figure of it that is not what it was.
    """
    columns = {name: {**old.columns.get(name, {}), **new.get(name, {})} for name in {**old.columns, **new}}
    months = sorted({*old.months, *(month for each in new.values() for month in each)})
    changes = (
        Change(name, month, old.columns[name][month], value)
        for name, figures in new.items()
        for month, value in sorted(figures.items())
        if old.columns.get(name, {}).get(month, value) != value
    )
    return MonthlyTable(columns=columns, months=tuple(months)), tuple(changes)


def _rows(table: Table, faults: Faults) -> dict[date, Row]:
    """The rows by month, in order."""
    rows: dict[date, Row] = {}
    for row in table.rows:
        try:
            month = parse_month(row.cells[0])
        except ValueError as error:
            table.add_fault(faults, row, "month", str(error))
            continue
        if (first := rows.setdefault(month, row)) is not row:
            message = f"{month_text(month)} stands twice (first on line {first.line}); keep one row"
            table.add_fault(faults, row, "month", message)
    return dict(sorted(rows.items()))


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")
