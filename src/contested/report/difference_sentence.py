"""What changed between two runs in one sentence that can be printed as a correction."""

from __future__ import annotations

import math
from collections.abc import Iterator

from contested.answers.difference import AnswerChange, Moved
from contested.answers.difference_tree import Change
from contested.engine.precision import CLEAR
from contested.report.difference import Difference
from contested.report.difference_inputs import FileChange, Setting
from contested.report.difference_wording import (
    before_and_after,
    both_held,
    difference,
    held,
    published,
    relative,
    setting,
    shown,
)
from contested.report.plain import plain
from contested.report.wording import spoken_unit

_STATES = {
    "estimated": "an estimate with intervals",
    "at least": "a lower bound",
    "at most": "an upper bound",
    "exact": "an exact number",
}
_SETTINGS = {
    "version": "version of contested",
    "numpy": "version of numpy",
    "scipy": "version of scipy",
    "confidence": "confidence of stated ranges",
    "levels": "choice of levels",
    "comparisons": "choice of comparisons",
}


def sentence(found: Difference) -> str:
    """How the first answer changed, or the one that changed most, and what that can be put down to.

    A cause is named only where one thing changed that an answer may hang on: the same version draws the same
    worlds from the same files, so that nothing else can have moved it. Which intervals are reported, and to
    which tolerance, is no cause of another median.
    """
    if found.is_empty:
        return (
            "Nothing changed: both runs were made from the same, in the same way, and give the same answers."
        )
    if _is_drawn_again(found) and not any(map(_came_or_went, found.answers)):
        return f"{_drawn_again(found)}."
    headline = next(_headlines(found), None)
    if headline is None:
        return f"{_unmoved(found)}{_count(found)}."
    return f"{headline}{_because(found)}."


def _headlines(found: Difference) -> Iterator[str]:
    """What may be said first: answers as weighted, then those that came and went, then other numbers.

    The first answer comes first, the others by how much they changed: of a hundred numbers some pass for
    changed by chance, but not by much.
    """
    common = [each for each in found.answers if not _came_or_went(each)]
    common[1:] = sorted(common[1:], key=_beyond_error, reverse=True)
    for each in common:
        yield from _answer(each)
    for each in filter(_came_or_went, found.answers):
        how = "answered now, and was not before" if each.is_new else "no longer answered"
        yield f"{_named(each)} is {how}"
    for each in common:
        if count := sum(moved.verdict == "changed" for moved in each.numbers):
            numbers = "one number" if count == 1 else f"{count} numbers"
            yield f"Of {_named(each)} {numbers} changed, though not the {_centre(each)}"


def _came_or_went(each: AnswerChange) -> bool:
    return each.is_new or each.is_gone


def _beyond_error(each: AnswerChange) -> tuple[bool, float]:
    """Estimates before questions; how far it moved beyond two errors, as a share of what it was."""
    centre = each.pooled("median") or each.pooled("value") or each.pooled("probability")
    if centre is None or centre.difference is None or each.states[0] != each.states[1]:
        return each.kind == "estimate", math.inf
    assert centre.before is not None
    size = 1.0 if each.kind == "question" else abs(centre.before.value)
    beyond = abs(centre.difference) - CLEAR * (centre.mcse or 0.0)
    return each.kind == "estimate", beyond / size if size else math.inf


def _of_draws(cause: Change | FileChange | Setting) -> bool:
    """Whether it changes which worlds are drawn, and nothing of what they are drawn from."""
    if isinstance(cause, Setting):
        return cause.name in ("seed", "tolerance")
    return isinstance(cause, Change) and cause.path.partition(".")[0] in ("seed", "sampling")


def _is_drawn_again(found: Difference) -> bool:
    """Whether only the draws are others; which intervals are reported has a say in how many there are."""
    drawn = {run.saved.sampling.draws for run in (found.before, found.after)}
    by_chance = all(_of_draws(cause) or _of_report(cause) for cause in found.causes)
    return bool(found.causes) and by_chance and (any(map(_of_draws, found.causes)) or len(drawn) > 1)


def _of_report(cause: Change | FileChange | Setting) -> bool:
    """Whether it changes only which intervals are reported."""
    if isinstance(cause, Setting):
        return cause.name in ("levels", "kind of interval")
    return isinstance(cause, Change) and cause.path.partition(".")[0] == "report"


def _is_tolerance(cause: Change | FileChange | Setting) -> bool:
    """Whether it changes only how far the draws go."""
    if isinstance(cause, Setting):
        return cause.name == "tolerance"
    return isinstance(cause, Change) and cause.path.partition(".")[0] == "sampling"


