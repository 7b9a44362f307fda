"""The JSON Schema for editors: it accepts what the reader accepts, and knows every key."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from contested.language.faults import Faults, listed
from contested.language.schema import WAYS, json_schema
from contested.language.yaml_text import load
from scenario_text import SMALL, WHOLE_EXAMPLE, changed, faults_of

TEN_SEEDS = Path(__file__).parents[1] / "configs" / "ten_seeds" / "ten-seeds.yaml"
SHIPPED = sorted(Path(__file__).parents[2].joinpath("configs").glob("*.yaml"))
SCENARIOS = [WHOLE_EXAMPLE, TEN_SEEDS, *(path for path in SHIPPED if path.name != "register.yaml")]


@pytest.fixture(scope="module")
def validator():
    schema = json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def plain(path):
    top = load(path, path.name, Faults())
    assert top is not None
    return top.plain()


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.name)
def test_scenarios_are_accepted(validator, path):
    assert [error.message for error in validator.iter_errors(plain(path))] == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Cost", "titel: Cost"),
        ("low: 0.95", "low: about one"),
        ("within: 8%", "within: eight"),
        ("{low: 120000, high: 180000, because: judged}", "{low: 120000, high: 180000, becuase: judged}"),
        ("osint: Open sources", "osint: {because: no title}"),
        ("  error:", "  Error:"),
        ("unit: km²", "unit: 2"),
    ],
)
def test_faults_of_structure_are_seen(tmp_path, validator, old, new):
    path = tmp_path / "s.yaml"
    path.write_text(SMALL, encoding="utf-8")
    assert validator.is_valid(plain(path))
    path.write_text(changed((old, new)), encoding="utf-8")
    assert not validator.is_valid(plain(path))


COMPARING = """\
bounds: {toll: {osint: [0.2, 0.6]}}
at_least: {toll: [[osint, kyiv]]}
weightings: {independent: {by: lineage}, mixed: {toll: {by: lineage}}, mine: {toll: {kyiv: 1, others: 2}}}
pooling: {rule: log-quantile}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[0.2, 0.6]", "[0.2]"),
        ("[0.2, 0.6]", "[0.2, 60]"),
        ("[0.2, 0.6]", "0.2"),
        ("[osint, kyiv]", "osint, kyiv"),
        ("[osint, kyiv]", "[osint, kyiv, osint]"),
        ("{by: lineage}, mixed", "{by: hearsay}, mixed"),
        ("{by: lineage}, mixed", "{by: lineage, toll: {kyiv: 1, osint: 1}}, mixed"),
        ("{toll: {by: lineage}}", "{toll: {by: lineage, kyiv: 1}}"),
        ("kyiv: 1, others", "kyiv: -1, others"),
        ("none_of_these: 0.1", "none_of_these: 10"),
    ],
)
def test_faults_of_comparing_are_seen(tmp_path, validator, old, new):
    path = tmp_path / "s.yaml"
    text = changed(("title: Whose count\n", "title: Whose count\n    none_of_these: 0.1\n")) + COMPARING
    path.write_text(text, encoding="utf-8")
    assert [error.message for error in validator.iter_errors(plain(path))] == []
    path.write_text(changed((old, new), text=text), encoding="utf-8")
    assert not validator.is_valid(plain(path))


BY_MONTH = "{series: {file: m.csv, column: a, from: 2025, to: 2025-04, of: level}, within: 8%, because: j}"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("column: a, ", ""),
        ("from: 2025,", "since: 2025,"),
        ("of: level", "of: sum"),
        ("of: level", "gaps: fill"),
        ("file: m.csv", "file: 2025"),
    ],
)
def test_faults_of_a_series_are_seen(tmp_path, validator, old, new):
    path = tmp_path / "s.yaml"
    text = changed(("{low: 120000, high: 180000, because: judged}", BY_MONTH))
    path.write_text(text, encoding="utf-8")
    assert [error.message for error in validator.iter_errors(plain(path))] == []
    path.write_text(changed((old, new), text=text), encoding="utf-8")
    assert not validator.is_valid(plain(path))


def test_what_by_may_name_is_known_to_editors_and_to_the_reader(tmp_path):
    for way in WAYS:
        faults = faults_of(tmp_path, f"{SMALL}weightings: {{w: {{by: {way}}}}}\n")
        assert not any("must be" in fault for fault in faults)
    faults = faults_of(tmp_path, f"{SMALL}weightings: {{w: {{by: nothing}}}}\n")
    assert faults == [
        f"s.yaml:30:22: weightings.w.by: must be {listed(sorted(WAYS), 'or')} (got text 'nothing')"
    ]


def test_every_key_is_described():
    schema = json_schema()
    models = [schema, *schema["$defs"].values()]
    keys = [
        key
        for model in models
        for part in [model, *model.get("anyOf", [])]
        for key in part.get("properties", {}).items()
    ]
    assert len(keys) > 60
    described = {name for name, model in schema["$defs"].items() if "description" in model}
    bare = [
        (name, content)
        for name, content in keys
        if "description" not in content and content.get("$ref", "").rpartition("/")[2] not in described
    ]
    assert bare == []


def test_an_absent_key_is_not_null():
    assert '"default": null' not in json.dumps(json_schema())
