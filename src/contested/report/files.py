"""What is saved of an answer, by file name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from contested.answers.table import COLUMNS, rows
from contested.report.csv_table import csv_text

if TYPE_CHECKING:
    from contested.answers.result import Result

RUN_FILES = ("result.json", "estimates.csv")


def run_files(result: Result) -> Mapping[str, str]:
    """The result as JSON, and every printed number of it as a table."""
    texts = (result.to_json(), csv_text(COLUMNS, rows(result)))
    return dict(zip(RUN_FILES, texts, strict=True))
