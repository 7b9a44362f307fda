"""A directory of files, made or replaced whole or not at all.

It is written under a hidden name beside its own, flushed to the disk, and renamed. A manifest of checksums
says what belongs to it, so that only what was written so is ever replaced.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from contested.errors import ContestedError
from contested.report.manifest import MANIFEST, is_saved_run, manifest_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where files are to be written.

    Attributes
    ----------
    option : str
        The option that names it, for errors: `--out`.
    directory : Path
        A new directory; with `force`, one written so before, or an empty one, which is replaced.
    holds : str
        What it holds once it is written: `a saved run`.
    force : bool
    """

    option: str
    directory: Path
    holds: str
    force: bool

    def refuse_unfit(self) -> None:
        """Refuse a place that cannot be written to; nothing is touched.

        Raises
        ------
        ContestedError
            Where the directory exists and may not be replaced, or its parent is missing.
        """
        with self._explained():
            self._refuse_taken(_real(self.directory))

    @contextmanager
    def fresh(self) -> Iterator[Path]:
        """A hidden directory to fill, which takes the place of the named one once it is left without error.

        Raises
        ------
        ContestedError
            Where it cannot be written.
        """
        self.refuse_unfit()
        target = _real(self.directory)
        with self._explained(), _beside(target) as fresh:
            yield fresh
            _seal(fresh)
            self._refuse_taken(target)  # it may have been made while the files were
            _put(fresh, target)

    def refusal(self, reason: str) -> ContestedError:
        """An error about this place."""
        return ContestedError(f"{self.option}: {reason}")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """The operating system's refusals as errors of the input."""
        try:
            yield
        except OSError as error:
            reason = f"{self.directory} cannot be written: {error.strerror or error}"
            raise self.refusal(reason) from None

    def _refuse_taken(self, target: Path) -> None:
        if not target.parent.is_dir():
            raise self.refusal(f"the directory {self.directory.parent} does not exist; make it first")
        if not os.path.lexists(target):
            return
        if not target.is_dir():
            raise self.refusal(f"{self.directory} exists and is not a directory; choose another name")
        if not self.force:
            remedy = f"choose another name, or replace {self.holds} with --force"
            raise self.refusal(f"{self.directory} exists; {remedy}")
        if any(target.iterdir()) and not is_saved_run(target):
            remedy = "is not replaced; choose another name"
            raise self.refusal(f"{self.directory} holds more than {self.holds} and {remedy}")


def _real(directory: Path) -> Path:
    """The directory itself, links followed."""
    return Path(os.path.realpath(directory))


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A hidden directory beside the target, gone at the end unless it was renamed."""
    fresh = _hidden(target, "unfinished")
    fresh.mkdir()
    try:
        yield fresh
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _seal(fresh: Path) -> None:
    """Add the manifest, and have everything put on the disk."""
    (fresh / MANIFEST).write_text(manifest_text(fresh), encoding="utf-8", newline="\n")
    for path in sorted(fresh.rglob("*"), reverse=True):  # a directory after what is in it
        _flush(path)
    _flush(fresh)


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
