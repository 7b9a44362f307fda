"""Tidy rows as CSV: full precision, and no cell that a spreadsheet would take for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from unicodedata import category, normalize

_FORMULA = ("=", "+", "-", "@")  # what begins a cell that a spreadsheet computes
_DROPPED = ("\t", "\r", "\n", "\0")  # some programs drop these, and look at what follows
_QUOTE = '"'
_TO_QUOTE = re.compile(r'[,"\r\n]')
_CELL = re.compile(r"([;\t\r\n|])([^;\t\r\n|]+)")  # what parts cells in some locales, and the cell


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """A line for each row, under a line of headings."""
    page = [_line(columns), *(_line([row[column] for column in columns]) for row in rows)]
    return "".join(page)


def _line(cells: Sequence[object]) -> str:
    """Cells as RFC 4180 has them; the standard library's writer leaves a lone carriage return unquoted."""
    return ",".join(_quoted("" if cell is None else str(_cell(cell))) for cell in cells) + "\n"


def _quoted(text: str) -> str:
    return f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _TO_QUOTE.search(text) else text


def _cell(value: object) -> object:
    """Numbers as they are; an apostrophe before text that a spreadsheet would compute.

    Quotes do not help against that, and where a semicolon or a tab parts cells they do not keep one together:
    what stands after one in a text is a cell too.
    """
    if not isinstance(value, str):
        return value
    text = f"'{value}" if value.startswith(_DROPPED) or _computed(value) else value
    return _CELL.sub(lambda found: f"{found[1]}'{found[2]}" if _computed(found[2]) else found[0], text)


def _computed(text: str) -> bool:
    """Whether the first character to be seen is one that begins a formula, of full width or half."""
    first = next((character for character in text if _is_seen(character)), "")
    return normalize("NFKC", first).replace("\N{MINUS SIGN}", "-") in _FORMULA


def _is_seen(character: str) -> bool:
    return not (character.isspace() or character in "\"'" or category(character) in ("Cc", "Cf"))
