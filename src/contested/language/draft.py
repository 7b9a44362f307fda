"""A scenario whose parts are read and whose whole is not yet checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.language.faults import Faults
from contested.language.formula import Formula, Reference, references
from contested.language.nodes import Computed, Dispute, Estimate, Figure, Input, Mixture, Question, Statement
from contested.language.tree import Place

if TYPE_CHECKING:  # which brings the schema, for nothing to those who have read their scenario
    from contested.language.register import Facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything that could be read; what is at fault is absent.

    Attributes
    ----------
    places : mapping of str to Place
        By path, where statements, estimates and questions stand.
    """

    top: Place
    facts: Facts
    disputes: Mapping[str, Dispute]
    inputs: Mapping[str, Input]
    figures: Mapping[str, Figure]
    estimates: Mapping[str, Estimate]
    questions: Mapping[str, Question]
    places: Mapping[str, Place]
    faults: Faults

    def claims(self) -> Iterator[tuple[Figure, Statement]]:
        """Every claim and agreed statement, with its figure."""
        return ((figure, claim) for figure in self.figures.values() for claim in figure.claims.values())

    def statements(self) -> Iterator[Statement]:
        """Every statement of inputs and figures, the parts of mixtures among them."""
        for entry in self.inputs.values():
            yield from nested(entry.statement)
        for _, claim in self.claims():
            yield from nested(claim)

    def formulas(self) -> Iterator[tuple[str, Formula, str | None]]:
        """Every formula, with the path of what it belongs to and what that says of mismatch."""
        for statement in self.statements():
            if isinstance(statement.form, Computed):
                yield statement.path, statement.form.formula, statement.mismatch
        for name, estimate in self.estimates.items():
            yield f"estimates.{name}", estimate.formula, estimate.mismatch
        for name, question in self.questions.items():
            yield f"questions.{name}", question.formula, question.mismatch

    def refuse(self, path: str, message: str, column: int = 0) -> None:
        """Fault the formula of what stands at a path."""
        place = self.places[path].get("formula") or self.places[path]
        self.faults.add(place.within(column), place.path, message)

    def named_by(self, reference: Reference) -> list[Statement]:
        """The statements that a name stands for: one, or a figure's claims; none for an estimate."""
        match reference.kind:
            case "input":
                entry = self.inputs.get(reference.name)
                return [] if entry is None else [entry.statement]
            case "fact":
                fact = self.facts.fact(reference.name)
                return [] if fact is None else [fact.statement]
            case "figure" | "claim":
                figure = self.figures.get(reference.name)
                claims = {} if figure is None else figure.claims
                wanted = claims if reference.source is None else [reference.source]
                return [claims[source] for source in wanted if source in claims]
        return []


def nested(statement: Statement) -> Iterator[Statement]:
    """A statement and, where it is a mixture, its parts."""
    yield statement
    if isinstance(statement.form, Mixture):
        for part in statement.form.parts:
            yield from nested(part)


def named_in(statement: Statement) -> Iterator[Reference]:
    """The names in a statement's formula, or in those of its parts."""
    for part in nested(statement):
        if isinstance(part.form, Computed):
            yield from references(part.form.formula.expression)


def folded(text: str) -> str:
    """A text by which measures and places are compared: case and spacing do not count."""
    return " ".join(text.casefold().split())
