"""The words of a formula: what may stand in one at all, and the plain mistakes in how it is written."""

from __future__ import annotations

import keyword
import math
import re
from dataclasses import dataclass

from contested.errors import ContestedError

__all__ = ["FUNCTIONS", "RESERVED", "SyntaxFault", "Token", "scan"]

FUNCTIONS = {"min": None, "max": None, "abs": 1, "exp": 1, "log": 1, "sqrt": 1}  # arity; None: two or more
RESERVED = frozenset({*keyword.kwlist, *FUNCTIONS})  # words that cannot be names

_LONGEST = 4000
_DEEPEST_PARENTHESES = 100
_WORDS = ("and", "or", "not")
_COMPARISONS = ("<", "<=", ">", ">=")
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|<=|>=|[-+*/<>])"
    r"|(?P<mark>[().,])"
)
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9A-Za-z_])")
_REFUSED = {  # spelling: what to write; longer spellings first
    "==": "equality is not asked of uncertain numbers: use <= and >=",
    "!=": "inequality is not asked of uncertain numbers: use < and >",
    ":=": "':=' is not part of a formula",
    "//": "'//' is not part of a formula: use /",
    "<>": "'<>' is not part of a formula: use < and >",
    "=": "'=' is not part of a formula: use <= or >=",
    "^": "a power is written ** (got '^')",
    "%": "'%' is not part of a formula: write 0.05 for 5 %",
    "!": "'!' is not part of a formula: write not",
    "&": "'&' is not part of a formula: write and",
    "|": "'|' is not part of a formula: write or",
    "[": "nothing is indexed in a formula (got '[')",
    '"': "a formula holds no text, only numbers and names",
    "'": "a formula holds no text, only numbers and names",
    "−": "write a plain minus - (got '−')",
    "–": "write a plain minus - (got '–')",
    "×": "write * (got '×')",
    "·": "write * (got '·')",
    "÷": "write / (got '÷')",
    "≤": "write <= (got '≤')",
    "≥": "write >= (got '≥')",
    "²": "write **2 (got '²')",
    "³": "write **3 (got '³')",
}


class SyntaxFault(ContestedError):
    """A formula that cannot be understood; `column` counts from 0 into its text."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a name, an operator (and, or and not among them) or a mark: ( ) . , or the end."""

    kind: str
    text: str
    column: int


def scan(text: str, *, question: bool) -> list[Token]:
    """Split a formula into tokens, refusing what cannot stand in one, and where.

    After it, numbers are finite decimals, names are written as names, parentheses match, and operands and
    operators alternate.

    Raises
    ------
    SyntaxFault
        With the column of what is at fault.
    """
    if len(text) > _LONGEST:
        raise SyntaxFault(f"a formula of over {_LONGEST} characters: state parts of it by name", _LONGEST)
    tokens, place = [], 0
    while place < len(text):
        if text[place] in " \t\r\n":
            place += 1
            continue
        token = _token(text, place, question)
        tokens.append(token)
        place += len(token.text)
    _check_parentheses(tokens)
    _check_alternation([*tokens, Token("end", "", len(text.rstrip()))])
    return tokens


def _token(text: str, place: int, question: bool) -> Token:
    for spelling, message in _REFUSED.items():
        if text.startswith(spelling, place):
            raise SyntaxFault(message, place)
    found = _TOKEN.match(text, place)
    if found is None and text[place].isalpha():
        _check_name(re.findall(r"\w+", text[place:])[0], place)  # of another alphabet, so it is refused
    if found is None:
        raise SyntaxFault(f"{text[place]!r} is not part of a formula", place)
    kind = str(found.lastgroup)
    if kind == "number":
        _check_number(text, found)
    elif kind == "name" and found[0] in _WORDS:
        kind = "operator"
    elif kind == "name":
        _check_name(found[0], place)
    if kind == "operator" and not question and found[0] in (*_WORDS, *_COMPARISONS):
        raise SyntaxFault(f"'{found[0]}' belongs in a question: this formula is a number", place)
    return Token(kind, found[0], place)


def _check_number(text: str, found: re.Match[str]) -> None:
    place, end = found.span()
    thousands = _THOUSANDS.match(text, place)
    if thousands:
        plain = thousands[0].replace(",", "")
        raise SyntaxFault(
            f"a number is written without separators: write {plain} (got {thousands[0]})", place
        )
    if end < len(text) and (text[end].isalnum() or text[end] in "_."):
        whole = re.compile(r"[\w.]+").match(text, place)
        raise SyntaxFault(f"'{whole[0] if whole else found[0]}' is neither a number nor a name", place)
    value = float(found[0])
    if math.isinf(value):
        raise SyntaxFault(f"{found[0]} is too large to be computed with", place)
    if value == 0 and re.search("[1-9]", re.split("[eE]", found[0])[0]):
        raise SyntaxFault(f"{found[0]} is too small to be computed with", place)


def _check_name(name: str, place: int) -> None:
    if name in ("True", "False"):
        raise SyntaxFault(f"'{name}' is not part of a formula: compare numbers instead", place)
    if keyword.iskeyword(name):
        raise SyntaxFault(f"'{name}' is not part of a formula", place)
    if not _NAME.fullmatch(name):
        raise SyntaxFault(
            f"a name begins with a small letter and has only a-z, 0-9 and _ (got '{name}')", place
        )


def _check_parentheses(tokens: list[Token]) -> None:
    opened: list[Token] = []
    for token in tokens:
        if token.text == "(":
            opened.append(token)
        elif token.text == ")" and not opened:
            raise SyntaxFault("')' closes nothing", token.column)
        elif token.text == ")":
            opened.pop()
        if len(opened) > _DEEPEST_PARENTHESES:
            raise SyntaxFault(f"parentheses deeper than {_DEEPEST_PARENTHESES}", token.column)
    if opened:
        raise SyntaxFault("'(' is never closed", opened[-1].column)


def _check_alternation(tokens: list[Token]) -> None:
    """Refuse an operand after an operand, and anything else where an operand must stand."""
    before = Token("mark", "(", 0)
    for token in tokens:
        complete = before.kind in ("number", "name") or before.text == ")"  # an operand ends here
        if complete and (token.kind in ("number", "name") or token.text == "not"):
            raise SyntaxFault(f"an operator is missing before '{token.text}'", token.column)
        if complete and token.text == "(" and before.kind != "name":
            raise SyntaxFault("an operator is missing before '('", token.column)
        if not complete and not _begins_operand(token):
            _refuse_missing(before, token)
        before = token


def _begins_operand(token: Token) -> bool:
    return token.kind in ("number", "name") or token.text in ("(", "+", "-", "not")


def _refuse_missing(before: Token, token: Token) -> None:
    after = f" after '{before.text}'" if before.column or before.text != "(" else ""
    found = f"got '{token.text}'" if token.text else "the formula ends"
    raise SyntaxFault(f"a number or a name is missing{after} ({found})", token.column)
