"""Probabilities of questions under any rule; those of one estimate beside numbers are read from its law."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contested.engine.pooling import Pool, undefined
from contested.engine.precision import sectioning
from contested.engine.run import Drawn, Tally
from contested.engine.weights import pool
from contested.language.formula import Expression, Number, Operation, Reference, fold
from contested.language.nodes import Denominators, Rule
from contested.shapes.base import Array

_COMPARED: dict[str, Callable[[float, float], bool]] = {
    "<": lambda x, y: x < y, "<=": lambda x, y: x <= y, ">": lambda x, y: x > y, ">=": lambda x, y: x >= y,
}  # fmt: skip


_NOT_ONE = (
    "the {} rule pools each estimate by itself, and this asks more than how one estimate compares with "
    "numbers"
)


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with its Monte Carlo standard error, or the reason why there is none."""

    value: float | None = None
    mcse: float | None = None
    reason: str | None = None


def chance(
    tally: Tally, weights: Array, rule: Rule, estimates: Mapping[str, Drawn], denominators: Denominators
) -> Chance:
    """P(a question is true), and every denominator positive where one vanishes too often.

    Parameters
    ----------
    weights : ndarray, shape (stratum,)
    estimates : mapping of str to Drawn
        By name; asked only under another rule than the linear one.

    Notes
    -----
    Linear, and wherever one stratum has all the weight: under the joint law. The other rules pool each
    estimate by itself, so that only a question about one of them has a probability.
    """
    limited = pool(tally.nonpositive, weights).mean() > denominators.estimable
    if rule == "linear" or np.count_nonzero(weights) == 1:
        each = pool(tally.shares(limited), weights)
        return Chance(float(each.mean()), float(sectioning(each, each.mean())))
    reading = Reading.of(tally.quantity.expression)
    if reading is None:
        return Chance(reason=_NOT_ONE.format(rule))
    drawn = estimates[reading.estimate]
    law = drawn.by(rule).given_positive if limited else drawn.by(rule).all_worlds
    if reason := law.undefined(weights):
        return Chance(reason=undefined(rule, reason))
    value, mcse = reading.probability(law, weights, drawn.quantity.scale)
    positive = 1 - float(pool(tally.nonpositive, weights).mean()) if limited else 1.0
    return Chance(value * positive, mcse * positive)


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of one estimate for which a question is true.

    Attributes
    ----------
    estimate : str
        Its name.
    cuts : tuple of float
        The numbers that it is compared with, in base units, rising.
    true : tuple of bool
        Below the first cut, at it, between it and the next, and so on: one more than twice the cuts.
    """

    estimate: str
    cuts: tuple[float, ...]
    true: tuple[bool, ...]

    @classmethod
    def of(cls, expression: Expression) -> Reading | None:
        """What a question asks of one estimate; None where it asks anything else.

        Read are comparisons of the estimate alone with a number alone, and what `and`, `or` and `not` make
        of them; a chain is an `and`.
        """
        part = fold(expression, _Parts())
        if not isinstance(part, _Asked):
            return None
        cuts = sorted(part.cuts)
        places = [math.nextafter(cuts[0], -math.inf)]
        for cut in cuts:  # between two cuts the answer is one, and right above the first it is found
            places += [cut, math.nextafter(cut, math.inf)]
        return cls(part.estimate, tuple(cuts), tuple(map(part.holds, places)))

    def probability(self, pool: Pool, weights: Array, scale: float) -> tuple[float, float]:
        """P(the question is true) and its Monte Carlo standard error by sectioning.

        Parameters
        ----------
        pool : Pool
            Of the estimate; defined for the weights.
        weights : ndarray, shape (stratum,)
        scale : float
            Size in base units of the unit that the pool's values are in.
        """
        at = np.array(self.cuts) / scale
        found = pool.cdfs(weights, np.stack([np.nextafter(at, -np.inf), at], axis=1).ravel())
        whole, each = (
            np.diff(part, prepend=0.0, append=1.0) @ np.array(self.true, dtype=float) for part in found
        )
        return float(whole), float(sectioning(each, whole))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A part of a question: true for some values of one estimate, changing at some cuts."""

    estimate: str
    cuts: frozenset[float]
    holds: Callable[[float], bool]


class _Parts:
    """The algebra of such parts; None for whatever is not one, its operands as they are."""

    def number(self, node: Number) -> float | str | _Asked | None:
        return node.value

    def reference(self, node: Reference) -> float | str | _Asked | None:
        return node.name if node.kind == "estimate" else None

    def apply(
        self, node: Operation, operands: Sequence[float | str | _Asked | None]
    ) -> float | str | _Asked | None:
        match node.operator, operands:
            case ("<" | "<=" | ">" | ">=") as sign, [str(name), float(cut)]:
                return _Asked(name, frozenset([cut]), lambda x: _COMPARED[sign](x, cut))
            case ("<" | "<=" | ">" | ">=") as sign, [float(cut), str(name)]:
                return _Asked(name, frozenset([cut]), lambda x: _COMPARED[sign](cut, x))
            case "not", [_Asked() as a]:
                return _Asked(a.estimate, a.cuts, lambda x: not a.holds(x))
            case ("and" | "or") as both, [_Asked() as a, _Asked() as b] if a.estimate == b.estimate:
                join = all if both == "and" else any
                return _Asked(a.estimate, a.cuts | b.cuts, lambda x: join((a.holds(x), b.holds(x))))
        return None
