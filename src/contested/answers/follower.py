"""Which of two series that move as one follows the other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from contested.answers.agreement import Floats, grain
from contested.series.months import following

_MOST = 0.5  # share of the months in which rounding must account for all of the difference


def rounded_from(first: Floats, second: Floats, months: Sequence[date]) -> bool:
    """Whether the first series is the second, rounded to a coarser unit.

    The unit is a power of ten, or one a day: an average per day, in whole numbers, times the days of the
    month. All values of the first must be multiples of it and those of the second must not, and in most
    months the two must differ by no more than that rounding leaves.

    Parameters
    ----------
    first, second : ndarray, shape (months,)
        NaN for a gap.
    months : sequence of date
        Their months, as the first day of each.
    """
    days = np.array([float((following(month) - month).days) for month in months])
    both = np.isfinite(first) & np.isfinite(second)
    x, y, fine = first[both], second[both], grain(second)
    for unit in (np.full(days.size, grain(first)), days):
        u = unit[both]
        if _multiples(x, u) and not _multiples(y, u):
            return bool(np.mean(np.abs(x - y) <= (u + fine) / 2) > _MOST)
    return False


def _multiples(values: Floats, units: Floats) -> bool:
    return bool(np.all(np.abs(values / units - np.rint(values / units)) < 1e-6))
