"""How what changed is worded: values of files, numbers before and after, and by how much they moved."""

from __future__ import annotations

import json
from typing import Any, Literal

from contested.answers.difference import AnswerChange, Moved
from contested.answers.difference_numbers import Reading
from contested.engine.precision import Measured, Rounded, round_to, rounded, significant_place
from contested.language.bound_algebra import Known
from contested.language.faults import number_text
from contested.report.plain import isolates_closed, plain, printable
from contested.report.wording import NONE, bound, number, row, share, written

_LONGEST = 60  # characters of a value
_DIGITS = 3, 6  # at first, and at most where fewer do not tell two numbers apart
_ONE_SIZE = 10.0  # times, up to which two numbers are rounded to one place
_DIRECTIONS: dict[str, Known] = {"at least": "lower", "at most": "upper", "exact": "exact"}
_CHANGED = ("changed", "error_unknown")
_PER_CENT = ("disagreement_share", "probability", "probability_upper")


def shown(value: Any) -> str:
    """A value of a file, on one line and cut where it is long."""
    match value:
        case None:
            text = "nothing"
        case str():
            text = f"“{plain(value)}”" if value != printable(value).strip() or " " in value else plain(value)
        case bool():
            text = str(value).lower()
        case int():
            text = str(value)
        case float():
            text = number_text(value)
        case _:
            text = plain(json.dumps(value, ensure_ascii=False))
    if len(text) <= _LONGEST:
        return text
    (cut,) = isolates_closed([f"{text[: _LONGEST - 1]}…"])
    return cut


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
    """A number in both runs; a dash where it is not. What changed is rounded to the place of its difference.

    So a reader who takes one from the other gets the difference that is printed. Where that is two digits of
    a small change, they have a digit or two more than either run's report gives them.
    """
    before, after = moved.before, moved.after
    if before is None or after is None or not moved.comparable or not _is_subtracted(moved):
        of_one = _share if _is_per_cent(moved) else _number
        return of_one(before), of_one(after)
    first, last = (_to_place(moved, value) for value in _values(moved))
    return first, last


def difference(moved: Moved) -> str:
    """`−3.8 (−4.0 %)`, `+6 points`: the number printed after less that before; or why there is none."""
    if moved.difference is None:
        return {"only_before": "gone", "only_after": "new"}.get(moved.verdict, "another unit")
    if moved.verdict == "same":
        return "the same"
    if moved.verdict == "within_error":
        return "within error"
    found = _subtracted(moved) if _is_subtracted(moved) else _compared(moved)
    return f"{found}, error unknown" if moved.verdict == "error_unknown" else found


def relative(moved: Moved) -> str:
    """`−4.0 %` of the size of what was before, `−4 %` where no more is earned.

    Empty where that is zero, and where the one is many times the other.
    """
    if moved.relative is None or moved.before is None or not _is_subtracted(moved):
        return ""
    found, error = 100 * moved.relative, 100 * (moved.mcse or 0.0) / abs(moved.before.value)
    return f"{_signed(found, min(max(rounded(found, error).place, -1), 0))} %"


def _is_per_cent(moved: Moved) -> bool:
    return moved.which.quantity in _PER_CENT


def _is_subtracted(moved: Moved) -> bool:
    """Whether both are numbers of which the one can be taken from the other as they are printed.

    A number many times another is not, since no place suits both; nor is `<1 %`, and of shares that did not
    change nothing is taken.
    """
    assert moved.before is not None and moved.after is not None
    if _is_per_cent(moved):
        is_open = any(_share(each)[0] in "<>" for each in (moved.before, moved.after))
        return moved.verdict in _CHANGED and not is_open
    small, large = sorted(_values(moved), key=abs)
    return small * large <= 0 or abs(large) <= _ONE_SIZE * abs(small)


def _subtracted(moved: Moved) -> str:
    place = _place(moved)
    first, last = (round_to(value, place) for value in _values(moved))
    found = _signed(last - first, place)
    if _is_per_cent(moved):
        return f"{found} point{'s' * (found[1:] != '1')}"
    return f"{found} ({relative(moved)})" if moved.relative is not None else found


