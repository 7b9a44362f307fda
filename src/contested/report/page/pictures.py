"""Pictures in a page: SVG that goes dark by style sheet, and the specification to take elsewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import altair as alt
from markupsafe import Markup

from contested.report.charts.theme import ACCENT, GRID, INK, MUTED, PAPER, POOL, SHADE
from contested.report.page.drawing import Drawing

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


@dataclass(frozen=True, slots=True)
class Ordered:
    """A picture that is being drawn."""

    name: str
    charts: tuple[alt.LayerChart, alt.LayerChart]
    drawn: tuple[Future[str], Future[str]]

    def picture(self) -> Picture:
        """The picture; waits until it is drawn."""
        wide, narrow = self.drawn
        return Picture(
            name=self.name,
            description=str(self.charts[0].description),
            wide=inline(wide.result(), f"{self.name}-wide"),
            narrow=inline(narrow.result(), f"{self.name}-narrow"),
            specification=_address(_specification(self.charts[0])),
        )


def ordered(charts: Mapping[str, alt.LayerChart], drawing: Drawing) -> Iterator[Ordered]:
    """Have every picture drawn that stands in a mapping twice, as NAME-wide and NAME-narrow."""
    for name in (each.removesuffix("-wide") for each in charts if each.endswith("-wide")):
        both = charts[f"{name}-wide"], charts[f"{name}-narrow"]
        wide, narrow = (drawing.svg(_silent(_specification(chart))) for chart in both)
        yield Ordered(name, both, (wide, narrow))


def inline(svg: str, prefix: str) -> Markup:
    """An SVG document as an element of a page: ids of its own, no fonts of its own, and no more than needed.

    Its text is set in the page's face, and is no more than text, whatever it says.
    """
    root = ElementTree.fromstring(svg)
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


def _specification(chart: alt.LayerChart) -> dict[str, Any]:
    return dict(chart.to_dict(validate=False))  # valid as it was composed


def _silent(specification: dict[str, Any]) -> dict[str, Any]:
    """Without a word on each mark: the picture as a whole is described."""
    return {**specification, "config": {**specification.get("config", {}), "aria": False}}


def _address(specification: dict[str, Any]) -> Markup:
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
