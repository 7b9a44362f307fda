"""How far an expression reaches and which of its moments exist, from the reaches of what it names.

An algebra over `Reach` (method, section g). The names of one expression may depend on each other in any
way (claims share inputs, inputs are correlated), so every rule holds under any dependence:

- products by Hölder's inequality: E|XY|^m is finite where m/a + m/b < 1;
- sums by |x + y|^m <= C (|x|^m + |y|^m), and, where both are positive, x + y >= max(x, y);
- the two sides of one operator that are the same expression are the same variable: x - x is 0, x / x is 1.

Where nothing can be said the exponents are 0: a moment is claimed only where it exists.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from contested.language.formula import Expression, Number, Operation, Reference, fold, parts
from contested.shapes.base import Reach

_UNKNOWN = Reach(-math.inf, math.inf, zero=0.0, tail=0.0)
_TRUTH = Reach(0.0, 1.0, zero=0.0)
_ROUNDING = 1e-12  # a sum's lower end this close to 0, relative to its terms', is taken to touch 0


def sure_positive(reach: Reach) -> bool:
    """Whether P(Y <= 0) is certainly 0.

    A support that begins at 0 is enough where the density there has an exponent; an exponent of 0 may
    stand for a mass at 0, as in max(0, x).
    """
    return reach.low > 0 or (reach.low == 0 and reach.zero > 0)


def denominators(expression: Expression) -> list[Expression]:
    """The parts of an expression that divide, in reading order, each once.

    Divisors and the bases of powers whose exponent is, or may be, negative; constants are left out.
    """
    found = (_divisor(part) for part in parts(expression) if isinstance(part, Operation))
    return list(dict.fromkeys(part for part in found if part is not None and not isinstance(part, Number)))


class ReachAlgebra:
    """The algebra to `fold` an expression with.

    Parameters
    ----------
    reach_of : callable
        The reach of what a reference stands for, in base units.
    light : callable, optional
        Whether exp of (any multiple of) a reference has all moments, as that of a normal does. Asked only
        under exp of a variable that is unbounded; False where absent.
    given_positive : bool
        Take every divisor that may vanish as if it were positive and kept away from 0.
    """

    def __init__(
        self,
        reach_of: Callable[[Reference], Reach],
        light: Callable[[Reference], bool] = lambda reference: False,
        *,
        given_positive: bool = False,
    ) -> None:
        self._reach_of, self._light, self._given_positive = reach_of, light, given_positive

    def number(self, node: Number) -> Reach:
        """A constant."""
        return _point(node.value)

    def reference(self, node: Reference) -> Reach:
        """A name."""
        return self._reach_of(node)

    def apply(self, node: Operation, operands: Sequence[Reach]) -> Reach:
        """An operation; what is true or false reaches from 0 to 1."""
        same = len(operands) == 2 and node.operands[0] == node.operands[1]
        match node.operator:
            case "+":
                return _product(_point(2.0), operands[0]) if same else _sum(*operands)
            case "-":
                return _point(0.0) if same else _sum(operands[0], _negative(operands[1]))
            case "*":
                return _power(operands[0], 2.0) if same else _product(*operands)
            case "/":
                return _point(1.0) if same else _product(operands[0], inverse(self._dividing(operands[1])))
            case "**":
                return self._raised(*operands)
            case "neg":
                return _negative(operands[0])
            case "min":
                return _negative(_greatest([_negative(operand) for operand in operands]))
            case "max":
                return _greatest(operands)
            case "abs":
                return _magnitude(operands[0])
            case "sqrt":
                return _power(operands[0], 0.5)
            case "exp":
                return _exponential(operands[0], self._is_light(node.operands[0]))
            case "log":
                return _logarithm(operands[0])
        return _TRUTH

    def _raised(self, base: Reach, exponent: Reach) -> Reach:
        if exponent.low != exponent.high:
            return _power_between(base, exponent)
        if exponent.low < 0:
            return inverse(_power(self._dividing(base), -exponent.low))
        return _power(base, exponent.low)

    def _dividing(self, reach: Reach) -> Reach:
        if self._given_positive and not sure_positive(reach) and reach.high > 0:
            return Reach(0.0, reach.high, tail=reach.tail)
        return reach

    def _is_light(self, expression: Expression) -> bool:
        """Whether an expression is a linear combination of light-tailed and bounded variables."""
        match expression:
            case Reference():
                return self._light(expression) or _bounded(self._reach_of(expression))
            case Operation("+" | "-" | "neg", operands):
                return all(map(self._is_light, operands))
            case Operation("*", (Number(), operand) | (operand, Number())) | Operation(
                "/", (operand, Number())
            ):
                return self._is_light(operand)
        return _bounded(fold(expression, self))


def _divisor(part: Operation) -> Expression | None:
    match part:
        case Operation("/", (dividend, divisor)) if dividend != divisor:  # x / x is 1 wherever x is
            return divisor
        case Operation("**", (base, exponent)) if not isinstance(exponent, Number) or exponent.value < 0:
            return base
    return None


def _point(value: float) -> Reach:
    return Reach(value, value, zero=0.0 if value == 0 else math.inf)


def _made(low: float, high: float, zero: float, tail: float) -> Reach:
    """A reach whose exponents say what its support already does."""
    away = low > 0 or high < 0
    return Reach(low, high, math.inf if away else zero, math.inf if math.isfinite(low + high) else tail)


def _bounded(reach: Reach) -> bool:
    return math.isfinite(reach.low) and math.isfinite(reach.high)


def _negative(reach: Reach) -> Reach:
    return Reach(-reach.high, -reach.low, reach.zero, reach.tail)


def _magnitude(reach: Reach) -> Reach:
    if reach.low >= 0:
        return reach
    if reach.high <= 0:
        return _negative(reach)
    return Reach(0.0, max(-reach.low, reach.high), reach.zero, reach.tail)


def _sum(a: Reach, b: Reach) -> Reach:
    low, high = a.low + b.low, a.high + b.high
    if (a.low >= 0 and b.low >= 0) or (a.high <= 0 and b.high <= 0):
        return _made(low, high, max(a.zero, b.zero), min(a.tail, b.tail))
    if 0 < low <= _ROUNDING * max(abs(a.low), abs(b.low)):
        low = 0.0
    if 0 > high >= -_ROUNDING * max(abs(a.high), abs(b.high)):
        high = 0.0
    return _made(low, high, 0.0, min(a.tail, b.tail))


def _product(a: Reach, b: Reach) -> Reach:
    ends = [_times(x, y) for x in (a.low, a.high) for y in (b.low, b.high)]
    return _made(min(ends), max(ends), _hoelder(a.zero, b.zero), _hoelder(a.tail, b.tail))


def inverse(reach: Reach) -> Reach:
    """1/Y: its tail is Y's exponent at 0, and the reverse."""
    low, high = -math.inf, math.inf
    if reach.low == 0 == reach.high:
        return _UNKNOWN
    if reach.low >= 0 or reach.high < 0:
        low = 1 / reach.high
    if reach.high <= 0 or reach.low > 0:
        high = 1 / reach.low
    return _made(low, high, zero=reach.tail, tail=reach.zero)


