"""The model of a scenario: statements as shapes, variables on coordinates, quantities with strata."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from contested.engine.dependence import Copula, RepairRefused, groups
from contested.engine.underlying import named, reached
from contested.errors import Fault, ScenarioError
from contested.language.formula import Expression, Reference, references
from contested.language.nodes import Citation, Computed, Exact, Mixture, OneSided, Statement, Study
from contested.shapes.base import Shape
from contested.shapes.fitting import Fit, FitError, fit

MOST_STRATA = 4096  # combinations of sources that one quantity may rest on

Stratum = Mapping[str, str]  # dispute -> the source taken to be right
QuantityKind = Literal["estimate", "figure", "question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """Something with a value in every world: an estimate, a figure or a question.

    Attributes
    ----------
    expression : Expression
        In base units.
    scale : float
        Size of the printed unit in base units.
    disputes : tuple of str
        Those it depends on, sorted.
    strata : tuple of mappings
        One per combination of their sources, sorted.
    bounded : bool
        Whether it rests on a one-sided bound, and so has no distribution.
    """

    kind: QuantityKind
    name: str
    expression: Expression
    scale: float
    disputes: tuple[str, ...]
    strata: tuple[Stratum, ...]
    bounded: bool

    @property
    def sources(self) -> tuple[tuple[str, ...], ...]:
        """The sources of each of its disputes, sorted; `strata` is their product, the last fastest."""
        return tuple(
            tuple(dict.fromkeys(stratum[dispute] for stratum in self.strata)) for dispute in self.disputes
        )


@dataclass(frozen=True)
class Model:
    """A study with its statements fitted and its variables placed on the net.

    Attributes
    ----------
    fits : mapping of str to Fit
        By the statement's path, its shape, and by how much that misses a stated quantile; parts of a
        mixture have paths of their own.
    coordinates : mapping of str to int
        Which coordinate of the net a variable takes, by the variable's path.
    copulas : sequence of Copula
        One per connected group of correlated variables.
    """

    study: Study
    fits: Mapping[str, Fit]
    coordinates: Mapping[str, int]
    copulas: Sequence[Copula]
    _known_disputes: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, study: Study) -> Model:
        """Fit every statement and place every variable.

        Raises
        ------
        ScenarioError
            With every statement that no density of its shape can honour, every correlation that would
            have to be moved too far, and every formula that rests on too many combinations of sources.
        """
        faults: list[Fault] = []
        fits: dict[str, Fit] = {}
        for statement in _parts(_statements(study)):
            if not isinstance(statement.form, Computed | Citation | OneSided | Mixture):
                try:
                    fits[statement.path] = fit(statement.form, study.confidence)
                except FitError as error:
                    faults.append(Fault(statement.location, statement.path, str(error)))
        copulas: Sequence[Copula] = ()
        try:
            copulas = groups(study.correlations)
        except RepairRefused as error:
            faults.append(Fault(error.correlation.location, "correlations", str(error)))
        if faults:
            raise ScenarioError(faults)
        model = cls(study, fits, _coordinates(study, copulas), copulas)
        model._refuse_too_many_strata()
        return model

    def _refuse_too_many_strata(self) -> None:
        faults = []
        for kind, outputs in (("estimates", self.study.estimates), ("questions", self.study.questions)):
            for name, output in outputs.items():
                disputes = self.disputes(output.formula.expression)
                count = self.combinations(disputes)
                if count > MOST_STRATA:
                    message = (
                        f"rests on {count:,} combinations of sources (of {', '.join(disputes)}), and at most "
                        f"{MOST_STRATA:,} can be drawn; leave out a dispute, or figures of one"
                    )
                    faults.append(Fault(output.formula.location, f"{kind}.{name}.formula", message))
        if faults:
            raise ScenarioError(faults)

    def shape(self, statement: Statement) -> Shape | None:
        """A statement's shape; None where it is computed, a bound, or has one by way of another."""
        fit = self.fits.get(statement.path)
        return fit.shape if fit else None

    @cached_property
    def apart(self) -> Model:
        """The same model with a coordinate of its own for every variable.

        Where claims of several sources, or parts of one mixture, are in one world together (as where a
        variance is divided), those that share a coordinate would move together.
        """
        return replace(self, coordinates={path: index for index, path in enumerate(sorted(self.coordinates))})

    @property
    def dimension(self) -> int:
        """Coordinates of the net."""
        return 1 + max(self.coordinates.values(), default=-1)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Estimates, figures and questions, each kind sorted by name."""
        return tuple(
            Quantity(
                kind=kind,
                name=name,
                expression=expression,
                scale=scale,
                disputes=(needed := self.disputes(expression)),
                strata=self.strata(needed),
                bounded=any(
                    isinstance(r.statement.form, OneSided) for r in reached(self.study, [expression])
                ),
            )
            for kind, name, expression, scale in _outputs(self.study)
        )

    def disputes(self, expression: Expression) -> tuple[str, ...]:
        """The disputes that an expression's value depends on, sorted."""
        named: set[str] = set()
        for reference in references(expression):
            if reference.kind == "figure":
                named |= {self.study.figures[reference.name].dispute or ""} - {""}
            elif reference.kind == "estimate":
                named |= set(self._disputes_of_estimate(reference.name))
        return tuple(sorted(named))

    def _disputes_of_estimate(self, name: str) -> tuple[str, ...]:
        if name not in self._known_disputes:
            self._known_disputes[name] = self.disputes(self.study.estimates[name].formula.expression)
        return self._known_disputes[name]

    def combinations(self, disputes: Sequence[str]) -> int:
        """How many combinations of one source per dispute there are."""
        return math.prod(len(self.study.disputes[dispute].sources) for dispute in disputes)

    def strata(self, disputes: Sequence[str]) -> tuple[Stratum, ...]:
        """Every combination of one source per dispute, in sorted order; one empty stratum for none."""
        sources = [sorted(self.study.disputes[dispute].sources) for dispute in disputes]
        return tuple(dict(zip(disputes, chosen, strict=True)) for chosen in itertools.product(*sources))


