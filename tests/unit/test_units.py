from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.language.units import (
    DIMENSIONLESS,
    Unit,
    UnitError,
    dimension_text,
    parse_unit,
    same_dimension,
)

COUNTING = ("tank", "case")
ATOMS = ["person", "km", "m", "mi", "km²", "mi²", "ha", "day", "month", "year", "%", "tank", "1000", "0.5"]


@st.composite
def unit_texts(draw: st.DrawFn) -> str:
    above = draw(st.lists(st.sampled_from(ATOMS), min_size=1, max_size=3))
    below = draw(st.lists(st.sampled_from(ATOMS), max_size=3))
    return "·".join(above) + (f"/({'*'.join(below)})" if below else "")


units = unit_texts().map(lambda text: parse_unit(text, COUNTING))
powers = st.fractions(min_value=-2, max_value=2, max_denominator=3)


def close(a: Unit, b: Unit) -> bool:
    return a.dimension == b.dimension and a.scale == pytest.approx(b.scale, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "dimension", "scale"),
    [
        ("person", {"person": 1}, 1.0),
        ("m", {"km": 1}, 0.001),
        ("mi", {"km": 1}, 1.609344),
        ("mi²", {"km": 2}, 2.589988110336),
        ("km2", {"km": 2}, 1.0),
        ("m2", {"km": 2}, 1e-6),
        ("mi2", {"km": 2}, 2.589988110336),
        ("km^2", {"km": 2}, 1.0),
        ("km**2", {"km": 2}, 1.0),
        ("km³", {"km": 3}, 1.0),
        ("km⁻²", {"km": -2}, 1.0),
        ("km^-2", {"km": -2}, 1.0),
        ("ha", {"km": 2}, 0.01),
        ("month", {"day": 1}, 30.4375),
        ("year", {"day": 1}, 365.25),
        ("%", {}, 0.01),
        ("50 %", {}, 0.5),
        ("tank/km²", {"tank": 1, "km": -2}, 1.0),
        ("km²/(1000 person)", {"km": 2, "person": -1}, 0.001),
        ("person/(1000 mi²)", {"person": 1, "km": -2}, 1 / 2589.988110336),
        ("person/km²/day", {"person": 1, "km": -2, "day": -1}, 1.0),
        ("1e3 person * km · day", {"person": 1, "km": 1, "day": 1}, 1000.0),
        ("(person/day)²", {"person": 2, "day": -2}, 1.0),
        ("person^(1/2)", {"person": Fraction(1, 2)}, 1.0),
        ("1/day", {"day": -1}, 1.0),
    ],
)
def test_a_unit_has_its_dimension_and_size(text: str, dimension: dict[str, int], scale: float) -> None:
    unit = parse_unit(text, COUNTING)
    assert unit.dimension == tuple(sorted((base, Fraction(power)) for base, power in dimension.items()))
    assert unit.scale == scale


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("km²/(1000 person)", "km²/(1000 person)"),
        ("person/(1000 mi2)", "person/(1000 mi²)"),
        ("km * km", "km²"),
        ("person/km^2/day", "person/(km² day)"),
        ("mi/mi", ""),
        ("%", "%"),
    ],
)
def test_a_unit_is_shown_in_one_spelling(text: str, shown: str) -> None:
    assert parse_unit(text).text == shown


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("days", "unknown unit 'days'; did you mean 'day'?", 0),
        ("person / miles", "unknown unit 'miles'; did you mean 'mi'?", 9),
        ("people", "unknown unit 'people'; did you mean 'person'?", 0),
        ("tanks", "unknown unit 'tanks'; did you mean 'tank'?", 0),
        (
            "qqq",
            "unknown unit 'qqq'; known are person, km, m, mi, ha, day, month, year, %, case, tank; "
            "counting units are declared, as in units: [tank]",
            0,
        ),
        (
            "km²/1000 person",
            "ambiguous: put what stands below the / in parentheses, as in km²/(1000 person)",
            9,
        ),
        ("0 km", "a factor must be finite and above 0 (got 0)", 0),
        ("km 1e999", "a factor must be finite and above 0 (got 1e999)", 3),
        ("1e200 * 1e201 km", "the unit's factor must be finite", 0),
        ("1e-300 m * 1e-300", "the unit's factor must be finite and above 0 (got 0)", 0),
        ("5,000 person", "unexpected ',' in a unit: write numbers without separators, as in 1000", 1),
        ("10 000 person", "two numbers in a row: write one, without spaces", 3),
        ("km^99", "the power of 'km' must be at most 12", 0),
        ("km^(1/0)", "'^(1/0)' is no power", 2),
        ("(km", "'(' is never closed", 0),
        ("km)", "unexpected ')' in a unit", 2),
        ("person/", "the unit ends too early", 7),
        ("", "the unit ends too early", 0),
        ("km" * 61, "a unit of over 120 characters", 120),
    ],
)
def test_a_faulty_unit_is_refused_where_it_is_at_fault(text: str, message: str, offset: int) -> None:
    with pytest.raises(UnitError) as caught:
        parse_unit(text, COUNTING)
    assert (caught.value.message, caught.value.offset) == (message, offset)


