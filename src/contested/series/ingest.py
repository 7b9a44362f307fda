"""A downloaded file into a table of months: read, cut to the months asked for, and merged."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from contested.errors import ContestedError
from contested.series.faults import SeriesError
from contested.series.monthly_table import Change, MonthlyTable, merged, read_monthly
from contested.series.reading import read_kind
from contested.series.saving import save_text

_MOST_CHANGES = 12  # of one column, printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """The months that a file gave, merged with what was there, and what there is to say about it."""

    table: MonthlyTable
    said: tuple[str, ...]


def ingest(
    kind: str,
    file: Path,
    out: Path | None = None,
    *,
    first: date | None = None,
    last: date | None = None,
    force: bool = False,
) -> Ingested:
    """Read a file of a source as months, and write them where that is asked for.

    Parameters
    ----------
    kind : str
        One of `contested.series.kinds.KINDS`.
    file : Path
    out : Path, optional
        The table to write. Where it is a table of months already, newer figures take the place of older ones
        and all else is kept.
    first, last : date, optional
        The first and last month to take; all where absent.
    force : bool
        Replace what `out` is, whatever it is, instead of merging.

    Raises
    ------
    ContestedError
        Where the file cannot be used, or `out` not be written; nothing is changed then.
    """
    reading = read_kind(kind, file)
    columns = {name: _between(figures, first, last) for name, figures in reading.columns.items()}
    if not any(columns.values()):
        raise ContestedError(f"{file} covers none of the months asked for")
    if out is None:
        return Ingested(table=MonthlyTable.of(columns), said=reading.said)
    old = _standing(file, out, force=force)
    table, changes = merged(old, columns)
    save_text(out, table.text())
    return Ingested(table=table, said=(*reading.said, *_changed(changes), f"wrote {out}: {_extent(table)}"))


def _between(figures: Mapping[date, float], first: date | None, last: date | None) -> Mapping[date, float]:
    return {
        month: value
        for month, value in figures.items()
        if (first is None or first <= month) and (last is None or month <= last)
    }


def _standing(file: Path, out: Path, *, force: bool) -> MonthlyTable:
    """The table that stands where one is to be written; an empty one where none does or it is given up."""
    if not os.path.lexists(out):
        if not out.parent.is_dir():
            raise ContestedError(f"--out: the folder {out.parent} does not exist; make it first")
        return MonthlyTable.of({})
    if not out.is_file():
        raise ContestedError(f"--out: {out} exists and is no file; choose another name")
    if file.samefile(out):
        raise ContestedError(f"--out: {out} is the file that is read; choose another name")
    if force:
        return MonthlyTable.of({})
    try:
        return read_monthly(out)
    except SeriesError as error:
        raise ContestedError(
            f"--out: {out} exists and is no table of months that could be added to ({error.faults[0]}); "
            "choose another name, or replace it with --force"
        ) from None


def _changed(changes: Sequence[Change]) -> Iterator[str]:
    for column, group in groupby(changes, key=lambda change: change.column):
        found = list(group)
        shown = ", ".join(map(str, found[:_MOST_CHANGES]))
        more = f", and {len(found) - _MOST_CHANGES} more" if len(found) > _MOST_CHANGES else ""
        yield f"{column}: {len(found)} month{'' if len(found) == 1 else 's'} changed: {shown}{more}"


def _extent(table: MonthlyTable) -> str:
    months = len(table.months)
    return f"{months} month{'' if months == 1 else 's'}, columns {', '.join(table.columns)}"
