"""`--out` as a user meets it; its atomicity is tested beside `report.saving`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from contested.report.manifest import is_saved_run
from sample_scenarios import RANGES, written


def _run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "contested", "run", *map(str, arguments)]
    known = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=known)


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


def test_the_worlds_are_saved_where_they_are_asked_for(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    file, out = written(tmp_path, RANGES), tmp_path / "out"
    saved = _run(file, "--out", out, "--draws")
    assert (saved.returncode, saved.stderr) == (0, f"saved in {out}\n")
    first = (out / "draws.parquet").read_bytes()
    assert is_saved_run(out)
    assert _run(file, "--out", out, "--draws", "--force", PYTHONHASHSEED="1").returncode == 0
    assert (out / "draws.parquet").read_bytes() == first
    assert _run(file, "--out", out, "--force").returncode == 0
    assert not (out / "draws.parquet").exists()


def test_worlds_go_with_a_directory(tmp_path: Path) -> None:
    refused = _run(written(tmp_path, RANGES), "--draws")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.endswith("Error: --draws goes with --out\n")


def test_without_pyarrow_nothing_is_drawn_for_them(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "pyarrow.py").write_text("raise ImportError('hidden')", encoding="utf-8")
    file, out = written(tmp_path, RANGES.replace("tolerance: 0.02", "tolerance: 0.0000001")), tmp_path / "out"
    refused = _run(file, "--out", out, "--draws", PYTHONPATH=str(hidden))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "Error: --draws needs pyarrow: pip install 'contested[parquet]'\n"
    assert not out.exists()
