"""A text written to one file, whole or not at all; nothing is replaced that nobody asked to have replaced."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from contested.errors import ContestedError


@dataclass(frozen=True, slots=True, kw_only=True)
class OneFile:
    """Where a text is to be written.

    Attributes
    ----------
    option : str
        The option that names it, for errors: `-o`.
    path : Path
    force : bool
        Whether a file that stands there may be replaced.
    """

    option: str
    path: Path
    force: bool

    def refuse_unfit(self) -> None:
        """Refuse a place that cannot be written to; nothing is touched. To be asked before anything is drawn.

        Raises
        ------
        ContestedError
            Where something stands there that may not be replaced, or its directory is missing.
        """
        with self._explained():
            self._refuse_taken()

    def write(self, text: str) -> None:
        """Write it as UTF-8, under a hidden name first; what is replaced keeps its permissions.

        Raises
        ------
        ContestedError
            Where it cannot be written; nothing is changed then.
        """
        target = Path(os.path.realpath(self.path))
        fresh = target.with_name(f".{target.name}.{secrets.token_hex(8)}.unfinished")
        with self._explained():
            try:
                with fresh.open("x", encoding="utf-8", newline="\n") as stream:
                    stream.write(text)
                    stream.flush()
                    os.fsync(stream.fileno())
                self._refuse_taken()  # it may have been made while the text was
                if target.exists():
                    shutil.copymode(target, fresh)
                fresh.replace(target)
            finally:
                fresh.unlink(missing_ok=True)

    def _refuse_taken(self) -> None:
        target = Path(os.path.realpath(self.path))
        if not target.parent.is_dir():
            raise self._refusal(f"the directory {self.path.parent} does not exist; make it first")
        if target.is_dir():
            raise self._refusal(f"{self.path} is a directory; name a file")
        if target.exists() and not self.force:
            raise self._refusal(f"{self.path} exists; choose another name, or replace it with --force")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """The operating system's refusals as errors of the input."""
        try:
            yield
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise self._refusal(f"{self.path} cannot be written: {reason}") from None

    def _refusal(self, reason: str) -> ContestedError:
        return ContestedError(f"{self.option}: {reason}")
