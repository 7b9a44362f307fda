"""Pictures as Vega-Lite specifications."""

from __future__ import annotations

from typing import Any

import altair as alt
from altair.utils.schemapi import debug_mode

# What `theme.picture` sets, and which scales of the layers are their own.
_FRAME = ("width", "height", "description", "background", "padding", "config", "resolve")


def specification(chart: alt.LayerChart) -> dict[str, Any]:
    """A picture that `theme.picture` put together, as its `to_dict` has it.

    Altair copies every layer twice before it writes it, which takes longer than to write it. It is not held
    against the schema, since it is valid as it was composed; the tests hold it.
    """
    if chart["data"] is not alt.Undefined:  # layers that have their rows in common
        return dict(chart.to_dict(validate=False))
    datasets: dict[str, Any] = {}
    frame = alt.LayerChart(layer=[], **{key: chart[key] for key in _FRAME}).to_dict(validate=False)
    with debug_mode(False):
        layers = [
            layer.to_dict(validate=False, context={"top_level": False, "datasets": datasets})
            for layer in chart.layer
        ]
    return {**frame, "layer": layers, "datasets": datasets}
