"""Tracking: 24 months with their sums, comparisons and ranks against one month's run of the same scenario."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import Measured
from benchmarks.turns import in_turn

CONFIGS = Path(__file__).parent.parent / "configs"
WINDOW = "2024-01/2025-12"
MONTH = "2024-11"  # one whose ratio is precise after the first draws, as of most


def measure(smoke: bool = False) -> Iterator[Measured]:
    """Whole commands, as users wait for them, the two taking turns."""
    with tempfile.TemporaryDirectory() as folder:
        month, months = _written(Path(folder), MONTH), _written(Path(folder), MONTH if smoke else WINDOW)
        commands = [["-m", "contested", "run", str(month)], ["-m", "contested", "track", str(months)]]
        one, all_ = in_turn(commands, rounds=1 if smoke else 11)
        yield Measured(
            "track of 24 months against one month's run", all_ / one, 10, False,
            note=f"{all_:.2f} s against {one:.2f} s",
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
