"""YAML text to a located tree: resolution of scalars, places, limits, and the same on both parsers."""
# ruff: noqa: E501

from __future__ import annotations

import math

import pytest
import yaml

from contested.language import yaml_text
from contested.language.faults import Faults
from scenario_text import REGISTER, SMALL, WHOLE_EXAMPLE

LOADERS = [yaml.SafeLoader] + ([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])


@pytest.fixture(params=LOADERS, ids=lambda loader: loader.__name__)
def load(request, tmp_path, monkeypatch):
    monkeypatch.setattr(yaml_text, "Loader", request.param)

    def of(content):
        path = tmp_path / "f.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        faults = Faults()
        return yaml_text.load(path, "f.yaml", faults), [str(fault) for fault in faults.found]

    return of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("1e5", 1e5),
        ("12:30", "12:30"),
        ("2025-01-01", "2025-01-01"),
        ("1_000", "1_000"),
        ("012", 12),
        ("0o17", 15),
        ("0x1F", 31),
        ("-.5", -0.5),
        ("+1.", 1.0),
        ("1e", "1e"),
        ("", None),
        ("~", None),
        ("Null", None),
        ("TRUE", True),
        ("tRUE", "tRUE"),
        ("-.INF", -math.inf),
        ("1e999", math.inf),
        ("9" * 400, math.inf),
        ("²", "²"),
        ("٣", "٣"),
    ],
)
def test_scalars_follow_the_core_schema(text, value):
    resolved = yaml_text.scalar(text)
    assert resolved == value and type(resolved) is type(value)


def test_what_is_quoted_is_text(load):
    top, faults = load("a: '1'\nb: \"true\"\nc: |\n  2\nd: 3\n")
    assert top.plain() == {"a": "1", "b": "true", "c": "2\n", "d": 3}
    assert faults == []


def test_places_of_keys_and_values(load):
    top, _ = load('é: {long: "x y", b: [1, two]}\n')
    inner = top.get("é")
    assert (inner.key_location.line, inner.key_location.column) == (1, 1)
    assert (inner.location.line, inner.location.column) == (1, 4)
    assert inner.get("long").key_location.column == 5
    assert inner.get("long").within(2).column == inner.get("long").location.column + 3  # past the quote
    assert [at.location.column for at in inner.get("b").elements()] == [22, 25]
    assert [at.dotted for at in inner.get("b").elements()] == ["é.b[0]", "é.b[1]"]


def test_a_folded_text_is_placed_where_it_begins(load):
    top, _ = load("a: one\n  two\n")
    assert top.get("a").within(5) == top.get("a").location


