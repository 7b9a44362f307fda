"""How a window stands among all contiguous windows of its length: the lowest of 21, say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from contested.answers.estimates import Answer, inverse_unit
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.answers.totals import total
from contested.answers.tracked import Tracked, indices_of
from contested.engine.draws import Outcomes
from contested.engine.model import Stratum
from contested.engine.run import Drawn, Tally
from contested.engine.weights import stratum_weights
from contested.engine.worlds import Values, Worlds, combined
from contested.language.formula import Expression, Operation
from contested.language.periods import Period
from contested.language.spans import joined
from contested.language.units import Unit
from contested.shapes.base import Array

OUTER = 0.1  # from which share of its kind on, at either end, a window's rank is said unasked


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One window among all contiguous windows of its length in what is tracked.

    Attributes
    ----------
    count : int
        Windows of that length, this one among them.
    rank : int
        1 for the lowest pooled median, `count` for the highest. Where a denominator may vanish in some
        period, the reciprocals are ranked, highest first: a window that lost ground ranks last.
    by_stratum : tuple of (mapping, int)
        Its rank where one source of each dispute is taken to be right.
    lowest, highest : Probability
        That it is the lowest, or the highest, of them all.
    likeliest_lowest, likeliest_highest : (Period, Probability)
        The window with the largest probability of being so, and that: by medians another may be.
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
    likeliest_lowest: tuple[Period, Probability]
    likeliest_highest: tuple[Period, Probability]
    medians: tuple[tuple[Period, float, float], ...]
    unit: Unit
    reciprocal: bool

    @property
    def is_said(self) -> bool:
        """Whether its rank is to be said unasked: it is in the outer tenth at either end."""
        return self.is_low or self.is_high

    @property
    def is_low(self) -> bool:
        """Whether it is in the lowest tenth, even if every tie went against it."""
        return self.rank + self._tied(above=not self.reciprocal) <= OUTER * self.count

    @property
    def is_high(self) -> bool:
        """Whether it is in the highest tenth, even if every tie went against it."""
        lower = self.rank - 1 - self._tied(above=self.reciprocal, equal=False)
        return self.count - lower <= OUTER * self.count

    @property
    def tied(self) -> int:
        """How many other windows' medians are within two Monte Carlo errors of its own."""
        return self._tied(above=True) + self._tied(above=False, equal=False)

    def _tied(self, *, above: bool, equal: bool = True) -> int:
        """The same on one side of it, those that equal it among them or not."""
        own = next(found for found in self.medians if found[0] == self.window)
        gaps = (
            ((median - own[1]) * (1 if above else -1), 2 * float(np.hypot(error, own[2])))
            for window, median, error in self.medians
            if window != self.window
        )
        return sum((gap >= 0 if equal else gap > 0) and gap <= most for gap, most in gaps)


def standings(tracked: Tracked, result: Result, worlds: Worlds) -> Mapping[tuple[str, Period], Standing]:
    """How every compared window stands, by estimate and window.

    None of what cannot be ranked: of bounds, which have no medians, of what has no value over several
    periods, and of an estimate that is not finite in some world and has no reciprocal that is.

    Parameters
    ----------
    tracked : Tracked
    result : Result
        Of its periods.
    worlds : Worlds
        Of its model, in which all windows are summed. A rank needs medians apart, not their third digit.
    """
    pairs = ((one.of, one.over) for one in tracked.each.compared.values())
    asked = list(dict.fromkeys(window for pair in pairs for window in pair))
    found: dict[tuple[str, Period], Standing] = {}
    for template in tracked.each.estimates:
        values = _Windows.of(template, tracked, result, worlds)
        if values is None:
            continue
        summed = template not in tracked.without_total
        ranked = [window for window in asked if summed or window in tracked.each.periods]
        for length in dict.fromkeys(len(indices_of(tracked.each, window)) for window in ranked):
            of_it = [window for window in ranked if len(indices_of(tracked.each, window)) == length]
            with np.errstate(all="ignore"):  # what is not finite is not ranked
                found |= {(template, one.window): one for one in _among(values, length, of_it)}
    return found


def _among(values: _Windows, length: int, asked: Sequence[Period]) -> Iterator[Standing]:
    """The standings of some windows of one length."""
    periods = values.tracked.each.periods
    starts = range(len(periods) - length + 1)
    windows = [joined(periods[first], periods[first + length - 1]) for first in starts]
    medians: list[tuple[Period, float, float]] = []
    alone: list[list[float]] = []
    drawn = {window: values.drawn(window) for window in windows}
    least = greatest = np.full((1, 1, 1), np.nan)
    for window in windows:
        least, greatest = np.fmin(least, drawn[window]), np.fmax(greatest, drawn[window])
        middle, error, each = values.medians(drawn[window])
        medians.append((window, middle, error))
        alone.append(each)
    if np.isnan([middle for _, middle, _ in medians]).any():  # nothing over nothing has no rank
        return
    low = {window: values.probability(drawn[window] <= least) for window in windows}
    high = {window: values.probability(drawn[window] >= greatest) for window in windows}
    lowest, highest = (high, low) if values.reciprocal else (low, high)
    for window in asked:
        index = windows.index(window)
        yield Standing(
            window=window,
            count=len(windows),
            rank=_rank([middle for _, middle, _ in medians], index, reciprocal=values.reciprocal),
            by_stratum=tuple(
                (stratum, _rank([each[i] for each in alone], index, reciprocal=values.reciprocal))
                for i, stratum in enumerate(values.like.drawn.quantity.strata)
            ),
            lowest=lowest[window],
            highest=highest[window],
            likeliest_lowest=_likeliest(lowest),
            likeliest_highest=_likeliest(highest),
            medians=tuple(medians),
            unit=values.unit,
            reciprocal=values.reciprocal,
        )


