"""No text whatever makes `contested check` do anything but pass, or print located faults."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contested.cli import main
from scenario_text import REGISTER, SMALL, WHOLE_EXAMPLE

BROKEN = sorted(
    path for path in (Path(__file__).parent / "broken").rglob("*.yaml") if path.name != "register.yaml"
)
VALID = [
    (SMALL, REGISTER),
    (WHOLE_EXAMPLE.read_text("utf-8"), WHOLE_EXAMPLE.with_name("register.yaml").read_text("utf-8")),
]
LOCATED = re.compile(r"(s|register)\.yaml:[1-9][0-9]*:[1-9][0-9]*: \S.*")
AMOUNT = pytest.mark.parametrize("examples", [150, pytest.param(2000, marks=pytest.mark.slow)])


@pytest.fixture
def told(tmp_path, monkeypatch):
    """Check a text, and hold what comes of it to the promise."""
    monkeypatch.chdir(tmp_path)

    def check(scenario: str | bytes, register: str | bytes = REGISTER) -> int:
        for name, content in (("s.yaml", scenario), ("register.yaml", register)):
            raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            (tmp_path / name).write_bytes(raw)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(["check", "s.yaml"])
        lines = err.getvalue().split("\n")
        assert lines.pop() == ""
        if status == 0:
            assert lines == [] and out.getvalue().endswith("no fault found\n")
        else:
            assert status == 2 and lines and out.getvalue() == ""
        for line in lines:
            assert LOCATED.fullmatch(line), line
        return status

    return check


def holds(examples: int) -> Any:
    """So many examples, however slow their making is."""
    return settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow])


def test_what_is_mutated_is_valid(told):
    assert [told(*texts) for texts in VALID] == [0, 0]


# ---------------------------------------------------------------- any text


@AMOUNT
def test_any_bytes(told, examples):
    @holds(examples)
    @given(st.binary(max_size=300) | st.text(max_size=300))
    def check(content):
        told(content)

    check()


WORDS = sorted(
    {word for text, _ in VALID for word in re.findall(r"[\w.²/%-]+", text)}
    | {
        "&a",
        "*a",
        "!!int",
        "!x",
        "<<",
        "---",
        "...",
        "~",
        "''",
        ".nan",
        "1e999",
        "9**9**9",
        "5,000",
        "\t",
        "-",
        "?",
    }
)
SCALARS = st.sampled_from(WORDS) | st.text(max_size=6) | st.floats().map(str)
LINES = st.builds(
    lambda indent, dash, key, value: f"{' ' * indent}{'- ' * dash}{key}: {value}",
    st.sampled_from([0, 0, 2, 4, 6]), st.sampled_from([0, 0, 0, 1]), st.sampled_from(WORDS),
    SCALARS | st.just("") | st.builds("{{{}: {}, {}: {}}}".format, SCALARS, SCALARS, SCALARS, SCALARS)
    | st.builds("[{}, {}]".format, SCALARS, SCALARS),
)  # fmt: skip


@AMOUNT
def test_lines_that_look_like_a_scenario(told, examples):
    @holds(examples)
    @given(st.lists(LINES, max_size=12), st.booleans())
    def check(lines, completed):
        told("\n".join([*lines, *(SMALL.splitlines() if completed else [])]))

    check()


# ---------------------------------------------------------------- a valid scenario, mutated

SPLINTERS = st.sampled_from(
    [*"{}[]:,&*!|>'\"%@`#~?<=.-+/ \n\t\\$0", "\n  ", ": ", "- ", "\r", "\u2028", "\ufeff"]
)


@AMOUNT
def test_changed_characters(told, examples):
    @holds(examples)
    @given(st.sampled_from(VALID), st.integers(0, 1), st.data())
    def check(texts, which, data):
        texts = list(texts)
        for _ in range(data.draw(st.integers(1, 4))):
            place = data.draw(st.integers(0, len(texts[which])))
            gone = data.draw(st.sampled_from([0, 0, 1, 1, 2, 5, 40]))
            new = data.draw(SPLINTERS | SCALARS)
            texts[which] = texts[which][:place] + new + texts[which][place + gone :]
        told(*texts)

    check()


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, part in inner for found in paths(part, (*path, key)))]


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def grafted(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """The value with another at a path; None takes a key away."""
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    if new is None and len(path) == 1:
        del copy[path[0]]
    else:
        copy[path[0]] = grafted(copy[path[0]], path[1:], new)
    return copy


def flow(value: Any) -> str:
    """A value as one line of YAML; texts as they are, so that they are resolved again."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return f'"{value}"' if re.search(r"[,:\[\]{}\n]", value) else str(value)


def trees() -> list[Any]:
    """What the broken scenarios hold, each whole."""
    found = []
    for path in BROKEN:
        with contextlib.suppress(yaml.YAMLError):
            found.append(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))
    return [tree for tree in found if isinstance(tree, dict)]


NAMES = st.sampled_from(
    [
        "gs", "isw_area", "at_least", "error", "drift", "discount", "casualties", "area", "cost", "rise",
        "kyiv", "osint", "skeptic", "casualties.kyiv", "casualties_2025", "area_2025.isw", "per_km2_2025",
        "1", "0", "1e99",
    ]
)  # fmt: skip
OPERATORS = st.sampled_from(["+", "-", "*", "/", "**", "<", ">=", "and", "or not"])
FORMULAS = st.builds("{} {} {}".format, NAMES, OPERATORS, NAMES) | st.builds(
    "log(max({}, {}))".format, NAMES, NAMES
)


@AMOUNT
def test_parts_of_broken_scenarios_in_a_valid_one(told, examples):
    """So that every rule meets every other, one of them broken or both."""
    broken = st.sampled_from([(path, at(tree, path)) for tree in trees() for path in paths(tree) if path])
    stock = st.one_of(broken, broken, st.tuples(st.just(("formula",)), FORMULAS))
    whole = [(tree, register) for tree, register in ((yaml.load(t, yaml.BaseLoader), r) for t, r in VALID)]

    @holds(2 * examples)
    @given(st.sampled_from(whole), st.data())
    def check(valid, data):
        tree, register = valid
        for _ in range(data.draw(st.integers(1, 3))):
            source, part = data.draw(stock)
            alike = [path for path in paths(tree) if path and path[-1] == source[-1]]
            path = data.draw(st.sampled_from(alike or paths(tree)))
            tree = grafted(tree, path, None if path and data.draw(st.integers(0, 4)) == 4 else part)
            if not isinstance(tree, dict):
                break
        told(flow(tree), register)

    check()
