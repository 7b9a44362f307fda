"""Whether it matters whom one believes, and how much, in a few sentences."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.bounds import Bound, Settled
from contested.answers.compared import compared
from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.answers.grade import EVEN
from contested.engine.precision import CLEAR
from contested.language.bound_algebra import Bounded
from contested.report.layout import Heading, Line, Note
from contested.report.plain import plain
from contested.report.rows import cells
from contested.report.wording import NONE, median, share, span, spoken_unit


def short_lines(comparison: Comparison) -> Iterator[Line]:
    """The first estimate's median over whom one may believe, and which questions hang on it."""
    yield Heading("Does it matter whom you believe?")
    if not comparison.study.disputes:
        yield Note("No source is in dispute here: rules, scopes and weightings change nothing.", indent=2)
    name, estimate = next(iter(comparison.study.estimates.items()))
    weighted, named, whole, believed = medians(comparison, name)
    unit = plain(spoken_unit(str(estimate.unit)))
    if believed != NONE:
        centre = (
            f"“{plain(estimate.title)}”: the median is {weighted}{f' {unit}' if unit else ''} as weighted"
        )
        others = f"{named} under the weightings that have a name, and {whole} under any"
        yield Note(f"{centre}, {others}; {believed} of the variance is whom you believe.", indent=2)
    for words, questions in _by_what_they_hang_on(comparison).items():
        if questions:
            yield Note(f"{words}: {', '.join(questions)}.", indent=2)
    yield Note("")


def medians(comparison: Comparison, name: str) -> tuple[str, str, str, str]:
    """An estimate's median as weighted, under named weightings and under any; what is whom you believe."""
    answer = comparison.result.estimates[name]
    if isinstance(answer, Bound) or answer.summary is None:
        return cells(answer)[0], NONE, NONE, NONE
    weighted = median(answer.summary)
    if not answer.by_source:
        return weighted, NONE, NONE, NONE
    each = [_median(result.estimates[name]) for result in comparison.weightings.values()]
    known = [value for value in each if value is not None]
    envelope, shares = comparison.sets["all"].estimates[name], answer.disagreement_share
    return (
        weighted,
        span(min(known), max(known), 0.0, 0.0) if known and len(known) == len(each) else NONE,
        span(*envelope.median, 0.0, 0.0) if envelope else NONE,
        share(shares["all"].value, shares["all"].mcse) if shares else NONE,
    )


def _median(answer: Answer | Bound | Bounded) -> float | None:
    return answer.summary.median if isinstance(answer, Answer) and answer.summary else None


def _by_what_they_hang_on(comparison: Comparison) -> dict[str, list[str]]:
    """Questions that are likelier true, or not, under every weighting; those that are either; the rest."""
    whoever = ", whoever is believed" if comparison.study.disputes else ""
    found: dict[str, list[str]] = {
        f"More likely than not{whoever}": [],
        f"Less likely than not{whoever}": [],
        "It depends on whom you believe": [],
        "As likely as not, or too near to tell, under some weighting": [],
        "No verdict, since unlike things stand side by side in it": [],
    }
    likely, unlikely, either, near, unlike = found.values()
    for name, question in comparison.result.questions.items():
        ends = comparison.sets["all"].questions[name]
        if ends is None:
            continue
        slack = 0.0 if isinstance(question, Settled) else CLEAR * (question.mcse or 0.0)
        if any(mismatch.because for mismatch in compared(comparison.study, name)):
            kind = unlike
        elif ends[0] > EVEN + slack:
            kind = likely
        elif ends[1] < EVEN - slack:
            kind = unlikely
        else:
            kind = either if ends[0] < EVEN - slack and ends[1] > EVEN + slack else near
        kind.append(f"“{plain(question.title)}”")
    return found
