"""The command line: paths, options and exit codes; what is computed is decided elsewhere."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module

import click

from contested._version import __version__
from contested.errors import ContestedError

__all__ = ["main"]

DONE, NOT_REACHED, INPUT_AT_FAULT, INTERRUPTED = 0, 1, 2, 130

# In the order of the help page.
_COMMANDS = (
    "run",
    "compare",
    "certify",
    "report",
    "track",
    "diff",
    "lineage",
    "register",
    "claim",
    "ingest",
    "check",
    "schema",
    "init",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and say how it went.

    Parameters
    ----------
    arguments : sequence of str, optional
        `sys.argv[1:]` where absent.

    Returns
    -------
    int
        0 done; 1 ran, but something asked for was not reached; 2 the input is at fault; 130 interrupted.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # there are none; looking costs 30 ms
    try:
        status = contested.main(arguments, prog_name="contested", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return INPUT_AT_FAULT
    except ContestedError as error:
        _explain(error)
        return INPUT_AT_FAULT
    except OSError as error:  # a full disk behind standard output, say
        _give_up(error)
        return NOT_REACHED
    except MemoryError:
        click.echo("Error: out of memory; lower max_draws under sampling in the scenario", err=True)
        return NOT_REACHED
    except click.Abort:  # Ctrl-C
        return INTERRUPTED
    return status if isinstance(status, int) else DONE


def _explain(error: ContestedError) -> None:
    """Print faults as they are, a line each, and any other error as click prints its own."""
    from contested.errors import ScenarioError
    from contested.report.plain import printable

    faults = error.faults if isinstance(error, ScenarioError) else ()
    for line in faults or (f"Error: {error}",):
        click.echo(printable(str(line)), err=True)


def _give_up(error: OSError) -> None:
    from contested.cli.output import give_up_output

    give_up_output()
    click.echo(f"Error: {error.strerror or error}; not everything was written", err=True)


class _LazyGroup(click.Group):
    """Commands are imported when they are asked for, so that the others cost nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"contested.cli.{cmd_name}").command
        return command


@click.group(
    cls=_LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 1 ran, but something asked for was not reached; 2 the input is at fault.",
)
@click.version_option(__version__, "--version", message="%(prog)s %(version)s")
def contested() -> None:
    """Credible intervals from disputed figures.

    A scenario file says what is disputed, who says what, and how far each is believed; `run` says what
    follows, and how much of the interval's width is whom you believe.

    \b
    Example:
      contested init mine
      contested run mine.yaml
    """
