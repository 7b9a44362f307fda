"""Estimates and probabilities as a briefing has them."""

from __future__ import annotations

from contested.answers.bounds import Bound, Settled
from contested.answers.distribution import CredibleInterval, Summary
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.engine.precision import Measured
from contested.language.bound_algebra import Bounded
from contested.report.briefing.values import Answered, Cell, Chance, Instead, Interval, Number
from contested.report.plain import plain
from contested.report.rows import decided
from contested.report.wording import NONE, Printed, bound, number, per_cent, share, spoken_unit


def numbered(value: float, mcse: float = 0.0) -> Number:
    """A number with the digits that its error earns."""
    return Number(value=value, mcse=mcse, text=number(value, mcse))


def spoken(unit: str) -> str:
    """A unit as words, safe to print."""
    return plain(spoken_unit(unit))


def answered(answer: Answer | Bound | Bounded) -> Answered:
    """An estimate's numbers under one assumption, or why it has none and what stands in for them."""
    if not isinstance(answer, Answer):
        held = Number(value=answer.value, text=bound(answer.value, answer.direction))
        why = "it is exact" if answer.direction == "exact" else "bounds are all that is stated"
        return Answered(median=None, bound=held, reason=f"There is no interval, because {why}.")
    if answer.summary is not None:
        return _summarised(answer.summary)
    if answer.estimable:
        return Answered(median=None, reason=f"It is {plain(answer.undefined or '')}.")
    vanishing = share(answer.denominator_nonpositive)
    return Answered(
        median=None,
        reason="It is not estimable as a ratio: its denominator is zero or negative with probability "
        f"{vanishing}.",
        instead=tuple(_instead(answer)),
    )


def _instead(answer: Answer) -> list[Instead]:
    found = (
        ("the inverse", str(answer.inverse_unit), answer.inverse),
        ("only given a denominator above zero", str(answer.unit), answer.given_positive_denominator),
    )
    return [
        Instead(title=title, unit=spoken(unit), answer=_summarised(summary))
        for title, unit, summary in found
        if summary is not None
    ]


def _summarised(summary: Summary) -> Answered:
    shown = Printed.of(summary)
    return Answered(
        median=Number(value=summary.median, mcse=summary.median_mcse, text=shown.median),
        intervals=tuple(map(_interval, summary.intervals, shown.intervals)),
    )


def _interval(found: CredibleInterval, text: str) -> Interval:
    return Interval(
        level=found.level,
        level_text=per_cent(found.level),
        kind=found.kind,
        low=found.low,
        high=found.high,
        low_mcse=found.low_mcse,
        high_mcse=found.high_mcse,
        text=text,
        pieces=tuple((piece.low, piece.high) for piece in found.pieces),
    )


def chance_of(answer: Probability | Settled) -> Chance | None:
    """A question's probability; None where it has none."""
    if isinstance(answer, Settled):
        return None if answer.probability is None else settled(answer.probability)
    if answer.value is None or answer.mcse is None:
        return None
    return measured(Measured(answer.value, answer.mcse), answer.nonpositive if answer.limited else None)


def measured(chance: Measured, nonpositive: float | None = None) -> Chance:
    """A probability; with P(some denominator <= 0), from its lower to its upper limit.

    Limits that print alike are one number.
    """
    low = share(chance.value, chance.mcse)
    if nonpositive is None:
        return Chance(value=chance.value, mcse=chance.mcse, text=low)
    upper = min(1.0, chance.value + nonpositive)
    high = share(upper, chance.mcse)
    text = low if high == low else f"{low} to {high}"
    return Chance(value=chance.value, mcse=chance.mcse, upper=upper, text=text)


def settled(probability: float) -> Chance:
    """What bounds say of a question."""
    return Chance(value=probability, text=decided(probability, probability), settled=True)


def median_cell(found: Answered) -> Cell:
    """A median, a bound, or a dash."""
    shown = found.bound or found.median
    return Cell(NONE) if shown is None else Cell(shown.text, (shown.value,))


def interval_cells(found: Answered) -> tuple[Cell, ...]:
    """A median, and each interval's ends."""
    ends = (Cell(each.text, (each.low, each.high)) for each in found.intervals)
    return (median_cell(found), *ends)


def chance_cell(found: Chance | None) -> Cell:
    """A probability, or a dash."""
    if found is None:
        return Cell(NONE)
    return Cell(found.text, (found.value,) if found.upper is None else (found.value, found.upper))


def whole_cell(found: Answered) -> Cell:
    """A median with its widest interval, a bound, or a dash."""
    shown, widest = found.bound or found.median, found.widest
    if shown is None:
        return Cell(found.text)
    return Cell(found.text, (shown.value, *(() if widest is None else (widest.low, widest.high))))
