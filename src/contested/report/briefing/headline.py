"""The headline: the sentence to copy, and what stands in it, apart."""

from __future__ import annotations

from collections.abc import Mapping

from contested.answers.comparison import Comparison
from contested.answers.result import Result
from contested.engine.precision import Measured
from contested.language.scopes import NotApplicable
from contested.report.briefing.answers import answered, chance_of
from contested.report.briefing.glosses import glosses
from contested.report.briefing.sections import Headline, LinesOfEvidence, SourceMedian
from contested.report.briefing.values import Chance, Interval, Number
from contested.report.counted import counted_unit, people_of, short_unit, shortly
from contested.report.naming import sources_of
from contested.report.plain import plain
from contested.report.qualifiers import (
    MediansBySource,
    disputes_of,
    last_fact,
    line_count,
    medians_by_source,
)
from contested.report.quotation import quotation
from contested.report.sentence import meanings, statement
from contested.report.wording import day, enumerated, weighting, weights

# Of the widest interval's width, from which on a range of medians over sources is said to be what an answer
# hinges on: two sources of even weight that lie a third of a 90 % interval apart are 30 % of its variance.
_GOOD_PART = 1 / 3


def headline(comparison: Comparison, estimate: str) -> Headline:
    """The headline of one estimate."""
    study, result = comparison.study, comparison.result
    answer = result.estimates[estimate]
    shared, meant = meanings(study, estimate)
    disputes = disputes_of(study, answer)
    said = shortly(statement(answer), people_of(study, estimate))
    by_source, found = medians_by_source(answer), answered(answer)
    return Headline(
        sentence=quotation(result, estimate),
        statement=f"{said[0].upper()}{said[1:]}.",
        estimate=estimate,
        title=plain(answer.title),
        unit=plain(str(answer.unit)),
        spoken_unit=short_unit(study, estimate, answer.unit),
        counted_unit=counted_unit(study, estimate, answer.unit),
        extent=shared,
        meanings=tuple(meant),
        answer=found,
        hinge="" if by_source is None else _hinge(by_source, found.widest),
        least=None if by_source is None else _least(result, estimate, by_source),
        most=None if by_source is None else _most(result, estimate, by_source),
        weighting=weighting(result.weighting),
        weights=tuple(weights(result.weights, study, disputes)),
        lines=tuple(_lines(comparison, name) for name in disputes),
        as_of=day(study.as_of),
        last_fact=last_fact(study) or "",
        apart=_apart(comparison),
    )


def _hinge(found: MediansBySource, widest: Interval | None) -> str:
    """Whether the answer hinges on whom one believes, as half a sentence for the two medians to follow."""
    if widest is None:
        return "If one takes one source or another"
    if found.most.value - found.least.value >= _GOOD_PART * (widest.high - widest.low):
        return "It hinges on whom one believes"
    return (
        f"Whom one believes moves the median by less than a third of the {widest.level_text} interval's width"
    )


def _least(result: Result, estimate: str, found: MediansBySource) -> SourceMedian:
    return _of(result, estimate, found.least_of, found.least, found.ends[0])


def _most(result: Result, estimate: str, found: MediansBySource) -> SourceMedian:
    return _of(result, estimate, found.most_of, found.most, found.ends[1])


def _of(
    result: Result, estimate: str, sources: Mapping[str, str], median: Measured, text: str
) -> SourceMedian:
    return SourceMedian(
        sources=sources_of(result.study, sources, weights=result.weights),
        median=Number(value=median.value, mcse=median.mcse, text=text),
        glosses=tuple(glosses(result.study, estimate, sources)),
    )


def _apart(comparison: Comparison) -> Chance | None:
    """The first question's probability if a source may be right on one figure and wrong on another."""
    said = ((name, chance_of(answer)) for name, answer in comparison.result.questions.items())
    asked = next(((name, chance) for name, chance in said if chance is not None), None)
    scope = comparison.asked_under["per_figure"]
    if asked is None or isinstance(scope, NotApplicable) or asked[0] not in scope.questions:
        return None
    found = chance_of(scope.questions[asked[0]])
    return None if found is None or found.text == asked[1].text else found


def _lines(comparison: Comparison, name: str) -> LinesOfEvidence:
    dispute = comparison.study.disputes[name]
    lines = comparison.effective_lines[name]
    members: dict[str, list[str]] = {}
    for source, line in comparison.study.lines[name].items():
        members.setdefault(line, []).append(f"“{plain(dispute.sources[source].title)}”")
    return LinesOfEvidence(
        dispute=name,
        title=plain(dispute.title),
        number=Number(value=lines, text=line_count(lines)),
        shared=tuple(f"{enumerated(each)} are one" for each in members.values() if len(each) > 1),
    )
