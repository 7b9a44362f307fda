"""`contested check`: read a scenario and say whether it can be run; nothing is drawn."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    name="check",
    epilog="""\b
Example:
  contested check configs/isw-2025.yaml""",
)
@click.argument("scenario", type=click.Path(path_type=Path))
def command(scenario: Path) -> None:
    """Read and check SCENARIO; draw nothing.

    Prints one line where all is well; otherwise every fault as file:line:column, with the remedy, and
    exit code 2. Faults that need a fit or draws are found by `run`.
    """
    from contested.cli.output import show
    from contested.report.plain import printable
    from contested.scenario import load

    study = load(scenario).study
    counts = (
        _count(len(study.disputes), "dispute"),
        _count(len(study.figures), "figure"),
        _count(len(study.facts), "cited fact"),
        _count(len(study.estimates), "estimate"),
        _count(len(study.questions), "question"),
    )
    show(f"{printable(str(scenario))}: {', '.join(counts)}; no fault found\n")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