def _greatest(operands: Sequence[Reach]) -> Reach:
    """max(X, Y, …): at least each, and in size at most the sum of all."""
    zero = max([min(o.zero for o in operands), *(o.zero for o in operands if o.low >= 0)])
    tails = [operand.tail for operand in operands]
    tail = max(tails) if all(operand.high <= 0 for operand in operands) else min(tails)
    return _made(max(o.low for o in operands), max(o.high for o in operands), zero, tail)


def _power(base: Reach, exponent: float) -> Reach:
    """X ** c for a constant c >= 0: exponents are divided by c."""
    if exponent == 0:
        return _point(1.0)
    if base.low < 0 and not exponent.is_integer():
        return _UNKNOWN  # no value where X is negative
    if base.low < 0 and exponent % 2 == 0:
        base = _magnitude(base)
    ends = [math.copysign(_raise(abs(end), exponent), end) for end in (base.low, base.high)]
    return _made(ends[0], ends[1], base.zero / exponent, base.tail / exponent)


def _power_between(base: Reach, exponent: Reach) -> Reach:
    """X ** Y: monotone in each, so that its support's ends are at the corners."""
    if base.low < 0:
        return _UNKNOWN
    ends = [_raise(x, y) for x in (base.low, base.high) for y in (exponent.low, exponent.high)]
    return _made(min(ends), max(ends), 0.0, 0.0)


def _exponential(reach: Reach, light: bool) -> Reach:
    exponent = math.inf if light else 0.0
    zero = math.inf if reach.low > -math.inf else exponent
    tail = math.inf if reach.high < math.inf else exponent
    return Reach(_exp(reach.low), _exp(reach.high), zero, tail)


def _logarithm(reach: Reach) -> Reach:
    """Log X has all moments wherever X has any, and its inverse any."""
    if reach.low < 0:
        return _UNKNOWN
    tail = math.inf if reach.zero > 0 and reach.tail > 0 else 0.0
    return _made(_log(reach.low), _log(reach.high), 0.0, tail)


def _hoelder(a: float, b: float) -> float:
    """1 / (1/a + 1/b): the order below which the moments of a product exist under any dependence."""
    if a == 0 or b == 0:
        return 0.0
    return min(a, b) if math.inf in (a, b) else a * b / (a + b)


def _times(x: float, y: float) -> float:
    return 0.0 if x == 0 or y == 0 else x * y


def _raise(x: float, y: float) -> float:
    if x == 0 and y < 0:
        return math.inf
    try:
        return math.pow(x, y)
    except OverflowError:
        return math.inf


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _log(x: float) -> float:
    return math.log(x) if x > 0 else -math.inf
