"""What the formulas of a scenario come to where they rest on nothing but points and one-sided bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from contested.language.bound_algebra import BoundAlgebra, Bounded, BoundFault, Verdict
from contested.language.formula import Expression, Reference, fold, references
from contested.language.nodes import (
    Citation,
    Computed,
    Estimate,
    Exact,
    Figure,
    OneSided,
    Statement,
)

StatementOf = Callable[[Reference, str | None], Statement]


@dataclass(slots=True)
class BoundValues:
    """Evaluates formulas of points and bounds, one combination of sources after another.

    Each statement is worked out once, each estimate once per combination of the sources it depends on.

    Attributes
    ----------
    figures, estimates : mapping
        By name.
    statement_of : callable
        The statement that a reference to an input, a fact or a claim stands for; of a disputed figure, that
        of the source which is its second argument.
    """

    figures: Mapping[str, Figure]
    estimates: Mapping[str, Estimate]
    statement_of: StatementOf
    _disputes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _statements: dict[str, Bounded | None] = field(default_factory=dict)
    _estimates: dict[tuple[str, tuple[str, ...]], Bounded] = field(default_factory=dict)

    def disputes(self, expression: Expression) -> tuple[str, ...]:
        """The disputes that an expression's value depends on, sorted."""
        named: set[str] = set()
        for reference in references(expression):
            if reference.kind == "figure":
                named |= {self.figures[reference.name].dispute or ""} - {""}
            elif reference.kind == "estimate":
                named |= set(self._disputes_of(reference.name))
        return tuple(sorted(named))

    def of(self, expression: Expression, sources: Mapping[str, str]) -> Bounded | Verdict:
        """A formula's point or bound in base units, or a question's verdict.

        Parameters
        ----------
        expression : Expression
            The formula.
        sources : mapping of str to str
            By dispute, the source taken to be right.

        Raises
        ------
        BoundFault
            Where bounds conflict, meet a distribution, or leave an operator without a value.
        """
        return fold(expression, BoundAlgebra(lambda reference: self._named(reference, sources)))

    def _named(self, reference: Reference, sources: Mapping[str, str]) -> Bounded | None:
        try:
            if reference.kind == "estimate":
                return self._estimate(reference.name, sources)
            dispute = self.figures[reference.name].dispute if reference.kind == "figure" else None
            return self.statement(self.statement_of(reference, sources[dispute] if dispute else None))
        except BoundFault as fault:
            raise BoundFault(f"in '{reference.name}', {fault.message}", reference.column) from None

    def _estimate(self, name: str, sources: Mapping[str, str]) -> Bounded:
        key = name, tuple(sources[dispute] for dispute in self._disputes_of(name))
        if key not in self._estimates:
            self._estimates[key] = cast(Bounded, self.of(self.estimates[name].formula.expression, sources))
        return self._estimates[key]

    def _disputes_of(self, estimate: str) -> tuple[str, ...]:
        if estimate not in self._disputes:
            self._disputes[estimate] = self.disputes(self.estimates[estimate].formula.expression)
        return self._disputes[estimate]

    def statement(self, statement: Statement) -> Bounded | None:
        """A statement's point or bound in base units; None for a distribution."""
        if statement.path not in self._statements:
            self._statements[statement.path] = self._stated(statement)
        return self._statements[statement.path]

    def _stated(self, statement: Statement) -> Bounded | None:
        scale = statement.unit.scale
        match statement.form:
            case Exact(value=value):
                return Bounded(value * scale, "exact")
            case OneSided(value=value, direction=direction):
                return Bounded(value * scale, direction)
            case Citation(fact=fact):
                return self.statement(self.statement_of(Reference("fact", fact), None))
            case Computed(formula=formula):
                return cast(Bounded, self.of(formula.expression, {}))
        return None
