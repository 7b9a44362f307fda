"""How what changed is worded: values of files, numbers before and after, and by how much they moved."""

from __future__ import annotations

import json
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any

from contested.answers.difference import Moved
from contested.answers.difference_numbers import Reading
from contested.engine.precision import Rounded, round_to, rounded
from contested.language.faults import number_text
from contested.report.plain import plain
from contested.report.wording import NONE, number, share

_LONGEST = 60  # characters of a value
_DIGITS = 3, 6  # at first, and at most where fewer do not tell two numbers apart
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


def before_and_after(moved: Moved) -> tuple[str, str]:
    """A number in both runs, to as many digits as tell them apart and are earned; a dash where it is not."""
    before, after = moved.before, moved.after
    if moved.which.quantity in _PER_CENT:
        return _share(before), _share(after)
    texts = NONE, NONE
    for digits in range(_DIGITS[0], _DIGITS[1] + 1):
        texts = _number(before, digits), _number(after, digits)
        if texts[0] != texts[1] or moved.verdict != "changed":
            break
    return texts


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
    """The last place that both numbers are shown to."""
    assert moved.before is not None and moved.after is not None
    both = (moved.before, moved.after)
    return max(rounded(each.value, each.mcse or 0.0, _DIGITS[0]).place for each in both)


def _number(reading: Reading | None, digits: int) -> str:
    return NONE if reading is None else number(reading.value, reading.mcse or 0.0, digits)


def _share(reading: Reading | None) -> str:
    return NONE if reading is None else share(reading.value, reading.mcse or 0.0)


def held(state: str, value: float, digits: int) -> str:
    """A bound as it is said: `at least 33.1`, rounded away from what it excludes; an exact number alone."""
    if state == "exact":
        return number(value, 0.0, digits)
    exact = Decimal(repr(value))
    last = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    kept = exact.quantize(last, ROUND_FLOOR if state == "at least" else ROUND_CEILING)
    return f"{state} {number(float(kept), 0.0, digits)}"


def both_held(state: str, moved: Moved) -> tuple[str, str]:
    """Two bounds of one direction, to as many digits as tell them apart."""
    assert moved.before is not None and moved.after is not None
    texts = "", ""
    for digits in range(_DIGITS[0], _DIGITS[1] + 1):
        texts = held(state, moved.before.value, digits), held(state, moved.after.value, digits)
        if texts[0] != texts[1]:
            break
    return texts
