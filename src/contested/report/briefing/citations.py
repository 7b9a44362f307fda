"""What was published, as a briefing cites it."""

from __future__ import annotations

from collections.abc import Mapping

from contested.answers.amounts import stated
from contested.answers.cited import Cited
from contested.language.nodes import Study
from contested.language.periods import Period
from contested.language.units import Unit
from contested.report.briefing.evidence import Citation
from contested.report.plain import plain, printable
from contested.report.statements import in_words
from contested.report.wording import period, spoken_unit


def of_fact(study: Study, id_: str) -> Citation:
    """A fact that the scenario uses."""
    fact = study.facts[id_]
    return Citation(
        id=printable(fact.id),
        publisher=plain(fact.publisher),
        title=plain(fact.title),
        date=plain(fact.date),
        states=in_words(study, fact.statement),
        measures=plain(fact.measures or ""),
        extent=_extent(fact.place, fact.period),
        relays=_relayed(fact.relays, {name: other.publisher for name, other in study.facts.items()}),
        url=printable(fact.url or ""),
    )


def of_entry(entry: Cited, cited: Mapping[str, Cited]) -> Citation:
    """An entry of the register, whether the scenario uses it or not."""
    publishers = {name: other.text("publisher") for name, other in cited.items()}
    return Citation(
        id=printable(entry.id),
        publisher=plain(entry.text("publisher")),
        title=plain(entry.text("title")),
        date=plain(entry.text("date")),
        states="" if entry.amount is None else in_spoken_unit(stated(entry.amount), entry.amount.unit),
        measures=plain(entry.text("measures")),
        extent=_extent(entry.text("place"), entry.period),
        relays=_relayed(entry.text("relays"), publishers),
        url=printable(entry.text("url")),
    )


def in_spoken_unit(text: str, unit: Unit) -> str:
    """An amount's text with its unit as words: `99 people per km²`."""
    return plain(f"{text.removesuffix(str(unit))}{spoken_unit(str(unit))}" if str(unit) else text)


def _extent(place: str | None, when: Period | None) -> str:
    return ", ".join(filter(None, (plain(place or ""), period(when) if when else "")))


def _relayed(relays: str | None, publishers: Mapping[str, str]) -> str:
    """Whom a fact passes on: the publisher of the entry that it names, or the name that stands there."""
    return plain(publishers.get(relays, relays)) if relays else ""
