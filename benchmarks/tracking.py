"""Tracking: 24 months with their sums, comparisons and ranks against one month's run of the same scenario."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.table import Measured

CONFIGS = Path(__file__).parent.parent / "configs"
WINDOW = "2024-01/2025-12"
MONTH = "2024-01"  # the first; track draws until the most demanding month is precise, of which it is one
IMPORTS = """\
import sys, time
import contested, numpy, scipy.optimize, scipy.stats
import contested.answers.estimate, contested.answers.track, contested.answers.standing
import contested.report.terminal, contested.report.track
from contested.scenario import load
"""
RUN = "contested.report.terminal.render(load(sys.argv[1]).run())\n"
TRACK = "contested.report.track.render_track(load(sys.argv[1]).track())\n"


def measure(smoke: bool = False) -> Iterator[Measured]:
    """Each to the text that is printed: beyond imports, and as whole commands; the processes taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        month, months = _written(Path(folder), MONTH), _written(Path(folder), MONTH if smoke else WINDOW)
        rounds = 1 if smoke else 11
        one, all_ = _in_turn([_program(RUN, month), _program(TRACK, months)], rounds)
        yield Measured(
            "track of 24 months against one month's run, beyond imports", all_ / one, 10, False,
            note=f"{all_:.2f} s against {one:.2f} s",
        )  # fmt: skip
        commands = [["-m", "contested", "run", str(month)], ["-m", "contested", "track", str(months)]]
        one, all_ = _in_turn(commands, rounds, timed=False)
        yield Measured(
            "the same as whole commands", all_ / one, 10, False, note=f"{all_:.2f} s against {one:.2f} s"
        )  # fmt: skip


def _written(folder: Path, window: str) -> Path:
    """The scenario of months in a window, with all that it reads; only the whole one compares windows."""
    shutil.copytree(CONFIGS / "data", folder / "data", dirs_exist_ok=True)
    shutil.copy(CONFIGS / "register.yaml", folder)
    text = (
        (CONFIGS / "monthly.yaml")
        .read_text(encoding="utf-8")
        .replace(f"window: {WINDOW}", f"window: {window}")
    )
    if window != WINDOW:
        text = re.sub(r"^comparisons:\n(?:[ #].*\n|\n)*", "", text, flags=re.MULTILINE)
    file = folder / f"months-{window.replace('/', '-')}.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _program(work: str, scenario: Path) -> Sequence[str]:
    timed = f"{IMPORTS}start = time.perf_counter()\n{work}print(time.perf_counter() - start)\n"
    return ["-W", "ignore", "-c", timed, str(scenario)]


def _in_turn(programs: Sequence[Sequence[str]], rounds: int, *, timed: bool = True) -> list[float]:
    """Median seconds of each program, after one uncounted round: what it says it took, or all of it."""
    times: list[list[float]] = [[] for _ in programs]
    for count in range(rounds + 1):
        for program, found in zip(programs, times, strict=True):
            start = time.perf_counter()
            done = subprocess.run([sys.executable, *program], check=True, capture_output=True, text=True)
            whole = time.perf_counter() - start
            if count:
                found.append(float(done.stdout) if timed else whole)
    return [sorted(found)[len(found) // 2] for found in times]
