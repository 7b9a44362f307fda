"""Unlike things that a question, or what it rests on, sets side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.engine.underlying import reached
from contested.language.formula import Expression, references
from contested.language.nodes import Mismatch, Study


def compared(study: Study, question: str) -> tuple[Mismatch, ...]:
    """The scenario's mismatches, owned or only noted, that concern one of its questions."""
    paths = set(_paths(study, question))
    return tuple(m for m in study.mismatches if any(f"{m.path}.".startswith(f"{path}.") for path in paths))


def _paths(study: Study, question: str) -> Iterator[str]:
    """Paths of the claim and of all that it rests on: estimates, inputs and sources' claims."""
    expression = study.questions[question].formula.expression
    yield f"questions.{question}"
    yield from (f"estimates.{name}" for name in _estimates(study, [expression]))
    yield from (found.statement.path for found in reached(study, [expression]))


def _estimates(study: Study, expressions: Sequence[Expression]) -> dict[str, None]:
    """The estimates that expressions name, through others too."""
    found: dict[str, None] = {}
    waiting = list(expressions)
    while waiting:
        for reference in references(waiting.pop()):
            if reference.kind == "estimate" and reference.name not in found:
                found[reference.name] = None
                waiting.append(study.estimates[reference.name].formula.expression)
    return found
