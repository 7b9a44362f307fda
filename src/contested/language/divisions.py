"""Divisions: sides of unlike dimension must speak of one period and one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from contested.language import dimensions
from contested.language.binding import Units, UnitUnknown
from contested.language.draft import Draft, folded, named_in, nested
from contested.language.formula import Expression, Number, Operation, Reference, parts, references
from contested.language.grammar import SyntaxFault
from contested.language.nodes import Fact, Figure, Input, Mismatch
from contested.language.periods import Period
from contested.language.units import Unit


@dataclass(frozen=True, slots=True)
class Extent:
    """The periods and places that something speaks of, each as first written."""

    periods: Mapping[Period, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, other: Extent) -> Extent:
        return Extent({**other.periods, **self.periods}, {**other.places, **self.places})

    @staticmethod
    def of(what: Figure | Fact | None) -> Extent:
        """A figure's or a fact's own."""
        period = None if what is None else what.period
        place = None if what is None else what.place
        return Extent({period: period.text} if period else {}, {folded(place): place} if place else {})

    def differences(self, other: Extent) -> Iterator[str]:
        """In which of the two they differ, where each has exactly one."""
        if len(self.periods) == len(other.periods) == 1 and self.periods.keys() != other.periods.keys():
            yield _difference("period", self.periods.values(), other.periods.values())
        if len(self.places) == len(other.places) == 1 and self.places.keys() != other.places.keys():
            yield _difference("place", self.places.values(), other.places.values())


def check(draft: Draft, units: Units, order: Iterable[str]) -> Iterator[Mismatch]:
    """Refuse divisions whose sides differ in dimension and in period or place; yield those that are owned.

    Parameters
    ----------
    draft : Draft
        The scenario.
    units : Units
        The unit of every name.
    order : iterable of str
        Paths of its inputs, claims and estimates, each after what it is computed from.
    """
    extents = _Extents(draft)
    for path in order:
        extents.note(path)
    for path, formula, because in draft.formulas():
        for part in parts(formula.expression):
            sides = _sides(part)
            if sides is None or _alike(part, *sides, units):
                continue
            above, below = (extents.among(references(side)) for side in sides)
            for difference in above.differences(below):
                if because is None:
                    remedy = "take both from the same, or say with mismatch why it serves all the same"
                    draft.refuse(path, f"divides {difference}; {remedy}", part.column)
                else:
                    yield Mismatch(path=path, difference=f"divides {difference}", because=because)


@dataclass(slots=True)
class _Extents:
    """The extent of every input and estimate, by path, as they become known."""

    draft: Draft
    known: dict[str, Extent] = field(default_factory=dict)

    def note(self, path: str) -> None:
        section, _, name = path.partition(".")
        if section == "inputs":
            self.known[path] = self._input(self.draft.inputs[name])
        elif section == "estimates":
            self.known[path] = self.among(references(self.draft.estimates[name].formula.expression))

    def among(self, named: Iterable[Reference]) -> Extent:
        extent = Extent()
        for ref in set(named):
            extent |= self._reference(ref)
        return extent

    def _reference(self, ref: Reference) -> Extent:
        match ref.kind:
            case "figure" | "claim":
                return Extent.of(self.draft.figures.get(ref.name))
            case "fact":
                return Extent.of(self.draft.facts.fact(ref.name))
        return self.known.get(f"{ref.kind}s.{ref.name}", Extent())

    def _input(self, entry: Input) -> Extent:
        """Of an input: that of the facts that are its number or that it is computed from."""
        extent = self.among(named_in(entry.statement))
        for part in nested(entry.statement):
            if fact := self.draft.places[part.path].text("fact"):
                extent |= Extent.of(self.draft.facts.fact(fact))
        return extent


def _sides(expression: Expression) -> tuple[Expression, Expression] | None:
    """What is divided and what divides it, None where nothing does: `x * y**-1` divides as `x / y` does."""
    match expression:
        case Operation(operator="/", operands=(above, below)):
            return above, below
        case Operation(operator="*", operands=(left, right)) if _reciprocal(right):
            return left, right
        case Operation(operator="*", operands=(left, right)) if _reciprocal(left):
            return right, left
    return None


def _reciprocal(expression: Expression) -> bool:
    """Whether an expression names things only to divide by them: `y**-2`, `1 / y`, `-3 * y**-1`."""
    match expression:
        case Operation(operator="**", operands=(base, Number(value=exponent))):
            return _reciprocal(base) if exponent > 0 else not (_constant(base) or _reciprocal(base))
        case Operation(operator="/", operands=(above, below)):
            return _constant(above) and not _constant(below)
        case Operation(operator="*", operands=sides):
            return any(map(_reciprocal, sides)) and all(_reciprocal(s) or _constant(s) for s in sides)
        case Operation(operator="neg" | "abs" | "sqrt", operands=(inner,)):
            return _reciprocal(inner)
    return False


def _constant(expression: Expression) -> bool:
    return next(references(expression), None) is None


def _alike(quotient: Expression, above: Expression, below: Expression, units: Units) -> bool:
    """Whether the sides have one dimension (a comparison), or one whose fault is told elsewhere."""
    whole, *sides = (_unit(part, units) for part in (quotient, above, below))
    return whole is None or not whole.dimension or None in sides


def _unit(expression: Expression, units: Units) -> Unit | None:
    try:
        return dimensions.check(expression, units.of, truth=False)[1]
    except (SyntaxFault, UnitUnknown):
        return None


def _difference(word: str, *sides: Iterable[str]) -> str:
    one, two = (next(iter(side)) for side in sides)
    return f"what differs in {word} ('{one}' and '{two}')"
