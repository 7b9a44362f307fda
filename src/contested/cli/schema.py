"""`contested schema`: the JSON Schema of scenario files, for editors."""

from __future__ import annotations

import click


@click.command(
    name="schema",
    epilog="""\b
Example:
  contested schema > scenario.schema.json
A scenario whose first line is the following is then checked as you type:
  # yaml-language-server: $schema=scenario.schema.json""",
)
def command() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from contested.cli.output import show

    show(schema_text())


def schema_text() -> str:
    """The schema as it is printed, and as it is shipped beside the scenarios."""
    import json

    from contested.language.schema import json_schema

    return json.dumps(json_schema(), ensure_ascii=False, indent=2) + "\n"
