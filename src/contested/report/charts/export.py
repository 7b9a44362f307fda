"""Pictures as files: Vega-Lite specification, SVG and PNG, drawn without a browser and without a request."""

from __future__ import annotations

import json
from typing import Any

import altair as alt

_SCALE = 2.0  # pixels of a PNG for each CSS pixel


def spec_text(chart: alt.LayerChart) -> str:
    """The specification as JSON, for any Vega-Lite editor."""
    return json.dumps(_spec(chart), ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def svg_text(chart: alt.LayerChart) -> str:
    """The picture as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(_spec(chart), allowed_base_urls=[]))


def png_bytes(chart: alt.LayerChart) -> bytes:
    """The picture as PNG, two pixels for each CSS pixel."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_spec(chart), scale=_SCALE, allowed_base_urls=[]))


def _spec(chart: alt.LayerChart) -> dict[str, Any]:
    return dict(chart.to_dict())
