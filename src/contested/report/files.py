"""What is saved of an answer, by file name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from contested.answers import comparison_table, track_table
from contested.answers.table import COLUMNS, rows
from contested.report.csv_table import csv_text

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.answers.result import Result
    from contested.answers.track import Track
    from contested.report.saving import Content

RUN_FILES = ("result.json", "estimates.csv")
TRACK_FILES = ("track.json", "track.csv")
DRAWS_FILE = "draws.parquet"
COMPARISON_FILES = ("comparison.json", *(f"{name}.csv" for name in comparison_table.COLUMNS))


def run_files(result: Result, *, draws: bool = False) -> Mapping[str, Content]:
    """The result as JSON, every printed number of it as a table and, where asked for, its worlds.

    Parameters
    ----------
    result : Result
    draws : bool
        Whether to save the worlds too, which needs pyarrow.
    """
    texts = (result.to_json(), csv_text(COLUMNS, rows(result)))
    files: dict[str, Content] = dict(zip(RUN_FILES, texts, strict=True))
    if draws:
        from contested.report.draws_file import draws_file

        files[DRAWS_FILE] = draws_file(result)
    return files


def comparison_files(comparison: Comparison) -> Mapping[str, Content]:
    """The comparison as JSON, and a table for each kind of its answers."""
    tables = (
        csv_text(columns, comparison_table.rows(comparison, name))
        for name, columns in comparison_table.COLUMNS.items()
    )
    return dict(zip(COMPARISON_FILES, (comparison.to_json(), *tables), strict=True))


def track_files(track: Track) -> Mapping[str, Content]:
    """The track as JSON, and every printed number of it as a table."""
    texts = (track.to_json(), csv_text(track_table.COLUMNS, track_table.rows(track)))
    return dict(zip(TRACK_FILES, texts, strict=True))
