"""Which denominators may vanish, in which stratum, and which moments exist (method, section g).

Analysis comes first: no number of draws shows a probability of 1e-9, or a mean that does not exist.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from contested.engine.linear import Combination, Linear
from contested.engine.model import Model, QuantityKind, Stratum
from contested.engine.reach import ReachAlgebra, denominators, sure_positive
from contested.engine.underlying import named, variable
from contested.language.formula import Expression, Operation, Reference, fold, references
from contested.language.nodes import Citation, Computed, Exact, Mixture, Statement
from contested.shapes.base import Array, Reach, Shape
from contested.shapes.normal import Normal
from contested.shapes.parametric import TruncatedNormal


@dataclass(frozen=True, slots=True)
class Divisor:
    """A denominator that may vanish, and the figure in whose claim it stands."""

    expression: Expression
    figure: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What is known of one quantity's denominators before anything is drawn.

    Attributes
    ----------
    divisors : tuple of tuple of Divisor
        By stratum, those that may be zero or negative.
    known : tuple of float or None
        By stratum, P(some divisor <= 0) where it has a closed form.
    reach : tuple of Reach
        By stratum, the quantity's own; its tail says which moments exist.
    reach_given_positive : tuple of Reach
        The same as if no divisor could vanish.
    invertible : bool
        Whether the reciprocal stays finite: a quotient with a positive numerator, in which nothing else
        than its own denominator may vanish.
    """

    divisors: tuple[tuple[Divisor, ...], ...]
    known: tuple[float | None, ...]
    reach: tuple[Reach, ...]
    reach_given_positive: tuple[Reach, ...]
    invertible: bool

    @property
    def risky(self) -> bool:
        """Whether any denominator may vanish in any stratum."""
        return any(self.divisors)

    def nonpositive(self, positive: NDArray[np.bool_] | None, shape: tuple[int, ...]) -> Array:
        """P(some divisor <= 0): from analysis where it is known, else counted.

        Parameters
        ----------
        positive : ndarray of bool, shape (replicate, stratum, point), or None
            The worlds in which every divisor is positive.
        shape : tuple of int
            (replicate, stratum).
        """
        counted = np.zeros(shape) if positive is None else 1 - positive.mean(axis=2)
        for stratum, known in enumerate(self.known):
            if known is not None:
                counted[:, stratum] = known
        return counted


def screens(model: Model) -> dict[tuple[QuantityKind, str], Screen]:
    """Screen every denominator that each quantity's value passes through: by kind and name."""
    views: dict[tuple[tuple[str, str], ...], _View] = {}
    found = {}
    for quantity in model.quantities:
        if quantity.bounded:  # no distribution, no draws
            continue
        own = [views.setdefault(tuple(stratum.items()), _View(model, stratum)) for stratum in quantity.strata]
        found[quantity.kind, quantity.name] = _screen(quantity.expression, own)
    return found


def _screen(expression: Expression, views: Sequence[_View]) -> Screen:
    own, names = tuple(denominators(expression)), tuple(dict.fromkeys(references(expression)))
    divisors = [view.vanishing(own, names) for view in views]
    return Screen(
        divisors=tuple(divisors),
        known=tuple(view.probability(some) for view, some in zip(views, divisors, strict=True)),
        reach=tuple(view.reach(expression, None) for view in views),
        reach_given_positive=tuple(view.optimistic.reach(expression, None) for view in views),
        invertible=all(view.invertible(expression, some) for view, some in zip(views, divisors, strict=True)),
    )