def _outputs(study: Study) -> Iterator[tuple[QuantityKind, str, Expression, float]]:
    for name, estimate in sorted(study.estimates.items()):
        yield "estimate", name, estimate.formula.expression, estimate.unit.scale
    for name, figure in sorted(study.figures.items()):
        yield "figure", name, Reference("figure", name), figure.unit.scale
    for name, question in sorted(study.questions.items()):
        yield "question", name, question.formula.expression, 1.0


def _statements(study: Study) -> Iterator[Statement]:
    yield from (item.statement for item in study.inputs.values())
    yield from (fact.statement for fact in study.facts.values())
    for figure in study.figures.values():
        yield from figure.claims.values()


def _parts(statements: Iterator[Statement]) -> Iterator[Statement]:
    """Statements, each followed by the parts of its mixture."""
    for statement in statements:
        yield statement
        if isinstance(statement.form, Mixture):
            yield from _parts(iter(statement.form.parts))


def _coordinates(study: Study, copulas: Sequence[Copula]) -> dict[str, int]:
    """Net coordinates by sorted path, so that the order of keys in the file changes nothing."""
    places = _places(study, copulas)
    order = {path: index for index, path in enumerate(sorted(set(places.values())))}
    return {path: order[place] for path, place in places.items()}


def _places(study: Study, copulas: Sequence[Copula]) -> dict[str, str]:
    """The coordinate's path of each variable.

    Claims of one figure's sources are never right together, nor parts of one mixture. Where no formula
    names them and no correlation does, they share one coordinate, which keeps the net low in dimension.
    """
    apart = {path for copula in copulas for path in copula.paths} | _named_claims(study)
    shared = {
        claim.path: f"figures.{figure.name}.claims"
        for figure in study.figures.values()
        for claim in figure.claims.values()
        if claim.path not in apart
    }
    places: dict[str, str] = {}
    for found in reached(study, (expression for _, _, expression, _ in _outputs(study))):
        form = found.statement.form
        if isinstance(form, Mixture):
            places[f"picks.{form.pick}"] = f"picks.{form.pick}"
        elif not isinstance(form, Exact | Computed | Citation | OneSided):
            places[found.variable] = shared.get(found.whole, found.whole)
    for copula in copulas:
        places |= {path: path for path in copula.paths}
        if copula.kind == "t":
            places[scale_path(copula)] = scale_path(copula)
    return places


def scale_path(copula: Copula) -> str:
    """The path of the chi-square variable that a t copula's group shares."""
    return f"copulas.{copula.paths[0]}"


def _named_claims(study: Study) -> set[str]:
    """Paths of the claims that some formula names, so that two of a figure's may enter one world."""
    formulas = [expression for _, _, expression, _ in _outputs(study)]
    formulas += [
        s.form.formula.expression for s in _parts(_statements(study)) if isinstance(s.form, Computed)
    ]
    return {
        named(study, reference).path
        for formula in formulas
        for reference in references(formula)
        if reference.kind == "claim"
    }
