"""Answers saved as a directory: their files, and everything they were run from, all of it or nothing.

The directory is written under a hidden name beside its own, flushed to the disk, and renamed. A manifest
of checksums says what belongs to it, so that only a saved run is ever replaced.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from contested.errors import ContestedError, ScenarioError
from contested.language.nodes import Study
from contested.language.reading import read
from contested.report.manifest import MANIFEST, is_saved_run, manifest_text

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
    with _explained(directory):
        _refuse_taken(directory, _real(directory), force=force)
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
    target = _real(directory)
    with _explained(directory), _beside(target) as fresh:
        _fill(fresh, study, files)
        _refuse_taken(directory, target, force=force)  # it may have been made while worlds were drawn
        _put(fresh, target)


def _real(directory: Path) -> Path:
    """The directory itself, links followed."""
    return Path(os.path.realpath(directory))


@contextmanager
def _explained(directory: Path) -> Iterator[None]:
    """The operating system's refusals as errors of the input."""
    try:
        yield
    except OSError as error:
        raise ContestedError(f"--out: {directory} cannot be written: {error.strerror or error}") from None


def _refuse_taken(directory: Path, target: Path, *, force: bool) -> None:
    if not target.parent.is_dir():
        raise ContestedError(f"--out: the directory {directory.parent} does not exist; make it first")
    if not os.path.lexists(target):
        return
    if not target.is_dir():
        raise ContestedError(f"--out: {directory} exists and is not a directory; choose another name")
    if not force:
        raise ContestedError(
            f"--out: {directory} exists; choose another name, or replace a saved run with --force"
        )
    if any(target.iterdir()) and not is_saved_run(target):
        raise ContestedError(
            f"--out: {directory} holds more than a saved run and is not replaced; choose another name"
        )


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A hidden directory beside the target, gone at the end unless it was renamed."""
    fresh = _hidden(target, "unfinished")
    fresh.mkdir()
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _fill(fresh: Path, study: Study, files: Mapping[str, Content]) -> None:
    for name, source in _copies(study).items():
        copy = fresh / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    _refuse_changed(fresh / study.file.name, study)
    for name, content in files.items():
        _write(fresh / name, content)
    (fresh / MANIFEST).write_text(manifest_text(fresh), encoding="utf-8", newline="\n")
    for path in sorted(fresh.rglob("*"), reverse=True):  # a directory after what is in it
        _flush(path)
    _flush(fresh)


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


def _put(fresh: Path, target: Path) -> None:
    """Give the finished directory its name; what stood there is deleted only after that."""
    if not target.exists():
        fresh.rename(target)
        _flush(target.parent)
        return
    old = _hidden(target, "replaced")
    target.rename(old)
    try:
        fresh.rename(target)
    except BaseException:
        old.rename(target)
        raise
    _flush(target.parent)
    shutil.rmtree(old)


def _hidden(target: Path, state: str) -> Path:
    """A name beside the target that nobody has."""
    return target.with_name(f".{target.name}.{secrets.token_hex(8)}.{state}")


def _flush(path: Path) -> None:
    """Have the operating system put a file or directory on the disk."""
    if os.name == "nt":
        return  # Windows flushes neither directories nor files that are open for reading
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
