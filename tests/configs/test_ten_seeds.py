"""A whole scenario weighed by what its sources knew, as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "ten_seeds"
PUBLISHED = {  # normalised weights of the seven experts: validation case POOL-12
    "ex1": 0.0234383669549,
    "ex2": 0.117349111806,
    "ex3": 0.00071611930854,
    "ex4": 0.0132078958039,
    "ex5": 0.269019047846,
    "ex6": 0.0780876715965,
    "ex7": 0.498181786684,
}


def contested(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "contested", *arguments],
        cwd=FOLDER,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_run_is_weighed_by_performance() -> None:
    found = json.loads(contested("run", "ten-seeds.yaml", "--weighting", "performance", "--json"))
    assert found["weighting"] == "performance"
    assert found["weights"]["panel"] == pytest.approx(PUBLISHED, rel=1e-6)
    # Experts 1 to 3 hold at most 40, 5 to 7 at least 50, each with 95 %; expert 4 is at 40 to 50.
    below = sum(PUBLISHED[expert] for expert in ("ex1", "ex2", "ex3", "ex4"))
    assert found["questions"]["low"]["probability"] == pytest.approx(below, abs=0.02)
    facts = [cited["id"] for cited in found["provenance"]["cited"]]
    assert facts == ["answer-to-item-1", "answers"]


def test_a_check_passes() -> None:
    contested("check", "ten-seeds.yaml")
