"""Text that is no YAML: what either parser says of it, in our words and with the remedy."""

from __future__ import annotations

from typing import Any

import yaml


def explained(error: yaml.MarkedYAMLError, text: str) -> tuple[int, int, str]:
    """Where a file ceases to be YAML, and why.

    Parameters
    ----------
    error : MarkedYAMLError
        Of libyaml or of the parser in Python; the two word their problems differently.
    text : str
        What was parsed.

    Returns
    -------
    line, column : int
        From 0.
    message : str
        With the remedy where there is a plain one.
    """
    problem = error.problem or ""
    in_quotes = any(word in problem for word in ("end of stream", "escape"))
    marks = (error.problem_mark, error.context_mark)  # of quotes, where they begin says more
    mark: Any = next(filter(None, reversed(marks) if in_quotes else marks), None)
    if mark is None:
        return 0, 0, "not valid YAML"
    reason = _reason(problem, mark, error.context_mark, text)
    return mark.line, mark.column, f"not valid YAML: {reason}" if reason else "not valid YAML"


_REASONS = {  # part of what either parser says: what we say
    "expected ':'": "expected ':' after a key",
    "node content": "a value is missing or begins with a character that YAML reserves",
    "expected key": "wrong indentation, or a stray character",
    "expected <block end>": "wrong indentation, or a stray character",
    "expected '-' indicator": "wrong indentation, or a stray character",
    "unexpected end of stream": "quotes that are not closed",
    "unknown escape": "unknown escape in double quotes; use single quotes",
}
_OPENED = {"}": "{", "]": "["}


def _reason(problem: str, mark: Any, context: Any, text: str) -> str | None:
    if "cannot start any token" in problem:
        return f"text must not begin with '{text[mark.index : mark.index + 1]}'; put it in quotes"
    if "mapping values are not allowed" in problem:
        return _surplus_colon(text.splitlines()[mark.line][: mark.column])
    for closing, opening in _OPENED.items():
        if f"expected ',' or '{closing}'" in problem and context is not None:
            where = f"line {context.line + 1}, column {context.column + 1}"
            return f"expected ',' or '{closing}'; the '{opening}' of {where} is not closed"
    return next((ours for theirs, ours in _REASONS.items() if theirs in problem), None)


def _surplus_colon(before: str) -> str:
    """Of a ':' that ends no key: what stands before it on its line tells which slip it is."""
    if ": " in before:
        return "a second ':' on the line; put text that holds ': ' in quotes"
    return "this belongs to the line before it; check the indentation, and the space after each ':'"
