"""How wide a text is, and where its lines break: about, since every reader has other faces."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import category, east_asian_width

from contested.report.plain import isolates_closed

_NARROW_LETTERS = frozenset("iIjl.,:;'|! ()[]ftr/“”‘’-·")
_WIDE_LETTERS = frozenset("mMwW%@—–")
ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how many pixels a text takes in one of the wider sans-serif faces."""
    return size * sum(map(_advance, text)) * (1.11 if bold else 1.05)


def _advance(letter: str) -> float:
    if category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if east_asian_width(letter) in "WF":
        return 1.25  # emoji fonts are wider than an em
    if letter in _NARROW_LETTERS:
        return 0.32
    if letter in _WIDE_LETTERS:
        return 0.9
    return 0.68 if letter.isupper() else 0.56


def wrapped(text: str, room: float, size: float, *, bold: bool = False, lines: int = 2) -> list[str]:
    """A text in at most so many lines of so many pixels; what does not fit gives way to an ellipsis."""

    def fits(line: str) -> bool:
        return width(line, size, bold=bold) <= room

    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < lines:
        line, rest = _first_line(rest, fits)
        found.append(line)
    if rest:
        last = found[-1]
        while last and not fits(last + ELLIPSIS):
            last = last[:-1]
        found[-1] = last.rstrip() + ELLIPSIS
    return list(isolates_closed(found)) or [""]


def _first_line(text: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """As many words as fit, or as many letters of a word that is longer than a line; and the rest."""
    if fits(text):
        return text, ""
    end = 0
    while (space := text.find(" ", end + 1)) > 0 and fits(text[:space]):
        end = space
    if end:
        return text[:end], text[end:].lstrip()
    end = 1
    while end < len(text) and fits(text[: end + 1]):
        end += 1
    return text[:end], text[end:].lstrip()
