"""A formula's text to a formula whose names are resolved and whose units fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contested.language import dimensions, grammar
from contested.language.faults import Faults
from contested.language.formula import Expression, Formula, Number, Reference
from contested.language.names import Scope, formula_name
from contested.language.register import Facts
from contested.language.tree import Place
from contested.language.units import Unit, dimension_text, same_dimension


class UnitUnknown(Exception):
    """A name's own statement is at fault, so that nothing can be said about its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Units:
    """The unit of everything that formulas name; None where it could not be read."""

    inputs: Mapping[str, Unit | None]
    figures: Mapping[str, Unit | None]
    estimates: Mapping[str, Unit | None]
    facts: Facts

    def of(self, reference: Reference) -> Unit:
        """The unit that a name is displayed in.

        Raises
        ------
        UnitUnknown
            Where the name's own statement is at fault.
        """
        match reference.kind:
            case "input":
                unit = self.inputs.get(reference.name)
            case "figure" | "claim":
                unit = self.figures.get(reference.name)
            case "estimate":
                unit = self.estimates.get(reference.name)
            case "fact":
                fact = self.facts.fact(reference.name)
                unit = None if fact is None else fact.statement.unit
        if unit is None:
            raise UnitUnknown
        return unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Binder:
    """Reads formulas; every fault of a formula is put into `faults`."""

    units: Units
    facts: Facts
    faults: Faults
    complete: bool = True  # False where a section or the register could not be read: no name is unknown then

    def number(self, place: Place, scope: Scope, expected: Unit | None, remedy: str) -> Formula | None:
        """A formula of a number with the dimension of `expected` (any where None), None where it is at fault.

        Parameters
        ----------
        place : Place
            Its text.
        scope : Scope
            What it sees.
        expected : Unit, optional
            What its result must be commensurable with.
        remedy : str
            What to do where it is not, with `{}` for the dimension found.
        """
        checked = self._checked(place, scope, truth=False)
        if checked is None:
            return None
        expression, unit = checked
        zero = isinstance(expression, Number) and expression.value == 0
        if unit is not None and expected is not None and not zero and not same_dimension(unit, expected):
            self.faults.add(place.location, place.path, remedy.format(dimension_text(unit)))
            return None
        return Formula(place.node.text, expression, place.within(0))

    def truth(self, place: Place, scope: Scope) -> Formula | None:
        """A formula that is true or false, None where it is at fault."""
        checked = self._checked(place, scope, truth=True)
        return None if checked is None else Formula(place.node.text, checked[0], place.within(0))

    def _checked(self, place: Place, scope: Scope, *, truth: bool) -> tuple[Expression, Unit | None] | None:
        try:
            parsed = grammar.parse(place.node.text, question=truth)
            if not self._resolvable(parsed, place, scope):
                return None
            return dimensions.check(grammar.substitute(parsed, scope.resolve), self.units.of, truth=truth)
        except grammar.SyntaxFault as fault:
            self.faults.add(place.within(fault.column), place.path, fault.message)
        except UnitUnknown:
            pass  # the statement that should have a unit has its own fault
        return None

    def _resolvable(self, parsed: grammar.Expression, place: Place, scope: Scope) -> bool:
        """Whether every name means one thing; each that does not is a fault of its own."""
        resolvable = True
        for name in grammar.names(parsed):
            try:
                reference = scope.resolve(name, self.faults.unknown)
            except grammar.SyntaxFault as fault:
                resolvable = False
                if self.complete:
                    message = self._dashed(place.node.text, fault.column) or fault.message
                    self.faults.add(place.within(fault.column), place.path, message)
                continue
            if reference.kind == "fact":
                self.facts.use(reference.name, place, name.column)
        return resolvable

    def _dashed(self, text: str, column: int) -> str | None:
        """What to write where a register id stands as in the register; None where none does."""
        found = [id_ for id_ in self.facts.ids if "-" in id_ and text.startswith(id_, column)]
        if not found:
            return None
        id_ = max(found, key=len)
        return f"in a formula the - of a register id is written _: write {formula_name(id_)} (got {id_})"
