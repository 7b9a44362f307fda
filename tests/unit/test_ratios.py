"""Amounts, and what `ratio_of` divides by what: read rightly, or told what is wrong with them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from contested.answers.cited import Cited, counting_units, read_cited
from contested.language.faults import Faults
from contested.language.ratios import parse_amount
from contested.language.register import read_register
from contested.language.units import DIMENSIONLESS, UnitError, exact_scale, parse_unit, unit_meant

SOURCE = "publisher: P, title: T, date: 2025"
BASIC = f"""\
toll: {{value: 160600, unit: person, {SOURCE}}}
area: {{value: 1000, unit: mi², {SOURCE}}}
dead: {{low: 275000, high: 325000, unit: person, {SOURCE}}}
share: {{value: 1, bound: upper, unit: "%", {SOURCE}}}
whole: {{value: 603550, unit: km², {SOURCE}}}
spread: {{mean: 5, sd: 1, unit: person, {SOURCE}}}
"""


def cited_of(folder: Path, text: str) -> tuple[dict[str, Cited], list[str]]:
    """The entries of a register's text, and its faults."""
    (folder / "r.yaml").write_text(text, encoding="utf-8")
    faults = Faults()
    register = read_register(folder / "r.yaml", "r.yaml", faults)
    assert register is not None
    cited = read_cited(register, faults)
    return dict(cited), [str(fault) for fault in sorted(faults.found)]


def ratio(folder: Path, parts: str, unit: str = "person/km²") -> Cited:
    cited, faults = cited_of(folder, f"{BASIC}r: {{value: 1, unit: {unit}, ratio_of: [{parts}], {SOURCE}}}\n")
    assert faults == []
    return cited["r"]


@pytest.mark.parametrize(
    ("parts", "low", "high", "bounds"),
    [
        ("toll, area", 160600 / 2589.988110336, 160600 / 2589.988110336, set()),
        ("160600 person, 1627km2", 160600 / 1627, 160600 / 1627, set()),
        ("toll, share of whole", 160600 / 6035.5, 160600 / 6035.5, {"lower"}),
        ("dead, 1000 km²", 275, 325, set()),
        ("toll - 600 person, area + 10.011889664 km²", 160000 / 2600, 160000 / 2600, set()),
    ],
)
def test_parts_are_entries_numbers_sums_and_shares(tmp_path, parts, low, high, bounds):
    quotient = ratio(tmp_path, parts).quotient
    assert quotient is not None
    found = quotient.ratio
    assert found is not None
    number = found.to(parse_unit("person/km²")).number.written
    assert (float(number.low), float(number.high)) == pytest.approx((low, high), rel=1e-12)
    assert found.bounds == bounds


def test_what_may_be_zero_divides_nothing(tmp_path):
    quotient = ratio(tmp_path, "toll, area - 3000 km²").quotient
    assert quotient is not None
    assert quotient.ratio is None


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ("tolls, area", "r.yaml:7:44: r.ratio_of[0]: unknown register entry 'tolls'; did you mean 'toll'?"),
        ("toll + are, area",
         "r.yaml:7:51: r.ratio_of[0]: unknown register entry 'are'; did you mean 'area'?"),
        ("toll + area, area", "r.yaml:7:51: r.ratio_of[0]: 'toll + area' adds unlike things, person and km²"),
        ("toll, 5 kms", "r.yaml:7:52: r.ratio_of[1]: unknown unit 'kms'; did you mean 'km'?"),
        ("toll, 1.2.3 km", "r.yaml:7:50: r.ratio_of[1]: '1.2.3' is no number"),
        ("spread, area",
         "r.yaml:7:44: r.ratio_of[0]: 'spread' is no part: "
         "it needs a value, or low and high, in a known unit"),
        ("toll", "r.yaml:7:43: r.ratio_of: must be two parts, as in [toll-2025, 1627 km²] (got a list of 1)"),
        ("toll, 5", "r.yaml:7:50: r.ratio_of[1]: must be text (got 5); put it in quotes"),
    ],
)  # fmt: skip
def test_parts_that_cannot_be_read(tmp_path, parts, message):
    _, faults = cited_of(
        tmp_path, f"{BASIC}r: {{value: 1, unit: person/km², ratio_of: [{parts}], {SOURCE}}}\n"
    )
    assert faults == [message]


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("km2", "must be a number with its unit", 0),
        ("5 acres", "unknown unit 'acres'", 2),
        ("5 (km", "'(' is never closed", 2),
    ],
)
def test_an_amount_that_cannot_be_read(text, message, offset):
    with pytest.raises(UnitError) as raised:
        parse_amount(text, DIMENSIONLESS)
    assert (raised.value.message[: len(message)], raised.value.offset) == (message, offset)


def test_counted_things_need_no_declaration_and_misspelt_ones_are_faults(tmp_path):
    units = ["tank", "tank", "tanks", "case", "kilometers", "person/km²", "vehicle/day"]
    text = "".join(f"e{i}: {{value: 1, unit: {unit}, {SOURCE}}}\n" for i, unit in enumerate(units))
    _, faults = cited_of(tmp_path, text)
    assert faults == [
        "r.yaml:3:22: e2.unit: unknown unit 'tanks'; did you mean 'tank'?",
        "r.yaml:5:22: e4.unit: unknown unit 'kilometers'; did you mean 'km'?",
    ]
    register = read_register(tmp_path / "r.yaml", "r.yaml", Faults())
    assert register is not None
    assert counting_units(register) == {"tank", "case", "vehicle"}


def test_what_a_name_is_likely_to_stand_for():
    assert [unit_meant(name) for name in ("Soldiers", "persons", "tank", "sqkm")] == [
        "person",
        "person",
        None,
        "km²",
    ]


@pytest.mark.parametrize(
    "text", ["person", "km²", "mi²", "person/mi²", "ha", "%", "km²/(1000 person)", "year"]
)
def test_a_scale_without_rounding_is_the_scale(text):
    unit = parse_unit(text)
    assert float(exact_scale(unit)) == pytest.approx(unit.scale, rel=1e-15)


def test_a_square_mile_is_exact():
    assert exact_scale(parse_unit("mi²")) == Fraction("2.589988110336")
    assert exact_scale(parse_unit("1/mi²")) == 1 / Fraction("2.589988110336")


def test_a_fractional_power_has_the_double_that_it_has():
    root = parse_unit("km^(1/2)")
    assert exact_scale(root) == Fraction(root.scale)
