"""Files that are no scenario at all, and files that would do harm if they were read as one."""

from __future__ import annotations

import os

import pytest

from contested.cli import main
from scenario_text import REGISTER, SMALL

SAMPLED = SMALL.replace(
    "{low: 120000, high: 180000, because: judged}", "{draws: d.csv, column: x, because: a}"
)
TOO_DEEP = "is nested deeper than 32"
TOO_LARGE = "is larger than 1 MiB; a scenario or register must be smaller"


@pytest.fixture
def faults(tmp_path, monkeypatch, capsys):
    """The faults that `check` tells of the file `s.yaml`, made from bytes or text."""
    monkeypatch.chdir(tmp_path)

    def told(content: bytes | str | None = None, name: str = "s.yaml") -> list[str]:
        if content is not None:
            (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        assert main(["check", "s.yaml"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        return err.splitlines()

    return told


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "1:1: is empty"),
        (b"\n\n  \n", "1:1: is empty"),
        (b"# nothing yet\n", "1:1: is empty"),
        (b"\xef\xbb\xbf", "1:1: is empty"),
        (b"~\n", "1:1: must be a mapping of keys to values (got nothing); fill it, or leave it out"),
        (b"\x7fELF\x02\x01\x01\x00", "1:1: control character U+007F is not allowed; remove it"),
        (b"\x89PNG\r\n\x1a\n", "1:1: is not UTF-8 text (byte 0x89); save it as UTF-8"),
        (b"PK\x03\x04", "1:3: control character U+0003 is not allowed; remove it"),
        (b"title: a\x00b\n", "1:9: control character U+0000 is not allowed; remove it"),
        ("title: Zürich\n".encode("latin-1"), "1:9: is not UTF-8 text (byte 0xfc); save it as UTF-8"),
        ("title: a\n".encode("utf-16"), "1:1: is not UTF-8 text (byte 0xff); save it as UTF-8"),
        (b"title: a\nfigures:\n\tlosses: 1\n", "3:1: tab character; use spaces"),
        (b"title: a\r\n\x1b[31mred\r\n", "2:1: control character U+001B is not allowed; remove it"),
        (b"title: \xed\xa0\x80\n", "1:8: is not UTF-8 text (byte 0xed); save it as UTF-8"),
        (b"title: \xe2\x80\xa8\n", "1:8: control character U+2028 is not allowed; remove it"),
    ],
)
def test_what_is_no_text(faults, content, fault):
    assert faults(content) == [f"s.yaml:{fault}"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("a: " + "[" * 5000 + "]" * 5000, f"1:35: {TOO_DEEP}"),
        ("a: " + "{a: " * 5000 + "1" + "}" * 5000, f"1:128: {TOO_DEEP}"),
        ("- " * 5000 + "1\n", f"1:65: {TOO_DEEP}"),
        ("\n".join(" " * depth + "a:" for depth in range(1000)), f"33:33: {TOO_DEEP}"),
        ("? " * 5000 + "1\n", "1:3: a key must be plain text, not a list or mapping"),
    ],
)
def test_what_is_nested_five_thousand_deep(faults, content, fault):
    assert faults(content) == [f"s.yaml:{fault}"]


def test_aliases_that_explode(faults):
    laughs = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    laughs += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert faults("\n".join(laughs)) == ["s.yaml:6:20: aliases expand past 1 MiB"]


def test_aliases_that_nest(faults):
    chain = ["a0: &a0 {b: 1}", *(f"a{n}: &a{n} {{b: *a{n - 1}}}" for n in range(1, 5000))]
    assert faults("\n".join(chain)) == ["s.yaml:32:15: alias '*a30' nests deeper than 32"]


@pytest.mark.parametrize("size", [2**20 + 1, 10 * 2**20])
def test_what_is_too_large_is_refused_unread(faults, size):
    """Else its bytes, which are no UTF-8, would be the fault."""
    assert faults(b"\xff" * size) == [f"s.yaml:1:1: {TOO_LARGE}"]


def test_a_text_of_one_mebibyte_is_read_to_its_end(faults, tmp_path):
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    filled = SMALL + "#" * (2**20 - len(SMALL.encode()) - len("\nx: 1\n")) + "\nx: 1\n"
    assert len(filled.encode()) == 2**20
    (found,) = faults(filled)
    assert found.startswith(f"s.yaml:{filled.count(chr(10))}:1: unknown key 'x'")


def test_a_register_is_held_to_the_same_limits(faults):
    faults(SMALL)
    assert faults("a: " + "[" * 5000, "register.yaml") == [f"register.yaml:1:35: {TOO_DEEP}"]
    assert faults(b"#" * 10 * 2**20, "register.yaml") == [f"register.yaml:1:1: {TOO_LARGE}"]
    assert faults(b"\xff", "register.yaml") == [
        "register.yaml:1:1: is not UTF-8 text (byte 0xff); save it as UTF-8"
    ]
    assert faults(b"", "register.yaml") == ["register.yaml:1:1: is empty"]


def test_what_is_no_file(faults, tmp_path):
    assert faults() == ["s.yaml:1:1: no such file"]
    (tmp_path / "s.yaml").mkdir()
    assert faults() == ["s.yaml:1:1: is a folder, not a file"]


def test_a_link_that_leads_nowhere(faults, tmp_path):
    (tmp_path / "s.yaml").symlink_to("s.yaml")
    assert faults() == ["s.yaml:1:1: no such file"]


def test_what_may_not_be_read(faults, tmp_path):
    (tmp_path / "s.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "s.yaml").chmod(0)
    if os.access(tmp_path / "s.yaml", os.R_OK):
        pytest.skip("this user may read everything")
    assert faults() == ["s.yaml:1:1: cannot be read (Permission denied)"]


@pytest.fixture
def elsewhere(tmp_path_factory):
    """A folder beside the scenario's, with a register and a sample that are not its to read."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (folder / "d.csv").write_text("x\n1\n2\n", encoding="utf-8")
    return folder


def test_a_register_linked_from_elsewhere(faults, tmp_path, elsewhere):
    (tmp_path / "register.yaml").symlink_to(elsewhere / "register.yaml")
    assert faults(SMALL) == [
        "s.yaml:3:11: register: 'register.yaml' leaves the scenario's folder; keep the file below it"
    ]


def test_a_register_in_a_folder_linked_from_elsewhere(faults, tmp_path, elsewhere):
    (tmp_path / "facts").symlink_to(elsewhere)
    assert faults(SMALL.replace("register: register.yaml", "register: facts/register.yaml")) == [
        "s.yaml:3:11: register: 'facts/register.yaml' leaves the scenario's folder; keep the file below it"
    ]


def test_a_sample_linked_from_elsewhere(faults, tmp_path, elsewhere):
    (tmp_path / "register.yaml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "d.csv").symlink_to(elsewhere / "d.csv")
    assert faults(SAMPLED) == [
        "s.yaml:20:22: figures.casualties.claims.osint.draws: 'd.csv' leaves the scenario's folder; "
        "keep the file below it"
    ]


def test_a_register_with_an_impossible_name(faults):
    name = "r" * 5000
    assert faults(SMALL.replace("register: register.yaml", f"register: {name}")) == [
        f"s.yaml:3:11: register: '{'r' * 57}…' cannot be read (File name too long)"
    ]


def test_a_register_that_is_the_scenario_itself(faults):
    found = faults(SMALL.replace("register: register.yaml", "register: s.yaml"))
    assert (
        "s.yaml:1:8: title: must be a mapping of keys to values (got text 'Cost of a square kilometre')"
        in found
    )
    assert all(line.startswith("s.yaml:") for line in found)
