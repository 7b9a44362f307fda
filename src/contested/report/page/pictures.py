"""Pictures in a page: SVG that goes dark by style sheet, and the specification to take elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from contested.report.charts.layers import Specification
from contested.report.charts.theme import ACCENT, GRID, INK, MUTED, PAPER, POOL, SHADE
from contested.report.page.svg import drawn

# The custom property of the style sheet that stands for each colour of the theme.
PROPERTIES = {
    INK: "ink", MUTED: "muted", GRID: "grid", PAPER: "paper", POOL: "pool", SHADE: "shade", ACCENT: "accent",
}  # fmt: skip
_NAMESPACE = re.compile(r"^\{[^}]*\}")
_DROPPED = ("class", "font-family", "aria-hidden", "aria-roledescription", "role", "pointer-events")
_NUMBER = re.compile(r"\d+\.\d{3,}")
# What an address does not take as it is, and what would end the attribute or begin a reference in it.
_ESCAPED = {"%": "%25", "#": "%23", "'": "%27", "&": "%26", "<": "%3C", ">": "%3E"}
_DIGITS = 6  # of a number in a specification that goes into the page


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One picture at both sizes.

    Attributes
    ----------
    name : str
        `forest`, `triangle-toll`.
    description : str
        All that it says, in sentences.
    wide, narrow : Markup
        SVG elements.
    specification : Markup
        The wide one's Vega-Lite specification as a data: address, for an attribute in single quotes.
    """

    name: str
    description: str
    wide: Markup
    narrow: Markup
    specification: Markup


def pictures(specifications: Mapping[str, Specification]) -> Iterator[Picture]:
    """Draw pictures from Vega-Lite specifications, each of which is there twice: NAME-wide, NAME-narrow."""
    for name in (each.removesuffix("-wide") for each in specifications if each.endswith("-wide")):
        wide = specifications[f"{name}-wide"]
        yield Picture(
            name=name,
            description=wide["description"],
            wide=inline(drawn(wide), f"{name}-wide"),
            narrow=inline(drawn(specifications[f"{name}-narrow"]), f"{name}-narrow"),
            specification=_address(wide),
        )


def inline(root: Element, prefix: str) -> Markup:
    """An SVG picture as an element of a page: ids of its own, no fonts of its own, and no more than needed.

    Its text is set in the page's face, and is no more than text, whatever it says.
    """
    for element in root.iter():
        element.tag = _NAMESPACE.sub("", element.tag)
        kept = {_NAMESPACE.sub("", key): value for key, value in element.attrib.items()}
        element.attrib.clear()
        element.attrib.update(
            (key, _own(key, value, prefix)) for key, value in kept.items() if key not in _DROPPED
        )
    root.set("focusable", "false")
    return Markup(ElementTree.tostring(root, encoding="unicode", short_empty_elements=True))


def dark_rules() -> str:
    """Style rules by which the theme's colours are the page's."""
    rules = (
        f'svg [{attribute}="{colour}"] {{ {attribute}: var(--{name}); }}'
        for colour, name in PROPERTIES.items()
        for attribute in ("fill", "stroke")
    )
    return "\n".join(rules)


def _own(key: str, value: str, prefix: str) -> str:
    """An attribute's value: ids get a prefix, so that no two pictures share one; numbers are cut short."""
    if key == "id":
        return f"{prefix}-{value}"
    if "url(#" in value:
        return value.replace("url(#", f"url(#{prefix}-")
    if key in ("d", "transform", "x", "y", "width", "height"):
        return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}", value)
    return value


def _address(specification: Specification) -> Markup:
    """As it is but for what ends an address or its attribute: in base64 it would be a third longer."""
    text = json.dumps(_short(specification), ensure_ascii=True, separators=(",", ":"))
    for character, escaped in _ESCAPED.items():
        text = text.replace(character, escaped)
    return Markup(f"data:application/json,{text}")


def _short(value: Any) -> Any:
    """A specification whose numbers have no more digits than a picture shows."""
    match value:
        case float():
            return float(f"{value:.{_DIGITS}g}")
        case dict():
            return {key: _short(each) for key, each in value.items()}
        case list():
            return [_short(each) for each in value]
    return value