@dataclass(frozen=True)
class _Windows:
    """One estimate over windows, or its reciprocal, in the same worlds.

    Attributes
    ----------
    like : Answer
        The estimate in one period, which has the windows' strata.
    """

    template: str
    tracked: Tracked
    result: Result
    worlds: Worlds
    like: Answer
    reciprocal: bool
    _kept: dict[tuple[int, tuple[str, ...]], Values] = field(default_factory=dict, repr=False)
    _expressions: list[Expression] = field(default_factory=list, repr=False)

    @classmethod
    def of(cls, template: str, tracked: Tracked, result: Result, worlds: Worlds) -> _Windows | None:
        """Those of one estimate; None where they cannot be ranked.

        Where no denominator may vanish in any period, none does in a sum of them.
        """
        answers = [result.estimates[name] for name in tracked.each.estimates[template].names]
        drawn = [answer for answer in answers if isinstance(answer, Answer)]
        if len(drawn) < len(answers):
            return None
        reciprocal = any(answer.drawn.screen.risky for answer in drawn)
        if reciprocal and not all(answer.drawn.screen.invertible for answer in drawn):
            return None
        return cls(template, tracked, result, worlds, drawn[0], reciprocal)

    @property
    def unit(self) -> Unit:
        """What medians are in."""
        return inverse_unit(self.like.unit) if self.reciprocal else self.like.unit

    def drawn(self, window: Period) -> Array:
        """Its values over a window: shape (replicate, stratum, point)."""
        periods = indices_of(self.tracked.each, window)
        expression = total(self.tracked.study, self.tracked.each, self.template, periods)
        if self.reciprocal:
            assert isinstance(expression, Operation)  # as of all that are invertible
            expression = replace(expression, operands=expression.operands[::-1])
        strata = self.like.drawn.quantity.strata
        each = [np.broadcast_to(self._value(expression, own), self.worlds.shape) for own in strata]
        self._kept.clear()
        return np.stack(each, axis=1) / self.unit.scale

    def _value(self, expression: Expression, stratum: Stratum) -> Values:
        """An expression where some sources are right, its sides kept for the strata that share them."""
        if not isinstance(expression, Operation):
            return self.worlds.value(expression, stratum)
        return combined(expression, [self._side(side, stratum) for side in expression.operands])

    def _side(self, side: Expression, stratum: Stratum) -> Values:
        key = (id(side), tuple(stratum[dispute] for dispute in self.result.model.disputes(side)))
        if key not in self._kept:
            self._kept[key] = self.worlds.value(side, stratum)
        return self._kept[key]

    def medians(self, values: Array) -> tuple[float, float, list[float]]:
        """Pooled median and its error, then the median in each stratum alone."""
        quantity = self.like.drawn.quantity
        drawn = Drawn(quantity, self.like.drawn.screen, (Outcomes(values=values, positive=None),))
        pools = drawn.by(self.result.rule)
        middle, error = pools.all_worlds(stratum_weights(quantity, self.result.weights)[None], (0.5,))
        each = np.moveaxis(values, 1, 0).reshape(values.shape[1], -1)
        alone = np.quantile(each, 0.5, axis=1, method="inverted_cdf")
        return float(middle[0, 0]), float(error[0, 0]), alone.tolist()

    def probability(self, true: NDArray[np.bool_]) -> Probability:
        """That something holds, from where it does: shape (replicate, stratum, point)."""
        quantity = self.like.drawn.quantity
        compared = Operation("<=", (quantity.expression, quantity.expression))
        shares = true.mean(axis=2)
        tally = Tally(
            quantity=replace(quantity, kind="question", expression=compared),
            true=shares,
            true_and_positive=shares,
            nonpositive=np.zeros(shares.shape),
        )
        return Probability(self.tracked.study, tally, self.result.weights, self.like.title, self.result.rule)


def _likeliest(found: Mapping[Period, Probability]) -> tuple[Period, Probability]:
    return max(found.items(), key=lambda one: one[1].value or 0.0)


def _rank(medians: Sequence[float], index: int, *, reciprocal: bool) -> int:
    own = medians[index]
    return 1 + sum((other > own) if reciprocal else (other < own) for other in medians)
