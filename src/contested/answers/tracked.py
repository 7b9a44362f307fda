"""The study that a track runs: the estimates of every period, their sums over windows, the windows' ratios.

Over a window amounts are summed and a ratio is the ratio of sums (see `totals`); an error that periods share
is one variable in all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from contested.answers.totals import NoTotal, total
from contested.engine.underlying import reached
from contested.errors import ContestedError
from contested.language.formula import Expression, Formula, Operation, Reference, references
from contested.language.nodes import Estimate, OneSided, Question, Study
from contested.language.periods import Period, parse_period
from contested.language.repeated import ComparedWindows, Each, Repeated
from contested.language.spans import first_fault, joined, words
from contested.language.units import DIMENSIONLESS


@dataclass(frozen=True, slots=True)
class Tracked:
    """What is run for a track.

    Attributes
    ----------
    study : Study
        Its estimates and questions are those of the periods, sums and ratios of windows alone.
    each : Each
        What is repeated, in the periods that are tracked; `compared` are the comparisons that lie inside.
    sums : tuple of Period
        The windows of more than one period whose sums are wanted: the whole, each calendar year, what is
        compared.
    left_out : tuple of ComparedWindows
        The scenario's comparisons that reach beyond the periods that are tracked.
    without_total : mapping of str to str
        The estimates that have no value over several periods, each with the reason.
    """

    study: Study
    each: Each
    sums: tuple[Period, ...]
    left_out: tuple[ComparedWindows, ...]
    without_total: Mapping[str, str]

    @classmethod
    def of(
        cls, study: Study, window: Period | None = None, compared: Sequence[ComparedWindows] = ()
    ) -> Tracked:
        """The tracked study of a scenario that repeats something.

        Parameters
        ----------
        study : Study
        window : Period, optional
            Of whole months or quarters, inside the scenario's; all of that where absent.
        compared : sequence of ComparedWindows
            Comparisons besides the scenario's own.

        Raises
        ------
        ContestedError
            Where the scenario repeats nothing that can be tracked, or a window lies outside.
        """
        if study.each is None or not study.each.estimates:
            raise ContestedError(
                f"{study.name} has no estimate that comes by period; say each: month, a window, and "
                "period: each in the figures"
            )
        whole = joined(study.each.periods[0], study.each.periods[-1])
        window = window or whole
        refuse_outside(window, whole, "the scenario's window")
        for asked in compared:
            refuse_outside(asked.of, window, "what is tracked")
            refuse_outside(asked.over, window, "what is tracked")
        own = study.each.compared.values()
        inside = [one for one in own if _within(one.of, window) and _within(one.over, window)]
        each = restricted(study.each, window, [*inside, *compared])
        sums = tuple(dict.fromkeys(_summed(each)))
        without = dict(_without_total(study, each))
        left_out = tuple(one for one in own if one not in inside)
        return cls(_study(study, each, sums, without), each, sums, left_out, without)


def window_of(study: Study, text: str) -> Period:
    """A window as a user writes it, of whole months or quarters as the scenario repeats them.

    Raises
    ------
    ContestedError
        Where it is none.
    """
    try:
        window = parse_period(text)
    except ValueError as error:
        raise ContestedError(f"a window {error}") from None
    if fault := first_fault(window, "month" if study.each is None else study.each.step):
        raise ContestedError(f"the window {text} {fault}")
    return joined(window, window)


def two_windows(study: Study, of: str, over: str) -> ComparedWindows:
    """A comparison of two windows that a user asks for.

    Raises
    ------
    ContestedError
        Where either is no window, or both are one.
    """
    above, below = window_of(study, of), window_of(study, over)
    if above == below:
        raise ContestedError(f"{words(above)} is compared with itself; choose another window")
    title = f"{words(above)} over {words(below)}"
    return ComparedWindows(name=f"{above.text} over {below.text}", title=title, of=above, over=below)


def restricted(each: Each, window: Period, compared: Sequence[ComparedWindows]) -> Each:
    """What is repeated, in the periods of a window alone."""
    kept = [index for index, period in enumerate(each.periods) if _within(period, window)]

    def cut(kind: Mapping[str, Repeated]) -> dict[str, Repeated]:
        return {n: replace(one, names=tuple(one.names[i] for i in kept)) for n, one in kind.items()}

    return replace(
        each,
        periods=tuple(each.periods[index] for index in kept),
        inputs=cut(each.inputs),
        figures=cut(each.figures),
        estimates=cut(each.estimates),
        questions=cut(each.questions),
        compared={one.name: one for one in compared},
    )


def name_over(each: Each, template: str, window: Period) -> str:
    """The name, in the tracked study, of an estimate over a window; a period's own where it is one."""
    if window in each.periods:
        return each.estimates[template].names[each.periods.index(window)]
    return f"{template}@{window.text}"


def ratio_name(template: str, compared: ComparedWindows) -> str:
    """The name, in the tracked study, of the ratio of two windows, and of whether it is above 1."""
    return f"{template}@{compared.of.text} over {compared.over.text}"


