"""The rules over strata: where each is undefined and why, and what all share."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.special import ndtri

from contested.engine.pooling import Pool, StratumReach
from contested.engine.precision import sectioning
from contested.engine.quantiles import Quantiles
from contested.engine.rules import pool_by
from contested.engine.strata import Strata
from contested.language.nodes import RULES, Rule
from contested.shapes.base import Array, Reach

EVERYWHERE, POSITIVE = Reach(-math.inf, math.inf, zero=1.0), Reach(0.0, math.inf)
OTHERS: tuple[Rule, ...] = ("logarithmic", "quantile", "log-quantile")
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def points(strata: int, size: int = 512, seed: int = 3) -> Array:
    """Standard normal draws, one in each part of each replicate: (replicate, stratum, point)."""
    rng = np.random.default_rng(seed)
    cells = np.arange(size) + rng.random((16, strata, size))
    return np.asarray(rng.permuted(ndtri(cells / size), axis=2))


def pools(rule: Rule, draws: Array, reaches: Sequence[Reach], keep: Array | None = None) -> Pool:
    strata = [StratumReach(name, reach) for name, reach in zip("abcd", reaches, strict=False)]
    return pool_by(rule, Quantiles(Strata.of(draws, keep)), strata)


LOGNORMAL = np.exp(points(3) * np.array([[0.2], [0.3], [0.25]]) + np.array([[1.0], [1.2], [1.1]]))


def reason(rule: Rule, draws: Array, reaches: Sequence[Reach], weights: Sequence[float]) -> str | None:
    return pools(rule, draws, reaches).undefined(np.array(weights))


@pytest.mark.parametrize("rule", RULES)
def test_one_stratum_with_all_the_weight_is_given_as_it_is(rule: Rule) -> None:
    """Bit for bit, whatever its law and the others'."""
    draws = np.concatenate([LOGNORMAL, np.zeros((16, 1, 512))], axis=1)
    linear = pools("linear", draws, [EVERYWHERE] * 4)
    found = pools(rule, draws, [EVERYWHERE] * 4)
    for weights in np.eye(4):
        assert found.undefined(weights) is None
        for one, other in zip(found(weights[None], LEVELS), linear(weights[None], LEVELS), strict=True):
            assert one.tolist() == other.tolist()
        for one, other in zip(
            found.cdfs(weights, np.array([0.0, 2.7])), linear.cdfs(weights, np.array([0.0, 2.7])), strict=True
        ):
            assert one == pytest.approx(other, abs=1e-15)


@pytest.mark.parametrize("rule", OTHERS)
def test_values_and_errors_are_of_the_replicates(rule: Rule) -> None:
    """Row after row, each as if it were asked alone."""
    found = pools(rule, LOGNORMAL, [POSITIVE] * 3)
    rows = np.array([[0.2, 0.5, 0.3], [0.0, 0.6, 0.4], [0.0, 1.0, 0.0]])
    values, errors = found(rows, LEVELS)
    for row, value, error in zip(rows, values, errors, strict=True):
        alone = pools(rule, LOGNORMAL, [POSITIVE] * 3)(row[None], LEVELS)
        assert [part[0].tolist() for part in alone] == [value.tolist(), error.tolist()]
        whole, each = found.cdfs(row, value)
        assert whole == pytest.approx(LEVELS, abs=3e-3)
        assert np.all(sectioning(each, whole) < 0.01)
    assert found.quantile(rows, LEVELS).tolist() == values.tolist()


def test_a_quantile_average_is_of_the_strata_s_own_quantiles() -> None:
    weights = np.array([0.2, 0.5, 0.3])
    strata = Strata.of(LOGNORMAL)
    own, each = strata.quantile(np.eye(3), LEVELS), strata.replicate_quantile(np.eye(3), LEVELS)
    values, errors = pools("quantile", LOGNORMAL, [POSITIVE] * 3)(weights[None], LEVELS)
    assert values[0] == pytest.approx(weights @ own, rel=1e-14)
    replicates = np.einsum("k,rkp->rp", weights, each)
    assert errors[0] == pytest.approx(sectioning(replicates, weights @ own), rel=1e-10)
    values, _ = pools("log-quantile", LOGNORMAL, [POSITIVE] * 3)(weights[None], LEVELS)
    assert values[0] == pytest.approx(np.exp(weights @ np.log(own)), rel=1e-14)


