"""How closely two series keep together: exact probabilities, a bound that holds, and rounding."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from contested.answers.agreement import KEPT, agreement, grain

ERROR = 0.04
FINE = (1e-9, 1e-9)


def ratio(first, second, grains=FINE):
    found = agreement(np.array(first, float), np.array(second, float), "ratio", error=ERROR, grains=grains)
    assert found is not None
    return found


def test_what_is_seen_of_a_ratio() -> None:
    base = np.arange(10_000.0, 20_000.0, 1000.0)
    first = 0.8 * base
    first[3] *= 1.1
    found = ratio(first, base)
    assert found.size == pytest.approx(0.8)
    assert found.median == pytest.approx(0, abs=1e-12)
    assert found.largest == pytest.approx(math.log(1.1))
    assert found.spread == pytest.approx(math.log(1.1) / math.sqrt(10))
    assert found.together == pytest.approx(0.1 * base[3] / base.sum())
    assert found.months == 10
    assert found.exact


def test_an_offset_and_its_size() -> None:
    base = np.array([10_000.0, 30_000, 12_000, 50_000, 9_000, 31_000, 22_000, 47_000, 15_000])
    found = agreement(base + 4000, base, "offset", error=ERROR, grains=(1.0, 1.0))
    assert found is not None
    assert found.size == 4000
    assert found.chance < 1e-12
    assert ratio(base + 4000, base).chance > 0.01


def test_the_sum_of_squares_is_chi_squared() -> None:
    """Spread evenly, so that the sum of squares is the smaller of the two probabilities."""
    off = 0.02 * stats.norm.ppf((np.arange(28) + 0.5) / 28)
    base = np.full(28, 5000.0)
    found = ratio(base * np.exp(off), base)
    squares = np.sum((off - off.mean()) ** 2) / (2 * ERROR**2)
    assert found.chance == pytest.approx(2 * stats.chi2.cdf(squares, 27), rel=1e-6)


def test_a_few_wild_months_hide_nothing() -> None:
    base = np.full(28, 5000.0)
    first = base * np.exp(1e-4 * np.arange(28))
    first[[2, 9, 20]] *= [10, 0.2, 3]
    found = ratio(first, base)
    assert found.chance < 1e-10
    kept = math.ceil(KEPT * 28)
    within = 1e-4 * (kept - 1)  # no anchor has as many nearer to it
    assert found.chance <= 2 * 28 * stats.binom.sf(kept - 2, 27, 2 * stats.norm.cdf(within / 0.0566) - 1)


@pytest.mark.parametrize("months", [8, 28])
@pytest.mark.parametrize("relation", ["ratio", "offset"])
def test_under_independent_errors_the_probability_is_one(months: int, relation: str) -> None:
    """P(chance <= p) <= p for counts whose own errors are as small as is assumed: 2,000 pairs a case."""
    generator = np.random.default_rng(17)
    chances = []
    for _ in range(2000):
        truth = 30_000 * np.exp(generator.normal(0, 0.3, months))
        first, second = (truth * np.exp(generator.normal(0, ERROR, months)) for _ in range(2))
        found = agreement(first, second, relation, error=ERROR, grains=FINE)
        assert found is not None
        chances.append(found.chance)
    for level in (0.01, 0.05, 0.2):
        share = np.mean(np.array(chances) <= level)
        assert share <= level + 3 * math.sqrt(level * (1 - level) / 2000)
    assert np.mean(np.array(chances) <= 0.2) > 0.02  # and it is not one that never comes true


def test_gaps_are_left_out_and_few_months_tell_nothing() -> None:
    base = np.arange(1000.0, 1009.0)
    gap = np.where(np.arange(9) == 4, np.nan, base)
    assert ratio(gap, base).months == 8
    both = np.where(np.arange(9) == 6, np.nan, base)
    assert agreement(gap, both, "ratio", error=ERROR, grains=FINE) is None


def test_what_rounding_hides_is_no_agreement() -> None:
    """Counts of three to nine are equal because they are whole numbers."""
    few = np.array([3.0, 4, 5, 9, 7, 3, 8, 6, 5, 4])
    assert agreement(few, few, "ratio", error=ERROR, grains=(1.0, 1.0)) is None
    thousands = np.array([38_000.0, 41_000, 39_000, 44_000, 52_000, 36_000, 40_000, 47_000, 39_000])
    coarse, fine = ratio(thousands, thousands, (1000.0, 1000.0)), ratio(thousands, thousands, (1.0, 1.0))
    assert fine.chance < 1e-9 < coarse.chance
    assert fine.exact and coarse.exact


def test_a_change_of_sign_is_no_ratio() -> None:
    base = np.array([120.0, -30, 80, 200, -45, 310, 90, 150])
    assert ratio(base, base).chance < 1e-6
    turned = base.copy()
    turned[1] = 30
    found = ratio(turned, base)
    assert math.isinf(found.spread)
    away = ratio(np.where(np.arange(8) % 2 == 0, -base, base), base)
    assert away.chance == 1 and math.isinf(away.together)


@pytest.mark.parametrize(
    "values, unit",
    [
        ([22920, 28550, 30000], 10),
        ([3000, 41000], 1000),
        ([129.3, 78.88], 0.01),
        ([44, 41.3, math.nan, 0], 0.1),
        ([7], 1),
        ([math.pi, 2], 1e-9),
        ([0, 0], 1e-9),
        ([], 1e-9),
    ],
)
def test_the_unit_to_which_a_series_is_rounded(values: list[float], unit: float) -> None:
    assert grain(np.array(values, float)) == pytest.approx(unit)
