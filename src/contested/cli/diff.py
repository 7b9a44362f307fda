"""`contested diff`: what changed between two saved runs, and by how much."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from contested.report.difference import Difference


@click.command(
    name="diff",
    epilog="""\b
Examples:
  contested run configs/isw-2025.yaml --out runs/before
  contested run configs/isw-2025.yaml --confidence 0.8 --out runs/after
  contested diff runs/before runs/after
  contested diff runs/before runs/after --json > changes.json

Exit codes: 0 done, whether or not anything changed; 2 the input is at fault.""",
)
@click.argument("run_a", type=click.Path(path_type=Path))
@click.argument("run_b", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON, at full precision.")
def command(run_a: Path, run_b: Path, as_json: bool) -> None:
    """Say what changed from RUN_A to RUN_B, two directories that --out made, both of runs or both of tracks.

    Prints a sentence that can serve as a correction; what changed in the scenario, in the register entries
    that it uses and in the files that it reads; and each answer before and after, with the difference unless
    it is within the two runs' Monte Carlo error. Nothing is drawn.
    """
    from contested.cli.ending import printed
    from contested.report.difference import Difference
    from contested.report.saved import SavedRun

    found = Difference.of(SavedRun.open(run_a), SavedRun.open(run_b))
    printed(_text(found, as_json=as_json), as_json=as_json)


def _text(found: Difference, *, as_json: bool) -> str:
    if as_json:
        return found.to_json()
    from contested.cli.output import terminal
    from contested.report.difference_page import render_difference

    return render_difference(found, **terminal())
