"""The tidy table as CSV: full precision, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from contested.answers.table import COLUMNS, rows

if TYPE_CHECKING:
    from contested.answers.result import Result

_FORMULA = ("=", "+", "-", "@")  # what a cell begins with that a spreadsheet computes


def csv_text(result: Result) -> str:
    """Every printed number of a result: a line each, under a line of headings."""
    page = StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows(result):
        writer.writerow([_cell(row[column]) for column in COLUMNS])
    return page.getvalue()


def _cell(value: object) -> object:
    """Numbers as they are; text that a spreadsheet would compute begins with an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.lstrip().startswith(_FORMULA) else value
