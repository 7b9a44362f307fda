"""A ratio of two periods' ratios, taken apart into how fast its numerator and its denominator went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from contested.answers.bounds import Bound
from contested.answers.estimate import drawn_as_far
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.model import Model
from contested.engine.underlying import outermost
from contested.language.formula import Expression, Formula, Number, Operation, Reference, references
from contested.language.nodes import Estimate, Study
from contested.language.periods import Period
from contested.language.units import DIMENSIONLESS, Unit, parse_unit, same_dimension

_DAY = parse_unit("day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A numerator or a denominator: a figure or an estimate of one period."""

    reference: Reference
    unit: Unit
    title: str
    measures: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One period's ratio."""

    above: Term
    below: Term
    period: Period

    @property
    def days(self) -> int:
        """How many days it has; its beginning is known."""
        assert self.period.start is not None
        return (self.period.end - self.period.start).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """One term in both periods.

    Attributes
    ----------
    terms : (Term, Term) or None
        Of the first and the second period; None for the ratio of the two terms.
    first, second : Answer or Bound
        Per day in each period; for the ratio, as it is.
    over : Answer or Bound
        The first over the second.
    """

    terms: tuple[Term, Term] | None
    first: Answer | Bound
    second: Answer | Bound
    over: Answer | Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """What a ratio of ratios (A1/B1)/(A2/B2) is made of."""

    estimate: str
    first: Side
    second: Side
    above: Pace
    below: Pace
    ratio: Pace


def taken_apart(study: Study) -> Iterator[str]:
    """The estimates that are ratios of two periods' ratios.

    Such is one whose formula, with estimates that it names written out, is (A1/B1)/(A2/B2): each term a
    figure, or an estimate, of one known period, A1 and B1 of the same, A2 and B2 of another; A1 and A2 of
    one dimension, and so B1 and B2. Names and titles tell nothing.
    """
    return (name for name in study.estimates if _sides(study, name) is not None)


def paces(result: Result, estimate: str) -> Paces:
    """Take an estimate apart that is a ratio of two periods' ratios.

    The days are the calendar's. The answers come from the worlds that were drawn for the result, so that
    what cancels in the ratio cancels here.
    """
    study = result.study
    sides = _sides(study, estimate)
    assert sides is not None  # it is in `taken_apart`
    first, second = sides
    found = _answered(result, dict(_wanted(study.estimates[estimate].formula, first, second)))
    return Paces(
        estimate=estimate,
        first=first,
        second=second,
        above=_pace(found, "above", (first.above, second.above)),
        below=_pace(found, "below", (first.below, second.below)),
        ratio=_pace(found, "ratio", None),
    )


def _sides(study: Study, estimate: str) -> tuple[Side, Side] | None:
    whole = _quotient(study, study.estimates[estimate].formula.expression)
    found = [None if part is None else _side(study, _quotient(study, part)) for part in whole or ()]
    match found:
        case [Side() as first, Side() as second] if first.period != second.period:
            above = same_dimension(first.above.unit, second.above.unit)
            below = same_dimension(first.below.unit, second.below.unit)
            return (first, second) if above and below else None
    return None


def _quotient(study: Study, expression: Expression) -> tuple[Expression, Expression] | None:
    """What an expression divides by what, through the names of estimates."""
    match expression:
        case Reference(kind="estimate", name=name):
            return _quotient(study, study.estimates[name].formula.expression)
        case Operation(operator="/", operands=(above, below)):
            return above, below
    return None


def _side(study: Study, parts: tuple[Expression, Expression] | None) -> Side | None:
    if parts is None:
        return None
    above, below = (_term(study, part) for part in parts)
    periods = {
        study.figures[named.name].period if named.kind in ("figure", "claim") else None
        for part in parts
        for named in outermost(study, part)
    }
    period = periods.pop() if len(periods) == 1 else None
    if above is None or below is None or period is None or period.start is None:
        return None
    return Side(above=above, below=below, period=period)


def _term(study: Study, expression: Expression) -> Term | None:
    match expression:
        case Reference(kind="figure", name=name):
            figure = study.figures[name]
            return Term(reference=expression, unit=figure.unit, title=figure.title, measures=figure.measures)
        case Reference(kind="estimate", name=name):
            asked = study.estimates[name]
            return Term(reference=expression, unit=asked.unit, title=asked.title, measures=None)
    return None


def _wanted(like: Formula, first: Side, second: Side) -> Iterator[tuple[str, Estimate]]:
    """The estimates to answer, by name."""
    for which, terms in (("above", (first.above, second.above)), ("below", (first.below, second.below))):
        unit = terms[0].unit / _DAY
        each = [_daily(term, side.days) for term, side in zip(terms, (first, second), strict=True)]
        yield from _three(which, each[0], each[1], unit, like)
    each = [Operation("/", (side.above.reference, side.below.reference)) for side in (first, second)]
    yield from _three("ratio", each[0], each[1], first.above.unit / first.below.unit, like)


def _daily(term: Term, days: int) -> Operation:
    return Operation("/", (term.reference, Number(float(days))))


def _three(
    which: str, first: Operation, second: Operation, unit: Unit, like: Formula
) -> Iterator[tuple[str, Estimate]]:
    over = Operation("/", (first, second))
    for part, expression, own in (
        ("first", first, unit), ("second", second, unit), ("over", over, DIMENSIONLESS)
    ):  # fmt: skip
        name = f"{which}.{part}"
        formula = Formula(like.text, expression, like.location)
        yield name, Estimate(name=name, title=name, formula=formula, unit=own)


def _answered(result: Result, wanted: Mapping[str, Estimate]) -> Mapping[str, Answer | Bound]:
    """Answers in the worlds of the result's own run.

    The variables keep their places on the net, so that the same worlds are drawn; the estimates that the
    wanted ones name are kept beside them.
    """
    model, study = result.model, result.study
    asked = replace(study, estimates={**_named(study, wanted), **wanted}, questions={})
    again = Model(asked, model.fits, model.coordinates, model.copulas)
    return replace(result, model=again, run=drawn_as_far(again, result)).estimates


def _named(study: Study, wanted: Mapping[str, Estimate]) -> Mapping[str, Estimate]:
    """The estimates that formulas name, through others too."""
    found: dict[str, Estimate] = {}
    waiting = [estimate.formula.expression for estimate in wanted.values()]
    while waiting:
        for reference in references(waiting.pop()):
            if reference.kind == "estimate" and reference.name not in found:
                found[reference.name] = study.estimates[reference.name]
                waiting.append(found[reference.name].formula.expression)
    return found


def _pace(found: Mapping[str, Answer | Bound], which: str, terms: tuple[Term, Term] | None) -> Pace:
    return Pace(
        terms=terms,
        first=found[f"{which}.first"],
        second=found[f"{which}.second"],
        over=found[f"{which}.over"],
    )
