"""Lines of a report, and how they are set in a given width."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rich.cells import cell_len, chop_cells

_GAP = 2  # spaces between columns
_BREAK = re.compile(r" (?!%)")  # a number and its per cent sign stay on one line
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


def unfolded(rows: Iterable[Line], width: int) -> list[Line]:
    """The same lines, with each cell on a line of its own where they are too wide side by side.

    Parameters
    ----------
    rows : iterable of Line
        The cells of the first row are the headings.
    """
    lines = list(rows)
    if width - _cells_width(lines) >= _LABEL:
        return lines
    headings = next((line.cells for line in lines if isinstance(line, Row) and line.cells), ())
    return [piece for line in lines for piece in _cell_by_cell(line, headings)]


def _cell_by_cell(line: Line, headings: Sequence[str]) -> Iterator[Line]:
    if not isinstance(line, Row) or not line.cells:
        yield line
        return
    if line.label:
        yield Row(line.label, (), line.indent, line.strong)
    for heading, cell in zip(headings, line.cells, strict=False) if line.cells != headings else ():
        yield Note(f"{heading}: {cell}", line.indent + 2)


def set_lines(lines: Sequence[Line], *, width: int, styled: bool) -> str:
    """Set lines in a width; titles in bold where `styled`.

    Labels are set as they are: no markup in them is obeyed.
    """
    columns = _column_widths(lines)
    return "".join(f"{text}\n" for text in chain(*(_set(line, width, columns, styled) for line in lines)))


def _set(line: Line, width: int, columns: Sequence[int], styled: bool) -> Iterator[str]:
    match line:
        case Heading(text):
            found = wrapped(text, width)
        case Note(text, indent, bullet):
            found = _hanging(text, width, " " * indent + (f"{bullet} " if bullet else ""))
        case Row(label, (), indent):
            found = _hanging(label, width, " " * indent)
        case Row():
            found = _row(line, width, columns)
    strong = isinstance(line, Heading) or (isinstance(line, Row) and line.strong)
    for text in found:
        yield f"\x1b[1m{text.rstrip()}\x1b[0m" if styled and strong else text.rstrip()


def _hanging(text: str, width: int, start: str) -> Iterator[str]:
    """Text whose later lines begin where its first did."""
    for index, part in enumerate(wrapped(text, width - len(start))):
        yield (" " * len(start) if index else start) + part


def _row(row: Row, width: int, columns: Sequence[int]) -> Iterator[str]:
    room = width - sum(columns) - _GAP * len(columns)
    cells = (
        " " * (_GAP + column - cell_len(cell)) + cell
        for column, cell in zip(columns, row.cells, strict=False)
    )
    numbers = "".join(cells)
    for index, label in enumerate(_hanging(row.label, room, " " * row.indent)):
        yield label + " " * (room - cell_len(label)) + ("" if index else numbers)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Text in lines of at most so many terminal cells, broken at spaces; a longer word is cut."""
    line = ""
    for word in _BREAK.split(text):
        for part in [word] if cell_len(word) <= width else chop_cells(word, width):
            if line and cell_len(line) + 1 + cell_len(part) > width:
                yield line
                line = part
            else:
                line = f"{line} {part}" if line else part
    yield line


def _column_widths(lines: Iterable[Line]) -> list[int]:
    widths: list[int] = []
    for line in lines:
        for index, cell in enumerate(line.cells if isinstance(line, Row) else ()):
            widths[index : index + 1] = [max([cell_len(cell), *widths[index : index + 1]])]
    return widths


def _cells_width(lines: Iterable[Line]) -> int:
    widths = _column_widths(lines)
    return sum(widths) + _GAP * len(widths)
