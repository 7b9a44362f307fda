"""Steps: the cut that describes some worlds best."""

from __future__ import annotations

import numpy as np
import pytest

from contested.engine.steps import step_between


def _worlds(points: int = 32) -> np.ndarray:
    return np.sort(np.random.default_rng(5).random((16, points)), axis=1)


def test_a_clean_step_lies_between_the_worlds_next_to_it() -> None:
    u = _worlds()
    step = step_between(u, np.where(u > 0.4, 0.9, 0.2))
    assert step is not None
    assert step.sides == pytest.approx((0.2, 0.9))
    assert abs(step.u - 0.4) <= step.mcse < 0.03


def test_a_step_blurred_by_noise_is_found_within_its_error() -> None:
    u, rng, distances = _worlds(64), np.random.default_rng(6), []
    for _ in range(30):
        step = step_between(u, (u > 0.4) + rng.normal(0, 2, u.shape))
        assert step is not None
        assert step.mcse < 0.2
        distances.append(abs(step.u - 0.4) / step.mcse)
    assert max(distances) <= 4


def test_a_line_is_no_step() -> None:
    u = _worlds()
    assert step_between(u, u) is None


def test_a_single_world_has_no_step() -> None:
    assert step_between(np.full((1, 1), 0.5), np.ones((1, 1))) is None
