"""The manifest tells a saved run from a directory that holds anything else."""

from __future__ import annotations

import hashlib
from pathlib import Path

from contested.report.manifest import MANIFEST, is_saved_run, manifest_text


def _saved(folder: Path) -> Path:
    (folder / "draws").mkdir()
    (folder / "result.json").write_text("{}\n")
    (folder / "draws" / "a.csv").write_text("x\n1\n")
    (folder / MANIFEST).write_text(manifest_text(folder))
    return folder


def test_a_line_for_every_file_in_order(tmp_path: Path) -> None:
    assert (_saved(tmp_path) / MANIFEST).read_text().splitlines() == [
        hashlib.sha256(b"x\n1\n").hexdigest() + "  draws/a.csv",
        hashlib.sha256(b"{}\n").hexdigest() + "  result.json",
    ]


def test_as_it_was_saved(tmp_path: Path) -> None:
    assert is_saved_run(_saved(tmp_path))


def test_with_a_file_more(tmp_path: Path) -> None:
    (_saved(tmp_path) / "notes.txt").write_text("mine")
    assert not is_saved_run(tmp_path)


def test_with_an_empty_folder_more(tmp_path: Path) -> None:
    (_saved(tmp_path) / "mine").mkdir()
    assert not is_saved_run(tmp_path)


def test_with_a_link_in_it(tmp_path: Path) -> None:
    (_saved(tmp_path) / "link").symlink_to(tmp_path / "result.json")
    assert not is_saved_run(tmp_path)


def test_with_a_file_changed(tmp_path: Path) -> None:
    (_saved(tmp_path) / "result.json").write_text('{"mine": 1}\n')
    assert not is_saved_run(tmp_path)


def test_with_a_file_missing(tmp_path: Path) -> None:
    (_saved(tmp_path) / "result.json").unlink()
    assert not is_saved_run(tmp_path)


def test_without_a_manifest(tmp_path: Path) -> None:
    (_saved(tmp_path) / MANIFEST).unlink()
    assert not is_saved_run(tmp_path)
    (tmp_path / MANIFEST).mkdir()
    assert not is_saved_run(tmp_path)
