"""Pictures as files: Vega-Lite specification, SVG and PNG, drawn without a browser and without a request.

Text is set in the first face of `theme.FONT` that the machine has, or else in one that comes with vl-convert.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from contested.answers.bounds import Bound
from contested.answers.comparison import Comparison
from contested.answers.track import Track
from contested.report.charts.densities import densities
from contested.report.charts.drivers import drivers
from contested.report.charts.forest import forest
from contested.report.charts.grid import grid
from contested.report.charts.layers import Specification
from contested.report.charts.questions import probabilities
from contested.report.charts.theme import LOOKS, Look
from contested.report.charts.track import track_chart
from contested.report.charts.triangle import triangle
from contested.report.directory import Destination

_SCALE = 2.0  # pixels of a PNG for each CSS pixel


def spec_text(picture: Specification) -> str:
    """The specification as JSON, for any Vega-Lite editor."""
    return json.dumps(picture, ensure_ascii=False, indent=1, sort_keys=True, allow_nan=False) + "\n"


def svg_text(picture: Specification) -> str:
    """The picture as SVG."""
    import vl_convert

    return str(vl_convert.vegalite_to_svg(picture, allowed_base_urls=[]))


def png_bytes(picture: Specification) -> bytes:
    """The picture as PNG, two pixels for each CSS pixel."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(picture, scale=_SCALE, allowed_base_urls=[]))


def charts_of(
    comparison: Comparison, estimate: str | None = None, looks: Sequence[Look] = LOOKS
) -> Mapping[str, Specification]:
    """Every picture of one estimate, and of the questions.

    Parameters
    ----------
    comparison : Comparison
    estimate : str, optional
        The scenario's first where absent.
    looks : sequence of Look
        Both sizes where absent.

    Returns
    -------
    mapping of str to Specification
        By name, in the order of the report: `forest-wide`, `triangle-toll-narrow` and so on.
    """
    return {
        f"{name}-{look.name}": found for look in looks for name, found in _charts(comparison, estimate, look)
    }


def charts_along_time(track: Track) -> Mapping[str, Specification]:
    """The main estimate along time, at both sizes by name; nothing where none has a value over the window."""
    if (main := track.main) is None:
        return {}
    return {f"track-{look.name}": track_chart(track, main.name, look) for look in LOOKS}


def _charts(comparison: Comparison, estimate: str | None, look: Look) -> Iterator[tuple[str, Specification]]:
    name = next(iter(comparison.study.estimates)) if estimate is None else estimate
    if (found := grid(comparison, name, look)) is not None:
        yield "grid", found
    yield "densities", densities(comparison.result, name, look)
    yield "forest", forest(comparison, name, look)
    for dispute in comparison.study.disputes:
        if dispute in comparison.result.estimates[name].by_source:
            yield f"triangle-{dispute}", triangle(comparison, dispute, name, look)
        if (found := probabilities(comparison, dispute, look)) is not None:
            yield f"probabilities-{dispute}", found
    if not isinstance(comparison.result.estimates[name], Bound):
        yield "drivers", drivers(comparison, name, look)


def refuse_unfit(directory: Path, *, force: bool) -> None:
    """Refuse a place that pictures cannot be written to; to be asked before anything is drawn.

    Raises
    ------
    ContestedError
        Where the directory exists and may not be replaced, or its parent is missing.
    """
    _destination(directory, force=force).refuse_unfit()


def write_charts(directory: Path, charts: Mapping[str, Specification], *, force: bool = False) -> None:
    """Write pictures as NAME.vl.json, NAME.svg and NAME.png, all of them or none.

    Parameters
    ----------
    directory : Path
        A new directory; with `force`, one that was written so before, or an empty one, which is replaced.
    charts : mapping of str to Specification
        By name.
    force : bool

    Raises
    ------
    ContestedError
        Where it cannot be written.
    """
    with _destination(directory, force=force).fresh() as fresh:
        for name, picture in charts.items():
            for suffix, text in ((".vl.json", spec_text(picture)), (".svg", svg_text(picture))):
                (fresh / f"{name}{suffix}").write_text(text, encoding="utf-8", newline="\n")
            (fresh / f"{name}.png").write_bytes(png_bytes(picture))


def _destination(directory: Path, *, force: bool) -> Destination:
    return Destination(option="--charts", directory=directory, holds="saved charts", force=force)
