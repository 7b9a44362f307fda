"""Ups and downs that two series share: the trend taken out, and honest probabilities."""

from __future__ import annotations

import math

import numpy as np
import pytest

from contested.answers.concordance import Concordance, Moves, concordance
from war import common_trend

DRAWS = 2000


def moves(first, second, relation="ratio") -> Moves:
    found = Moves.of(np.array(first, float), np.array(second, float), relation)
    assert found is not None
    return found


def judged(first, second, relation="ratio", seed=1) -> Concordance:
    return concordance(moves(first, second, relation), draws=DRAWS, generator=np.random.default_rng(seed))


def test_a_trend_leaves_nothing() -> None:
    """Waves of a year and more go; one of four months stays."""
    place = (np.arange(36) + 0.5) / 36
    slow = np.exp(np.concatenate([[0], np.cumsum(0.1 * np.cos(math.pi * 5 * place) + 0.02)]))
    assert moves(slow, 3 * slow).roughness == 0
    fast = np.exp(np.concatenate([[0], np.cumsum(0.1 * np.cos(math.pi * 18 * place))]))
    assert moves(slow * fast, fast).roughness == pytest.approx(0.1 / math.sqrt(2), rel=1e-6)


def test_the_smoother_of_the_two_counts() -> None:
    generator = np.random.default_rng(3)
    rough = np.exp(generator.normal(0, 0.1, 200))
    calm = np.exp(generator.normal(0, 0.01, 200))
    assert moves(rough, calm).roughness == pytest.approx(0.01 * math.sqrt(2), rel=0.15)
    assert moves(rough, rough).roughness == pytest.approx(0.1 * math.sqrt(2), rel=0.15)


def test_an_offset_is_relative_to_the_values() -> None:
    generator = np.random.default_rng(4)
    base = 1000 + generator.normal(0, 50, 200)
    assert moves(base, base + 500, "offset").roughness == pytest.approx(
        50 * math.sqrt(2) / math.hypot(1500, 50), rel=0.15
    )


def test_a_copy_is_found_and_two_strangers_are_not() -> None:
    generator = np.random.default_rng(5)
    first, second = np.exp(generator.normal(0, 0.1, (2, 28)))
    copy = judged(first, 0.7 * first)
    assert copy.unlike == pytest.approx(0, abs=1e-9)
    assert copy.shuffled == copy.simulated == 1 / (DRAWS + 1)
    strangers = judged(first, second)
    assert strangers.unlike > 0.4
    assert min(strangers.shuffled, strangers.simulated) > 0.01


def test_one_wild_month_hides_no_copy() -> None:
    first = np.exp(np.random.default_rng(6).normal(0, 0.1, 28))
    second = first.copy()
    second[11] *= 10
    assert judged(first, second).shuffled < 0.01


def test_a_series_that_does_not_move_proves_nothing() -> None:
    still = judged([5.0] * 12, [5.0] * 12)
    assert still.unlike == 1
    assert still.shuffled == still.simulated == 1


def test_months_that_do_not_follow_one_another_give_no_change() -> None:
    every_other = np.where(np.arange(30) % 2 == 0, 100.0 + np.arange(30), np.nan)
    assert Moves.of(every_other, every_other, "ratio") is None
    gap = np.where(np.arange(30) == 9, np.nan, 100.0 + np.arange(30) % 7)
    assert moves(gap, gap).mine.size == 27


@pytest.mark.parametrize("kind", ["walks", "noise"])
def test_under_a_common_trend_the_probabilities_are_honest(kind: str) -> None:
    """P(p <= level) <= level, for independent walks and independent noise of 6 % on one trend."""
    generator = np.random.default_rng(8)
    found = []
    for _ in range(300):
        noise = generator.normal(0, 0.06, (2, 28))
        if kind == "walks":
            noise = np.cumsum(noise, axis=1)
        pair = moves(*np.exp(common_trend(28) + noise))
        found.append(concordance(pair, draws=400, generator=generator))
    both = np.array([max(each.shuffled, each.simulated) for each in found])
    for level in (0.05, 0.2):
        assert np.mean(both <= level) <= level + 3 * math.sqrt(level * (1 - level) / 300)
    assert np.mean(both <= 0.2) > 0.05
