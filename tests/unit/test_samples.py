from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.intervals import HighestDensity, bandwidths
from contested.engine.precision import sectioning
from contested.engine.samples import Samples
from contested.engine.strata import Strata

LEVELS = (0.5, 0.9)
WEIGHTS = np.array([0.5, 0.0, 0.3, 0.2])
PLACES = np.array([1.0, 3.0, 6.0, 9.0])
DRAWS = PLACES[:, None] * np.exp(0.3 * ndtri(np.random.default_rng(7).random((8, 4, 512))))


def test_pieces_are_those_of_the_pooled_draws_and_errors_the_replicates_and_that_of_wider_kernels() -> None:
    used = [0, 2, 3]
    replicates = [[np.sort(replicate[k]) for k in used] for replicate in DRAWS]
    pooled = [np.sort(DRAWS[:, k], axis=None) for k in used]
    widths = bandwidths(pooled)
    found = Samples.of(Strata.of(DRAWS)).highest_density(WEIGHTS, LEVELS)
    for level, (pieces, errors) in zip(LEVELS, found, strict=True):
        whole = HighestDensity.of(pooled, WEIGHTS[used], widths).pieces(level)
        parts = [HighestDensity.of(samples, WEIGHTS[used], widths).pieces(level) for samples in replicates]
        wider = [width.wider(math.sqrt(2)) for width in widths]
        smoother = HighestDensity.of(pooled, WEIGHTS[used], wider).pieces(level)
        ends = [(own[0].low, own[-1].high) for own in [whole, smoother, *parts]]
        step = np.subtract(ends[1], ends[0])
        assert np.all(step != 0)
        assert [(p.low, p.high) for p in pieces] == [(p.low, p.high) for p in whole]
        assert [p.stratum for p in pieces] == [used[p.stratum] for p in whole]
        assert errors == pytest.approx(np.hypot(sectioning(ends[2:], ends[0]), step).tolist(), rel=1e-12)


def test_a_level_does_not_depend_on_the_others_that_are_asked_for() -> None:
    samples = Samples.of(Strata.of(DRAWS))
    both = samples.highest_density(WEIGHTS, LEVELS)
    assert both == [samples.highest_density(WEIGHTS, [level])[0] for level in LEVELS]


def test_worlds_that_are_left_out_leave_their_mass_to_the_other_strata() -> None:
    keep = np.ones(DRAWS.shape, dtype=bool)
    keep[:, 2] = False
    ((pieces, _),) = Samples.of(Strata.of(DRAWS, keep)).highest_density(WEIGHTS, [0.9])
    ((others, _),) = Samples.of(Strata.of(DRAWS)).highest_density(np.array([5, 0, 0, 2]) / 7, [0.9])
    assert [(p.low, p.high, p.stratum) for p in pieces] == [(p.low, p.high, p.stratum) for p in others]


def test_a_replicate_of_which_no_world_counts_leaves_the_error_unknown() -> None:
    keep = np.ones(DRAWS.shape, dtype=bool)
    keep[3] = False
    ((pieces, errors),) = Samples.of(Strata.of(DRAWS, keep)).highest_density(WEIGHTS, [0.9])
    assert sum(piece.mass for piece in pieces) == pytest.approx(0.9, abs=1e-12)
    assert all(map(math.isnan, errors))
