"""`contested run` in a terminal, in a pipe, and as the environment asks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sample_scenarios import RANGES, written

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")

BLOCK = re.compile("[▁-█]")


def _command(file: Path) -> list[str]:
    return [sys.executable, "-m", "contested", "run", str(file)]


def _environment(**asked: str) -> dict[str, str]:
    unset = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING")
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return {**kept, "TERM": "xterm", "COLUMNS": "80", "PYTHONUTF8": "1", **asked}


def _watched(file: Path, **asked: str) -> str:
    """What a terminal is sent on standard output."""
    return _sent(_command(file), subprocess.DEVNULL, **asked)


def _sent(command: list[str], errors: int | None, **asked: str) -> str:
    """What a terminal is sent; standard error too, where that goes nowhere else."""
    ours, theirs = pty.openpty()
    stderr = theirs if errors is None else errors
    with subprocess.Popen(command, stdout=theirs, stderr=stderr, env=_environment(**asked)) as running:
        os.close(theirs)
        sent = b""
        while part := _read(ours):
            sent += part
        os.close(ours)
    assert running.returncode == 0
    return sent.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:  # how Linux says that the other end is closed
        return b""


def test_a_terminal_has_strips_and_bold_titles_and_a_pipe_neither(tmp_path: Path) -> None:
    file = written(tmp_path, RANGES)
    page = _watched(file)
    assert BLOCK.search(page)
    assert "\x1b[1m" in page
    piped = subprocess.run(
        _command(file), capture_output=True, text=True, timeout=120, check=True, env=_environment()
    ).stdout
    assert not BLOCK.search(piped)
    assert "\x1b" not in piped


def test_a_progress_bar_takes_no_strips_away(tmp_path: Path) -> None:
    at_once = "import contested.cli.progress as shown; shown._PATIENCE = 0; import contested.__main__ as m; "
    command = [sys.executable, "-c", f"{at_once}raise SystemExit(m.main())", "run"]
    page = _sent([*command, str(written(tmp_path, RANGES))], None)
    assert "━" in page
    assert BLOCK.search(page)


@pytest.mark.parametrize(
    ("asked", "strips", "escapes"),
    [
        ({"NO_COLOR": "1"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"PYTHONIOENCODING": "ascii"}, False, True),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_the_environment_is_heeded(
    tmp_path: Path, asked: dict[str, str], strips: bool, escapes: bool
) -> None:
    page = _watched(written(tmp_path, RANGES), **asked)
    assert bool(BLOCK.search(page)) is strips
    assert ("\x1b" in page) is escapes
