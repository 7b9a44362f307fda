"""Lines of a report, and how they are set in a given width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import groupby

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

_GAP = 2  # spaces between columns
_HOLD = "\ue000"  # stands for a space that no line ends at; labels hold no such character, see `plain`
_LABEL = 24  # narrowest column of labels: below it, intervals go one under the other


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A line of prose, wrapped; with a bullet, its later lines begin where its first did."""

    text: str
    indent: int = 0
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a label, and a cell for each of its columns.

    Fewer cells leave the last columns empty; a label without any has the whole width.
    """

    label: str
    cells: tuple[str, ...]
    indent: int = 0
    strong: bool = False


Line = Heading | Note | Row


def stacked(rows: Iterable[Line], levels: Sequence[str], width: int) -> list[Line]:
    """The same lines, with each row's intervals one under the other where they are too wide side by side.

    Parameters
    ----------
    rows : iterable of Line
        Rows have the cells (median, interval, …), the first of them their headings.
    levels : sequence of str
        What each interval holds.
    """
    lines = list(rows)
    if width - _cells_width(lines) >= _LABEL:
        return lines
    return [piece for line in lines for piece in _one_under_the_other(line, levels)]


def _one_under_the_other(line: Line, levels: Sequence[str]) -> Iterator[Line]:
    if not isinstance(line, Row) or len(line.cells) < 2:
        yield line
        return
    middle, *intervals = line.cells
    if line.label == "":  # the row of headings
        yield Row("", (middle, "", "interval"), line.indent, line.strong)
        return
    for index, (level, ends) in enumerate(zip(levels, intervals, strict=True)):
        first = index == 0
        yield Row(
            line.label if first else "", (middle if first else "", level, ends), line.indent, line.strong
        )


def set_lines(lines: Sequence[Line], *, width: int, styled: bool) -> str:
    """Set lines in a width; bold and dim only where `styled`.

    Labels are set as they are: no markup in them is obeyed.
    """
    page = StringIO()
    console = Console(
        file=page, width=width, force_terminal=styled, color_system="standard" if styled else None,
        no_color=True, markup=False, emoji=False, highlight=False, legacy_windows=False,
    )  # fmt: skip
    columns = _column_widths(lines)
    for in_table, group in groupby(lines, lambda line: isinstance(line, Row) and bool(line.cells)):
        if in_table:
            console.print(_table([line for line in group if isinstance(line, Row)], columns))
        else:
            for line in group:
                console.print(_prose(line))
    return "".join(f"{line.rstrip()}\n" for line in page.getvalue().replace(_HOLD, " ").splitlines())


def _text(text: str, *, strong: bool = False) -> Text:
    """Text in which a number and its per cent sign stay on one line."""
    return Text(text.replace(" %", f"{_HOLD}%"), style="bold" if strong else "")


def _prose(line: Line) -> RenderableType:
    """A line that has the whole width."""
    if isinstance(line, Heading):
        return _text(line.text, strong=True)
    if isinstance(line, Row):
        return Padding(_text(line.label, strong=line.strong), (0, 0, 0, line.indent))
    if not line.bullet:
        return Padding(_text(line.text), (0, 0, 0, line.indent))
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=line.indent + len(line.bullet))
    grid.add_column(ratio=1)
    grid.add_row(Text(" " * line.indent + line.bullet), _text(line.text))
    return grid


def _table(rows: Sequence[Row], columns: Sequence[int]) -> Table:
    grid = Table.grid(expand=True, padding=(0, 0, 0, _GAP))
    grid.add_column(ratio=1)
    for column in columns:
        grid.add_column(width=column + _GAP, justify="right", no_wrap=True)
    for row in rows:
        label = Padding(_text(row.label), (0, 0, 0, row.indent))
        cells = (*row.cells, *[""] * (len(columns) - len(row.cells)))
        grid.add_row(label, *map(_text, cells), style="bold" if row.strong else "")
    return grid


def _column_widths(lines: Iterable[Line]) -> list[int]:
    widths: list[int] = []
    for line in lines:
        for index, cell in enumerate(line.cells if isinstance(line, Row) else ()):
            widths[index : index + 1] = [max([cell_len(cell), *widths[index : index + 1]])]
    return widths


def _cells_width(lines: Iterable[Line]) -> int:
    widths = _column_widths(lines)
    return sum(widths) + _GAP * len(widths)
