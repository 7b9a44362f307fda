"""A table as LaTeX: a longtable as wide as the page, its pure numbers below one another at the point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contested.report.briefing.values import Cell, Group, Row, Table
from contested.report.latex_numbers import Units, digits, table_format
from contested.report.latex_text import escaped, strong
from contested.report.wording import NONE

_LABELS = (14, 44)  # fewest and most characters that a column is given room for
_CELLS = (7, 22)
_LINE = 84  # characters that a line holds
_APART = 3  # characters that the space between two columns takes
_MANY = 5  # columns, beyond which letters are smaller


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its share of the line, and its digits where it holds numbers alone."""

    share: float
    digits: str | None

    @property
    def width(self) -> str:
        return rf"\dimexpr{self.share:.4f}\linewidth-2\tabcolsep\relax"

    @property
    def declared(self) -> str:
        if self.digits is None:
            return rf">{{\raggedright\arraybackslash}}p{{{self.width}}}"
        return f"S[table-format={self.digits},table-column-width={{{self.width}}}]"


def latex_table(table: Table, units: Units) -> str:
    """A table with its caption, and without its notes.

    It needs array, booktabs, longtable and siunitx of version 3, and the table's unit declared.
    """
    columns = tuple(_columns(table))
    unit = f" ({units.unit(table.unit)})" if table.unit else ""
    headings = (table.stub, *table.columns)
    head = " & ".join(map(_heading, headings, columns)) + r" \\"
    size = r"\footnotesize" if len(columns) > _MANY else r"\small"
    return "\n".join(
        (
            rf"\begingroup{size}",
            rf"\begin{{longtable}}{{{''.join(column.declared for column in columns)}}}",
            rf"\caption*{{{strong(table.title)}{unit}}} \\",
            rf"\toprule {head} \midrule \endfirsthead",
            rf"\toprule {head} \midrule \endhead",
            r"\bottomrule \endfoot",
            *(line for group in table.groups for line in _group(group, columns, units)),
            r"\end{longtable}",
            r"\endgroup",
        )
    )


def _columns(table: Table) -> Iterator[_Column]:
    """The columns with room by the longest text in them, within limits."""
    below = [[_cell(row, index).text for row in table.rows] for index in range(len(table.columns))]
    labels = [table.stub, *(row.label for row in table.rows)]
    cells = []
    for heading, texts in zip(table.columns, below, strict=True):
        lines = heading[::2], *heading.split()  # a heading may take two lines, broken between words
        cells.append(_room([*lines, *texts], _CELLS))
    # Labels wrap sooner than numbers do.
    room = [min(_room(labels, _LABELS), max(_LABELS[0], _LINE - sum(cells))), *cells]
    formats = [None, *map(table_format, below)]
    return (_Column(each / sum(room), found) for each, found in zip(room, formats, strict=True))


def _room(texts: list[str], limits: tuple[int, int]) -> int:
    fewest, most = limits
    return min(max(fewest, *map(len, texts)), most) + _APART


def _heading(text: str, column: _Column) -> str:
    if column.digits is None:
        return escaped(text)
    return rf"{{\parbox[t]{{{column.width}}}{{\centering {escaped(text)}}}}}"


def _group(group: Group, columns: tuple[_Column, ...], units: Units) -> Iterator[str]:
    if group.title:
        wide = r">{\raggedright\arraybackslash}p{\dimexpr\linewidth-2\tabcolsep\relax}"
        yield rf"\addlinespace \multicolumn{{{len(columns)}}}{{{wide}}}{{{strong(group.title)}}} \\*"
    for row in group.rows:
        cells = (_set(_cell(row, i), row.strong, each, units) for i, each in enumerate(columns[1:]))
        label = strong(row.label) if row.strong else escaped(row.label)
        yield rf"{' & '.join((label, *cells))} \\"


def _cell(row: Row, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else Cell("")


def _set(cell: Cell, bold: bool, column: _Column, units: Units) -> str:
    if not cell.text:
        return ""
    if column.digits is None:
        inside = units.amount(cell.text)
        return rf"\textbf{{{inside}}}" if bold else inside
    if cell.text == NONE:
        return f"{{{NONE}}}"
    return rf"\bfseries {digits(cell.text)}" if bold else digits(cell.text)
