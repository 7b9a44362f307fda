"""`contested lineage`: which of several dated series move as one."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    name="lineage",
    epilog="""\b
Examples:
  contested lineage configs/data/monthly.csv
  contested lineage configs/data/monthly.csv --only general_staff,uk_mod,economist,dead --json

Exit codes: 0 done, whatever was found; 2 the input is at fault.""",
)
@click.argument("series", type=click.Path(path_type=Path))
@click.option("--only", metavar="SOURCES", help="Columns to compare, with commas; all where absent.")
@click.option(
    "--independent-error",
    metavar="PERCENT",
    default="4%",
    show_default=True,
    help="Least error that two independent counts of one month do not share, as a standard deviation.",
)
@click.option("--json", "as_json", is_flag=True, help="Print all pairs as JSON, at full precision.")
def command(series: Path, only: str | None, independent_error: str, as_json: bool) -> None:
    """Find the sources of a table that relay one another.

    SERIES is a CSV file with a column `month` or `date`, a row a month, and a column for each source. Two
    sources move as one where they keep to a fixed ratio or offset more closely than independent counts could,
    and share ups and downs beyond a trend.
    """
    from contested.answers.lineage import lineage
    from contested.cli.ending import printed
    from contested.series.sources import read_sources

    error = _share(independent_error)
    sources = read_sources(series, [name.strip() for name in only.split(",")] if only else ())
    found = lineage(sources.months, sources.columns, independent_error=error)
    if as_json:
        import json

        from contested.report.lineage_document import document

        text = json.dumps(document(found, str(series), sources.ends), ensure_ascii=False, indent=2) + "\n"
    else:
        from contested.cli.output import terminal
        from contested.report.lineage_page import render_lineage

        text = render_lineage(found, str(series), sources.ends, **terminal())
    printed(text, as_json=as_json)


def _share(text: str) -> float:
    """A percentage as a share."""
    try:
        share = float(text.strip().removesuffix("%")) / 100
    except ValueError:
        share = -1.0
    if not (text.strip().endswith("%") and 0.001 <= share <= 0.5):
        raise click.BadParameter(
            f"must be a percentage from 0.1% to 50% (got '{text}')", param_hint="'--independent-error'"
        )
    return share
