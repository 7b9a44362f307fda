"""Faults of structure: what the schema's models find, at its place and in our words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, RootModel, ValidationError
from pydantic_core import ErrorDetails

from contested.language import hints, schema
from contested.language.faults import Faults, Key, is_stray, nearest, number_text, quoted, stray_comma
from contested.language.tree import Place

_PATTERNS = {
    schema.NAME: "a name begins with a small letter and has only a-z, 0-9 and _",
    schema.ID: "a register id has only a-z, 0-9 and -",
    r"\S": "must not be empty",
}
_NAMES = (("dispute",), ("default",), ("pick",))  # keys whose text is a name
_COMPARED = {"ge": "at least", "gt": "above", "le": "at most", "lt": "below"}


def check(place: Place, model: type[BaseModel], faults: Faults) -> None:
    """Compare a file with the model of its structure.

    Every difference becomes a fault, and its place is marked as spoilt, so that nobody reads on there.
    """
    try:
        model.model_validate(place.plain())
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(place, model, details, faults)


def _report(top: Place, model: type[BaseModel], details: ErrorDetails, faults: Faults) -> None:
    loc = details["loc"]
    path = loc[:-1] if loc[-1:] == ("[key]",) else loc
    holder, place = _walk(top, path)
    faults.spoil(top.file, path)
    match details["type"]:
        case "missing":
            message = f"'{path[-1]}' is missing"
            faults.add(holder.key_location, path[:-1], message)
        case "extra_forbidden":
            message = _unknown_key(str(path[-1]), place, _keys_at(model, path[:-1]))
            faults.add(place.key_location, path[:-1], message)
        case _ if path != loc:
            faults.add(place.key_location, path[:-1], _misspelt(str(path[-1]), details["ctx"]["pattern"]))
        case _:
            faults.add(place.location, path, _message(place, details))


def _walk(top: Place, path: tuple[Key, ...]) -> tuple[Place, Place]:
    """The place at a path and the one that holds it; where there is none, the last that there is, twice."""
    holder = place = top
    for part in path:
        holder = place
        found = place.get(part) if isinstance(part, str) else next(_nth(place, part), None)
        if found is None:
            return place, place
        place = found
    return holder, place


def _nth(place: Place, index: int) -> Any:
    return (element for number, element in enumerate(place.elements()) if number == index)


def _keys_at(model: Any, path: tuple[Key, ...]) -> list[str]:
    """The keys that the model at a path knows."""
    for part in path:
        model = _inside(model, part)
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _inside(model: Any, part: Key) -> Any:
    if isinstance(model, type) and issubclass(model, RootModel):
        model = model.model_fields["root"].annotation
    if isinstance(model, type) and issubclass(model, BaseModel):
        return model.model_fields[str(part)].annotation if str(part) in model.model_fields else None
    kinds = get_args(model)
    inner = kinds[-1] if get_origin(model) in (dict, list) else model
    return inner.__origin__ if hasattr(inner, "__metadata__") else inner


def _unknown_key(key: str, place: Place, known: list[str]) -> str:
    if key == "<<":
        return "YAML 1.2 has no merge key '<<'; write the keys out"
    if place.node.content is None and is_stray(key):
        return stray_comma(key)
    if key in hints.BELONGS:
        return f"'{key}' has no place here; it belongs to {hints.BELONGS[key]}"
    if place.node.content is None and ":" in key:
        return f"a ':' that ends a key needs a space after it: write {quoted(key.replace(':', ': ', 1))}"
    if near := nearest(key, known):
        return f"unknown key '{key[:60]}'; did you mean '{near}'?"
    return f"unknown key {quoted(key)}; known here: {', '.join(known)}"


def _message(place: Place, details: ErrorDetails) -> str:
    context: Mapping[str, Any] = details.get("ctx", {})
    value = place.node.content
    match details["type"]:
        case "float_type" | "float_parsing":
            return _no_number(place)
        case "int_type" | "int_from_float" | "int_parsing":
            shown = place.node.text if isinstance(value, float) else got(value)
            return f"must be a whole number (got {shown}){hints.whole(value)}"
        case "int_parsing_size":
            return "is too large"
        case "finite_number":
            return f"must be finite (got {place.node.text})"
        case "string_type":
            return _no_text(place)
        case "model_type" | "dict_type" | "model_attributes_type":
            return _no_mapping(place, context.get("class_name", ""))
        case "list_type":
            return f"must be {hints.members(place.path)} (got {got(value)})"
        case "literal_error":
            return _choice(value, context)
        case "too_short" | "too_long" if isinstance(value, list) and hints.is_pair(place.path):
            return f"must be {hints.members(place.path)} (got a list of {len(value)})"
        case "too_short":
            least = "1 entry" if context["min_length"] == 1 else f"{context['min_length']} entries"
            return f"must hold at least {least} (got {context['actual_length'] or 'none'})"
        case "string_pattern_mismatch":
            return _misspelt(str(value), context["pattern"])
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            hint = hints.share(value) if hints.is_share(place.path) else ""
            return f"must be {_limit(context)} (got {got(value)}){hint}"
    return f"{details['msg'].lower()} (got {got(value)})"


def _no_mapping(place: Place, model: str) -> str:
    value = place.node.content
    if model == "Outcome":
        return f"must be a number, or {{fact: …}} (got {got(value)}){hints.number(value)}"
    return f"must be a mapping of keys to values (got {got(value)}){hints.mapping(place.path, model, value)}"


def _no_number(place: Place) -> str:
    value = place.node.content
    if place.path[-1:] == ("within",):
        return f"must be an amount, or a percentage as in 8% (got {got(value)}){hints.spread(value)}"
    return f"must be a number (got {got(value)}){hints.number(value)}"


def _no_text(place: Place) -> str:
    value = place.node.content
    if place.path[-1:] in _NAMES or place.path[:1] == ("at_least",):
        return f"must be a name (got {got(value)})"
    quotes = "" if value is None or isinstance(value, dict | list) else "; put it in quotes"
    return f"must be text (got {got(value)}){quotes}"


def _misspelt(text: str, pattern: str) -> str:
    rule = _PATTERNS[pattern]
    return rule if pattern == r"\S" else f"{rule} (got {quoted(text)}){hints.spelling(text, pattern)}"


def _limit(context: Mapping[str, Any]) -> str:
    key = next(key for key in _COMPARED if key in context)
    return f"{_COMPARED[key]} {number_text(context[key])}"


def _choice(value: Any, context: Mapping[str, Any]) -> str:
    choices = re.findall("'([^']*)'", context["expected"])
    shown = quoted(value) if isinstance(value, str) else got(value)
    message = f"must be {', '.join(choices[:-1])} or {choices[-1]} (got {shown})"
    near = nearest(value, choices) if isinstance(value, str) else None
    return f"{message}; did you mean '{near}'?" if near and len(choices) > 4 else message


def got(value: Any) -> str:
    """A value as faults name it."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            return f"text {quoted(value)}" if value else "an empty text"
        case dict():
            return "a mapping"
        case list():
            return "a list"
    return number_text(value) if abs(value) < 1e300 else "a number too large"
