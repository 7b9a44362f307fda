"""Draws in rising order: the same quantiles as the strata's, with worlds left out too."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.order_statistics import OrderStatistics, by_replicate, together
from contested.engine.strata import Strata

RNG = np.random.default_rng(5)
DRAWS = RNG.normal(size=(16, 3, 64))
KEEP = RNG.random(DRAWS.shape) < 0.8
LEVELS = (0.001, 0.05, 0.25, 0.5, 0.75, 0.95, 0.999)


@pytest.mark.parametrize("keep", [None, KEEP], ids=["all worlds", "some left out"])
def test_quantiles_are_those_of_the_strata(keep: np.ndarray | None) -> None:
    strata = Strata.of(DRAWS, keep)
    parts = by_replicate(strata)
    used = [0, 2]
    alone = np.eye(3)[used]
    assert parts.quantile(LEVELS, used).tolist() == strata.replicate_quantile(alone, LEVELS).tolist()
    assert together(parts).quantile(LEVELS, used)[0].tolist() == strata.quantile(alone, LEVELS).tolist()


def test_smooth_quantiles_put_each_draw_in_the_middle_of_its_part() -> None:
    ordered = OrderStatistics(np.array([[[1.0, 2.0, 4.0, 8.0]]]), np.array([[4]]))
    found = ordered.smooth_quantile([0.001, 0.125, 0.375, 0.5, 0.875, 0.999], [0])[0, 0]
    assert found == pytest.approx([1.0, 1.0, 2.0, 3.0, 8.0, 8.0], rel=1e-12)


def test_smooth_quantiles_of_a_normal_law_are_exact_between_its_order_statistics() -> None:
    scores = ndtri((np.arange(64) + 0.5) / 64)
    ordered = OrderStatistics((5 + 2 * scores)[None, None], np.array([[64]]))
    levels = np.linspace(0.01, 0.99, 23)
    assert ordered.smooth_quantile(levels, [0])[0, 0] == pytest.approx(5 + 2 * ndtri(levels), rel=1e-12)


def test_smooth_quantiles_leave_out_what_does_not_count() -> None:
    ordered = OrderStatistics(np.array([[[1.0, 3.0, np.inf, np.inf]]]), np.array([[2]]))
    assert ordered.smooth_quantile([0.25, 0.5, 0.75, 0.9], [0])[0, 0].tolist() == [1.0, 2.0, 3.0, 3.0]


def test_extremes_are_of_all_rows_together() -> None:
    values = np.array([[[1.0, 2.0, 9.0]], [[0.0, 5.0, np.inf]]])
    ordered = OrderStatistics(values, np.array([[3], [2]]))
    assert ordered.extremes(0, 2) == (1.0, 5.0)
    assert ordered.extremes(0, 1) == (0.0, 9.0)
