from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.engine.reach import ReachAlgebra, denominators, sure_positive
from contested.language.formula import Expression, Number, Operation, Reference, fold
from contested.language.grammar import Name, parse, substitute
from contested.shapes.base import Reach

INF = math.inf
SHAPES = {
    "normal": Reach(-INF, INF, zero=1.0),
    "other_normal": Reach(-INF, INF, zero=1.0),
    "lognormal": Reach(0.0, INF),
    "gamma20": Reach(0.0, INF, zero=20.0),
    "gamma8": Reach(0.0, INF, zero=8.0),
    "gamma1_5": Reach(0.0, INF, zero=1.5),
    "gamma0_9": Reach(0.0, INF, zero=0.9),
    "uniform": Reach(0.0, 1.0, zero=1.0),
    "shifted": Reach(2.0, 5.0),
    "loss": Reach(-4.0, -1.0),
    "mixed": Reach(-2.0, 3.0, zero=1.0),
    "at_most_0": Reach(-3.0, 0.0, zero=2.0),
    "pareto": Reach(0.0, INF, zero=4.0, tail=3.0),  # a log-metalog's
    "nothing": Reach(0.0, 0.0, zero=0.0),
}


def resolve(name: Name) -> Reference:
    return Reference("input", name.parts[0], column=name.column)


def expression(text: str, *, question: bool = False) -> Expression:
    return substitute(parse(text, question=question), resolve)


def reach(text: str, *, shapes: Mapping[str, Reach] = SHAPES, **options: bool) -> Reach:
    algebra = ReachAlgebra(
        lambda reference: shapes[reference.name],
        lambda reference: reference.name in ("normal", "other_normal"),
        **options,
    )
    return fold(expression(text), algebra)


@pytest.mark.parametrize(("b", "tail"), [("gamma8", 8.0), ("gamma1_5", 1.5), ("gamma0_9", 0.9)])
def test_a_ratio_of_gammas_has_the_moments_below_the_denominators_shape(b: str, tail: float) -> None:
    # case RATIO-05: Johnson, Kotz & Balakrishnan 2 (1995) ch. 27, moment k of a beta prime exists iff k < b
    found = reach(f"gamma20 / {b}")
    assert found == Reach(0.0, INF, zero=20.0, tail=tail)
    assert (found.tail > 1, found.tail > 2) == (tail > 1, tail > 2)


