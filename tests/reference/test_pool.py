"""Reference cases of topic POOL: laws of several sources made one. Closed forms, exact and as scenarios."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtri
from scipy.stats import beta, gamma, norm

from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.averaging import quantile_average
from contested.engine.curve import Curve, logarithmic_pool
from contested.language.nodes import Rule
from contested.shapes.base import Array
from contested.shapes.least_squares import least_squares
from contested.shapes.normal import LogNormal
from contested.shapes.parametric import Gamma
from judging import assert_close, assert_moments, assert_probability, assert_quantiles
from running import asked, disputed, propagation, ran

WEIGHTS = (0.4, 0.35, 0.25)
LOGNORMALS = (
    (10.3616329185, 0.142870958712),
    (9.85080729471, 0.142870958712),
    (10.1011949387, 0.184252201423),
)
NORMAL_WEIGHTS, NORMALS = (0.5, 0.3, 0.2), ((10.0, 2.0), (14.0, 3.0), (20.0, 4.0))


def pooled(
    folder: Path, rule: Rule, weights: Sequence[float], claims: Sequence[dict[str, Any]], **more: Any
) -> Answer:
    """One figure of so many sources, pooled by a rule: the answer `y`."""
    return answer(run_pooled(folder, rule, weights, claims, **more))


def answer(result: Result) -> Answer:
    found = result["y"]
    assert isinstance(found, Answer)
    return found


def run_pooled(
    folder: Path, rule: Rule, weights: Sequence[float], claims: Sequence[dict[str, Any]], **more: Any
) -> Result:
    names = "abc"[: len(claims)]
    document = propagation(
        {"f": disputed("who", dict(zip(names, claims, strict=True)))},
        {"y": more.pop("formula", "f")},
        disputes={"who": {"title": "Who", "sources": {name: name for name in names}}},
        weightings={"w": {"who": dict(zip(names, weights, strict=True))}},
        default="w",
        pooling={"rule": rule},
        **more,
    )
    result = ran(folder, document)
    assert result.rule == rule
    return result


def question(result: Result, name: str) -> Probability:
    found = result.questions[name]
    assert isinstance(found, Probability)
    return found


def lognormals() -> list[dict[str, Any]]:
    z = float(ndtri(0.95))
    return [{"low": math.exp(mu - z * sd), "high": math.exp(mu + z * sd)} for mu, sd in LOGNORMALS]


def curve(places: Array, log_densities: Sequence[Array], weights: Sequence[float]) -> Curve:
    pool = logarithmic_pool(np.stack(log_densities), np.array(weights))
    return Curve.of(places, pool[None])


def test_pool_01_gammas_fitted_to_two_experts() -> None:
    """POOL-01. SHELF, man page of plinearpool; its numbers re-computed by exact least squares."""
    a = least_squares(((0.25, 30.0), (0.5, 40.0), (0.75, 50.0)), "gamma", None, None)
    b = least_squares(((0.25, 20.0), (0.5, 25.0), (0.75, 35.0)), "gamma", None, None)
    assert isinstance(a, Gamma) and isinstance(b, Gamma)
    assert (a.k, 1 / a.scale) == pytest.approx((7.28518334764, 0.175975356425), rel=1e-4)
    assert (b.k, 1 / b.scale) == pytest.approx((5.77960466381, 0.209516189503), rel=1e-4)

    def cdf(x: float) -> float:
        return sum(0.5 * float(np.asarray(shape.cdf(x))) for shape in (a, b))

    for x, probability in {20: 0.164823504827, 50: 0.849315653884, 80: 0.991045567112}.items():
        assert cdf(x) == pytest.approx(probability, rel=1e-4)
    for p, quantile in {0.05: 13.888532098, 0.5: 32.2362672114, 0.95: 62.7881195569}.items():
        assert brentq(lambda x, p=p: cdf(x) - p, 1.0, 200.0) == pytest.approx(quantile, rel=1e-4)


def test_pool_03_linear_pool_of_lognormals(tmp_path: Path) -> None:
    """POOL-03. Stone 1961, Ann. Math. Statist. 32:1339; inversion of the mixture's cdf; 4 standard errors."""
    questions = asked(low="y <= 20000", high="y <= 30000")
    result = run_pooled(tmp_path, "linear", WEIGHTS, lognormals(), questions=questions)
    found = answer(result)
    quantiles = {
        0.025: 15320.815016, 0.05: 16190.289682, 0.25: 19820.9944156, 0.5: 25016.4790379,
        0.75: 30912.517914, 0.95: 37435.1845747, 0.975: 39500.017996,
    }  # fmt: skip
    assert_quantiles(found, quantiles)
    assert_moments(found, 25685.112851, 6864.82781844)
    assert_probability(question(result, "low"), 0.26101788799)
    assert_probability(question(result, "high"), 0.709793849368)


def test_pool_03_the_split_of_the_variance(tmp_path: Path) -> None:
    """POOL-03, on the natural scale: what may be negative has no logarithm."""
    shifted = pooled(tmp_path, "linear", WEIGHTS, lognormals(), formula="f - 20000")
    assert shifted.disagreement_share is not None and shifted.moments is not None
    share = shifted.disagreement_share["all"]
    assert_close("between sources", share.value, share.mcse, 0.652508759559, 1.0)
    assert_close("sd", shifted.moments.sd, shifted.moments.sd_mcse, 6864.82781844, 6864.8)


