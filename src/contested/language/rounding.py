"""Numbers as they were written, and what their rounding leaves open; exact, in rational arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,3})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from `low` to `high`, both included."""

    low: Fraction
    high: Fraction

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        return Span(self.low - other.high, self.high - other.low)

    def __mul__(self, other: Span) -> Span:
        ends = [end * by for end in (self.low, self.high) for by in (other.low, other.high)]
        return Span(min(ends), max(ends))

    def __truediv__(self, other: Span) -> Span:
        """By a span above zero."""
        return self * Span(1 / other.high, 1 / other.low)

    def scaled(self, factor: Fraction) -> Span:
        """In another unit; the factor is above zero."""
        return Span(self.low * factor, self.high * factor)

    def meets(self, other: Span) -> bool:
        """Whether they have a number in common."""
        return self.low <= other.high and other.low <= self.high


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number, or a range of them, and what its rounding leaves open.

    Attributes
    ----------
    written : Span
        The number itself, or the range.
    digits : Span
        Half a unit of the last digit to either side, where every digit that is written counts: 160600 is
        160,599.5 to 160,600.5, and 1910.39 is 1,910.385 to 1,910.395.
    zeros : Span
        The same where zeros that end a whole number may stand for rounding: 160600 is 160,550 to 160,650.
    """

    written: Span
    digits: Span
    zeros: Span

    def __add__(self, other: Rounded) -> Rounded:
        return self._with(other, Span.__add__)

    def __sub__(self, other: Rounded) -> Rounded:
        return self._with(other, Span.__sub__)

    def __mul__(self, other: Rounded) -> Rounded:
        return self._with(other, Span.__mul__)

    def __truediv__(self, other: Rounded) -> Rounded:
        return self._with(other, Span.__truediv__)

    def _with(self, other: Rounded, operator: Callable[[Span, Span], Span]) -> Rounded:
        return Rounded(
            operator(self.written, other.written),
            operator(self.digits, other.digits),
            operator(self.zeros, other.zeros),
        )

    def scaled(self, factor: Fraction) -> Rounded:
        """In another unit; the factor is above zero."""
        return Rounded(self.written.scaled(factor), self.digits.scaled(factor), self.zeros.scaled(factor))

    def to(self, other: Rounded) -> Rounded:
        """The range from this number to another."""
        return Rounded(
            Span(self.written.low, other.written.high),
            Span(self.digits.low, other.digits.high),
            Span(self.zeros.low, other.zeros.high),
        )

    @property
    def is_positive(self) -> bool:
        """Whether everything that it may stand for is above zero."""
        return self.zeros.low > 0


def rounded(text: str) -> Rounded:
    """A number from its digits.

    Parameters
    ----------
    text : str
        As written: `160600`, `1910.39`, `1e6` (which says no more of its zeros than 1000000).

    Raises
    ------
    ValueError
        If it is no number, or larger than any that is meant.
    """
    if len(text) > 60 or not _NUMBER.fullmatch(text):
        raise ValueError("is no number")
    number = Decimal(text)
    _, figures, exponent = number.as_tuple()
    assert isinstance(exponent, int)  # no infinity has the form of a number
    value = Fraction(number)
    ending = len(figures) - len("".join(map(str, figures)).rstrip("0")) if value else 0
    last = min(exponent, 0)  # the place of the last digit, as a power of ten
    nonzero = last if exponent < 0 else exponent + ending
    return Rounded(Span(value, value), _around(value, last), _around(value, nonzero))


def _around(value: Fraction, place: int) -> Span:
    half = Fraction(10) ** place / 2
    return Span(value - half, value + half)
