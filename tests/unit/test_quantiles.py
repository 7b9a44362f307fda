"""Quantiles are computed once, and are what the strata say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from contested.engine.precision import sectioning
from contested.engine.quantiles import Quantiles
from contested.engine.strata import Strata


class Counted:
    """Strata that count how many rows of weights they are asked for."""

    def __init__(self, strata: Strata) -> None:
        self.strata, self.rows = strata, 0

    def quantile(self, weights: Any, levels: Any) -> Any:
        self.rows += len(weights)
        return self.strata.quantile(weights, levels)

    def replicate_quantile(self, weights: Any, levels: Any) -> Any:
        return self.strata.replicate_quantile(weights, levels)


STRATA = Strata.of(np.random.default_rng(3).normal(size=(16, 2, 100)) + np.array([[0.0], [4.0]]))
ROWS = np.array([[0.25, 0.75], [1.0, 0.0]])


def test_each_row_is_computed_once() -> None:
    counted = Counted(STRATA)
    quantiles = Quantiles(counted)  # type: ignore[arg-type]
    first = quantiles(ROWS, (0.05, 0.5))
    assert counted.rows == 2
    again = quantiles(ROWS[::-1], (0.5,))
    assert counted.rows == 2
    assert [part[::-1, 0].tolist() for part in again] == [part[:, 1].tolist() for part in first]
    quantiles(ROWS[:1], (0.5, 0.9))  # a level that was not asked for before
    assert counted.rows == 3


def test_the_cdf_of_each_replicate_is_that_of_the_worlds_that_count() -> None:
    rng = np.random.default_rng(8)
    draws, keep = rng.normal(size=(16, 2, 50)), rng.random((16, 2, 50)) < 0.7
    weights, x = np.array([0.3, 0.7]), np.array([-0.5, 0.2, 1.0])
    whole, each = Quantiles(Strata.of(draws, keep)).cdfs(weights, x)
    below = (keep[..., None] & (draws[..., None] <= x)).sum(axis=2)  # (replicate, stratum, x)
    expected = np.einsum("k,rkx->rx", weights, below) / (keep.sum(axis=2) @ weights)[:, None]
    assert each == pytest.approx(expected, rel=1e-12)
    assert whole == pytest.approx(weights @ below.sum(axis=0) / (weights @ keep.sum(axis=(0, 2))), rel=1e-12)


def test_values_and_errors_are_those_of_the_strata() -> None:
    levels = (0.1, 0.6)
    values, errors = Quantiles(STRATA)(ROWS, levels)
    assert values.tolist() == STRATA.quantile(ROWS, levels).tolist()
    expected = sectioning(STRATA.replicate_quantile(ROWS, levels), values)
    assert errors == pytest.approx(expected, rel=1e-15)
