"""A ratio of two periods' ratios, taken apart into how fast its numerator and its denominator went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from contested.answers.bounds import Bound
from contested.answers.estimate import drawn_as_far
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.answers.sides import Side, Term, sides
from contested.engine.model import Model
from contested.engine.underlying import estimates_in
from contested.language.formula import Expression, Formula, Number, Operation, Reference, fold
from contested.language.nodes import Estimate, Exact, Study
from contested.language.units import DIMENSIONLESS, Unit, parse_unit

_DAY = parse_unit("day")

_Known = dict[tuple[Expression, object, float], Answer | Bound]


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


def paces(result: Result, estimates: Iterable[str]) -> Iterator[Paces]:
    """Take estimates apart that are ratios of two periods' ratios (see `taken_apart`).

    The days are the calendar's. What the result answers already is taken from it; the rest comes from as many
    of the worlds that were drawn for it as there are, so that what cancels in the ratio cancels here.
    """
    study = result.study
    wanted: dict[str, dict[str, Estimate]] = {}
    both: dict[str, tuple[Side, Side]] = {}
    for name in estimates:
        found = sides(study, name)
        assert found is not None  # it is in `taken_apart`
        both[name] = found
        wanted[name] = dict(_wanted(study.estimates[name].formula, *found))
    answers = _answered(result, [each for own in wanted.values() for each in own.values()])
    for name, (first, second) in both.items():
        own = {part: answers[_key(study, each)] for part, each in wanted[name].items()}
        yield Paces(
            estimate=name,
            first=first,
            second=second,
            above=_pace(own, "above", (first.above, second.above)),
            below=_pace(own, "below", (first.below, second.below)),
            ratio=_pace(own, "ratio", None),
        )


def _wanted(like: Formula, first: Side, second: Side) -> Iterator[tuple[str, Estimate]]:
    """The estimates to answer, by name."""
    for which, terms in (("above", (first.above, second.above)), ("below", (first.below, second.below))):
        unit = terms[0].unit / _DAY
        each = [_daily(term, side.days) for term, side in zip(terms, (first, second), strict=True)]
        yield from _three(which, each[0], each[1], unit, like)
    each = [Operation("/", (side.above.expression, side.below.expression)) for side in (first, second)]
    yield from _three("ratio", each[0], each[1], first.above.unit / first.below.unit, like)


def _daily(term: Term, days: int) -> Operation:
    return Operation("/", (term.expression, Number(float(days))))


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


def _answered(result: Result, wanted: Sequence[Estimate]) -> _Known:
    """Answers by what they are of: the result's own, and others in the worlds of its run.

    The variables keep their places on the net, so that the same worlds are drawn; the estimates that the
    wanted ones name are kept beside them.
    """
    model, study = result.model, result.study
    known = {_key(study, study.estimates[name]): answer for name, answer in result.estimates.items()}
    missing = {key: each for each in wanted if (key := _key(study, each)) not in known}
    if not missing:
        return known
    named = {str(index): replace(each, name=str(index)) for index, each in enumerate(missing.values())}
    beneath = estimates_in(study, (each.formula.expression for each in named.values()))
    asked = replace(study, estimates={**beneath, **named}, questions={})
    again = Model(asked, model.fits, model.coordinates, model.copulas)
    drawn = replace(result, model=again, run=drawn_as_far(again, result)).estimates
    return {**known, **{key: drawn[name] for key, name in zip(missing, named, strict=True)}}


def _key(study: Study, estimate: Estimate) -> tuple[Expression, object, float]:
    """What an estimate is: alike of two formulas that differ only in what is named, and printed alike."""
    written = fold(estimate.formula.expression, _WrittenOut(study))
    return written, estimate.unit.dimension, estimate.unit.scale


@dataclass(frozen=True, slots=True)
class _WrittenOut:
    """An algebra: an expression with estimates, and numbers not in doubt, in place of their names."""

    study: Study

    def number(self, node: Number) -> Expression:
        return node

    def reference(self, node: Reference) -> Expression:
        if node.kind == "estimate":
            return fold(self.study.estimates[node.name].formula.expression, self)
        if node.kind == "input":
            statement = self.study.inputs[node.name].statement
            if isinstance(statement.form, Exact):
                return Number(statement.form.value * statement.unit.scale)
        return node

    def apply(self, node: Operation, operands: Sequence[Expression]) -> Expression:
        match node.operator, operands:
            case "+", (Number(value=first), Number(value=second)):  # the days of several months
                return Number(first + second)
        return Operation(node.operator, tuple(operands))


def _pace(found: Mapping[str, Answer | Bound], which: str, terms: tuple[Term, Term] | None) -> Pace:
    return Pace(
        terms=terms,
        first=found[f"{which}.first"],
        second=found[f"{which}.second"],
        over=found[f"{which}.over"],
    )
