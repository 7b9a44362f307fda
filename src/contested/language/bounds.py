"""Bounds: what carries no distribution is not combined, mixed or pooled with what has one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from contested.language.draft import Draft
from contested.language.formula import Expression, Reference, references
from contested.language.nodes import Citation, Computed, Exact, Mixture, OneSided, Statement


def check(draft: Draft, order: Iterable[str]) -> None:
    """Refuse a bound in one formula, mixture or pool with a distribution.

    Parameters
    ----------
    draft : Draft
        The scenario.
    order : iterable of str
        Paths of its inputs, claims and estimates, each after what it is computed from.
    """
    reader = _Reader(draft)
    statements = {statement.path: statement for statement in draft.statements()}
    for path in order:
        if path in statements:
            reader.statement(statements[path])
        else:
            reader.estimate(path.removeprefix("estimates."))
    for name, question in draft.questions.items():
        reader.formula(f"questions.{name}", question.formula.expression)


@dataclass(frozen=True, slots=True)
class _Leaves:
    """A bound and a distribution that something rests on, by path; None where there is none."""

    bound: str | None = None
    law: str | None = None

    def __or__(self, other: _Leaves) -> _Leaves:
        return _Leaves(self.bound or other.bound, self.law or other.law)

    @property
    def mixed(self) -> bool:
        return self.bound is not None and self.law is not None


@dataclass(slots=True)
class _Reader:
    """What everything rests on; what is faulted once counts as nothing further up."""

    draft: Draft
    of_statement: dict[str, _Leaves] = field(default_factory=dict)
    of_estimate: dict[str, _Leaves] = field(default_factory=dict)

    def statement(self, statement: Statement) -> _Leaves:
        if statement.path not in self.of_statement:
            self.of_statement[statement.path] = self._statement(statement)
        return self.of_statement[statement.path]

    def _statement(self, statement: Statement) -> _Leaves:
        match statement.form:
            case Exact():
                return _Leaves()
            case OneSided():
                return _Leaves(bound=statement.path)
            case Citation(fact=id_):
                return self.references([Reference("fact", id_)])
            case Computed(formula=formula):
                return self.formula(statement.path, formula.expression)
            case Mixture(parts=alternatives):
                return self._mixture(statement, alternatives)
        return _Leaves(law=statement.path)

    def _mixture(self, statement: Statement, alternatives: Iterable[Statement]) -> _Leaves:
        for part in alternatives:
            leaves = self.statement(part)
            if leaves.bound is not None:
                place = self.draft.places[part.path]
                message = "a bound has no distribution to mix; state low and high, and why"
                self.draft.faults.add(place.location, place.path, message)
        return _Leaves(law=statement.path)

    def formula(self, path: str, expression: Expression) -> _Leaves:
        leaves = self.references(references(expression))
        if leaves.mixed:
            message = f"combines a bound ({leaves.bound}) with a distribution ({leaves.law})"
            self.draft.refuse(path, f"{message}; state low and high for the bound, and why")
            return _Leaves()
        return leaves

    def references(self, named: Iterable[Reference]) -> _Leaves:
        leaves = _Leaves()
        for ref in named:
            if ref.kind == "estimate":
                leaves |= self.estimate(ref.name)
            for statement in self.draft.named_by(ref):
                leaves |= self.statement(statement)
        return leaves

    def estimate(self, name: str) -> _Leaves:
        if name not in self.of_estimate:
            estimate = self.draft.estimates.get(name)
            expression = None if estimate is None else estimate.formula.expression
            self.of_estimate[name] = (
                _Leaves() if expression is None else self.formula(f"estimates.{name}", expression)
            )
        return self.of_estimate[name]
