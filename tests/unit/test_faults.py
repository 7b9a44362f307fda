"""Faults as they are collected, and how far the nearest name is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.language import faults
from contested.language.faults import Faults
from scenario_text import changed, faults_of


def test_the_nearest_name_is_looked_for_until_many_were_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "_MOST_COMPARED", 4)
    found = Faults()
    said = [found.unknown("name", "tolll", known) for known in (["toll", "area"], [], ["toll"], ["toll"] * 9)]
    assert said == [
        "unknown name 'tolll'; did you mean 'toll'?",
        "unknown name 'tolll'; none is known here",
        "unknown name 'tolll'; did you mean 'toll'?",
        "unknown name 'tolll'; did you mean 'toll'?",  # nine of one name are one
    ]
    assert found.unknown("name", "tolll", ["toll", "area"]).endswith("did you mean 'toll'?")
    assert found.unknown("name", "tolll", ["toll"]) == "unknown name 'tolll'"


def top(section: str) -> tuple[str, str]:
    """The change that adds a section."""
    return "inputs:", f"{section}\ninputs:"


@pytest.mark.parametrize(
    ("kind", "pairs"),
    [
        ("name 'areaa'", [("casualties / area", "casualties / areaa + 0 * areaa + 0 * areaa")]),
        ("figure 'areaa'", [("casualties / area", "casualties / areaa.b + areaa.b + areaa.b")]),
        ("source of casualties 'osin'", [("casualties / area", "casualties.osin + casualties.osin")]),
        ("register entry 'deathz'", [("because: judged", "cites: [deathz, deathz, deathz]")]),
        ("source 'kiev'", [("kyiv: {formula", "kiev: {formula"), top("weightings: {w: {toll: {kiev: 1}}}")]),
        ("dispute 'tol'", [("dispute: toll", "dispute: tol"), top("weightings: {w: {tol: {}}}")]),
        ("name 'eror'", [top("correlations: [{between: [eror, eror], rank: 0, because: j}]")]),
    ],
)
def test_every_reader_of_names_keeps_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, pairs: list[tuple[str, str]]
) -> None:
    monkeypatch.setattr(faults, "_MOST_COMPARED", 0)
    found = [fault for fault in faults_of(tmp_path, changed(*pairs)) if "unknown" in fault]
    assert len(found) >= 2
    assert sum("did you mean" in fault for fault in found) == 1
    assert sum(fault.endswith(f"unknown {kind}") for fault in found) == len(found) - 1
