"""LaTeX read back as a reader sees it, by a small tokenizer that knows the report's commands alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import ClassVar

_TOKEN = re.compile(r"\\[A-Za-z]+\*?|\\.|%[^\n]*\n|[{}]|[^\\{}%]", re.DOTALL)
_CHARACTERS = {
    "textbackslash": "\\", "textasciicircum": "^", "textasciitilde": "~", "textless": "<", "textgreater": ">",
    "textbar": "|", "textquotedbl": '"', "textquotesingle": "'", "textasciigrave": "`", "percent": "%",
}  # fmt: skip
_NOTHING = {
    "begingroup", "endgroup", "small", "footnotesize", "ttfamily", "raggedright", "par", "item",
    "toprule", "midrule", "bottomrule", "endfirsthead", "endhead", "endfoot", "addlinespace", "bfseries",
    "centering", "maketitle", "strut",
}  # fmt: skip
_UNSEEN = {"penalty": "500", "kern": "0pt"}  # each with its number
_ISOLATED = {"leftwards": "\u2067", "rightwards": "\u2066"}
_SHOWN = {"textbf", "texttt", "text", "caption*", "section*", "subsection*"}
_OBEYED = set("$#^%_")
_JOINED = set("'`\"<>|�")  # what fonts make other signs of, or TeX reads as none


class Read:
    """The text of a document, and what it is made of.

    Attributes
    ----------
    text : str
        All that is shown, in order; cells are parted by spaces.
    environments : list of str
        In the order in which they begin.
    """

    def __init__(self, document: str) -> None:
        preamble, begun, body = document.partition("\\begin{document}\n")
        assert begun
        self._units: dict[str, str] = {}
        for name, text in re.findall(r"^\\DeclareSIUnit\{\\(\w+)\}\{(.*)\}$", preamble, re.MULTILINE):
            self._units[name] = Read(f"\\begin{{document}}\n{text}\\end{{document}}").text.strip()
        self._tokens = _TOKEN.findall(body)
        assert "".join(self._tokens) == body
        self._at = 0
        self._open = ["document"]
        self.environments: list[str] = []
        self.text = self._read(None)
        assert self._open == [] and self._at == len(self._tokens)

    def _read(self, end: str | None) -> str:
        found = ""
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token == end:
                return found
            found += self._shown(token)
        assert end is None, f"a group is left open after {found[-80:]!r}"
        return found

    def _shown(self, token: str) -> str:
        if token == "{":
            return self._read("}")
        assert token != "}", "a group is closed that was not open"
        if not token.startswith("\\"):
            return self._plain(token)
        name = token[1:]
        if name == "\\":
            assert self._open[-1] == "longtable"
            self._at += self._tokens[self._at] == "*"
            return " "
        return self._command(name) if name[0].isalpha() else self._symbol(name)

    def _plain(self, character: str) -> str:
        assert character not in _OBEYED | _JOINED, f"TeX obeys {character}"
        assert self._tokens[self._at - 1 : self._at + 1] != ["-", "-"], "two hyphens are a dash"
        around = self._tokens[max(0, self._at - 2) : self._at + 1 : 2]
        assert character not in "[*" or around == ["{", "}"], f"a {character} that a command may take"
        assert character != "&" or self._open[-1] == "longtable", "an & outside a table"
        return " " if character in "~&" else character

    def _symbol(self, name: str) -> str:
        assert name in set("{}$&%#_"), f"\\{name} is no character"
        return name

    def _command(self, name: str) -> str:
        if name in ("begin", "end"):
            return self._environment(name)
        if name in _CHARACTERS:
            return _CHARACTERS[name]
        if name in self._units:
            return self._units[name]
        if name in _NOTHING:
            return " "
        if name in _UNSEEN:
            return self._counted(_UNSEEN[name])
        if name in _SHOWN:
            return self._argument()
        if name in _ISOLATED:
            return f"{_ISOLATED[name]}{self._argument()}\u2069"
        read = self._READ.get(name)
        assert read is not None, f"\\{name} is no command of the report"
        return read(self)

    def _counted(self, number: str) -> str:
        end = self._at + len(number)
        assert "".join(self._tokens[self._at : end + 2]) == f"{number}{{}}", "a number that may go on"
        self._at = end
        return ""

    def _environment(self, name: str) -> str:
        which = self._argument()
        if name == "end":
            assert self._open.pop() == which
            return " "
        assert which in ("longtable", "points"), which
        self._open.append(which)
        self.environments.append(which)
        if which == "longtable":
            self._skipped()
        return " "

    def _argument(self) -> str:
        assert self._tokens[self._at] == "{"
        self._at += 1
        return self._read("}")

    def _skipped(self) -> str:
        """An argument in which commands set lengths and columns."""
        depth, found = 0, ""
        while True:
            token = self._tokens[self._at]
            self._at += 1
            depth += {"{": 1, "}": -1}.get(token, 0)
            found += token
            if depth == 0:
                return found[1:-1]

    def _option(self) -> str:
        found = ""
        if self._tokens[self._at] == "[":
            while self._tokens[self._at] != "]":
                found += self._tokens[self._at]
                self._at += 1
            self._at += 1
        return found

    def _num(self) -> str:
        return self._argument()

    def _numrange(self) -> str:
        return f"{self._argument()} to {self._argument()}"

    def _unit(self) -> str:
        return self._argument()

    def _qty(self) -> str:
        return f"{self._argument()} {self._argument()}"

    def _qtyrange(self) -> str:
        option = self._option()
        low, high, unit = self._argument(), self._argument(), self._argument()
        return (
            f"{low} to {high} {unit}" if option == "[range-units=single" else f"{low} {unit} to {high} {unit}"
        )

    def _numbered(self) -> str:
        return chr(int(self._skipped().removeprefix('"'), 16))

    def _parbox(self) -> str:
        self._option()
        self._skipped()
        return self._argument()

    def _multicolumn(self) -> str:
        self._skipped()
        self._skipped()
        return self._argument()

    def _sourceline(self) -> str:
        self._skipped()
        return f" {self._argument()} "

    _READ: ClassVar[dict[str, Callable[[Read], str]]] = {
        "num": _num,
        "numrange": _numrange,
        "unit": _unit,
        "qty": _qty,
        "qtyrange": _qtyrange,
        "symbol": _numbered,
        "parbox": _parbox,
        "multicolumn": _multicolumn,
        "sourceline": _sourceline,
    }
