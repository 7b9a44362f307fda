from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contested.language import formula
from contested.language.formula import Number, Reference, fold
from contested.language.grammar import (
    RESERVED,
    Expression,
    Name,
    Operation,
    SyntaxFault,
    compute,
    names,
    parse,
    substitute,
)

A, B, C = Name(("a",), 0), Name(("b",), 0), Name(("c",), 0)


def op(operator: str, *operands: Expression) -> Operation:
    return Operation(operator, operands, 0)


def bare(expression: Expression) -> Expression:
    """The expression without its columns."""
    match expression:
        case Operation(operator, operands):
            return op(operator, *map(bare, operands))
        case Name(parts):
            return Name(parts, 0)
    return Number(expression.value)


class Floats:
    """Plain arithmetic."""

    def number(self, node: Number) -> float:
        return node.value

    def reference(self, node: Reference) -> float:
        return {"x": 1.75, "y": -0.3}[node.name]

    def apply(self, node: formula.Operation, operands: Sequence[float]) -> float:
        return compute(node.operator, operands)


def resolve(name: Name) -> Reference:
    return Reference("input", name.parts[0], column=name.column)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", A),
        ("a - b - c", op("-", op("-", A, B), C)),
        ("a + b * c", op("+", A, op("*", B, C))),
        ("(a + b) * c", op("*", op("+", A, B), C)),
        ("-a ** b", op("neg", op("**", A, B))),
        ("a ** b ** c", op("**", A, op("**", B, C))),
        ("a ** -b", op("**", A, op("neg", B))),
        ("+a", A),
        ("min(a, b, c)", op("min", A, B, C)),
        ("log(exp(abs(sqrt(a))))", op("log", op("exp", op("abs", op("sqrt", A))))),
        ("figure.source / a", op("/", Name(("figure", "source"), 0), A)),
        ("  a\n  + b\t", op("+", A, B)),
        ("2 * 3 + 4", Number(10.0)),
        ("a * (1 + 1)", op("*", A, Number(2.0))),
        ("-5", Number(-5.0)),
        ("1e3", Number(1000.0)),
    ],
)
def test_a_formula_reads_as_arithmetic(text: str, expected: Expression) -> None:
    assert bare(parse(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a > 1", op(">", A, Number(1.0))),
        ("a < b <= c", op("and", op("<", A, B), op("<=", B, C))),
        (
            "a < b or b < c and not c < a",
            op("or", op("<", A, B), op("and", op("<", B, C), op("not", op("<", C, A)))),
        ),
        ("a<b and b<c and c<a", op("and", op("and", op("<", A, B), op("<", B, C)), op("<", C, A))),
        ("1 < 2", op("<", Number(1.0), Number(2.0))),
    ],
)
def test_a_question_reads_as_true_or_false(text: str, expected: Expression) -> None:
    assert bare(parse(text, question=True)) == expected


def test_columns_are_those_of_names_and_operators() -> None:
    expression = parse(" (a + bb) \n*  min( c.d,2)")
    assert isinstance(expression, Operation)
    added, least = expression.operands
    assert isinstance(added, Operation)
    assert isinstance(least, Operation)
    assert (expression.column, added.column, least.column) == (11, 4, 14)
    assert [(str(name), name.column) for name in names(expression)] == [("a", 2), ("bb", 6), ("c.d", 19)]


