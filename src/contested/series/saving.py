"""A text put in the place of a file, all of it or nothing."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from contested.errors import ContestedError


def save_text(path: Path, text: str) -> None:
    """Write a file as UTF-8; what stood there is replaced at once, and keeps its permissions.

    The text is written under a hidden name beside the file, flushed to the disk, and renamed.

    Raises
    ------
    ContestedError
        Where it cannot be written; nothing is changed then.
    """
    target = Path(os.path.realpath(path))
    fresh = target.with_name(f".{target.name}.{secrets.token_hex(8)}.unfinished")
    try:
        try:
            with fresh.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            if target.exists():
                shutil.copymode(target, fresh)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ContestedError(f"--out: {path} cannot be written: {reason}") from None
