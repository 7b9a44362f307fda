"""Text to standard output, in UTF-8 wherever it can be, and never half a line."""

from __future__ import annotations

import io
import sys


def show(text: str) -> None:
    """Write text to standard output; what a terminal's encoding lacks is replaced, not an error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    sys.stdout.write(text)
    sys.stdout.flush()


def show_bytes(text: str) -> None:
    """Write text to standard output as UTF-8, whatever the terminal's encoding: for other programs."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
