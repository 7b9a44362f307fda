"""The scenario that is measured, as a file."""

from __future__ import annotations

import math
from pathlib import Path

MEDIANS = {"a": (32000.0, 420.0), "b": (19000.0, 560.0), "c": (25000.0, 480.0)}
SIGMAS = {"a": (0.12, 0.10), "b": (0.15, 0.12), "c": (0.18, 0.08)}
WEIGHTS = {"a": 0.4, "b": 0.25, "c": 0.35}
Z = 1.6448536269514722  # standard normal quantile at 0.95


def one_dispute(folder: Path, tolerance: float = 0.002, max_draws: int = 1_048_576) -> Path:
    """A ratio of two figures with lognormal claims under three sources of one dispute (case DEP-01)."""

    def claims(figure: int) -> str:
        return "\n".join(
            f"      {source}: {{low: {MEDIANS[source][figure] * math.exp(-Z * SIGMAS[source][figure])!r}, "
            f"high: {MEDIANS[source][figure] * math.exp(Z * SIGMAS[source][figure])!r}, because: benchmark}}"
            for source in MEDIANS
        )

    path = folder / "one-dispute.yaml"
    path.write_text(
        f"""\
title: A ratio of two disputed figures
as_of: 2026-08-22
disputes:
  who: {{title: Who counts, sources: {{a: A, b: B, c: C}}}}
default: stated
weightings:
  stated: {{who: {{a: {WEIGHTS["a"]}, b: {WEIGHTS["b"]}, c: {WEIGHTS["c"]}}}}}
figures:
  casualties:
    title: Casualties
    dispute: who
    unit: person
    claims:
{claims(0)}
  area:
    title: Area gained
    dispute: who
    unit: km²
    claims:
{claims(1)}
estimates:
  ratio: {{title: Casualties per km², formula: casualties / area, unit: person/km²}}
sampling: {{tolerance: {tolerance}, max_draws: {max_draws}}}
""",
        encoding="utf-8",
    )
    return path
