"""Tipping points: how far one input has to move for a question's answer to change."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import ndtr

from contested.answers.replayed import names, replayed
from contested.answers.result import Result
from contested.engine.conditional import Conditional, ScoreCrossing
from contested.engine.replay import Replay
from contested.engine.search import Root, Search, SearchRange
from contested.engine.variables import Law
from contested.shapes.base import LARGEST, SMALLEST

Method = Literal["drawn worlds", "fresh run", "drawn worlds and fresh run"]
_MOST_UNSURE = 0.5  # of a crossing's normal score: one less certain is solved by fresh runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What is stated of a variable: its median and the ends of its central 90 %."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TippingPoint:
    """The values of one variable at which a question's probability crosses each level.

    Attributes
    ----------
    name, path : str
        'drift@casualties_2025', and 'inputs.drift@casualties_2025'.
    unit : str
        Of all values: that of the variable's own statement.
    at : mapping of float to tuple of float
        By level, rising; empty where no crossing was found. That is not to say that there is none:
        `Tipping.of` says which ranges are too narrow to be seen.
    mcse : mapping of float to tuple of float
        Monte Carlo standard error of each: that of the probability, over its slope.
    method : str
        Where the values come from; where there are none, what was searched.
    stated : Stated
    reach : tuple of float
        The least and the greatest value looked at.
    """

    name: str
    path: str
    unit: str
    at: Mapping[float, tuple[float, ...]]
    mcse: Mapping[float, tuple[float, ...]]
    method: Method
    stated: Stated
    reach: tuple[float, float]

    def distance(self, level: float) -> float:
        """From the stated median to the nearest crossing, in half-widths of the stated range on its side.

        It says how surprising the value would be. The level must be crossed somewhere.
        """
        stated = self.stated

        def far(value: float) -> float:
            half = stated.high - stated.median if value > stated.median else stated.median - stated.low
            return abs(value - stated.median) / half if half > 0 else math.inf

        return min(map(far, self.at[level]))


@dataclass(frozen=True)
class Tipping:
    """Tipping points of every question of a result, by question and variable.

    Attributes
    ----------
    points : mapping of str to mapping of str to TippingPoint
        Sorted by the variable's path; a question that bounds settle has none.
    """

    points: Mapping[str, Mapping[str, TippingPoint]]

    @classmethod
    def of(cls, result: Result, levels: Sequence[float] = (0.5,), replay: Replay | None = None) -> Tipping:
        """Find them under the result's weighting and the linear rule.

        Parameters
        ----------
        result : Result
        levels : sequence of float
            Probabilities to be crossed, strictly between 0 and 1.
        replay : Replay, optional
            That of the same result, where it has been made already.

        Notes
        -----
        A variable is an input, drawn once or once per figure; a fact with a range; a literal claim; an
        agreed figure. It counts where a source with any weight rests on it.

        Within the central 98 % of its law, P(question | variable = v) is a conditional mean of the drawn
        worlds. Outside, and everywhere for a variable that is correlated or a mixture, it is that of
        fresh runs on the same net with the variable held at v, all others as stated: those that are
        correlated with it do not move with it. So too where the conditional mean at an end of those 98 %
        is too near a level to tell its side.

        A crossing of the drawn worlds stands only where holding the variable two standard errors below
        and above it gives probabilities on either side of the level. Else the curve is too steep or bent
        there for worlds gathered in 256 cells of equal probability, and fresh runs solve it.

        Fresh runs go to ten times the half-width of those 98 % from their middle, in logs for a
        positive variable, and never past a certain bound. They look at 9 values within the 98 % and 9
        on either side, in a few worlds each and more where a level is near; every change of side is
        solved by Brent's method.

        The probability may cross a level and return unseen: outside the 98 %, and everywhere where all
        is by fresh runs, between two neighbouring values looked at; in the drawn worlds, within a range
        that holds less than 2 % of the variable's probability, or by no more than their error.
        """
        replay = replayed(result) if replay is None else replay
        called = names(replay, tuple(result.study.disputes))
        spans = {path: SearchRange(replay.law(path)) for path in replay.variables}
        asked = tuple(sorted(set(levels)))

        def found(question: str, path: str) -> TippingPoint:
            search = Search(replay.pinned(question, path), spans[path], asked)
            return _point(called[path], search, _curve(replay, question, path))

        return cls(
            {
                question: {called[path]: found(question, path) for path in replay.resting[question]}
                for question in replay.asked
            }
        )

    def __getitem__(self, question: str) -> Mapping[str, TippingPoint]:
        return self.points.get(question, {})

    def __iter__(self) -> Iterator[str]:
        return iter(self.points)


def _curve(replay: Replay, question: str, path: str) -> Conditional | None:
    """P(question | variable) where the drawn worlds say what holding the variable does."""
    asked = replay.variables[path]
    return None if asked.correlated or asked.mixed else replay.conditionals[question, path]


def _point(name: str, search: Search, curve: Conditional | None) -> TippingPoint:
    asked, span = search.pinned.resting.variable, search.span
    at: dict[float, tuple[float, ...]] = {}
    mcse: dict[float, tuple[float, ...]] = {}
    methods: set[str] = set()
    for level in search.levels:
        found = _roots(search, curve, level) if span.half > 0 else {}
        roots = sorted((root for each in found.values() for root in each), key=lambda root: root.value)
        at[level], mcse[level] = tuple(r.value for r in roots), tuple(r.mcse for r in roots)
        methods |= {method for method, each in found.items() if each or not roots}
    low, median, high = span.law.quantile(np.array([0.05, 0.5, 0.95])).tolist()
    return TippingPoint(
        name=name, path=asked.path, unit=asked.statement.unit.text, at=at, mcse=mcse, method=_method(methods),
        stated=Stated(median=median, low=low, high=high), reach=span.reach,
    )  # fmt: skip


def _roots(search: Search, curve: Conditional | None, level: float) -> dict[str, list[Root]]:
    """All crossings of a level, by the method that found them."""
    inside = curve.crossings(level) if curve is not None else None
    if curve is None or inside is None or any(root.mcse > _MOST_UNSURE for root in inside):
        return {"fresh run": search.everywhere(level)}
    drawn = [_value(search.span.law, crossing) for crossing in inside]
    confirmed = search.confirms(drawn, level)
    solved = [
        _solved(search, crossing, level)
        for crossing, right in zip(inside, confirmed, strict=True)
        if not right
    ]
    if None in solved:
        return {"fresh run": search.everywhere(level)}
    return {
        "drawn worlds": [root for root, right in zip(drawn, confirmed, strict=True) if right],
        "fresh run": [*filter(None, solved), *search.beyond(level, curve.sides(level))],
    }


def _value(law: Law, root: ScoreCrossing) -> Root:
    """A crossing in the variable's own unit; its error is half of what the law spans within the score's."""
    low, value, high = _values(law, root.score - root.mcse, root.score, root.score + root.mcse)
    return Root(value=value, mcse=(high - low) / 2)


def _solved(search: Search, crossing: ScoreCrossing, level: float) -> Root | None:
    """The crossing by fresh runs, between values at which the drawn worlds are clear of the level."""
    low, high = _values(search.span.law, crossing.low, crossing.high)
    return search.between(low, high, level)


def _values(law: Law, *scores: float) -> list[float]:
    """What a variable is at normal scores of its rank."""
    return list(law.quantile(np.clip(ndtr(scores), SMALLEST, LARGEST)).tolist())


def _method(methods: set[str]) -> Method:
    if methods == {"drawn worlds"}:
        return "drawn worlds"
    return "drawn worlds and fresh run" if "drawn worlds" in methods else "fresh run"
