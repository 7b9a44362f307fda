"""What was stated is told with its own numbers and its own confidence, whatever was fitted to it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import contested
from briefed import sampled
from contested.report.comparison import render_comparison
from contested.report.statements import stated_of
from running import written
from sample_scenarios import RANGES

WHY = {"because": "judged"}


def said(folder: Path, claim: dict[str, Any], confidence: float = 0.9) -> str:
    """A claim in words, and an input that is drawn for its figure."""
    document = {
        "title": "A statement",
        "as_of": "2026-01-01",
        "disputes": {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}},
        "inputs": {
            "drift": {"best": 1, "within": "28%", "drawn": "per_figure", **WHY},
            "base": {"value": 1000, "unit": "person", **WHY},
        },
        "figures": {
            "toll": {
                "title": "Toll", "dispute": "who", "unit": "person",
                "claims": {"a": {**claim, **WHY}, "b": {"formula": "base * drift", **WHY}},
            }
        },
        "estimates": {"total": {"title": "Total", "formula": "toll", "unit": "person"}},
    }  # fmt: skip
    study = replace(contested.load(written(folder, document)).study, confidence=confidence)
    return f"{stated_of(study, 'figures.toll.claims.a')}; {stated_of(study, 'inputs.drift@toll')}"


DRIFT = "1, times or divided by up to 1.28, holding 90 %"


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ({"min": 0, "max": 1000}, "between 0 and 1,000 people"),
        ({"low": 900, "high": 1100, "confidence": 0.5}, "900 to 1,100 people, holding 50 %"),
        (
            {"low": 52626, "best": 59320, "high": 66015, "confidence": 0.95},
            "52,626 to 66,015 people, median 59,320, holding 95 %",
        ),
        ({"best": 1627, "within": "8%"}, "1,627 people, times or divided by up to 1.08, holding 90 %"),
        ({"best": 1627, "within": 30}, "1,627 ± 30 people, holding 90 %"),
        ({"low": 0.95, "high": 1.03, "shape": "normal"}, "0.95 to 1.03 people, holding 90 %"),
    ],
)
def test_a_statement_is_quoted(tmp_path: Path, claim: dict[str, Any], words: str) -> None:
    assert said(tmp_path, claim) == f"{words}; {DRIFT}"


def test_a_range_without_a_confidence_has_the_scenarios(tmp_path: Path) -> None:
    text = said(tmp_path, {"low": 900, "high": 1100}, confidence=0.5)
    assert text == f"900 to 1,100 people, holding 50 %; {DRIFT.replace('90', '50')}"


def test_facts_and_agreed_figures_are_found_by_their_paths() -> None:
    study = contested.load(Path(__file__).parents[2] / "configs" / "isw-2025.yaml").study
    assert stated_of(study, "register.deaths-2025-jan-apr") == (
        "52,626 to 66,015 people, median 59,320, holding 95 %"
    )
    assert stated_of(study, "figures.killed_2025.agreed") == (
        "as published: 52,626 to 66,015 people, median 59,320, holding 95 %"
    )
    assert stated_of(study, "inputs.gs_error") == "0.95 to 1.03, holding 90 %"


def test_a_fitted_range_is_not_called_stated(tmp_path: Path) -> None:
    comparison, _ = sampled(tmp_path, RANGES)
    page = render_comparison(comparison)
    headings = [line for line in page.splitlines() if line.endswith("now, or central 90 %")]
    assert headings and "or stated" not in page
    assert re.search(r"\(\d+ percentage points?\)", page)
