"""Briefings of scenarios, and all the text in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import contested
from contested.answers.compare import compare
from contested.answers.comparison import Comparison
from contested.language.nodes import Sampling
from contested.report.briefing.briefing import Briefing
from sample_scenarios import written

COARSE = Sampling(tolerance=0.05, max_draws=16_384)


def coarsely(file: Path) -> Comparison:
    """A comparison of few draws: enough for what is said, not for how exact it is."""
    return compare(replace(contested.load(file).study, sampling=COARSE))


def sampled(folder: Path, text: str) -> tuple[Comparison, Briefing]:
    """A small scenario's comparison and its briefing."""
    comparison = contested.load(written(folder, text)).compare()
    return comparison, Briefing.of(comparison)


def texts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a briefing but the scenario's own, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name != "scenario":
                yield from texts(getattr(value, field.name), f"{path}.{field.name}")
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from texts(each, f"{path}[{index}]")
