"""Pictures as Altair's charts: a notebook shows them, and their titles, sizes and colours can be changed.

Most places are in pixels, worked out beforehand, so that no chart can be panned or zoomed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from contested.report.charts.layers import Layer, Specification

if TYPE_CHECKING:  # a third of a second, which pages and files need not wait
    import altair as alt


def chart(specification: Specification) -> alt.LayerChart:
    """A picture as a chart, held against the schema of Vega-Lite; its rows, when it is shown."""
    import altair as alt

    found: alt.LayerChart = alt.LayerChart.from_dict({**specification, "layer": []})
    found.layer = [_unit(layer) for layer in specification["layer"]]
    return found


def _unit(layer: Layer) -> alt.Chart:
    """A layer. It gets its rows at the end, since to read one by one takes up to two seconds."""
    import altair as alt

    found: alt.Chart = alt.Chart.from_dict({**layer, "data": {"values": []}})
    found.data = alt.InlineData(values=layer["data"]["values"])
    return found
