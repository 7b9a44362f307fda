from __future__ import annotations

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contested.language.bound_algebra import BoundAlgebra, Bounded, BoundFault
from contested.language.formula import Expression, Reference, fold
from contested.language.grammar import Name, compute, parse, substitute

REMEDY = "state low and high, and why"
KNOWN = {
    "toll": Bounded(200_000.0, "lower"),
    "area": Bounded(6035.5, "upper"),
    "days": Bounded(365.0, "exact"),
    "lost": Bounded(-2.0, "exact"),
    "loss_at_least": Bounded(-5.0, "lower"),
    "loss_at_most": Bounded(-3.0, "upper"),
    "half": Bounded(0.5, "upper"),
    "two": Bounded(2.0, "lower"),
    "none": Bounded(0.0, "lower"),
    "spread": None,
}


def expression(text: str, *, question: bool = False) -> Expression:
    def resolve(name: Name) -> Reference:
        source = name.parts[1] if len(name.parts) > 1 else None
        return Reference("figure", name.parts[0], source, name.column)

    return substitute(parse(text, question=question), resolve)


def known(text: str) -> Bounded:
    found = fold(expression(text), BoundAlgebra(lambda reference: KNOWN[reference.name]))
    assert isinstance(found, Bounded)
    return found


def asked(text: str) -> bool | None:
    found = fold(expression(text, question=True), BoundAlgebra(lambda reference: KNOWN[reference.name]))
    assert not isinstance(found, Bounded)
    return found


def test_over_200_000_for_at_most_one_per_cent_is_at_least_33() -> None:
    # register entries A11 to A13: 200,000 or more, for at most 1 % of 603,550 km²: at least 33.1 per km²
    found = known("toll / area")
    assert (round(found.value, 1), found.direction) == (33.1, "lower")
    assert asked("toll / area >= 20") is True
    assert asked("toll / area >= 50") is None
    assert asked("toll / area < 20") is False
    assert known("area / toll") == Bounded(6035.5 / 200_000, "upper", nonnegative=True)


@pytest.mark.parametrize(
    ("text", "value", "direction"),
    [
        ("toll + 5", 200_005.0, "lower"),
        ("toll + two", 200_002.0, "lower"),
        ("toll - area", 200_000 - 6035.5, "lower"),
        ("10 - two", 8.0, "upper"),
        ("-toll", -200_000.0, "upper"),
        ("toll * two", 400_000.0, "lower"),
        ("toll * lost", -400_000.0, "upper"),
        ("toll * loss_at_most", -600_000.0, "upper"),
        ("loss_at_least * days", -1825.0, "lower"),
        ("loss_at_most * loss_at_most", 9.0, "lower"),
        ("area * 0", 0.0, "exact"),
        ("0 / area", 0.0, "exact"),
        ("toll / days", 200_000 / 365, "lower"),
        ("days / toll", 365 / 200_000, "upper"),
        ("lost / toll", -2 / 200_000, "lower"),
        ("toll ** 2", 4e10, "lower"),
        ("toll ** -1", 5e-6, "upper"),
        ("toll ** 0", 1.0, "exact"),
        ("half ** 2", 0.25, "upper"),
        ("half ** two", 0.25, "upper"),
        ("two ** toll ** 0", 2.0, "lower"),
        ("2 ** two", 4.0, "lower"),
        ("0.5 ** two", 0.25, "upper"),
        ("loss_at_least ** 3", -125.0, "lower"),
        ("loss_at_most ** 2", 9.0, "lower"),
        ("lost ** 2", 4.0, "exact"),
        ("min(toll, two, 7)", 2.0, "lower"),
        ("max(area, 3)", 6035.5, "upper"),
        ("abs(loss_at_most)", 3.0, "lower"),
        ("abs(toll)", 200_000.0, "lower"),
        ("exp(loss_at_least)", math.exp(-5), "lower"),
        ("log(area)", math.log(6035.5), "upper"),
        ("sqrt(toll)", math.sqrt(200_000), "lower"),
        ("toll - toll", 0.0, "exact"),
        ("area / area", 1.0, "exact"),
        ("days / 2", 182.5, "exact"),
    ],
)
def test_a_bound_passes_through_what_is_monotone_in_it(text: str, value: float, direction: str) -> None:
    found = known(text)
    assert found.direction == direction
    assert found.value == pytest.approx(value, rel=1e-14)


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("toll - two", f"the bounds on the sides of '-' push in opposite directions: {REMEDY}", 5),
        ("1 + toll * area", f"the bounds on the sides of '*' push in opposite directions: {REMEDY}", 9),
        ("toll + area", f"the bounds on the sides of '+' push in opposite directions: {REMEDY}", 5),
        ("toll / two", f"the bounds on the sides of '/' push in opposite directions: {REMEDY}", 5),
        ("min(toll, area)", f"the bounds on the sides of 'min' push in opposite directions: {REMEDY}", 0),
        ("1 / loss_at_least", f"a bound does not pass through '/' here: {REMEDY}", 2),
        ("loss_at_least / area", f"a bound does not pass through '/' here: {REMEDY}", 14),
        ("1 / (10 - two)", f"a bound does not pass through '/' here: {REMEDY}", 2),
        ("sqrt(area - 10)", f"a bound does not pass through 'sqrt' here: {REMEDY}", 0),
        ("abs(loss_at_least)", f"a bound does not pass through 'abs' here: {REMEDY}", 0),
        ("loss_at_least ** 2", f"a bound does not pass through '**' here: {REMEDY}", 14),
        ("loss_at_least ** 0.5", f"a bound does not pass through '**' here: {REMEDY}", 14),
        ("area ** two", f"a bound does not pass through '**' here: {REMEDY}", 5),
        ("lost ** two", f"a bound does not pass through '**' here: {REMEDY}", 5),
        ("1 / none", f"'/' of these bounds has no value: {REMEDY}", 2),
        ("log(none)", f"'log' of these bounds has no value: {REMEDY}", 0),
        ("toll ** 100", f"'**' of these bounds has no value: {REMEDY}", 5),
        ("toll * spread", f"a bound is combined with 'spread', which has a distribution: {REMEDY}", 7),
        (
            "spread.osint + toll",
            f"a bound is combined with 'spread.osint', which has a distribution: {REMEDY}",
            0,
        ),
    ],
)
def test_where_nothing_follows_the_formula_is_refused(text: str, message: str, column: int) -> None:
    with pytest.raises(BoundFault) as caught:
        known(text)
    assert (caught.value.message, caught.value.column) == (message, column)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("toll >= 200000", True),
        ("toll > 200000", None),
        ("toll < 200000", False),
        ("toll <= 200000", None),
        ("area <= 6035.5", True),
        ("area > 6035.5", False),
        ("area >= 0", True),
        ("10 - two >= 0", None),
        ("area < toll", True),
        ("toll < toll", False),
        ("toll >= toll", True),
        ("days > 300", True),
        ("toll > 1 and area > 5000", None),
        ("toll > 300000 and area > 7000", False),
        ("toll > 1 or area > 5000", True),
        ("toll > 300000 or area > 7000", None),
        ("not toll > 300000", None),
        ("not toll > 1", False),
        ("100000 < toll < 300000", None),
    ],
)
def test_a_question_is_true_false_or_undetermined(text: str, verdict: bool | None) -> None:
    assert asked(text) is verdict


