"""`contested ingest`: a series as it was downloaded, as a table of months."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

_KINDS = ("general-staff", "deepstate", "isw-layers", "mediazona", "economist")


def _month(context: click.Context, option: click.Parameter, text: str | None) -> date | None:
    from contested.series.cells import parse_month

    try:
        return None if text is None else parse_month(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    name="ingest",
    epilog="""\b
Examples:
  contested ingest general-staff configs/data/general-staff-2026-01.csv
  contested ingest general-staff configs/data/general-staff-2026-01.csv -o monthly.csv

Exit codes: 0 done; 2 the input is at fault.""",
)
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the months to a file; a table of months that is there gets newer figures and loses nothing.",
)
@click.option(
    "--from", "first", metavar="MONTH", callback=_month, help="The first month to take, as 2023-10."
)
@click.option("--to", "last", metavar="MONTH", callback=_month, help="The last month to take.")
@click.option(
    "--force", is_flag=True, help="Let --out replace whatever file is there, instead of adding to it."
)
def command(  # noqa: PLR0917  # one for each option
    kind: str, file: Path, out: Path | None, first: date | None, last: date | None, force: bool
) -> None:
    """Read FILE, a series of KIND by day or week, as a table of months.

    Months are there only where FILE covers them whole. What was read, left out, assumed and changed is said
    on standard error; gaps, counts that fall and cells that cannot be read are faults as file:line:column.
    """
    if force and out is None:
        raise click.UsageError("--force goes with --out")
    from contested.cli.output import show
    from contested.report.plain import printable
    from contested.series.ingest import ingest

    found = ingest(kind, file, out, first=first, last=last, force=force)
    for line in found.said:
        click.echo(printable(line), err=True)
    if out is None:
        show(found.table.text())
