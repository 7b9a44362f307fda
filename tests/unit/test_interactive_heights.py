"""Densities for the page: all of a law's weight beneath them, and edges where the law has them."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.density import bandwidths
from contested.engine.samples import Samples
from contested.report.interactive.heights import Heights

MIDDLES = (np.arange(65_536) + 0.5) / 65_536
Z = ndtri(MIDDLES)


def heights(*samples: np.ndarray, factor: float = 1.0) -> tuple[np.ndarray, np.ndarray, dict[str, Any]]:
    """Places, densities by stratum, and all of it."""
    drawn = Samples([samples], list(samples), bandwidths(samples), np.ones((1, len(samples))))
    found = Heights(drawn, factor).to_dict()
    places = np.frombuffer(base64.b64decode(found["places"]), dtype="<f4").astype(float)
    scaled = np.frombuffer(base64.b64decode(found["heights"]), dtype="<u2").reshape(len(samples), -1)
    return places, scaled * np.array(found["height"])[:, None], found


@pytest.mark.parametrize(
    ("sample", "edge", "height"),
    [
        (1.0 + MIDDLES, np.log(2.0), 2.0),  # of the logarithm
        (-1.0 + MIDDLES, 0.0, 1.0),
        (-np.abs(Z)[::2], 0.0, np.sqrt(2 / np.pi)),
        (np.log(MIDDLES), 0.0, 1.0),
    ],
)
def test_all_of_a_law_with_an_edge_is_beneath_its_density(
    sample: np.ndarray, edge: float, height: float
) -> None:
    places, (density,), _ = heights(np.sort(sample))
    assert np.trapezoid(density, places) == pytest.approx(1, abs=0.003)
    assert (np.diff(places) >= 0).all()
    before, after = np.flatnonzero(np.abs(places - edge) < 1e-4)[[0, -1]]
    assert density[before] == pytest.approx(height, rel=0.05)
    assert density[after] == 0


def test_every_stratum_has_its_height_at_the_edges_of_others() -> None:
    places, (uniform, normal), found = heights(-1.0 + MIDDLES, Z)
    assert not found["logarithmic"]
    assert found["ends"] == pytest.approx([places[0], places[-1]])
    for density in (uniform, normal):
        assert np.trapezoid(density, places) == pytest.approx(1, abs=0.003)
    near = np.abs(places) < 1e-4
    assert near.sum() == 2
    assert normal[near] == pytest.approx([0.3989] * 2, rel=0.02)


def test_places_and_heights_are_in_the_unit_that_is_shown() -> None:
    for sample in (1.0 + MIDDLES, -1.0 + MIDDLES):
        places, (density,), found = heights(sample, factor=10.0)
        assert np.trapezoid(density, places) == pytest.approx(1, abs=0.003)
        ends = np.exp(found["ends"]) if found["logarithmic"] else np.array(found["ends"])
        assert ends[0] < 10 * sample[0] < 10 * sample[-1] < ends[1]