def _compared(moved: Moved) -> str:
    """How two numbers stand that no place suits; of `<1 %` and the like, what follows for the difference."""
    assert moved.before is not None and moved.after is not None and moved.difference is not None
    if not _is_per_cent(moved):
        return f"{number(moved.after.value / moved.before.value)} times as much"
    less, more = sorted((moved.before, moved.after), key=lambda each: each.value)
    (lowest, low), (high, highest) = _limits(_share(less)), _limits(_share(more))
    least, most = high - low, max(highest - lowest, 1)
    by, end = (least, "more") if least > 0 else (most, "less")
    way = "up" if moved.difference > 0 else "down"
    return f"{way} by {by} point{'s' * (by != 1)} or {end}"


def _limits(share: str) -> tuple[int, int]:
    """Between which per cents a printed share lies."""
    stated = int(share.strip("<> %"))
    return (0 if share[0] == "<" else stated), (100 if share[0] == ">" else stated)


def _signed(value: float, place: int) -> str:
    """A number with its sign, its last digit at 10^place; one significant digit where that would be zero."""
    kept = round_to(value, place)
    text = str(Rounded(kept, place)).replace("-", "−", 1) if kept else number(value, digits=1)
    return text if value < 0 else f"+{text}"


def _values(moved: Moved) -> tuple[float, float]:
    """Both in the unit in which they are printed."""
    assert moved.before is not None and moved.after is not None
    factor = 100.0 if _is_per_cent(moved) else 1.0
    return factor * moved.before.value, factor * moved.after.value


def _to_place(moved: Moved, value: float) -> str:
    place = _place(moved)
    return written(Rounded(round_to(value, place), place)) + (" %" if _is_per_cent(moved) else "")


def _place(moved: Moved) -> int:
    """The last place of both numbers, and of their difference.

    Of what did not change beyond error, that of three digits or of the error of the worse known. Of what did,
    that of their usual digits, or a finer one where two digits of the difference call for it, as far as its
    own error earns them (its first is always shown); one finer still where the numbers so rounded would not
    differ by what their difference rounds to.
    """
    assert moved.before is not None and moved.after is not None
    small, large = sorted(_values(moved), key=abs)
    if moved.verdict not in _CHANGED:
        both = (moved.before, moved.after)
        earned = max(_rounded(each, _DIGITS[1]).place for each in both)
        return min(max(earned, _usual_place(moved)), _first_place(small, large))
    found, error = _difference(moved)
    earned = rounded(found, error, _DIGITS[1], nonzero=True).place
    place = min(_own_place(moved), max(earned, _usual_place(moved)), _first_place(small, large))
    return place if _adds_up(moved, place) else place - 1


def _difference(moved: Moved) -> tuple[float, float]:
    """The difference and its error, in the unit in which it is printed."""
    before, after = _values(moved)
    return after - before, (100 if _is_per_cent(moved) else 1) * (moved.mcse or 0.0)


def _own_place(moved: Moved) -> int:
    """The last place that the difference would have alone; whole points, unless it is less than one."""
    found, error = _difference(moved)
    place, first = rounded(found, error, nonzero=True).place, significant_place(found, 1)
    finest = significant_place(max(_values(moved), key=abs), _DIGITS[1])
    assert first is not None and finest is not None
    return max(place, min(first, 0 if _is_per_cent(moved) else finest))


def _usual_place(moved: Moved) -> int:
    """The finer of both numbers' last places where each is shown by itself."""
    assert moved.before is not None and moved.after is not None
    return 0 if _is_per_cent(moved) else min(_rounded(each).place for each in (moved.before, moved.after))


def _first_place(small: float, large: float) -> int:
    """The place of the smaller number's first digit (not of a 0), or where the larger one's digits end."""
    first, finest = significant_place(small or large, 1), significant_place(large, _DIGITS[1])
    return 0 if first is None or finest is None else max(first, finest)


def _adds_up(moved: Moved, place: int) -> bool:
    before, after = (round_to(value, place) for value in _values(moved))
    return round_to(after - before, place) == round_to(_difference(moved)[0], place)


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
