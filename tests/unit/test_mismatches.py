"""Unlike things are told in full, and what differs alike in every month once."""

from __future__ import annotations

from pathlib import Path

import pytest

import contested
from contested.language.nodes import Study
from contested.report.briefing.mismatches import mismatches
from contested.report.briefing.sections import Unlike

MONTHLY = Path(__file__).parents[2] / "configs" / "monthly.yaml"


@pytest.fixture(scope="module")
def study() -> Study:
    return contested.load(MONTHLY).study


@pytest.fixture(scope="module")
def found(study: Study) -> list[Unlike]:
    return list(mismatches(study))


def test_what_every_month_has_is_told_once(study: Study, found: list[Unlike]) -> None:
    assert len(found) < 10 and len(study.mismatches) > 100
    kyiv = next(each for each in found if each.path == "figures.casualties.claims.ukrainian")
    assert kyiv.subject == "“Russian casualties” by “General Staff”"
    assert kyiv.difference == (
        "each month, fact 'gs-2024-range', by way of input 'kyiv_error', differs from the figure in period "
        "(2024, not the month)"
    )


def test_what_only_some_months_have_says_how_many(found: list[Unlike]) -> None:
    layers = next(each for each in found if each.path == "figures.theatre_area.claims.isw")
    assert layers.difference.count("; ") == 2
    assert "; in 8 of 24 months, fact 'isw-kursk-months', " in layers.difference


def test_what_one_month_has_names_it(found: list[Unlike]) -> None:
    dead = next(each for each in found if each.path == "figures.casualties.claims.osint")
    assert "by way of input 'dead_best_2025_12'" in dead.difference and "not 2025-12)" in dead.difference


def test_no_fact_is_left_out(study: Study, found: list[Unlike]) -> None:
    told = " ".join(each.difference for each in found)
    facts = {
        mismatch.difference.split("'")[1] for mismatch in study.mismatches if "fact '" in mismatch.difference
    }
    assert facts and all(f"'{fact}'" in told for fact in facts)
