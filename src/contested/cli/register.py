"""`contested register`: list and search a register, or look through it for what cannot all be meant."""

from __future__ import annotations

from pathlib import Path

import click

from contested.cli.options import register_file


@click.command(
    name="register",
    epilog="""\b
Examples:
  contested register pokrovsk
  contested register --check
  contested register --register configs/register.yaml --check --json

Exit codes: 0 done, whatever was found; 2 the register is at fault.""",
)
@click.argument("filter", required=False, metavar="[FILTER]")
@register_file
@click.option(
    "--check", is_flag=True, help="Hold its entries against one another, and ratios against their parts."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(filter: str | None, file: Path, check: bool, as_json: bool) -> None:
    """List a register's entries, those that hold FILTER in any field.

    With --check, print a line for each thing that cannot all be meant: stated ratios that their parts do not
    give, ratios of another place, slips of units, publications that contradict each other, relays of nobody,
    duplicates, and periods that end after publication. That sources contradict each other is no fault of the
    register; an unknown unit, or a ratio of what is not there, is.
    """
    from contested.answers.audit import audit, open_register
    from contested.cli.ending import printed
    from contested.cli.output import terminal
    from contested.report import register_page as page

    library = open_register(file)
    entries = library.holding(filter or "")
    if check:
        looked, wanted = audit(library), {entry.id for entry in entries}
        findings = [finding for finding in looked.findings if finding.entry in wanted]
        shown = page.findings_document if as_json else page.render_findings
        text = shown(looked, findings)
    elif as_json:
        text = page.entries_document(library, entries)
    else:
        text = page.render_entries(library, entries, **terminal())
    printed(text, as_json=as_json)
