"""`contested compare`: a scenario in, what follows under every assumption about whom to believe out."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison


@click.command(
    name="compare",
    epilog="""\b
Examples:
  contested compare configs/isw-2025.yaml
  contested compare configs/isw-2025.yaml --weightings lines,doubt_kyiv --within 0.1 --at 0.9
  contested compare configs/isw-2025.yaml --estimate rise --contaminate 0.1 --out runs/compared

Exit codes: 0 done; 1 not converged under --strict; 2 the input is at fault.""",
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--weightings", metavar="A,B", help="The named weightings to set side by side; all where none is named."
)
@click.option(
    "--within",
    type=float,
    default=0.2,
    show_default=True,
    metavar="D",
    help="Also every weighting that moves at most this share of weight away from the default, in each "
    "dispute.",
)
@click.option(
    "--contaminate",
    type=float,
    metavar="E",
    help="Also every weighting that gives all but this share of weight as the default does, in each dispute.",
)
@click.option(
    "--at",
    type=float,
    multiple=True,
    metavar="P",
    help="A probability whose crossing is looked for, besides 0.5; may be given several times.",
)
@click.option(
    "--estimate",
    "estimates",
    multiple=True,
    metavar="NAME",
    help="An estimate to set out in full, instead of the first; may be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, at full precision.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Save comparison.json, a CSV table for each kind of answer and all that they were made from.",
)
@click.option("--force", is_flag=True, help="Let --out replace an earlier saved comparison.")
@click.option("--strict", is_flag=True, help="Exit with 1 where the tolerance was not reached.")
def command(  # noqa: PLR0917  # one for each option
    scenario: Path,
    weightings: str | None,
    within: float,
    contaminate: float | None,
    at: tuple[float, ...],
    estimates: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    force: bool,
    strict: bool,
) -> int:
    """Say what SCENARIO's answers hang on: whom one believes, and how much.

    Prints the answers under every weighting, each source alone and left out, whole sets of weightings,
    the rules of pooling and scopes of who is right; where each question's answer flips; and what to find
    out next.
    """
    if force and out is None:
        raise click.UsageError("--force goes with --out")
    from contested.answers.compare import known_estimates
    from contested.cli.ending import ended, printed
    from contested.cli.progress import progress_bar
    from contested.errors import AccuracyWarning
    from contested.report.files import COMPARISON_FILES, comparison_files
    from contested.report.saving import refuse_unfit, save
    from contested.scenario import load

    loaded = load(scenario)
    known_estimates(loaded.study, estimates)
    if out is not None:
        refuse_unfit(out, loaded.study, COMPARISON_FILES, force=force)
    with progress_bar() as watcher, warnings.catch_warnings():
        warnings.simplefilter("ignore", AccuracyWarning)  # said at the end, on standard error
        comparison = loaded.compare(
            weightings=None if weightings is None else [name.strip() for name in weightings.split(",")],
            within=within,
            contaminate=contaminate,
            at=at,
            progress=watcher.drawn,
        )
        watcher.summarising()
        text = _text(comparison, estimates, as_json=as_json)  # each part is worked out when it is asked for
        if out is not None:
            save(comparison.study, comparison_files(comparison), out, force=force)
    if out is not None:
        click.echo(f"saved in {out}", err=True)
    printed(text, as_json=as_json)
    return ended(comparison.result, strict=strict)


def _text(comparison: Comparison, estimates: tuple[str, ...], *, as_json: bool) -> str:
    if as_json:
        return comparison.to_json()
    from contested.cli.output import terminal
    from contested.report.comparison import render_comparison

    return render_comparison(comparison, estimates, **terminal())
