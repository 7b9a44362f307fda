"""Scenarios as text, for tests of the reader: a small one to change, and what reading a text gives."""

from __future__ import annotations

from pathlib import Path

from contested.errors import ScenarioError
from contested.language.nodes import Statement, Study
from contested.language.reading import read

WHOLE_EXAMPLE = Path(__file__).parent / "configs" / "whole_example" / "early-2025.yaml"

REGISTER = """\
gs:
  {value: 160600, unit: person, measures: killed and wounded, period: 2025-01-01/2025-04-30, place: Ukraine,
   publisher: General Staff, title: Daily reports, date: 2025-05-03}
isw-area:
  {value: 1627, unit: km², measures: net change, period: 2025-01-01/2025-04-30, place: Ukraine,
   publisher: ISW, title: Assessment, date: 2025-05-03}
deaths:
  {low: 54000, high: 65500, unit: person, measures: killed, period: 2025-01-01/2025-04-30, place: Ukraine,
   publisher: Meduza, title: Registry, date: 2026-02}
at-least:
  {value: 200000, bound: lower, unit: person, measures: killed and wounded, period: 2025, place: Ukraine,
   publisher: Post, title: Article, date: 2025-11-24}
"""

SMALL = """\
title: Cost of a square kilometre
as_of: 2026-08-22
register: register.yaml
disputes:
  toll:
    title: Whose count
    sources: {kyiv: Kyiv, osint: Open sources}
inputs:
  error: {low: 0.95, high: 1.03, because: spread of totals}
figures:
  casualties:
    title: Casualties
    dispute: toll
    unit: person
    measures: killed and wounded
    period: 2025-01-01/2025-04-30
    place: Ukraine
    claims:
      kyiv: {formula: gs * error}
      osint: {low: 120000, high: 180000, because: judged}
  area:
    title: Area
    unit: km²
    measures: net change
    period: 2025-01-01/2025-04-30
    place: Ukraine
    agreed: {fact: isw-area, within: 8%}
estimates:
  cost: {title: Casualties per km², formula: casualties / area, unit: person/km²}
"""


def study_of(folder: Path, text: str = SMALL, register: str | None = REGISTER) -> Study:
    """Read a text as the scenario `s.yaml` of a folder, beside its register."""
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    if register is not None:
        (folder / "register.yaml").write_text(register, encoding="utf-8")
    return read(folder / "s.yaml")


def faults_of(folder: Path, text: str = SMALL, register: str | None = REGISTER) -> list[str]:
    """The faults of a text, a line each, without the folder."""
    try:
        study_of(folder, text, register)
    except ScenarioError as error:
        return [line.replace(f"{folder}/", "") for line in str(error).splitlines()]
    return []


def changed(*pairs: tuple[str, str], text: str = SMALL) -> str:
    """The small scenario with parts of its text replaced; each must be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def claim_faults(folder: Path, statement: str) -> list[str]:
    """The faults of a statement that stands as a claim, without their place."""
    text = changed(("{low: 120000, high: 180000, because: judged}", statement))
    return [
        line.split(": ", 1)[1].replace("figures.casualties.claims.", "") for line in faults_of(folder, text)
    ]


def claim(folder: Path, statement: str) -> Statement:
    """A statement as it is read where it stands as a claim."""
    text = changed(("{low: 120000, high: 180000, because: judged}", statement))
    return study_of(folder, text).figures["casualties"].claims["osint"]
