"""Text to standard output, in UTF-8 wherever it can be, and never half a line."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import TypedDict


class Terminal(TypedDict):
    """What standard output can show."""

    width: int
    styled: bool


def terminal() -> Terminal:
    """Columns, and whether titles may be bold; 80 and no where standard output is a file or a pipe.

    The environment's COLUMNS goes before what the terminal says. NO_COLOR, where it is not empty, keeps the
    text free of all escape sequences; else FORCE_COLOR, where it is neither empty nor 0, has titles bold
    wherever the text goes.
    """
    columns = shutil.get_terminal_size((80, 24)).columns
    return {"width": columns, "styled": _styled()}


def shows(characters: str) -> bool:
    """Whether standard output is a terminal that can show some characters.

    They are no colour, so that NO_COLOR does not ask for them to be left out; nor does FORCE_COLOR ask for
    them in a file or a pipe.
    """
    if not _obeys():
        return False
    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _styled() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return os.environ.get("FORCE_COLOR", "") not in ("", "0") or _obeys()


def _obeys() -> bool:
    """Whether standard output is a terminal that is more than a teletype."""
    watched = sys.stdout is not None and sys.stdout.isatty()
    return watched and os.environ.get("TERM") not in (None, "dumb")


def give_up_output() -> None:
    """Let what is still to be written go nowhere, so that the end of the process does not fail at it too."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def show(text: str) -> None:
    """Write text to standard output; what a terminal's encoding lacks is replaced, not an error."""
    if sys.stdout is None:  # closed by whoever started the command: nobody listens
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)
    sys.stdout.flush()


def show_bytes(text: str) -> None:
    """Write text to standard output as UTF-8, whatever the terminal's encoding: for other programs."""
    if sys.stdout is None:
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
