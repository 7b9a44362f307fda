"""The rows of the table: an estimate's or a question's numbers, by source underneath."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from contested.answers.bounds import Bound, Settled
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.precision import half_width, probability_text
from contested.language.bound_algebra import Bounded
from contested.language.formula import Expression
from contested.language.nodes import Study
from contested.report.layout import Drawing, Line, Note, Row, Scale
from contested.report.plain import plain
from contested.report.qualifiers import owned
from contested.report.strip import Strips
from contested.report.wording import (
    NONE,
    Printed,
    bound,
    number,
    per_cent,
    pieces,
    share,
    titled,
)

T = TypeVar("T")

ALL = "all, as weighted"
UNDISPUTED = "as stated"
_VANISHING = "{} is zero or negative with probability"


def estimate_headings(result: Result) -> Row:
    """The headings of the columns of estimates."""
    report = result.study.report
    kind = "interval" if report.kind == "equal-tailed" else "HDI"
    return Row("", ("median", *(f"{per_cent(level)} {kind}" for level in report.levels)))


def estimate_rows(answer: Answer | Bound, study: Study, *, strips: bool = False) -> Iterator[Line]:
    """One estimate: all sources, then each source of each dispute that it depends on.

    Parameters
    ----------
    strips : bool
        Whether each row has a density strip.
    """
    yield Row(titled(answer.title, str(answer.unit)), (), strong=True)
    whole = ALL if answer.by_source else UNDISPUTED
    if isinstance(answer, Bound):
        held = Bounded(answer.value, answer.direction)
        yield from _by_source(whole, held, answer.by_source, study, _bound)
    else:
        drawn = Strips(answer) if strips and answer.summary else None
        drawing = drawn.of if drawn else None
        yield from _by_source(whole, answer, answer.by_source, study, _numbers, drawing=drawing)
        if drawn and drawn.axis:
            yield Scale(drawn.axis.drawn)
        yield from _disagreement(answer)
    yield from mismatch_lines(
        f"estimates.{answer.name}", study.estimates[answer.name].formula.expression, study
    )


def case_rows(label: str, answer: Answer | Bound | Bounded, indent: int) -> Iterator[Line]:
    """One estimate under one assumption: its numbers, or why there are none and what stands in for them."""
    if isinstance(answer, Answer):
        yield from _lines(label, answer, _numbers, indent=indent)
    else:
        yield Row(label, cells(answer), indent=indent)


def cells(answer: Answer | Bound | Bounded) -> tuple[str, ...]:
    """One estimate's median and intervals; a dash where it is not estimable, the value of a bound."""
    if isinstance(answer, Answer):
        return (NONE,) if answer.summary is None else _cells(answer.summary)
    return (bound(answer.value, answer.direction),)


def known_to(summary: Summary) -> str | None:
    """The largest Monte Carlo error of an end, where that end has fewer than two digits because of it."""
    ends = [end for found in summary.intervals for part in found.parts for end in part]
    worst = max(ends, key=lambda end: end.mcse)
    if number(worst.value, worst.mcse) == number(worst.value):
        return None
    return number(half_width(worst.mcse), digits=1)


def chance(answer: Probability | Settled) -> str:
    """A question's probability, from and to where a denominator may vanish; a dash where it has none."""
    if isinstance(answer, Settled):
        return _decided(answer.probability)
    if answer.value is None or answer.mcse is None:
        return NONE
    low = probability_text(answer.value, answer.mcse)
    high = low if answer.upper is None else probability_text(answer.upper, answer.mcse)
    return low if high == low else f"{low} to {high}"


def question_rows(answer: Probability | Settled, study: Study) -> Iterator[Line]:
    """One question: its probability, then the same with each source taken to be right."""
    if isinstance(answer, Settled):
        yield from _by_source(
            plain(answer.title), answer.probability, answer.by_source, study, _settled, strong=True
        )
        if answer.reason:
            yield Note(plain(answer.reason), indent=2)
    else:
        yield from _by_source(plain(answer.title), answer, answer.by_source, study, _probability, strong=True)
        if answer.reason:
            yield Note(f"no probability: {plain(answer.reason)}", indent=2)
        if answer.upper is not None:
            yield Note(
                f"{_VANISHING.format('a denominator in it')} {share(answer.nonpositive)}: the lower number "
                "counts only worlds where none is, the upper one adds all the others",
                indent=2,
            )
    yield from mismatch_lines(
        f"questions.{answer.name}", study.questions[answer.name].formula.expression, study
    )


