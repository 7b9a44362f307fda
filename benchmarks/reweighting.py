"""Re-weighting: 100,000 weightings × 5 quantiles of one estimate, against drawing again for each."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from benchmarks.accuracy import MU, SIGMA
from benchmarks.table import Measured
from contested.engine.strata import Strata

LEVELS = [0.05, 0.25, 0.5, 0.75, 0.95]
REPLICATES = 16


def measure(smoke: bool = False) -> Iterator[Measured]:
    """Building included, single-threaded (no part of it calls a threaded library)."""
    weightings = 10_000 if smoke else 100_000
    rng = np.random.default_rng(1)
    values = 2**18 // REPLICATES
    draws = np.exp(MU[:, None] + SIGMA[:, None] * rng.standard_normal((REPLICATES, len(MU), values)))
    weights = rng.dirichlet(np.ones(len(MU)), size=weightings)

    start = time.perf_counter()
    found = Strata.of(draws).quantile(weights, LEVELS)
    ours = time.perf_counter() - start

    _check(draws, weights, found)
    again = _resampling(weights[:10], rng) / 10 * weightings
    yield Measured(
        f"{weightings:,} weightings × 5 quantiles against re-sampling", again / ours, 10_000, True,
        note=f"{ours:.2f} s against {again:.0f} s",
    )  # fmt: skip


def _check(draws: np.ndarray, weights: np.ndarray, found: np.ndarray) -> None:
    """Equal to direct weighted quantiles at 100 random weightings."""
    x = np.swapaxes(draws, 0, 1).reshape(len(MU), -1)
    order = np.argsort(x, axis=None)
    stratum, ranked = order // x.shape[1], x.ravel()[order]
    for i in np.random.default_rng(2).choice(len(weights), 100, replace=False):
        cumulative = np.cumsum(weights[i][stratum] / x.shape[1])
        direct = ranked[np.searchsorted(cumulative, np.array(LEVELS) - 1e-12)]
        if not np.array_equal(direct, found[i]):
            raise AssertionError(f"weighting {weights[i]}: {found[i]} is not the direct {direct}")


def _resampling(weights: np.ndarray, rng: np.random.Generator, draws: int = 1_000_000) -> float:
    """Seconds to draw the indicator and the estimate again for each weighting."""
    start = time.perf_counter()
    for w in weights:
        k = rng.choice(len(w), size=draws, p=w)
        np.quantile(np.exp(MU[k] + SIGMA[k] * rng.standard_normal(draws)), LEVELS)
    return time.perf_counter() - start
