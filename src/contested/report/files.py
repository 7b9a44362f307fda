"""What is saved of an answer, by file name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, BinaryIO

from contested.answers import comparison_table, track_table
from contested.answers.table import COLUMNS, rows
from contested.report.csv_table import csv_text

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.answers.result import Result
    from contested.answers.track import Track
    from contested.language.nodes import Study
    from contested.report.saving import Content

RUN_FILES = ("result.json", "estimates.csv")
TRACK_FILES = ("track.json", "track.csv")
_PICTURES = (".vl.json", ".svg", ".png")
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


def track_names(study: Study) -> Sequence[str]:
    """The names of the files of a track of a scenario."""
    pictures = () if study.each is None else _pictures(study.each.estimates).values()
    return (*TRACK_FILES, *(f"{name}{suffix}" for name in pictures for suffix in _PICTURES))


def track_files(track: Track) -> Mapping[str, Content]:
    """The track as JSON, every printed number of it as a table, and a picture of each estimate along time."""
    from contested.report.charts.export import png_bytes, spec_text, svg_text
    from contested.report.charts.track import track_chart

    texts = (track.to_json(), csv_text(track_table.COLUMNS, track_table.rows(track)))
    files: dict[str, Content] = dict(zip(TRACK_FILES, texts, strict=True))
    for estimate, name in _pictures(track.estimates).items():
        picture = track_chart(track, estimate)
        contents = (spec_text(picture), svg_text(picture), _writer(png_bytes(picture)))
        files |= zip((f"{name}{suffix}" for suffix in _PICTURES), contents, strict=True)
    return files


def _pictures(estimates: Collection[str]) -> Mapping[str, str]:
    """What the picture of each estimate is called: `track`, or where there are several `track-per_km2`."""
    return {each: "track" if len(estimates) == 1 else f"track-{each}" for each in estimates}


def _writer(content: bytes) -> Callable[[BinaryIO], None]:
    """What writes some bytes to a file."""

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    return write
