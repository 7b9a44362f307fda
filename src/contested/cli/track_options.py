"""The windows that `contested track` is asked for; what is wrong with one names its option."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from contested.errors import ContestedError

if TYPE_CHECKING:
    from contested.language.nodes import Study
    from contested.language.periods import Period


def window_between(study: Study, first: str | None, last: str | None) -> str | None:
    """The window from the beginning of one period to the end of another; None where neither is given.

    Raises
    ------
    ContestedError
        Where either is none, or the window is not one of whole periods inside the scenario's.
    """
    from contested.answers.tracked import refuse_outside
    from contested.language.periods import Period
    from contested.language.spans import first_fault, joined

    if study.each is None or (first is None and last is None):
        return None
    step, whole = study.each.step, joined(study.each.periods[0], study.each.periods[-1])
    begins, ends = _period("--from", first) or whole, _period("--to", last) or whole
    if begins.start is None:
        raise ContestedError(f"--from: {first} has no beginning; write it as {study.each.periods[0].text}")
    for option, alone in (("--from", begins), ("--to", ends)):
        with _naming(option):
            if alone.start is not None and whole is not alone:
                refuse_outside(joined(alone, alone), whole, "the scenario's window")
    if ends.end < begins.start:
        raise ContestedError(f"--to: {last} ends before --from {first} begins; give them in order")
    window = Period(begins.start, ends.end, f"{begins.start}/{ends.end}")
    if fault := first_fault(window, step):
        raise ContestedError(f"{'--from' if fault.startswith('begins') else '--to'}: the window {fault}")
    return joined(window, window).text


def known_comparisons(
    study: Study, window: str | None, compared: Sequence[tuple[str, str]]
) -> Sequence[tuple[str, str]]:
    """The comparisons asked for, each of two windows inside the one that is tracked.

    Raises
    ------
    ContestedError
        Where one is not.
    """
    from contested.answers.tracked import Tracked, two_windows, window_of

    with _naming("--compare"):
        windows = [two_windows(study, of, over) for of, over in compared]
        if windows:
            Tracked.of(study, None if window is None else window_of(study, window), windows)
    return compared


def _period(option: str, text: str | None) -> Period | None:
    from contested.language.periods import parse_period

    if text is None:
        return None
    try:
        return parse_period(text)
    except ValueError as error:
        raise ContestedError(f"{option}: {error}") from None


@contextmanager
def _naming(option: str) -> Iterator[None]:
    """Say which option an error is about."""
    try:
        yield
    except ContestedError as error:
        raise ContestedError(f"{option}: {error}") from None
