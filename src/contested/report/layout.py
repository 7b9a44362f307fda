"""Lines of a report, and how they are set in a given width."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from rich.cells import cell_len, chop_cells

from contested.report.plain import isolates_closed

_GAP = 2  # spaces between columns
_BREAK = re.compile(r" (?!%)")  # a number and its per cent sign stay on one line
_LABEL = 24  # narrowest column of labels: below it, intervals go one under the other
_DRAWN = (10, 24)  # fewest and most cells of a drawing: below the fewest, there are none
_UNDER = 4  # where drawings begin that stand in the labels' column, under the labels

Drawing = Callable[[int], str]  # so many terminal cells wide


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

    Fewer cells leave the last columns empty; a label without any has the whole width. A drawing stands
    between the label and the cells, or in the label's place where there is none, if there is room for it.
    """

    label: str
    cells: tuple[str, ...]
    indent: int = 0
    strong: bool = False
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """What stands under the drawings of the rows above; nothing where there is no room for them."""

    drawing: Drawing


Line = Heading | Note | Row | Scale


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
    (level, ends), *others = zip(levels, intervals, strict=True)
    yield Row(line.label, (middle, level, ends), line.indent, line.strong)
    drawing = line.drawing  # goes where the next label would stand
    for level, ends in others:
        yield Row("", ("", level, ends), _UNDER, line.strong, drawing)
        drawing = None


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
    drawn = _Drawings.of(lines, width)
    return "".join(
        f"{text}\n" for text in chain(*(_set(line, width, columns, drawn, styled) for line in lines))
    )


@dataclass(frozen=True, slots=True)
class _Drawings:
    """How many cells each drawing of a table has, none without room; and whether it stands under a label."""

    cells: int
    under: bool

    @classmethod
    def of(cls, lines: Sequence[Line], width: int) -> _Drawings:
        rows = [line for line in lines if isinstance(line, Row) and line.cells]
        under = any(row.drawing and not row.label for row in rows)
        if not any(row.drawing for row in rows):
            return cls(0, under)
        fewest, most = _DRAWN
        room = width - _cells_width(lines) - (_UNDER if under else _GAP)
        if room - (0 if under else _LABEL) < fewest:
            return cls(0, under)
        labels = 0 if under else max(row.indent + cell_len(row.label) for row in rows)
        return cls(min(max(room - labels, fewest), most), under)


def _set(line: Line, width: int, columns: Sequence[int], drawn: _Drawings, styled: bool) -> Iterator[str]:
    match line:
        case Scale() if not drawn.cells:
            return
        case Scale(drawing):
            found = _row(Row("", (), _UNDER, drawing=drawing), width, columns, drawn)
        case Heading(text):
            found = wrapped(text, width)
        case Note(text, indent, bullet):
            found = _hanging(text, width, " " * indent + (f"{bullet} " if bullet else ""))
        case Row(label, (), indent):
            found = _hanging(label, width, " " * indent)
        case Row():
            found = _row(line, width, columns, drawn)
    strong = isinstance(line, Heading) or (isinstance(line, Row) and line.strong)
    for text in found:
        yield f"\x1b[1m{text.rstrip()}\x1b[0m" if styled and strong else text.rstrip()


def _hanging(text: str, width: int, start: str) -> Iterator[str]:
    """Text whose later lines begin where its first did."""
    for index, part in enumerate(wrapped(text, width - len(start))):
        yield (" " * len(start) if index else start) + part


def _row(row: Row, width: int, columns: Sequence[int], drawn: _Drawings) -> Iterator[str]:
    room = width - sum(columns) - _GAP * len(columns)
    cells = (
        " " * (_GAP + column - cell_len(cell)) + cell
        for column, cell in zip(columns, row.cells, strict=False)
    )
    numbers = "".join(cells)
    drawing = row.drawing(drawn.cells) if row.drawing and drawn.cells else ""
    if drawing and drawn.under:
        yield (" " * row.indent + drawing).ljust(room) + numbers
        return
    if drawn.cells and not drawn.under:
        room -= _GAP + drawn.cells
        numbers = " " * _GAP + drawing.ljust(drawn.cells) + numbers
    for index, label in enumerate(_hanging(row.label, room, " " * row.indent)):
        yield label + " " * (room - cell_len(label)) + ("" if index else numbers)


def wrapped(text: str, width: int) -> Iterator[str]:
    """Text in lines of at most so many terminal cells, broken at spaces; a longer word is cut.

    Isolates are ended in every line: terminals turn each by itself.
    """
    yield from isolates_closed(_wrapped(text, width))


def _wrapped(text: str, width: int) -> Iterator[str]:
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