def test_a_ratio_of_normals_has_no_mean() -> None:
    # cases RATIO-01, RATIO-02 (Hinkley 1969: E|R|^p is finite only for p < 1), RATIO-04 (Cauchy)
    assert reach("other_normal / normal") == Reach(-INF, INF, zero=1.0, tail=1.0)
    assert not sure_positive(SHAPES["normal"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lognormal / lognormal", Reach(1.0, 1.0)),
        ("normal - normal", Reach(0.0, 0.0, zero=0.0)),
        ("normal + normal", Reach(-INF, INF, zero=1.0)),
        ("normal * normal", Reach(0.0, INF, zero=0.5)),
        ("(gamma8 * 2) / (gamma8 * 2)", Reach(1.0, 1.0)),
        ("min(mixed, mixed)", SHAPES["mixed"]),
    ],
)
def test_one_name_is_one_variable(text: str, expected: Reach) -> None:
    assert reach(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # products and quotients
        ("lognormal / gamma8", Reach(0.0, INF, tail=8.0)),
        ("gamma8 * 3", Reach(0.0, INF, zero=8.0)),
        ("gamma8 * lognormal", Reach(0.0, INF, zero=8.0)),
        ("gamma8 * gamma20", Reach(0.0, INF, zero=1 / (1 / 8 + 1 / 20))),
        ("pareto / gamma8", Reach(0.0, INF, zero=4.0, tail=1 / (1 / 3 + 1 / 8))),
        ("1 / pareto", Reach(0.0, INF, zero=3.0, tail=4.0)),
        ("uniform / shifted", Reach(0.0, 0.5, zero=1.0)),
        ("shifted / loss", Reach(-5.0, -0.5)),
        ("1 / at_most_0", Reach(-INF, -1 / 3, tail=2.0)),
        ("1 / mixed", Reach(-INF, INF, tail=1.0)),
        ("mixed * loss", Reach(-12.0, 8.0, zero=1.0)),
        ("shifted / nothing", Reach(-INF, INF, zero=0.0, tail=0.0)),
        ("lognormal * 0", Reach(0.0, 0.0, zero=0.0)),
        # sums
        ("gamma8 + gamma1_5", Reach(0.0, INF, zero=8.0)),
        ("lognormal + uniform", Reach(0.0, INF)),
        ("lognormal + 1", Reach(1.0, INF)),
        ("pareto + lognormal", Reach(0.0, INF, tail=3.0)),
        ("lognormal - gamma8", Reach(-INF, INF, zero=0.0)),
        ("1 - uniform", Reach(0.0, 1.0, zero=0.0)),
        ("3 - uniform", Reach(2.0, 3.0)),
        ("at_most_0 + loss", Reach(-7.0, -1.0)),
        # powers
        ("gamma8 ** 2", Reach(0.0, INF, zero=4.0)),
        ("gamma8 ** -2", Reach(0.0, INF, tail=4.0)),
        ("sqrt(gamma1_5)", Reach(0.0, INF, zero=3.0)),
        ("pareto ** 3", Reach(0.0, INF, zero=4 / 3, tail=1.0)),
        ("mixed ** 2", Reach(0.0, 9.0, zero=0.5)),
        ("mixed ** 3", Reach(-8.0, 27.0, zero=1 / 3)),
        ("loss ** -1", Reach(-1.0, -0.25)),
        ("mixed ** 0", Reach(1.0, 1.0)),
        ("sqrt(mixed)", Reach(-INF, INF, zero=0.0, tail=0.0)),
        ("shifted ** mixed", Reach(0.04, 125.0)),
        ("uniform ** mixed", Reach(0.0, INF, zero=0.0, tail=0.0)),
        ("mixed ** shifted", Reach(-INF, INF, zero=0.0, tail=0.0)),
        # the rest
        ("-pareto", Reach(-INF, 0.0, zero=4.0, tail=3.0)),
        ("abs(normal)", Reach(0.0, INF, zero=1.0)),
        ("abs(loss)", Reach(1.0, 4.0)),
        ("abs(shifted)", Reach(2.0, 5.0)),
        ("max(gamma8, gamma1_5)", Reach(0.0, INF, zero=8.0)),
        ("min(gamma8, gamma1_5)", Reach(0.0, INF, zero=1.5)),
        ("min(pareto, lognormal, 7)", Reach(0.0, 7.0, zero=4.0)),
        ("min(pareto, gamma8)", Reach(0.0, INF, zero=4.0)),
        ("max(pareto, gamma8)", Reach(0.0, INF, zero=8.0, tail=3.0)),
        ("max(normal, lognormal)", Reach(0.0, INF)),
        ("max(normal, 3)", Reach(3.0, INF)),
        ("max(normal, 0)", Reach(0.0, INF, zero=0.0)),
        ("log(lognormal)", Reach(-INF, INF, zero=0.0)),
        ("log(gamma0_9)", Reach(-INF, INF, zero=0.0)),
        ("log(mixed)", Reach(-INF, INF, zero=0.0, tail=0.0)),
        ("log(max(normal, 0))", Reach(-INF, INF, zero=0.0, tail=0.0)),
        ("log(shifted)", Reach(math.log(2), math.log(5))),
        ("exp(mixed)", Reach(math.exp(-2), math.exp(3))),
        ("exp(normal)", Reach(0.0, INF)),
        ("exp(2 * normal - other_normal / 3 + mixed)", Reach(0.0, INF)),
        ("exp(normal ** 2)", Reach(1.0, INF, tail=0.0)),
        ("exp(lognormal)", Reach(1.0, INF, tail=0.0)),
        ("exp(-lognormal)", Reach(0.0, 1.0, zero=0.0)),
        ("exp(1000 + shifted)", Reach(INF, INF, tail=INF)),
    ],
)
def test_reaches_of_operations(text: str, expected: Reach) -> None:
    found = reach(text)
    ends = (found.low, found.high, found.zero, found.tail)
    assert ends == pytest.approx((expected.low, expected.high, expected.zero, expected.tail), rel=1e-14)


def test_a_sum_that_rounds_off_zero_is_taken_to_touch_it() -> None:
    shapes = {"x": Reach(0.1 + 0.2, 1.0)}
    assert 0.1 + 0.2 - 0.3 > 0
    found = reach("x - 0.3", shapes=shapes)
    assert (found.low, found.zero) == (0.0, 0.0)
    found = reach("0.3 - x", shapes=shapes)
    assert (found.high, found.zero) == (0.0, 0.0)


def test_a_mass_at_zero_is_not_surely_positive() -> None:
    assert sure_positive(reach("lognormal"))
    assert sure_positive(reach("uniform"))
    assert sure_positive(reach("uniform + shifted"))
    assert not sure_positive(reach("max(normal, 0)"))
    assert not sure_positive(reach("nothing"))
    assert not sure_positive(reach("mixed"))
    assert not sure_positive(reach("loss"))


