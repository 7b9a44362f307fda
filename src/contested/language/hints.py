"""What a user plainly meant by a value that is refused: how to write it, as the end of a message."""

from __future__ import annotations

import re

from contested.language.faults import Path, number_text
from contested.language.schema import ID, NAME


def number(value: object) -> str:
    """How to write the number that a text was meant to be; empty where that is not plain."""
    if not isinstance(value, str):
        return ""
    text = value.strip().translate(_MINUS)
    if text != value.strip() and re.fullmatch(r"-[0-9]*\.?[0-9]+", text):
        return f"; write {text}, with a plain minus"
    if re.fullmatch(r"[-+]?[0-9]{1,3}([, _'][0-9]{3})+(\.[0-9]+)?", text):
        return f"; write {re.sub(r'''[, _']''', '', text)}, without separators"
    if re.fullmatch(r"[-+]?[0-9]*\.?[0-9]+", text):
        return f"; write {text}, without quotes"
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", text):
        return f"; write {text.replace(',', '.')}"
    if found := re.fullmatch(r"([-+]?[0-9]*\.?[0-9]+)\s*(k|thousand|m|million)", text, re.IGNORECASE):
        factor = 1e3 if found[2].lower() in ("k", "thousand") else 1e6
        return f"; write {number_text(round(float(found[1]) * factor, 6))}"
    if found := re.fullmatch(r"([-+]?[0-9]*\.?[0-9]+)\s*%", text):
        return f"; write {number_text(round(float(found[1]) / 100, 12))}"
    return next((f"; {hint}" for pattern, hint in _UNSURE.items() if re.match(pattern, text, re.I)), "")


_MINUS = {ord(sign): "-" for sign in "−–"}
_UNSURE = {  # what is no exact number is stated as what it is
    r"(about|around|approx|circa|ca\b|some|roughly|nearly|almost|[~≈±]).*[0-9]": (
        "what is known roughly is a range: low and high, or best and within"
    ),
    r"((over|at least|more than|[>≥]).*[0-9]|.*[0-9].*\+$)": "a bound is written value and bound: lower",
    r"(under|at most|less than|up to|below|[<≤]).*[0-9]": "a bound is written value and bound: upper",
    r"[0-9.,]+\s*(-|to)\s*[0-9.,]+$": "a range is written low and high",
    r"[0-9.]+\s*[*/]\s*[0-9.]+$": "what is computed is written as a formula",
}


def whole(value: object) -> str:
    """How to write a whole number that stands as another; empty where it is none."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return f"; write {int(value)}"
    return number(value)


def spread(value: object) -> str:
    """How to write the amount or percentage of `within`; empty where that is not plain."""
    if isinstance(value, str) and (found := re.fullmatch(r"\s*[-+±]\s*([0-9]*\.?[0-9]+\s*%?)\s*", value)):
        return f"; write {found[1]}"
    return ""


def share(value: object) -> str:
    """How to write a share that stands as a percentage; empty where it is none."""
    if isinstance(value, int | float) and 2 <= value < 100:
        return f"; write {number_text(round(value / 100, 12))}"
    return ""


def is_share(path: Path) -> bool:
    """Whether a number between 0 and 1 stands at a path, which one may take for a percentage."""
    return "levels" in path or path[:1] == ("bounds",) or path[-1:] == ("none_of_these",)


def is_pair(path: Path) -> bool:
    """Whether a list of two stands at a path: a bound's ends, an order's sources, what a ratio divides."""
    return path[-1:] == ("ratio_of",) or (len(path) == 3 and path[0] in ("bounds", "at_least"))


def members(path: Path) -> str:
    """What the list at a path holds, and how it is written."""
    match path:
        case ("bounds", _, _):
            return "two numbers, as in [0.2, 0.6]"
        case ("at_least", _, _):
            return "two sources, as in [osint, skeptic]"
        case ("at_least", _):
            return "a list of pairs, as in [[osint, skeptic]]"
        case (*_, "ratio_of"):
            return "two parts, as in [toll-2025, 1627 km²]"
        case ("seeds", _):
            return "a list of past claims, each after a dash"
    return "a list, as in [a, b]"


def spelling(text: str, pattern: str) -> str:
    """How to spell what was meant as a name or an id of the register; empty where that is not plain."""
    joint, other = ("_", "-") if pattern == NAME else ("-", "_")
    meant = text.lower().replace(other, joint)
    return f"; write {meant}" if pattern in (NAME, ID) and re.match(pattern, meant) else ""


def mapping(path: Path, model: str, value: object) -> str:
    """How to write the mapping that belongs at a path in place of a value; empty where that is not plain.

    Parameters
    ----------
    path : tuple
        Of the value.
    model : str
        The name of the model of what belongs there, empty for a mapping of free names.
    value : object
        What stands there.
    """
    if value is None:
        return "; fill it, or leave it out"
    if path[:1] == ("weightings",):
        return "; write {dispute: {source: weight}}"
    if path[:1] == ("bounds",):
        return "; write {dispute: {source: [low, high]}}"
    if path[:1] == ("at_least",):
        return "; write {dispute: [[source, source]]}"
    if path[-1:] == ("quantiles",):
        return "; write probabilities and values, as in {0.05: 10, 0.95: 40}"
    if path[-1:] == ("sources",):
        return "; write names and titles, as in {osint: Western OSINT}"
    if isinstance(value, list) and not model and path:
        return "; write a name before each, in place of the dash"
    if model in _STATEMENTS and isinstance(value, int | float) and not isinstance(value, bool):
        return f"; write {{value: {number_text(value)}, because: …}}"
    return _MODELS.get(model, "") if isinstance(value, str | int | float) else ""


_STATEMENTS = ("Statement", "Input", "Part")
_MODELS = {
    **dict.fromkeys(_STATEMENTS, "; a statement says its form, as in {formula: …} or {low: …, high: …}"),
    "Source": "; write its title as text",
    "Question": "; write {title: …, formula: …}",
    "Estimate": "; write {title: …, formula: …}",
    "Pooling": "; write {rule: linear}",
    "SeedClaim": "; write {low: …, best: …, high: …}, or quantiles",
}

BELONGS = {  # keys that are easily put in the wrong place: where they belong
    "drawn": "an input",
    "weight": "a part of a mixture",
    "none_of_these": "a dispute",
    **dict.fromkeys(("bounds", "at_least"), "the top of the scenario"),
    **dict.fromkeys(("dispute", "claims", "agreed"), "a figure"),
    **dict.fromkeys(("measures", "period", "place"), "a figure, or an entry of the register"),
    **dict.fromkeys(("publisher", "date", "url", "ratio_of"), "an entry of the register"),
}
