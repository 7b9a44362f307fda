"""A claim's grade, from its probability under each combination of sources and each model of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

Key = TypeVar("Key", bound=Hashable)
Kind = Literal[
    "not_graded", "holds", "more_likely", "likely", "fails", "less_likely", "unlikely", "depends"
]  # fmt: skip

CLEAR = 2.0  # Monte Carlo standard errors by which every inequality must hold
EVEN = 0.5
HOLDS, FAILS = 0.9, 0.1
LIKELY, UNLIKELY = 0.8, 0.2
FAR = 0.25  # total-variation distance within one dispute that must leave the claim on its side of a half
ONE_LINE = 1.5  # effective lines of evidence below which a dispute rests on one
ALIKE = 0.05  # difference between the scopes of who is right from which on the scope is a condition

THRESHOLDS: Mapping[str, float] = {
    "holds": HOLDS, "fails": FAILS, "likely": LIKELY, "unlikely": UNLIKELY, "even": EVEN,
    "flip_distance": FAR, "effective_lines": ONE_LINE, "scope_difference": ALIKE, "standard_errors": CLEAR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its Monte Carlo standard error, and whether it is clear of a level."""

    value: float
    mcse: float = 0.0

    @property
    def low(self) -> float:
        """What the number may be at least."""
        return self.value - CLEAR * self.mcse

    @property
    def high(self) -> float:
        """What the number may be at most."""
        return self.value + CLEAR * self.mcse


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a grade is given on.

    Attributes
    ----------
    default : Measured
        The probability under the default weighting.
    combinations : collection of Measured
        Given each combination of one listed source per dispute.
    models : collection of Measured
        Under every named weighting, defined rule and scope.
    flip : Measured or None
        The smallest total-variation distance within one dispute that takes the probability across a half.
    """

    default: Measured
    combinations: Collection[Measured]
    models: Collection[Measured]
    flip: Measured | None


@dataclass(frozen=True, slots=True)
class Sides(Generic[Key]):
    """Assumptions by what they say of a claim: clearly above a half, clearly below it, or neither."""

    yes: tuple[Key, ...]
    no: tuple[Key, ...]
    open: tuple[Key, ...]

    @property
    def agree(self) -> bool:
        """Whether all say one thing."""
        return sum(map(bool, (self.yes, self.no, self.open))) <= 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """A claim's grade.

    Attributes
    ----------
    reason : str or None
        Why it is not graded.
    one_line : tuple of str
        Disputes that the claim depends on and that rest on one line of evidence.
    alike : bool
        Whether it holds provided each source errs alike in all figures.
    """

    kind: Kind
    reason: str | None = None
    one_line: tuple[str, ...] = ()
    alike: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "kind": self.kind,
            "reason": self.reason,
            "one_line": list(self.one_line),
            "provided_alike": self.alike,
        }


def kind_of(grounds: Grounds) -> Kind:
    """The grade that its grounds give a claim: the first whose every inequality holds.

    Each must hold by two Monte Carlo standard errors; what does not is left to a weaker grade. A claim
    about which every combination and every model is too near a half to tell is not graded: it depends on
    the draws, and not on whom one believes.
    """
    if _all_open(grounds):
        return "not_graded"
    combinations, models, p, flip = grounds.combinations, grounds.models, grounds.default, grounds.flip
    distant = flip is None or flip.low >= FAR

    def every(holds: Callable[[Measured], bool], chances: Collection[Measured]) -> bool:
        return all(map(holds, chances))

    both = (*combinations, *models)
    rules: tuple[tuple[Kind, bool], ...] = (
        ("holds", every(lambda c: c.low >= HOLDS, both)),
        ("more_likely", every(lambda c: c.low > EVEN, both)),
        ("likely", p.low >= LIKELY and every(lambda c: c.low > EVEN, models) and distant),
        ("fails", every(lambda c: c.high <= FAILS, both)),
        ("less_likely", every(lambda c: c.high < EVEN, both)),
        ("unlikely", p.high <= UNLIKELY and every(lambda c: c.high < EVEN, models) and distant),
        ("depends", True),
    )
    return next(kind for kind, holds in rules if holds)


def sides(chances: Mapping[Key, Measured]) -> Sides[Key]:
    """On which side of a half each assumption puts a claim."""
    yes = tuple(key for key, chance in chances.items() if chance.low > EVEN)
    no = tuple(key for key, chance in chances.items() if chance.high < EVEN)
    return Sides(yes, no, tuple(key for key in chances if key not in {*yes, *no}))


def one_line(effective_lines: Mapping[str, float]) -> tuple[str, ...]:
    """The disputes, of those given, that rest on fewer than one and a half lines of evidence."""
    return tuple(dispute for dispute, lines in effective_lines.items() if lines < ONE_LINE)


def provided_alike(scenario: Measured, per_figure: Measured) -> bool:
    """Whether it matters that a source is right, or wrong, on all figures at once.

    Only a difference clearly below the threshold leaves the condition unsaid.
    """
    error = CLEAR * math.hypot(scenario.mcse, per_figure.mcse)
    return abs(scenario.value - per_figure.value) + error >= ALIKE


def _all_open(grounds: Grounds) -> bool:
    chances = (grounds.default, *grounds.combinations, *grounds.models)
    return all(chance.low <= EVEN <= chance.high for chance in chances)
