"""How numbers before and after are worded."""

from __future__ import annotations

from typing import Any

import pytest

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
        (96.12, 96.13, 0.0, ("96.12", "96.13"), "+0.01 (+0.01 %)"),  # as many digits as tell them apart
        (96.0, 92.0, 0.2, ("96", "92"), "−4 (−4 %)"),  # and no more than are earned
        (100.4, 100.5, 0.0, ("100.4", "100.5"), "+0.1 (+0.1 %)"),
        (0.0, 2.0, 0.0, ("0", "2.00"), "+2"),
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
        (0.999, 1.0, (">99 %", ">99 %"), "+0.1 points"),
        (0.0, 0.002, ("<1 %", "<1 %"), "+0.2 points"),
    ],
)
def test_probabilities_are_in_points(before: float, after: float, texts: tuple[str, str], by: str) -> None:
    moved = _moved(before, after, quantity="probability")
    assert before_and_after(moved) == texts
    assert difference(moved) == by


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
        ("x" * 99, "x" * 59 + "…"),
    ],
)  # fmt: skip
def test_values_of_a_file(value: Any, text: str) -> None:
    assert shown(value) == text


def test_weights_of_ones_own() -> None:
    assert setting("weighting", None) == "weights of one's own"
    assert setting("seed", 3) == "3"
