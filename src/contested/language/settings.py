"""The scenario's settings: its date and counting units, report, sampling, denominators, pooling rule."""

from __future__ import annotations

from datetime import date

from contested.language.faults import Faults, number_text
from contested.language.nodes import RULES, Denominators, IntervalKind, Report, Rule, Sampling
from contested.language.periods import parse_day
from contested.language.tree import Place
from contested.language.units import UNIT_NAMES

_LEVELS = (0.5, 0.9)


def read_as_of(top: Place, faults: Faults) -> date | None:
    """The day after which nothing is known."""
    at = top.get("as_of")
    if at is None or not faults.sound_at(at):
        return None
    try:
        return parse_day(at.node.text)
    except ValueError as error:
        faults.add(at.location, at.path, str(error))
        return None


def read_units(top: Place, faults: Faults) -> tuple[str, ...]:
    """The counting units that the scenario declares."""
    declared: list[str] = []
    place = top.get("units")
    for at in place.elements() if place is not None else ():
        name = at.node.text
        if name in UNIT_NAMES:
            faults.add(at.location, at.path, f"'{name}' is a unit already; leave it out")
        elif name in declared:
            faults.add(at.location, at.path, f"'{name}' stands twice; keep one")
        elif faults.sound_at(at):
            declared.append(name)
    return tuple(declared)


def read_report(top: Place, faults: Faults) -> Report:
    """Which intervals are printed."""
    place = top.get("report")
    if place is None or not faults.sound_at(place):
        return Report()
    at = place.get("levels")
    levels: list[float] = []
    for element in at.elements() if at is not None else ():
        level = element.node.content
        assert isinstance(level, float | int)
        if level in levels:
            faults.add(element.location, element.path, f"{number_text(level)} stands twice; keep one")
        levels.append(level)
    kind: IntervalKind = "hdi" if place.text("kind") == "hdi" else "equal-tailed"
    return Report(levels=tuple(sorted(levels)) or _LEVELS, kind=kind)


def read_sampling(top: Place, faults: Faults) -> Sampling:
    """How far the draws go."""
    place = top.get("sampling")
    if place is None or not faults.sound_at(place):
        return Sampling()
    default = Sampling()
    tolerance, max_draws = place.number("tolerance"), place.whole("max_draws")
    return Sampling(
        tolerance=default.tolerance if tolerance is None else tolerance,
        max_draws=default.max_draws if max_draws is None else max_draws,
    )


def read_denominators(top: Place, faults: Faults) -> Denominators:
    """From where on a denominator that may vanish forbids a ratio."""
    place = top.get("denominator")
    if place is None or not faults.sound_at(place):
        return Denominators()
    default = Denominators()
    negligible, estimable = place.number("negligible"), place.number("estimable")
    read = Denominators(
        negligible=default.negligible if negligible is None else negligible,
        estimable=default.estimable if estimable is None else estimable,
    )
    if read.negligible > read.estimable:
        shown = f"got {number_text(read.negligible)} and {number_text(read.estimable)}"
        faults.add(place.location, place.path, f"negligible must not be above estimable ({shown})")
    return read


def read_rule(top: Place, faults: Faults) -> Rule:
    """How the sources' laws are pooled; linearly where nothing is said."""
    pooling = top.get("pooling")
    at = None if pooling is None else pooling.get("rule")
    if at is None or not faults.sound_at(at):
        return "linear"
    return next(rule for rule in RULES if rule == at.node.text)
