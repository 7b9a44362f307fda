"""Layers of a picture: rows of values, drawn by one kind of mark, at places in pixels or on an axis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import altair as alt
from altair.utils.schemapi import debug_mode

Row = Mapping[str, Any]  # a mark's fields
Mark = Literal["rule", "point", "area", "line", "text", "rect"]


def layer(rows: Iterable[Row], kind: Mark, **properties: Any) -> alt.Chart:
    """A mark for each row: `rule`, `point`, `area` and so on, with properties that all share."""
    with debug_mode(False):  # which takes longer than to draw; the tests check whole pictures
        values = alt.InlineData(values=[dict(row) for row in rows])
        return alt.Chart(values, mark=alt.MarkDef(type=kind, **properties))


def across(field: str = "x") -> alt.X:
    """Pixels from the left."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def down(field: str = "y") -> alt.Y:
    """Pixels from the top."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)
