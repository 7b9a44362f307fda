"""Comparing: all of `compare` against one run of the same, and the weight triangle against drawing again."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import contested
from benchmarks.table import Measured
from contested.answers.triangle import triangle

SCENARIO = Path(__file__).parent.parent / "configs" / "isw-2025.yaml"
IMPORTS = """\
import sys, time
import contested, numpy, scipy.optimize, scipy.stats
import contested.answers.comparison_document, contested.answers.compare, contested.answers.estimate
import contested.report.terminal
from contested.answers.document import answered
from contested.scenario import load
"""
RUN = "load(sys.argv[1]).run().to_dict()\n"
COMPARE = """\
comparison = load(sys.argv[1]).compare(contaminate=0.1)
left_out = [result for each in comparison.leave_out.values() for result in each.values()]
for result in (*comparison.weightings.values(), *left_out, *comparison.rules.values()):
    answered(result)
for found in comparison.sets.values():
    found.to_dict()
comparison.break_even, comparison.segments, comparison.effective_lines, comparison.simplex("toll")
"""
DRIVERS_AND_SCOPES = """\
comparison = load(sys.argv[1]).compare()
comparison.explained, comparison.learning, comparison.tipping.points
for found in comparison.scopes.values():
    if not hasattr(found, "reason"):
        answered(found)
"""
DRAWS = 1_000_000  # that plain NumPy draws for each weighting


def measure(smoke: bool = False) -> Iterator[Measured]:
    """Each in a process of its own that has imported all it needs, the processes taking turns."""
    run, compared, rest = _in_turn([RUN, COMPARE, DRIVERS_AND_SCOPES], 1 if smoke else 11)
    yield Measured(
        "compare isw-2025 against one run, beyond imports", compared / run, 3, False,
        note=f"{compared:.2f} s against {run:.2f} s",
    )  # fmt: skip
    yield Measured("its drivers, tipping points and scopes", rest, 15, False, "s")
    yield _triangle(2 if smoke else 20)


def _in_turn(works: Sequence[str], rounds: int) -> list[float]:
    """Median seconds of each program's work, after one uncounted round."""
    times: list[list[float]] = [[] for _ in works]
    for count in range(rounds + 1):
        for work, found in zip(works, times, strict=True):
            program = f"{IMPORTS}start = time.perf_counter()\n{work}print(time.perf_counter() - start)\n"
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-c", program, str(SCENARIO)],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            if count:
                found.append(float(done.stdout))
    return [sorted(found)[len(found) // 2] for found in times]


def _triangle(again: int) -> Measured:
    """5,151 weightings of who counts, medians and questions, against drawing a million worlds for each."""
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