def test_aliases_are_expanded_and_keep_their_own_place(load):
    top, faults = load("a: &x {b: 1}\nc: *x\n")
    assert top.plain() == {"a": {"b": 1}, "c": {"b": 1}}
    assert top.get("c").location.line == 2
    assert faults == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "f.yaml:1:1: is empty"),
        ("# only this\n", "f.yaml:1:1: is empty"),
        (b"a: \xff", "f.yaml:1:4: is not UTF-8 text (byte 0xff); save it as UTF-8"),
        ("é: 1\nb: 2".encode("utf-16"), "f.yaml:1:1: is not UTF-8 text (byte 0xff); save it as UTF-8"),
        (b"a: 1\nb: \x00", "f.yaml:2:4: control character U+0000 is not allowed; remove it"),
        ("a: 1\nb: \u2028", "f.yaml:2:4: control character U+2028 is not allowed; remove it"),
        ("a: 1\n\tb: 2", "f.yaml:2:1: tab character; use spaces"),
        ('a: "\\0"', "f.yaml:1:4: control character U+0000 is not allowed; remove it"),
        ('a: "\\r"', "f.yaml:1:4: control character U+000D is not allowed; remove it"),
        ("a: 1\na: 2\na: 3", "f.yaml:2:1: key 'a' stands twice (first on line 1); keep one"),
        ("a: {b: 1, b: 2}", "f.yaml:1:11: a: key 'b' stands twice (first on line 1); keep one"),
        ("a: !!int 3", "f.yaml:1:4: a: YAML tag '!!int' is not allowed; remove it"),
        ("a: !!int '3'", "f.yaml:1:4: a: YAML tag '!!int' is not allowed; remove it"),
        ("a: !x [1]", "f.yaml:1:4: a: YAML tag '!x' is not allowed; remove it"),
        ("a: *b", "f.yaml:1:4: alias '*b' names no anchor before it"),
        ("a: &b [*b]", "f.yaml:1:8: alias '*b' stands inside what it names"),
        ("a: 1\n---\nb: 2", "f.yaml:2:1: a second document begins; a file holds one"),
        ("? {a: 1}\n: 2", "f.yaml:1:3: a key must be plain text, not a list or mapping"),
        (
            "a: b: c",
            "f.yaml:1:5: not valid YAML: a second ':' on the line; put text that holds ': ' in quotes",
        ),
        (
            "a: [1\nb: 2",
            "f.yaml:2:2: not valid YAML: expected ',' or ']'; the '[' of line 1, column 4 is not closed",
        ),
        ("a: 'x\nb: 2\n", "f.yaml:1:4: not valid YAML: quotes that are not closed"),
        ("a: `x`", "f.yaml:1:4: not valid YAML: text must not begin with '`'; put it in quotes"),
        (
            "a: 1\n b: 2",
            "f.yaml:2:3: not valid YAML: this belongs to the line before it; check the indentation, and the space after each ':'",
        ),
        ("a:\n  b: 1\n c: 2", "f.yaml:3:2: not valid YAML: wrong indentation, or a stray character"),
        ('a: "\\q"', "f.yaml:1:4: not valid YAML: unknown escape in double quotes; use single quotes"),
    ],
)
def test_refused(load, text, fault):
    assert load(text)[1][0] == fault


def test_nesting_is_counted_before_it_is_composed(load):
    deepest, faults = load("[" * 32 + "]" * 32)
    assert deepest is not None and faults == []
    assert load("[" * 33 + "]" * 33)[1] == ["f.yaml:1:33: is nested deeper than 32"]
    assert load("a: " + "[" * 5000)[1] == ["f.yaml:1:35: is nested deeper than 32"]


def test_aliases_cannot_nest_past_the_limit(load):
    text = "".join(f"a{i}: &a{i} [{f'*a{i - 1}' if i else ''}]\n" for i in range(40))
    assert load(text)[1] == ["f.yaml:32:12: alias '*a30' nests deeper than 32"]


def test_aliases_cannot_explode(load):
    lines = ["a0: &a0 [" + "x, " * 20 + "]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 20)}]" for i in range(1, 9)]
    found = load("\n".join(lines))[1]
    assert len(found) == 1 and found[0].endswith("aliases expand past 1 MiB")


def test_a_large_file_is_refused_unread(load):
    assert load(b"#" * (2**20 + 1))[1] == [
        "f.yaml:1:1: is larger than 1 MiB; a scenario or register must be smaller"
    ]
    assert load(b"a: 1\n" + b"#" * (2**20 - 5))[1] == []


def test_what_is_no_file_is_refused(tmp_path):
    faults = Faults()
    assert yaml_text.load(tmp_path / "none.yaml", "none.yaml", faults) is None
    assert yaml_text.load(tmp_path, "folder", faults) is None
    assert yaml_text.load(tmp_path / "\0", "zero", faults) is None
    assert [fault.message for fault in faults.found][:2] == ["no such file", "is a folder, not a file"]


def both(tmp_path, monkeypatch, text):
    (tmp_path / "f.yaml").write_text(text, encoding="utf-8")
    results = []
    for loader in LOADERS:
        monkeypatch.setattr(yaml_text, "Loader", loader)
        faults = Faults()
        top = yaml_text.load(tmp_path / "f.yaml", "f.yaml", faults)
        results.append((repr(top), faults.found))
    return results


@pytest.mark.parametrize("text", [SMALL, REGISTER, WHOLE_EXAMPLE.read_text(encoding="utf-8")], ids=range(3))
def test_both_parsers_read_the_same(tmp_path, monkeypatch, text):
    first, *others = both(tmp_path, monkeypatch, text)
    assert first[1] == []
    assert all(other == first for other in others)
