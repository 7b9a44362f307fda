"""Strata against direct weighted quantiles of the same draws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.engine.strata import Strata

R, K, N = 4, 3, 50  # not multiples of the block length


def direct_quantile(values, weights, p):
    """inf{x: F_w(x) >= p} from the definition."""
    order = np.argsort(values)
    cumulative = np.cumsum(weights[order])
    return values[order][np.argmax(cumulative >= p * cumulative[-1] - 1e-12)]


def draws(seed, ties=False):
    found = np.random.default_rng(seed).normal(size=(R, K, N)) + np.arange(K)[:, None]
    return np.round(found, 1) if ties else found


weights = st.lists(st.integers(0, 20), min_size=K, max_size=K).filter(any)
levels = st.floats(0.001, 0.999)


@given(seed=st.integers(0, 20), w=weights, p=levels, ties=st.booleans())
def test_quantile_equals_the_direct_weighted_quantile(seed, w, p, ties):
    x, w = draws(seed, ties), np.array(w) / sum(w)
    strata = Strata.of(x)
    each = np.broadcast_to(w[:, None] / (R * N), (R, K, N)).ravel()
    assert strata.quantile([w], [p])[0, 0] == direct_quantile(x.ravel(), each, p)
    each = np.broadcast_to(w[:, None] / N, (K, N)).ravel()
    expected = [direct_quantile(x[r].ravel(), each, p) for r in range(R)]
    assert strata.replicate_quantile([w], [p])[:, 0, 0].tolist() == expected


@given(seed=st.integers(0, 20), w=weights, t=st.floats(-3, 6))
def test_cdf_is_the_weighted_share_at_or_below(seed, w, t):
    x, w = draws(seed, ties=True), np.array(w) / sum(w)
    strata = Strata.of(x)
    shares = (x <= t).mean(axis=2)
    assert strata.cdf([w], [t])[0, 0] == pytest.approx(w @ shares.mean(axis=0), abs=1e-12)


@given(seed=st.integers(0, 20), t=st.floats(-3, 6), a=weights, b=weights, share=st.floats(0, 1))
def test_cdf_is_linear_in_the_weights(seed, t, a, b, share):
    strata = Strata.of(draws(seed))
    a, b = np.array(a) / sum(a), np.array(b) / sum(b)
    mixed = share * a + (1 - share) * b
    at_a, at_b, at_mixed = strata.cdf([a, b, mixed], [t])[:, 0]
    assert at_mixed == pytest.approx(share * at_a + (1 - share) * at_b, abs=1e-12)


@given(seed=st.integers(0, 20), w=weights, p=levels)
def test_worlds_left_out_carry_no_mass(seed, w, p):
    x, w = draws(seed), np.array(w) / sum(w)
    keep = x > 0
    kept = np.broadcast_to(w[:, None], (R, K, N))[keep]
    if kept.sum() > 0:
        strata = Strata.of(x, keep)
        assert strata.quantile([w], [p])[0, 0] == direct_quantile(x[keep], kept / (R * N), p)
        assert strata.mass == pytest.approx(keep.mean(axis=2))


@given(seed=st.integers(0, 20), stratum=st.integers(0, K - 1), p=levels)
def test_all_weight_on_one_stratum_is_that_stratum_bit_for_bit(seed, stratum, p):
    x = draws(seed)
    alone = Strata.of(np.ascontiguousarray(x[:, [stratum]]))
    assert Strata.of(x).quantile([np.eye(K)[stratum]], [p]) == alone.quantile([[1.0]], [p])


def test_more_searches_than_run_together_give_the_same():
    x = draws(2)
    strata = Strata.of(x)
    many = np.random.default_rng(3).dirichlet([1, 1, 1], size=40_000)
    found = strata.quantile(many, [0.3])
    assert found[[0, 39_999], 0].tolist() == [strata.quantile(many[[i]], [0.3])[0, 0] for i in (0, 39_999)]


def test_values_a_few_ulps_apart_are_told_apart():
    """Such as a ratio in which a shared factor cancels but for rounding."""
    x = np.array([[[1.0 + step * 2.0**-52 for step in range(4)] * 150]])
    found = Strata.of(x).quantile([[1.0]], [0.2, 0.4, 0.6, 0.9])
    assert ((found[0] - 1.0) * 2.0**52).tolist() == [0, 1, 2, 3]


@given(seed=st.integers(0, 20), w=weights, p=levels, ties=st.booleans())
def test_many_strata_are_searched_to_the_same_draw(seed, w, p, ties):
    """Bucket by bucket on sums of weights, where counts for every stratum would be too many."""
    x, w = draws(seed, ties), np.array([w]) / sum(w)
    expected = Strata.of(x).quantile(w, [p]), Strata.of(x).replicate_quantile(w, [p])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("contested.engine.strata.MOST_COUNTS", 0)
        patched.setattr("contested.engine.sorted_draws.MOST_COUNTS", 0)
        many = Strata.of(x)
        assert many.counts.shape[2] == 2  # one bucket
        assert np.array_equal(many.quantile(w, [p]), expected[0])
        assert np.array_equal(many.replicate_quantile(w, [p]), expected[1])


@pytest.mark.parametrize("part", range(1, 10))
def test_sums_of_weights_that_rounding_leaves_short_of_a_level_reach_it(part):
    """Eight tenths sum to 0.7999999999999999 in floating point, and are 0.8 all the same."""
    x = np.arange(1.0, 11.0).reshape(1, 10, 1)
    assert Strata.of(x).quantile([[0.1] * 10], [part / 10]) == part
