"""Amounts and periods as findings and pages write them."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from contested.language.ratios import Amount
from contested.language.units import Unit

_FIGURES = 4  # what a computed number is rounded to for people
_WIDE = Context(prec=40)


def figures(value: Fraction, digits: int = _FIGURES) -> str:
    """A computed number to four significant digits, and in whole units where it has more before the point."""
    exact = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    place = min(0, exact.adjusted() - digits + 1) if exact else 0
    return f"{exact.quantize(Decimal(1).scaleb(place), context=_WIDE):,f}"


def written(value: Fraction) -> str:
    """A number as it was written: all its digits."""
    exact = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{exact.normalize(_WIDE):,f}"


def stated(amount: Amount) -> str:
    """What is stated: `68 person/km²`, `at least 200,000 person`, `25,000 to 40,000 person`."""
    span = amount.number.written
    number = written(span.low) if span.low == span.high else f"{written(span.low)} to {written(span.high)}"
    return with_unit(_bound(amount) + number, amount.unit)


def computed(amount: Amount) -> str:
    """The same of what was computed, to four digits."""
    span = amount.number.written
    number = figures(span.low) if span.low == span.high else f"{figures(span.low)} to {figures(span.high)}"
    return with_unit(_bound(amount) + number, amount.unit)


def allowed(amount: Amount, *, zeros: bool) -> str:
    """The span that rounding leaves: `57.81 to 57.84`; as many digits as tell its ends apart."""
    span = amount.number.zeros if zeros else amount.number.digits
    for digits in range(_FIGURES, 12):
        low, high = figures(span.low, digits), figures(span.high, digits)
        if low != high:
            break
    return f"{low} to {high}"


def with_unit(number: str, unit: Unit) -> str:
    """A number and its unit, where it has one."""
    return f"{number} {unit}".rstrip()


def _bound(amount: Amount) -> str:
    if len(amount.bounds) > 1:
        return "open to both sides, "
    return {"lower": "at least ", "upper": "at most "}[next(iter(amount.bounds))] if amount.bounds else ""
