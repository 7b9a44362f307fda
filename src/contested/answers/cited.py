"""A register's entries with their units and amounts, as those that look through it need them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from contested.language.draft import folded
from contested.language.faults import Faults
from contested.language.periods import Period
from contested.language.ratios import Amount, Quotient, amount_of, read_quotient
from contested.language.register import Entry, Register, read_unit
from contested.language.tree import Place
from contested.language.unit_text import UnitError, factors
from contested.language.units import DIMENSIONLESS, UNIT_NAMES, Unit, unit_meant

_PER = " per "


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """An entry that can be worked with.

    Attributes
    ----------
    amount : Amount or None
        Its value, or its range from low to high; None for an entry in another form.
    quotient : Quotient or None
        What it says it is the ratio of.
    """

    entry: Entry
    unit: Unit
    amount: Amount | None
    quotient: Quotient | None

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def place(self) -> Place:
        """Where it stands in the file."""
        return self.entry.place

    @property
    def period(self) -> Period | None:
        """The days that it is of."""
        return self.entry.period

    def text(self, key: str) -> str:
        """What stands under a key, on one line; empty where it is absent."""
        return " ".join((self.place.text(key) or "").split())

    @property
    def publication(self) -> tuple[str, str, str]:
        """Publisher, date and address: two entries that share them were published together."""
        return folded(self.text("publisher")), self.text("date"), self.text("url")

    @property
    def is_ratio(self) -> bool:
        """Whether it states how much of one thing there is for another."""
        if self.quotient is not None or _PER in f" {folded(self.text('measures'))} ":
            return True
        powers = [power for _, power in self.unit.dimension]
        return any(power < 0 for power in powers) and any(power > 0 for power in powers)

    @property
    def counts(self) -> str:
        """What a ratio's numerator measures, as the ratio's own measure says: the words before 'per'."""
        return folded(self.text("measures")).partition(_PER)[0]


def read_cited(register: Register, faults: Faults) -> Mapping[str, Cited]:
    """Every entry of a register by id, in the order of the file.

    Parameters
    ----------
    register : Register
    faults : Faults
        Where unknown units go, and ratios of what is not there.
    """
    counting = counting_units(register)
    units = {
        id_: unit
        for id_, entry in register.entries.items()
        if (unit := read_unit(entry.place, counting, faults, DIMENSIONLESS)) is not None
    }
    amounts: dict[str, Amount | None] = dict.fromkeys(register.ids)
    amounts |= {id_: amount_of(register.entries[id_], unit) for id_, unit in units.items()}
    return {
        id_: Cited(
            entry=(entry := register.entries[id_]),
            unit=unit,
            amount=amounts[id_],
            quotient=_quotient(entry, amounts, counting, faults),
        )
        for id_, unit in units.items()
    }


def counting_units(register: Register) -> frozenset[str]:
    """The names in a register's units that can only be counted things: tank, case.

    A register declares none, its scenarios do. So a name is taken for one unless it is like a unit that there
    is, or like another such name that stands more often: then it is misspelt, and a fault.
    """
    names = Counter(
        name
        for entry in register.entries.values()
        for name in _names(entry.place.text("unit") or "")
        if name not in UNIT_NAMES and not unit_meant(name)
    )
    return frozenset(
        name
        for name, times in names.items()
        if not any(names[other] > times for other in get_close_matches(name, names, len(names)))
    )


def _names(unit: str) -> Iterator[str]:
    try:
        yield from (symbol for symbol, _ in factors(unit) if not symbol[0].isdigit())
    except UnitError:  # told where the unit is read
        return


def _quotient(
    entry: Entry, amounts: Mapping[str, Amount | None], counting: Collection[str], faults: Faults
) -> Quotient | None:
    place = entry.place.get("ratio_of")
    return None if place is None else read_quotient(place, amounts, counting, faults)
