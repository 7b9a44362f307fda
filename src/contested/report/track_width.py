"""Which of several settings of a table fits in a width."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rich.cells import cell_len

from contested.report.layout import Line, Row

GAP = 2  # spaces between columns

Tables = Sequence[Sequence[Line]]  # each set by itself, with columns of its own


def first_that_fits(settings: Iterable[Tables], width: int) -> Tables:
    """The first setting whose tables all fit without a label being wrapped; the last where none does."""
    tables: Tables = ()
    for tables in settings:
        if all(needed(table) <= width for table in tables):
            break
    return tables


def needed(lines: Sequence[Line]) -> int:
    """The width that a table's rows need, their labels in one line."""
    rows = [line for line in lines if isinstance(line, Row) and line.cells]
    labels = max((row.indent + cell_len(row.label) for row in rows), default=0)
    count = max((len(row.cells) for row in rows), default=0)
    columns = (max(cell_len(row.cells[i]) for row in rows if i < len(row.cells)) for i in range(count))
    return labels + sum(GAP + column for column in columns)


def drawn_in(table: Sequence[Line], width: int) -> list[Line]:
    """The same table with its numbers near their labels: what room is left goes to the end of the lines."""
    room = width - needed(table) - GAP
    columns = max((len(line.cells) for line in table if isinstance(line, Row)), default=0)
    if room <= 0 or not columns:
        return list(table)
    return [_longer(line, columns, " " * room) for line in table]


def _longer(line: Line, columns: int, end: str) -> Line:
    if not isinstance(line, Row) or not line.cells:
        return line
    return replace(line, cells=(*line.cells, *[""] * (columns - len(line.cells)), end))
