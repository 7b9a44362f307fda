"""A text written to one file, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.errors import ContestedError
from contested.report.one_file import OneFile


def test_a_new_file_is_written_as_it_is(tmp_path: Path) -> None:
    OneFile(option="-o", path=tmp_path / "a.html", force=False).write("Київ\n")
    assert (tmp_path / "a.html").read_bytes() == "Київ\n".encode()
    assert [file.name for file in tmp_path.iterdir()] == ["a.html"]


def test_what_was_made_meanwhile_stays(tmp_path: Path) -> None:
    file = OneFile(option="-o", path=tmp_path / "a.html", force=False)
    file.refuse_unfit()
    (tmp_path / "a.html").write_text("theirs", encoding="utf-8")
    with pytest.raises(ContestedError, match=r"a\.html exists"):
        file.write("mine")
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_what_is_replaced_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.html", tmp_path / "link.html"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    OneFile(option="-o", path=link, force=True).write("new")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_text_that_cannot_be_encoded_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ContestedError, match=r"-o: .* cannot be written"):
        OneFile(option="-o", path=tmp_path / "a.html", force=False).write("\ud800")
    assert list(tmp_path.iterdir()) == []
