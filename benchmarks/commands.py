"""The whole command, as a process, against imports: medians of runs made in turn."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.scenarios import one_dispute
from benchmarks.table import Measured
from benchmarks.turns import in_turn

CONFIGS = Path(__file__).parent.parent / "configs"
IMPORTS = "import numpy, scipy.stats"


def measure(smoke: bool = False) -> Iterator[Measured]:
    """The bars on the command's time and on memory."""
    runs = 3 if smoke else 11
    with tempfile.TemporaryDirectory() as folder:
        tight = one_dispute(Path(folder), tolerance=0.0005)
        for name, scenario in (("isw-2025", CONFIGS / "isw-2025.yaml"), ("one dispute at 0.0005", tight)):
            run = ["-m", "contested", "run", str(scenario)]
            whole, imports, own = in_turn([run, ["-c", IMPORTS], ["-c", _own_imports(run)]], runs)
            yield Measured(
                f"run {name}: against importing scipy.stats",
                whole / imports,
                2,
                False,
                note=f"{whole:.2f} s against {imports:.2f} s",
            )
            yield Measured(
                f"run {name}: beyond its own imports",
                whole - own,
                0.5,
                False,
                "s",
                note=f"imports {own:.2f} s",
            )
        check = ["-m", "contested", "check", str(CONFIGS / "isw-2025.yaml")]
        bare, helped, checked = in_turn([["-c", "pass"], ["-m", "contested", "--help"], check], runs)
        yield Measured("--help over bare Python", (helped - bare) * 1e3, 100, False, "ms")
        yield Measured("check isw-2025 over bare Python", (checked - bare) * 1e3, 400, False, "ms")
        yield _memory(Path(folder), smoke)


def _own_imports(run: Sequence[str]) -> str:
    """A program that imports every module the run imports, and does nothing else."""
    listing = (
        "import runpy, sys\n"
        f"sys.argv = {['contested', *run[2:]]!r}\n"
        "import io, contextlib\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    runpy.run_module('contested', run_name='__main__')\n"
        "print('\\n'.join(m for m in list(sys.modules) if m != '__main__'))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", listing], check=True, capture_output=True, text=True
    ).stdout.split()
    return "import importlib\n" + "\n".join(
        f"try: importlib.import_module({name!r})\nexcept Exception: pass" for name in found
    )


def _memory(folder: Path, smoke: bool) -> Measured:
    """Peak memory of 2²² worlds, three strata, one estimate (a tolerance that is never reached)."""
    worlds = 2**18 if smoke else 2**22
    scenario = one_dispute(folder, tolerance=1e-9, max_draws=worlds)
    pid = subprocess.Popen(
        [sys.executable, "-m", "contested", "run", str(scenario)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ).pid
    _, _, usage = os.wait4(pid, 0)
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 2**30
    return Measured(f"peak memory of {worlds:,} worlds, three strata", peak, 1, False, "GiB")