@pytest.mark.parametrize("rule", OTHERS)
def test_highest_density_sets_belong_to_no_stratum(rule: Rule) -> None:
    weights = np.array([0.2, 0.5, 0.3])
    found = pools(rule, LOGNORMAL, [POSITIVE] * 3)
    ((pieces, errors),) = found.highest_density(weights, (0.9,))
    assert [piece.stratum for piece in pieces] == [None]
    assert pieces[0].mass == pytest.approx(0.9, abs=2e-3)
    low, high = found.quantile(weights[None], (0.05, 0.95))[0]
    assert pieces[0].low < low and pieces[0].high < high  # the laws lean to the right
    assert pieces[0].high - pieces[0].low < high - low
    assert all(0 < error < 0.1 for error in errors)


def test_log_quantiles_need_what_is_positive() -> None:
    weights = [0.5, 0.5]
    for reach in (EVERYWHERE, Reach(0.0, 9.0, zero=0.0), Reach(-1e-9, 9.0)):
        found = reason("log-quantile", LOGNORMAL[:, :2], [POSITIVE, reach], weights)
        assert found is not None and "'b' may be zero or negative" in found
    assert reason("log-quantile", LOGNORMAL[:, :2], [POSITIVE, Reach(0.0, 9.0, zero=1.0)], weights) is None
    assert reason("log-quantile", LOGNORMAL, [POSITIVE, EVERYWHERE, POSITIVE], [0.5, 0.0, 0.5]) is None


def test_the_logarithmic_pool_needs_supports_that_meet() -> None:
    draws = points(2)
    reaches = [Reach(2.0, 3.0), Reach(0.0, 2.0)]
    found = reason("logarithmic", draws, reaches, [0.5, 0.5])
    assert found == "the supports of 'b' and 'a' do not meet"


@pytest.mark.parametrize(
    "lump",
    [
        np.zeros_like,
        lambda z: 3.0 + 1e-16 * z,
        lambda z: np.maximum(z, -1.0),
        lambda z: np.where(np.abs(z - 0.1) < 0.03, 0.1, z),
        lambda z: np.round(2 * z) / 2,
    ],
    ids=["a point", "a point but for rounding", "a clipped end", "a lump", "a lattice"],
)
def test_the_logarithmic_pool_needs_densities(lump) -> None:
    draws = points(2)
    draws[:, 1] = lump(draws[:, 1])
    found = reason("logarithmic", draws, [EVERYWHERE] * 2, [0.5, 0.5])
    assert found == "some value of 'b' has a probability of its own, and no density"


@pytest.mark.parametrize(
    ("apart", "weights", "defined"),
    [
        (2.0, (0.5, 0.5), True),
        (2.0, (0.001, 0.999), True),
        (9.0, (0.5, 0.5), False),
        (30.0, (0.5, 0.5), False),
    ],
)
def test_the_logarithmic_pool_needs_draws_that_overlap(
    apart: float, weights: tuple[float, float], defined: bool
) -> None:
    """Two normals of one spread: the pool lies between them, by their weights."""
    draws = points(2) + np.array([[0.0], [apart]])
    found = reason("logarithmic", draws, [EVERYWHERE] * 2, weights)
    if defined:
        assert found is None
        median = pools("logarithmic", draws, [EVERYWHERE] * 2).quantile(np.array([weights]), (0.5,))[0, 0]
        assert median == pytest.approx(weights[1] * apart, abs=0.05)
    else:
        assert found is not None and "overlap too little" in found


def test_a_narrow_law_of_little_weight_is_not_drawn_where_the_pool_would_be() -> None:
    draws = points(2) * np.array([[0.01], [1.0]])
    found = reason("logarithmic", draws, [EVERYWHERE] * 2, [0.002, 0.998])
    assert found is not None and "of 'a'" in found
    assert reason("logarithmic", draws, [EVERYWHERE] * 2, [0.5, 0.5]) is None


