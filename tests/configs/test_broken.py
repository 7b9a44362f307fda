"""Every broken scenario is told its exact faults, each with its place and its remedy, and exit code 2.

Beside NAME.yaml stands NAME.expected: what `contested check NAME.yaml` prints. What needs data or a fit
stands in the folder `run`, passes `check`, and is refused by `contested run`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from contested.cli import main

BROKEN = Path(__file__).parent / "broken"
CHECKED = sorted(path.stem for path in BROKEN.glob("*.yaml") if path.stem != "register")
RUN = sorted(path.stem for path in (BROKEN / "run").glob("*.yaml") if path.stem != "register")
LINE = re.compile(r"(?P<file>[^:]+):(?P<line>[0-9]+):(?P<column>[0-9]+): \S.*")


def expected(folder: Path, name: str) -> str:
    return (folder / f"{name}.expected").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CHECKED)
def test_check_tells_every_fault(name, monkeypatch, capsys):
    monkeypatch.chdir(BROKEN)
    assert main(["check", f"{name}.yaml"]) == 2
    assert capsys.readouterr() == ("", expected(BROKEN, name))


@pytest.mark.parametrize("name", RUN)
def test_run_tells_the_faults_that_need_data_or_a_fit(name, monkeypatch, capsys):
    monkeypatch.chdir(BROKEN / "run")
    assert main(["check", f"{name}.yaml"]) == 0
    capsys.readouterr()
    assert main(["run", f"{name}.yaml"]) == 2
    assert capsys.readouterr() == ("", expected(BROKEN / "run", name))


@pytest.mark.parametrize("name", CHECKED[::20])
def test_run_refuses_what_check_refuses(name, monkeypatch, capsys):
    monkeypatch.chdir(BROKEN)
    assert main(["run", f"{name}.yaml", "--json"]) == 2
    assert capsys.readouterr() == ("", expected(BROKEN, name))


@pytest.mark.parametrize("folder", [BROKEN, BROKEN / "run"], ids=["check", "run"])
def test_every_fault_points_at_what_can_be_seen(folder):
    """At a character that is there, or just past the end where something is missing."""
    for file in folder.glob("*.expected"):
        lines = file.read_text(encoding="utf-8").splitlines()
        assert lines, file
        for line in lines:
            found = LINE.fullmatch(line)
            assert found, line
            text = [*(folder / found["file"]).read_text(encoding="utf-8").splitlines(), ""]
            pointed = text[int(found["line"]) - 1][int(found["column"]) - 1 :]
            assert not pointed[:1].isspace(), line
            assert pointed or re.search("missing|nothing|not closed|ends", line), line


def test_nothing_of_the_corpus_is_left_out():
    assert len(CHECKED) + len(RUN) >= 60
    for folder in (BROKEN, BROKEN / "run"):
        scenarios = {path.stem for path in folder.glob("*.yaml")} - {"register"}
        assert scenarios == {path.stem for path in folder.glob("*.expected")}


@pytest.mark.parametrize(
    ("command", "folder", "name"),
    [
        ("check", "broken", "number-as-text"),
        ("check", "broken", "yaml-tag"),
        ("check", "broken", "formula-import"),
        ("check", "broken", "register-dates"),
        ("run", "broken", "claims-missing"),
        ("run", "broken/run", "metalog-infeasible"),
    ],
)
def test_a_process_says_the_same(command, folder, name):
    """From another folder: faults name the file as it was given, and the register beside it."""
    done = subprocess.run(
        [sys.executable, "-m", "contested", command, f"{folder}/{name}.yaml"],
        cwd=BROKEN.parent,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )
    lines = expected(BROKEN.parent / folder, name).splitlines(keepends=True)
    assert done.stderr == "".join(f"{folder}/{line}" for line in lines)
    assert (done.returncode, done.stdout) == (2, "")
