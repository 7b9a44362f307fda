"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

register_file = click.option(
    "--register",
    "file",
    type=click.Path(path_type=Path),
    default=Path("configs/register.yaml"),
    show_default=True,
    metavar="FILE",
    help="The register.",
)
