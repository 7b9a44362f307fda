"""Units: what a user may write, their dimensions, and the algebra that formulas are checked with.

Everything is computed in base units: person, km, day, and each counting unit that a scenario declares.
A `Unit` says how a number is displayed; its scale is its size in base units.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from fractions import Fraction

from contested.language.unit_text import Factors, UnitError, factors, render

__all__ = [
    "DIMENSIONLESS",
    "UNIT_NAMES",
    "Unit",
    "UnitError",
    "dimension_text",
    "exact_scale",
    "parse_unit",
    "same_dimension",
    "unit_meant",
]

Dimension = tuple[tuple[str, Fraction], ...]

_DAYS_IN_MONTH = Fraction("30.4375")
_BUILT_IN: Mapping[str, tuple[str | None, int, Fraction]] = {  # base unit, its power, size in base units
    "person": ("person", 1, Fraction(1)),
    "km": ("km", 1, Fraction(1)),
    "m": ("km", 1, Fraction(1, 1000)),
    "mi": ("km", 1, Fraction("1.609344")),  # the international mile, exact
    "ha": ("km", 2, Fraction(1, 100)),
    "day": ("day", 1, Fraction(1)),
    "month": ("day", 1, _DAYS_IN_MONTH),
    "year": ("day", 1, 12 * _DAYS_IN_MONTH),
    "%": (None, 0, Fraction(1, 100)),
}
UNIT_NAMES = frozenset(_BUILT_IN)  # what a scenario cannot declare as a counting unit
_MEANT = {
    "people": "person", "soldier": "person", "soldiers": "person", "men": "person",
    "mile": "mi", "miles": "mi", "kilometre": "km", "kilometres": "km", "metre": "m", "metres": "m",
    "kilometer": "km", "kilometers": "km", "meter": "m", "meters": "m", "sqkm": "km²", "sqmi": "mi²",
    "hectare": "ha", "hectares": "ha", "percent": "%", "week": "7 day", "weeks": "7 day",
}  # fmt: skip
_LARGEST_POWER = 12
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement; two with the same dimension and scale are equal, however they are written.

    Attributes
    ----------
    text : str
        As displayed; it parses back to this unit, and is empty for a plain number.
    dimension : tuple of (str, Fraction)
        Base units and their powers, sorted by name, none of power zero.
    scale : float
        One of this unit in base units.

    Raises
    ------
    UnitError
        If the scale is zero or not finite, as a product of extreme factors may be.
    """

    text: str = field(compare=False)
    dimension: Dimension
    scale: float

    def __post_init__(self) -> None:
        if not 0 < self.scale < math.inf:
            raise UnitError(f"the unit's factor must be finite and above 0 (got {self.scale:g})", 0)

    def __mul__(self, other: Unit) -> Unit:
        text = render([*factors(self.text), *factors(other.text)])
        return Unit(text, _merged([*self.dimension, *other.dimension]), self.scale * other.scale)

    def __truediv__(self, other: Unit) -> Unit:
        return self * other.inverse()

    def __pow__(self, exponent: Fraction | int) -> Unit:
        text = render((symbol, power * exponent) for symbol, power in factors(self.text))
        dimension = _merged((base, power * exponent) for base, power in self.dimension)
        try:
            return Unit(text, dimension, float(self.scale**exponent))
        except OverflowError:
            raise UnitError("the unit's factor must be finite", 0) from None

    def inverse(self) -> Unit:
        """The reciprocal: person/km² becomes km²/person."""
        return self**-1

    def __str__(self) -> str:
        return self.text


DIMENSIONLESS = Unit("", (), 1.0)


def parse_unit(text: str, counting: Collection[str] = ()) -> Unit:
    """Read a unit as a user writes it: `person/km²`, `km²/(1000 person)`, `tank/mi2`, `%`.

    Parameters
    ----------
    text : str
        Names and numeric factors joined by `*`, `·`, `/` or a space, with powers and parentheses.
    counting : collection of str
        Names of the counting units that the scenario declares, each a base unit of its own.

    Raises
    ------
    UnitError
        With the offset into `text` of what is at fault.
    """
    if len(text) > _LONGEST:
        raise UnitError(f"a unit of over {_LONGEST} characters", _LONGEST)
    found = factors(text, check=lambda symbol, offset: _check_symbol(symbol, offset, counting))
    for symbol, power in found:
        if abs(power) > _LARGEST_POWER:
            raise UnitError(f"the power of '{symbol}' must be at most {_LARGEST_POWER}", 0)
    return Unit(render(found), _dimension(found), _scale(found))


def same_dimension(a: Unit, b: Unit) -> bool:
    """Whether quantities in these units can be added and compared."""
    return a.dimension == b.dimension


def exact_scale(unit: Unit) -> Fraction:
    """A unit's size in base units without rounding; the nearest double's where a power is no whole number."""
    found = factors(unit.text)
    if any(power.denominator != 1 for _, power in found):
        return Fraction(unit.scale)
    size = Fraction(1)
    for symbol, power in found:
        size *= _base(symbol)[2] ** power.numerator
    return size


def unit_meant(symbol: str) -> str | None:
    """The unit that a name nobody knows is likely to stand for; None where it is like none."""
    name = symbol.lower()
    return _MEANT.get(name) or next(iter(get_close_matches(name, _BUILT_IN, 1)), None)


def dimension_text(unit: Unit) -> str:
    """A unit's dimension as a message names it: 'person/km²', or 'a plain number'."""
    return render(unit.dimension) or "a plain number"


def _check_symbol(symbol: str, offset: int, counting: Collection[str]) -> None:
    if symbol[0].isdigit() or symbol in counting or symbol in _BUILT_IN:
        return
    known = [*_BUILT_IN, *sorted(counting)]
    near = unit_meant(symbol) or next(iter(get_close_matches(symbol.lower(), known, 1)), None)
    others = f"known are {', '.join(known)}; counting units are declared, as in units: [tank]"
    hint = f"did you mean '{near}'?" if near else others
    raise UnitError(f"unknown unit '{symbol}'; {hint}", offset)


def _base(symbol: str) -> tuple[str | None, int, Fraction]:
    if symbol[0].isdigit():
        return (None, 0, Fraction(symbol))
    return _BUILT_IN.get(symbol, (symbol, 1, Fraction(1)))  # an unknown one is a counting unit


def _dimension(found: Factors) -> Dimension:
    bases = ((_base(symbol), power) for symbol, power in found)
    return _merged((base, own * power) for (base, own, _), power in bases if base is not None)


def _scale(found: Factors) -> float:
    """Size in base units, in rational arithmetic while powers are whole: 1 mi² is 2.589988110336 km²."""
    exact, rest = Fraction(1), 1.0
    try:
        for symbol, power in found:
            size = _base(symbol)[2]
            if power.denominator == 1:
                exact *= size**power.numerator
            else:
                rest *= float(size) ** float(power)
        return float(exact) * rest
    except OverflowError:
        raise UnitError("the unit's factor must be finite", 0) from None


def _merged(powers: Iterable[tuple[str, Fraction]]) -> Dimension:
    total: dict[str, Fraction] = {}
    for base, power in powers:
        total[base] = total.get(base, Fraction(0)) + power
    return tuple(sorted((base, power) for base, power in total.items() if power))
