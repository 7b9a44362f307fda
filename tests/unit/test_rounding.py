"""Numbers as they were written, and what their rounding leaves open."""

from __future__ import annotations

from fractions import Fraction

import pytest

from contested.language.rounding import Rounded, Span, rounded


def ends(span: Span) -> tuple[float, float]:
    return float(span.low), float(span.high)


@pytest.mark.parametrize(
    ("text", "digits", "zeros"),
    [
        ("160600", (160599.5, 160600.5), (160550, 160650)),
        ("28880", (28879.5, 28880.5), (28875, 28885)),
        ("28881", (28880.5, 28881.5), (28880.5, 28881.5)),
        ("1910.39", (1910.385, 1910.395), (1910.385, 1910.395)),
        ("10.0", (9.95, 10.05), (9.95, 10.05)),  # nobody writes a zero after the point to round
        ("200000", (199999.5, 200000.5), (150000, 250000)),
        ("1e6", (999999.5, 1000000.5), (500000, 1500000)),
        ("1.5e3", (1499.5, 1500.5), (1450, 1550)),
        ("-120", (-120.5, -119.5), (-125, -115)),
        ("0", (-0.5, 0.5), (-0.5, 0.5)),
        (".5", (0.45, 0.55), (0.45, 0.55)),
    ],
)
def test_half_a_unit_of_the_last_digit(text, digits, zeros):
    number = rounded(text)
    assert (ends(number.digits), ends(number.zeros)) == (digits, zeros)
    assert number.written == Span(Fraction(text), Fraction(text))


@pytest.mark.parametrize(
    "text", ["", "1,000", "1 000", "about 5", "nan", "inf", "0x10", "--1", "1e9999", "1" * 61]
)
def test_what_is_no_number(text):
    with pytest.raises(ValueError, match="is no number"):
        rounded(text)


def test_quotients_take_the_ends_that_are_furthest_apart():
    quotient = rounded("28880") / rounded("499.43")
    assert quotient.digits == Span(
        Fraction("28879.5") / Fraction("499.435"), Fraction("28880.5") / Fraction("499.425")
    )
    assert quotient.zeros == Span(
        Fraction(28875) / Fraction("499.435"), Fraction(28885) / Fraction("499.425")
    )
    negative = rounded("-120") / rounded("2")
    assert ends(negative.digits) == (-120.5 / 1.5, -119.5 / 2.5)


def test_sums_products_and_ranges():
    two, three = rounded("2"), rounded("3")
    assert ends((two + three).digits) == (4, 6)
    assert ends((two - three).digits) == (-2, 0)
    assert ends((two * three).digits) == (1.5 * 2.5, 2.5 * 3.5)
    spread: Rounded = two.to(three)
    assert (ends(spread.written), ends(spread.digits)) == ((2, 3), (1.5, 3.5))
    assert ends(two.scaled(Fraction(10)).zeros) == (15, 25)


def test_spans_meet_where_they_touch():
    assert rounded("2").digits.meets(rounded("3").digits)
    assert not rounded("2").digits.meets(rounded("3.1").digits)


def test_what_may_be_zero_is_not_positive():
    assert [rounded(text).is_positive for text in ("1", "0.1", "0", "-5")] == [True, True, False, False]
