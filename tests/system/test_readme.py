"""The README tells the truth: its example runs, its picture is of today, its tables are complete."""

from __future__ import annotations

import html
import re
import shutil
import tomllib
from pathlib import Path

import pytest
import yaml

import contested
import readme_picture
from contested.answers.grade import THRESHOLDS

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def _blocks(language: str) -> list[str]:
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found
    return found


def test_the_example_runs(tmp_path: Path) -> None:
    shutil.copy(ROOT / "configs" / "register.yaml", tmp_path)
    file = tmp_path / "example.yaml"
    file.write_text(_blocks("yaml")[0], encoding="utf-8")
    result = contested.load(file).run(tolerance=0.02)
    assert result.converged
    assert list(result.estimates) == ["per_km2"]


def test_the_python_lines_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for lines in _blocks("python"):
        exec(lines, names)
    assert isinstance(names["result"], contested.Result)
    assert isinstance(names["comparison"], contested.Comparison)


def test_the_grades_are_those_of_the_table() -> None:
    table = re.findall(r"^\| (.+) \| (?:every|p at|anything)", README, re.MULTILINE)
    assert [found.partition(",")[0].partition(":")[0] for found in table] == [
        "Holds in this model", "More likely than not", "Likely", "Fails in this model",
        "Less likely than not", "Unlikely", "Depends on whom you believe",
    ]  # fmt: skip
    stated = {
        "holds": (0.9, "at least 90 %"), "fails": (0.1, "at most 10 %"), "likely": (0.8, "p at least 80 %"),
        "unlikely": (0.2, "p at most 20 %"), "even": (0.5, "above 50 %"),
        "flip_distance": (0.25, "a quarter of"), "scope_difference": (0.05, "by 5 points"),
        "effective_lines": (1.5, "fewer than 1.5 independent lines"),
        "standard_errors": (2, "two Monte Carlo standard errors"),
    }  # fmt: skip
    assert {name: value for name, (value, _) in stated.items()} == THRESHOLDS
    assert [words for _, words in stated.values() if words not in README] == []


def test_the_picture_is_of_a_run_of_today() -> None:
    texts = re.findall(r'<text class="contested-r\d" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', _picture())
    lines: dict[float, str] = {}
    for _, y, text in sorted(texts, key=lambda found: (float(found[1]), float(found[0]))):
        lines[float(y)] = lines.get(float(y), "") + html.unescape(text).replace("\xa0", " ")
    expected = re.sub(r"\x1b\[[01]m", "", readme_picture.shown()).splitlines()
    assert [line.strip() for line in lines.values() if line.strip()] == [
        line.strip() for line in expected if line.strip()
    ]


def _picture() -> str:
    named = re.search(r"!\[.*\]\((.*)\)", README)
    assert named
    assert ROOT / named[1] == readme_picture.PICTURE
    return readme_picture.PICTURE.read_text(encoding="utf-8")


def test_the_test_command_is_the_one_that_ci_finds() -> None:
    lines = [line for line in README.splitlines() if "'.[test]'" in line]
    assert lines == ["python3 -m venv .venv && .venv/bin/pip install '.[test]' && .venv/bin/python -m pytest"]
    assert "grep --max-count=1 -F \"'.[test]'\" README.md" in (ROOT / ".ci" / "run").read_text()


def test_every_scenario_is_listed_with_its_question() -> None:
    listed = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \|$", README, re.MULTILINE))
    files = [path for path in (ROOT / "configs").glob("*.yaml") if path.name != "register.yaml"]
    assert listed == {file.stem: yaml.safe_load(file.read_text(encoding="utf-8"))["title"] for file in files}


def test_every_dependency_is_listed() -> None:
    table = README.partition("## What it leans on")[2]
    named = {re.split(r"[>=\[]", needed)[0] for needed in PROJECT["dependencies"]}
    for extra in ("test", "notebook", "parquet", "arviz"):
        named |= {re.split(r"[>=\[]", needed)[0] for needed in PROJECT["optional-dependencies"][extra]}
    named -= {PROJECT["name"]}  # by which one extra asks for others
    assert [name for name in named if not re.search(rf"\b{name}\b", table)] == []
