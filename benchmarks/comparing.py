"""Comparing: all of `compare` against one run of the same, and the weight triangle against drawing again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

import contested
from benchmarks.table import Measured
from contested.answers.comparison import Comparison
from contested.answers.document import answered
from contested.answers.result import Result
from contested.answers.triangle import triangle
from contested.language.scopes import NotApplicable

SCENARIO = Path(__file__).parent.parent / "configs" / "isw-2025.yaml"
DRAWS = 1_000_000  # that plain NumPy draws for each weighting


def measure(smoke: bool = False) -> Iterator[Measured]:
    """In one process, its imports made: medians of runs and comparisons that take turns."""
    rounds = 1 if smoke else 7
    run, compared, rest = _in_turn([_run, _compare, _drivers_and_scopes], rounds)
    yield Measured(
        "compare isw-2025 against one run, beyond imports", compared / run, 3, False,
        note=f"{compared:.2f} s against {run:.2f} s",
    )  # fmt: skip
    yield Measured("its drivers, tipping points and scopes", rest, 15, False, "s")
    yield _triangle(2 if smoke else 20)


def _run() -> Result:
    result = contested.load(SCENARIO).run()
    result.to_dict()
    return result


def _compare() -> None:
    """Every weighting, source left out, set, break-even and rule, and the triangle."""
    comparison = contested.load(SCENARIO).compare(contaminate=0.1)
    sources = [result for each in comparison.leave_out.values() for result in each.values()]
    for result in (*comparison.weightings.values(), *sources, *comparison.rules.values()):
        answered(result)
    for found in comparison.sets.values():
        found.to_dict()
    assert comparison.break_even and comparison.segments and comparison.effective_lines
    comparison.triangle("toll")


def _drivers_and_scopes() -> None:
    comparison: Comparison = contested.load(SCENARIO).compare()
    assert comparison.drivers and comparison.learning and comparison.tipping
    for result in comparison.scopes.values():
        if not isinstance(result, NotApplicable):
            answered(result)


def _in_turn(works: list[Callable[[], object]], rounds: int) -> list[float]:
    """Median seconds of each, after one uncounted round."""
    times: list[list[float]] = [[] for _ in works]
    for count in range(rounds + 1):
        for work, found in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            if count:
                found.append(time.perf_counter() - start)
    return [sorted(found)[len(found) // 2] for found in times]


def _triangle(again: int) -> Measured:
    """5,151 weightings of who counts, medians and all questions, against drawing a million worlds for each."""
    result = contested.load(SCENARIO).run()
    triangle(result, "toll")
    start = time.perf_counter()
    found = triangle(result, "toll")
    ours = time.perf_counter() - start
    start = time.perf_counter()
    for weights in found.weights[:: len(found.weights) // again][:again]:
        _drawn_again(weights, np.random.default_rng(1))
    theirs = (time.perf_counter() - start) / again * len(found.weights)
    return Measured(
        f"{len(found.weights):,} points of the triangle against re-sampling", theirs / ours, 10_000, True,
        note=f"{1e3 * ours:.0f} ms against {theirs:.0f} s",
    )  # fmt: skip


def _drawn_again(weights: np.ndarray, rng: np.random.Generator) -> float:
    """The median of casualties per km² in early 2025 from fresh draws, in as few steps as NumPy allows.

    The scenario's own claims: Kyiv's count with its error, the same discounted, and deaths times one plus the
    wounded for each; over three maps; with the drifts of both.
    """
    toll, area = rng.choice(3, size=DRAWS, p=weights), rng.choice(3, size=DRAWS, p=[0.25, 0.25, 0.5])
    drift, map_drift = (np.exp(sd * rng.standard_normal(DRAWS)) for sd in (0.15, 0.1))
    kyiv = 160_600 * np.exp(0.024 * rng.standard_normal(DRAWS))
    discount = rng.beta(5.6, 3.0, size=DRAWS)
    wounded = np.exp(0.74 + 0.3 * rng.standard_normal(DRAWS))
    casualties = np.choose(toll, [kyiv, kyiv * discount, 54_000 * (1 + wounded)]) * drift
    ground = np.choose(area, [1_627.0, 1_700.0, 1_340.0]) * map_drift
    return float(np.median(casualties / ground))
