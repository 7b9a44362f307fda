"""Words as Markdown that says them and nothing else, for CommonMark and for what came before and after it."""

from __future__ import annotations

import re
from html import escape

# Backslashes where Markdown has had them from the start, entities for what only some readers know.
_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "\\*_{}[]#"}
    | {character: f"&#{ord(character)};" for character in "`|~^$"}
    | {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
)

# What starts a list, a rule, the underline of a heading, a definition or a note where a line begins with it.
_OPENING = re.compile(r"(?P<number>\d+)(?P<mark>[.)])|(?P<lone>[-+=:%!])")

# A name with a full stop in it (`example.com`) is a link to some readers.
_HOST = re.compile(r"(?<=\w)\.(?=[^\W\d])")

# Addresses and mentions are looked for in what was rendered, when escapes are gone, but never in code.
_ADDRESS = re.compile(r"[\w./:%?=+,;&#-]*(?:@|://|www\.)[\w./:%?=+,;&#@-]*", re.IGNORECASE)


def words(text: str) -> str:
    """A text on one line, in which nothing is markup, a link, or a mention."""
    found, at = "", 0
    for address in _ADDRESS.finditer(text):
        found += f"{_escaped(text[at : address.start()])}`{address[0]}`"
        at = address.end()
    return found + _escaped(text[at:])


def line(inside: str) -> str:
    """Markdown as a line of its own, which is no list, rule or underline, whatever it begins with.

    White space around it goes: in Markdown it would make it code, or break the line.
    """
    stripped = inside.strip()
    opening = _OPENING.match(stripped)
    return stripped if opening is None else f"{_inert(opening)}{stripped[opening.end() :]}"


def strong(text: str) -> str:
    """Words that stand out, where there is white space or nothing on either side."""
    inside = words(text.strip())
    return f"**{inside}**" if inside else ""


def link(text: str, address: str) -> str:
    """Words that lead to a percent-encoded address."""
    return f"[{words(text)}](<{escape(address, quote=False)}>)"


def fenced(text: str, language: str) -> str:
    """A text as it is, between fences that are longer than any in it."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text.removesuffix(chr(10))}\n{fence}"


def _escaped(text: str) -> str:
    return _HOST.sub(r"\\.", text.translate(_ESCAPES))


def _inert(opening: re.Match[str]) -> str:
    number, mark, lone = opening.group("number", "mark", "lone")
    return f"{number}\\{mark}" if lone is None else f"&#{ord(lone)};"
