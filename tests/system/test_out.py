"""`--out` as a user meets it; its atomicity is tested beside `report.saving`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sample_scenarios import RANGES, written


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "contested", "run", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_saved_run_runs_again_to_the_same_bytes(tmp_path: Path) -> None:
    file, out = written(tmp_path, RANGES), tmp_path / "out"
    first = _run(file, "--out", out)
    assert (first.returncode, first.stderr) == (0, f"saved in {out}\n")
    assert first.stdout.startswith("Ranges of two sources")
    again = _run(out / "sample.yaml", "--json")
    assert again.stdout == (out / "result.json").read_text(encoding="utf-8")
    assert (
        (out / "estimates.csv").read_text(encoding="utf-8").startswith("kind,name,title,unit,dispute,source,")
    )


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    file, out = written(tmp_path, RANGES), tmp_path / "out"
    _run(file, "--out", out)
    before = (out / "result.json").read_bytes()
    refused = _run(file, "--out", out, "--seed", "1")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert (
        refused.stderr
        == f"Error: --out: {out} exists; choose another name, or replace a saved run with --force\n"
    )
    assert (out / "result.json").read_bytes() == before
    assert _run(file, "--out", out, "--seed", "1", "--force").returncode == 0
    assert (out / "result.json").read_bytes() != before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "register.yaml", "sample.yaml"]
