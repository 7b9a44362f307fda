"""Formulas: the grammar's nodes, and one fold that evaluates them in any algebra.

The same formula is evaluated once on units, once on supports, once on bounds, and many times on arrays:
each is an `Algebra`, and `fold` is the only evaluator.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from contested.errors import Location

T = TypeVar("T")

Kind = Literal["input", "fact", "figure", "claim", "estimate"]


@dataclass(frozen=True, slots=True)
class Number:
    """A literal, in base units."""

    value: float
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, resolved: what kind of thing, its name (a fact's id with hyphens), and a claim's source."""

    kind: Kind
    name: str
    source: str | None = None
    column: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Operation:
    """An operator or function applied to its operands.

    Operators: + - * / ** neg min max abs exp log sqrt < <= > >= and or not.
    """

    operator: str
    operands: tuple[Expression, ...]
    column: int = field(default=0, compare=False)


Expression = Number | Reference | Operation


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as written and as understood; `location` is where its text begins."""

    text: str
    expression: Expression
    location: Location


class Algebra(Protocol[T]):
    """What a formula can be evaluated in."""

    def number(self, node: Number) -> T: ...
    def reference(self, node: Reference) -> T: ...
    def apply(self, node: Operation, operands: Sequence[T]) -> T: ...


def fold(expression: Expression, algebra: Algebra[T]) -> T:
    """Evaluate an expression in an algebra, operands before their operation."""
    match expression:
        case Number():
            return algebra.number(expression)
        case Reference():
            return algebra.reference(expression)
        case Operation():
            return algebra.apply(expression, [fold(operand, algebra) for operand in expression.operands])


def parts(expression: Expression) -> Iterator[Expression]:
    """An expression and all its parts, each before its own operands."""
    yield expression
    if isinstance(expression, Operation):
        for operand in expression.operands:
            yield from parts(operand)


def references(expression: Expression) -> Iterator[Reference]:
    """The names in an expression, in reading order."""
    return (part for part in parts(expression) if isinstance(part, Reference))
