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
    replicates = [[np.sort(sample) for sample in replicate] for replicate in DRAWS]
    pooled = [np.sort(DRAWS[:, k], axis=None) for k in range(4)]
    widths = bandwidths(pooled)
    found = Samples.of(Strata.of(DRAWS)).highest_density(WEIGHTS, LEVELS)
    for level, (pieces, errors) in zip(LEVELS, found, strict=True):
        whole = HighestDensity.of(pooled, WEIGHTS, widths).pieces(level)
        parts = [HighestDensity.of(samples, WEIGHTS, widths).pieces(level) for samples in replicates]
        wider = [width.wider(math.sqrt(2)) for width in widths]
        smoother = HighestDensity.of(pooled, WEIGHTS, wider).pieces(level)
        ends = [(own[0].low, own[-1].high) for own in [whole, smoother, *parts]]
        step = np.subtract(ends[1], ends[0])
        assert np.all(step != 0)
        assert [(p.low, p.high) for p in pieces] == [(p.low, p.high) for p in whole]
        assert [p.stratum for p in pieces] == [p.stratum for p in whole]
        assert errors == pytest.approx(np.hypot(sectioning(ends[2:], ends[0]), step).tolist(), rel=1e-12)


def test_a_piece_s_ends_have_errors_of_their_own() -> None:
    """By hand: the steps of the replicates' ends, about the pooled one; of two pieces, one by one."""
    draws = np.concatenate([DRAWS[:, :1], 20 * DRAWS[:, :1]], axis=1)
    samples = Samples.of(Strata.of(draws))
    weights = np.array([0.5, 0.5])
    ((pieces, outer),) = samples.highest_density(weights, [0.9])
    each = [HighestDensity.of(own, weights, samples.bandwidths).pieces(0.9) for own in samples.by_replicate]
    wider = [width.wider(math.sqrt(2)) for width in samples.bandwidths]
    smoother = HighestDensity.of(samples.by_stratum, weights, wider).pieces(0.9)
    assert {len(found) for found in (pieces, smoother, *each)} == {2}
    for k, piece in enumerate(pieces):
        ends = np.array([piece.low, piece.high])
        drawn = sectioning([(own[k].low, own[k].high) for own in each], ends)
        errors = np.hypot(drawn, ends - (smoother[k].low, smoother[k].high)).tolist()
        assert [piece.low_mcse, piece.high_mcse] == pytest.approx(errors, rel=1e-12)
    assert outer == pytest.approx((pieces[0].low_mcse, pieces[-1].high_mcse), rel=1e-12)


def test_replicates_without_a_piece_have_no_say_in_its_error() -> None:
    """They would make its error as large as the way to the piece that they have; of the outer ends it is."""
    small = DRAWS[:, :1] / 20
    thin = small.copy()
    thin[:3] = DRAWS[:3, :1]  # three replicates have nothing there
    draws = np.concatenate([thin, DRAWS[:, :1]], axis=1)
    ((pieces, outer),) = Samples.of(Strata.of(draws)).highest_density(np.array([0.4, 0.6]), [0.9])
    assert len(pieces) == 2
    assert outer[0] > 0.1 > 10 * pieces[0].low_mcse > 0
    assert max(pieces[0].high_mcse, pieces[1].low_mcse, pieces[1].high_mcse) < 0.1


def test_an_end_that_hardly_any_replicate_has_is_known_as_badly_as_the_outer_ones() -> None:
    """Two modes that only all draws together tell apart: where one ends, no replicate says."""
    draws = ndtri(np.random.default_rng(7).random((8, 1, 512)))
    draws[..., ::2] += 3
    samples = Samples.of(Strata.of(draws))
    ((pieces, outer),) = samples.highest_density(np.ones(1), [0.8])
    each = [HighestDensity.of(own, np.ones(1), samples.bandwidths) for own in samples.by_replicate]
    assert len(pieces) == 2 and {len(own.pieces(0.8)) for own in each} == {1}
    assert pieces[0].high_mcse == outer[1] and pieces[1].low_mcse == outer[0]


def test_a_level_does_not_depend_on_the_others_that_are_asked_for() -> None:
    samples = Samples.of(Strata.of(DRAWS))
    both = samples.highest_density(WEIGHTS, LEVELS)
    assert both == [samples.highest_density(WEIGHTS, [level])[0] for level in LEVELS]


def test_worlds_that_are_left_out_leave_their_mass_to_the_other_strata() -> None:
    keep = np.ones(DRAWS.shape, dtype=bool)
    keep[:, 1:3] = False
    ((pieces, _),) = Samples.of(Strata.of(DRAWS, keep)).highest_density(WEIGHTS, [0.9])
    ((others, _),) = Samples.of(Strata.of(DRAWS[:, [0, 3]])).highest_density(np.array([5, 2]) / 7, [0.9])
    assert [(p.low, p.high, p.stratum) for p in pieces] == [(p.low, p.high, 3 * p.stratum) for p in others]


def test_a_replicate_of_which_no_world_counts_leaves_the_error_unknown() -> None:
    keep = np.ones(DRAWS.shape, dtype=bool)
    keep[3] = False
    ((pieces, errors),) = Samples.of(Strata.of(DRAWS, keep)).highest_density(WEIGHTS, [0.9])
    assert sum(piece.mass for piece in pieces) == pytest.approx(0.9, abs=1e-12)
    assert all(map(math.isnan, errors))
