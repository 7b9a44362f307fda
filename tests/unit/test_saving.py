"""A saved run is there whole or not at all, and nothing of anybody else's is ever lost for it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

import contested
from contested.answers.result import Result
from contested.errors import ContestedError
from contested.report import directory, saving
from contested.report.files import DRAWS_FILE, RUN_FILES, run_files
from contested.report.manifest import MANIFEST, is_saved_run
from contested.report.saving import refuse_unfit
from sample_scenarios import EXACT, written

SAVED = [MANIFEST, "estimates.csv", "register.yaml", "result.json", "sample.yaml"]


@pytest.fixture
def result(tmp_path: Path) -> Result:
    folder = tmp_path / "study"
    folder.mkdir()
    return contested.load(written(folder, EXACT)).run()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """Where runs are saved; nothing hidden may be left in it."""
    folder = tmp_path / "runs"
    folder.mkdir()
    yield folder
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def _save(result: Result, directory: Path, *, force: bool = False) -> None:
    saving.save(result.study, run_files(result), directory, force=force)


def _names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_everything_is_saved_and_runs_again(result: Result, place: Path) -> None:
    _save(result, place / "one")
    assert _names(place / "one") == SAVED
    assert is_saved_run(place / "one")
    assert (place / "one" / "result.json").read_text(encoding="utf-8") == result.to_json()
    again = contested.load(place / "one" / "sample.yaml").run()
    assert again.to_json() == result.to_json()


def test_draws_files_keep_their_place(tmp_path: Path, place: Path) -> None:
    (tmp_path / "draws").mkdir()
    (tmp_path / "draws" / "area.csv").write_text("km2\n" + "".join(f"{600 + i}\n" for i in range(200)))
    text = EXACT.replace("value: 600, unit: mi²", "draws: draws/area.csv, column: km2")
    run = contested.load(written(tmp_path, text)).run()
    _save(run, place / "one")
    assert _names(place / "one") == sorted([*SAVED, "draws", "draws/area.csv"])
    assert contested.load(place / "one" / "sample.yaml").run().to_json() == run.to_json()


def test_an_existing_directory_is_left_alone(result: Result, place: Path) -> None:
    _save(result, place / "one")
    before = {path: path.stat().st_mtime_ns for path in [place / "one", *(place / "one").iterdir()]}
    with pytest.raises(
        ContestedError, match="one exists; choose another name, or replace a saved run with --force"
    ):
        _save(result, place / "one")
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_force_replaces_a_saved_run(result: Result, place: Path) -> None:
    _save(result, place / "one")
    _save(result.under("even"), place / "one", force=True)
    assert '"weighting": "even"' in (place / "one" / "result.json").read_text()
    assert _names(place / "one") == SAVED


def test_force_takes_an_empty_directory(result: Result, place: Path) -> None:
    (place / "one").mkdir()
    _save(result, place / "one", force=True)
    assert _names(place / "one") == SAVED


def test_force_deletes_nothing_of_anybody_s(result: Result, place: Path) -> None:
    _save(result, place / "one")
    (place / "one" / "notes.txt").write_text("mine")
    with pytest.raises(ContestedError, match="holds more than a saved run and is not replaced"):
        _save(result, place / "one", force=True)
    assert (place / "one" / "notes.txt").read_text() == "mine"


def test_force_replaces_no_file(result: Result, place: Path) -> None:
    (place / "one").write_text("mine")
    with pytest.raises(ContestedError, match="exists and is not a directory"):
        _save(result, place / "one", force=True)
    assert (place / "one").read_text() == "mine"


def test_force_through_a_link_replaces_what_it_names(result: Result, place: Path) -> None:
    _save(result, place / "one")
    (place / "latest").symlink_to(place / "one")
    _save(result.under("even"), place / "latest", force=True)
    assert (place / "latest").is_symlink()
    assert '"weighting": "even"' in (place / "one" / "result.json").read_text()


def test_a_missing_parent_is_named(result: Result, place: Path) -> None:
    with pytest.raises(ContestedError, match=r"the directory .*/none does not exist; make it first"):
        _save(result, place / "none" / "one")
    assert _names(place) == []


def test_what_a_function_writes_is_saved_and_in_the_manifest(result: Result, place: Path) -> None:
    files = {**run_files(result), "blob.bin": lambda stream: stream.write(b"\r\n\x00\xff")}
    saving.save(result.study, files, place / "one")
    assert (place / "one" / "blob.bin").read_bytes() == b"\r\n\x00\xff"
    assert is_saved_run(place / "one")
    assert "  blob.bin\n" in (place / "one" / MANIFEST).read_text()


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_function_that_fails_half_way_leaves_nothing(
    result: Result, place: Path, error: BaseException
) -> None:
    def fail(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise error

    with pytest.raises((ContestedError, KeyboardInterrupt)):
        saving.save(result.study, {**run_files(result), "blob.bin": fail}, place / "one")
    assert _names(place) == []


def test_a_scenario_may_not_be_called_as_the_worlds_are(tmp_path: Path, place: Path) -> None:
    study = contested.load(written(tmp_path, EXACT, DRAWS_FILE)).study
    refuse_unfit(place / "one", study, RUN_FILES, force=False)
    with pytest.raises(ContestedError, match=f"'{DRAWS_FILE}' cannot be saved under that name; rename it"):
        refuse_unfit(place / "one", study, (*RUN_FILES, DRAWS_FILE), force=False)


@pytest.mark.parametrize("moment", ["manifest_text", "_flush", "_put"])
def test_a_failure_leaves_nothing(
    result: Result, place: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(directory, moment, fail)
    with pytest.raises(ContestedError, match="one cannot be written: No space left on device"):
        _save(result, place / "one")
    assert _names(place) == []


def test_a_failure_leaves_the_earlier_run(
    result: Result, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save(result, place / "one")
    before = (place / "one" / "result.json").read_bytes()
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name.endswith(".unfinished"):
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(ContestedError, match="Input/output error"):
        _save(result.under("even"), place / "one", force=True)
    assert (place / "one" / "result.json").read_bytes() == before
    assert is_saved_run(place / "one")


def test_an_interruption_leaves_nothing(result: Result, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(directory, "manifest_text", interrupt)
    with pytest.raises(KeyboardInterrupt):
        _save(result, place / "one")
    assert _names(place) == []


def test_it_is_never_seen_half_written(result: Result, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever looks while files are flushed and names given sees an earlier run, nothing, or the new one."""
    _save(result, place / "one")
    seen = []

    def looked(act):  # type: ignore[no-untyped-def]
        def look(*args, **kwargs):  # type: ignore[no-untyped-def]
            one = place / "one"
            seen.append(_names(one) if one.exists() else [])
            return act(*args, **kwargs)

        return look

    for name in ("fsync", "rename", "mkdir"):
        monkeypatch.setattr(os, name, looked(getattr(os, name)))
    monkeypatch.setattr(shutil, "rmtree", looked(shutil.rmtree))
    _save(result, place / "one", force=True)
    assert len(seen) > 8
    assert all(names in ([], SAVED) for names in seen)


