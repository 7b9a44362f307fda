"""Twice the draws move no number by more than its error allows, on fixed scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import contested
from contested.scenario import Scenario
from running import quietly
from shipped import CASES


def numbers(value: Any, path: str = "") -> Iterator[tuple[str, float, float]]:
    """Every number of a result that has a Monte Carlo error, with that error."""
    if isinstance(value, dict):
        for key, item in value.items():
            error = value.get("mcse" if key == "probability" else f"{key}_mcse")
            if isinstance(item, float) and isinstance(error, float):
                yield f"{path}.{key}", item, error
            else:
                yield from numbers(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from numbers(item, f"{path}.{index}")


@pytest.mark.parametrize("path", CASES)
def test_twice_the_draws_move_no_number_beyond_six_root_summed_squares(path: Path) -> None:
    """The second half of the net continues the first: its errors are not independent, nor larger."""
    scenario = contested.load(path)
    first, second = (dict(_drawn(scenario, draws)) for draws in (16_384, 32_768))
    assert first.keys() == second.keys() and first
    for name, (value, error) in first.items():
        other, its_error = second[name]
        moved, allowed = abs(value - other), 6 * (error**2 + its_error**2) ** 0.5
        assert moved <= allowed + 1e-12 * abs(value), f"{name}: {value} ± {error}, then {other} ± {its_error}"


def _drawn(scenario: Scenario, draws: int) -> Iterator[tuple[str, tuple[float, float]]]:
    sampling = replace(scenario.study.sampling, tolerance=1e-6, max_draws=draws)
    result = quietly(Scenario(replace(scenario.study, sampling=sampling)))
    assert result.run.worlds == draws
    for name, value, error in numbers(result.to_dict()):
        yield name, (value, error)
