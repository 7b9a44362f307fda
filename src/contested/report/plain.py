"""Text that others wrote, made safe to print: labels come from files, and terminals obey some characters."""

from __future__ import annotations

from unicodedata import category

_UNFIT = ("Cc", "Cf", "Cs", "Co")  # control, format, surrogate and private-use characters
_JOINERS = "\u200c\u200d"  # without them some scripts do not read right; they move nothing


def plain(text: str) -> str:
    """A text on one line, without characters that a terminal would obey.

    Control characters show as �, and so do those that turn the direction of writing and those that mean
    something to one program alone; white space of any kind becomes a space.
    """
    return "".join(map(_plain, text))


def _plain(character: str) -> str:
    if character.isspace():
        return " "
    if character in _JOINERS:
        return character
    return "�" if category(character) in _UNFIT else character
