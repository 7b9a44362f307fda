"""A statement that is read from a table of months: the sum of a period's months, or how far a level moved."""

from __future__ import annotations

import calendar
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from contested.language.faults import Faults, listed
from contested.language.files import inside
from contested.language.nodes import Series
from contested.language.periods import Period, days
from contested.language.tree import Place
from contested.series.months import month_of, month_text, months_between

if TYPE_CHECKING:
    from contested.series.monthly_table import MonthlyTable

_EXAMPLES = {"from": "2025-01", "to": "2025-04"}

Column = Mapping[date, float]  # by the first days of months


@dataclass(frozen=True, slots=True)
class Dated:
    """The period that a statement is about: its figure's; `readable` is false where that is at fault."""

    period: Period | None = None
    readable: bool = True


@dataclass(frozen=True, slots=True)
class _Span:
    """Whole months from the first to the last, each as its first day, and where they are said."""

    first: date
    last: date
    at: Place

    def __str__(self) -> str:
        return " to ".join(dict.fromkeys((month_text(self.first), month_text(self.last))))


@dataclass(slots=True)
class SeriesReader:
    """Reads what `series` says; a file that many statements name is read once, and its faults told once."""

    folder: Path
    faults: Faults
    tables: dict[Path, MonthlyTable | None] = field(default_factory=dict)

    def read(
        self, place: Place, dated: Dated, mismatch: str | None, *, counted: bool = False
    ) -> tuple[Series, float] | None:
        """The series and the number that it comes to, None where anything about it is at fault.

        What is `of: change` is summed over the months. What is `of: level` stands as at the end of each
        month; its number is the last month's less that of the month before the first.

        Parameters
        ----------
        place : Place
            The value of `series`.
        dated : Dated
            The figure's period, which gives the months where `from` or `to` does not.
        mismatch : str, optional
            Why another period serves all the same.
        counted : bool
            Whether it counts persons or things, which are never negative.
        """
        span = self._span(place, dated, mismatch)
        file = inside(self.folder, place.get("file") or place, self.faults)
        table = None if file is None else self._table(place, file)
        column = None if table is None else self._column(place, table)
        if span is None or file is None or table is None or column is None:
            return None
        of: Literal["change", "level"] = "level" if place.text("of") == "level" else "change"
        if not self._covers(table.months, span, of):
            return None
        months = list(months_between(span.first, span.last))
        wanted = months if of == "change" else [_before(span.first), span.last]
        gaps = tuple(month for month in wanted if month not in column)
        if gaps and not self._may_fill(place, column, gaps):
            return None
        figures = [_figure(column, month) for month in wanted]
        if counted and not self._counts(place, dict(zip(wanted, figures, strict=True))):
            return None
        number = figures[1] - figures[0] if of == "level" else math.fsum(figures)
        series = Series(
            file=file,
            column=place.text("column") or "",
            first=span.first,
            last=span.last,
            of=of,
            interpolated=gaps,
        )
        return series, number

    def _table(self, place: Place, file: Path) -> MonthlyTable | None:
        from contested.series.faults import SeriesError  # few scenarios name a table
        from contested.series.monthly_table import read_monthly

        if file not in self.tables:
            at = place.get("file") or place
            try:
                self.tables[file] = read_monthly(file, str(Path(at.file).parent / at.node.text))
            except SeriesError as error:
                self.faults.found.extend(error.faults)
                self.tables[file] = None
        return self.tables[file]

    def _column(self, place: Place, table: MonthlyTable) -> Column | None:
        at = place.get("column") or place
        if at.node.text not in table.columns:
            self.faults.add(at.location, at.path, self.faults.unknown("column", at.node.text, table.columns))
        return table.columns.get(at.node.text)

    def _span(self, place: Place, dated: Dated, mismatch: str | None) -> _Span | None:
        """The months by `from` and `to`, each the figure's where it is not given."""
        period = dated.period
        figures = {} if period is None else {"from": period.start, "to": period.end}
        missing = [key for key in _EXAMPLES if place.get(key) is None and figures.get(key) is None]
        if missing:
            if dated.readable:
                written = listed(f"{key}: {_EXAMPLES[key]}" for key in missing)
                message = f"no figure's period says which months are meant; add {written}"
                self.faults.add(place.key_location, place.path, message)
            return None
        first, last = (self._end(place, key, figures.get(key)) for key in _EXAMPLES)
        at = place.get("from") or place.get("to") or place
        if first is None or last is None:
            return None
        span = _Span(month_of(first), month_of(last), at)
        if first > last:
            self.faults.add(at.location, at.path, f"must not end before it begins (got {span})")
            return None
        if period is None or mismatch is not None or (first, last) == (period.start, period.end):
            return span
        message = f"covers {span}, not the figure's period ({period.text})"
        self.faults.add(at.location, at.path, f"{message}; say with mismatch why it serves all the same")
        return None

    def _end(self, place: Place, key: str, figures: date | None) -> date | None:
        """The period's first or last day, which a month must begin or end with."""
        at = place.get(key)
        try:
            day = figures if at is None else days(at.node.text)[key == "to"]
        except ValueError as error:
            at = at or place
            self.faults.add(at.location, at.path, f"{error}; write a month, as in {_EXAMPLES[key]}")
            return None
        assert day is not None
        if day.day == (1 if key == "from" else calendar.monthrange(day.year, day.month)[1]):
            return day
        whose = f"the figure's period {'begins' if key == 'from' else 'ends'} on {day}"
        found = (
            f"{whose}, within a month; add {key}," if at is None else f"{day} lies within a month; write one,"
        )
        at = at or place
        self.faults.add(
            at.location, at.path, f"the series has whole months, and {found} as in {_EXAMPLES[key]}"
        )
        return None

    def _covers(self, months: Sequence[date], span: _Span, of: str) -> bool:
        """Whether the table reaches over the months, and over the one before them where a level moves."""
        moves_from_before = of == "level" and span.first == months[0]
        if months[0] <= span.first and span.last <= months[-1] and not moves_from_before:
            return True
        has = f"the file has {month_text(months[0])} to {month_text(months[-1])}"
        message = f"asks for {span}, but {has}"
        if moves_from_before:
            message += "; a level moves from the month before the first, so begin a month later"
        self.faults.add(span.at.location, span.at.path, message)
        return False

    def _counts(self, place: Place, figures: Column) -> bool:
        """Whether no month's count is negative."""
        negative = [f"{month_text(month)} ({figure:g})" for month, figure in figures.items() if figure < 0]
        if negative:
            at = place.get("column") or place
            message = f"is a count, and negative in {listed(negative)}; correct the file"
            self.faults.add(at.location, at.path, message)
        return not negative

    def _may_fill(self, place: Place, column: Column, gaps: Sequence[date]) -> bool:
        """Whether gaps may be filled, and every one has a figure on either side of it."""
        at = place.get("column") or place
        months = listed(map(month_text, gaps))
        if place.text("gaps") != "interpolate":
            message = f"has no figure for {months}; fill it in the file, or add gaps: interpolate"
        elif not column or gaps[0] < min(column) or gaps[-1] > max(column):
            message = (
                f"has no figure for {months}, and none on one side to interpolate from; ask for other months"
            )
        else:
            return True
        self.faults.add(at.location, at.path, message)
        return False


def _figure(column: Column, month: date) -> float:
    """A month's figure, by the line between its nearest neighbours in time where it has none."""
    if month in column:
        return column[month]
    before, after = max(m for m in column if m < month), min(m for m in column if m > month)
    part = (_count(month) - _count(before)) / (_count(after) - _count(before))
    return column[before] + part * (column[after] - column[before])


def _count(month: date) -> int:
    return 12 * month.year + month.month


def _before(month: date) -> date:
    year, index = divmod(_count(month) - 2, 12)
    return date(year, index + 1, 1)
