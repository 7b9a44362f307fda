"""No text whatever makes the reader do anything but read it or tell of located faults."""

# ruff: noqa: E501

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contested.errors import ScenarioError
from contested.language.reading import read
from scenario_text import REGISTER, SMALL, WHOLE_EXAMPLE

WHOLE = WHOLE_EXAMPLE.read_text(encoding="utf-8")
WHOLE_REGISTER = WHOLE_EXAMPLE.with_name("register.yaml").read_text(encoding="utf-8")
MORE = """\
units: [tank]
weightings: {w: {toll: {kyiv: 2, others: 1}}}
questions: {q: {title: t, formula: cost > 3 and not cost < 2}}
correlations: [{between: [error, casualties.osint], kendall: 0.2, copula: t, df: 4, because: j}]
report: {levels: [0.5], kind: hdi}
denominator: {negligible: 0, estimable: 0.1}
pooling: {rule: linear}
"""
VALID = [(SMALL, REGISTER), (SMALL + MORE, REGISTER), (WHOLE, WHOLE_REGISTER)]
LOCATED = re.compile(r".+\.yaml:[0-9]+:[0-9]+: .+")

FRAGMENTS = st.sampled_from(
    [
        *"{}[]:,&*!|>'\"%@`#~?<=.-+/ \n\t\\$",
        "\n  ", ": ", "- ", "&a ", "*a", "!!int ", "---\n", "...\n", "null", "true", ".inf", ".nan", "1e999", "-1",
        "0", "1e-320", "9" * 400, "8%", "NaN", "''", "{}", "[]", "low", "formula", "mixture", "fact", "gs", "error",
        "cost", "casualties.kyiv", "__import__('os')", "lambda", "9**9**9", "../x", "\u2028", "\ufeff", "\u0000", "é",
        "2025-13", "0x1F", "<<",
    ]
)  # fmt: skip
KEYS = st.sampled_from(sorted(set(re.findall(r"[a-z_]+(?=:)", WHOLE + SMALL + MORE + REGISTER))))
VALUES = st.one_of(FRAGMENTS, KEYS, st.integers().map(str), st.floats().map(str), st.text(max_size=8))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzz")


def read_or_faults(folder, content, register=REGISTER):
    """Read; what is refused must be told with its place, on lines of its own."""
    for name, text in (("s.yaml", content), ("register.yaml", register)):
        raw = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        (folder / name).write_bytes(raw)
    try:
        return read(folder / "s.yaml")
    except ScenarioError as error:
        assert error.faults
        for line in str(error).splitlines():
            assert LOCATED.fullmatch(line), line
        str(error).encode("utf-8")
    return None


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_bytes(folder, content):
    read_or_faults(folder, content)


@given(st.lists(FRAGMENTS, max_size=30).map("".join))
@settings(max_examples=150)
@example("a: &a [*a]")
@example('a: "\\ud800"')
@example('"\\0": 1')
@example("? \n: 1")
def test_fragments(folder, content):
    read_or_faults(folder, content)


@given(st.data())
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_changed_characters(folder, data):
    scenario, register = data.draw(st.sampled_from(VALID))
    texts = [scenario, register]
    for _ in range(data.draw(st.integers(1, 3))):
        which = data.draw(st.sampled_from([0, 0, 0, 1]))
        text = texts[which]
        place = data.draw(st.integers(0, len(text)))
        gone = data.draw(st.integers(0, 6))
        texts[which] = text[:place] + data.draw(VALUES) + text[place + gone :]
    read_or_faults(folder, *texts)


def leaves(value, path=()):
    entries = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, inner in entries:
        yield (*path, key)
        yield from leaves(inner, (*path, key))


def replaced(value, path, new):
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(copy[path[0]], path[1:], new)
    return copy


def flow(value):
    """A value as one line of YAML; texts as they are, so that they are resolved again."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return str(value)


SCALARS = st.one_of(
    st.floats(), st.integers(-3, 3), st.booleans(), st.sampled_from(["~", "''", "8%", "0.05", "2025", "gs", "error"]),
    KEYS, st.sampled_from(["cost / area", "gs * kyiv", "osint", "area / area", "1 / 0", "log(error)", "-cost", "a.b.c"]),
)  # fmt: skip
TREES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)


@given(st.data())
@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
def test_changed_values(folder, data):
    """One or two values of a valid scenario become any other, so that the rules behind structure are met."""
    import yaml

    scenario, register = data.draw(st.sampled_from(VALID[:2]))
    tree = yaml.load(scenario, yaml.BaseLoader)
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(list(leaves(tree))))
        tree = replaced(tree, path, data.draw(TREES))
    read_or_faults(folder, flow(tree), register)


STATEMENT_KEYS = st.sampled_from(
    ["value", "low", "best", "high", "min", "mode", "max", "mean", "sd", "within", "confidence"]
)
STATEMENTS = st.dictionaries(
    STATEMENT_KEYS, st.one_of(st.floats(allow_nan=False), st.integers(-9, 9)), max_size=5
)


@given(
    STATEMENTS,
    st.sampled_from(["", "shape: beta, ", "shape: split-lognormal, splice: mode, ", "bound: lower, "]),
)
@settings(max_examples=200)
def test_statements(folder, keys, more):
    numbers = "".join(f"{key}: {number}, " for key, number in keys.items())
    statement = f"{{{numbers}{more}because: j}}"
    read_or_faults(folder, SMALL.replace("{low: 120000, high: 180000, because: judged}", statement))


def test_the_valid_ones_are_valid(folder):
    for scenario, register in VALID:
        assert read_or_faults(folder, scenario, register) is not None
