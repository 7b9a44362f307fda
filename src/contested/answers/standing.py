"""How a window stands among all contiguous windows of its length: the lowest of 21, say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from contested.answers.estimate import estimate_under
from contested.answers.estimates import inverse_unit
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.answers.tracked import Tracked, indices_of, over
from contested.engine.model import Model, Stratum
from contested.engine.screening import screens
from contested.engine.weights import stratum_weights
from contested.language.formula import Expression, Operation, Reference
from contested.language.nodes import Estimate, Question, Study, Weights
from contested.language.periods import Period
from contested.language.spans import joined
from contested.language.units import Unit

OUTER = 0.1  # from which share of its kind on, at either end, a window's rank is said unasked

_TOLERANCE, _WORLDS = 0.01, 65_536  # a rank needs medians apart, not their third digit


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One window among all contiguous windows of its length in what is tracked.

    Attributes
    ----------
    count : int
        Windows of that length, this one among them.
    rank : int
        1 for the lowest pooled median, `count` for the highest. Where a denominator may vanish in some
        window, the reciprocals are ranked, highest first: a window that lost ground ranks last.
    by_stratum : tuple of (mapping, int)
        Its rank where one source of each dispute is taken to be right.
    lowest, highest : Probability
        That it is the lowest, or the highest, of them all.
    medians : tuple of (Period, float, float)
        Every window, its pooled median (of the reciprocal where those are ranked) and Monte Carlo error.
    unit : Unit
        Of the medians.
    reciprocal : bool
        Whether reciprocals are ranked.
    """

    window: Period
    count: int
    rank: int
    by_stratum: tuple[tuple[Stratum, int], ...]
    lowest: Probability
    highest: Probability
    medians: tuple[tuple[Period, float, float], ...]
    unit: Unit
    reciprocal: bool

    @property
    def is_said(self) -> bool:
        """Whether its rank is to be said unasked: it is in the outer tenth at either end."""
        return self.is_low or self.is_high

    @property
    def is_low(self) -> bool:
        """Whether it is in the lowest tenth."""
        return self.rank <= OUTER * self.count

    @property
    def is_high(self) -> bool:
        """Whether it is in the highest tenth."""
        return self.count + 1 - self.rank <= OUTER * self.count

    @property
    def tied(self) -> int:
        """How many other windows' medians are within two Monte Carlo errors of its own."""
        own = next(found for found in self.medians if found[0] == self.window)
        return sum(
            abs(median - own[1]) <= 2 * float(np.hypot(error, own[2]))
            for window, median, error in self.medians
            if window != self.window
        )


def standings(tracked: Tracked, weights: Weights) -> Mapping[tuple[str, Period], Standing]:
    """How every compared window stands, by estimate and window; none of bounds, which have no medians.

    The windows of a length are drawn in the same worlds, as many as their medians need.
    """
    asked = list(
        dict.fromkeys(window for one in tracked.each.compared.values() for window in (one.of, one.over))
    )
    found: dict[tuple[str, Period], Standing] = {}
    for template in tracked.each.estimates:
        for length in dict.fromkeys(len(indices_of(tracked.each, window)) for window in asked):
            ranked = [window for window in asked if len(indices_of(tracked.each, window)) == length]
            found |= {
                (template, one.window): one for one in _among(tracked, template, length, ranked, weights)
            }
    return found


def _among(
    tracked: Tracked, template: str, length: int, asked: Sequence[Period], weights: Weights
) -> Iterator[Standing]:
    periods = tracked.each.periods
    windows = [
        joined(periods[first], periods[first + length - 1]) for first in range(len(periods) - length + 1)
    ]
    study, reciprocal = _study(tracked, template, windows, asked)
    if not study.estimates:
        return
    result = estimate_under(study, None, weights, figures=False)
    rows = [_medians(result, window, weights) for window in windows]
    pooled = [values[0] for values, _ in rows]
    for window in asked:
        index = windows.index(window)
        yield Standing(
            window=window,
            count=len(windows),
            rank=_rank(pooled, index, reciprocal=reciprocal),
            by_stratum=tuple(
                (stratum, _rank([values[1 + i] for values, _ in rows], index, reciprocal=reciprocal))
                for i, stratum in enumerate(result.run.estimates[window.text].quantity.strata)
            ),
            lowest=_probability(result, window, "lowest"),
            highest=_probability(result, window, "highest"),
            medians=tuple(
                (each, values[0], errors[0]) for each, (values, errors) in zip(windows, rows, strict=True)
            ),
            unit=study.estimates[window.text].unit,
            reciprocal=reciprocal,
        )


