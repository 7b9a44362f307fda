"""How numbers before and after are worded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from contested.answers.difference import Moved
from contested.answers.difference_numbers import Quantity, Reading, Which
from contested.report.difference_wording import (
    before_and_after,
    both_held,
    difference,
    relative,
    setting,
    shown,
)


def _moved(before: float, after: float, mcse: float = 0.0, quantity: Quantity = "median") -> Moved:
    return Moved(which=Which(quantity=quantity), before=Reading(before, mcse), after=Reading(after, mcse))


@pytest.mark.parametrize(
    ("before", "after", "mcse", "texts", "by"),
    [
        (96.1, 92.3, 0.01, ("96.1", "92.3"), "−3.8 (−4.0 %)"),
        (96.12, 96.13, 0.0, ("96.120", "96.130"), "+0.010 (+0.01 %)"),  # two digits of the difference
        (160600.04, 160601.04, 0.0, ("160,600", "160,601"), "+1 (+0.0006 %)"),  # but no more than six of both
        (96.0, 92.0, 0.2, ("96", "92"), "−4 (−4 %)"),  # and no more than are earned
        (134.6, 133.0, 0.2, ("135", "133"), "−2 (−1 %)"),
        (135.1, 133.52, 0.2, ("135.1", "133.5"), "−1.6 (−1 %)"),  # 135 and 134 would not differ by 2
        (100.4, 100.5, 0.0, ("100.40", "100.50"), "+0.10 (+0.1 %)"),
        (1.0842, 1.0761, 0.002, ("1.084", "1.076"), "−0.008 (−1 %)"),  # both to the last place of either
        (62.41, 62.33, 0.02, ("62.41", "62.33"), "−0.08 (−0.1 %)"),
        (0.4321, 1.93, 0.0, ("0.432", "1.930"), "+1.498 (+347 %)"),
        (0.04321, 1234.0, 0.0, ("0.0432", "1,230"), "29,000 times as much"),  # each by its own size
        (1234.0, 0.04321, 0.0, ("1,230", "0.0432"), "3.5e-05 times as much"),
        (0.0, 2.0, 0.0, ("0.00", "2.00"), "+2.00"),
        (-2.0, -1.0, 0.0, ("−2.00", "−1.00"), "+1.00 (+50 %)"),
        (10.0, 10.0, 0.1, ("10", "10"), "the same"),
        (10.0, 10.1, 0.1, ("10", "10"), "within error"),
    ],
)
def test_numbers(before: float, after: float, mcse: float, texts: tuple[str, str], by: str) -> None:
    moved = _moved(before, after, mcse)
    assert before_and_after(moved) == texts
    assert difference(moved) == by


@pytest.mark.parametrize(
    ("before", "after", "texts", "by"),
    [
        (0.97, 0.91, ("97 %", "91 %"), "−6 points"),
        (0.492, 0.317, ("49.2 %", "31.7 %"), "−17.5 points"),  # 49 and 32 differ by 17, not by 18
        (0.412, 0.423, ("41 %", "42 %"), "+1 point"),
        (0.40312, 0.39641, ("40.3 %", "39.6 %"), "−0.7 points"),
        (0.999, 1.0, (">99 %", ">99 %"), "up by 1 point or less"),
        (0.002, 0.0, ("<1 %", "<1 %"), "down by 1 point or less"),
        (0.001, 0.031, ("<1 %", "3 %"), "up by 2 points or more"),
        (1.0, 0.0, (">99 %", "<1 %"), "down by 98 points or more"),
    ],
)
def test_probabilities_are_in_points(before: float, after: float, texts: tuple[str, str], by: str) -> None:
    moved = _moved(before, after, quantity="probability")
    assert before_and_after(moved) == texts
    assert difference(moved) == by


def test_an_error_that_is_larger_in_one_run_counts_for_both() -> None:
    """Each rounded by its own, 1.08 and 1.1 would contradict a difference of less than nothing."""
    before, after = Reading(1.0842, 0.0001), Reading(1.0761, 0.003)
    moved = Moved(which=Which(quantity="median"), before=before, after=after)
    assert before_and_after(moved) == ("1.084", "1.076")
    assert difference(moved).startswith("−0.008 ")


_ERRORS = st.just(0.0) | st.floats(0, 0.1)


def _printed(text: str) -> Decimal:
    return Decimal(text.removesuffix(" %").replace("−", "-").replace(",", ""))


@given(st.floats(1e-3, 1e6), st.floats(0.2, 5) | st.floats(0.99, 1.01), _ERRORS, _ERRORS)
def test_rows_add_up_as_printed(before: float, ratio: float, first: float, last: float) -> None:
    after = before * ratio
    moved = Moved(
        which=Which(quantity="median"),
        before=Reading(before, first * before),
        after=Reading(after, last * after),
    )
    assume(moved.verdict == "changed")
    one, other = map(_printed, before_and_after(moved))
    said = _printed(difference(moved).partition(" ")[0])
    assert other - one == said != 0
    assert (other > one) == (after > before)
    assert abs(said - Decimal(after) + Decimal(before)) <= abs(Decimal(after) - Decimal(before))


@given(st.floats(0, 1), st.floats(0, 1), _ERRORS)
def test_points_add_up_as_printed(before: float, after: float, error: float) -> None:
    moved = _moved(before, after, error / 3, quantity="probability")
    assume(moved.verdict == "changed")
    texts, said = before_and_after(moved), difference(moved)
    if said.startswith(("up", "down")):
        assert any(text[0] in "<>" for text in texts)
    else:
        assert _printed(texts[1]) - _printed(texts[0]) == _printed(said.partition(" ")[0]) != 0


def test_what_is_missing_or_unknown() -> None:
    new = Moved(which=Which(quantity="median"), before=None, after=Reading(2.0, 0.0))
    assert (before_and_after(new), difference(new), relative(new)) == (("–", "2.00"), "new", "")
    unknown = Moved(which=Which(quantity="median"), before=Reading(2.0, None), after=Reading(3.0, None))
    assert difference(unknown) == "+1.00 (+50 %), error unknown"


def test_bounds_stay_true() -> None:
    moved = _moved(33.149, 34.751, quantity="value")
    assert both_held("at least", moved) == ("at least 33.1", "at least 34.7")
    assert both_held("at most", moved) == ("at most 33.2", "at most 34.8")
    assert both_held("exact", _moved(1.0, 1.0001, quantity="value")) == ("1.0000", "1.0001")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "nothing"), (True, "true"), (160600, "160600"), (8.0, "8"), ("8%", "8%"),
        ("two words", "“two words”"), ("a\x1b", "“a�”"), ({"low": 1}, '{"low": 1}'),
        ("x" * 99, "x" * 59 + "…"), ("ש" * 99, "\u2067" + "ש" * 58 + "…\u2069"),
    ],
)  # fmt: skip
def test_values_of_a_file(value: Any, text: str) -> None:
    assert shown(value) == text


def test_weights_of_ones_own() -> None:
    assert setting("weighting", None) == "weights of one's own"
    assert setting("seed", 3) == "3"
