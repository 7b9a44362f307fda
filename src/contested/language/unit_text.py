"""The writing of units: text to factors and back, without knowing what the factors mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from contested.errors import ContestedError

Factors = tuple[tuple[str, Fraction], ...]  # symbol (a name, '%' or a number as written) and its power
Check = Callable[[str, int], None]

_TOKEN = re.compile(
    r"(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"
    r"|(?P<symbol>%|[A-Za-z_]\w*)"
    r"|(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|(?:\^|\*\*)\s*(?:-?\d+|\(\s*-?\d+\s*/\s*\d+\s*\)))"
    r"|(?P<times>[*·⋅])"
    r"|(?P<over>/)"
    r"|(?P<open>\()"
    r"|(?P<close>\))",
    re.ASCII,
)
_KEYBOARD = re.compile(r"(km|mi|m)([23])")  # km2 for km²
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


class UnitError(ContestedError):
    """A unit that cannot be read; `offset` counts from 0 into its text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


def factors(text: str, check: Check | None = None) -> Factors:
    """The factors of a unit's text and their powers, in the order of first appearance.

    Parameters
    ----------
    text : str
        Empty only for a plain number (and then only where nothing is checked).
    check : callable, optional
        Called with each symbol and its offset; raises UnitError where it does not know the symbol.
    """
    if not text and check is None:
        return ()
    return _Reader(text, check or (lambda symbol, offset: None)).read()


def render(found: Iterable[tuple[str, Fraction]]) -> str:
    """A unit's text from its factors: `km²/(1000 person)`; empty where they cancel."""
    powers = _merged(found)
    above = _product((symbol, power) for symbol, power in powers if power > 0)
    below = _product((symbol, -power) for symbol, power in powers if power < 0)
    if not below:
        return above
    single = sum(power < 0 for _, power in powers) == 1
    return f"{above or '1'}/{below if single else f'({below})'}"


def _product(powers: Iterable[tuple[str, Fraction]]) -> str:
    text = ""
    for symbol, power in powers:
        separator = " " if not symbol[0].isdigit() else "·"  # two numbers side by side would read as one
        text += (separator if text else "") + _power(symbol, power)
    return text


def _power(symbol: str, power: Fraction) -> str:
    if power.denominator != 1:
        return f"{symbol}^({power})"
    return symbol if power == 1 else symbol + str(power).translate(_RAISED)


def _merged(found: Iterable[tuple[str, Fraction]]) -> Factors:
    total: dict[str, Fraction] = {}
    for symbol, power in found:
        total[symbol] = total.get(symbol, Fraction(0)) + power
    kept = [(symbol, power) for symbol, power in total.items() if power and symbol != "1"]
    return tuple(sorted(kept, key=lambda factor: not factor[0][0].isdigit()))  # numbers first, stable


class _Reader:
    """Recursive descent over: product {'/' power}, product = power {['*'] power}, power = atom [exponent]."""

    def __init__(self, text: str, check: Check) -> None:
        self.text, self.check = text, check
        self.tokens = _tokens(text)
        self.place = 0

    def read(self) -> Factors:
        found = self.unit()
        if self.kind != "end":
            raise self.unexpected()
        return _merged(found)

    @property
    def kind(self) -> str:
        return self.tokens[self.place][0]

    def take(self) -> tuple[str, str, int]:
        self.place += 1
        return self.tokens[self.place - 1]

    def unexpected(self) -> UnitError:
        kind, text, offset = self.tokens[self.place]
        found = "the unit ends too early" if kind == "end" else f"unexpected '{text}' in a unit"
        return UnitError(found, offset)

    def unit(self) -> list[tuple[str, Fraction]]:
        found = self.product()
        while self.kind == "over":
            self.take()
            found += [(symbol, -power) for symbol, power in self.power()]
            if self.kind in ("number", "symbol", "open", "times"):
                raise UnitError(
                    "ambiguous: put what stands below the / in parentheses, as in km²/(1000 person)",
                    self.tokens[self.place][2],
                )
        return found

    def product(self) -> list[tuple[str, Fraction]]:
        found = self.power()
        while self.kind in ("number", "symbol", "open", "times"):
            if self.kind == "times":
                self.take()
            elif self.kind == "number" and self.tokens[self.place - 1][0] == "number":
                raise UnitError("two numbers in a row: write one, without spaces", self.tokens[self.place][2])
            found += self.power()
        return found

    def power(self) -> list[tuple[str, Fraction]]:
        found = self.atom()
        if self.kind == "power":
            exponent = _exponent(*self.take()[1:])
            found = [(symbol, power * exponent) for symbol, power in found]
        return found

    def atom(self) -> list[tuple[str, Fraction]]:
        if self.kind not in ("number", "symbol", "open"):
            raise self.unexpected()
        kind, text, offset = self.take()
        if kind == "open":
            found = self.unit()
            if self.kind != "close":
                raise UnitError("'(' is never closed", offset) if self.kind == "end" else self.unexpected()
            self.take()
            return found
        if kind == "number" and not 0 < float(text) < float("inf"):
            raise UnitError(f"a factor must be finite and above 0 (got {text})", offset)
        keyboard = _KEYBOARD.fullmatch(text)
        symbol, power = (keyboard[1], int(keyboard[2])) if keyboard else (text, 1)
        self.check(symbol, offset)
        return [(symbol, Fraction(power))]


def _exponent(text: str, offset: int) -> Fraction:
    try:
        return Fraction(re.sub(r"[\s^*()]", "", text.translate(_LOWERED)))
    except (ValueError, ZeroDivisionError):
        raise UnitError(f"'{text}' is no power", offset) from None


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found, place = [], 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        token = _TOKEN.match(text, place)
        if token is None:
            hint = ": write numbers without separators, as in 1000" if text[place] == "," else ""
            raise UnitError(f"unexpected '{text[place]}' in a unit{hint}", place)
        found.append((str(token.lastgroup), token[0], place))
        place = token.end()
    return [*found, ("end", "", len(text))]
