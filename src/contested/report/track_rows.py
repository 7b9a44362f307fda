"""A ratio along time, a row for each period or window: the ratio, and its inverse beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contested.answers.bounds import Bound
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.track import Point, Track, Trail
from contested.language.formula import Expression, Operation, Reference
from contested.language.spans import words
from contested.language.units import Unit
from contested.report.counted import short_unit
from contested.report.layout import Line, Note, Row, stacked
from contested.report.plain import plain
from contested.report.rows import cells, estimate_headings
from contested.report.track_width import Tables, first_that_fits
from contested.report.wording import NONE, Printed, per_cent, pieces, share

_SURE = 0.95  # probability of a denominator of zero or less, above which it is not told as a possibility


def point_tables(points: Sequence[Point], trail: Trail, track: Track, width: int) -> Tables:
    """The rows of some periods or windows, in as many tables as the width needs.

    A ratio that is not estimable is a dash, however large its draws: what it may be is said beneath, and the
    inverse stands.
    """
    table = _Table(points, track, has_inverse(trail, track))
    return first_that_fits(table.settings(), width)


def has_inverse(trail: Trail, track: Track) -> bool:
    """Whether an estimate's inverse is told: of people for ground, and wherever a denominator may vanish."""
    if not is_quotient(trail, track):
        return False
    answers = [point.answer for point in trail.periods if isinstance(point.answer, Answer)]
    return any(answer.drawn.screen.risky or per_area(answer.unit) for answer in answers)


def is_quotient(trail: Trail, track: Track) -> bool:
    """Whether an estimate is one thing over another."""
    return _is_quotient(track.stated(trail).formula.expression, track)


def _is_quotient(expression: Expression, track: Track) -> bool:
    if isinstance(expression, Reference) and expression.kind == "estimate":
        return _is_quotient(track.study.estimates[expression.name].formula.expression, track)
    return isinstance(expression, Operation) and expression.operator == "/"


def loses_ground(answer: Answer) -> bool:
    """Whether a denominator of ground is all but sure to be one that was lost, and no small gain."""
    lost = answer.denominator_nonpositive > _SURE
    return lost and per_area(answer.unit) and answer.inverted is not None and answer.inverted.median < 0


def per_area(unit: Unit) -> bool:
    """Whether a unit is one for an area of ground."""
    return dict(unit.dimension).get("km") == -2


def measured_in(answer: Answer, unit: Unit) -> str:
    """An answer's unit after a number, with a space before it; nothing of a plain number."""
    text = short_unit(answer.study, answer.name, unit)
    return f" {text}" if text else ""


@dataclass(frozen=True, slots=True)
class _Table:
    """Rows of periods or windows, in several settings."""

    points: Sequence[Point]
    track: Track
    inverted: bool

    def settings(self) -> Iterator[Tables]:
        """Settings of the same rows, from the widest to the narrowest."""
        levels = [per_cent(level) for level in self.track.study.report.levels]
        if self.inverted:
            yield [list(self._beside(len(levels)))]
            if len(levels) > 1:
                yield [list(self._beside(1))]
        ratios, inverses = list(self._ratios()), list(self._inverses())
        yield [ratios, inverses]
        yield [stacked(ratios, levels, 0), stacked(inverses, levels, 0)]

    def _beside(self, count: int) -> Iterator[Line]:
        """The ratio and its inverse, with so many of the inverse's intervals, the widest last."""
        own = estimate_headings(self.track.result).cells
        yield Row("", (*own, "inverse", *own[-count:]))
        for point in self.points:
            filled = (*_ratio(point), *[""] * len(own))[: len(own)]
            yield Row(words(point.period), (*filled, *_inverse(point, count)), indent=2)
            yield from self._notes(point)
        if self._inverse_unit:
            yield Note(f"inverse{self._inverse_unit}", indent=2)

    def _ratios(self) -> Iterator[Line]:
        yield estimate_headings(self.track.result)
        for point in self.points:
            yield Row(words(point.period), _ratio(point), indent=2)
            yield from self._notes(point)

    def _inverses(self) -> Iterator[Line]:
        if not self.inverted:
            return
        yield Note("")
        yield Row(f"The inverse{self._inverse_unit}", ())
        yield estimate_headings(self.track.result)
        count = len(self.track.study.report.levels)
        for point in self.points:
            yield Row(words(point.period), _inverse(point, count), indent=2)

    @property
    def _inverse_unit(self) -> str:
        """`, in km² per 1000 casualties`; nothing of a plain number."""
        answers = (point.answer for point in self.points if isinstance(point.answer, Answer))
        unit = next((measured_in(answer, answer.inverse_unit) for answer in answers), "")
        return f", in{unit}" if unit else ""

    def _notes(self, point: Point) -> Iterator[Line]:
        """What stands in for a ratio that there is none of, and the pieces of its intervals."""
        answer = point.answer
        if isinstance(answer, Bound):
            return
        if answer.undefined:
            yield Note(plain(answer.undefined), indent=4)
        if not answer.estimable:
            yield Note(vanishing(answer), indent=4)
        for summary in filter(None, (answer.summary, answer.given_positive_denominator)):
            for several in pieces(summary, answer.drawn.quantity.strata, answer.study):
                yield Note(several, indent=4)


def _ratio(point: Point) -> tuple[str, ...]:
    return cells(point.answer)


def _inverse(point: Point, count: int) -> tuple[str, ...]:
    found = point.inverse
    if found is None:
        return (NONE,)
    shown = Printed.of(found)
    return (shown.median, *shown.short[-count:])


def vanishing(answer: Answer) -> str:
    """Why there is no ratio, and what it is where its denominator is above zero, labelled as that."""
    chance = share(answer.denominator_nonpositive)
    if answer.denominator_nonpositive < 0.01:  # how it is printed does not show why there is no ratio
        chance = f"{chance}, above the {100 * answer.study.denominators.estimable:g} % that a ratio may have"
    if per_area(answer.unit):
        lost = "ground was lost" if loses_ground(answer) else "ground was lost or may have been"
        why = f"{lost}: P(area ≤ 0) is {chance}"
        given, never = "given that ground was gained", "ground was gained in no world that was drawn"
    else:
        why = f"its denominator is or may be zero or less: P(denominator ≤ 0) is {chance}"
        given, never = "given a denominator above zero", "in no world that was drawn is it above zero"
    found = answer.given_positive_denominator
    return f"{why}; {never}" if found is None else f"{why}; {given}, {_in_words(found, answer)}"


def _in_words(found: Summary, answer: Answer) -> str:
    shown, level = Printed.of(found), per_cent(found.intervals[-1].level)
    return f"median {shown.median}{measured_in(answer, answer.unit)}, {level} on {shown.short[-1]}"