def test_pool_05_logarithmic_pool_of_normals() -> None:
    """POOL-05. Genest & Zidek 1986, Statist. Sci. 1:114: the precision is Σ w/s²."""
    places = np.linspace(-15.0, 40.0, 2001)
    found = curve(places, [norm(*law).logpdf(places) for law in NORMALS], NORMAL_WEIGHTS)
    assert found.quantiles(np.array([0.05, 0.5, 0.95]))[0] == pytest.approx(
        [7.53258112859, 11.512195122, 15.4918091153], rel=1e-9
    )
    spread = np.diff(found.quantiles(norm.cdf([-1.0, 1.0])))[0, 0] / 2
    assert spread == pytest.approx(2.41943351564, rel=1e-9)
    assert found.cdfs(np.array([7.53258112859, 15.4918091153]))[0] == pytest.approx([0.05, 0.95], rel=1e-9)


def test_pool_05_as_a_scenario(tmp_path: Path) -> None:
    """POOL-05, from draws; 4 standard errors."""
    claims = [{"mean": mean, "sd": sd} for mean, sd in NORMALS]
    questions = asked(low="y < 7.53258112859", between="7.53258112859 <= y < 15.4918091153")
    result = run_pooled(tmp_path, "logarithmic", NORMAL_WEIGHTS, claims, questions=questions)
    assert_probability(question(result, "low"), 0.05)
    assert_probability(question(result, "between"), 0.9)
    assert_quantiles(answer(result), {0.05: 7.53258112859, 0.5: 11.512195122, 0.95: 15.4918091153})


@pytest.mark.parametrize(
    ("laws", "quantiles"),
    [
        (
            [gamma(9.0, scale=1 / 0.3), gamma(4.0, scale=1 / 0.1)],
            {0.05: 14.933253145, 0.5: 30.316532157, 0.95: 53.8290711474},
        ),
        ([beta(12.0, 5.0), beta(6.0, 6.0)], {0.05: 0.43163168687, 0.5: 0.6463740365, 0.95: 0.826464340801}),
    ],
    ids=["gamma", "beta"],
)
def test_pool_07_logarithmic_pools_that_stay_in_the_family(laws: Any, quantiles: dict[float, float]) -> None:
    """POOL-07. Exponential families are closed under logarithmic pooling; on an axis without ends."""
    bounded = laws[0].support()[1] == 1.0
    places = np.linspace(-12.0, 12.0, 4001) if bounded else np.linspace(-8.0, 8.0, 4001)
    x = 1 / (1 + np.exp(-places)) if bounded else np.exp(places)
    slope = np.log(x * (1 - x)) if bounded else places  # log dx/dt
    found = curve(places, [law.logpdf(x) + slope for law in laws], (0.6, 0.4))
    at = found.quantiles(np.array(list(quantiles)))[0]
    back = 1 / (1 + np.exp(-at)) if bounded else np.exp(at)
    assert back == pytest.approx(list(quantiles.values()), rel=1e-9)


@pytest.mark.parametrize(
    ("kind", "laws", "quantiles"),
    [
        ("gamma", ((9.0, 0.3), (4.0, 0.1)), {0.05: 14.933253145, 0.5: 30.316532157, 0.95: 53.8290711474}),
        ("beta", ((12.0, 5.0), (6.0, 6.0)), {0.05: 0.43163168687, 0.5: 0.6463740365, 0.95: 0.826464340801}),
    ],
)
def test_pool_07_as_a_scenario(
    tmp_path: Path, kind: str, laws: tuple[tuple[float, float], ...], quantiles: dict[float, float]
) -> None:
    """POOL-07, from draws; 4 standard errors."""
    claims = []
    for first, second in laws:
        law = gamma(first, scale=1 / second) if kind == "gamma" else beta(first, second)
        bounds = {} if kind == "gamma" else {"min": 0, "max": 1}
        claims.append({"mean": float(law.mean()), "sd": float(law.std()), "shape": kind, **bounds})
    assert_quantiles(pooled(tmp_path, "logarithmic", (0.6, 0.4), claims), quantiles)


NATURAL = {0.05: 19750.0, 0.25: 22898.7514869, 0.5: 25382.9225305, 0.75: 28140.587738, 0.95: 32650.0}
LOGARITHMIC = {
    0.05: 19258.6601946, 0.25: 22345.755063, 0.5: 24778.5702357, 0.75: 27476.2495694, 0.95: 31880.5948453,
}  # fmt: skip


@pytest.mark.parametrize(("logarithmic", "expected"), [(False, NATURAL), (True, LOGARITHMIC)])
def test_pool_08_quantile_averages(logarithmic: bool, expected: dict[float, float]) -> None:
    """POOL-08. Ratcliff 1979, Psychol. Bull. 86:446; Lichtendahl et al. 2013, Mgmt Sci. 59:1594."""
    levels = np.array(list(expected))
    own = np.stack([LogNormal(mu, sd).ppf(levels) for mu, sd in LOGNORMALS])
    found = quantile_average(own, np.array(WEIGHTS), logarithmic=logarithmic)
    assert found == pytest.approx(list(expected.values()), rel=1e-9)


@pytest.mark.parametrize(("rule", "expected"), [("quantile", NATURAL), ("log-quantile", LOGARITHMIC)])
def test_pool_08_as_a_scenario(tmp_path: Path, rule: Rule, expected: dict[float, float]) -> None:
    """POOL-08, from draws; 4 standard errors."""
    assert_quantiles(pooled(tmp_path, rule, WEIGHTS, lognormals()), expected)


def test_pool_08_the_mean_is_the_linear_pools() -> None:
    """POOL-08: on the natural scale, by quadrature of the quantiles over normal scores."""
    z, step = np.linspace(-9.0, 9.0, 2001, retstep=True)
    own = np.stack([np.exp(mu + sd * z) for mu, sd in LOGNORMALS])
    mean = np.sum(quantile_average(own, np.array(WEIGHTS)) * norm.pdf(z)) * step
    assert mean == pytest.approx(25685.112851, rel=1e-9)