Cells = Callable[[T], Iterator[tuple[str, tuple[str, ...]] | str]]  # labelled cells, or prose


def _by_source(
    label: str,
    whole: T,
    by_source: Mapping[str, Mapping[str, T]],
    study: Study,
    cells: Cells[T],
    *,
    strong: bool = False,
    drawing: Callable[[T], Drawing | None] | None = None,
) -> Iterator[Line]:
    yield from _lines(label, whole, cells, indent=0 if strong else 2, strong=strong, drawing=drawing)
    for name, dispute in study.disputes.items():
        if name in by_source:
            yield Row(plain(dispute.title), (), indent=2)
        for source, alone in by_source.get(name, {}).items():
            title = plain(dispute.sources[source].title)
            yield from _lines(title, alone, cells, indent=4, drawing=drawing)


def _lines(
    label: str,
    found: T,
    cells: Cells[T],
    *,
    indent: int,
    strong: bool = False,
    drawing: Callable[[T], Drawing | None] | None = None,
) -> Iterator[Line]:
    drawn = drawing(found) if drawing else None
    for index, piece in enumerate(cells(found)):
        if isinstance(piece, str):
            yield Note(piece, indent=indent + 2)
        elif index == 0:
            yield Row(piece[0] or label, piece[1], indent, strong, drawn)
        else:
            yield Row(piece[0] or label, piece[1], indent + 2, strong)


def _numbers(answer: Answer) -> Iterator[tuple[str, tuple[str, ...]] | str]:
    study = answer.study
    if answer.summary is not None:
        yield "", _cells(answer.summary)
        yield from _pieces(answer.summary, answer)
        if answer.denominator_nonpositive >= study.denominators.negligible:
            yield f"{_VANISHING.format('its denominator')} {share(answer.denominator_nonpositive)}"
        return
    yield "", (NONE,)
    if answer.undefined:
        yield plain(answer.undefined)
    if answer.estimable:
        return
    vanishing = share(answer.denominator_nonpositive)
    yield f"not estimable as a ratio: {_VANISHING.format('its denominator')} {vanishing}"
    if answer.inverse is not None:
        yield f"the inverse ({plain(str(answer.inverse_unit))})", _cells(answer.inverse)
        yield from _pieces(answer.inverse, answer)
    if answer.given_positive_denominator is not None:
        yield "only given a denominator above zero", _cells(answer.given_positive_denominator)
        yield from _pieces(answer.given_positive_denominator, answer)


def _cells(summary: Summary) -> tuple[str, ...]:
    shown = Printed.of(summary)
    return (shown.median, *shown.short)


def _pieces(summary: Summary, answer: Answer) -> Iterator[str]:
    return pieces(summary, answer.drawn.quantity.strata, answer.study)


def _bound(held: Bounded) -> Iterator[tuple[str, tuple[str, ...]] | str]:
    yield "", (bound(held.value, held.direction),)


def _probability(answer: Probability) -> Iterator[tuple[str, tuple[str, ...]] | str]:
    yield "", (chance(answer),)


def _settled(probability: float | None) -> Iterator[tuple[str, tuple[str, ...]] | str]:
    yield "", (_decided(probability),)


def decided(low: float, high: float) -> str:
    """What bounds say of a question from the least to the greatest over weightings: `yes, by the bounds`.

    What lies between is the weight of the sources whose bounds make it true.
    """
    words = {0.0: "no", 1.0: "yes"}
    ends = dict.fromkeys(words.get(end) or share(end) for end in (low, high))
    return " to ".join(ends) + (", by the bounds" if {low, high} & set(words) else "")


def _decided(probability: float | None) -> str:
    return "not settled" if probability is None else decided(probability, probability)


def _disagreement(answer: Answer) -> Iterator[Line]:
    shares = answer.disagreement_share
    disputes = [dispute for name, dispute in answer.study.disputes.items() if name in answer.by_source]
    if not shares or not disputes:
        return
    found = (shares["all"], *(shares[dispute.name] for dispute in disputes))
    whole, *parts = (share(part.value, part.mcse) for part in found)
    apart = ", ".join(f"{part} “{plain(d.title)}”" for part, d in zip(parts, disputes, strict=True))
    note = f"{whole} of the variance is whom you believe"
    yield Note(f"{note}: {apart}" if len(disputes) > 1 else note, indent=2)


def mismatch_lines(path: str, expression: Expression, study: Study) -> Iterator[Note]:
    """What is unlike and set side by side all the same, to stand beside the number it concerns."""
    for because in owned(path, expression, study):
        yield Note(f"unlike things side by side: {plain(because)}", indent=2)