def test_given_a_positive_denominator_the_ratio_is_the_numerators() -> None:
    assert reach("lognormal / normal", given_positive=True) == Reach(0.0, INF)
    assert reach("lognormal * normal ** -2", given_positive=True) == Reach(0.0, INF)
    assert reach("lognormal / gamma8", given_positive=True).tail == 8.0
    assert reach("normal / loss", given_positive=True) == reach("normal / loss")


def test_a_question_reaches_from_false_to_true() -> None:
    algebra = ReachAlgebra(lambda reference: SHAPES[reference.name])
    asked = fold(expression("normal > 3 and not loss < mixed", question=True), algebra)
    assert asked == Reach(0.0, 1.0, zero=0.0)


def test_denominators_are_what_divides() -> None:
    found = denominators(expression("a / (b + c / d) - e ** -2 + f ** 2 / 7 - 1 / (2 * g) + h ** k + a / d"))
    assert found == [expression(text) for text in ("b + c / d", "d", "e", "2 * g", "h")]
    assert denominators(expression("a * b ** 2")) == []


# Powers of one uniform variable near 0, U ** e, are the worst case of dependence: all extremes meet in one
# world. Their moments, and those of whatever is made of them, are known from the leading power at 0.

LEADING = {"a": -0.7, "b": -0.2, "c": 0.4, "d": 1.5, "e": 0.0}


def _powers(leading: float) -> Reach:
    low, high = (0.0, 1.0) if leading > 0 else (1.0, INF) if leading < 0 else (1.0, 2.0)
    return Reach(low, high, 1 / leading if leading > 0 else INF, -1 / leading if leading < 0 else INF)


class Leading:
    """The leading power at U = 0 of a positive expression."""

    def number(self, node: Number) -> float:
        return 0.0

    def reference(self, node: Reference) -> float:
        return LEADING[node.name]

    def apply(self, node: Operation, operands: list[float]) -> float:
        match node.operator:
            case "*":
                return operands[0] + operands[1]
            case "/":
                return operands[0] - operands[1]
            case "+" | "max":
                return min(operands)
            case "min":
                return max(operands)
            case "sqrt":
                return operands[0] / 2
        raise AssertionError(node.operator)


def _combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.tuples(inner, st.sampled_from("+*/"), inner).map(lambda f: f"({f[0]} {f[1]} {f[2]})")
    called = st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda f: f"{f[0]}({f[1]}, {f[2]})")
    return binary | called | inner.map(lambda text: f"sqrt({text})")


@given(st.recursive(st.sampled_from([*LEADING, "2"]), _combine, max_leaves=10))
def test_no_moment_is_claimed_that_does_not_exist(text: str) -> None:
    read = expression(text)
    leading = fold(read, Leading())
    found = fold(read, ReachAlgebra(lambda reference: _powers(LEADING[reference.name])))
    slack = 1 + 1e-9
    if leading < -1e-9:
        assert found.tail <= -1 / leading * slack
        assert found.high == INF
    if leading > 1e-9:
        assert found.zero <= 1 / leading * slack
        assert found.low == 0


values = st.sampled_from(["normal", "uniform", "shifted", "loss", "mixed", "at_most_0"])
WITHIN = {"normal": 40.0, "uniform": 1.0, "shifted": 5.0, "loss": -1.0, "mixed": 3.0, "at_most_0": 0.0}
BELOW = {"normal": -40.0, "uniform": 0.0, "shifted": 2.0, "loss": -4.0, "mixed": -2.0, "at_most_0": -3.0}


@given(values, values, st.sampled_from(["+", "-", "*", "/", "**"]), st.data())
def test_values_lie_within_the_support(a: str, b: str, operator: str, source: st.DataObject) -> None:
    x = source.draw(st.floats(BELOW[a], WITHIN[a]))
    y = x if a == b else source.draw(st.floats(BELOW[b], WITHIN[b]))
    try:
        value = {
            "+": lambda: x + y,
            "-": lambda: x - y,
            "*": lambda: x * y,
            "/": lambda: x / y,
            "**": lambda: math.pow(x, y),
        }[operator]()
    except (ZeroDivisionError, ValueError, OverflowError):
        return
    found = reach(f"{a} {operator} {b}")
    assert found.low - 1e-12 * abs(found.low) <= value <= found.high + 1e-12 * abs(found.high)
