"""The headline: its sentence, and the numbers and qualifiers in it, apart."""

from __future__ import annotations

from collections.abc import Iterator

from contested.report.briefing.sections import Headline, LinesOfEvidence, SourceMedian
from contested.report.briefing.values import Answered
from contested.report.outline.blocks import (
    Amount,
    Block,
    Line,
    Paragraph,
    Strong,
    listing,
    paragraph,
    term,
    terms,
)

_APART = "The first question, if a source may be right on one figure and wrong on another"
_KINDS = {"equal-tailed": "interval", "hdi": "highest-density interval"}


def headline(found: Headline) -> Iterator[Block]:
    """The blocks that stand on the first page."""
    yield Paragraph((Strong(found.statement),))
    yield paragraph(found.sentence)
    yield from listing(_lines(found))


def _lines(found: Headline) -> Iterator[Line]:
    yield term("Estimate", found.title)
    if found.extent:
        yield term("Place and dates", found.extent)
    yield from (term("Meaning", each) for each in found.meanings)
    if found.counted_unit:
        yield term("Unit", found.counted_unit)
    yield from _numbers(found.answer, found.spoken_unit)
    if found.least is not None and found.most is not None:
        yield term("Sources", found.hinge)
        yield _by_source("Lowest median", found.least, found.spoken_unit)
        yield _by_source("Highest median", found.most, found.spoken_unit)
        yield from terms(dict.fromkeys((*found.least.glosses, *found.most.glosses)))
    if found.apart is not None:
        yield term(_APART, Amount(found.apart.text))
    yield term("Pooled under", found.weighting)
    yield from (term("Weights", each) for each in found.weights)
    yield from map(_independent, found.lines)
    yield term("As of", found.as_of)
    if found.last_fact:
        yield term("Last fact used", found.last_fact)


def _numbers(answer: Answered, unit: str) -> Iterator[Line]:
    if answer.bound is not None:
        yield term("Bound", Amount(answer.bound.text, unit))
    if answer.median is not None:
        yield term("Median", Amount(answer.median.text, unit))
    for each in answer.intervals:
        yield term(f"{each.level_text} {_KINDS[each.kind]}", Amount(each.text, unit))
    if answer.reason:
        yield term("Note", answer.reason)
    for instead in answer.instead:
        title = f"{instead.title[0].upper()}{instead.title[1:]}"
        yield term(title, Amount(instead.answer.text, instead.unit))


def _by_source(label: str, found: SourceMedian, unit: str) -> Line:
    return term(label, Amount(found.median.text, unit), f" if one takes {found.sources}")


def _independent(found: LinesOfEvidence) -> Line:
    shared = f" ({'; '.join(found.shared)})" if found.shared else ""
    return term("Independent lines of evidence", Amount(found.number.text), f" in “{found.title}”{shared}")
