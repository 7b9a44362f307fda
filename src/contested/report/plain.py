"""Text that others wrote, made safe to print: labels come from files, and terminals obey some characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from unicodedata import bidirectional, category

_UNFIT = ("Cc", "Cf", "Cs", "Co")  # control, format, surrogate and private-use characters
_JOINERS = "\u200c\u200d"  # without them some scripts do not read right; they move nothing
_TO_RIGHT, _TO_LEFT, _FIRST_STRONG, _END = "\u2066\u2067\u2068\u2069"  # isolates, and what ends each
_STARTS = _TO_RIGHT + _TO_LEFT + _FIRST_STRONG
_LEFTWARD = ("R", "AL", "AN")  # what moves its neighbours: letters of Hebrew and Arabic, Arabic digits


def plain(text: str) -> str:
    """A name or another text, as `printable`, to be put into a sentence.

    What is written from right to left is isolated (Unicode Standard Annex 9, 2.4 and 2.5), so that it stands
    in its own direction, which its first letter has, and neither it nor what is around it is drawn into the
    other's. A text without such letters is left as it is, and so is one that is isolated already.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = printable(text)
    strong = list(filter(None, map(_direction, _outside(shown))))
    if not any(kind in _LEFTWARD for kind in strong):
        return shown
    first = next((kind for kind in strong if kind != "AN"), "L")
    return f"{_TO_RIGHT if first == 'L' else _TO_LEFT}{shown}{_END}"


def printable(text: str) -> str:
    """A text on one line, without characters that a terminal would obey.

    Control characters show as �, and so do those that turn the direction of writing and those that mean
    something to one program alone; white space of any kind becomes a space. Isolates that are ended stay,
    since they turn nothing but what they hold.
    """
    paired = _paired(text)
    return "".join(character if at in paired else _printable(character) for at, character in enumerate(text))


def unisolated(text: str) -> str:
    """A printable text without its isolates."""
    return "".join(character for character in text if character not in _STARTS + _END)


def isolates_closed(pieces: Iterable[str]) -> Iterator[str]:
    """Consecutive pieces of a printable text, each to stand on a line of its own or where it was cut off.

    Isolates that are open where a piece ends are ended there, and begin again in the next.
    """
    still: list[str] = []
    for piece in pieces:
        found = list(still)
        for character in piece:
            if character == _END and not still:
                continue  # of an isolate whose start was cut off
            found.append(character)
            if character in _STARTS:
                still.append(character)
            elif character == _END:
                still.pop()
        yield "".join(found) + _END * len(still)


def _printable(character: str) -> str:
    if character.isspace():
        return " "
    if character in _JOINERS:
        return character
    return "�" if category(character) in _UNFIT else character


def _paired(text: str) -> set[int]:
    """Where isolates begin that are ended, and where they end."""
    begun: list[int] = []
    found: set[int] = set()
    for at, character in enumerate(text):
        if character in _STARTS:
            begun.append(at)
        elif character == _END and begun:
            found |= {begun.pop(), at}
    return found


def _outside(text: str) -> Iterator[str]:
    """The characters of a printable text that are in none of its isolates."""
    depth = 0
    for character in text:
        depth += (character in _STARTS) - (character == _END)
        if depth == 0 and character != _END:
            yield character


def _direction(character: str) -> str:
    """A character's kind if it is strong, or a digit that moves its neighbours; else empty."""
    kind = bidirectional(character)
    return kind if kind in ("L", *_LEFTWARD) else ""
