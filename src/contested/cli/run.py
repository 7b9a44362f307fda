"""`contested run`: a scenario in, credible intervals out."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

if TYPE_CHECKING:
    from contested.answers.result import Result
    from contested.language.nodes import Study, Weights


@click.command(
    name="run",
    epilog="""\b
Examples:
  contested run configs/isw-2025.yaml
  contested run configs/isw-2025.yaml --weights toll.osint=3,toll.others=1 --level 0.8
  contested run configs/isw-2025.yaml --confidence 0.8 --out runs/stress
  contested run configs/isw-2025.yaml --json > result.json

Exit codes: 0 done; 1 not converged under --strict; 2 the input is at fault.""",
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--weighting", metavar="NAME", help="One of the scenario's weightings, or even.")
@click.option(
    "--weights",
    metavar="WEIGHTS",
    help="Weights of your own, as in toll.osint=3,toll.others=1; disputes not named are even.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, at full precision.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Save result.json, estimates.csv and all that they were run from in a new directory.",
)
@click.option("--draws", is_flag=True, help="Have --out save the drawn worlds too, as draws.parquet.")
@click.option("--force", is_flag=True, help="Let --out replace an earlier saved run.")
@click.option("--seed", type=int, metavar="N", help="Seed of the draws, instead of the scenario's.")
@click.option(
    "--tolerance", type=float, metavar="X", help="Monte Carlo error to reach, instead of the scenario's."
)
@click.option(
    "--level",
    "levels",
    type=float,
    multiple=True,
    metavar="L",
    help="What an interval holds, 0.9 for 90 %; may be given several times.",
)
@click.option("--kind", type=click.Choice(["equal-tailed", "hdi"]), help="Kind of interval.")
@click.option(
    "--confidence",
    type=float,
    metavar="C",
    help="Read every stated range that names no confidence as holding only so much: a stress test.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 where the tolerance was not reached.")
def command(  # noqa: PLR0917  # one for each option
    scenario: Path,
    weighting: str | None,
    weights: str | None,
    as_json: bool,
    out: Path | None,
    draws: bool,
    force: bool,
    seed: int | None,
    tolerance: float | None,
    levels: tuple[float, ...],
    kind: Literal["equal-tailed", "hdi"] | None,
    confidence: float | None,
    strict: bool,
) -> int:
    """Draw SCENARIO's worlds and print what follows from them.

    Prints every estimate's median and intervals, by source underneath, the questions' probabilities, one
    sentence that can be quoted, and what was assumed.
    """
    if weighting is not None and weights is not None:
        raise click.UsageError("give --weighting or --weights, not both")
    if force and out is None:
        raise click.UsageError("--force goes with --out")
    if draws and out is None:
        raise click.UsageError("--draws goes with --out")
    from contested.cli.ending import ended, printed
    from contested.cli.progress import progress_bar
    from contested.errors import AccuracyWarning
    from contested.scenario import load

    loaded = load(scenario)
    chosen = weighting if weights is None else _weights(weights, loaded.study)
    if out is not None:
        _refuse_unfit(out, loaded.study, draws=draws, force=force)
    with progress_bar() as watcher, warnings.catch_warnings():
        warnings.simplefilter("ignore", AccuracyWarning)  # said at the end, on standard error
        result = loaded.run(
            chosen,
            seed=seed,
            tolerance=tolerance,
            levels=levels or None,
            kind=kind,
            confidence=confidence,
            progress=watcher.drawn,
        )
        watcher.summarising()
        text = _text(result, as_json=as_json)  # answers are computed when they are asked for
        if out is not None:
            from contested.report.files import run_files
            from contested.report.saving import save

            save(result.study, run_files(result, draws=draws), out, force=force)
    if out is not None:
        click.echo(f"saved in {out}", err=True)
    printed(text, as_json=as_json)
    return ended(result, strict=strict)


def _refuse_unfit(out: Path, study: Study, *, draws: bool, force: bool) -> None:
    """Refuse what could not be saved before anything is drawn."""
    from contested.report.files import DRAWS_FILE, RUN_FILES
    from contested.report.saving import refuse_unfit

    if draws:
        from contested.report.draws_file import refuse_without_parquet

        refuse_without_parquet()
    refuse_unfit(out, study, (*RUN_FILES, DRAWS_FILE) if draws else RUN_FILES, force=force)


def _weights(text: str, study: Study) -> Weights:
    """Weights as a weighting states them: what is left to `none_of_these` is the dispute's to say."""
    from contested.errors import ContestedError
    from contested.language.nodes import NONE_OF_THESE
    from contested.language.weighting import parse_weights

    try:
        parsed = parse_weights(text, study)
    except ContestedError as error:
        raise ContestedError(f"--weights: {error}") from None
    return {
        dispute: {source: weight for source, weight in sources.items() if source != NONE_OF_THESE}
        for dispute, sources in parsed.items()
    }


def _text(result: Result, *, as_json: bool) -> str:
    if as_json:
        return result.to_json()
    from contested.cli.output import shows, terminal
    from contested.report.strip import BLOCKS
    from contested.report.terminal import render

    return render(result, **terminal(), strips=shows(BLOCKS))
