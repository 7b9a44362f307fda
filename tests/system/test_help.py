"""Help pages, the version, and what a newcomer begins with."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import yaml

import contested
from contested.cli import main
from contested.cli.schema import schema_text

ROOT = Path(__file__).parents[2]
CONFIGS = ROOT / "configs"
COMMANDS = [
    "run",
    "compare",
    "certify",
    "report",
    "track",
    "diff",
    "lineage",
    "register",
    "claim",
    "ingest",
    "check",
    "schema",
    "init",
]
SCENARIOS = sorted(path for path in CONFIGS.glob("*.yaml") if path.name != "register.yaml")


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    return done.stdout


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"contested {contested.__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert re.findall(rf"^  ({'|'.join(COMMANDS)}) ", out, re.MULTILINE) == COMMANDS
    assert main([]) == 2


SLOW = ("track", "compare", "report")  # whose examples take long


@pytest.mark.parametrize(
    "command", [pytest.param(each, marks=pytest.mark.slow if each in SLOW else ()) for each in COMMANDS]
)
def test_every_command_s_help_shows_an_example_that_works(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "--help"]) == 0
    examples = re.findall(r"^ +contested (.+)$", capsys.readouterr().out, re.MULTILINE)
    assert any(example.startswith(command) for example in examples)
    (tmp_path / "configs").symlink_to(CONFIGS)
    (tmp_path / "runs").mkdir()
    monkeypatch.chdir(tmp_path)
    for example in examples:
        arguments = example.partition(" >")[0].split()
        coarse = ["--tolerance", "0.05"] if arguments[0] == "run" else []
        assert main([*arguments, *coarse]) == 0


def test_help_and_check_import_nothing_heavy() -> None:
    heavy = "{'numpy', 'scipy', 'pandas', 'pydantic', 'rich', 'yaml'}"
    shown = _python(
        "import sys; from contested.cli import main; main(['--help']); "
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    assert shown.splitlines()[-1] == "[]"
    file = CONFIGS / "isw-2025.yaml"
    checked = _python(
        f"import sys; from contested.cli import main; status = main(['check', {str(file)!r}]); "
        "print(status, sorted({'numpy', 'scipy', 'pandas'} & set(sys.modules)))"
    )
    assert checked.splitlines()[-1] == "0 []"


def test_check_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    file = CONFIGS / "isw-2025.yaml"
    study = contested.load(file).study
    assert main(["check", str(file)]) == 0
    assert capsys.readouterr().out == (
        f"{file}: {len(study.disputes)} disputes, {len(study.figures)} figures, "
        f"{len(study.facts)} cited facts, {len(study.estimates)} estimates, "
        f"{len(study.questions)} questions; no fault found\n"
    )


def test_init_writes_a_scenario_that_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "mine"]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine-register.yaml", "mine.yaml"]
    assert "NAME" not in (tmp_path / "mine.yaml").read_text(encoding="utf-8").replace("--weighting NAME", "")
    assert main(["run", "mine.yaml", "--strict"]) == 0
    assert "the model puts 90 % on" in capsys.readouterr().out


@pytest.mark.parametrize("existing", ["mine.yaml", "mine-register.yaml"])
def test_init_overwrites_nothing(
    existing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / existing).write_text("mine")
    assert main(["init", "mine"]) == 2
    assert (
        capsys.readouterr().err == f"Error: {existing} exists and is not overwritten; choose another name\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == [existing]
    assert (tmp_path / existing).read_text() == "mine"


@pytest.mark.parametrize("name", ["../mine", "a/b", "mine.yaml", "", "-", "two words", "n" * 101])
def test_init_takes_names_alone(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init", "--", name]) == 2
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_schema_is_up_to_date(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == 0
    shown = capsys.readouterr().out
    assert shown == schema_text()
    assert (CONFIGS / "scenario.schema.json").read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda path: path.stem)
def test_every_shipped_scenario_fits_the_schema_it_points_to(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=scenario.schema.json"
    schema = json.loads((CONFIGS / "scenario.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert [error.message for error in validator.iter_errors(_as_read(text))] == []


def _as_read(text: str) -> object:
    """The file as an editor's YAML 1.2 reader sees it: dates stay text, and only what JSON has is left."""

    class Editor(yaml.SafeLoader):
        pass

    Editor.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return json.loads(json.dumps(yaml.load(text, Loader=Editor)))
