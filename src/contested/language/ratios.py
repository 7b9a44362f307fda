"""Amounts as a register or a sentence writes them, and the quotients that stated ratios are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from contested.language.faults import Faults
from contested.language.nodes import Direction, OneSided
from contested.language.register import Entry
from contested.language.rounding import Rounded, rounded
from contested.language.tree import Place
from contested.language.units import (
    DIMENSIONLESS,
    Unit,
    UnitError,
    dimension_text,
    exact_scale,
    parse_unit,
    same_dimension,
)

_SIGN = re.compile(r"\s+([+-])\s+")
_AMOUNT = re.compile(r"([-+]?(?:\d[\d.]*|\.\d+)(?:[eE][-+]?\d+)?)\s*(.*)", re.ASCII | re.DOTALL)
_OPPOSITE: Mapping[Direction, Direction] = {"lower": "upper", "upper": "lower"}


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, or a range of them.

    Attributes
    ----------
    number : Rounded
        In `unit`.
    bounds : frozenset of Direction
        Empty for a number as it is; {'lower'} where the truth may be anything from there up, {'upper'} from
        there down; both where it may be either.
    """

    number: Rounded
    unit: Unit
    bounds: frozenset[Direction] = frozenset()

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.number + other.to(self.unit).number, self.unit, self.bounds | other.bounds)

    def __sub__(self, other: Amount) -> Amount:
        return Amount(self.number - other.to(self.unit).number, self.unit, self.bounds | _turned(other))

    def __mul__(self, other: Amount) -> Amount:
        """What bounds say holds for amounts that are not below zero."""
        return Amount(self.number * other.number, self.unit * other.unit, self.bounds | other.bounds)

    def __truediv__(self, other: Amount) -> Amount:
        """By an amount above zero; what bounds say holds for amounts that are."""
        unit = _quotient_of(self.unit.text, other.unit.text, self.unit, other.unit)
        return Amount(self.number / other.number, unit, self.bounds | _turned(other))

    def to(self, unit: Unit) -> Amount:
        """The same in another unit of its dimension."""
        return replace(self, number=self.number.scaled(exact_scale(self.unit) / exact_scale(unit)), unit=unit)

    def read_in(self, unit: Unit) -> Amount:
        """Another amount: the same digits, taken to be in another unit."""
        return replace(self, unit=unit)


@lru_cache(maxsize=256)
def _quotient_of(above_text: str, below_text: str, above: Unit, below: Unit) -> Unit:
    """Few units stand in many pairs; the texts tell apart equal units that are written differently."""
    return above / below


def _turned(amount: Amount) -> frozenset[Direction]:
    return frozenset(_OPPOSITE[bound] for bound in amount.bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a ratio divides, or divides by.

    Attributes
    ----------
    text : str
        As it is written.
    entries : tuple of str
        The register entries in it.
    """

    text: str
    amount: Amount
    entries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotient:
    """The two parts of a ratio."""

    above: Part
    below: Part

    @property
    def text(self) -> str:
        """`toll / area`, with sums in parentheses."""
        return " / ".join(
            f"({part.text})" if _SIGN.search(part.text) else part.text for part in (self.above, self.below)
        )

    @property
    def ratio(self) -> Amount | None:
        """The quotient; None where what it divides by may be zero or less."""
        if not self.below.amount.number.is_positive:
            return None
        return self.above.amount / self.below.amount


def amount_of(entry: Entry, unit: Unit) -> Amount | None:
    """What an entry states: its value, or its range from low to high; None for another form."""
    place = entry.place
    digits = [rounded(text) for key in ("value", "low", "high") if (text := _digits(place, key)) is not None]
    if not digits:
        return None
    bounds = frozenset([entry.form.direction]) if isinstance(entry.form, OneSided) else frozenset()
    return Amount(digits[0].to(digits[-1]), unit, bounds)


def _digits(place: Place, key: str) -> str | None:
    """A number's digits as they stand in the file; in tens where it is written to another base."""
    value = place.get(key)
    if value is None:
        return None
    text = value.node.text
    return text if not text.startswith("0x") and not text.startswith("0o") else str(value.node.content)


def parse_amount(text: str, alone: Unit, counting: Collection[str] = ()) -> Amount:
    """Read a number and its unit: `160600 person`, `499.43km2`.

    Parameters
    ----------
    text : str
    alone : Unit
        What a number without a unit is in.
    counting : collection of str
        Names of counting units.

    Raises
    ------
    UnitError
        With what is wrong, and the offset into `text`.
    """
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise UnitError("must be a number with its unit", 0)
    try:
        number = rounded(found[1])
    except ValueError as error:
        raise UnitError(f"'{found[1]}' {error}", 0) from None
    try:
        return Amount(number, parse_unit(found[2], counting) if found[2] else alone)
    except UnitError as error:
        raise UnitError(error.message, found.start(2) + error.offset) from None


def read_quotient(
    place: Place, amounts: Mapping[str, Amount | None], counting: Collection[str], faults: Faults
) -> Quotient | None:
    """What `ratio_of` divides by what; None, and faults, where that cannot be read.

    Parameters
    ----------
    place : Place
        The list of two: each an entry, a number with its unit, or a sum or difference of these; a share may
        be `of` another.
    amounts : mapping of str to Amount
        What each entry states, None where that cannot be divided.
    counting : collection of str
        Names of counting units.
    faults : Faults
        Where faults are put.
    """
    above, below = (_Reader(part, amounts, counting, faults).part() for part in place.elements())
    return None if above is None or below is None else Quotient(above=above, below=below)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one part; `named` gathers the entries in it."""

    place: Place
    amounts: Mapping[str, Amount | None]
    counting: Collection[str]
    faults: Faults
    named: list[str] = field(default_factory=list)

    def part(self) -> Part | None:
        text = self.place.node.text.strip()
        try:
            return Part(text=text, amount=self._sum(text), entries=tuple(self.named))
        except UnitError as error:
            self.faults.add(self.place.within(error.offset), self.place.path, error.message)
            return None

    def _sum(self, text: str) -> Amount:
        first, *others = _terms(text)
        total = self._product(*first[1:])
        for sign, term, offset in others:
            amount = self._product(term, offset)
            if not same_dimension(total.unit, amount.unit):
                kinds = f"{dimension_text(total.unit)} and {dimension_text(amount.unit)}"
                raise UnitError(f"'{text}' adds unlike things, {kinds}", offset)
            total = total + amount if sign == "+" else total - amount
        return total

    def _product(self, term: str, offset: int) -> Amount:
        """One amount, or a share `of` another."""
        share, of, whole = term.partition(" of ")
        amount = self._atom(share.strip(), offset)
        return amount * self._atom(whole.strip(), offset + len(share + of)) if of else amount

    def _atom(self, text: str, offset: int) -> Amount:
        if text not in self.amounts:
            if not text[:1].isdigit():
                raise UnitError(self.faults.unknown("register entry", text, self.amounts), offset)
            try:
                return parse_amount(text, DIMENSIONLESS, self.counting)
            except UnitError as error:
                raise UnitError(error.message, offset + error.offset) from None
        amount = self.amounts[text]
        if amount is None:
            needs = "it needs a value, or low and high, in a known unit"
            raise UnitError(f"'{text}' is no part: {needs}", offset)
        self.named.append(text)
        return amount


def _terms(text: str) -> Iterator[tuple[str, str, int]]:
    """Each term of a sum with its sign and where it begins."""
    sign, start = "+", 0
    for found in _SIGN.finditer(text):
        yield sign, text[start : found.start()], start
        sign, start = found[1], found.end()
    yield sign, text[start:], start
