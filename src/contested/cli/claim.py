"""`contested claim`: a sentence's arithmetic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from contested.cli.options import register_file

if TYPE_CHECKING:
    from contested.answers.claim import Claim


@click.command(
    name="claim",
    epilog="""\b
Examples:
  contested claim --casualties 28880 --area 499.43km2 --says 68
  contested claim --casualties 200000 --area 1000mi2 --says 77person/km2
  contested claim claim-pokrovsk-per-km2

Exit codes: 0 done, whether it fits or not; 2 the input is at fault.""",
)
@click.argument("id", required=False, metavar="[ID]")
@click.option("--casualties", metavar="N", help="Killed and wounded: a number alone, as in 28880.")
@click.option(
    "--area", metavar="AREA", help="Ground gained with its unit, as in 499.43km2, 1000mi2 or 500ha."
)
@click.option(
    "--says", metavar="R", help="The ratio that is stated: per unit of the area if it names no unit."
)
@register_file
@click.option("--json", "as_json", is_flag=True, help="Print JSON, at full precision.")
def command(  # noqa: PLR0917  # one for each option
    id: str | None, casualties: str | None, area: str | None, says: str | None, file: Path, as_json: bool
) -> None:
    """Work out the ratio of a sentence, from options or from the register's entry ID.

    Says what the parts give, how far the stated figure is from that, and whether it lies inside what rounding
    of the parts allows: half a unit of the last digit to either side. Zeros that end a number may be rounding
    or may not, so both readings are given where they differ. Nothing is guessed from free text.
    """
    from contested.cli.ending import printed

    printed(_text(_claim(id, casualties, area, says, file), as_json=as_json), as_json=as_json)


def _claim(id_: str | None, casualties: str | None, area: str | None, says: str | None, file: Path) -> Claim:
    from contested.answers.claim import claimed, claimed_by_entry

    if id_ is not None:
        from contested.answers.audit import open_register

        return claimed_by_entry(open_register(file), id_, casualties, area, says)
    if casualties is None or area is None:
        raise click.UsageError("--casualties and --area are both needed, or the ID of a register's entry")
    return claimed(casualties, area, says)


def _text(claim: Claim, *, as_json: bool) -> str:
    if as_json:
        import json

        return json.dumps(claim.to_dict(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    from contested.cli.output import terminal
    from contested.report.claim_page import render_claim

    return render_claim(claim, **terminal())
