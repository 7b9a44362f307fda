"""`contested track`: a scenario that comes by month or quarter in, its ratios along time out."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from contested.answers.track import Track


@click.command(
    name="track",
    epilog="""\b
Examples:
  contested track configs/monthly.yaml
  contested track configs/monthly.yaml --from 2024-09 --to 2025-04 --out runs/tracked
  contested track configs/monthly.yaml --compare 2025-06/2025-08 2024-06/2024-08 --json > track.json

Exit codes: 0 done; 1 not converged under --strict; 2 the input is at fault.""",
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--from", "first", metavar="MONTH", help="The first month or quarter, as in 2024-09.")
@click.option("--to", "last", metavar="MONTH", help="The last one.")
@click.option(
    "--compare",
    "compared",
    type=(str, str),
    multiple=True,
    metavar="OF OVER",
    help="Two windows to compare, the first over the second, besides the scenario's own; may be given "
    "several times.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, at full precision.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Save track.json, track.csv, a picture of each estimate (as Vega-Lite, SVG and PNG) and all that "
    "they were made from in a new directory.",
)
@click.option("--force", is_flag=True, help="Let --out replace an earlier saved run.")
@click.option("--strict", is_flag=True, help="Exit with 1 where the tolerance was not reached.")
def command(  # noqa: PLR0917  # one for each option
    scenario: Path,
    first: str | None,
    last: str | None,
    compared: tuple[tuple[str, str], ...],
    as_json: bool,
    out: Path | None,
    force: bool,
    strict: bool,
) -> int:
    """Follow SCENARIO's estimates from month to month.

    Prints every estimate that comes by period: pooled, by source and by weighting; its sums over the window,
    each year and the windows that are compared, as ratios of sums; and how a compared window stands among all
    windows of its length.
    """
    if force and out is None:
        raise click.UsageError("--force goes with --out")
    from contested.cli.ending import ended, printed
    from contested.cli.progress import progress_bar
    from contested.cli.track_options import known_comparisons, window_between
    from contested.errors import AccuracyWarning
    from contested.report.files import track_files, track_names
    from contested.report.saving import refuse_unfit, save
    from contested.scenario import load

    loaded = load(scenario)
    window = window_between(loaded.study, first, last)
    asked = known_comparisons(loaded.study, window, compared)
    if out is not None:
        refuse_unfit(out, loaded.study, track_names(loaded.study), force=force)
    with progress_bar() as watcher, warnings.catch_warnings():
        warnings.simplefilter("ignore", AccuracyWarning)  # said at the end, on standard error
        track = loaded.track(window, compared=asked, progress=watcher.drawn)
        watcher.summarising()
        text = _text(track, as_json=as_json)  # answers are computed when they are asked for
        if out is not None:
            save(track.scenario, track_files(track), out, force=force)
    if out is not None:
        click.echo(f"saved in {out}", err=True)
    printed(text, as_json=as_json)
    return ended(track.result, strict=strict)


def _text(track: Track, *, as_json: bool) -> str:
    if as_json:
        return track.to_json()
    from contested.cli.output import terminal
    from contested.report.track import render_track

    return render_track(track, **terminal())