@dataclass(frozen=True)
class _View:
    """A model as it is where one stratum's sources are right."""

    model: Model
    stratum: Stratum
    given_positive: bool = False
    _known: dict[tuple[Reference, str | None], Reach] = field(default_factory=dict)
    _linear: dict[tuple[Reference, str | None], Combination | None] = field(default_factory=dict)
    _divisors: dict[tuple[Reference, str | None], tuple[Divisor, ...]] = field(default_factory=dict)

    @cached_property
    def optimistic(self) -> _View:
        """The same, with every divisor taken to be positive."""
        return _View(self.model, self.stratum, given_positive=True)

    def vanishing(
        self, own: Iterable[Expression], names: Iterable[Reference], figure: str | None = None
    ) -> tuple[Divisor, ...]:
        """The denominators that may be zero or negative, through whatever formulas they stand in.

        Parameters
        ----------
        own : iterable of Expression
            The denominators of a formula.
        names : iterable of Reference
            What it names.
        """
        found = [Divisor(each, figure) for each in own if not sure_positive(self.reach(each, figure))]
        beneath = (divisor for reference in names for divisor in self._beneath(reference, figure))
        return tuple(dict.fromkeys((*found, *beneath)))

    def _beneath(self, reference: Reference, figure: str | None) -> tuple[Divisor, ...]:
        """Those in the formulas beneath a name, which many quantities may rest on."""
        key = (reference, figure)
        if key not in self._divisors:
            found: dict[Divisor, None] = {}
            for inner, inside in self._formulas(reference, figure):
                found |= dict.fromkeys(self.vanishing(denominators(inner), references(inner), inside))
            self._divisors[key] = tuple(found)
        return self._divisors[key]

    def reach(self, expression: Expression, figure: str | None) -> Reach:
        """How far an expression reaches."""
        return fold(
            expression,
            ReachAlgebra(
                lambda reference: self._reach_of(reference, figure),
                lambda reference: isinstance(self._shape(reference), Normal | TruncatedNormal),
                given_positive=self.given_positive,
            ),
        )

    def probability(self, divisors: tuple[Divisor, ...]) -> float | None:
        """P(some divisor <= 0): exact for none or one variable alone, the sum for several so rare that
        their coincidence does not show; else None.
        """
        each = [self._below_zero(divisor) for divisor in divisors]
        known = [p for p in each if p is not None]
        if len(known) < len(each):
            return None
        total = math.fsum(known)
        return total if len(known) <= 1 or total < 1e-6 else None

    def invertible(self, expression: Expression, divisors: tuple[Divisor, ...]) -> bool:
        """Whether an expression is a quotient whose numerator is all but certainly positive, and nothing else
        in it vanishes.
        """
        match expression:
            case Operation("/", (numerator, denominator)):
                alone = all(divisor == Divisor(denominator, None) for divisor in divisors)
                below = self._at_most_below_zero(numerator, None)
                return alone and below is not None and below < self.model.study.denominators.negligible
            case Reference(kind="estimate", name=name):
                return self.invertible(self.model.study.estimates[name].formula.expression, divisors)
        return False

    def _at_most_below_zero(self, expression: Expression, figure: str | None) -> float | None:
        """An upper bound of P(expression <= 0): a product, quotient or sum of positive parts is positive.

        None where analysis gives none.
        """
        if sure_positive(self.reach(expression, figure)):
            return 0.0
        below = self._below_zero(Divisor(expression, figure))
        if below is not None:
            return below
        match expression:
            case Operation("*" | "/" | "+", operands):
                parts = [self._at_most_below_zero(operand, figure) for operand in operands]
            case Reference():
                formulas = list(self._formulas(expression, figure))
                parts = [self._at_most_below_zero(inner, inside) for inner, inside in formulas] or [None]
            case _:
                return None
        known = [part for part in parts if part is not None]
        return math.fsum(known) if len(known) == len(parts) else None

    def _below_zero(self, divisor: Divisor) -> float | None:
        """P(divisor <= 0) of one variable alone, or of a sum or difference of normal ones."""
        if isinstance(divisor.expression, Reference):
            shape = self._shape(divisor.expression)
            if shape is not None:
                return float(np.asarray(shape.cdf(0.0)))
        linear = fold(divisor.expression, Linear(lambda reference: self._variable(reference, divisor.figure)))
        return linear.below_zero() if linear else None

    def _variable(self, reference: Reference, figure: str | None) -> Combination | None:
        """A name as a linear combination of independent normal variables; None where it is not one."""
        if (reference, figure) not in self._linear:
            self._linear[reference, figure] = self._variable_found(reference, figure)
        return self._linear[reference, figure]

    def _variable_found(self, reference: Reference, figure: str | None) -> Combination | None:
        if reference.kind == "estimate":
            inner = self.model.study.estimates[reference.name].formula.expression
            return fold(inner, Linear(lambda name: self._variable(name, None)))
        inside = reference.name if reference.kind in ("figure", "claim") else figure
        statement = self._statement(reference)
        match statement.form:
            case Citation(fact=fact):
                return self._variable(Reference("fact", fact), None)
            case Computed(formula=formula):
                return fold(formula.expression, Linear(lambda name: self._variable(name, inside)))
            case Exact(value=value):
                return Combination(value * statement.unit.scale, {}, {})
        shape, path = self.model.shape(statement), variable(self.model.study, statement, inside)
        if not isinstance(shape, Normal) or any(path in copula.paths for copula in self.model.copulas):
            return None
        scale = statement.unit.scale
        return Combination(shape.mean * scale, {path: 1.0}, {path: shape.sd * scale})

    def _shape(self, reference: Reference) -> Shape | None:
        """The shape of a name that is one variable, however it is reached."""
        if reference.kind == "estimate":
            inner = self.model.study.estimates[reference.name].formula.expression
            return self._shape(inner) if isinstance(inner, Reference) else None
        statement = self._statement(reference)
        match statement.form:
            case Citation(fact=fact):
                return self._shape(Reference("fact", fact))
            case Computed(formula=formula):
                inner = formula.expression
                return self._shape(inner) if isinstance(inner, Reference) else None
        return self.model.shape(statement)

    def _statement(self, reference: Reference) -> Statement:
        dispute = self.model.study.figures[reference.name].dispute if reference.kind == "figure" else None
        return named(self.model.study, reference, self.stratum[dispute] if dispute else None)

    def _reach_of(self, reference: Reference, figure: str | None) -> Reach:
        if (reference, figure) not in self._known:
            self._known[reference, figure] = self._reach_found(reference, figure)
        return self._known[reference, figure]

    def _reach_found(self, reference: Reference, figure: str | None) -> Reach:
        if reference.kind == "estimate":
            return self.reach(self.model.study.estimates[reference.name].formula.expression, None)
        inside = reference.name if reference.kind in ("figure", "claim") else figure
        return self._statement_reach(self._statement(reference), inside)

    def _statement_reach(self, statement: Statement, figure: str | None) -> Reach:
        match statement.form:
            case Computed(formula=formula):
                return self.reach(formula.expression, figure)
            case Citation(fact=fact):
                return self._reach_of(Reference("fact", fact), None)
            case Mixture(parts=parts):
                return _union([self._statement_reach(part, figure) for part in parts])
            case Exact(value=value):
                point = value * statement.unit.scale
                return Reach(point, point, zero=math.inf if value else 0.0)
        reach, scale = self.model.fits[statement.path].shape.reach, statement.unit.scale
        return Reach(reach.low * scale, reach.high * scale, reach.zero, reach.tail)

    def _formulas(self, reference: Reference, figure: str | None) -> Iterator[tuple[Expression, str | None]]:
        """The formulas beneath a name, each with the figure in whose claim it stands."""
        if reference.kind == "estimate":
            yield self.model.study.estimates[reference.name].formula.expression, None
            return
        inside = reference.name if reference.kind in ("figure", "claim") else figure
        yield from ((found, inside) for found in _within(self._statement(reference)))


def _within(statement: Statement) -> Iterator[Expression]:
    match statement.form:
        case Computed(formula=formula):
            yield formula.expression
        case Citation(fact=fact):
            yield Reference("fact", fact)
        case Mixture(parts=parts):
            for part in parts:
                yield from _within(part)


def _union(reaches: list[Reach]) -> Reach:
    return Reach(
        min(reach.low for reach in reaches),
        max(reach.high for reach in reaches),
        min(reach.zero for reach in reaches),
        min(reach.tail for reach in reaches),
    )
