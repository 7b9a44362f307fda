"""Draws files: one column of a CSV or Parquet file as a sample, strictly read."""

from __future__ import annotations

import csv
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import numpy as np

from contested.shapes.base import Array, FitError

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def read_sample(file: Path, column: str) -> Array:
    """One column of a draws file, in rising order, read-only.

    Parameters
    ----------
    file : Path
        Of suffix .csv (UTF-8, comma-separated, names in its first line) or .parquet.
    column : str

    Returns
    -------
    array, shape (rows,)

    Raises
    ------
    FitError
        The file or the column is missing, there are no rows, or a cell is not a finite number.
    """
    readers = {".csv": _csv_column, ".parquet": _parquet_column}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise FitError(f"{file.name}: draws are read from .csv or .parquet files")
    try:
        values = reader(file, column)
    except OSError as error:
        raise FitError(f"{file.name}: cannot be read ({error.strerror or error})") from error
    if len(values) == 0:
        raise FitError(f"{file.name}: column {column!r} has no rows")
    values = np.sort(values)
    values.flags.writeable = False
    return values


def _csv_column(file: Path, column: str) -> Array:
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            return np.fromiter(_csv_numbers(file.name, lines, column), dtype=np.float64)
    except UnicodeDecodeError as error:
        raise FitError(f"{file.name}: is not UTF-8 text") from error
    except csv.Error as error:
        raise FitError(f"{file.name}: is not a CSV file ({error})") from error


def _csv_numbers(name: str, lines: TextIO, column: str) -> Iterator[float]:
    rows = csv.reader(lines, strict=True)
    header = [title.strip() for title in next(rows, [])]
    place = _place_of(name, header, column)
    for row in rows:
        where = f"{name}:{rows.line_num}"
        if len(row) != len(header):
            raise FitError(f"{where}: has {len(row)} cells where the first line names {len(header)} columns")
        yield _number(row[place].strip(), where, column)


def _number(text: str, where: str, column: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise FitError(f"{where}: column {column!r} must hold a number (got {text!r})")
    value = float(text)
    if not np.isfinite(value):
        raise FitError(f"{where}: column {column!r} must hold a finite number (got {text!r})")
    return value


def _place_of(name: str, header: list[str], column: str) -> int:
    if header.count(column) == 1:
        return header.index(column)
    what = f"has {header.count(column)} columns" if column in header else "has no column"
    raise FitError(f"{name}: {what} {column!r}; it has {', '.join(header) or 'nothing'}")


def _parquet_column(file: Path, column: str) -> Array:
    try:
        pyarrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        remedy = "pip install 'contested[parquet]'"
        raise FitError(f"{file.name}: reading Parquet needs pyarrow: {remedy}") from error
    try:
        stored = parquet.ParquetFile(file)
        _place_of(file.name, stored.schema_arrow.names, column)
        cells = stored.read(columns=[column]).column(0)
    except pyarrow.ArrowInvalid as error:
        raise FitError(f"{file.name}: is not a Parquet file ({error})") from error
    kinds = pyarrow.types
    if not any(is_kind(cells.type) for is_kind in (kinds.is_integer, kinds.is_floating, kinds.is_decimal)):
        raise FitError(f"{file.name}: column {column!r} must hold numbers (it holds {cells.type})")
    values = np.asarray(cells.cast(pyarrow.float64(), safe=False).to_numpy(), dtype=np.float64)
    _refuse_first(~np.isfinite(values), file.name, column)
    return values


def _refuse_first(is_bad: Array, name: str, column: str) -> None:
    if is_bad.any():
        row = int(np.argmax(is_bad)) + 1
        raise FitError(f"{name}: row {row}: column {column!r} must hold a finite number")
