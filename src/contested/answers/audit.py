"""A register looked through: what its entries say of one another that cannot all be meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from contested.answers.amounts import stated
from contested.answers.audit_entries import duplicates, periods, relays, units
from contested.answers.audit_ratios import Ratios, contradictions, stated_ratios
from contested.answers.cited import Cited, counting_units, read_cited
from contested.answers.finding import Finding
from contested.answers.pairs import Pairs
from contested.errors import ContestedError
from contested.language.draft import folded
from contested.language.faults import Faults, quoted
from contested.language.register import Register, read_register

_KEYBOARD = str.maketrans("²", "2")  # km2 finds km²


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A register that has been read and can be worked with.

    Attributes
    ----------
    shown : str
        How its file is called.
    cited : mapping of str to Cited
        Every entry by id, in the order of the file.
    counting : tuple of str
        The counting units that its entries are in, sorted.
    """

    shown: str
    register: Register
    cited: Mapping[str, Cited]
    counting: tuple[str, ...]

    def holding(self, text: str) -> list[Cited]:
        """The entries in any of whose fields a text stands; case and spacing do not count."""
        sought = _searchable(text)
        return [entry for entry in self.cited.values() if sought in _searchable(_all_of(entry))]


def _searchable(text: str) -> str:
    return folded(text).translate(_KEYBOARD)


def _all_of(entry: Cited) -> str:
    fields = map(str, entry.place.plain().values())
    number = "" if entry.amount is None else stated(entry.amount)
    return "\n".join((entry.id, number, *fields))


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """What looking through a register found, in the order of the file."""

    library: Library
    ratios: Ratios
    findings: tuple[Finding, ...]


def open_register(file: Path) -> Library:
    """Read a register with its units and ratios.

    Raises
    ------
    ScenarioError
        With every fault: what cannot be read, unknown units, and parts of ratios that are not there.
    ContestedError
        Where there is no such file.
    """
    if not file.exists():
        raise ContestedError(f"no register {quoted(str(file))} here; name one with --register FILE")
    shown, faults = str(file), Faults()
    register = read_register(file, shown, faults)
    faults.raise_if_any()
    assert register is not None  # what cannot be read is a fault
    cited = read_cited(register, faults)
    faults.raise_if_any()
    return Library(
        shown=shown, register=register, cited=cited, counting=tuple(sorted(counting_units(register)))
    )


def audit(library: Library) -> Audit:
    """Look through a register: ratios, units, places and periods, duplicates, relays.

    Raises
    ------
    ScenarioError
        Where a ratio is in no unit of its parts' quotient.
    """
    faults, cited = Faults(), library.cited
    pairs = Pairs.of(cited)
    ratios = stated_ratios(cited, pairs, faults)
    faults.raise_if_any()
    slipped = {finding.entry for finding in ratios.findings if finding.kind == "unit"}
    findings = chain(
        ratios.findings,
        contradictions(cited, pairs),
        (finding for finding in units(cited) if finding.entry not in slipped),
        periods(cited),
        duplicates(cited),
        relays(cited, library.register.ids),
    )
    return Audit(
        library=library, ratios=ratios, findings=tuple(sorted(findings, key=lambda finding: finding.location))
    )
