"""Which of two series is the other, rounded."""

from __future__ import annotations

from datetime import date

import numpy as np

from contested.answers.follower import rounded_from
from contested.series.months import following, months_between

MONTHS = list(months_between(date(2024, 1, 1), date(2024, 12, 1)))
DAYS = np.array([(following(month) - month).days for month in MONTHS], float)
COUNT = 10 * np.array([2622.0, 2845, 2820, 2696, 3894, 3503, 3568, 3681, 3813, 4198, 4572, 4867])
PER_DAY = np.rint(COUNT / DAYS) * DAYS


def test_whole_numbers_a_day_follow_the_count() -> None:
    assert rounded_from(PER_DAY, COUNT, MONTHS)
    assert not rounded_from(COUNT, PER_DAY, MONTHS)


def test_so_do_round_numbers() -> None:
    thousands = np.rint(COUNT / 1000) * 1000
    assert rounded_from(thousands, COUNT, MONTHS)
    assert not rounded_from(COUNT, thousands, MONTHS)


def test_a_few_revised_months_do_not_matter_and_many_do() -> None:
    revised = PER_DAY.copy()
    revised[:5] += 4 * DAYS[:5]
    assert rounded_from(revised, COUNT, MONTHS)
    revised[:7] += 4 * DAYS[:7]
    assert not rounded_from(revised, COUNT, MONTHS)


def test_equal_series_do_not_follow_each_other() -> None:
    assert not rounded_from(COUNT, COUNT, MONTHS)
    assert not rounded_from(0.9 * COUNT, COUNT, MONTHS)


def test_gaps_are_left_out() -> None:
    gap = np.where(np.arange(12) == 3, np.nan, PER_DAY)
    assert rounded_from(gap, COUNT, MONTHS)
