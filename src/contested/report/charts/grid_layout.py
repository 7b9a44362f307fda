"""How the grid is laid out: a table of cells, each with its numbers above a dot and bars."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from contested.report.charts.axes import Axis
from contested.report.charts.axes import height as axis_height
from contested.report.charts.bars import DOT, thickness
from contested.report.charts.entries import Entry
from contested.report.charts.ladder import heading_block
from contested.report.charts.layers import Layer, Specification, across, down, end, layer, mark
from contested.report.charts.lettering import Hand, Text, block, written
from contested.report.charts.measuring import width, wrapped
from contested.report.charts.theme import GRID, INK, MUTED, Look, SourceColours, picture

_GAP = 14  # between columns
_MOST_LABELS = 0.22  # of the picture, for the labels beside the cells
_BAR = 18  # pixels that dots and bars take
_ROW_GAP = 6

Side = Sequence[tuple[str, str]]  # each source by its key of `SourceColours` and its title


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What the grid says.

    Attributes
    ----------
    disputes : tuple of str
        What goes down, and what goes across.
    rows, columns : sequence of (str, str)
    cells : mapping
        By the keys of a row and a column.
    numbers : str
        What is written in a cell, `median (90 %)`; empty where no cell has numbers.
    dashed, others : str
        What the line of reference is, and which disputes are not shown; either may be empty.
    reference : float or None
        A value at which a line runs through every cell.
    """

    title: str
    notes: Sequence[str]
    numbers: str
    dashed: str
    others: str
    unit: str
    disputes: tuple[str, str]
    rows: Side
    columns: Side
    cells: Mapping[tuple[str, str], Entry]
    reference: float | None

    @property
    def description(self) -> str:
        """All that the picture says, and what a cell has no room for, in sentences."""
        said = "; ".join(entry.sentence for entry in self.cells.values())
        return " ".join([f"{self.title}.", *self.said(self.numbers), f"{said}."])

    def said(self, numbers: str) -> list[str]:
        """The notes, where so much is written in a cell."""
        written = f"Numbers: {numbers}." if numbers else ""
        return [*self.notes, *filter(None, [f"{written} {self.dashed}".strip(), self.others])]


