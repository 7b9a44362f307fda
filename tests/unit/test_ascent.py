"""The climb to wide intervals, against going through every edge."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from contested.engine import widest as module
from contested.engine.credal import Around, CredalSet, Everything
from contested.engine.strata import Strata
from contested.engine.widest import widest


def both_ways(
    sets: Sequence[CredalSet], seed: int, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[float, float]]:
    """Widths by going through all edges, and by the climb."""
    rng = np.random.default_rng(seed)
    count = int(np.prod([one.size for one in sets]))
    strata = Strata.of(rng.normal(size=(4, count, 512)) + 4 * rng.normal(size=(count, 1)))
    exhaustive = widest(strata, {"": sets}, [0.5, 0.9])[""]
    with monkeypatch.context() as patched:
        patched.setattr(module, "_MOST_CORNERS", 1)
        climbed = widest(strata, {"": sets}, [0.5, 0.9])[""]
    for one, other in zip(exhaustive, climbed, strict=True):
        assert one.certified and other.bound >= one.high - one.low
        assert all(s.contains(w) for s, w in zip(sets, other.weights, strict=True))
    return [
        (one.high - one.low, other.high - other.low) for one, other in zip(exhaustive, climbed, strict=True)
    ]


@pytest.mark.parametrize("seed", range(5))
def test_one_dispute_of_many_sources(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    centre = np.random.default_rng(seed).dirichlet(np.full(6, 3.0))
    for exhaustive, climbed in both_ways([Around(centre, 0.3)], seed, monkeypatch):
        assert climbed >= exhaustive / 1.01


@pytest.mark.parametrize("seed", range(3))
def test_two_disputes(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    sets = [Everything(3), Around([0.5, 0.3, 0.2], 0.2)]
    for exhaustive, climbed in both_ways(sets, seed, monkeypatch):
        assert climbed >= exhaustive / 1.01