def _study(
    tracked: Tracked, template: str, windows: Sequence[Period], asked: Sequence[Period]
) -> tuple[Study, bool]:
    """The study of one estimate over every window; without estimates where it is a bound. And whether
    reciprocals stand in for it."""
    first = tracked.study.estimates[tracked.each.estimates[template].names[0]]
    expressions = {window: over(tracked.study, tracked.each, template, window) for window in windows}
    study = _of(tracked.study, first, expressions, asked, reciprocal=False)
    model = Model.of(study)
    if any(quantity.bounded for quantity in model.quantities if quantity.kind == "estimate"):
        return replace(study, estimates={}), False
    turned = {
        window: turned for window, one in expressions.items() if (turned := _reciprocal(one)) is not None
    }
    risky = any(screen.risky for (kind, _), screen in screens(model).items() if kind == "estimate")
    if not risky or len(turned) < len(expressions):
        return study, False
    return _of(tracked.study, first, turned, asked, reciprocal=True), True


def _of(
    study: Study,
    first: Estimate,
    expressions: Mapping[Period, Expression],
    asked: Sequence[Period],
    *,
    reciprocal: bool,
) -> Study:
    """An estimate for every window, by its text, and whether what is asked for is the lowest or highest."""
    unit = inverse_unit(first.unit) if reciprocal else first.unit
    every = tuple(Reference("estimate", window.text) for window in expressions)

    def question(window: Period, end: str) -> Question:
        comparison, extreme = ("<=", "min") if (end == "lowest") != reciprocal else (">=", "max")
        against = Operation(extreme, every) if len(every) > 1 else every[0]
        compared = Operation(comparison, (Reference("estimate", window.text), against))
        name = f"{window.text} {end}"
        return Question(name=name, title=name, formula=replace(first.formula, expression=compared))

    questions = [question(window, end) for window in asked for end in ("lowest", "highest")]
    return replace(
        study,
        estimates={window.text: _estimate(first, window, one, unit) for window, one in expressions.items()},
        questions={one.name: one for one in questions},
        sampling=replace(
            study.sampling,
            tolerance=max(study.sampling.tolerance, _TOLERANCE),
            max_draws=min(study.sampling.max_draws, _WORLDS),
        ),
    )


def _estimate(first: Estimate, window: Period, expression: Expression, unit: Unit) -> Estimate:
    formula = replace(first.formula, expression=expression)
    return replace(first, name=window.text, title=window.text, formula=formula, unit=unit)


def _reciprocal(expression: Expression) -> Expression | None:
    """Below over above, where an expression is one thing over another."""
    if isinstance(expression, Operation) and expression.operator == "/":
        return replace(expression, operands=expression.operands[::-1])
    return None


def _medians(result: Result, window: Period, weights: Weights) -> tuple[list[float], list[float]]:
    """Medians and their errors: pooled, then in each stratum alone."""
    drawn = result.run.estimates[window.text]
    rows = np.vstack([stratum_weights(drawn.quantity, weights), np.eye(len(drawn.quantity.strata))])
    values, errors = drawn.by(result.rule).all_worlds(rows, (0.5,))
    return values[:, 0].tolist(), errors[:, 0].tolist()


def _rank(medians: Sequence[float], index: int, *, reciprocal: bool) -> int:
    own = medians[index]
    return 1 + sum((other > own) if reciprocal else (other < own) for other in medians)


def _probability(result: Result, window: Period, end: str) -> Probability:
    found = result.questions[f"{window.text} {end}"]
    assert isinstance(found, Probability)
    return found
