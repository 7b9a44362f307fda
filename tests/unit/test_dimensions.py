from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.language.dimensions import check
from contested.language.formula import Expression, Number, Operation, Reference, parts
from contested.language.grammar import Name, SyntaxFault, parse, substitute
from contested.language.units import DIMENSIONLESS, Unit, parse_unit

UNITS = {
    "toll": "person",
    "area": "km²",
    "miles": "mi²",
    "share": "%",
    "days": "day",
    "per_mile": "person/(1000 mi²)",
    "hectares": "ha",
    "sparse": "person/(1e200 km²)",
}


def unit_of(reference: Reference) -> Unit:
    return parse_unit(UNITS[reference.name]) if reference.name in UNITS else DIMENSIONLESS


def checked(text: str, *, question: bool = False) -> tuple[Expression, Unit | None]:
    def resolve(name: Name) -> Reference:
        return Reference("figure", name.parts[0], column=name.column)

    return check(substitute(parse(text, question=question), resolve), unit_of, truth=question)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("toll / area", "person/km²"),
        ("toll / miles", "person/mi²"),
        ("area - miles", "km²"),
        ("miles - area", "mi²"),
        ("0 + toll", "person"),
        ("max(0, toll - 0)", "person"),
        ("toll * share", "person"),
        ("toll * 2 / 3", "person"),
        ("-abs(toll)", "person"),
        ("area ** (1/2)", "km"),
        ("sqrt(area)", "km"),
        ("area ** (1/3)", "km^(2/3)"),
        ("(toll / days) ** 2", "person²/day²"),
        ("share + 1", "%"),
        ("1 / days", "1/day"),
    ],
)
def test_a_formula_has_the_unit_of_its_parts(text: str, unit: str) -> None:
    found = checked(text)[1]
    assert found is not None
    assert found.text == unit


@pytest.mark.parametrize(
    "text",
    [
        "toll / toll - 1",
        "area / miles",
        "hectares / area",
        "log(toll / toll)",
        "exp(k)",
        "k ** k",
        "area ** 0",
    ],
)
def test_a_ratio_is_a_plain_number(text: str) -> None:
    assert checked(text)[1] == DIMENSIONLESS


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("toll + area", "cannot add person and km²", 5),
        (
            "1 + toll - area",
            "cannot add a plain number and person; give the number as an input with unit: person",
            2,
        ),
        ("toll / area - toll", "cannot subtract person from person/km²", 12),
        ("k * min(0, toll, area)", "cannot take the min of person and km²", 4),
        (
            "max(toll, 1)",
            "cannot take the max of person and a plain number; give the number as an input with unit: person",
            0,
        ),
        ("log(toll)", "log needs a plain number (got person)", 0),
        ("2 * exp(1 / days)", "exp needs a plain number (got 1/day)", 4),
        ("k ** toll", "an exponent must be a plain number (got person)", 2),
        ("toll ** k", "the exponent of person must be a constant number", 5),
    ],
)
def test_unlike_dimensions_are_refused_by_name_and_place(text: str, message: str, column: int) -> None:
    with pytest.raises(SyntaxFault) as caught:
        checked(text)
    assert (caught.value.message, caught.value.column) == (message, column)


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("toll > area", "cannot compare person with km²", 5),
        ("toll > 0 and area < toll", "cannot compare km² with person", 18),
        ("toll > 2 * k", "cannot compare person with a plain number", 5),
        ("sparse < 1e-150", "1e-150 person/(1e200 km²) is out of the range of numbers", 9),
    ],
)
def test_unlike_dimensions_are_not_compared(text: str, message: str, column: int) -> None:
    with pytest.raises(SyntaxFault) as caught:
        checked(text, question=True)
    assert (caught.value.message, caught.value.column) == (message, column)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("per_mile >= 200", [200 / 2589.988110336]),
        ("200 <= per_mile", [200 / 2589.988110336]),
        ("toll / area >= 99", [99.0]),
        ("toll / miles >= 99", [99 / 2.589988110336]),
        ("20 < toll / miles <= 50", [20 / 2.589988110336, 50 / 2.589988110336]),
        ("share > 5", [0.05]),
        ("share + 1 > 5", [1.0, 0.05]),
        ("toll * share > 5", [5.0]),
        ("hectares / area > 2", [2.0]),
        ("hectares > -3", [-0.03]),
        ("k > share", []),
        ("1 < 2", [1.0, 2.0]),
    ],
)
def test_a_lone_number_takes_the_displayed_unit_of_the_other_side(text: str, values: list[float]) -> None:
    expression, unit = checked(text, question=True)
    assert unit is None
    found = [part.value for part in parts(expression) if isinstance(part, Number)]
    assert found == pytest.approx(values, rel=1e-15)


def test_a_unit_that_cannot_be_computed_with_is_refused_at_its_operator() -> None:
    with pytest.raises(SyntaxFault, match="the unit's factor must be finite and above 0") as caught:
        checked("toll + sparse ** 2")
    assert caught.value.column == 14


def test_what_must_be_a_number_is_not_a_truth_value() -> None:
    toll = Reference("figure", "toll", column=3)
    with pytest.raises(SyntaxFault, match="must be true or false"):
        check(toll, unit_of, truth=True)
    compared = Operation("<", (toll, toll), 5)
    with pytest.raises(SyntaxFault, match="must be a number"):
        check(compared, unit_of, truth=False)
    with pytest.raises(SyntaxFault, match="a number is wanted here"):
        check(Operation("+", (compared, toll), 5), unit_of, truth=False)


names = st.sampled_from([name for name in UNITS if name != "sparse"] + ["k"])


@given(names, names)
def test_a_sum_is_allowed_exactly_where_a_comparison_is(a: str, b: str) -> None:
    def allowed(text: str, question: bool) -> bool:
        try:
            checked(text, question=question)
        except SyntaxFault:
            return False
        return True

    assert allowed(f"{a} + {b}", False) == allowed(f"{a} < {b}", True) == allowed(f"max({a}, {b})", False)


@given(names, names)
def test_multiplying_back_restores_the_dimension(a: str, b: str) -> None:
    checked(f"{a} * {b} / {b} - {a}")
    checked(f"sqrt({a} ** 2) + {a}")
