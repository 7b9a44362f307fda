"""How a command ends that draws: its text, and what it says where the draws ended too early."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from contested.answers.result import Result


def printed(text: str, *, as_json: bool) -> None:
    """Write a page for people, or JSON for programs, to standard output."""
    from contested.cli.output import show, show_bytes

    write = show_bytes if as_json else show
    write(text)


def ended(result: Result, *, strict: bool) -> int:
    """Say where the draws ended too early; the exit code: 1 for that under `strict`, else 0."""
    if result.converged:
        return 0
    from contested.scenario import unconverged

    click.echo(unconverged(result), err=True)
    return int(strict)
