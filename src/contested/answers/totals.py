"""What an estimate comes to over a window of periods: amounts are summed, and a ratio is the ratio of sums.

Persons, areas and days of every month add up; a rate, a share or the wounded for each dead do not. So an
expression is read as one of four kinds, from its parts: what is the same in every period (constant); what
adds up (amount), which over a window is the sum of every period's own value; a quotient of amounts (ratio),
which is that of their sums; and any other number of each period (rate), which has no value over a window.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from contested.language.formula import Expression, Number, Operation, Reference, fold
from contested.language.nodes import Computed, Study
from contested.language.repeated import Each
from contested.language.units import Unit

Kind = Literal["constant", "amount", "ratio", "rate"]


class NoTotal(Exception):
    """An expression has no value over a window; the message says why, as half a sentence."""


def total(study: Study, each: Each, template: str, indices: range) -> Expression:
    """An estimate over the periods of a window.

    Parameters
    ----------
    study : Study
    each : Each
        What is repeated.
    template : str
        The estimate's name for all periods.
    indices : range
        Which periods the window has; of a single one, the estimate is that period's own.

    Raises
    ------
    NoTotal
        Where it is neither an amount nor a ratio of amounts.
    """
    names = each.estimates[template].names
    if len(indices) == 1:
        return study.estimates[names[indices[0]]].formula.expression
    found = fold(study.estimates[names[0]].formula.expression, _Totals(study, each, indices))
    if found.whole is None:
        raise NoTotal(f"it does not add up over {each.step}s, and is no quotient of what does")
    return found.whole


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of an expression: its kind, what it is in each period, and over the window (None of a rate)."""

    kind: Kind
    by_period: tuple[Expression, ...]
    whole: Expression | None


class _Totals:
    """The algebra of parts over the periods of a window."""

    def __init__(self, study: Study, each: Each, indices: range) -> None:
        self._study, self._each, self._indices = study, each, indices
        kinds = {"input": each.inputs, "figure": each.figures, "estimate": each.estimates}
        self._names: Mapping[tuple[str, str], tuple[str, ...]] = {
            (kind, one.names[0]): one.names for kind, held in kinds.items() for one in held.values()
        }

    def number(self, node: Number) -> _Part:
        return self._constant(node)

    def reference(self, node: Reference) -> _Part:
        names = self._names.get(("figure" if node.kind == "claim" else node.kind, node.name))
        if names is None:
            return self._constant(node)
        if node.kind == "estimate":
            return fold(self._study.estimates[node.name].formula.expression, self)
        by_period = tuple(
            Reference(node.kind, names[index], node.source, node.column) for index in self._indices
        )
        if _adds_up(self._unit(node)):
            return _amount(by_period)
        form = self._study.inputs[node.name].statement.form if node.kind == "input" else None
        if isinstance(form, Computed):  # what is computed may be a quotient of what adds up
            return fold(form.formula.expression, self)
        return _Part("rate", by_period, None)

    def apply(self, node: Operation, operands: Sequence[_Part]) -> _Part:
        kind = self._kind(node.operator, [operand.kind for operand in operands])
        by_period = tuple(
            Operation(node.operator, parts, node.column)
            for parts in zip(*(operand.by_period for operand in operands), strict=True)
        )
        if kind == "amount":
            return _amount(by_period)
        wholes = [operand.whole for operand in operands if operand.whole is not None]
        if kind == "rate" or len(wholes) < len(operands):
            return _Part("rate", by_period, None)
        return _Part(kind, by_period, Operation(node.operator, tuple(wholes), node.column))

    def _constant(self, node: Number | Reference) -> _Part:
        return _Part("constant", (node,) * len(self._indices), node)

    def _unit(self, node: Reference) -> Unit:
        if node.kind == "input":
            return self._study.inputs[node.name].statement.unit
        return self._study.figures[node.name].unit

    def _kind(self, operator: str, kinds: Sequence[Kind]) -> Kind:
        """What an operation makes of its operands.

        Raises
        ------
        NoTotal
            Where it sets an amount beside what does not add up, or takes it out of proportion.
        """
        amounts = [kind == "amount" for kind in kinds]
        if not any(amounts):
            order: tuple[Kind, ...] = ("constant", "ratio", "rate")
            return max(kinds, key=order.index)
        match operator:
            case "+" | "-" | "neg" if all(amounts):
                return "amount"
            case "*" if sum(amounts) == 1:
                return "amount"
            case "/" if all(amounts):
                return "ratio"
            case "/" if amounts[0]:
                return "amount"
        step = self._each.step
        raise NoTotal(
            f"'{operator}' is applied to what adds up over {step}s and to what does not"
            if operator in ("+", "-", "/") and not all(amounts)
            else f"'{operator}' of what adds up over {step}s does not add up"
        )


def _adds_up(unit: Unit) -> bool:
    """Whether a number of this unit is an amount: persons, km², days; no rate, and no plain number."""
    powers = [power for _, power in unit.dimension]
    return bool(powers) and min(powers) > 0


def _amount(by_period: tuple[Expression, ...]) -> _Part:
    return _Part("amount", by_period, _sum(by_period))


def _sum(terms: Sequence[Expression]) -> Expression:
    """A sum by halves: no deeper than the logarithm of its length."""
    if len(terms) == 1:
        return terms[0]
    half = len(terms) // 2
    return Operation("+", (_sum(terms[:half]), _sum(terms[half:])))
