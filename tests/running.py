"""Scenarios composed in Python, written as files and run through the public API."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import contested
from contested.answers.result import Result
from contested.engine.model import Model
from contested.errors import AccuracyWarning
from contested.scenario import Scenario

Statement = Mapping[str, Any]


def written(folder: Path, document: Mapping[str, Any], name: str = "case") -> Path:
    """A scenario's file: JSON is YAML, and its text is exact."""
    path = folder / f"{name}.yaml"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def modelled(folder: Path, document: Mapping[str, Any]) -> Model:
    """The model of a scenario, before anything is drawn."""
    return Model.of(contested.load(written(folder, document)).study)


def ran(folder: Path, document: Mapping[str, Any], **settings: Any) -> Result:
    """What a scenario's run says."""
    return quietly(contested.load(written(folder, document)), **settings)


def quietly(scenario: Scenario, **settings: Any) -> Result:
    """A run that is drawn to `max_draws` on purpose, converged or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AccuracyWarning)
        return scenario.run(**settings)


def agreed(**statements: Statement) -> dict[str, Any]:
    """Dimensionless figures that nobody disputes, each one statement."""
    return {
        name: {"title": name, "agreed": {**statement, "because": "as the case has it"}}
        for name, statement in statements.items()
    }


def disputed(dispute: str, claims: Mapping[str, Statement]) -> dict[str, Any]:
    """A dimensionless figure of a dispute: a statement by source."""
    return {
        "title": "disputed",
        "dispute": dispute,
        "claims": {
            source: {**statement, "because": "as the case has it"} for source, statement in claims.items()
        },
    }


def propagation(
    figures: Mapping[str, Any], formulas: Mapping[str, str], *, max_draws: int = 65_536, **more: Any
) -> dict[str, Any]:
    """A scenario of dimensionless estimates, drawn to `max_draws` or far beyond what a report needs."""
    return {
        "title": "A reference case",
        "as_of": "2026-01-01",
        "figures": dict(figures),
        "estimates": {name: {"title": name, "formula": text} for name, text in formulas.items()},
        "sampling": {"tolerance": 1e-5, "max_draws": max_draws},
        **more,
    }


def asked(**formulas: str) -> dict[str, Any]:
    """Questions by name."""
    return {name: {"title": name, "formula": text} for name, text in formulas.items()}
