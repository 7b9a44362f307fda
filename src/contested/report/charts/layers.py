"""Vega-Lite in short: layers of a picture, the marks that they draw, and what places and colours those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Specification = dict[str, Any]  # a whole picture, as JSON has it
Layer = dict[str, Any]
Mark = dict[str, Any]
Channel = dict[str, Any]  # which field gives a place, a colour and so on, and how
Row = Mapping[str, Any]  # a mark's fields

Kind = Literal["rule", "point", "area", "line", "text", "rect"]


def layer(rows: Iterable[Row], mark: Mark, **encoding: Channel) -> Layer:
    """A mark for each row, or a line or an area through them, placed and coloured by their fields.

    Examples
    --------
    >>> rows = [{"label": "Kyiv", "low": 10, "high": 90, "y": 40}]
    >>> found = layer(rows, mark("rule", strokeWidth=3), x=across("low"), x2=end("high"), y=down())
    >>> found["encoding"]["x2"]
    {'field': 'high'}
    """
    return {"data": {"values": [dict(row) for row in rows]}, "mark": mark, "encoding": encoding}


def mark(kind: Kind, **properties: Any) -> Mark:
    """A kind of mark with the properties that all of its layer share."""
    return {"type": kind, **properties}


def across(field: str = "x") -> Channel:
    """Pixels from the left."""
    return quantitative(field, scale=None, axis=None)


def down(field: str = "y") -> Channel:
    """Pixels from the top."""
    return quantitative(field, scale=None, axis=None)


def end(field: str) -> Channel:
    """Where a mark ends, on the scale that has its beginning."""
    return {"field": field}


def along(
    field: str,
    domain: Sequence[float],
    places: Sequence[float],
    *,
    logarithmic: bool = False,
    **more: Any,
) -> Channel:
    """Values of an axis whose ends lie at two places in pixels, and are not rounded."""
    kind = "log" if logarithmic else "linear"
    scale = {"type": kind, "domain": [*domain], "range": [*places], "nice": False, "zero": False, **more}
    return quantitative(field, scale=scale, axis=None)


def quantitative(field: str, **more: Any) -> Channel:
    """A field of numbers."""
    return {"field": field, "type": "quantitative", **more}


def ordinal(field: str, **more: Any) -> Channel:
    """A field of ranks."""
    return {"field": field, "type": "ordinal", **more}


def nominal(field: str, **more: Any) -> Channel:
    """A field of names."""
    return {"field": field, "type": "nominal", **more}
