"""What a picture's specification holds: its rows, its texts, its colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import altair as alt

import contested
from contested.answers.compare import compare
from contested.answers.comparison import Comparison
from contested.language.nodes import Sampling
from contested.report.charts.layers import Layer, Specification
from sample_scenarios import written

Row = dict[str, Any]

# Three sources of a toll, two of a map, and weightings in the middle, at a corner and on an edge.
DISPUTED = """\
title: What did a square kilometre take?
as_of: 2026-01-01
disputes:
  toll: {title: Whose count, sources: {kyiv: Kyiv, skeptic: Skeptics, osint: OSINT}}
  map: {title: Whose map, sources: {isw: ISW, deepstate: DeepState}}
default: lines
weightings:
  lines: {toll: {kyiv: 1, skeptic: 1, osint: 2}, map: {isw: 1, deepstate: 3}}
  kyiv_only: {toll: {kyiv: 1, others: 0}, map: {isw: 1, deepstate: 3}}
  also_kyiv: {toll: {kyiv: 1, others: 0}, map: {isw: 1, others: 0}}
  two: {toll: {kyiv: 0, skeptic: 1, osint: 3}, map: {isw: 1, deepstate: 3}}
figures:
  casualties:
    title: Casualties
    dispute: toll
    unit: person
    claims:
      kyiv: {low: 150000, high: 170000, because: judged}
      skeptic: {low: 60000, high: 120000, because: judged}
      osint: {low: 90000, best: 130000, high: 260000, because: judged}
  area:
    title: Area
    dispute: map
    unit: km²
    claims:
      isw: {best: 1627, within: 8%, because: judged}
      deepstate: {low: 1190, high: 1430, because: judged}
estimates:
  per_km2: {title: Casualties per km², formula: casualties / area, unit: person/km²}
  people: {title: Casualties, formula: casualties, unit: person}
questions:
  over: {title: At least 99, formula: per_km2 >= 99}
  many: {title: Over 100 thousand, formula: casualties > 100000}
"""


def drawn(folder: Path, text: str = DISPUTED, *, tolerance: float = 0.02, **settings: Any) -> Comparison:
    """A comparison of few draws."""
    study = contested.load(written(folder, text)).study
    return compare(replace(study, sampling=Sampling(tolerance=tolerance, max_draws=16_384)), **settings)


def valid(picture: Specification) -> Specification:
    """The same, held against the schema of Vega-Lite."""
    alt.LayerChart.validate(picture)
    return picture


def layers(picture: Specification) -> Iterator[tuple[Layer, list[Row]]]:
    """Each layer with its rows; the whole is held against the schema on the way."""
    for layer in valid(picture)["layer"]:
        yield layer, layer["data"]["values"]


def rows(picture: Specification, *fields: str) -> list[Row]:
    """All rows that have some fields."""
    return [row for _, held in layers(picture) for row in held if set(fields) <= row.keys()]


def texts(picture: Specification) -> list[str]:
    """All that is written, line by line."""
    return [row["text"] for layer, held in layers(picture) if layer["mark"]["type"] == "text" for row in held]


def scales(picture: Specification) -> list[dict[str, Any]]:
    """Every scale that gives sources their colours."""
    channels = (layer["encoding"].get(name) for layer, _ in layers(picture) for name in ("color", "fill"))
    return [channel["scale"] for channel in channels if channel and channel.get("scale")]
