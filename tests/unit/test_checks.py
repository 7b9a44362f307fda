"""Facts compared with the figures whose claims rest on them, through formulas and inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenario_text import changed, faults_of, study_of

LAST_YEAR = """\
then:
  {low: 100000, high: 110000, unit: person, measures: Killed and  wounded, period: 2024, place: Ukraine,
   publisher: General Staff, title: Daily reports, date: 2025-01-03}
killed:
  {value: 50000, unit: person, measures: killed, period: 2025-01-01/2025-04-30, place: Ukraine,
   publisher: Meduza, title: Registry, date: 2026-02}
a-day:
  {value: 300, unit: person/day, measures: killed a day, period: 2024, place: Kursk,
   publisher: Meduza, title: Registry, date: 2026-02}
share:
  {low: 0.4, high: 0.6, measures: killed per wounded, period: 2022, place: Kursk,
   publisher: Meduza, title: Registry, date: 2026-02}
"""
OTHER_PERIOD = "period (2024, not 2025-01-01/2025-04-30)"


def differences(folder: Path, claim: str, inputs: str) -> list[tuple[str, str | None]]:
    """What is noted of a claim on the casualties of early 2025, each with its reason."""
    text = changed(
        ("{low: 120000, high: 180000, because: judged}", claim), ("inputs:\n", f"inputs:\n{inputs}")
    )
    text = text.replace("gs * error", "130000 * one").replace("register.yaml", "facts.yaml")
    text = text.replace("inputs:\n", "inputs:\n  one: {value: 1, unit: person, because: j}\n")
    text = text.replace("{fact: isw-area, within: 8%}", "{low: 1, high: 2, because: j}")
    (folder / "facts.yaml").write_text(LAST_YEAR, encoding="utf-8")
    noted = study_of(folder, text, register=None).mismatches
    assert all(mismatch.path.startswith("figures.casualties.claims.osint") for mismatch in noted)
    return [(mismatch.difference, mismatch.because) for mismatch in noted]


@pytest.mark.parametrize(
    "inputs",
    [
        "  x: {low: 1, high: 2, unit: person, cites: [then]}\n",
        "  x: {fact: then}\n",
        "  x: {formula: then * 2, unit: person}\n",
        "  x: {low: 1, high: 2, cites: [then, share]}\n",  # no person itself, and yet of those days
        "  x: {unit: person, mixture: {pick: p, of: [{fact: then, weight: 1}, {fact: then, weight: 1}]}}\n",
        "  x: {formula: z * 1, unit: person}\n  z: {formula: y + y, unit: person}\n  y: {fact: then}\n",
    ],
)
def test_a_fact_is_compared_through_inputs(tmp_path: Path, inputs: str) -> None:
    claim = "{formula: x * 1}" if "unit" in inputs or "fact" in inputs else "{formula: one * x}"
    by_way_of = "y" if "  y:" in inputs else "x"
    assert differences(tmp_path, claim, inputs) == [
        (f"fact 'then', by way of input '{by_way_of}', differs from the figure in {OTHER_PERIOD}", None)
    ]


def test_a_factor_of_another_dimension_is_passed_over(tmp_path: Path) -> None:
    inputs = "  rate: {fact: a-day}\n  part: {fact: share}\n  days: {value: 9, unit: day, because: j}\n"
    assert differences(tmp_path, "{formula: rate * days * part}", inputs) == []


def test_a_fact_is_noted_once_for_a_claim_and_with_the_claim_s_reason(tmp_path: Path) -> None:
    inputs = "  x: {fact: then}\n  y: {low: 0.9, high: 1.1, cites: [then, killed], mismatch: alike}\n"
    assert differences(tmp_path, "{formula: then * x / x * y, mismatch: a year is a year}", inputs) == [
        (f"fact 'then' differs from the figure in {OTHER_PERIOD}", "a year is a year"),
        (
            "fact 'killed', by way of input 'y', differs from the figure in what it measures ('killed', not "
            "'killed and wounded')",
            "a year is a year",
        ),
    ]
    assert differences(tmp_path, "{formula: one * y}", inputs)[0][1] == "alike"


def test_parts_of_a_mixture_are_compared_each(tmp_path: Path) -> None:
    claim = "{mixture: {pick: p, of: [{formula: x * 1, weight: 1}, {formula: x * 2, weight: 1}]}}"
    noted = f"fact 'then', by way of input 'x', differs from the figure in {OTHER_PERIOD}"
    assert differences(tmp_path, claim, "  x: {fact: then}\n") == [(noted, None)] * 2


def test_inputs_in_a_circle_are_told_and_end(tmp_path: Path) -> None:
    text = changed(
        ("{low: 120000, high: 180000, because: judged}", "{formula: gs * x}"),
        ("inputs:\n", "inputs:\n  x: {formula: y * 1}\n  y: {formula: x * 1}\n"),
    )
    assert len(faults_of(tmp_path, text)) == 1
