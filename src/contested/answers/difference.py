"""What changed between the answers of two saved runs, number by number, and beyond which error."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from contested.answers.difference_numbers import POOLED, Case, Flat, Kind, Quantity, Reading, Which, flat
from contested.answers.saved import HasAnswers
from contested.engine.precision import CLEAR

Verdict = Literal[
    "same", "within_error", "changed", "error_unknown", "other_unit", "only_before", "only_after"
]
_ROUNDING = 1e-12  # of a number: what another order of additions may do


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One number before and after; None where one of the runs does not have it.

    Attributes
    ----------
    which : Which
        What it is of.
    comparable : bool
        Whether both are in one unit.
    """

    which: Which
    before: Reading | None
    after: Reading | None
    comparable: bool = True

    @property
    def difference(self) -> float | None:
        """After less before, in their unit; None where there is no such number."""
        if self.before is None or self.after is None or not self.comparable:
            return None
        return self.after.value - self.before.value

    @property
    def relative(self) -> float | None:
        """The difference as a share of the size of what was before; None where that is zero."""
        if self.difference is None or self.before is None or self.before.value == 0:
            return None
        found = self.difference / abs(self.before.value)
        return found if math.isfinite(found) else None

    @property
    def mcse(self) -> float | None:
        """Monte Carlo standard error of the difference, the two runs drawn independently."""
        errors = [None if reading is None else reading.mcse for reading in (self.before, self.after)]
        known = [error for error in errors if error is not None]
        return math.hypot(*known) if len(known) == len(errors) else None

    @property
    def verdict(self) -> Verdict:
        """Whether it changed: by more than two standard errors of the difference.

        Of numbers that other draws alone have moved, about one in twenty passes that. Runs with one seed
        share their draws, so that their difference is known better than this has it.
        """
        if self.before is None or self.after is None:
            return "only_after" if self.before is None else "only_before"
        difference, error = self.difference, self.mcse
        if difference is None:
            return "other_unit"
        if difference == 0:
            return "same"
        if abs(difference) <= _ROUNDING * max(abs(self.before.value), abs(self.after.value)):
            return "within_error"
        if error is None:
            return "error_unknown"
        return "changed" if abs(difference) > CLEAR * error else "within_error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words that are not alike before and after; None where one of the runs does not have them.

    Attributes
    ----------
    what : {'title', 'unit', 'inverse unit', 'state'}
        A state is what kind of answer there is: an estimate, a bound, none.
    case : Case
        Under which weighting or source the state is.
    """

    what: str
    before: str | None
    after: str | None
    case: Case = POOLED


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChange:
    """One estimate or question in two runs.

    Attributes
    ----------
    title : str
        After; before, where only that run has it.
    units : pair of str or None
        Before and after; '' for a question, None for the run that does not answer it.
    states : pair of str or None
        What kind of answer there is as weighted, before and after.
    """

    kind: Kind
    name: str
    title: str
    units: tuple[str | None, str | None]
    states: tuple[str | None, str | None]
    said: tuple[Said, ...]
    numbers: tuple[Moved, ...]

    @property
    def is_new(self) -> bool:
        """Whether only the second run answers it."""
        return self.units[0] is None

    @property
    def is_gone(self) -> bool:
        """Whether only the first run answers it."""
        return self.units[1] is None

    @property
    def is_same(self) -> bool:
        """Whether nothing of it differs by a digit or a word."""
        differs = any(moved.verdict != "same" for moved in self.numbers)
        return not (self.is_new or self.is_gone or self.said or differs)

    def pooled(self, quantity: Quantity) -> Moved | None:
        """The median, value or probability as weighted, where either run has it."""
        which = Which(quantity=quantity)
        return next((moved for moved in self.numbers if moved.which == which), None)


def answer_changes(
    before: HasAnswers, after: HasAnswers, order: Iterable[str] = ()
) -> tuple[AnswerChange, ...]:
    """Every estimate and question of either run, estimates first.

    Parameters
    ----------
    before, after : SavedAnswers or SavedComparison
        Of two comparisons, what each named weighting gives is set side by side too.
    order : iterable of str
        Names in the order in which they are wanted; the others follow by name.
    """
    wanted = tuple(dict.fromkeys(order))
    estimates = _in_order({*before.answers.estimates, *after.answers.estimates}, wanted)
    questions = _in_order({*before.answers.questions, *after.answers.questions}, wanted)
    kinds: tuple[tuple[Kind, list[str]], ...] = (("estimate", estimates), ("question", questions))
    return tuple(
        _change(kind, name, flat(before, kind, name), flat(after, kind, name))
        for kind, names in kinds
        for name in names
    )


def _in_order(names: set[str], wanted: tuple[str, ...]) -> list[str]:
    """Names as wanted; what is repeated for each period, `rise_2025_01`, where its name stands."""

    def rank(name: str) -> tuple[int, str]:
        stems = [each for each in wanted if f"{name}_".startswith(f"{each}_")]
        return (wanted.index(max(stems, key=len)) if stems else len(wanted)), name

    return sorted(names, key=rank)


def _change(kind: Kind, name: str, before: Flat | None, after: Flat | None) -> AnswerChange:
    newest = after or before
    assert newest is not None
    return AnswerChange(
        kind=kind,
        name=name,
        title=newest.title,
        units=(None if before is None else before.unit, None if after is None else after.unit),
        states=(
            None if before is None else before.states[POOLED],
            None if after is None else after.states[POOLED],
        ),
        said=() if before is None or after is None else tuple(_said(before, after)),
        numbers=tuple(_numbers(before, after)),
    )


def _said(before: Flat, after: Flat) -> Iterator[Said]:
    words = (
        Said(what="title", before=before.title, after=after.title),
        Said(what="unit", before=before.unit, after=after.unit),
        Said(what="inverse unit", before=before.inverse_unit, after=after.inverse_unit),
        *(
            Said(what="state", before=before.states.get(case), after=after.states.get(case), case=case)
            for case in dict.fromkeys((*after.states, *before.states))
        ),
    )
    yield from (said for said in words if said.before != said.after)


def _numbers(before: Flat | None, after: Flat | None) -> Iterator[Moved]:
    old, new = ({} if each is None else each.numbers for each in (before, after))
    for which in dict.fromkeys((*new, *old)):
        yield Moved(
            which=which,
            before=old.get(which),
            after=new.get(which),
            comparable=_comparable(which, before, after),
        )


def _comparable(which: Which, before: Flat | None, after: Flat | None) -> bool:
    if before is None or after is None or which.quantity == "disagreement_share":
        return True
    if which.form == "inverse":
        return before.inverse_unit == after.inverse_unit
    return before.unit == after.unit
