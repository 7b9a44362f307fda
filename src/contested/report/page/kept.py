"""A text that takes long to make and is always the same, kept in the user's cache."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def kept(name: str, made: Callable[[], str]) -> str:
    """A text from the cache; where it is not there, or not whole, it is made, and kept if that is possible.

    The cache is `contested` in `XDG_CACHE_HOME`, which is `~/.cache` where it is not set. It may be deleted.

    Parameters
    ----------
    name : str
        Of the file; another text has another name.
    made : callable
        Makes the text.
    """
    folder = _folder()
    if folder is None:
        return made()
    file = folder / name
    found = _read(file)
    if found is None:
        found = made()
        _write(file, found)
    return found


def _folder() -> Path | None:
    try:
        home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:  # there is no home
        return None
    return Path(home) / "contested"


def _read(file: Path) -> str | None:
    """What was kept, if it is as it was written."""
    try:
        digest, _, text = file.read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    return text if digest == _digest(text) else None


def _write(file: Path, text: str) -> None:
    """Keep a text, whole or not at all; not to be able to is no fault."""
    fresh = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            with fresh.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(f"{_digest(text)}\n{text}")
            fresh.replace(file)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError:
        return


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
