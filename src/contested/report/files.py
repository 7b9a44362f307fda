"""What is saved of an answer, by file name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from contested.answers import comparison_table
from contested.answers.table import COLUMNS, rows
from contested.report.csv_table import csv_text

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.answers.result import Result

RUN_FILES = ("result.json", "estimates.csv")
COMPARISON_FILES = ("comparison.json", *(f"{name}.csv" for name in comparison_table.COLUMNS))


def run_files(result: Result) -> Mapping[str, str]:
    """The result as JSON, and every printed number of it as a table."""
    texts = (result.to_json(), csv_text(COLUMNS, rows(result)))
    return dict(zip(RUN_FILES, texts, strict=True))


def comparison_files(comparison: Comparison) -> Mapping[str, str]:
    """The comparison as JSON, and a table for each kind of its answers."""
    tables = (
        csv_text(columns, comparison_table.rows(comparison, name))
        for name, columns in comparison_table.COLUMNS.items()
    )
    return dict(zip(COMPARISON_FILES, (comparison.to_json(), *tables), strict=True))
