"""Answers saved as a directory: their files, and everything they were run from, all of it or nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import BinaryIO

from contested.errors import ContestedError, ScenarioError
from contested.language.nodes import Study
from contested.language.reading import read
from contested.report.directory import Destination
from contested.report.manifest import MANIFEST

Content = str | Callable[[BinaryIO], None]  # a text, or what writes to a file that need not fit in memory


def refuse_unfit(directory: Path, study: Study, names: Collection[str], *, force: bool) -> None:
    """Refuse a place that cannot be saved to; nothing is touched. To be asked before anything is drawn.

    Parameters
    ----------
    directory : Path
        Where the run is to be saved.
    study : Study
        What will be run; none of its files may have the name of one that is written.
    names : collection of str
        The files that will be written.
    force : bool
        Whether an earlier saved run, or an empty directory, may be replaced.

    Raises
    ------
    ContestedError
        Where the directory exists and may not be replaced, its parent is missing, or names collide.
    """
    _destination(directory, force=force).refuse_unfit()
    for name in _copies(study):
        if name in (*names, MANIFEST) or not name.isprintable():
            raise ContestedError(
                f"--out: the run's own file '{name}' cannot be saved under that name; rename it"
            )


def save(study: Study, files: Mapping[str, Content], directory: Path, *, force: bool = False) -> None:
    """Write some files and copies of all that they were made from.

    The copies keep their places relative to the scenario, so that the saved scenario runs again.

    Parameters
    ----------
    study : Study
        What was run.
    files : mapping of str to str or callable
        What is saved, by file name: a text, or what writes bytes to the file when it is given it.
    directory : Path
        A new directory; with `force`, an earlier saved run or an empty directory, which is replaced.
    force : bool

    Raises
    ------
    ContestedError
        Where it cannot be written, or what the run was made from has changed since it was read.
    """
    refuse_unfit(directory, study, files, force=force)
    with _destination(directory, force=force).fresh() as fresh:
        _fill(fresh, study, files)


def _destination(directory: Path, *, force: bool) -> Destination:
    return Destination(option="--out", directory=directory, holds="a saved run", force=force)


def _fill(fresh: Path, study: Study, files: Mapping[str, Content]) -> None:
    for name, source in _copies(study).items():
        copy = fresh / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    _refuse_changed(fresh / study.file.name, study)
    for name, content in files.items():
        _write(fresh / name, content)


def _write(file: Path, content: Content) -> None:
    if isinstance(content, str):
        file.write_text(content, encoding="utf-8", newline="\n")
        return
    with file.open("wb") as stream:
        content(stream)


def _refuse_changed(copy: Path, study: Study) -> None:
    """What is saved must be what was run, and run again."""
    try:
        found = read(copy)
    except ScenarioError as error:
        fault = error.faults[0].message
        raise ContestedError(
            f"--out: a copy of the scenario would not run by itself ({fault}); nothing is saved"
        ) from None
    if (found.scenario_sha256, found.register_sha256) != (study.scenario_sha256, study.register_sha256):
        raise ContestedError(
            "--out: the scenario or its register changed while it ran; nothing is saved, run again"
        )


def _copies(study: Study) -> dict[str, Path]:
    """Everything the study was read from, by its name below the scenario's folder."""
    folder = study.file.parent
    return {file.relative_to(folder).as_posix(): file for file in study.files}
