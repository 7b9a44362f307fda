"""Units checked by dimension, once, before any draw: an algebra over units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from contested.language.formula import Expression, Number, Operation, Reference, fold
from contested.language.tokens import SyntaxFault
from contested.language.units import DIMENSIONLESS, Unit, UnitError, dimension_text, same_dimension

_FINEST = 1000  # exponents are read as fractions with at most this denominator, so that 0.333… is a third
_COMPARISONS = ("<", "<=", ">", ">=")
_ADDITIVE = {"+": "add {0} and {1}", "-": "subtract {1} from {0}", "min": "take the min of {0} and {1}",
             "max": "take the max of {0} and {1}"}  # fmt: skip


def check(
    expression: Expression, unit_of: Callable[[Reference], Unit], *, truth: bool
) -> tuple[Expression, Unit | None]:
    """Check a formula's units, and put its comparisons into base units.

    Sums, differences, min, max and comparisons need equal dimensions; the number 0 fits all, and every
    other number is plain. A number standing alone on one side of a comparison takes the unit of the other
    side as displayed: where that is person/(1000 mi²), `x >= 200` asks about 200 of those.

    Parameters
    ----------
    expression : Expression
        With constants computed, as `grammar.parse` leaves them.
    unit_of : callable
        The unit that a reference is displayed in.
    truth : bool
        Whether the expression must be true or false; otherwise it must be a number.

    Returns
    -------
    expression : Expression
        The same in base units.
    unit : Unit or None
        What the expression is displayed in: products and quotients combine their operands' units (and are
        plain where the dimensions cancel, whatever the scales), sums take the left operand's. None for
        what is true or false.

    Raises
    ------
    SyntaxFault
        With the column of the operator and the dimensions that do not fit.
    """
    typed = fold(expression, _Units(unit_of))
    if truth != (typed.unit is None):
        wanted = "true or false" if truth else "a number"
        raise SyntaxFault(f"must be {wanted}", expression.column)
    return typed.expression, typed.unit


@dataclass(frozen=True, slots=True)
class _Typed:
    expression: Expression
    unit: Unit | None  # None: true or false

    @property
    def number(self) -> float | None:
        return self.expression.value if isinstance(self.expression, Number) else None


class _Units:
    """The algebra: each part with the unit it is displayed in."""

    def __init__(self, unit_of: Callable[[Reference], Unit]) -> None:
        self.unit_of = unit_of

    def number(self, node: Number) -> _Typed:
        return _Typed(node, DIMENSIONLESS)

    def reference(self, node: Reference) -> _Typed:
        return _Typed(node, self.unit_of(node))

    def apply(self, node: Operation, operands: Sequence[_Typed]) -> _Typed:
        if node.operator in _COMPARISONS:
            return _comparison(node, *operands)
        rebuilt = Operation(node.operator, tuple(operand.expression for operand in operands), node.column)
        if node.operator in ("and", "or", "not"):
            return _Typed(rebuilt, None)
        try:
            return _Typed(rebuilt, _unit(node, operands))
        except UnitError as error:
            raise SyntaxFault(error.message, node.column) from None


def _unit(node: Operation, operands: Sequence[_Typed]) -> Unit:
    units = [_unit_of(operand) for operand in operands]
    match node.operator:
        case "+" | "-" | "min" | "max":
            return _common(node, operands)
        case "*":
            return _shown(_shown(units[0]) * _shown(units[1]))
        case "/":
            return _shown(_shown(units[0]) / _shown(units[1]))
        case "neg" | "abs":
            return units[0]
        case "sqrt":
            return _shown(units[0]) ** Fraction(1, 2)
        case "**":
            return _power(node, units, operands[1].number)
        case "exp" | "log":
            _require_plain(f"{node.operator} needs", units[0], node.column)
            return DIMENSIONLESS
    raise ValueError(f"no such operator: {node.operator}")


def _shown(unit: Unit) -> Unit:
    """A unit as it enters and leaves a product: 1,000 persons × 30 % are persons, ha/km² is a plain ratio."""
    return unit if unit.dimension else DIMENSIONLESS


def _unit_of(operand: _Typed) -> Unit:
    if operand.unit is None:
        raise SyntaxFault("a number is wanted here, not something true or false", operand.expression.column)
    return operand.unit


def _common(node: Operation, operands: Sequence[_Typed]) -> Unit:
    """The displayed unit of operands that must agree: the first one's that is not the number 0."""
    first, *rest = [_unit_of(operand) for operand in operands if operand.number != 0] or [DIMENSIONLESS]
    for unit in rest:
        if not same_dimension(first, unit):
            what = _ADDITIVE[node.operator].format(dimension_text(first), dimension_text(unit))
            raise SyntaxFault(f"cannot {what}{_unit_for_number(operands)}", node.column)
    return first


def _unit_for_number(operands: Sequence[_Typed]) -> str:
    """What to do where a number written out should be persons or days: only names have units."""
    if not any(operand.number for operand in operands):  # 0 fits all
        return ""
    wanted = next((dimension_text(unit) for unit in map(_unit_of, operands) if unit.dimension), "…")
    return f"; give the number as an input with unit: {wanted}"


def _power(node: Operation, units: Sequence[Unit], exponent: float | None) -> Unit:
    base, power = units
    _require_plain("an exponent must be", power, node.column)
    if exponent is not None:
        return base ** Fraction(exponent).limit_denominator(_FINEST)
    if base.dimension:
        raise SyntaxFault(
            f"the exponent of {dimension_text(base)} must be a constant number",
            node.column,
        )
    return DIMENSIONLESS


def _require_plain(what: str, unit: Unit, column: int) -> None:
    if unit.dimension:
        raise SyntaxFault(f"{what} a plain number (got {dimension_text(unit)})", column)


def _comparison(node: Operation, left: _Typed, right: _Typed) -> _Typed:
    units = _unit_of(left), _unit_of(right)
    if left.number is not None and right.number is None:
        left = _scaled(left.number, units[1], left.expression.column)
    elif right.number is not None and left.number is None:
        right = _scaled(right.number, units[0], right.expression.column)
    elif not same_dimension(*units):
        what = f"{dimension_text(units[0])} with {dimension_text(units[1])}"
        raise SyntaxFault(f"cannot compare {what}", node.column)
    return _Typed(Operation(node.operator, (left.expression, right.expression), node.column), None)


def _scaled(number: float, unit: Unit, column: int) -> _Typed:
    value = number * unit.scale
    if not isfinite(value) or (value == 0) != (number == 0):
        raise SyntaxFault(f"{number:g} {unit.text} is out of the range of numbers", column)
    return _Typed(Number(value, column), unit)
