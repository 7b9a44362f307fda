"""Programs that take turns, so that what slows the machine slows all of them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence


def in_turn(programs: Sequence[Sequence[str]], rounds: int) -> list[float]:
    """Median seconds of each program, given as Python's arguments, after one uncounted round."""
    times: list[list[float]] = [[] for _ in programs]
    for count in range(rounds + 1):
        for program, found in zip(programs, times, strict=True):
            start = time.perf_counter()
            subprocess.run([sys.executable, *program], check=True, capture_output=True)
            if count:
                found.append(time.perf_counter() - start)
    return [sorted(found)[len(found) // 2] for found in times]
