"""What holds between the parts of a scenario: what is drawn per figure, bounds, divisions, facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from contested.language import circles, dimensions
from contested.language.binding import Units, UnitUnknown
from contested.language.draft import Draft, named_in, nested
from contested.language.faults import listed
from contested.language.formula import Expression, Operation, Reference, parts, references
from contested.language.grammar import SyntaxFault
from contested.language.nodes import (
    Citation,
    Computed,
    Conversion,
    Exact,
    Fact,
    Figure,
    Mismatch,
    Mixture,
    OneSided,
    Period,
    Statement,
)
from contested.language.units import Unit, dimension_text


def check(draft: Draft, units: Units) -> tuple[Mismatch, ...]:
    """Check the whole; faults are put into the draft's, and every mismatch that is noted is returned."""
    per_figure(draft)
    found = [*facts_and_figures(draft)]
    if circles.check(draft):
        bounds(draft)
        found += divisions(draft, units)
    return (*found, *_stated_alone(draft, {mismatch.path for mismatch in found}))


def per_figure(draft: Draft) -> None:
    """An input drawn per figure needs a figure, and makes what is computed from it differ per figure too."""
    drawn = {name for name, entry in draft.inputs.items() if entry.per_figure}
    for name in drawn:
        statement = draft.inputs[name].statement
        if isinstance(statement.form, Citation):
            place = draft.places[statement.path].get("drawn") or draft.places[statement.path]
            message = "a fact is one variable for all figures; leave drawn out, or state the range itself"
            draft.faults.add(place.location, place.path, message)
    for entry in draft.inputs.values():
        used = [ref for ref in named_in(entry.statement) if ref.kind == "input" and ref.name in drawn]
        if used and not entry.per_figure:
            place = draft.places[entry.statement.path]
            message = f"is computed from '{used[0].name}', which is drawn per_figure; add drawn: per_figure"
            draft.faults.add(place.key_location, place.path, message)
    for path, formula, _ in draft.formulas():
        if path.startswith(("estimates.", "questions.")):
            for ref in references(formula.expression):
                if ref.kind == "input" and ref.name in drawn:
                    message = (
                        f"'{ref.name}' is drawn per_figure and has no value outside a figure; name a figure"
                    )
                    draft.refuse(path, message, ref.column)


# --- bounds ------------------------------------------------------------------------------------------


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
class _Bounds:
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


def bounds(draft: Draft) -> None:
    """A bound carries no distribution: refuse it in one formula, or one pool, with what has one."""
    reader = _Bounds(draft)
    for statement in draft.statements():
        reader.statement(statement)
    for name in draft.estimates:
        reader.estimate(name)
    for name, question in draft.questions.items():
        reader.formula(f"questions.{name}", question.formula.expression)


# --- divisions ---------------------------------------------------------------------------------------


def divisions(draft: Draft, units: Units) -> Iterator[Mismatch]:
    """Sides of a division that differ in dimension must agree in period and in place, where each has one."""
    for path, formula, because in draft.formulas():
        for part in parts(formula.expression):
            if isinstance(part, Operation) and part.operator == "/":
                yield from _division(draft, units, path, part, because)


def _division(
    draft: Draft, units: Units, path: str, division: Operation, because: str | None
) -> Iterator[Mismatch]:
    above, below = division.operands
    sides = _unit(above, units), _unit(below, units)
    if sides[0] is None or sides[1] is None or sides[0].dimension == sides[1].dimension:
        return
    left, right = _Extent(), _Extent()
    left.add(draft, references(above))
    right.add(draft, references(below))
    for difference in left.differences(right):
        if because is None:
            remedy = "take both from the same, or say with mismatch why it serves all the same"
            draft.refuse(path, f"divides {difference}; {remedy}", division.column)
        else:
            yield Mismatch(path=path, difference=f"divides {difference}", because=because)


def _unit(expression: Expression, units: Units) -> Unit | None:
    try:
        return dimensions.check(expression, units.of, truth=False)[1]
    except (SyntaxFault, UnitUnknown):
        return None  # already a fault of the whole formula


