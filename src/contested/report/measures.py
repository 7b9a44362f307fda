"""What an estimate counts and measures on the two sides of its unit, as far as its formula keeps that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contested.language.formula import Expression, Number, Operation, Reference, fold
from contested.language.nodes import Study
from contested.language.units import Unit
from contested.report.plain import plain


@dataclass(frozen=True, slots=True)
class Sides:
    """What a value counts or measures above its unit's line and below; empty where it is not known.

    Casualties over ground are casualties above and ground below. Sums of casualties are casualties, and so
    are casualties a day. Casualties times a share, or less something else, may be anything.
    """

    above: str = ""
    below: str = ""

    def of_people(self, unit: Unit) -> str:
        """What is counted of the people in a unit, wherever they stand in it.

        Parameters
        ----------
        unit : Unit
            The value's own.
        """
        power = dict(unit.dimension).get("person", 0)
        return self.above if power > 0 else self.below if power < 0 else ""


def sides_of(study: Study, expression: Expression) -> Sides:
    """Those of what a formula comes to."""
    found = fold(expression, _Kept(study))
    return found if isinstance(found, Sides) else _UNKNOWN


_UNKNOWN = Sides()
_Part = Sides | Literal["extent", "factor"]  # so many days or km²; or a plain number, such as a share


class _Kept:
    """The algebra: what is left of what the figures and facts in a formula measure."""

    def __init__(self, study: Study) -> None:
        self.study = study

    def number(self, node: Number) -> _Part:
        return "factor"

    def reference(self, node: Reference) -> _Part:
        study = self.study
        match node.kind:
            case "estimate":
                return fold(study.estimates[node.name].formula.expression, self)
            case "figure" | "claim":
                return Sides(plain(study.figures[node.name].measures or ""))
            case "fact":
                return Sides(plain(study.facts[node.name].measures or ""))
        return "extent" if study.inputs[node.name].statement.unit.dimension else "factor"

    def apply(self, node: Operation, operands: Sequence[_Part]) -> _Part:
        match node.operator, operands:
            case "/", [Sides(above, ""), Sides(below, "")]:
                return Sides(above, below)
            case "/", ["extent", Sides(below, "")]:
                return Sides("", below)
            case "*", [Sides(above, str(per)), Sides(_, "")] | [Sides(_, ""), Sides(above, str(per))] if per:
                return Sides(above)  # so many for each, times these
            case ("/" | "*", [Sides() as kept, "extent"]) | ("*", ["extent", Sides() as kept]):
                return kept
            case "neg" | "abs", [kept]:
                return kept
            case "+" | "-" | "min" | "max", [first, *rest] if all(part == first for part in rest):
                return first
        if any(isinstance(part, Sides) for part in operands):
            return _UNKNOWN
        return "extent" if all(part == "extent" for part in operands) else "factor"
