"""How what changed is worded: values of files, numbers before and after, and by how much they moved."""

from __future__ import annotations

import json
from typing import Any, Literal

from contested.answers.difference import AnswerChange, Moved
from contested.answers.difference_numbers import Reading
from contested.engine.precision import Measured, Rounded, round_to, rounded, significant_place
from contested.language.bound_algebra import Known
from contested.language.faults import number_text
from contested.report.plain import plain
from contested.report.wording import NONE, bound, number, row, share, written

_LONGEST = 60  # characters of a value
_DIGITS = 3, 6  # at first, and at most where fewer do not tell two numbers apart
_ONE_SIZE = 10.0  # times, up to which two numbers are rounded to one place
_DIRECTIONS: dict[str, Known] = {"at least": "lower", "at most": "upper", "exact": "exact"}
_PER_CENT = ("disagreement_share", "probability", "probability_upper")


def shown(value: Any) -> str:
    """A value of a file, on one line and cut where it is long."""
    match value:
        case None:
            text = "nothing"
        case str():
            text = f"“{plain(value)}”" if value != plain(value).strip() or " " in value else plain(value)
        case bool():
            text = str(value).lower()
        case int():
            text = str(value)
        case float():
            text = number_text(value)
        case _:
            text = plain(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def setting(name: str, value: Any) -> str:
    """A setting's value; a weighting without a name is of the caller's own weights."""
    return "weights of one's own" if name == "weighting" and value is None else shown(value)


def published(change: AnswerChange, centre: Moved) -> tuple[str, str]:
    """A median or probability as either run's own report has it."""
    if centre.which.quantity in _PER_CENT:
        return _share(centre.before), _share(centre.after)
    return _in_its_row(change, centre, "before"), _in_its_row(change, centre, "after")


def _in_its_row(change: AnswerChange, centre: Moved, side: Literal["before", "after"]) -> str:
    """A median beside the ends of its intervals, which have a say in how many digits it has."""
    levels: dict[float, list[Measured]] = {}
    for moved in change.numbers:
        reading, which = getattr(moved, side), moved.which
        if reading is not None and which.level is not None and which.form == centre.which.form:
            levels.setdefault(which.level, []).append(_measured(reading))
    ends = [(end, index) for index, level in enumerate(levels, 1) for end in levels[level]]
    own = getattr(centre, side)
    numbers, sets = zip((_measured(own), 0), *ends, strict=True)
    return row(numbers, sets)[0]


def before_and_after(moved: Moved) -> tuple[str, str]:
    """A number in both runs, to as many digits as tell them apart and are earned; a dash where it is not.

    Where both are of one size they are rounded to one place, so that they differ by what is said.
    """
    before, after = moved.before, moved.after
    if moved.which.quantity in _PER_CENT:
        return _share(before), _share(after)
    if before is None or after is None or not _alike(moved):
        return _number(before), _number(after)
    place = _place(moved)
    first, last = (written(Rounded(round_to(each.value, place), place)) for each in (before, after))
    return first, last


def difference(moved: Moved) -> str:
    """`−3.8 (−4.0 %)`, `+6 points`; why there is none where there is none."""
    if moved.difference is None:
        return {"only_before": "gone", "only_after": "new"}.get(moved.verdict, "another unit")
    if moved.verdict == "same":
        return "the same"
    if moved.verdict == "within_error":
        return "within error"
    if moved.which.quantity in _PER_CENT:
        found = f"{_signed(100 * moved.difference, 0)} points"
    else:
        found = _signed(moved.difference, _place(moved))
        found += f" ({relative(moved)})" if moved.relative is not None else ""
    return f"{found}, error unknown" if moved.verdict == "error_unknown" else found


def relative(moved: Moved) -> str:
    """`−4.0 %` of the size of what was before, `−4 %` where no more is earned; empty where that is zero."""
    if moved.relative is None or moved.before is None:
        return ""
    found, error = 100 * moved.relative, 100 * (moved.mcse or 0.0) / abs(moved.before.value)
    return f"{_signed(found, min(max(rounded(found, error).place, -1), 0))} %"


def _signed(value: float, place: int) -> str:
    """A number with its sign, its last digit at 10^place; one significant digit where that would be zero."""
    kept = round_to(value, place)
    text = str(Rounded(kept, place)).replace("-", "−", 1) if kept else number(value, digits=1)
    return text if value < 0 else f"+{text}"


def _place(moved: Moved) -> int:
    """The last place of their difference, and of both numbers where they are of one size.

    That of the smaller one's digits, or that which the error of either earns; of numbers that changed no
    coarser than the first digit of what they changed by, and so fine that they read otherwise.
    """
    assert moved.before is not None and moved.after is not None
    both, values = (moved.before, moved.after), (moved.before.value, moved.after.value)
    small, large = sorted(map(abs, values))
    first, finest = significant_place(small, 1), significant_place(large, _DIGITS[1])
    step = significant_place(values[1] - values[0], 1)
    if first is None or finest is None or not _alike(moved):
        return max(_rounded(each).place for each in both)
    earned = max(_rounded(each, _DIGITS[1]).place for each in both)
    place = min(max(earned, min(_rounded(each).place for each in both)), first)
    if moved.verdict == "changed" and step is not None:
        place = min(place, step)
        while place > finest and _read_alike(values, place):
            place -= 1
    return place


def _read_alike(values: tuple[float, float], place: int) -> bool:
    first, last = (round_to(value, place) for value in values)
    return first == last


def _alike(moved: Moved) -> bool:
    """Whether both numbers are of one unit, and of about one size."""
    assert moved.before is not None and moved.after is not None
    small, large = sorted(abs(each.value) for each in (moved.before, moved.after))
    return moved.comparable and large <= _ONE_SIZE * small


def _number(reading: Reading | None) -> str:
    return NONE if reading is None else written(_rounded(reading))


def _rounded(reading: Reading, digits: int = _DIGITS[0]) -> Rounded:
    return rounded(reading.value, reading.mcse or 0.0, digits)


def _measured(reading: Reading) -> Measured:
    return Measured(reading.value, reading.mcse or 0.0)


def _share(reading: Reading | None) -> str:
    return NONE if reading is None else share(reading.value, reading.mcse or 0.0)


def held(state: str, value: float, digits: int) -> str:
    """A bound as it is said: `at least 33.1`; an exact number alone."""
    return bound(value, _DIRECTIONS[state], digits)


def both_held(state: str, moved: Moved) -> tuple[str, str]:
    """Two bounds of one direction, to as many digits as tell them apart."""
    assert moved.before is not None and moved.after is not None
    texts = "", ""
    for digits in range(_DIGITS[0], _DIGITS[1] + 1):
        texts = held(state, moved.before.value, digits), held(state, moved.after.value, digits)
        if texts[0] != texts[1]:
            break
    return texts
