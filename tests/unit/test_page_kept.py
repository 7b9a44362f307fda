"""What is kept from one report to the next."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from contested.report.page.kept import kept


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "contested"


def _unasked() -> NoReturn:
    raise AssertionError("it was made anew")


def test_it_is_made_once(cache: Path) -> None:
    assert kept("vega.js", lambda: "one\ntwo Київ") == "one\ntwo Київ"
    assert kept("vega.js", _unasked) == "one\ntwo Київ"
    assert kept("other.js", lambda: "other") == "other"
    assert sorted(file.name for file in cache.iterdir()) == ["other.js", "vega.js"]


@pytest.mark.parametrize("broken", [b"", b"one", b"\xff\xfe", b"0\none"])
def test_what_is_not_whole_is_made_anew(cache: Path, broken: bytes) -> None:
    kept("vega.js", lambda: "one")
    (cache / "vega.js").write_bytes(broken)
    assert kept("vega.js", lambda: "two") == "two"
    assert kept("vega.js", _unasked) == "two"


def test_where_nothing_can_be_kept_it_is_made_every_time(cache: Path) -> None:
    cache.write_text("in the way", encoding="utf-8")
    assert kept("vega.js", lambda: "one") == "one"
    assert kept("vega.js", lambda: "two") == "two"
