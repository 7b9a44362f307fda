"""Every shipped scenario is briefed, in words that claim no more than the model does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefed import coarsely, texts
from contested.report.briefing.briefing import Briefing

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "configs"
EXAMPLE = ROOT / "tests" / "configs" / "whole_example" / "early-2025.yaml"
QUICK = {  # of every kind one; the others take long together
    "isw-2025",  # three disputes, and two periods
    "one-per-cent-2025",  # bounds
    "manpower",  # a share of the weight for nobody listed
    "early-2025",
}
SCENARIOS = [
    pytest.param(path, marks=[] if path.stem in QUICK else [pytest.mark.slow], id=path.stem)
    for path in [*sorted(FOLDER.glob("*.yaml")), EXAMPLE]
    if path.stem != "register"
]

# Casualties are killed and wounded, so nobody lost, died or cost; no source is said to be right, and no truth
# to lie anywhere.
FORBIDDEN = re.compile(
    r"\b(lost|loses?|loss|losses|die[sd]?|dying|dead|deaths?|cost|costs|costly|price[sd]?)\b"
    r"|” is right|\btruth lies\b|\bproves?\b|\bcertainly\b"
)


@pytest.mark.parametrize("file", SCENARIOS)
def test_a_shipped_scenario_is_briefed_in_fit_words(file: Path) -> None:
    briefing = Briefing.of(coarsely(file))
    theirs = sorted({text for text in _written_by_users(file) if FORBIDDEN.search(text)}, key=len)[::-1]
    found = list(texts(briefing))
    assert len(found) > 100
    for where, text in found:
        own = text.casefold()
        for each in theirs:
            own = own.replace(each, "")
        assert not FORBIDDEN.search(own), f"{where}: {text}"
        assert text.isprintable(), f"{where}: {text!r}"
    assert all("nan" not in re.split(r"\W+", text) for _, text in found)
    for chance in _chances(briefing):
        assert re.search(r"\d", chance) or "by the bounds" in chance
        assert not re.search(r"(?<![\d.])(0|100) %", chance)


def _written_by_users(file: Path) -> Iterator[str]:
    """Every text in a scenario and its register, as keys too: case does not count."""
    for each in (file, file.parent / "register.yaml"):
        yield from (
            " ".join(text.split()).casefold()
            for text in _leaves(yaml.safe_load(each.read_text(encoding="utf-8")))
        )


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _leaves(key)
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    elif isinstance(value, str):
        yield value


def _chances(briefing: Briefing) -> Iterator[str]:
    for verdict in briefing.verdicts:
        if verdict.chance is not None:
            yield verdict.chance.text
        yield from (each.text for each in verdict.by_source)
