"""What values rest on: every statement beneath a formula, and whose claim it is part of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from contested.language.formula import Expression, Reference, references
from contested.language.nodes import Citation, Computed, Estimate, Mixture, Statement, Study

Claimant = tuple[str, str] | None  # the dispute and the source whose claim it is; None: whoever is right


@dataclass(frozen=True, slots=True)
class Reached:
    """A statement that a value rests on.

    Attributes
    ----------
    variable : str
        Path of the random variable that it is there.
    whole : str
        Path of the variable that it is a part of, where it is one of a mixture; else the same.
    figure : str or None
        The figure whose claim it is, or is named by.
    claimant : (str, str) or None
        The dispute and the source that must be right for the value to rest on it; None where any may be.
    """

    variable: str
    whole: str
    statement: Statement
    figure: str | None
    claimant: Claimant


def reached(study: Study, expressions: Iterable[Expression]) -> Iterator[Reached]:
    """Every statement that the values of some expressions rest on, once for each that claims it."""
    walk = _Walk(study)
    for expression in expressions:
        yield from walk.through(expression, None, None)


def outermost(study: Study, expression: Expression) -> Iterator[Reference]:
    """What an expression names, with the estimates that it names written out."""
    for reference in references(expression):
        if reference.kind == "estimate":
            yield from outermost(study, study.estimates[reference.name].formula.expression)
        else:
            yield reference


def estimates_in(study: Study, expressions: Iterable[Expression]) -> dict[str, Estimate]:
    """The estimates that expressions name, through others too; in the scenario's order."""
    found: set[str] = set()
    waiting = list(expressions)
    while waiting:
        for reference in references(waiting.pop()):
            if reference.kind == "estimate" and reference.name not in found:
                found.add(reference.name)
                waiting.append(study.estimates[reference.name].formula.expression)
    return {name: estimate for name, estimate in study.estimates.items() if name in found}


def named(study: Study, reference: Reference, source: str | None = None) -> Statement:
    """The statement that a name stands for; a figure's is that of the source taken to be right."""
    match reference.kind:
        case "input":
            return study.inputs[reference.name].statement
        case "fact":
            return study.facts[reference.name].statement
        case _:
            return study.figures[reference.name].claims[reference.source or source or "agreed"]


def variable(study: Study, statement: Statement, figure: str | None) -> str:
    """The path of the random variable that a statement is, seen from a figure's claim."""
    kind, _, name = statement.path.partition(".")
    if kind == "inputs" and study.inputs[name.partition(".")[0]].per_figure:
        return f"{statement.path}@{figure}"
    return statement.path


@dataclass(frozen=True, slots=True)
class _Walk:
    """A way down through formulas that takes no turn twice."""

    study: Study
    seen: set[tuple[Reference, str | None, Claimant]] = field(default_factory=set)

    def through(self, expression: Expression, figure: str | None, claimant: Claimant) -> Iterator[Reached]:
        """What an expression rests on that a figure's claim holds."""
        for reference in references(expression):
            inside = reference.name if reference.kind in ("figure", "claim") else figure
            if (reference, inside, claimant) in self.seen:
                continue
            self.seen.add((reference, inside, claimant))
            if reference.kind == "estimate":
                formula = self.study.estimates[reference.name].formula
                yield from self.through(formula.expression, None, claimant)
            elif reference.kind == "figure":
                asked = self.study.figures[reference.name]
                for source, claim in asked.claims.items():
                    yield from self.beneath(claim, inside, (asked.dispute, source) if asked.dispute else None)
            else:
                yield from self.beneath(named(self.study, reference), inside, claimant)

    def beneath(
        self, statement: Statement, figure: str | None, claimant: Claimant, whole: str | None = None
    ) -> Iterator[Reached]:
        """A statement and all that it rests on."""
        path = variable(self.study, statement, figure)
        yield Reached(path, whole or path, statement, figure, claimant)
        match statement.form:
            case Computed(formula=formula):
                yield from self.through(formula.expression, figure, claimant)
            case Citation(fact=fact):
                yield from self.through(Reference("fact", fact), None, claimant)
            case Mixture(parts=parts):
                for part in parts:
                    yield from self.beneath(part, figure, claimant, whole or path)
