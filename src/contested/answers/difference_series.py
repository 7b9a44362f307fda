"""What changed in the tables of months that two scenarios read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath

from contested.language.tree import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthChange:
    """One month's figure before and after; None where a table has none."""

    column: str
    month: date
    before: float | None
    after: float | None


def columns_read(top: Place) -> Mapping[str, frozenset[str]]:
    """The columns that a scenario's statements read of each table, by the table's name in it.

    A file that serves as `draws` too is left out: more of it may count than the months of these columns.
    """
    found: dict[str, set[str]] = {}
    for place in _under(top, "series"):
        file, column = place.text("file"), place.text("column")
        if file is not None and column is not None:
            found.setdefault(PurePosixPath(file).as_posix(), set()).add(column)
    drawn = {PurePosixPath(place.node.text).as_posix() for place in _under(top, "draws")}
    return {file: frozenset(columns) for file, columns in found.items() if file not in drawn}


def month_changes(
    before: Mapping[str, Mapping[date, float]],
    after: Mapping[str, Mapping[date, float]],
    columns: Collection[str],
) -> Iterator[MonthChange]:
    """The months of some columns whose figures are not alike.

    Parameters
    ----------
    before, after : mapping of str to mapping of date to float
        By column and month (its first day).
    columns : collection of str
        Those that count.
    """
    for column in sorted(columns):
        old, new = before.get(column, {}), after.get(column, {})
        for month in sorted({*old, *new}):
            if old.get(month) != new.get(month):
                yield MonthChange(column=column, month=month, before=old.get(month), after=new.get(month))


def _under(place: Place, wanted: str) -> Iterator[Place]:
    """Every value that stands under a key, wherever in the file."""
    for key, value in place.items():
        if key == wanted:
            yield value
        yield from _under(value, wanted)
    for element in place.elements():
        yield from _under(element, wanted)
