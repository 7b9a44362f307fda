"""What standard output can show: a terminal, a pipe, and what the environment says of both."""

from __future__ import annotations

import io
import sys

import pytest

from contested.cli.output import shows, terminal


class _Stream(io.TextIOWrapper):
    def __init__(self, encoding: str, *, watched: bool) -> None:
        super().__init__(io.BytesIO(), encoding=encoding)
        self._watched = watched

    def isatty(self) -> bool:
        return self._watched


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def _output(monkeypatch: pytest.MonkeyPatch, encoding: str = "utf-8", *, watched: bool = True) -> None:
    monkeypatch.setattr(sys, "stdout", _Stream(encoding, watched=watched))


def test_a_terminal_has_bold_titles_and_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    _output(monkeypatch)
    assert terminal()["styled"]
    assert shows("▁█")


def test_a_pipe_has_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    _output(monkeypatch, watched=False)
    assert terminal() == {"width": 80, "styled": False}
    assert not shows("▁█")


@pytest.mark.parametrize("kind", ["dumb", None])
def test_a_teletype_has_neither(monkeypatch: pytest.MonkeyPatch, kind: str | None) -> None:
    _output(monkeypatch)
    if kind is None:
        monkeypatch.delenv("TERM")
    else:
        monkeypatch.setenv("TERM", kind)
    assert not terminal()["styled"]
    assert not shows("▁█")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "cp1252"])
def test_blocks_are_not_shown_where_the_encoding_lacks_them(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    _output(monkeypatch, encoding)
    assert terminal()["styled"]
    assert not shows("▁█")


def test_no_colour_leaves_no_escape_and_the_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    _output(monkeypatch)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not terminal()["styled"]
    assert shows("▁█")
    monkeypatch.setenv("NO_COLOR", "")
    assert terminal()["styled"]


@pytest.mark.parametrize(("value", "styled"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_forced_colour_goes_into_a_pipe_but_no_block(
    monkeypatch: pytest.MonkeyPatch, value: str, styled: bool
) -> None:
    _output(monkeypatch, watched=False)
    monkeypatch.setenv("FORCE_COLOR", value)
    assert terminal()["styled"] is styled
    assert not shows("▁█")


def test_where_nobody_listens_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert not terminal()["styled"]
    assert not shows("▁█")
