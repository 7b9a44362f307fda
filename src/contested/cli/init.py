"""`contested init`: a commented scenario to begin with, which runs as it is."""

from __future__ import annotations

import re
from pathlib import Path

import click

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")


@click.command(
    name="init",
    epilog="""\b
Example:
  contested init mine
  contested run mine.yaml""",
)
@click.argument("name")
def command(name: str) -> None:
    """Write NAME.yaml, a commented scenario that runs as it is, and NAME-register.yaml, the facts it cites.

    They are written in the current directory; nothing that is there is overwritten.
    """
    from contested.cli.output import show
    from contested.errors import ContestedError

    if not _NAME.fullmatch(name):
        raise ContestedError(
            f"a scenario's name consists of letters, digits, - and _ (got '{name}'); .yaml is added to it"
        )
    files = {
        Path(f"{name}-register.yaml"): _starter("register", name),
        Path(f"{name}.yaml"): _starter("scenario", name),
    }
    written: list[Path] = []
    try:
        for file, text in files.items():
            with file.open("x", encoding="utf-8", newline="\n") as stream:  # x: never over another's file
                written.append(file)
                stream.write(text)
    except OSError as error:
        for made in written:
            made.unlink()
        raise ContestedError(_refusal(file, error)) from None
    show(f"wrote {name}.yaml and {name}-register.yaml; next: contested run {name}.yaml\n")


def _starter(which: str, name: str) -> str:
    from importlib.resources import files

    text = files("contested.cli").joinpath("starter", f"{which}.yaml").read_text(encoding="utf-8")
    return text.replace("NAME.yaml", f"{name}.yaml").replace("NAME-register.yaml", f"{name}-register.yaml")


def _refusal(file: Path, error: OSError) -> str:
    if isinstance(error, FileExistsError):
        return f"{file} exists and is not overwritten; choose another name"
    return f"{file} cannot be written: {error.strerror}"
