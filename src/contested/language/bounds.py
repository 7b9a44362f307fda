"""Bounds: what carries no distribution is not combined with what has one, and never in conflict.

Bounds need no data and no fit, so that all that can be wrong with them is found before anything is drawn:
every formula that rests on them is worked out for every combination of sources that it depends on.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contested.language.bound_algebra import Bounded, BoundFault
from contested.language.bound_values import BoundValues
from contested.language.draft import Draft
from contested.language.formula import Expression, Reference, references
from contested.language.nodes import Citation, Computed, Exact, Mixture, OneSided, Statement

_MOST_COMBINATIONS = 2**14  # of sources, gone through one by one


def check(draft: Draft, order: Iterable[str]) -> None:
    """Refuse a bound in one formula, mixture or pool with a distribution, and bounds in conflict.

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
    """A bound and a distribution that something rests on, by path; None where there is none.

    What is at fault, or rests on what is, is `faulty`: its fault is told, and nothing more can be said.
    """

    bound: str | None = None
    law: str | None = None
    faulty: bool = False

    def __or__(self, other: _Leaves) -> _Leaves:
        return _Leaves(self.bound or other.bound, self.law or other.law, self.faulty or other.faulty)

    @property
    def mixed(self) -> bool:
        return self.bound is not None and self.law is not None


@dataclass(slots=True)
class _Reader:
    """What everything rests on; what is faulted once counts as nothing further up."""

    draft: Draft
    of_statement: dict[str, _Leaves] = field(default_factory=dict)
    of_estimate: dict[str, _Leaves] = field(default_factory=dict)
    values: BoundValues = field(init=False)

    def __post_init__(self) -> None:
        self.values = BoundValues(self.draft.figures, self.draft.estimates, self._right)

    def _right(self, reference: Reference, source: str | None) -> Statement:
        """The statement that a name stands for where a source is right."""
        meant = reference if source is None else Reference("claim", reference.name, source)
        return self.draft.named_by(meant)[0]

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
            return _Leaves(faulty=True)
        if leaves.law is None and not leaves.faulty:
            fault = self._conflict(expression)
            if fault is not None and leaves.bound is not None:
                self.draft.refuse(path, fault.message, fault.column)
                return _Leaves(faulty=True)
        return leaves

    def references(self, named: Iterable[Reference]) -> _Leaves:
        leaves = _Leaves()
        for ref in named:
            if ref.kind == "estimate":
                leaves |= self.estimate(ref.name)
                continue
            statements = self.draft.named_by(ref)
            leaves |= _Leaves(faulty=not statements or not self._complete(ref))
            for statement in statements:
                leaves |= self.statement(statement)
        return leaves

    def _complete(self, ref: Reference) -> bool:
        """Whether a figure has a claim by every source of its dispute."""
        figure = self.draft.figures.get(ref.name) if ref.kind == "figure" else None
        if figure is None or figure.dispute is None:
            return True
        return self._sources(figure.dispute) == sorted(figure.claims)

    def _sources(self, dispute: str) -> list[str]:
        found = self.draft.disputes.get(dispute)
        return [] if found is None else sorted(found.sources)

    def _conflict(self, expression: Expression) -> BoundFault | None:
        """Why a formula of points and bounds says nothing under some combination of sources."""
        disputes = self.values.disputes(expression)
        sources = [self._sources(dispute) for dispute in disputes]
        count = math.prod(map(len, sources))
        if count > _MOST_COMBINATIONS:
            message = (
                f"rests on bounds under {count:,} combinations of sources, which is too many to go through"
            )
            return BoundFault(f"{message}; use fewer disputes in one formula", 0)
        try:
            return _opposed([
                self.values.of(expression, dict(zip(disputes, chosen, strict=True)))
                for chosen in itertools.product(*sources)
            ])  # fmt: skip
        except BoundFault as fault:
            return fault

    def estimate(self, name: str) -> _Leaves:
        if name not in self.of_estimate:
            estimate = self.draft.estimates.get(name)
            expression = None if estimate is None else estimate.formula.expression
            self.of_estimate[name] = (
                _Leaves(faulty=True) if expression is None else self.formula(f"estimates.{name}", expression)
            )
        return self.of_estimate[name]


def _opposed(held: Sequence[Bounded | bool | None]) -> BoundFault | None:
    """The fault of bounds that no one bound can pool."""
    directions = {value.direction for value in held if isinstance(value, Bounded)}
    if directions >= {"lower", "upper"}:
        return BoundFault("at least by one source, at most by another; state low and high, and why", 0)
    return None
