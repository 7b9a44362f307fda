from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.stats import t as student

from contested.engine.precision import (
    Measured,
    half_width,
    last_place,
    probability_text,
    round_to,
    rounded,
    rounded_together,
    sectioning,
    significant_place,
)

# --- the error -----------------------------------------------------------------------------------


def test_sectioning_is_about_the_pooled_answer() -> None:
    """By hand: deviations -1, 0, 3 from 10; sqrt(10 / 2 / 3), not the spread about their own mean."""
    assert sectioning([9.0, 10.0, 13.0], 10.0) == pytest.approx(math.sqrt(10 / 2 / 3))


def test_sectioning_keeps_the_axes_after_the_first() -> None:
    replicates = np.arange(24.0).reshape(4, 2, 3) ** 1.5
    pooled = replicates.mean(axis=0) + 0.1
    error = sectioning(replicates, pooled)
    assert error.shape == (2, 3)
    assert error[1, 2] == sectioning(replicates[:, 1, 2], pooled[1, 2])


def test_replicates_that_agree_have_no_error() -> None:
    assert sectioning(np.full(16, 3.7), 3.7) == 0.0


def test_intervals_from_sectioning_cover() -> None:
    """Means of 16 replicates: the 95 % intervals of Student's t cover the truth in about 95 of 100 runs."""
    draws = np.random.default_rng(3).normal(size=(16, 4000))
    error = sectioning(draws, draws.mean(axis=0))
    covered = np.abs(draws.mean(axis=0)) <= student.ppf(0.975, 15) * error
    assert 0.94 <= covered.mean() <= 0.96


# --- places --------------------------------------------------------------------------------------


@pytest.mark.parametrize("k", range(-12, 13))
def test_the_last_place_steps_at_half_a_unit(k: int) -> None:
    half = float(f"5e{k - 1}")
    assert last_place(half) == k
    assert last_place(half * 1.001) == k + 1
    assert last_place(half * 0.999) == k


@pytest.mark.parametrize(
    ("value", "digits", "place"),
    [
        (96.1, 2, 0),
        (-96.1, 2, 0),
        (141.0, 2, 1),
        (0.04312, 2, -3),
        (0.9996, 2, -1),
        (99.6, 2, 1),
        (7.0, 1, 0),
    ],
)
def test_the_place_of_the_last_significant_digit(value: float, digits: int, place: int) -> None:
    assert significant_place(value, digits) == place


def test_zero_has_no_significant_digit() -> None:
    assert significant_place(0.0) is None


@pytest.mark.parametrize(
    ("value", "place", "nearest"), [(1234.5, 0, 1234.0), (27964.3, 2, 28000.0), (0.0731, -3, 0.073)]
)
def test_rounding_to_a_place(value: float, place: int, nearest: float) -> None:
    assert round_to(value, place) == nearest


def test_nothing_becomes_minus_zero() -> None:
    assert math.copysign(1.0, round_to(-0.2, 0)) == 1.0
    assert str(rounded(-0.2, 1.0)) == "0"


# --- what people read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (96.1, "96"),
        (50.2, "50"),
        (141.0, "140"),
        (1580.0, "1,600"),
        (1_234_567.0, "1,200,000"),
        (0.04312, "0.043"),
        (9.96, "10"),
        (1.04, "1.0"),
        (-96.1, "-96"),
        (0.00012, "0.00012"),
        (0.0000992, "9.9e-05"),
        (0.0000998, "0.00010"),
        (4.32e-12, "4.3e-12"),
        (2.46e16, "2.5e+16"),
        (0.0, "0"),
    ],
)
def test_two_significant_digits_where_the_error_is_small(value: float, text: str) -> None:
    assert str(rounded(value, 1e-9 * abs(value))) == text


@pytest.mark.parametrize(
    ("mcse", "text"),
    [(0.0, "1,600"), (23.0, "1,600"), (196.0, "1,600"), (198.0, "2,000"), (2400.0, "0")],
)
def test_no_digit_that_the_error_does_not_earn(mcse: float, text: str) -> None:
    """Half-width t(0.975; 15) = 2.131 standard errors: 2,000 is 420 off, which 198 of them reach."""
    assert str(rounded(1580.0, mcse)) == text


@pytest.mark.parametrize(
    ("value", "half", "text"),
    [
        (152.0, 4.9, "150"),
        (152.0, 5.4, "150"),  # not 200, which is ten times as far off as the error
        (152.2, 48.0, "200"),
        (70.0, 31.0, "100"),
        (73.13, 1.2, "73"),
        (70.4, 1.2, "70"),
        (315.8, 40.0, "300"),
        (77.3, 6.0, "80"),
        (0.25, 0.107, "0.2"),  # not 0, of what is above it
        (0.25, 0.3, "0"),  # which may be 0
        (2.04, 0.05, "2.0"),
    ],
)
def test_rounding_adds_no_more_than_the_error(value: float, half: float, text: str) -> None:
    assert str(rounded(value, half / half_width(1.0))) == text


def test_more_digits_and_another_number_of_replicates() -> None:
    assert str(rounded(1584.4, 0.0, significant=3)) == "1,580"
    assert str(rounded(1580.0, 198.0, df=1000)) == "1,600"
    assert str(rounded(1580.0, 198.0, df=7)) == "2,000"


# --- numbers of one row --------------------------------------------------------------------------


