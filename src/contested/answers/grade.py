"""A claim's grade, from its probability under each combination of sources and each model of them."""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from contested.engine.precision import CLEAR, Measured

Key = TypeVar("Key", bound=Hashable)
Kind = Literal[
    "not_graded", "holds", "more_likely", "likely", "fails", "less_likely", "unlikely", "depends"
]  # fmt: skip

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


def kind_of(grounds: Grounds) -> Kind:
    """The grade that its grounds give a claim: the first whose every inequality holds.

    Each must hold by two Monte Carlo standard errors; what does not is left to a weaker grade. A claim
    about which every combination and every model is too near a half to tell is not graded: it depends on
    the draws, and not on whom one believes.
    """
    p, flip, models = grounds.default, grounds.flip, grounds.models
    every = (*grounds.combinations, *models)
    distant = flip is None or flip.at_least(FAR)
    rules: tuple[tuple[Kind, bool], ...] = (
        ("not_graded", all(_open(chance) for chance in (p, *every))),
        ("holds", all(chance.at_least(HOLDS) for chance in every)),
        ("more_likely", all(chance.above(EVEN) for chance in every)),
        ("likely", p.at_least(LIKELY) and all(chance.above(EVEN) for chance in models) and distant),
        ("fails", all(chance.at_most(FAILS) for chance in every)),
        ("less_likely", all(chance.below(EVEN) for chance in every)),
        ("unlikely", p.at_most(UNLIKELY) and all(chance.below(EVEN) for chance in models) and distant),
        ("depends", True),
    )
    return next(kind for kind, holds in rules if holds)


def sides(chances: Mapping[Key, Measured]) -> Sides[Key]:
    """On which side of a half each assumption puts a claim."""
    return Sides(
        yes=tuple(key for key, chance in chances.items() if chance.above(EVEN)),
        no=tuple(key for key, chance in chances.items() if chance.below(EVEN)),
        open=tuple(key for key, chance in chances.items() if _open(chance)),
    )


def one_line(effective_lines: Mapping[str, float]) -> tuple[str, ...]:
    """The disputes, of those given, that rest on fewer than one and a half lines of evidence."""
    return tuple(dispute for dispute, lines in effective_lines.items() if lines < ONE_LINE)


def provided_alike(scenario: Measured, per_figure: Measured) -> bool:
    """Whether it matters that a source is right, or wrong, on all figures at once.

    Only a difference clearly below the threshold leaves the condition unsaid.
    """
    apart = abs(scenario.value - per_figure.value)
    return not Measured(apart, math.hypot(scenario.mcse, per_figure.mcse)).below(ALIKE)


def _open(chance: Measured) -> bool:
    """Whether a chance is too near a half to tell its side."""
    return not (chance.above(EVEN) or chance.below(EVEN))