def test_the_pool_keeps_to_what_the_supports_share() -> None:
    """A uniform and a normal: the density is the normal's to the power of its weight, cut."""
    u = (np.arange(512) + 0.5) / 512
    rng = np.random.default_rng(4)
    draws = np.stack([np.stack([rng.permutation(u), rng.permutation(ndtri(u))]) for _ in range(16)])
    found = pools("logarithmic", draws, [Reach(0.0, 1.0, zero=1.0), EVERYWHERE])
    weights = np.array([0.5, 0.5])
    values = found.quantile(weights[None], (0.001, 0.5, 0.999))[0]
    sd = math.sqrt(2.0)  # φ(x)^½ is a normal's of twice the variance
    from scipy.stats import truncnorm

    expected = truncnorm(0.0, 1.0 / sd, scale=sd).ppf((0.001, 0.5, 0.999))
    assert values == pytest.approx(expected, abs=1e-3)
    assert found.cdfs(weights, np.array([-0.5, 0.0, 1.0, 2.0]))[0].tolist() == [0.0, 0.0, 1.0, 1.0]


@pytest.mark.parametrize("rule", OTHERS)
def test_worlds_left_out_do_not_count(rule: Rule) -> None:
    """Each stratum's law given that it counts is pooled, whatever share of it counts."""
    draws = np.concatenate([LOGNORMAL, np.full(LOGNORMAL.shape, -7.0)], axis=2)
    keep = draws > 0
    keep[:, 0, :100] = False
    thinned = [pools(rule, draws, [POSITIVE] * 3, keep), pools(rule, LOGNORMAL[..., 100:], [POSITIVE] * 3)]
    weights = np.array([[0.2, 0.5, 0.3]])
    values = [found.quantile(weights, LEVELS)[0] for found in thinned]
    assert values[0] == pytest.approx(values[1], rel=0.03)


@pytest.mark.parametrize("rule", OTHERS)
def test_too_few_worlds_are_no_law(rule: Rule) -> None:
    keep = np.ones(LOGNORMAL.shape, dtype=bool)
    keep[3, 1, 63:] = False
    found = pools(rule, LOGNORMAL, [POSITIVE] * 3, keep)
    assert found.undefined(np.array([0.5, 0.5, 0.0])) == "too few worlds count for 'b'"
    assert found.undefined(np.array([0.5, 0.0, 0.5])) is None
    values, errors = found(np.array([[0.5, 0.5, 0.0], [0.5, 0.0, 0.5]]), LEVELS)
    assert np.isnan(values[0]).all() and np.isnan(errors[0]).all() and np.isfinite(values[1]).all()
    with pytest.raises(ValueError, match="too few worlds"):
        found.cdfs(np.array([0.5, 0.5, 0.0]), np.array([1.0]))


def test_the_linear_rule_is_the_mixture_itself() -> None:
    linear = Quantiles(Strata.of(LOGNORMAL))
    assert pool_by("linear", linear, [StratumReach("a", POSITIVE)] * 3) is linear
    assert linear.undefined(np.array([0.5, 0.5, 0.0])) is None


@pytest.mark.parametrize("seed", range(4))
def test_the_mean_of_a_quantile_average_is_the_linear_pools(seed: int) -> None:
    """Of the draws themselves, to rounding: their order does not change their sum."""
    draws = points(3, seed=seed) * np.array([[1.0], [3.0], [0.5]]) + np.array([[0.0], [2.0], [9.0]])
    weights = np.random.default_rng(seed).dirichlet(np.ones(3))
    found = pools("quantile", draws, [EVERYWHERE] * 3)
    whole, each = found._law(weights).samples()  # type: ignore[attr-defined]
    assert whole.mean() == pytest.approx(weights @ draws.mean(axis=(0, 2)), rel=1e-12)
    assert each.mean(axis=1) == pytest.approx(draws.mean(axis=2) @ weights, rel=1e-12)
