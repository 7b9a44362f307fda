"""Numbers, dates, units and weights as people read them."""

from __future__ import annotations

from datetime import date

import pytest

from contested.language.periods import Period
from contested.report.wording import (
    bound,
    day,
    number,
    per_cent,
    period,
    points,
    span,
    spoken_unit,
    weighting,
)


@pytest.mark.parametrize(
    ("value", "mcse", "shown"),
    [
        (98.706, 0.0, "99"),
        (141.0, 0.1, "140"),
        (0.0433, 1e-5, "0.043"),
        (162390.0, 3.0, "160,000"),
        (-0.31, 0.0, "−0.31"),
        (96.4, 3.0, "100"),  # ±6.4: the tens are all that the draws earn
        (0.0, 0.0, "0"),
        (float("nan"), 0.0, "–"),
    ],
)
def test_two_digits_and_never_more_than_earned(value: float, mcse: float, shown: str) -> None:
    assert number(value, mcse) == shown


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (date(2025, 1, 1), date(2025, 4, 30), "1 January to 30 April 2025"),
        (date(2024, 9, 1), date(2025, 1, 31), "1 September 2024 to 31 January 2025"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2022, 1, 1), date(2025, 12, 31), "1 January 2022 to 31 December 2025"),
        (date(2025, 5, 3), date(2025, 5, 3), "3 May 2025"),
        (None, date(2025, 9, 30), "up to 30 September 2025"),
    ],
)
def test_periods(start: date | None, end: date, shown: str) -> None:
    assert period(Period(start, end, "")) == shown


def test_day() -> None:
    assert day(date(2026, 8, 22)) == "22 August 2026"


@pytest.mark.parametrize(
    ("unit", "spoken"),
    [
        ("person/km²", "people per km²"),
        ("km²/(1000 person)", "km² per 1000 people"),
        ("km²", "km²"),
        ("person", "people"),
        ("case/day", "cases per day"),
        ("year", "years"),
        ("a/b/c", "a/b/c"),
        ("", ""),
    ],
)
def test_units_in_a_sentence(unit: str, spoken: str) -> None:
    assert spoken_unit(unit) == spoken


@pytest.mark.parametrize(
    ("value", "shown"), [(0.9, "90 %"), (1 / 3, "33.3 %"), (1.0, "100 %"), (0.005, "0.5 %")]
)
def test_what_is_stated_keeps_its_digits(value: float, shown: str) -> None:
    assert per_cent(value) == shown


def test_a_weighting_without_a_name() -> None:
    assert weighting("lines") == "weighting “lines”"
    assert weighting(None) == "weights of the caller's own"


@pytest.mark.parametrize(
    ("value", "direction", "text"),
    [
        (33.1377, "lower", "at least 33"),
        (33.7, "lower", "at least 33"),
        (33.1377, "upper", "at most 34"),
        (33.0, "upper", "at most 33"),
        (0.0996, "upper", "at most 0.10"),
        (99.6, "lower", "at least 99"),
        (-33.7, "lower", "at least −34"),
        (0.0, "lower", "at least 0"),
        (33.7, "exact", "34"),
    ],
)
def test_a_bound_stays_true_when_it_is_rounded(value, direction, text):
    assert bound(value, direction) == text


@pytest.mark.parametrize(
    ("low", "high", "mcse", "text"),
    [
        (54.4, 188.7, 0.1, "54 to 190"),
        (1_101_000, 1_142_000, 100, "1,100,000 to 1,140,000"),
        (1_101_000, 1_142_000, 90_000, "1,000,000 to 1,000,000"),
        (0.25, 117.6, 0.05, "0.2 to 120"),  # above 0, and known to be
        (99, 99, 0, "99"),
    ],
)
def test_ends_get_the_digits_that_tell_them_apart(low, high, mcse, text):
    assert span(low, high, mcse, mcse) == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.22, "22 percentage points"),
        (0.013, "1 percentage point"),
        (0.006, "less than 1 percentage point"),
        (0.05, "5 percentage points"),
    ],
)
def test_a_difference_of_probabilities_is_in_points(value: float, words: str) -> None:
    assert points(value) == words