def _row(*numbers: tuple[float, float], sets: Sequence[int] = ()) -> list[str]:
    """Texts of numbers with the half-widths of their errors."""
    measured = [Measured(value, half / half_width(1.0)) for value, half in numbers]
    return [str(number) for number in rounded_together(measured, sets)]


@pytest.mark.parametrize(
    ("centre", "low", "high", "texts"),
    [
        (108.4, 54.4, 188.7, ["110", "54", "190"]),
        (162_024, 157_225, 183_646, ["162,000", "157,000", "184,000"]),  # two digits: 160,000 twice
        (1.31, 1.27, 1.36, ["1.31", "1.27", "1.36"]),
        (14.51, 14.46, 14.55, ["14.51", "14.46", "14.55"]),
        (5.0, 5.0, 5.0, ["5.0", "5.0", "5.0"]),  # exact: nothing to tell apart
        (10.0, 10.0, 10.46, ["10.0", "10.0", "10.5"]),
        (1.0, 1.000001, 2.0, ["1.0", "1.0", "2.0"]),  # further digits than six
    ],
)
def test_ends_that_would_read_as_the_median_get_more_digits(
    centre: float, low: float, high: float, texts: list[str]
) -> None:
    assert _row((centre, 0), (low, 0), (high, 0), sets=[0, 1, 1]) == texts


def test_numbers_that_the_errors_do_not_tell_apart_may_read_alike() -> None:
    assert _row((1.101e6, 2e5), (1.142e6, 2e5)) == ["1,000,000", "1,000,000"]
    assert _row((99.0, 6.0), (103.0, 6.0)) == ["100", "100"]


def test_numbers_that_they_do_tell_apart_never_do() -> None:
    """Both lie within their error of 100, and not within it of one another."""
    assert _row((95.1, 5.0), (104.9, 5.0)) == ["95", "100"]


def test_what_is_above_zero_is_not_shown_as_zero() -> None:
    """Nor what is below, if all of the row is; where the row has both signs, an end may be 0."""
    assert _row((54.0, 0.1), (0.25, 4.0), (117.6, 1.0), sets=[0, 1, 1]) == ["54", "0.2", "120"]
    assert _row((-54.0, 0.1), (-0.25, 4.0)) == ["-54", "-0.2"]
    assert _row((54.0, 0.1), (0.25, 4.0), (-117.6, 1.0), sets=[0, 1, 1]) == ["54", "0", "-120"]


def test_nothing_is_shown_out_of_order() -> None:
    """An end that is known to ±6 would be shown as 100, above a median that is known well."""
    assert _row((97.2, 0.01), (96.0, 6.0), (140.0, 0.1), sets=[0, 1, 1]) == ["97", "96", "140"]
    assert _row((97.2, 0.01), (96.0, 60.0), (140.0, 0.1), sets=[0, 1, 1]) == ["97", "96", "140"]


def test_ends_of_two_intervals_may_read_alike() -> None:
    """Of one interval and another, as of two pieces' outer ends, nobody asks which is which."""
    numbers = [(1.5, 0.0), (1.21, 0.0), (1.8, 0.0), (1.19, 0.0), (2.1, 0.0)]
    assert _row(*numbers, sets=[0, 1, 1, 2, 2]) == ["1.5", "1.2", "1.8", "1.2", "2.1"]
    assert _row(*numbers) == ["1.50", "1.21", "1.80", "1.19", "2.10"]


def test_what_is_not_known_leaves_the_others_as_they_are() -> None:
    assert _row((108.4, 0), (54.4, math.nan), (188.7, math.inf), sets=[0, 1, 1]) == ["110", "–", "–"]


@pytest.mark.parametrize(
    ("estimate", "mcse"), [(math.inf, 0.1), (math.nan, 0.0), (3.0, math.nan), (3.0, math.inf)]
)
def test_what_is_not_known_is_not_shown(estimate: float, mcse: float) -> None:
    assert str(rounded(estimate, mcse)) == "–"


@pytest.mark.parametrize(
    ("probability", "mcse", "text"),
    [
        (0.97, 0.0004, "97 %"),
        (0.5, 0.002, "50 %"),
        (0.013, 0.0004, "1 %"),
        (0.004, 0.0004, "<1 %"),
        (0.0096, 1e-5, "<1 %"),
        (0.0096, 0.001, "1 %"),
        (0.0, 0.0, "<1 %"),
        (0.986, 0.0004, "99 %"),
        (0.994, 1e-5, ">99 %"),
        (0.9904, 0.001, "99 %"),
        (0.997, 0.0004, ">99 %"),
        (1.0, 0.0, ">99 %"),
        (0.47, 0.0023, "47 %"),
        (0.47, 0.0024, "47 %"),  # tens would move it by more than its error
        (0.47, 0.0142, "50 %"),
        (0.004, 0.003, "<10 %"),  # not <1 %, which the error does not bear out
        (0.996, 0.003, ">90 %"),
        (0.38, 0.03, "40 %"),
        (0.02, 0.01, "<10 %"),
        (0.09, 0.01, "10 %"),
        (0.98, 0.01, ">90 %"),
    ],
)
def test_probabilities_in_whole_per_cent_as_far_as_the_error_earns(
    probability: float, mcse: float, text: str
) -> None:
    assert probability_text(probability, mcse) == text