FAULTS = [
    ("", "a number or a name is missing (the formula ends)", 0),
    ("a +", "a number or a name is missing after '+' (the formula ends)", 3),
    ("a + * b", "a number or a name is missing after '+' (got '*')", 4),
    ("min(a,)", "a number or a name is missing after ',' (got ')')", 6),
    ("a b", "an operator is missing before 'b'", 2),
    ("2(a)", "an operator is missing before '('", 1),
    ("(a", "'(' is never closed", 0),
    ("a)", "')' closes nothing", 1),
    ("5,000 * a", "a number is written without separators: write 5000 (got 5,000)", 0),
    ("max(a, 1,234,567)", "a number is written without separators: write 1234567 (got 1,234,567)", 7),
    ("a ^ 2", "a power is written ** (got '^')", 2),
    ("a % b", "'%' is not part of a formula: write 0.05 for 5 %", 2),
    ("a // b", "'//' is not part of a formula: use /", 2),
    ("a == b", "equality is not asked of uncertain numbers: use <= and >=", 2),
    ("a != b", "inequality is not asked of uncertain numbers: use < and >", 2),
    ("a = b", "'=' is not part of a formula: use <= or >=", 2),
    ("a := b", "':=' is not part of a formula", 2),
    ("a & b", "'&' is not part of a formula: write and", 2),
    ("a × b", "write * (got '×')", 2),
    ("a − b", "write a plain minus - (got '−')", 2),
    ("a ≥ b", "write >= (got '≥')", 2),
    ("a²", "write **2 (got '²')", 1),
    ("'a'", "a formula holds no text, only numbers and names", 0),
    ("a[0]", "nothing is indexed in a formula (got '[')", 1),
    ("{a}", "'{' is not part of a formula", 0),
    ("a # b", "'#' is not part of a formula", 2),
    ("a\0", "'\\x00' is not part of a formula", 1),
    ("ａ", "a name begins with a small letter and has only a-z, 0-9 and _ (got 'ａ')", 0),
    ("a, b", "a comma belongs only inside min(…) and max(…)", 3),
    ("__import__(a)", "a name begins with a small letter and has only a-z, 0-9 and _ (got '__import__')", 0),
    ("import os", "'import' is not part of a formula", 0),
    ("lambda: a", "'lambda' is not part of a formula", 0),
    ("a if b else c", "'if' is not part of a formula", 2),
    ("min(a for a in b)", "'for' is not part of a formula", 6),
    ("None", "'None' is not part of a formula", 0),
    ("True", "'True' is not part of a formula: compare numbers instead", 0),
    ("Casualties", "a name begins with a small letter and has only a-z, 0-9 and _ (got 'Casualties')", 0),
    ("f(a)", "'f' is not a function; there are min, max, abs, exp, log, sqrt", 0),
    ("a.b(c)", "'a.b' is not a function; there are min, max, abs, exp, log, sqrt", 0),
    ("a.b.c", "a name has at most one dot: figure.source", 0),
    ("(a + b).c", "a dot stands only between a figure and its source", 0),
    ("min + 1", "'min' is a function: write min(…)", 0),
    ("a.min", "'min' is a function: write min(…)", 0),
    ("min(a)", "min takes two or more numbers (got 1)", 0),
    ("1 + log(a, b)", "log takes one number (got 2)", 4),
    ("a * 1e999", "1e999 is too large to be computed with", 4),
    ("1e-400", "1e-400 is too small to be computed with", 0),
    ("0x10", "'0x10' is neither a number nor a name", 0),
    ("1_000", "'1_000' is neither a number nor a name", 0),
    ("2j", "'2j' is neither a number nor a name", 0),
    ("3a", "'3a' is neither a number nor a name", 0),
    ("a + 9**9**9**9", "'**' of these constants is too large to be computed", 8),
    ("1e308 * 10", "'*' of these constants is too large to be computed", 6),
    ("exp(1000)", "'exp' of these constants is too large to be computed", 0),
    ("1 / 0", "a division by zero", 2),
    ("a / (1 - 1)", "a division by zero", 2),
    ("(-8) ** 0.5", "'**' of these constants has no value", 5),
    ("log(0)", "'log' of these constants has no value", 0),
    ("sqrt(-1)", "'sqrt' of these constants has no value", 0),
    ("a < b", "'<' belongs in a question: this formula is a number", 2),
    ("not a", "'not' belongs in a question: this formula is a number", 0),
    ("(" * 101 + "a" + ")" * 101, "parentheses deeper than 100", 100),
    ("a" * 4001, "a formula of over 4000 characters: state parts of it by name", 4000),
    ("-" * 3900 + "a", "nested too deeply to be read", 0),
    ("9" * 400, "9" * 400 + " is too large to be computed with", 0),
]


@pytest.mark.parametrize(("text", "message", "column"), FAULTS)
def test_what_is_no_formula_is_refused_where_it_is_at_fault(text: str, message: str, column: int) -> None:
    with pytest.raises(SyntaxFault) as caught:
        parse(text)
    assert (caught.value.message, caught.value.column) == (message, column)