def test_a_counting_unit_must_be_declared() -> None:
    assert parse_unit("tank", COUNTING).dimension == (("tank", Fraction(1)),)
    with pytest.raises(UnitError, match="unknown unit 'tank'"):
        parse_unit("tank")


def test_products_and_quotients_combine_texts_and_scales() -> None:
    per_thousand = parse_unit("person") / parse_unit("1000 mi²")
    assert per_thousand.text == "person/(1000 mi²)"
    assert close(per_thousand, parse_unit("person/(1000 mi²)"))
    assert (per_thousand * parse_unit("mi2")).text == "person/1000"
    assert (parse_unit("km²") ** Fraction(1, 2)).text == "km"
    assert parse_unit("person/km²").inverse().text == "km²/person"
    assert parse_unit("km²/(1000 person)").inverse().text == "1000 person/km²"


def test_dimensions_are_named_in_base_units() -> None:
    assert dimension_text(parse_unit("person/(1000 mi²)")) == "person/km²"
    assert dimension_text(parse_unit("%")) == "a plain number"
    assert same_dimension(parse_unit("ha"), parse_unit("mi²"))
    assert not same_dimension(parse_unit("ha"), parse_unit("mi"))


def test_units_are_equal_by_what_they_measure() -> None:
    assert parse_unit("km²") == parse_unit("km*km")
    assert parse_unit("km²") != parse_unit("ha")


@given(units, units, units)
def test_multiplication_is_an_abelian_group(a: Unit, b: Unit, c: Unit) -> None:
    assert close(a * (b * c), (a * b) * c)
    assert close(a * b, b * a)
    assert close(a * DIMENSIONLESS, a)
    assert close(a * a.inverse(), DIMENSIONLESS)
    assert close(a / b, a * b.inverse())


@given(units, powers, powers)
def test_powers_add_and_multiply(a: Unit, p: Fraction, q: Fraction) -> None:
    assert close(a**p * a**q, a ** (p + q))
    assert close((a**p) ** q, a ** (p * q))


@given(units)
def test_the_inverse_of_the_inverse_is_the_unit_itself(unit: Unit) -> None:
    assert close(unit.inverse().inverse(), unit)
    assert unit.inverse().inverse().text == unit.text


@given(units)
def test_what_is_shown_reads_back(unit: Unit) -> None:
    if unit.text:
        again = parse_unit(unit.text, COUNTING)
        assert again.text == unit.text
        assert close(again, unit)


@given(st.text(max_size=130) | st.text("km²2i/()*·^-1 e0%,.person", max_size=130))
def test_no_text_raises_anything_but_a_unit_error(text: str) -> None:
    try:
        unit = parse_unit(text, COUNTING)
    except UnitError as error:
        assert 0 <= error.offset <= len(text)
    else:
        assert 0 < unit.scale < float("inf")
