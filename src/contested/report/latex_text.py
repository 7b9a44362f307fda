"""Words as LaTeX that says them and nothing else, whatever fonts and packages are about it."""

from __future__ import annotations

import re
from unicodedata import category

from contested.report.plain import isolates_closed

# Commands for what TeX obeys, for what fonts join into dashes and curly quotes, and for what a row of a
# table or an item takes as an option; LuaTeX cannot tell � from a byte that it failed to read.
_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "{}$&%#_"}
    | {character: f"{{{character}}}" for character in "[]*"}
    | {
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        "'": r"\textquotesingle{}",
        "`": r"\textasciigrave{}",
        "�": r'\symbol{"FFFD}',
    }
    # Isolates, of which TeX knows nothing, are groups of the report's own commands; a text may hold one that
    # finds its direction itself, too, which is set in that of the sentence.
    | {"\u2066": r"\rightwards{", "\u2067": r"\leftwards{", "\u2068": r"\rightwards{", "\u2069": "}"}
)
_DASH = re.compile("-(?=-)")  # with an empty group alone between them, LuaTeX makes two hyphens one dash
_SHARE = re.compile(r"(?<=\d) (?=\\%)")  # 90 and its % stay on one line
_BREAK = r"\penalty500{}"  # only where a line would be too long without
_WORD = re.compile(r"\S{16,}")  # too long to stand in a narrow column
_STEP = 8
_ENDS = "/-_.?&=:"  # where an address or a name in a formula breaks best
_CLINGS = ("Mn", "Me", "Mc", "Cf", "Sk", "Lm")  # to the character before it


def escaped(text: str) -> str:
    """A text in which TeX obeys nothing; long words may break."""
    (text,) = isolates_closed([text])
    found, at = "", 0
    for word in _WORD.finditer(text):
        found += _inert(text[at : word.start()]) + _BREAK.join(map(_inert, _parts(word[0])))
        at = word.end()
    return found + _inert(text[at:])


def strong(text: str) -> str:
    """Words that stand out."""
    return rf"\textbf{{{escaped(text.strip())}}}" if text.strip() else ""


def _inert(text: str) -> str:
    return _SHARE.sub("~", _DASH.sub(r"-\\kern0pt{}", text.translate(_ESCAPES)))


def _parts(word: str) -> list[str]:
    """A long word in parts, that end where an address does, or at the step; no sign leaves its letter."""
    parts = [""]
    for character in word:
        last = parts[-1]
        ended = len(last) >= _STEP or (last and last[-1] in _ENDS and character not in _ENDS)
        if ended and not _clings(last[-1], character):
            parts.append("")
        parts[-1] += character
    return parts


def _clings(before: str, character: str) -> bool:
    return category(character) in _CLINGS or category(before) == "Cf"