@dataclass(frozen=True)
class Layout:
    """A table at a look."""

    table: Table
    look: Look

    def drawn(self, colours: SourceColours) -> Specification:
        """The picture."""
        whole, alone = self.table.numbers, self.table.numbers.partition(" (")[0]
        notes = self.table.said(alone if self._lines == 0 else whole)
        texts, top = heading_block(self.table.title, notes, self.look)
        headed, marks, top = self._headings(top)
        texts += headed
        bands: list[tuple[float, float]] = []
        placed: list[tuple[Entry, int, float]] = []
        for key, title in self.table.rows:
            label, cells_top = self._label(title, top)
            texts += label
            bar = cells_top + max(self._lines, 1) * self.look.line + 0.5 * _BAR
            for column, (other, _) in enumerate(self.table.columns):
                entry = self.table.cells[key, other]
                texts += self._numbers(entry, column, cells_top)
                placed.append((entry, column, bar))
            bands.append((bar - 0.5 * _BAR, bar + 0.5 * _BAR))
            lowest = max([text.y + 0.5 * self.look.line for text in label], default=0.0)
            top = max(bar + 0.5 * _BAR, lowest) + _ROW_GAP
        layers = list(_headed(marks, colours))
        if self._axes:
            layers += self._lines_through(bands)
            layers += self._bars(placed, colours)
            texts += [text for axis in self._axes for text in axis.labels(top - 4, self.look)]
            texts.append(self._unit(top - 4))
            top += axis_height(self.look, self.table.unit)
        return picture([*layers, *written(texts)], self.look, top, self.table.description)

    @cached_property
    def _gutter(self) -> float:
        """Where the cells begin."""
        if self.look.stacked:
            return 0.0
        longest = max(width(title, self.look.size) for _, title in self.table.rows)
        longest = max(longest, width(self.table.disputes[0], self.look.small, bold=True))
        return min(longest, _MOST_LABELS * self.look.width) + _GAP

    @cached_property
    def _cell(self) -> float:
        """Width of a cell."""
        count = len(self.table.columns)
        return (self.look.width - self._gutter - _GAP * (count - 1)) / count

    def _left(self, column: int) -> float:
        return self._gutter + column * (self._cell + _GAP)

    @cached_property
    def _axes(self) -> Sequence[Axis]:
        """One for each column, all over the same values."""
        values = [value for entry in self.table.cells.values() for value in entry.values]
        ends = [(self._left(i) + 5, self._left(i) + self._cell - 5) for i in range(len(self.table.columns))]
        return [replace(Axis.over(values, *own), overhang=0.5 * _GAP) for own in ends] if values else []

    @cached_property
    def _lines(self) -> int:
        """Lines of numbers in a cell: all in one, the interval under the median, its ends under each other;
        0 where there is room for the median alone.
        """
        for lines in (1, 2, 3):
            parts = [part for entry in self.table.cells.values() for part in _parted(entry, lines)]
            if max(width(part, self.look.small) for part in parts) <= self._cell:
                return lines
        return 0

    def _headings(self, top: float) -> tuple[list[Text], list[dict[str, Any]], float]:
        """What goes down and across, and each column's source with a line in its colour."""
        look, (down_title, across_title) = self.look, self.table.disputes
        hand = Hand(size=look.small, colour=MUTED, bold=True)
        lines = wrapped(across_title, look.width - self._gutter, look.small, bold=True, lines=3)
        texts, below = block(lines, self._gutter, top, hand, look)
        if not look.stacked:
            lines = wrapped(down_title, self._gutter - _GAP, look.small, bold=True, lines=5)
            left, left_below = block(lines, 0, top, hand, look)
            texts += left
        titles = [wrapped(t, self._cell, look.size, lines=3) for _, t in self.table.columns]
        foot = below + max(map(len, titles)) * look.line
        for column, lines in enumerate(titles):
            own = Hand(size=look.size, limit=self._cell + 6)
            texts += block(lines, self._left(column), foot - len(lines) * look.line, own, look)[0]
        marks = [
            {"source": key, "x": self._left(i) + 3, "x2": self._left(i) + self._cell - 3, "y": foot + 3}
            for i, (key, _) in enumerate(self.table.columns)
        ]
        end = foot + 10
        if look.stacked:
            lines = wrapped(down_title, look.width, look.small, bold=True, lines=3)
            more, end = block(lines, 0, end, hand, look)
            return texts + more, marks, end
        return texts, marks, max(end, left_below + 4)

    def _label(self, title: str, top: float) -> tuple[list[Text], float]:
        """A row's source, and where its cells begin: beside it, or below where there is no room."""
        room = self.look.width if self.look.stacked else self._gutter - _GAP
        lines = wrapped(title, room, self.look.size, lines=3)
        texts, below = block(lines, 0, top, Hand(size=self.look.size, limit=room + 6), self.look)
        return texts, below if self.look.stacked else top

    def _numbers(self, entry: Entry, column: int, top: float) -> Iterator[Text]:
        middle = self._left(column) + self._cell / 2
        hand = Hand(size=self.look.small, colour=INK, align="center", limit=self._cell + _GAP)
        lines = _parted(entry, self._lines) if self._lines else _parted(entry, 2)[:1]
        yield from block(lines, middle, top, hand, self.look)[0]

    def _unit(self, foot: float) -> Text:
        middle = (self._gutter + self.look.width) / 2
        hand = Hand(size=self.look.small, colour=MUTED, align="center", limit=self.look.width - self._gutter)
        return Text(middle, foot + 1.6 * self.look.line, self.table.unit, hand)

    def _lines_through(self, bands: Sequence[tuple[float, float]]) -> Iterator[Layer]:
        """Grid lines in every cell, and the line of reference."""
        ticks: list[dict[str, Any]] = []
        reference: list[dict[str, Any]] = []
        for axis in self._axes:
            for top, bottom in bands:
                ends = {"y": top, "y2": bottom}
                ticks += [{"x": axis.place(v), "value": v, **ends} for v in axis.ticks(self.look.small)]
                if (value := self.table.reference) is not None:
                    reference.append({"x": axis.place(value), "value": value, **ends})
        for rows, colour, dash in ((ticks, GRID, [1, 0]), (reference, MUTED, [3, 3])):
            if rows:
                line = mark("rule", color=colour, strokeWidth=1, strokeDash=dash)
                yield layer(rows, line, x=across(), y=down(), y2=end("y2"))

    def _bars(self, placed: Sequence[tuple[Entry, int, float]], colours: SourceColours) -> Iterator[Layer]:
        held = [row for entry, column, y in placed for row in self._pieces(entry, column, y)]
        for rank in sorted({row["rank"] for row in held}, reverse=True):
            some = [row for row in held if row["rank"] == rank]
            bar = mark("rule", strokeWidth=thickness(rank, held))
            yield layer(some, bar, x=across(), x2=end("x2"), y=down(), color=colours.channel())
        medians = [
            {
                "label": entry.label, "source": entry.source, "median": entry.centre,
                "x": self._axes[column].place(entry.centre), "y": y,
            }
            for entry, column, y in placed
            if entry.centre is not None
        ]  # fmt: skip
        yield layer(medians, DOT, x=across(), y=down(), fill=colours.channel())

    def _pieces(self, entry: Entry, column: int, y: float) -> Iterator[dict[str, Any]]:
        place = self._axes[column].place
        for piece in entry.held:
            yield {
                "label": entry.label, "source": entry.source, "level": piece.level, "rank": piece.rank,
                "low": piece.low, "high": piece.high, "x": place(piece.low), "x2": place(piece.high), "y": y,
            }  # fmt: skip


def _parted(entry: Entry, lines: int) -> list[str]:
    """The median and, where it has one, the interval, in so many lines: `110`, `54 to`, `190`."""
    centre, apart, interval = entry.numbers.partition(" (")
    if lines == 1 or not apart:
        return [entry.numbers]
    interval = interval.removesuffix(")")
    low, to, high = interval.partition(" to ")
    return [centre, interval] if lines == 2 or not to else [centre, f"{low} to", high]


def _headed(marks: Sequence[dict[str, Any]], colours: SourceColours) -> Iterator[Layer]:
    """A line in its source's colour under each column's heading."""
    thick = mark("rule", strokeWidth=3)
    yield layer(marks, thick, x=across(), x2=end("x2"), y=down(), color=colours.channel())
