"""Units are how a number is written, not what it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given

from contested.answers.estimates import Answer
from contested.answers.result import Result
from strategies import Document, changed, laws, run, scenarios

KM2_PER_MI2 = 1.609344**2


def numbers(result: Result, name: str) -> Iterator[float]:
    """Every number of an estimate: values, errors, of the pool and of each source."""
    found = result[name]
    assert isinstance(found, Answer)
    for one in (found, *(alone for sources in found.by_source.values() for alone in sources.values())):
        summary = one.summary
        assert summary is not None
        yield from (summary.median, summary.median_mcse)
        for interval in summary.intervals:
            yield from (interval.low, interval.high, interval.low_mcse, interval.high_mcse)


def with_units(document: Document, unit: str) -> Document:
    """figure_0 counts persons and figure_1 is an area; the ratio is printed in one unit or another."""

    def change(d: Document) -> None:
        d["figures"]["figure_0"]["unit"] = "person"
        d["figures"]["figure_1"]["unit"] = "km²"
        d["estimates"] = {"ratio": {"title": "ratio", "formula": "figure_0 / figure_1", "unit": unit}}
        del d["questions"]

    return changed(document, change)


@laws(20)
@given(scenarios(formulas=False))
def test_another_unit_of_an_estimate_scales_its_numbers(document: Document) -> None:
    per_km2, per_mi2, thousands = (
        run(with_units(document, unit)) for unit in ("person/km²", "person/mi²", "1000 person/km²")
    )
    for name, factor, result in (("ratio", KM2_PER_MI2, per_mi2), ("ratio", 1e-3, thousands)):
        expected = [factor * number for number in numbers(per_km2, name)]
        assert list(numbers(result, name)) == pytest.approx(expected, rel=1e-9, abs=0)


@laws(20)
@given(scenarios(formulas=False))
def test_another_unit_of_a_figure_scales_what_follows(document: Document) -> None:
    """The same claims, said to be in square miles, are an area KM2_PER_MI2 times as large."""
    stated = with_units(document, "person/km²")
    in_miles = changed(stated, lambda d: d["figures"]["figure_1"].update(unit="mi²"))
    own_unit = changed(stated, _claims_in_miles)
    expected = [number / KM2_PER_MI2 for number in numbers(run(stated), "ratio")]
    for document_in_miles in (in_miles, own_unit):
        found = list(numbers(run(document_in_miles), "ratio"))
        assert found == pytest.approx(expected, rel=1e-9, abs=0)


def _claims_in_miles(document: Document) -> None:
    figure = document["figures"]["figure_1"]
    for claim in [figure["agreed"]] if "agreed" in figure else figure["claims"].values():
        for statement in claim["mixture"]["of"] if "mixture" in claim else [claim]:
            statement["unit"] = "mi²"
