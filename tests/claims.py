"""Scenarios of one claim whose probability under each source is known, and their certificates."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scipy.special import ndtri

import contested
from contested.report.certificate import Certificate
from running import written

NAME = "claim"


def claimed(probabilities: Mapping[str, float], **more: Any) -> dict[str, Any]:
    """A figure of one dispute, by each source above 0 with a given probability: normal, of unit deviation."""
    return {
        "title": "One claim",
        "as_of": "2026-01-01",
        "disputes": {
            "toll": {"title": "Whose count", "sources": {name: name.title() for name in probabilities}}
        },
        "figures": {
            "level": {
                "title": "Level",
                "dispute": "toll",
                "claims": {
                    name: {"mean": float(ndtri(p)), "sd": 1, "because": "as the test has it"}
                    for name, p in probabilities.items()
                },
            }
        },
        "estimates": {"level_now": {"title": "Level now", "formula": "level"}},
        "questions": {NAME: {"title": "The level is above nought", "formula": "level_now > 0"}},
        "sampling": {"tolerance": 0.01, "max_draws": 65536},
        **more,
    }


def weighted(**weights: float) -> dict[str, Any]:
    """One named weighting of the dispute, the default."""
    return {"default": "own", "weightings": {"own": {"toll": weights}}}


def certified(folder: Path, document: Mapping[str, Any], question: str = NAME) -> Certificate:
    """The certificate of a question."""
    return contested.load(written(folder, document)).certify(question)