def test_what_changed_while_it_ran_is_not_saved(result: Result, place: Path) -> None:
    result.study.file.write_text(EXACT.replace("seed: 7", "seed: 8"))
    with pytest.raises(ContestedError, match="changed while it ran; nothing is saved, run again"):
        _save(result, place / "one")
    assert _names(place) == []


def test_what_broke_while_it_ran_is_not_saved(result: Result, place: Path) -> None:
    result.study.file.write_text("title: [")
    with pytest.raises(ContestedError, match="would not run by itself"):
        _save(result, place / "one")
    assert _names(place) == []


@pytest.mark.parametrize("name", ["result.json", "estimates.csv", "SHA256SUMS"])
def test_a_name_that_the_run_itself_takes_is_refused_before_it_runs(
    tmp_path: Path, place: Path, name: str
) -> None:
    study = contested.load(written(tmp_path, EXACT, name)).study
    with pytest.raises(ContestedError, match=f"'{name}' cannot be saved under that name; rename it"):
        refuse_unfit(place / "one", study, RUN_FILES, force=False)


def test_others_may_read_it_as_the_umask_says(result: Result, place: Path) -> None:
    mask = os.umask(0o022)
    try:
        _save(result, place / "one")
    finally:
        os.umask(mask)
    assert (place / "one").stat().st_mode & 0o777 == 0o755
    assert (place / "one" / "result.json").stat().st_mode & 0o777 == 0o644
