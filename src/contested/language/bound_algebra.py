"""Formulas of points and one-sided bounds: "at least 200,000 over at most 6,035.5" is at least 33.1.

A bound carries no distribution. It passes through an operator that is monotone in it over all values
that the bound allows, keeping its direction where the operator rises and turning it where it falls; where
two bounds would push a result both ways nothing can be said, and the formula is refused.

A stated bound of positive value is taken to bound a quantity that is not negative, as counts, areas and
days are: "at most 6,035.5" is a quantity from 0 to 6,035.5.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from contested.errors import ContestedError
from contested.language.formula import Number, Operation, Reference
from contested.language.grammar import compute

_REMEDY = "state low and high, and why"
Known = Literal["exact", "lower", "upper"]
_COMPARISONS = ("<", "<=", ">", ">=")
_TURNED: dict[int, Literal["lower", "upper"]] = {1: "lower", -1: "upper"}


class BoundFault(ContestedError):
    """A formula through which a bound does not pass; `column` counts from 0 into its text."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column


@dataclass(frozen=True, slots=True)
class Bounded:
    """A quantity that is known exactly, or to be at least or at most a value.

    Attributes
    ----------
    value : float
        In base units.
    direction : {'exact', 'lower', 'upper'}
        'lower' for "at least".
    nonnegative : bool, optional
        Whether the quantity is known not to be negative; by default as the value's sign suggests, which
        is the convention for bounds as stated.
    """

    value: float
    direction: Known
    nonnegative: bool | None = None

    @property
    def low(self) -> float:
        """The least that the quantity can be."""
        if self.direction != "upper":
            return self.value
        nonnegative = self.value > 0 if self.nonnegative is None else self.nonnegative
        return 0.0 if nonnegative else -math.inf

    @property
    def high(self) -> float:
        """The most that the quantity can be."""
        return math.inf if self.direction == "lower" else self.value

    @property
    def push(self) -> int:
        """1 for at least, -1 for at most, 0 for exactly."""
        return {"lower": 1, "exact": 0, "upper": -1}[self.direction]


Verdict: TypeAlias = bool | None  # None: the bounds do not decide it


class BoundAlgebra:
    """The algebra to `fold` a formula of points and bounds with.

    A formula gives a Bounded; a question gives True, False, or None where the bounds do not decide it.

    Parameters
    ----------
    bound_of : callable
        The point or bound that a reference stands for, in base units; None for a distribution.

    Raises
    ------
    BoundFault
        From `fold`: where bounds conflict, meet a distribution, or leave an operator without a value.
    """

    def __init__(self, bound_of: Callable[[Reference], Bounded | None]) -> None:
        self._bound_of = bound_of

    def number(self, node: Number) -> Bounded | Verdict:
        """A constant."""
        return Bounded(node.value, "exact")

    def reference(self, node: Reference) -> Bounded | Verdict:
        """A name; one of a distribution is refused."""
        found = self._bound_of(node)
        if found is None:
            name = f"{node.name}.{node.source}" if node.source else node.name
            raise BoundFault(
                f"a bound is combined with '{name}', which has a distribution: {_REMEDY}", node.column
            )
        return found

    def apply(self, node: Operation, operands: Sequence[Bounded | Verdict]) -> Bounded | Verdict:
        """An operation on bounds, a comparison of them, or a junction of verdicts."""
        sides = [operand for operand in operands if isinstance(operand, Bounded)]
        if len(sides) < len(operands):
            return _junction(
                node.operator, [operand for operand in operands if not isinstance(operand, Bounded)]
            )
        same = len(sides) == 2 and node.operands[0] == node.operands[1]
        if node.operator in _COMPARISONS:
            return node.operator in ("<=", ">=") if same else _compared(node.operator, *sides)
        if same and node.operator in ("-", "/"):  # a name is one variable, whatever is known of it
            return Bounded(0.0 if node.operator == "-" else 1.0, "exact")
        return _propagated(node, sides)


def _propagated(node: Operation, sides: Sequence[Bounded]) -> Bounded:
    slopes = _slopes(node.operator, sides)
    pushes = set()
    for side, slope in zip(sides, slopes, strict=True):
        if side.push and slope is None:
            raise BoundFault(f"a bound does not pass through '{node.operator}' here: {_REMEDY}", node.column)
        pushes.add(side.push * (slope or 0))
    pushes.discard(0)
    if len(pushes) > 1:
        raise BoundFault(
            f"the bounds on the sides of '{node.operator}' push in opposite directions: {_REMEDY}",
            node.column,
        )
    try:
        value = compute(node.operator, [side.value for side in sides])
    except (ArithmeticError, ValueError):
        raise BoundFault(f"'{node.operator}' of these bounds has no value: {_REMEDY}", node.column) from None
    if not pushes:
        return Bounded(value, "exact")
    return Bounded(value, _TURNED[pushes.pop()], _nonnegative(node.operator, sides))


def _slopes(operator: str, sides: Sequence[Bounded]) -> Sequence[int | None]:
    """By operand: 1 where the operator rises in it over all that the bounds allow, -1 falls, None neither."""
    match operator:
        case "-":
            return (1, -1)
        case "neg":
            return (-1,)
        case "*":
            return (_sign(sides[1]), _sign(sides[0]))
        case "/":
            return (_sign(sides[1]), _reversed(_sign(sides[0])) if _sign(sides[1]) else None)
        case "**":
            return _power_slopes(*sides)
        case "abs":
            return (_sign(sides[0]),)
        case "sqrt" | "log":
            return (1 if sides[0].low >= 0 else None,)
    return (1,) * len(sides)  # + min max exp


def _power_slopes(base: Bounded, exponent: Bounded) -> Sequence[int | None]:
    if base.low >= 0:
        above_one = Bounded(base.value - 1, base.direction, nonnegative=base.low >= 1)
        return (_sign(exponent), _sign(above_one))
    if exponent.push or not exponent.value.is_integer() or exponent.value < 0:
        return (None, None)
    return (1 if exponent.value % 2 else _sign(base), None)


def _sign(side: Bounded) -> int | None:
    """1 for a quantity never negative, -1 for one never positive, 0 for zero, None for neither."""
    if side.low == 0 == side.high:
        return 0
    return 1 if side.low >= 0 else -1 if side.high <= 0 else None


def _reversed(sign: int | None) -> int | None:
    return None if sign is None else -sign


def _nonnegative(operator: str, sides: Sequence[Bounded]) -> bool:
    """Whether the result cannot be negative, from the signs of what it is made of."""
    signs = [side.low >= 0 for side in sides]
    match operator:
        case "abs" | "exp" | "sqrt":
            return True
        case "max":
            return any(signs)
        case "+" | "min":
            return all(signs)
        case "*" | "/":
            return all(signs) or all(side.high <= 0 for side in sides)
        case "**":
            return signs[0] or sides[1].value % 2 == 0
    return False


def _compared(operator: str, left: Bounded, right: Bounded) -> Verdict:
    if operator in ("<", "<="):
        left, right = right, left
    if operator in (">", "<"):
        return True if left.low > right.high else False if left.high <= right.low else None
    return True if left.low >= right.high else False if left.high < right.low else None


def _junction(operator: str, verdicts: Sequence[Verdict]) -> Verdict:
    """Kleene's and, or, not: decided as soon as what is known decides it."""
    if operator == "not":
        return None if verdicts[0] is None else not verdicts[0]
    deciding = operator == "or"
    if deciding in verdicts:
        return deciding
    return None if None in verdicts else not deciding
