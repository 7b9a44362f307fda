"""`contested register` and `contested claim` as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def contested(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command; whatever comes of it, nobody is shown a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "contested", *arguments],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done


def test_check_prints_a_line_for_each_finding_and_is_done() -> None:
    done = contested("register", "--check")
    assert (done.returncode, done.stderr) == (0, b"")
    *findings, looked, count = done.stdout.decode().splitlines()
    assert all(line.startswith("configs/register.yaml:") for line in findings)
    assert [line for line in findings if "claim-pokrovsk-per-km2.value: states 68 person/km²" in line]
    assert [line for line in findings if "contradicts 77.22 person/km²" in line]
    assert [line for line in findings if "it fits if the ratio is read per km²" in line]
    assert looked.endswith("; counted: case, tank, vehicle")
    assert count.startswith(f"found {len(findings)}: contradiction 1, ")


def test_check_can_be_asked_of_some_entries() -> None:
    done = contested("register", "--check", "claim-donbas")
    assert done.returncode == 0
    assert done.stdout.decode().splitlines()[-1] == "found 3: period 1, scope 2"
    assert contested("register", "--check", "oryx").stdout.decode().endswith("found nothing\n")


def test_check_in_json() -> None:
    document = json.loads(contested("register", "--check", "--json").stdout)
    assert document["register"] == "configs/register.yaml"
    assert {"kind", "entry", "file", "line", "column", "path", "message"} == set(document["findings"][0])
    assert document["counting_units"] == ["case", "tank", "vehicle"]
    lines = (ROOT / "configs" / "register.yaml").read_text(encoding="utf-8").splitlines()
    for finding in document["findings"]:
        value = lines[finding["line"] - 1][finding["column"] - 1 :]
        key = finding["path"].rpartition(".")[2]
        assert lines[finding["line"] - 1].strip() == f"{key}: {value}"


def test_the_list_is_searched_in_every_field_and_fits_the_width() -> None:
    done = contested("register", "cavoli", COLUMNS="60")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "eucom-total-2025-apr  790,000 person"
    assert lines[-1].startswith("configs/register.yaml: 1 of ")
    assert max(map(len, lines)) <= 60
    assert contested("register", "PERSON/KM2", "--json").returncode == 0
    found = json.loads(contested("register", "1,910.39", "--json").stdout)["entries"]
    assert [(entry["id"], entry["value"]) for entry in found] == [("isw-area-2025-may-aug", 1910.39)]
    assert (
        contested("register", "nothing of the kind").stdout.decode().startswith("configs/register.yaml: 0 of")
    )


def test_a_register_at_fault(tmp_path: Path) -> None:
    (tmp_path / "r.yaml").write_text(
        "a: {value: 5, unit: sqkm, publisher: P, title: T, date: 2025}\nb: {value: many}\n", encoding="utf-8"
    )
    done = contested("register", "--register", "r.yaml", "--check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "r.yaml:2:1: b: 'date' is missing",
        "r.yaml:2:1: b: 'publisher' is missing",
        "r.yaml:2:1: b: 'title' is missing",
        "r.yaml:2:12: b.value: must be a number (got text 'many')",
    ]
    absent = contested("register", cwd=tmp_path)
    assert absent.returncode == 2
    assert absent.stderr == (
        b"Error: no register 'configs/register.yaml' here; name one with --register FILE\n"
    )


def test_registers_carry_no_control_characters_to_the_terminal(tmp_path: Path) -> None:
    text = 'a: {value: 5, publisher: P, title: "\\e[31mred", date: 2025}\n'
    (tmp_path / "r.yaml").write_text(text, encoding="utf-8")
    for check in ([], ["--check"]):
        assert b"\x1b" not in contested("register", "--register", "r.yaml", *check, cwd=tmp_path).stdout


def test_a_claim_is_answered_whether_it_fits_or_not(tmp_path: Path) -> None:
    done = contested("claim", "--casualties", "28880", "--area", "499.43km2", "--says", "68", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "It lies outside what rounding allows" in done.stdout.decode().replace("\n  ", " ")
    document = json.loads(
        contested("claim", "--casualties", "28880", "--area", "499.43km2", "--json", cwd=tmp_path).stdout
    )
    assert document["ratio"]["written"][0] == 28880 / 499.43
    named = contested("claim", "isw-per-km2-2025-may-aug")
    assert named.stdout.decode().startswith("isw-per-km2-2025-may-aug: isw-toll-2025-may-aug / ")


def test_a_claim_that_cannot_be_read(tmp_path: Path) -> None:
    done = contested("claim", "--casualties", "28880", "--area", "1,000 square miles", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"Error: --area: cannot read '1,000 square miles'; write 1000mi2\n"
    assert contested("claim", cwd=tmp_path).returncode == 2
    assert (
        b"--casualties and --area are both needed" in contested("claim", "--says", "5", cwd=tmp_path).stderr
    )


def test_neither_imports_what_it_does_not_need() -> None:
    code = (
        "import sys; from contested.cli import main; main(['register', '--check']); "
        "main(['claim', 'isw-per-km2-2025-may-aug']); "
        "print(sorted({'numpy', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == b"[]"
