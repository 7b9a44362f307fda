"""What changed between two parsed files: by path, order of keys and comments not counting."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from contested.answers.difference_tree import Change, changes
from contested.language.faults import Faults
from contested.language.tree import Place
from contested.language.yaml_text import load


def _place(text: str) -> Place:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        file.write_text(text, encoding="utf-8")
        top = load(file, "file", Faults())
    assert top is not None
    return top


def _found(before: str, after: str) -> list[Change]:
    return list(changes(_place(before), _place(after)))


def _told(before: str, after: str) -> list[tuple[str, str, Any, Any]]:
    return [
        (c.kind, c.path, c.before and c.before.value, c.after and c.after.value)
        for c in _found(before, after)
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nb: {c: x, d: [1, 2]}\n", "# said\nb:\n  d: [1.0, 2]\n  c: 'x'\na: 1.00\n"),
        ("a: &x {b: 1}\nc: *x\n", "c: {b: 1}\na: {b: 1}\n"),
        ("a: .nan\n", "a: .nan\n"),
        ("a: []\n", "a: []\n"),
    ],
)
def test_what_means_the_same_is_no_change(before: str, after: str) -> None:
    assert _found(before, after) == []
    assert _found(after, before) == []


def test_values_by_path_and_line() -> None:
    (change,) = _found("a:\n  b:\n    c: 8%\n", "# one\n# two\n\na: {b: {c: 12%}}\n")
    assert change.before is not None and change.after is not None
    assert (change.kind, change.path) == ("changed", "a.b.c")
    assert (change.before.line, change.after.line) == (3, 4)
    assert (change.before.value, change.after.value) == ("8%", "12%")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a: 1\n", "a: true\n", ("changed", "a", 1, True)),
        ("a: 1\n", "a: '1'\n", ("changed", "a", 1, "1")),
        ("a: 1\n", "a: {b: 1}\n", ("changed", "a", 1, {"b": 1})),
        ("a: 1\n", "a: 1\nb: {c: 2}\n", ("added", "b", None, {"c": 2})),
        ("a: 1\nb: [2]\n", "a: 1\n", ("removed", "b", [2], None)),
        ("a: [x, y]\n", "a: [y, x]\n", ("changed", "a", ["x", "y"], ["y", "x"])),
        ("a: [[x, y]]\n", "a: [[y, x]]\n", ("changed", "a[0]", ["x", "y"], ["y", "x"])),
        ("a: 9007199254740993\n", "a: 9007199254740992\n", ("changed", "a", 2**53 + 1, 2**53)),
    ],
)
def test_each_kind_of_change(before: str, after: str, told: tuple[Any, ...]) -> None:
    assert _told(before, after) == [told]


def test_members_of_a_list_are_matched_by_what_they_hold() -> None:
    before = "c: [{of: a, rank: 1}, {of: b, rank: 2}]\n"
    assert _told(before, "c: [{of: z, rank: 0}, {of: a, rank: 1}, {of: b, rank: 2}]\n") == [
        ("added", "c[0]", None, {"of": "z", "rank": 0})
    ]
    assert _told(before, "c: [{of: b, rank: 2}, {of: a, rank: 3}]\n") == [("changed", "c[1].rank", 1, 3)]
    assert [(c.kind, c.path) for c in _found(before, "c: [{of: b, rank: 2}, {of: a, rank: 1}]\n")] == [
        ("reordered", "c")
    ]
    assert _told("c: [{a: 1}, {a: 1}]\n", "c: [{a: 1}]\n") == [("removed", "c[1]", {"a": 1}, None)]


@pytest.mark.parametrize(
    ("before", "after", "of_words"),
    [
        ("a: {title: x}\n", "a: {title: y}\n", True),
        ("a: {because: x}\n", "a: {b: 1}\n", True),
        ("a: {title: x}\n", "a: {title: {b: 1}}\n", False),
        ("weights: {title: 1}\n", "weights: {title: 2}\n", False),
        ("title: {low: 1}\n", "title: {low: 2}\n", False),
        ("a: {relays: x}\n", "a: {relays: y}\n", False),
    ],
)
def test_what_no_number_comes_from(before: str, after: str, of_words: bool) -> None:
    assert _found(before, after)[-1 if "because" not in before else 1].is_of_words is of_words


def test_a_file_that_is_not_there() -> None:
    assert list(changes(None, None)) == []
    (change,) = changes(None, _place("a: 1\n"))
    assert change.kind == "added" and change.path == ""
