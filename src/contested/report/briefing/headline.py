"""The headline: the sentence to copy, and what stands in it, apart."""

from __future__ import annotations

from collections.abc import Mapping

from contested.answers.comparison import Comparison
from contested.answers.result import Result
from contested.engine.precision import Measured
from contested.report.briefing.answers import answered, numbered, spoken
from contested.report.briefing.sections import Headline, LinesOfEvidence, SourceMedian
from contested.report.briefing.values import Number
from contested.report.naming import sources_of
from contested.report.plain import plain
from contested.report.qualifiers import disputes_of, last_fact, line_count, medians_by_source
from contested.report.sentence import meanings, sentence, statement
from contested.report.wording import day, enumerated, weighting, weights


def headline(comparison: Comparison, estimate: str) -> Headline:
    """The headline of one estimate."""
    study, result = comparison.study, comparison.result
    answer = result.estimates[estimate]
    shared, meant = meanings(study, estimate)
    disputes = disputes_of(study, answer)
    said = statement(answer)
    by_source = medians_by_source(answer)
    return Headline(
        sentence=sentence(result, estimate),
        statement=f"{said[0].upper()}{said[1:]}.",
        estimate=estimate,
        title=plain(answer.title),
        unit=plain(str(answer.unit)),
        spoken_unit=spoken(str(answer.unit)),
        extent=shared,
        meanings=tuple(meant),
        answer=answered(answer),
        least=None if by_source is None else _of(result, by_source.least_of, by_source.least),
        most=None if by_source is None else _of(result, by_source.most_of, by_source.most),
        weighting=weighting(result.weighting),
        weights=tuple(weights(result.weights, study, disputes)),
        lines=tuple(_lines(comparison, name) for name in disputes),
        as_of=day(study.as_of),
        last_fact=last_fact(study) or "",
    )


def _of(result: Result, sources: Mapping[str, str], median: Measured) -> SourceMedian:
    return SourceMedian(
        sources=sources_of(result.study, sources, weights=result.weights),
        median=numbered(median.value, median.mcse),
    )


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
