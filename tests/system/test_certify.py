"""`contested certify` as a user runs it: what it prints where, and how it exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from sample_scenarios import BOUNDS, EXACT, RANGES, written

ROOT = Path(__file__).parents[2]


def certify(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command; whatever comes of it, nobody is shown a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "contested", "certify", *map(str, arguments)],
        env={**os.environ, "COLUMNS": "100", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done


def test_a_certificate_is_a_page_and_nothing_else(tmp_path: Path) -> None:
    done = certify(written(tmp_path, EXACT), "--question", "over")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[:2] == ["At least 99", "sample, as of 22 August 2026"]
    assert lines[3].startswith("Depends on whom you believe: yes if one takes “Kyiv”")
    assert max(map(len, lines)) <= 100


def test_json_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    scenario = written(tmp_path, RANGES)
    first = certify(scenario, "--question", "over", "--json")
    again = certify(scenario, "--question", "over", "--json", PYTHONHASHSEED="7", PYTHONIOENCODING="ascii")
    assert (first.returncode, first.stderr) == (0, b"")
    assert first.stdout == again.stdout
    assert json.loads(first.stdout)["grade"]["kind"] == "depends"


def test_not_graded_is_an_answer(tmp_path: Path) -> None:
    done = certify(written(tmp_path, BOUNDS), "--question", "open")
    assert done.returncode == 0
    assert b"Not graded: it rests on one-sided bounds" in done.stdout


def test_draws_that_ended_too_early_are_said_on_the_page(tmp_path: Path) -> None:
    early = RANGES.replace("tolerance: 0.02", "tolerance: 0.00001, max_draws: 1024")
    done = certify(written(tmp_path, early), "--question", "over")
    assert done.returncode == 0
    assert b"Not graded: not converged, 1,024 worlds" in done.stdout
    assert b"NOT CONVERGED" in done.stdout


def test_an_unknown_question_is_refused_before_anything_is_drawn(tmp_path: Path) -> None:
    done = certify(written(tmp_path, EXACT), "--question", "ovr")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"Error: unknown question 'ovr'; did you mean 'over'? asked here: over\n"


def test_a_question_must_be_named(tmp_path: Path) -> None:
    done = certify(written(tmp_path, EXACT))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Missing option '--question'" in done.stderr


def test_a_scenario_without_questions_is_told_how_to_ask_one(tmp_path: Path) -> None:
    silent = EXACT[: EXACT.index("questions:")]
    done = certify(written(tmp_path, silent), "--question", "over")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"Error: the scenario asks no questions; state the claim as one")


def test_a_faulty_scenario_shows_its_faults(tmp_path: Path) -> None:
    done = certify(written(tmp_path, EXACT.replace("unit: person\n", "unit: persn\n")), "--question", "over")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"persn" in done.stderr


def test_the_shipped_headline_depends_on_whom_one_believes() -> None:
    done = certify(ROOT / "configs" / "isw-2025.yaml", "--question", "isw_headline", "--json")
    found = json.loads(done.stdout)
    assert found["grade"]["kind"] == "depends"
    assert {"toll": "skeptic"} in found["grade"]["no"]["sources"]
    assert {"toll": "osint"} in found["grade"]["yes"]["sources"]
    assert found["grade"]["text"].startswith("Depends on whom you believe: yes if one takes “Western OSINT”")
    assert found["effective_lines"] == {"territory": 2.0, "toll": 2.0}
