"""A CSV file as rows that know their place: UTF-8 with or without byte-order mark, any line ends."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from contested.errors import Fault, Location
from contested.series.faults import Faults, SeriesError

MAX_BYTES = 16 * 2**20  # a century of daily rows is a quarter of it

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_OTHER_SEPARATORS = {";": "';'", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the file and its cells, blanks around them removed."""

    line: int
    text: str
    cells: tuple[str, ...]

    def column_of(self, index: int) -> int:
        """Where a cell begins in the line, counting from 1."""
        quoted, seen = False, 0
        for place, character in enumerate(self.text):
            if seen == index:
                return place + 1
            if character == '"':
                quoted = not quoted
            elif character == "," and not quoted:
                seen += 1
        return len(self.text) + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A header and its rows, each with a cell for every column.

    Attributes
    ----------
    file : str
        How the file is called in faults.
    columns : tuple of str
    rows : tuple of Row
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def add_fault(self, faults: Faults, row: Row, column: str, message: str) -> None:
        """Note what is wrong with a cell."""
        faults.add(row.line, row.column_of(self.columns.index(column)), column, message)

    def refuse_without(self, columns: Iterable[str], faults: Faults, remedy: str) -> None:
        """Note the columns that are missing."""
        missing = [f"'{column}'" for column in columns if column not in self.columns]
        if missing:
            has = ", ".join(f"'{column}'" for column in self.columns[:12])
            columns_are = "column is" if len(missing) == 1 else "columns are"
            message = f"the {columns_are} missing: {', '.join(missing)}; the file has {has}; {remedy}"
            faults.add(1, 1, "", message)


def read_table(path: Path, shown: str | None = None) -> Table:
    """Read a CSV file; blank lines are passed over, nothing else is.

    Parameters
    ----------
    path : Path
    shown : str, optional
        How the file is called in faults; as `path` where absent.

    Raises
    ------
    SeriesError
        With a place in the file for everything that keeps it from being a table.
    """
    faults = Faults(str(path) if shown is None else shown)
    lines = re.split("\r\n|\n|\r", _text(path, faults))
    rows = [row for line, text in enumerate(lines, 1) if text.strip() if (row := _row(line, text, faults))]
    faults.raise_if_any()
    if not rows:
        _stop(faults, 1, 1, "is empty; the first line must name the columns")
    header, *rest = rows
    _check_header(header, faults)
    _check_widths(header, rest, faults)
    if not rest:
        faults.add(header.line, 1, "", "no row stands under the names of the columns")
    faults.raise_if_any()
    return Table(file=faults.file, columns=header.cells, rows=tuple(rest))


def _text(path: Path, faults: Faults) -> str:
    try:
        if not path.is_file():
            other = "is not a regular file" if path.exists() else "no such file"
            _stop(faults, 1, 1, "is a folder, not a file" if path.is_dir() else other)
        if path.stat().st_size > MAX_BYTES:
            _stop(faults, 1, 1, "is larger than 16 MiB, which no series by day is; cut it to its own rows")
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        _stop(faults, 1, 1, f"cannot be read ({getattr(error, 'strerror', None) or error})")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        byte = f"0x{content[error.start]:02x}"
        before = content[: error.start].decode("utf-8")
        _stop(faults, *_end(before), f"is not UTF-8 text (byte {byte}); save it as UTF-8")
    if control := _CONTROL.search(text):
        code = f"U+{ord(control.group()):04X}"
        _stop(faults, *_end(text[: control.start()]), f"control character {code} is not allowed; remove it")
    if text.lstrip()[:1] in ("{", "["):
        _stop(faults, 1, 1, "is JSON; save it as CSV, a row for each day under a line of column names")
    return text


def _stop(faults: Faults, line: int, column: int, message: str) -> NoReturn:
    raise SeriesError([Fault(Location(faults.file, line, column), "", message)])


def _end(before: str) -> tuple[int, int]:
    lines = re.split("\r\n|\n|\r", before)
    return len(lines), len(lines[-1]) + 1


def _row(line: int, text: str, faults: Faults) -> Row | None:
    if '"' not in text:
        return Row(line, text, tuple(map(str.strip, text.split(","))))
    if text.count('"') % 2:
        faults.add(line, text.rindex('"') + 1, "", "a quotation mark is not closed; a cell keeps to one line")
        return None
    try:
        (cells,) = csv.reader([text], strict=True, skipinitialspace=True)
    except (csv.Error, ValueError):
        faults.add(line, text.index('"') + 1, "", "quotation marks stand inside a cell; double them")
        return None
    return Row(line, text, tuple(map(str.strip, cells)))


def _check_header(header: Row, faults: Faults) -> None:
    for index, column in enumerate(header.cells):
        if column and column in header.cells[:index]:
            faults.add(header.line, header.column_of(index), "", f"column '{column}' stands twice; keep one")
    for character, name in _OTHER_SEPARATORS.items():
        if len(header.cells) == 1 and character in header.text:
            faults.add(header.line, header.text.index(character) + 1, "",
                       f"cells are separated by {name}; save the file with commas between them")  # fmt: skip


def _check_widths(header: Row, rows: Iterable[Row], faults: Faults) -> None:
    width = len(header.cells)
    for row in rows:
        if len(row.cells) != width:
            end = row.column_of(min(len(row.cells), width))
            faults.add(
                row.line, end, "", f"must have {width} cells, one for each column (got {len(row.cells)})"
            )
