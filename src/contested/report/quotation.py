"""The sentence to quote: short, with its qualifiers inside. How the sources are weighted stands after it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.answers.bounds import Bound
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.language.nodes import Study
from contested.report.counted import InFull, Term, sides_beside, terms_of
from contested.report.measures import Sides
from contested.report.plain import plain
from contested.report.qualifiers import (
    MediansBySource,
    disputes_of,
    idle,
    inverses_by_source,
    last_fact,
    lines_of,
    lines_text,
    medians_by_source,
    owned,
    without_range,
)
from contested.report.wording import Printed, bound, enumerated, known_by, per_cent, share


def quotation(result: Result, name: str) -> str:
    """What an estimate comes to, in one sentence that can be quoted alone; see `quoted`."""
    estimate, answer = result.study.estimates[name], result.estimates[name]
    expression = estimate.formula.expression
    return quoted(
        result,
        answer,
        terms_of(result.study, expression),
        title=estimate.title,
        sides=sides_beside(result.study, expression),
        unlike=owned(f"estimates.{name}", expression, result.study),
    )


def quoted(
    result: Result,
    answer: Answer | Bound,
    terms: Sequence[Term],
    *,
    title: str,
    sides: Sides | None,
    unlike: Sequence[str] = (),
    over: str = "",
) -> str:
    """The sentence for an answer.

    It names the estimate, place and dates, what is counted and measured, the median, the interval, why
    unlike things stand side by side where the scenario owns that they do, the range of medians over
    sources, the number of independent lines of evidence, and up to when facts were used.

    Parameters
    ----------
    terms : sequence of Term
        What its figures count or measure.
    title : str
        What it is called.
    sides : Sides or None
        What it measures, where it is more than one of these figures, or one over another.
    unlike : sequence of str
        Why unlike things that enter it serve all the same.
    over : str
        What it is summed over, to stand after place and dates.
    """
    full = InFull.of(terms, answer.unit, sides)
    where = f" ({full.shared})" if full.shared else ""
    meant = f", where {enumerated(full.meanings)}" if full.meanings else ""
    parts = [
        f"For “{plain(title)}”{where}{over}{meant}, {_numbers(answer, full.unit, terms, sides)}",
        *([f"unlike things stand side by side in it ({' / '.join(map(plain, unlike))})"] if unlike else []),
        *_range(answer),
        _grounds(result, answer),
    ]
    return f"{'; '.join(parts)}."


def _numbers(answer: Answer | Bound, unit: str, terms: Sequence[Term], sides: Sides | None) -> str:
    if isinstance(answer, Bound):
        why = "it is exact" if answer.direction == "exact" else "bounds are all that is stated"
        held = _measured(bound(answer.value, answer.direction), unit)
        return f"what follows is {held}, with no interval, because {why}"
    if answer.summary is not None:
        return _median_and_interval(answer.summary, unit)
    if answer.estimable:
        return f"there is no interval, which is {plain(answer.undefined or '')}"
    vanishing = share(answer.denominator_nonpositive)
    found = f"there is no ratio, because the model puts {vanishing} on a denominator of zero or less"
    if answer.inverse is None:
        return found
    turned = InFull.of(terms, answer.inverse_unit, sides)
    return f"{found}; of the inverse, {_median_and_interval(answer.inverse, turned.unit)}"


def _median_and_interval(summary: Summary, unit: str) -> str:
    shown, widest = Printed.of(summary), summary.intervals[-1]
    centre, level = f"the median is {_measured(shown.median, unit)}", per_cent(widest.level)
    if widest.low == widest.high:
        return f"{centre}, and {level} of the model's weight or more is on this one value"
    densest = ", where it is densest," if widest.kind == "hdi" else ""
    pieces = (piece.partition(" to ") for piece in shown.pieces[-1])
    lies = " or ".join(f"between {low} and {high}" if to else f"on {low}" for low, to, high in pieces)
    return f"{centre}, and {level} of the model's weight{densest} lies {lies}"


def _measured(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text


def _range(answer: Answer | Bound) -> Iterator[str]:
    """The range of medians over sources, where they differ in what is printed, or why there is none."""
    found, what = _by_source(answer)
    if found is None:
        why = without_range(answer)
        yield from [why] if why else []
        return
    low, high = found.ends
    if low != high:
        assert not isinstance(answer, Bound)
        beside = idle(found, answer.weights)
        yield f"the median{what} runs from {low} to {high} as one source or another is taken{beside}"


def _by_source(answer: Answer | Bound) -> tuple[MediansBySource | None, str]:
    """The range, and of what it is: of the inverse where there is no ratio."""
    if isinstance(answer, Bound) or answer.estimable:
        return medians_by_source(answer), ""
    return inverses_by_source(answer), " of the inverse"


def _grounds(result: Result, answer: Answer | Bound) -> str:
    """The lines of evidence that it rests on, and up to when facts were used."""
    study = result.study
    known = _known(study)
    disputes = disputes_of(study, answer)
    if not disputes:
        return f"no source is in dispute, {known}"
    lines = lines_text(study, {name: lines_of(result, name) for name in disputes})
    return f"this rests on {lines}, {known}"


def _known(study: Study) -> str:
    """Up to when facts might be used, and of when the last of them is."""
    latest, known = last_fact(study), known_by(study)
    if not latest:
        return known
    return (
        f"{known}, the day of the last fact used"
        if known.endswith(f" {latest}")
        else (f"{known} (the last fact used is of {latest})")
    )