def _drawn_again(found: Difference) -> str:
    """What is said where only the draws are others: what moved, moved by chance."""
    numbers = [moved for each in found.answers for moved in each.numbers]
    beyond = sum(moved.verdict == "changed" for moved in numbers)
    drawn = " and ".join(_what(found, cause) for cause in found.causes)
    changed = "the draws and what is reported of them" if any(map(_of_report, found.causes)) else "the draws"
    if not beyond:
        return (
            f"Only {changed} changed: {drawn}; no answer moved by more than the two runs' Monte Carlo error"
        )
    return (
        f"Only {changed} changed: {drawn}; {beyond:,} of {len(numbers):,} numbers moved by more than two "
        "Monte Carlo standard errors of their difference, as about one in twenty does by chance"
    )


def _answer(each: AnswerChange) -> Iterator[str]:
    """How the pooled answer changed, if it did."""
    units = [said for said in each.said if said.what == "unit"]
    centre = each.pooled("median") or each.pooled("probability")
    value = each.pooled("value")
    if each.states[0] != each.states[1]:
        before, after = (_STATES.get(state or "", plain(state or "")) for state in each.states)
        yield f"{_named(each)} was {before} and is {after}"
    elif value is not None and value.verdict in ("changed", "other_unit"):
        yield _bound(each, value)
    elif centre is not None and units:
        before, after = published(each, centre)
        yield (
            f"The {_centre(each)} of {_named(each)} was {before}{_unit(each.units[0])} and is "
            f"{after}{_unit(each.units[1])}, which are not of one unit"
        )
    elif centre is not None and centre.verdict == "changed":
        yield _moved(each, centre)


def _moved(each: AnswerChange, centre: Moved) -> str:
    """Before and after as either run's report has it, since that is what is corrected; then more exactly."""
    by = difference(centre) if each.kind == "question" else relative(centre) or difference(centre)
    was = _was(published(each, centre), before_and_after(centre), _unit(each.units[1]), by)
    return f"The {_centre(each)} of {_named(each)} {was}"


def _was(said: tuple[str, str], exactly: tuple[str, str], unit: str, by: str) -> str:
    """`was 110 and is 120 people (more exactly 113 and 115, +1.8 %)`; `was and is 110` of one number."""
    before, after = said
    was = f"was {before} and is" if before != after else "was and is"
    is_finer = exactly != said and not any(
        len(one) < len(other) for one, other in zip(exactly, said, strict=True)
    )
    beside = [f"more exactly {exactly[0]} and {exactly[1]}"] if is_finer else []
    return f"{was} {after}{unit} ({', '.join([*beside, by])})"


def _bound(each: AnswerChange, value: Moved) -> str:
    state = each.states[1] or ""
    assert value.before is not None and value.after is not None
    old, new = (_unit(unit) for unit in each.units)
    said = held(state, value.before.value, 2), held(state, value.after.value, 2)
    if old != new:
        return f"{_named(each)} was {said[0]}{old} and is {said[1]}{new}"
    return f"{_named(each)} {_was(said, both_held(state, value), new, relative(value) or difference(value))}"


def _unmoved(found: Difference) -> str:
    if all(each.is_same for each in found.answers):
        return "All answers are alike to the last digit"
    return "No answer changed by more than the two runs' Monte Carlo error"


def _count(found: Difference) -> str:
    """How many things changed, where no answer did."""
    count = len(found.causes)
    if count == 0:
        return ""
    if count == 1:
        return f"; {_what(found, found.causes[0])}"
    return f"; {count} things changed that answers may hang on"


def _because(found: Difference) -> str:
    causes = [cause for cause in found.causes if not (_of_report(cause) or _is_tolerance(cause))]
    count = len(causes)
    if count == 0:
        return ", though nothing that was read or set differs"
    if count == 1:
        return f", because {_what(found, causes[0])}"
    return f"; {count} things changed that it may hang on, and how much is due to each was not worked out"


def _what(found: Difference, cause: Change | FileChange | Setting) -> str:
    """One cause as a clause."""
    if isinstance(cause, Setting):
        if cause.name == "seed":
            return f"other worlds were drawn (seed {cause.before} before, {cause.after} now)"
        before, after = (setting(cause.name, value) for value in (cause.before, cause.after))
        return f"the {_SETTINGS.get(cause.name, cause.name)} was {before} and is {after}"
    if isinstance(cause, FileChange):
        return f"the file {plain(cause.name)} changed"
    where = f"{plain(cause.path)} in the {'register' if found.in_register(cause) else 'scenario'}"
    if cause.before is None or cause.after is None:
        return f"{where} was {'added' if cause.before is None else 'taken out'}"
    if cause.reordered:
        return f"{where} was put in another order"
    return f"{where} was {shown(cause.before.value)} and is {shown(cause.after.value)}"


def _named(each: AnswerChange) -> str:
    return f"“{plain(each.title)}”"


def _centre(each: AnswerChange) -> str:
    return "probability" if each.kind == "question" else "median"


def _unit(unit: str | None) -> str:
    spoken = plain(spoken_unit(unit or ""))
    return f" {spoken}" if spoken else ""
