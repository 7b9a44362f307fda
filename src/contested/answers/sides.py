"""A ratio of two periods' ratios, recognised by its formula: what it divides by what, of which periods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contested.engine.underlying import outermost
from contested.language.formula import Expression, Operation, Reference
from contested.language.nodes import Study
from contested.language.periods import Period
from contested.language.spans import joined
from contested.language.units import Unit, same_dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A numerator or a denominator.

    Attributes
    ----------
    expression : Expression
        A figure or an estimate of one period; or one figure of successive periods, summed.
    title : str
        Of such a sum, the one that stands for all periods.
    period : Period or None
        None where it is of several and no such sum.
    """

    expression: Expression
    unit: Unit
    title: str
    measures: str | None
    period: Period | None


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


def taken_apart(study: Study) -> Iterator[str]:
    """The estimates that are ratios of two periods' ratios.

    Such is one whose formula, with estimates that it names written out, is (A1/B1)/(A2/B2): each term a
    figure, or an estimate, of one known period, or a figure that comes by month or quarter summed over
    successive ones; A1 and B1 of the same period, A2 and B2 of another; A1 and A2 of one dimension, and so B1
    and B2. Names and titles tell nothing.
    """
    return (name for name in study.estimates if sides(study, name) is not None)


def sides(study: Study, estimate: str) -> tuple[Side, Side] | None:
    """The two periods' ratios whose ratio an estimate is; None where it is no such thing."""
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
    if above is None or below is None or above.period is None or above.period != below.period:
        return None
    return Side(above=above, below=below, period=above.period)


def _term(study: Study, expression: Expression) -> Term | None:
    match expression:
        case Reference(kind="figure", name=name):
            title, unit, measures = (getattr(study.figures[name], of) for of in ("title", "unit", "measures"))
        case Reference(kind="estimate", name=name):
            title, unit, measures = study.estimates[name].title, study.estimates[name].unit, None
        case _:
            return _summed(study, expression)
    periods = {
        study.figures[named.name].period if named.kind in ("figure", "claim") else None
        for named in outermost(study, expression)
    }
    period = periods.pop() if len(periods) == 1 else None
    known = period if period and period.start else None
    return Term(expression=expression, unit=unit, title=title, measures=measures, period=known)


def _summed(study: Study, expression: Expression) -> Term | None:
    """One figure over successive months or quarters; None of any other expression."""
    names = _addends(expression)
    repeated = () if study.each is None or names is None else study.each.figures.values()
    one = next((each for each in repeated if names and names[0] in each.names), None)
    if one is None or names is None:
        return None
    start = one.names.index(names[0])
    if names != one.names[start : start + len(names)]:
        return None
    first, last = study.figures[names[0]], study.figures[names[-1]]
    assert first.period is not None and last.period is not None  # it has one in each
    return Term(
        expression=expression,
        unit=first.unit,
        title=one.title,
        measures=first.measures,
        period=joined(first.period, last.period),
    )


def _addends(expression: Expression) -> tuple[str, ...] | None:
    """The figures whose sum an expression is, in reading order; None where it is not one."""
    match expression:
        case Reference(kind="figure", name=name):
            return (name,)
        case Operation("+", (left, right)):
            found = _addends(left), _addends(right)
            return None if found[0] is None or found[1] is None else found[0] + found[1]
    return None