def test_only_a_bound_as_stated_is_taken_not_to_be_negative() -> None:
    assert Bounded(5.0, "upper").low == 0
    assert Bounded(5.0, "upper", nonnegative=False).low == -math.inf
    assert Bounded(-5.0, "upper").low == -math.inf
    assert known("10 - two").low == -math.inf
    assert known("area * 2").low == 0
    assert known("max(10 - two, 0)").low == 0


bounds = st.builds(
    Bounded,
    st.sampled_from([-3.0, -1.0, -0.5, 0.5, 1.0, 2.0, 4.0]),
    st.sampled_from(["exact", "lower", "upper"]),
)
FORMULAS = {
    **{operator: f"x {operator} y" for operator in ["+", "-", "*", "/", "**"]},
    **{name: f"{name}(x, y)" for name in ["min", "max"]},
    **{name: f"{name}(x)" for name in ["abs", "exp", "log", "sqrt"]},
    "neg": "-x",
    "nested": "(x + y) / max(y, x) * (x - 2)",
}


@given(st.sampled_from(sorted(FORMULAS)), bounds, bounds, st.data())
def test_no_allowed_values_break_the_bound(
    operator: str, x: Bounded, y: Bounded, source: st.DataObject
) -> None:
    def allowed(bound: Bounded) -> float:
        return source.draw(st.floats(max(bound.low, -30.0), min(bound.high, 30.0)))

    def value_of(expressed: Expression, values: dict[str, float]) -> float:
        if isinstance(expressed, Reference):
            return values[expressed.name]
        if hasattr(expressed, "operands"):
            return compute(expressed.operator, [value_of(part, values) for part in expressed.operands])
        return expressed.value

    formula = expression(FORMULAS[operator])
    try:
        found = fold(formula, BoundAlgebra(lambda reference: {"x": x, "y": y}[reference.name]))
        value = value_of(formula, {"x": allowed(x), "y": allowed(y)})
    except (BoundFault, ArithmeticError, ValueError):
        assume(False)
        return
    assert isinstance(found, Bounded)
    slack = 1e-9 * max(1.0, abs(value))
    assert found.low - slack <= value <= found.high + slack
