"""The command as a user runs it: what it prints where, and how it exits."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from contested.cli import main
from sample_scenarios import BESIDE_NONE, EXACT, RANGES, VANISHING, written

Document = Callable[..., dict[str, Any]]

UNREACHABLE = RANGES.replace("tolerance: 0.02", "tolerance: 0.00001, max_draws: 1024")


def contested(
    *arguments: str | Path, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command; whatever comes of it, nobody is shown a traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "contested", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done


@pytest.fixture
def document(capfdbinary: pytest.CaptureFixture[bytes]) -> Document:
    """The result that a run prints as JSON, in this process."""

    def run(*arguments: str | Path) -> dict[str, Any]:
        assert main(["run", *map(str, arguments), "--json"]) == 0
        found: dict[str, Any] = json.loads(capfdbinary.readouterr().out)
        return found

    return run


def test_a_run_prints_the_table_and_nothing_else(tmp_path: Path) -> None:
    done = contested("run", written(tmp_path, EXACT))
    assert done.returncode == 0
    assert done.stderr == b""
    text = done.stdout.decode()
    assert text.startswith("What did a square kilometre cost?\nsample, as of 22 August 2026\n")
    assert "the model puts 90 % on 52 to 100" in text
    assert "\x1b" not in text


def test_json_alone_goes_to_standard_output(tmp_path: Path) -> None:
    done = contested("run", written(tmp_path, UNREACHABLE), "--json", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    found = json.loads(done.stdout)
    assert set(found) == {
        "scenario", "title", "as_of", "weighting", "weights", "rule", "estimates", "figures", "questions",
        "sampling", "provenance",
    }  # fmt: skip
    assert set(found["estimates"]["per_km2"]) >= {
        "title", "unit", "estimable", "median", "median_mcse", "intervals", "by_source", "disagreement_share",
        "denominator_nonpositive",
    }  # fmt: skip
    assert set(found["estimates"]["per_km2"]["intervals"][0]) == {
        "level", "kind", "low", "high", "low_mcse", "high_mcse",
    }  # fmt: skip
    assert set(found["questions"]["over"]) >= {"title", "probability", "mcse", "by_source"}
    assert found["sampling"]["converged"] is False
    assert found["estimates"]["per_km2"]["unit"] == "person/km²"


def test_a_run_that_did_not_converge_says_so_and_fails_only_where_asked(tmp_path: Path) -> None:
    file = written(tmp_path, UNREACHABLE)
    lenient, strict = contested("run", file), contested("run", file, "--strict")
    assert (lenient.returncode, strict.returncode) == (0, 1)
    for done in (lenient, strict):
        assert done.stderr.startswith(b"not converged: after 1,024 worlds some Monte Carlo error")
        assert "NOT CONVERGED" in done.stdout.decode()
    assert contested("run", file, "--strict", "--tolerance", "0.5").returncode == 0


def test_options_take_the_place_of_the_scenario_s_settings(tmp_path: Path, document: Document) -> None:
    options = ["--seed", "5", "--tolerance", "0.04", "--level", "0.8", "--level", "0.6", "--kind", "hdi"]
    found = document(written(tmp_path, RANGES), "--confidence", "0.8", *options)
    intervals = found["estimates"]["per_km2"]["intervals"]
    assert [(i["level"], i["kind"]) for i in intervals] == [(0.6, "hdi"), (0.8, "hdi")]
    assert found["provenance"]["seed"] == 5
    assert found["provenance"]["confidence"] == 0.8
    assert found["sampling"]["tolerance"] == 0.04


def test_less_confidence_in_stated_ranges_widens_the_interval(tmp_path: Path, document: Document) -> None:
    file = written(tmp_path, RANGES)

    def width(*options: str) -> float:
        widest = document(file, *options)["estimates"]["per_km2"]["intervals"][-1]
        return float(widest["high"] - widest["low"])

    assert width("--confidence", "0.6") > 1.1 * width()


def test_weights_by_name_and_by_hand_are_the_same(tmp_path: Path, document: Document) -> None:
    file = written(tmp_path, RANGES)
    named = document(file, "--weighting", "trust_osint")
    own = document(file, "--weights", "toll.osint=3,toll.others=1")
    assert named["weighting"] == "trust_osint"
    assert own["weighting"] is None
    assert named["weights"]["toll"] == {"kyiv": 0.25, "osint": 0.75}
    assert named["weights"] == own["weights"]
    assert named["estimates"] == own["estimates"]


def test_weights_by_hand_leave_the_share_of_what_nobody_listed(tmp_path: Path, document: Document) -> None:
    own = document(written(tmp_path, BESIDE_NONE), "--weights", "toll.kyiv=1,toll.osint=2")
    assert own["weights"]["toll"] == pytest.approx({"kyiv": 0.3, "osint": 0.6, "none_of_these": 0.1})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            "--weights toll.osimt=3,toll.others=1",
            "toll: unknown source 'osimt'; did you mean 'osint'?",
        ),
        ("--weights tol.osint=3", "--weights: unknown dispute 'tol'; did you mean 'toll'?"),
        ("--weights toll.osint", "--weights: 'toll.osint' is no weight; write dispute.source=weight"),
        ("--weights toll.osint=3", "--weights: toll: gives no weight to kyiv; add it, or others"),
        ("--weights toll.osint=much,toll.others=1", "toll.osint: a weight must be a number (got 'much')"),
        ("--weights toll.osint=-1,toll.others=1", "toll: a weight must be a finite number, zero or above"),
        ("--weights toll.osint=.inf,toll.others=1", "toll: a weight must be a finite number, zero or above"),
        ("--weights toll.others=0", "--weights: toll: all weights are zero; give one of them more"),
        ("--weights toll.osint=1,toll.osint=1", "--weights: toll.osint: stands twice; keep one"),
        ("--weighting trust_osimt", "no weighting is named 'trust_osimt'; there are "),
        ("--weighting even --weights toll.others=1", "give --weighting or --weights, not both"),
        ("--tolerance 0", "the tolerance must lie strictly between 0 and 1 (got 0.0)"),
        ("--tolerance nan", "the tolerance must lie strictly between 0 and 1 (got nan)"),
        ("--level 90", "levels must lie strictly between 0 and 1 (got [90.0])"),
        ("--confidence 1", "the confidence must lie strictly between 0 and 1 (got 1.0)"),
        ("--seed -1", "the seed must be a whole number from 0 on (got -1)"),
        ("--seed x", "Invalid value for '--seed'"),
        ("--kind widest", "Invalid value for '--kind'"),
        ("--force", "--force goes with --out"),
        ("--bogus", "No such option"),
    ],
)
def test_what_is_wrong_with_an_option(
    tmp_path: Path, options: str, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", str(written(tmp_path, RANGES)), *options.split()]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert message in err


def test_faults_are_printed_a_line_each(tmp_path: Path) -> None:
    broken = EXACT.replace("skeptic: {formula: kyiv * 0.5}", "skeptic: {formula: kiev * 0.5}").replace(
        "seed: 7", "seed: seven"
    )
    file = written(tmp_path, broken)
    for command in ("run", "check"):
        done = contested(command, "sample.yaml", cwd=file.parent)
        assert done.returncode == 2
        assert done.stdout == b""
        lines = done.stderr.decode().splitlines()
        assert [line.split(": ")[0] for line in lines] == ["sample.yaml:3:7", "sample.yaml:24:26"]


@pytest.mark.parametrize("command", ["run", "check"])
@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_read(tmp_path: Path, command: str, name: str) -> None:
    done = contested(command, name, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"{name}:1:1: ")


def test_not_estimable_is_an_answer(tmp_path: Path) -> None:
    done = contested("run", written(tmp_path, VANISHING))
    assert done.returncode == 0
    assert "not estimable as a ratio" in done.stdout.decode()


def test_messages_carry_no_control_characters(tmp_path: Path) -> None:
    done = contested("run", "\x1b[31mred.yaml", cwd=tmp_path)
    assert done.returncode == 2
    assert b"\x1b" not in done.stderr


def test_a_closed_pipe_ends_it_quietly(tmp_path: Path) -> None:
    more = "".join(f"  e{i}: {{title: Another, formula: 1 + {i}}}\n" for i in range(900))  # fills any pipe
    long = EXACT.replace("estimates:\n", f"estimates:\n{more}")
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "contested", "run", written(tmp_path, long)],
        stdout=write,
        stderr=subprocess.PIPE,
        timeout=120,
        check=False,
    )
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_a_full_disk_is_said_in_a_line(tmp_path: Path, options: list[str]) -> None:
    command = [sys.executable, "-m", "contested", "run", str(written(tmp_path, EXACT)), *options]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, timeout=120, check=False)
    assert done.returncode == 1
    assert done.stderr == b"Error: No space left on device; not everything was written\n"


@pytest.mark.skipif(os.name == "nt", reason="the shell is POSIX's")
def test_closed_outputs_are_no_error(tmp_path: Path) -> None:
    command = f"{shlex.quote(sys.executable)} -m contested run sample.yaml --out out >&- 2>&-"
    written(tmp_path, EXACT)
    assert subprocess.run(["sh", "-c", command], cwd=tmp_path, timeout=120, check=False).returncode == 0
    assert (tmp_path / "out" / "result.json").is_file()


INTERRUPTIBLE = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job inherits it as ignored
from contested.cli import main
sys.exit(main())
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send")
def test_an_interruption_ends_it_quietly(tmp_path: Path) -> None:
    endless = RANGES.replace("tolerance: 0.02", "tolerance: 0.0000001, max_draws: 67108864")
    command = [
        sys.executable,
        "-c",
        INTERRUPTIBLE,
        "run",
        written(tmp_path, endless),
        "--out",
        tmp_path / "out",
    ]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        time.sleep(2.5)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == b""
    assert err.strip() == b""
    assert not (tmp_path / "out").exists()


def test_a_terminal_sees_titles_in_bold_and_a_bar_for_what_takes_time(tmp_path: Path) -> None:
    pty = pytest.importorskip("pty", reason="pseudo-terminals are POSIX's")
    file = written(tmp_path, RANGES.replace("tolerance: 0.02", "tolerance: 0.0000001, max_draws: 8388608"))
    primary, secondary = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "contested", "run", file],
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "90"},
    ):
        os.close(secondary)
        shown = b""
        while True:
            try:
                piece = os.read(primary, 65536)
            except OSError:  # what Linux says when the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(primary)
    assert b"\x1b[1mRanges of two sources\x1b[0m" in shown
    assert b"worlds drawn of at most 8,388,608" in shown
    assert b"summarising what was drawn" in shown
