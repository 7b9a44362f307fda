"""The register: cited facts by id, each a statement with where and when it was published."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from contested.language.faults import Faults
from contested.language.nodes import Evidence, Fact, Form, Statement
from contested.language.periods import Period, days, parse_period
from contested.language.schema import RegisterFile
from contested.language.statement_forms import literal
from contested.language.statement_keys import form_of
from contested.language.structure import check
from contested.language.tree import Place
from contested.language.units import DIMENSIONLESS, Unit, UnitError, parse_unit
from contested.language.yaml_text import load


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A register entry as it stands; its unit is read with the counting units of who uses it."""

    place: Place
    form: Form
    period: Period | None
    published: date  # the first day that the date can mean

    @property
    def id(self) -> str:
        """The entry's id."""
        return str(self.place.path[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register file, read whole.

    Attributes
    ----------
    ids : tuple of str
        Every entry's id, also of those that are at fault.
    entries : mapping of str to Entry
        The entries without fault.
    """

    file: Path
    ids: tuple[str, ...]
    entries: Mapping[str, Entry]
    sha256: str

    def root(self, id_: str) -> str:
        """The publisher from whom an entry comes, its `relays` followed to the end."""
        seen = set[str]()
        while id_ in self.entries and id_ not in seen:
            seen.add(id_)
            place = self.entries[id_].place
            relays = place.text("relays")
            if relays is None:
                return place.text("publisher") or ""
            id_ = relays
        return id_


def read_register(file: Path, shown: str, faults: Faults) -> Register | None:
    """Read a register file whole; None where nothing of it can be read.

    Parameters
    ----------
    file : Path
        The file.
    shown : str
        How it is called in faults.
    faults : Faults
        Where faults are put.
    """
    top = load(file, shown, faults)
    if top is None:
        return None
    check(top, RegisterFile, faults)
    if not top.is_mapping:
        return None
    read = (_entry(place, faults) for _, place in top.items())
    entries = {entry.id: entry for entry in read if entry is not None}
    return Register(file=file, ids=top.keys, entries=entries, sha256=digest(top.plain()))


def digest(content: Any) -> str:
    """SHA-256 of the canonical JSON of what was parsed: the order of keys and the layout do not matter."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(slots=True)
class Facts:
    """The register as one scenario uses it: what it names, in its counting units, known at its date."""

    register: Register | None
    as_of: date | None
    counting: Collection[str]
    faults: Faults
    known: bool = True  # False where the register could not be read: then no name is called unknown
    used: dict[str, Fact] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids that may be named."""
        return self.register.ids if self.register is not None else ()

    def use(self, id_: str, place: Place, offset: int = 0) -> Fact | None:
        """The fact that a place names; faults where there is none, or where it was published too late."""
        if self.register is None or id_ not in self.register.ids:
            if self.known:
                self.faults.add(place.within(offset), place.path, self._missing(id_))
            return None
        entry = self.register.entries.get(id_)
        if entry is not None and self.as_of is not None and entry.published > self.as_of:
            stated = f"is dated {entry.place.text('date')}, after as_of ({self.as_of})"
            self.faults.add(
                place.within(offset), place.path, f"fact '{id_}' {stated}; no later fact may be used"
            )
        return self.fact(id_)

    def fact(self, id_: str) -> Fact | None:
        """A fact by id, None where the register has none that is without fault."""
        if self.register is None or id_ not in self.register.entries:
            return None
        if id_ not in self.asked:
            self.asked.add(id_)
            fact = _fact(self.register.entries[id_], self.counting, self.faults)
            if fact is not None:
                self.used[id_] = fact
        return self.used.get(id_)

    def _missing(self, id_: str) -> str:
        if self.register is None:
            return f"names register entry '{id_}', but the scenario names no register; add register: FILE"
        return self.faults.unknown("register entry", id_, self.register.ids)


def _entry(place: Place, faults: Faults) -> Entry | None:
    if not faults.sound_at(place):
        return None
    row = form_of(place, faults)
    form = None if row is None else literal(row, place, faults)
    period, in_order = read_period(place, faults)
    published = _published(place, faults)
    if form is None or published is None or not in_order:
        return None
    return Entry(place=place, form=form, period=period, published=published)


def read_period(place: Place, faults: Faults) -> tuple[Period | None, bool]:
    """The period under `period`, and whether it could be read (an absent one can)."""
    text, at = place.text("period"), place.get("period")
    if at is not None and not faults.sound_at(at):
        return None, False
    if text is None or at is None:
        return None, True
    try:
        return parse_period(text), True
    except ValueError as error:
        faults.add(at.location, at.path, str(error))
        return None, False


def _published(place: Place, faults: Faults) -> date | None:
    text, at = place.text("date") or "", place.get("date") or place
    try:
        return days(text)[0]
    except ValueError as error:
        faults.add(at.location, at.path, f"{error}; write it as 2025, 2025-05 or 2025-05-03")
        return None


def _fact(entry: Entry, counting: Collection[str], faults: Faults) -> Fact | None:
    place = entry.place
    unit = read_unit(place, counting, faults, DIMENSIONLESS)
    if unit is None:
        return None
    statement = Statement(
        path=f"register.{entry.id}",
        location=place.location,
        unit=unit,
        form=entry.form,
        evidence=Evidence(cites=(entry.id,), because=place.text("because")),
    )
    return Fact(
        id=entry.id,
        statement=statement,
        measures=place.text("measures"),
        period=entry.period,
        place=place.text("place"),
        publisher=place.text("publisher") or "",
        title=place.text("title") or "",
        date=place.text("date") or "",
        relays=place.text("relays"),
        url=place.text("url"),
    )


def read_unit(place: Place, counting: Collection[str], faults: Faults, absent: Unit | None) -> Unit | None:
    """The unit under `unit`, `absent` where there is none, and None where it cannot be read."""
    at = place.get("unit")
    if at is None:
        return absent
    if not faults.sound_at(at):
        return None
    try:
        return parse_unit(at.node.text, counting)
    except UnitError as error:
        faults.add(at.within(error.offset), at.path, error.message)
        return None
