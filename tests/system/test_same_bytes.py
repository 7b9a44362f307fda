"""One scenario, seed and version give one result, to the last byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import contested
from sample_scenarios import EXACT, HUMPS, RANGES, REGISTER, VANISHING, written


def _in_a_process(file: Path, hash_seed: str) -> bytes:
    """What another process prints, with sets and dictionaries of text in another order of their own."""
    command = [sys.executable, "-m", "contested", "run", str(file), "--json"]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, timeout=120, check=True).stdout


def test_two_processes_and_two_runs_in_one(tmp_path: Path) -> None:
    file = written(tmp_path, RANGES)
    here = contested.load(file).run().to_json().encode()
    assert contested.load(file).run().to_json().encode() == here
    assert _in_a_process(file, "1") == here
    assert _in_a_process(file, "2") == here


def _backwards(value: object) -> object:
    """The same mappings with their keys in the opposite order; lists keep theirs."""
    if isinstance(value, dict):
        return {key: _backwards(value[key]) for key in reversed(value)}
    return [_backwards(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize("text", [EXACT, RANGES, HUMPS, VANISHING])
def test_the_order_of_keys_changes_nothing(tmp_path: Path, text: str) -> None:
    forwards, backwards = tmp_path / "forwards", tmp_path / "backwards"
    forwards.mkdir()
    backwards.mkdir()
    first = written(forwards, text)
    second = written(backwards, _dump(text))
    (backwards / "register.yaml").write_text(_dump(REGISTER), encoding="utf-8")
    assert second.read_text() != first.read_text()
    assert contested.load(second).run().to_json() == contested.load(first).run().to_json()


def _dump(text: str) -> str:
    read = yaml.load(text, Loader=yaml.BaseLoader)  # every scalar as its text, so that none is rewritten
    dumped: str = yaml.dump(_backwards(read), Dumper=_Plain, sort_keys=False, allow_unicode=True)
    return dumped


class _Plain(yaml.SafeDumper):
    """Writes text without quotes, as the files have it."""

    yaml_implicit_resolvers: dict[str, list[object]] = {}  # noqa: RUF012  # the base class's own form
