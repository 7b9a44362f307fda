"""Vega-Lite specifications as SVG, fast.

Nine tenths of the time that vl-convert takes go into measuring text, which has its place in these pictures
already and moves nothing. So it is drawn empty, and put into the picture afterwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from contested.report.charts.layers import Layer, Specification
from contested.report.charts.measuring import width

_SIZE = 11  # of text whose mark says none: Vega's own
_TEXT = "{http://www.w3.org/2000/svg}text"


def drawn(specification: Specification) -> Element:
    """A specification as the root of an SVG picture.

    It says nothing of each mark to those who do not see it, since the picture is described as a whole.

    Parameters
    ----------
    specification : dict
        Layers with their rows, whose text is a field of those and lies inside the picture.
    """
    silent = {**specification, "config": {**specification.get("config", {}), "aria": False}}
    empty, words = _emptied(silent)
    found = _svg(empty)
    labels = list(found.iter(_TEXT))
    if len(labels) != len(words):  # a row has no mark: which is which is not known
        return _svg(silent)
    for label, text in zip(labels, words, strict=True):
        if text is not None:
            label.text = text
    return found


def _svg(specification: Specification) -> Element:
    import vl_convert

    return ElementTree.fromstring(vl_convert.vegalite_to_svg(specification, allowed_base_urls=[]))


def _emptied(specification: Specification) -> tuple[Specification, list[str | None]]:
    """The same with empty texts, and the texts in the order of their marks; None of those that are kept."""
    layers = list(_layers(specification))
    return {**specification, "layer": [layer for layer, _ in layers]}, [
        t for _, texts in layers for t in texts
    ]


def _layers(specification: Specification) -> Iterator[tuple[Layer, list[str | None]]]:
    for layer in specification["layer"]:
        mark = layer["mark"]
        if mark["type"] != "text":
            yield layer, []
            continue
        rows, field = layer["data"]["values"], layer["encoding"]["text"]["field"]
        words = [str(row[field]) if _fits(str(row[field]), mark) else None for row in rows]
        empty = [row if text is None else {**row, field: ""} for row, text in zip(rows, words, strict=True)]
        yield {**layer, "data": {"values": empty}}, words


def _fits(text: str, mark: Mapping[str, Any]) -> bool:
    """Whether a text is no longer than it may be; only one that is has to be measured, to be cut."""
    taken = width(text, mark.get("fontSize", _SIZE), bold=mark.get("fontWeight") == "bold")
    return bool(taken <= mark.get("limit", math.inf))
