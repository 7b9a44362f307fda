"""Lines through few draws: what they miss, alone and mixed."""

from __future__ import annotations

import numpy as np
import pytest

from contested.report.interactive.knots import LONGEST, knots, ranks_of

TOLERANCE = 4e-4


def quantile(samples: list[np.ndarray], weights: list[float], p: float) -> float:
    """The smallest x with F(x) >= p in a mixture of samples."""
    values = np.concatenate(samples)
    masses = np.concatenate([np.full(s.size, w / s.size) for s, w in zip(samples, weights, strict=True)])
    order = np.argsort(values)
    return float(values[order][np.searchsorted(np.cumsum(masses[order]), p - 1e-12)])


def line(sample: np.ndarray, at: np.ndarray) -> np.ndarray:
    """What a line through some draws has in place of each: between neighbours, the draw itself."""
    return np.interp(np.arange(sample.size), at, sample[at])


@pytest.fixture(scope="module")
def samples() -> list[np.ndarray]:
    generator = np.random.default_rng(4)
    humps = np.concatenate([generator.normal(50, 1, 2500), generator.normal(150, 9, 1500)])
    drawn = [
        generator.lognormal(4.5, 0.3, 8192),
        generator.lognormal(4, 0.6, 8192),
        humps,
        generator.normal(0, 1, 4096),
        generator.integers(60, 70, 4096).astype(float),
        generator.standard_cauchy(4096),
    ]
    return [np.sort(sample) for sample in drawn]


def test_no_draw_is_missed_by_more_than_the_tolerance(samples: list[np.ndarray]) -> None:
    for sample in samples:
        at = knots(sample, TOLERANCE, 0.1)
        allowed = TOLERANCE * np.maximum(np.abs(sample), 0.1)
        found = line(sample, at)
        assert (np.abs(found - sample) <= allowed * (1 + 1e-9)).all()
        apart = np.flatnonzero(np.isin(np.arange(sample.size - 1), at[:-1][np.diff(at) > 1]))
        assert (found[apart] >= sample[apart + 1] - allowed[apart + 1] * (1 + 1e-9)).all()
        assert at[0] == 0 and at[-1] == sample.size - 1 and (np.diff(at) > 0).all()


def test_few_draws_are_kept_of_a_smooth_law(samples: list[np.ndarray]) -> None:
    assert knots(samples[0], TOLERANCE, 0.1).size < samples[0].size / 3
    assert knots(samples[0], 1e-2, 0.1).size < 120


def test_a_single_value_takes_two_draws() -> None:
    assert knots(np.full(4096, 7.0), TOLERANCE, 0.0).tolist() == [0, 4095]
    assert knots(np.array([7.0]), TOLERANCE, 0.0).tolist() == [0]


def test_a_step_takes_the_draws_on_either_side() -> None:
    step = np.concatenate([np.full(100, 1.0), np.full(100, 2.0)])
    assert knots(step, TOLERANCE, 0.0).tolist() == [0, 99, 100, 199]


def test_no_step_between_ranks_is_longer_than_sixteen_bits_hold() -> None:
    at = knots(np.full(200_000, 1.0), TOLERANCE, 0.0)
    assert np.diff(at).max() <= LONGEST < 65_536


def test_asked_ranks_are_kept(samples: list[np.ndarray]) -> None:
    levels = (0.05, 0.5, 0.95)
    ranks = ranks_of(levels, samples[0].size)
    at = knots(samples[0], 1.0, 0.0, ranks)
    assert set(ranks) <= set(at.tolist())
    for place, level in zip(ranks, levels, strict=False):
        assert samples[0][place] == quantile([samples[0]], [1.0], level)