def indices_of(each: Each, window: Period) -> range:
    """Which periods a window holds."""
    inside = [index for index, period in enumerate(each.periods) if _within(period, window)]
    return range(inside[0], inside[-1] + 1)


def refuse_outside(window: Period, whole: Period, what: str) -> None:
    """Refuse a window that is not inside another.

    Raises
    ------
    ContestedError
    """
    if not _within(window, whole):
        raise ContestedError(f"{words(window)} lies outside {what}, {words(whole)}; choose one inside it")


def _within(period: Period, window: Period) -> bool:
    assert period.start is not None and window.start is not None
    return window.start <= period.start and period.end <= window.end


def _summed(each: Each) -> Iterator[Period]:
    """The windows of several periods that are summed, the whole first."""
    periods = each.periods
    years = sorted({period.end.year for period in periods})
    by_year = ([period for period in periods if period.end.year == year] for year in years)
    stretches = [joined(held[0], held[-1]) for held in by_year]
    whole_years = (one for one in stretches if one.start and (one.start.month, one.end.month) == (1, 12))
    pairs = (window for one in each.compared.values() for window in (one.of, one.over))
    for window in (joined(periods[0], periods[-1]), *whole_years, *pairs):
        if window not in periods:
            yield window


def _without_total(study: Study, each: Each) -> Iterator[tuple[str, str]]:
    """The estimates that have no value over several periods, and why."""
    for template in each.estimates:
        try:
            total(study, each, template, range(len(each.periods)))
        except NoTotal as reason:
            yield template, str(reason)


def _study(study: Study, each: Each, sums: Sequence[Period], without_total: Mapping[str, str]) -> Study:
    estimates: dict[str, Estimate] = {}
    questions: dict[str, Question] = {}
    for template, repeated in each.estimates.items():
        estimates |= {name: study.estimates[name] for name in repeated.names}
        for window in sums if template not in without_total else ():
            made = _estimate(study, each, template, window)
            estimates[made.name] = made
        for compared in each.compared.values() if not _is_bound(study, repeated) else ():
            if all(name_over(each, template, one) in estimates for one in (compared.of, compared.over)):
                ratio, higher = _ratio(study, each, template, compared)
                estimates[ratio.name], questions[higher.name] = ratio, higher
    for repeated in each.questions.values():
        questions |= {name: study.questions[name] for name in repeated.names}
    formulas = [one.formula for kind in (estimates, questions) for one in kind.values()]
    named = _named(study, (formula.expression for formula in formulas))
    kept = {name: one for name, one in study.figures.items() if ("figure", name) in named}
    fixed = {
        name: one
        for name, one in study.estimates.items()
        if ("estimate", name) in named and name not in estimates
    }
    paths = {claim.path for figure in study.figures.values() for claim in figure.claims.values()}
    gone = paths - {claim.path for figure in kept.values() for claim in figure.claims.values()}
    return replace(
        study,
        each=each,
        figures=kept,
        estimates={**fixed, **estimates},
        questions=questions,
        correlations=tuple(one for one in study.correlations if gone.isdisjoint(one.between)),
    )


def _is_bound(study: Study, repeated: Repeated) -> bool:
    """Whether an estimate rests on a one-sided bound: two such windows bound no ratio."""
    formula = study.estimates[repeated.names[0]].formula
    return any(isinstance(one.statement.form, OneSided) for one in reached(study, [formula.expression]))


def _named(study: Study, expressions: Iterable[Expression]) -> set[tuple[str, str]]:
    """Kind and name of every figure and estimate that some expressions name, by way of others too."""
    found: set[tuple[str, str]] = set()
    for expression in expressions:
        for reference in references(expression):
            kind = "figure" if reference.kind == "claim" else reference.kind
            if (kind, reference.name) in found:
                continue
            found.add((kind, reference.name))
            if kind == "estimate" and reference.name in study.estimates:
                found |= _named(study, [study.estimates[reference.name].formula.expression])
    return found


def _estimate(study: Study, each: Each, template: str, window: Period) -> Estimate:
    first = study.estimates[each.estimates[template].names[0]]
    return replace(
        first,
        name=name_over(each, template, window),
        title=f"{each.estimates[template].title}, {words(window)}",
        formula=replace(first.formula, expression=total(study, each, template, indices_of(each, window))),
    )


def _ratio(study: Study, each: Each, template: str, compared: ComparedWindows) -> tuple[Estimate, Question]:
    """One window over another, and whether that is above 1."""
    first = study.estimates[each.estimates[template].names[0]].formula
    sides = tuple(
        Reference("estimate", name_over(each, template, window)) for window in (compared.of, compared.over)
    )
    name, title = ratio_name(template, compared), f"{each.estimates[template].title}: {compared.title}"

    def formula(operator: str) -> Formula:
        return replace(first, expression=Operation(operator, sides))

    ratio = Estimate(name=name, title=title, formula=formula("/"), unit=DIMENSIONLESS)
    return ratio, Question(name=name, title=title, formula=formula(">"))