@dataclass(slots=True)
class _Extent:
    """The periods and places that an expression speaks of."""

    periods: dict[Period, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    seen: set[Reference] = field(default_factory=set)

    def add(self, draft: Draft, named: Iterable[Reference]) -> None:
        for ref in named:
            if ref in self.seen:
                continue
            self.seen.add(ref)
            if ref.kind in ("figure", "claim") and ref.name in draft.figures:
                self._note(draft.figures[ref.name])
            elif ref.kind == "fact":
                self._note(draft.facts.fact(ref.name))
            elif ref.kind == "estimate" and ref.name in draft.estimates:
                self.add(draft, references(draft.estimates[ref.name].formula.expression))
            elif ref.kind == "input" and ref.name in draft.inputs:
                self._input(draft, draft.inputs[ref.name].statement)

    def _input(self, draft: Draft, statement: Statement) -> None:
        self.add(draft, named_in(statement))
        for part in nested(statement):
            if fact := draft.places[part.path].text("fact"):
                self._note(draft.facts.fact(fact))

    def _note(self, what: Figure | Fact | None) -> None:
        if what is not None and what.period is not None:
            self.periods.setdefault(what.period, what.period.text)
        if what is not None and what.place is not None:
            self.places.setdefault(_folded(what.place), what.place)

    def differences(self, other: _Extent) -> Iterator[str]:
        if len(self.periods) == len(other.periods) == 1 and self.periods.keys() != other.periods.keys():
            yield _difference("period", self.periods.values(), other.periods.values())
        if len(self.places) == len(other.places) == 1 and self.places.keys() != other.places.keys():
            yield _difference("place", self.places.values(), other.places.values())


def _difference(word: str, *sides: Iterable[str]) -> str:
    one, two = (next(iter(side)) for side in sides)
    return f"what differs in {word} ('{one}' and '{two}')"


# --- facts and figures -------------------------------------------------------------------------------


def facts_and_figures(draft: Draft) -> Iterator[Mismatch]:
    """A fact that is a claim must be of its figure's kind, period and place; others are only noted."""
    for figure, claim in draft.claims():
        for statement in nested(claim):
            yield from _claim(draft, figure, statement)


def _claim(draft: Draft, figure: Figure, statement: Statement) -> Iterator[Mismatch]:
    place = draft.places[statement.path]
    stated = place.text("fact")
    named = [ref.name for ref in named_in(statement) if ref.kind == "fact"]
    parts_of = isinstance(statement.form, Mixture)  # the parts come by themselves
    for id_ in dict.fromkeys([*statement.evidence.cites, *([] if parts_of else named)]):
        fact = draft.facts.fact(id_)
        differences = [] if fact is None else list(_differences(fact, figure))
        if not differences:
            continue
        difference = f"fact '{id_}' differs from the figure in {listed(differences)}"
        if id_ == stated and statement.mismatch is None:
            at = place.get("fact") or place
            draft.faults.add(
                at.location, at.path, f"{difference}; say with mismatch why it serves all the same"
            )
        else:
            yield Mismatch(path=statement.path, difference=difference, because=statement.mismatch)


def _differences(fact: Fact, figure: Figure) -> Iterator[str]:
    if fact.statement.unit.dimension != figure.unit.dimension:
        yield f"unit ({dimension_text(fact.statement.unit)}, not {dimension_text(figure.unit)})"
    if fact.measures and figure.measures and _folded(fact.measures) != _folded(figure.measures):
        yield f"what it measures ('{fact.measures}', not '{figure.measures}')"
    if fact.period and figure.period and fact.period != figure.period:
        yield f"period ({fact.period.text}, not {figure.period.text})"
    if fact.place and figure.place and _folded(fact.place) != _folded(figure.place):
        yield f"place ('{fact.place}', not '{figure.place}')"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _stated_alone(draft: Draft, noted: set[str]) -> Iterator[Mismatch]:
    """Mismatches that a user owns where no check sees a difference: printed all the same."""
    own = [(claim.path, claim.mismatch) for _, claim in draft.claims()]
    own += [(f"estimates.{name}", estimate.mismatch) for name, estimate in draft.estimates.items()]
    own += [(f"questions.{name}", question.mismatch) for name, question in draft.questions.items()]
    for path, because in own:
        if because is not None and not any(path == other or other.startswith(f"{path}.") for other in noted):
            yield Mismatch(path=path, difference="as stated", because=because)


def conversions(draft: Draft) -> Iterator[Conversion]:
    """The claims whose unit is not their figure's, each with its factor."""
    for figure, claim in draft.claims():
        for statement in nested(claim):
            ours, theirs = statement.unit, figure.unit
            if ours.scale != theirs.scale and ours.dimension == theirs.dimension:
                factor = ours.scale / theirs.scale
                yield Conversion(path=statement.path, from_unit=ours.text, to_unit=theirs.text, factor=factor)
