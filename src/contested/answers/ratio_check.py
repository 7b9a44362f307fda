"""A stated ratio against its parts: what they give, what rounding allows, and which slip explains it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from contested.language.ratios import Amount, Part, Quotient
from contested.language.rounding import Rounded, Span
from contested.language.units import Unit, parse_unit, same_dimension

Fit = Literal["digits", "zeros", "neither"]

_KM2 = parse_unit("km²")
_AREAS = (_KM2, parse_unit("mi²"), parse_unit("ha"))
_THOUSAND = parse_unit("1000")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatioCheck:
    """How a stated ratio stands to the quotient of its parts.

    Attributes
    ----------
    stated : Amount
    recomputed : Amount
        The quotient, in the unit of what is stated where that has its dimension.
    fits : {'digits', 'zeros', 'neither'}
        Whether the two meet where every digit counts; only where zeros that end a number may be rounding; or
        not at all.
    slips : tuple of str
        Readings of the units under which they meet where every digit counts; none where they do already.
    """

    stated: Amount
    recomputed: Amount
    fits: Fit
    slips: tuple[str, ...]

    @property
    def is_of_one_dimension(self) -> bool:
        """Whether the unit stated is one of the quotient."""
        return same_dimension(self.stated.unit, self.recomputed.unit)

    @property
    def excess(self) -> Fraction | None:
        """How much larger the stated number is than the quotient, as a share of it; None between ranges."""
        stated, found = self.stated.number.written, self.recomputed.number.written
        if (
            stated.low != stated.high
            or found.low != found.high
            or not found.low
            or not self.is_of_one_dimension
        ):
            return None
        return stated.low / found.low - 1


def check_ratio(stated: Amount, quotient: Quotient) -> RatioCheck | None:
    """Compare a stated ratio with its parts.

    Parameters
    ----------
    stated : Amount
    quotient : Quotient
        The parts; None is the answer where what they divide by may be zero or less.
    """
    ratio = quotient.ratio
    if ratio is None:
        return None
    alike = same_dimension(stated.unit, ratio.unit)
    recomputed = ratio.to(stated.unit) if alike else ratio
    fits = _fit(stated.number, recomputed.number) if alike else "neither"
    slips = tuple(_slips(stated, quotient)) if fits != "digits" else ()
    return RatioCheck(stated=stated, recomputed=recomputed, fits=fits, slips=slips)


def gives(quotient: Quotient, stated: Amount) -> bool:
    """Whether two parts give a ratio, every digit counting."""
    ratio = quotient.ratio
    if ratio is None or not same_dimension(ratio.unit, stated.unit):
        return False
    return _fit(stated.number, ratio.to(stated.unit).number) == "digits"


def _fit(stated: Rounded, found: Rounded) -> Fit:
    if _is_range(stated) and _is_range(found):
        return _ends_fit(stated, found)
    if stated.digits.meets(found.digits):
        return "digits"
    return "zeros" if stated.zeros.meets(found.zeros) else "neither"


def _is_range(number: Rounded) -> bool:
    return number.written.low < number.written.high


def _ends_fit(stated: Rounded, found: Rounded) -> Fit:
    """Ranges agree where both their ends do, as far as rounding moves each."""
    if _ends_meet(stated.written, stated.digits, found.written, found.digits):
        return "digits"
    return "zeros" if _ends_meet(stated.written, stated.zeros, found.written, found.zeros) else "neither"


def _ends_meet(stated: Span, around: Span, found: Span, around_found: Span) -> bool:
    below = stated.low - around.low + found.low - around_found.low
    above = around.high - stated.high + around_found.high - found.high
    return abs(stated.low - found.low) <= below and abs(stated.high - found.high) <= above


def _slips(stated: Amount, quotient: Quotient) -> Iterator[str]:
    """Readings of an area or a toll in another unit under which the ratio fits."""
    below = quotient.below
    if below.amount.unit.dimension == _KM2.dimension:
        for area in _other(below.amount.unit):
            if gives(_with_below(quotient, area), stated):
                yield f"{below.text} is read in {area}"
        for area in _AREAS:
            read = quotient.above.amount.unit / area
            if read != stated.unit and _of_same(read, stated.unit) and gives(quotient, stated.read_in(read)):
                yield f"the ratio is read per {area}"
    thousands = _THOUSAND * quotient.above.amount.unit
    above = replace(quotient.above, amount=quotient.above.amount.read_in(thousands))
    if gives(Quotient(above=above, below=below), stated):
        yield f"{quotient.above.text} is read in thousands"
    if gives(quotient, stated.read_in(_THOUSAND * stated.unit)):
        yield "the ratio is read in thousands"


def _of_same(one: Unit, other: Unit) -> bool:
    """Whether units are of the same things, in whatever powers: people per km may be meant per km²."""
    return {base for base, _ in one.dimension} == {base for base, _ in other.dimension}


def _other(unit: Unit) -> Iterator[Unit]:
    return (area for area in _AREAS if area != unit)


def _with_below(quotient: Quotient, unit: Unit) -> Quotient:
    part: Part = quotient.below
    return Quotient(above=quotient.above, below=replace(part, amount=part.amount.read_in(unit)))
