"""What a result rests on, for people: what is cited and what is judged, apart, and all that was adjusted.

What a scenario says once for every month or quarter is told once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contested.answers.assumptions import Assumptions, Cited
from contested.language.nodes import Study
from contested.report.layout import Heading, Line, Note
from contested.report.once import Once
from contested.report.plain import plain


def assumed_lines(found: Assumptions, study: Study) -> Iterator[Line]:
    """Everything that the numbers rest on, under a heading each."""
    once = Once(study)
    yield from _list("Cited", map(_cited, found.cited))
    yield from _list("Judged", once.told((judged.path, judged.because) for judged in found.judged))
    yield from _list("No data of their own", (_without(name, study) for name in found.without_own_evidence))
    yield from _list(
        "Unlike things side by side",
        once.told(
            (m.path, f"{plain(m.difference)}{f'; {plain(m.because)}' if m.because else ''}")
            for m in found.mismatches
        ),
    )
    yield from _list(
        "Converted",
        once.told(
            (c.path, f"from {c.from_unit} to {c.to_unit}, times {c.factor:.7g}") for c in found.conversions
        ),
    )
    yield from _list(
        "Correlations moved to the nearest possible",
        once.told((", ".join(r.paths), f"none by more than {r.largest_change:.2g}") for r in found.repairs),
    )


def _list(title: str, texts: Iterable[str]) -> Iterator[Line]:
    items = [Note(plain(text), indent=2, bullet="-") for text in texts]
    if items:
        yield Note("")
        yield Heading(title)
        yield from items


def _cited(cited: Cited) -> str:
    fact = cited.fact
    relayed = f"; relays {plain(fact.relays)}" if fact.relays else ""
    return f"{plain(fact.publisher)}, “{plain(fact.title)}”, {plain(fact.date)}{relayed} [{fact.id}]"


def _without(name: str, study: Study) -> str:
    dispute, source = name.split(".")
    title = plain(study.disputes[dispute].sources[source].title)
    return f"{title} ({dispute}.{source}): all its claims are computed from another source's"