@pytest.mark.parametrize(
    ("text", "message", "column"),
    [
        ("a", "must be true or false: compare it, as in x > 0", 0),
        ("a > 1 and b", "must be true or false: compare it, as in x > 0", 10),
        ("not a + b", "must be true or false: compare it, as in x > 0", 6),
        ("1 + (a < b)", "a number is wanted here, not something true or false", 7),
        ("a < (b < c)", "a number is wanted here, not something true or false", 7),
        ("-(a < b)", "a number is wanted here, not something true or false", 4),
        ("max(a < b, c)", "a number is wanted here, not something true or false", 6),
        ("a in b", "'in' is not part of a formula", 2),
        ("a < not b", "does not read as a formula here", 4),
    ],
)
def test_a_question_mixes_no_truth_with_numbers(text: str, message: str, column: int) -> None:
    with pytest.raises(SyntaxFault) as caught:
        parse(text, question=True)
    assert (caught.value.message, caught.value.column) == (message, column)


def test_a_hundred_operations_deep_is_as_deep_as_it_goes() -> None:
    parse("+".join(["a"] * 100))
    with pytest.raises(SyntaxFault, match="nested deeper than 100"):
        parse("+".join(["a"] * 102))
    with pytest.raises(SyntaxFault, match="nested deeper than 100"):
        parse(" and ".join(["a<b"] * 120), question=True)


def test_names_resolve_in_reading_order() -> None:
    seen: list[str] = []

    def note(name: Name) -> Reference:
        seen.append(str(name))
        return Reference("figure", name.parts[0], name.parts[1] if len(name.parts) > 1 else None, name.column)

    resolved = substitute(parse("b * f.s - 2 / a"), note)
    assert seen == ["b", "f.s", "a"]
    assert [reference.source for reference in formula.references(resolved)] == [None, "s", None]


@pytest.mark.parametrize("word", ["min", "sqrt", "and", "not", "lambda", "in"])
def test_reserved_words_cannot_be_names(word: str) -> None:
    assert word in RESERVED


numbers = st.floats(min_value=0.001, max_value=100).map(lambda x: f"{x:.3f}")


def _combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    binary = st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**", " - ", "\n*"]), inner).map("".join)
    called = st.tuples(st.sampled_from(["abs", "exp", "log", "sqrt"]), inner).map(lambda f: f"{f[0]}({f[1]})")
    several = st.tuples(st.sampled_from(["min", "max"]), st.lists(inner, min_size=2, max_size=3)).map(
        lambda f: f"{f[0]}({', '.join(f[1])})"
    )
    return binary | called | several | inner.map(lambda t: f"({t})") | inner.map(lambda t: f"-{t}")


arithmetic = st.recursive(numbers | st.sampled_from(["x", "y"]), _combine, max_leaves=12)


@given(arithmetic)
def test_a_formula_means_what_python_means(text: str) -> None:
    given_names = {"x": 1.75, "y": -0.3, "exp": math.exp, "log": math.log, "sqrt": math.sqrt}
    try:
        expected = eval(f"({text})", given_names)  # generated above from numbers and operators alone
        assume(not isinstance(expected, complex) and math.isfinite(expected))
    except (ArithmeticError, ValueError, TypeError):
        assume(False)
    try:
        found = fold(substitute(parse(text), resolve), Floats())
    except (ArithmeticError, ValueError, SyntaxFault):
        assume(False)  # a complex or infinite number on the way
    assert found == expected


alphabet = "ab.019e+-*/(), <>=_\n"
words = st.sampled_from(
    ["a", "b.c", "1", "2.5", "min(", "log(", "(", ")", ",", "+", "-", "**", "/", "<", "and ", "not "]
)


@given(st.text() | st.text(alphabet, max_size=40) | st.lists(words, max_size=12).map("".join), st.booleans())
def test_no_text_raises_anything_but_a_syntax_fault(text: str, question: bool) -> None:
    try:
        parse(text, question=question)
    except SyntaxFault as fault:
        assert 0 <= fault.column <= len(text)
        assert fault.message
