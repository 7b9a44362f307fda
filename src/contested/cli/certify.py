"""`contested certify`: one claim, one grade, one paragraph that can be printed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from contested.report.certificate import Certificate


@click.command(
    name="certify",
    epilog="""\b
Examples:
  contested certify configs/isw-2025.yaml --question dearer
  contested certify configs/isw-2025.yaml --question isw_headline --json > headline.json

Exit codes: 0 done, whatever the grade; 2 the input is at fault.""",
)
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--question", required=True, metavar="NAME", help="One of the scenario's questions.")
@click.option("--json", "as_json", is_flag=True, help="Print the certificate as JSON, at full precision.")
def command(scenario: Path, question: str, as_json: bool) -> None:
    """Grade one claim of SCENARIO by what holds whomever one believes.

    Prints a grade in fixed words, a paragraph that can be printed as it is, and the table behind them: the
    claim's probability under each weighting, rule, scope and combination of sources, and what would flip it.
    """
    from contested.cli.ending import printed
    from contested.cli.progress import progress_bar
    from contested.scenario import load

    loaded = load(scenario)
    with progress_bar() as watcher:
        certificate = loaded.certify(question, progress=watcher.drawn)
        watcher.summarising()
        text = _text(certificate, as_json=as_json)
    printed(text, as_json=as_json)


def _text(certificate: Certificate, *, as_json: bool) -> str:
    if as_json:
        return certificate.to_json()
    from contested.cli.output import terminal
    from contested.report.certificate_page import render_certificate

    return render_certificate(certificate, **terminal())
