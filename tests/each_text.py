"""A small scenario that repeats itself for every month, as text, with the table of months that it reads."""

from __future__ import annotations

from pathlib import Path

TABLE = """\
month,count,alt,gain,holes,held
2024-12,100,110,5,,1000
2025-01,10,11,1,1,1010
2025-02,20,21,2,2,1030
2025-03,30,33,4,,1025
2025-04,40,42,5,4,1042
2025-05,50,55,4,5,1100
2025-06,60,66,8,6,1200
"""

MONTHS = """\
title: Casualties per km² by month
as_of: 2026-08-22
each: month
window: 2025-01/2025-03
disputes:
  toll:
    title: Whose count
    sources: {kyiv: Kyiv, osint: Registry}
inputs:
  bias: {low: 0.9, high: 1.1, because: j}
  noise: {best: 1, within: 20%, drawn: per_figure, because: j}
  gs: {series: {file: data/m.csv, column: count}, unit: person, because: j}
  ground: {series: {file: data/m.csv, column: gain}, unit: km², because: j}
figures:
  casualties:
    title: Casualties
    dispute: toll
    unit: person
    measures: killed and wounded
    period: each
    place: Ukraine
    claims:
      kyiv: {formula: gs * bias}
      osint: {series: {file: data/m.csv, column: alt}, because: j}
  area:
    title: Area
    unit: km²
    measures: net change
    period: each
    place: Ukraine
    agreed: {formula: ground}
estimates:
  cost: {title: Casualties per km², formula: casualties / area, unit: person/km²}
questions:
  dear: {title: At least 10, formula: cost >= 10}
"""


def with_table(folder: Path) -> Path:
    """A folder with the table where the scenario looks for it."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / "m.csv").write_text(TABLE, encoding="utf-8")
    return folder
