"""What a scenario declares before any statement is read: register, names, units, disputes and weightings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from contested.language.binding import Units
from contested.language.faults import Faults, nearest, unknown
from contested.language.files import inside
from contested.language.grammar import RESERVED as WORDS
from contested.language.names import Declared
from contested.language.nodes import NONE_OF_THESE, Dispute, Source, Weights
from contested.language.register import Facts, Register, read_register, read_unit
from contested.language.tree import Place
from contested.language.units import DIMENSIONLESS, Unit
from contested.language.weighting import EVEN, RESERVED, SHARE_IS_STATED, Way, even, read_weighting


def entries(top: Place, section: str) -> list[tuple[str, Place]]:
    """Names and values of a section of the file, none where it is absent."""
    place = top.get(section)
    return [] if place is None else list(place.items())


def open_register(folder: Path, path: Path, top: Place, faults: Faults) -> tuple[Register | None, bool]:
    """The register, and whether what it does not hold may be called unknown."""
    place = top.get("register")
    if place is None:
        return None, True
    if not faults.sound_at(place):
        return None, False
    file = inside(folder, place, faults)
    if file is None:
        return None, False
    register = read_register(file, str(path.parent / place.node.text), faults)
    return register, register is not None


def declared_names(top: Place, facts: Facts, repeated: Mapping[str, str]) -> Declared:
    """Every name that a formula could mean; `repeated` says what a name is that stands for many."""
    figures = {}
    for name, place in entries(top, "figures"):
        claims = place.get("claims")
        figures[name] = claims.keys if claims is not None else ()
    sections = ("inputs", "estimates", "questions", "disputes")
    names = {section: tuple(name for name, _ in entries(top, section)) for section in sections}
    return Declared(
        inputs=names["inputs"],
        facts=facts.ids,
        figures=figures,
        estimates=names["estimates"],
        questions=names["questions"],
        disputes=names["disputes"],
        repeated=repeated,
    )


def all_named(top: Place) -> bool:
    """Whether every section that declares names could be read, so that what it lacks is unknown."""
    sections = (top.get(section) for section in ("inputs", "figures", "estimates"))
    return all(section is None or section.is_mapping for section in sections)


def check_names(top: Place, faults: Faults) -> None:
    """Words of formulas and reserved names name nothing."""
    for section in ("inputs", "figures", "estimates", "questions", "disputes", "weightings"):
        for name, at in entries(top, section):
            _check_name(name, at, RESERVED if section in ("disputes", "weightings") else (), faults)
            sources = at.get("sources")
            for source, place in sources.items() if sources is not None and section == "disputes" else ():
                _check_name(source, place, RESERVED, faults)


def _check_name(name: str, at: Place, reserved: tuple[str, ...], faults: Faults) -> None:
    if name in reserved or name in WORDS:
        why = "is reserved" if name in reserved else "is a word of the formula language"
        remedy = SHARE_IS_STATED if name == NONE_OF_THESE else "choose another name"
        faults.add(at.key_location, at.path[:-1], f"'{name}' {why}; {remedy}")


def stated_units(top: Place, facts: Facts, faults: Faults) -> Units:
    """Units of inputs, figures and estimates; an input that is a fact has the fact's."""

    def stated(section: str) -> dict[str, Unit | None]:
        return {name: _stated_unit(place, facts, faults) for name, place in entries(top, section)}

    inputs = {**stated("inputs")}
    for name, place in entries(top, "inputs"):
        fact = place.text("fact")
        if fact is not None and place.get("unit") is None:
            cited = facts.fact(fact)
            inputs[name] = None if cited is None else cited.statement.unit
    return Units(inputs=inputs, figures=stated("figures"), estimates=stated("estimates"), facts=facts)


def _stated_unit(place: Place, facts: Facts, faults: Faults) -> Unit | None:
    """A unit as stated; None where it cannot be told, the key being misspelt perhaps."""
    misspelt = (at for key, at in place.items() if not faults.sound_at(at) and nearest(key, ("unit",)))
    absent = None if not place.is_mapping or any(misspelt) else DIMENSIONLESS
    return read_unit(place, facts.counting, faults, absent)


def read_disputes(top: Place) -> dict[str, Dispute]:
    """All disputes; where one is at fault, as far as names and sources can be told."""
    disputes = {}
    for name, place in entries(top, "disputes"):
        sources, share = place.get("sources"), place.number("none_of_these") or 0.0
        members = {source: _source(source, at) for source, at in sources.items()} if sources else {}
        if members and place.get("none_of_these") is not None:
            members[NONE_OF_THESE] = Source(name=NONE_OF_THESE, title="None of these")
        disputes[name] = Dispute(
            name=name,
            title=place.text("title") or "",
            sources=members,
            none_of_these=share if 0 < share < 1 else 0.0,
        )
    return disputes


def _source(name: str, place: Place) -> Source:
    if isinstance(place.node.content, str):
        return Source(name=name, title=place.node.content)
    title = place.text("title") or ""
    return Source(name=name, title=title, because=place.text("because"), relays=place.text("relays"))


def read_weightings(
    top: Place, disputes: Mapping[str, Dispute], ways: Mapping[str, Way], faults: Faults
) -> dict[str, Weights]:
    """All named weightings and `even`, complete and normalised; `ways` are what `by` may name."""
    named: dict[str, Weights] = {
        name: read_weighting(place, disputes, ways, faults) for name, place in entries(top, "weightings")
    }
    return {**named, EVEN: {name: even(dispute) for name, dispute in disputes.items()}}


def read_default(top: Place, weightings: Mapping[str, Weights], faults: Faults) -> str:
    """The name of the weighting that is used where none is asked for."""
    at = top.get("default")
    if at is None:
        return EVEN
    name = at.node.text
    if faults.sound_at(at) and name not in weightings:
        faults.add(at.location, at.path, unknown("weighting", name, weightings))
    return name
