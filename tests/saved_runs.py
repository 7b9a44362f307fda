"""Runs saved in a folder, as `--out` saves them, and changed after that where a test wants it so."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import contested
from contested.errors import AccuracyWarning
from contested.report.files import comparison_files, run_files
from contested.report.manifest import MANIFEST, manifest_text
from contested.report.saved import SavedRun
from contested.report.saving import save
from months import tracked
from sample_scenarios import REGISTER


def saved(folder: Path, text: str, *, register: str = REGISTER, **settings: Any) -> SavedRun:
    """A scenario written to a folder, run with some settings, saved below it and read back."""
    scenario = _loaded(folder, text, register)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AccuracyWarning)
        result = scenario.run(**settings)
    save(result.study, run_files(result), folder / "out")
    return SavedRun.open(folder / "out")


def saved_comparison(folder: Path, text: str, **settings: Any) -> SavedRun:
    """The same of a comparison."""
    comparison = _loaded(folder, text, REGISTER).compare(**settings)
    save(comparison.study, comparison_files(comparison), folder / "out")
    return SavedRun.open(folder / "out")


def saved_track(file: Path, window: str | None = None, **options: Any) -> SavedRun:
    """The track of a scenario's file, saved beside it without its pictures."""
    found = tracked(file, window, **options)
    save(found.scenario, {"track.json": found.to_json()}, file.parent / "out")
    return SavedRun.open(file.parent / "out")


def rewritten(run: SavedRun, change: Callable[[dict[str, Any]], object]) -> Path:
    """The directory with its JSON changed and a manifest that fits, as another version may have saved it."""
    name = {"run": "result.json", "comparison": "comparison.json", "track": "track.json"}[run.kind]
    document = json.loads(run.text)
    change(document)
    (run.directory / name).write_text(json.dumps(document), encoding="utf-8")
    (run.directory / MANIFEST).write_text(manifest_text(run.directory), encoding="utf-8")
    return run.directory


def _loaded(folder: Path, text: str, register: str) -> contested.Scenario:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "register.yaml").write_text(register, encoding="utf-8")
    file = folder / "sample.yaml"
    file.write_text(text, encoding="utf-8")
    return contested.load(file)
