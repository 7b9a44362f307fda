"""Dependence between figures (topic DEP), each case with its source, run as a scenario."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.answers.scopes import under_scope
from contested.language.scopes import Scope
from judging import assert_moments, assert_probability, assert_quantiles
from running import asked, disputed, propagation, ran

Z = 1.6448536269514722  # standard normal quantile at 0.95
SOURCES = {"ua": "UA", "sk": "SK", "wo": "WO"}
WEIGHTS = {"ua": 0.4, "sk": 0.25, "wo": 0.35}
CASUALTIES = {"ua": (10.3734911818, 0.12), "sk": (9.85219425815, 0.15), "wo": (10.1266311039, 0.18)}
AREA = {"ua": (6.04025471128, 0.1), "sk": (6.32793678373, 0.12), "wo": (6.1737861039, 0.08)}


def lognormal(mu: float, sigma: float) -> dict[str, float]:
    """A lognormal by the central 90 % interval that it holds."""
    return {"low": math.exp(mu - Z * sigma), "high": math.exp(mu + Z * sigma)}


Expected = tuple[dict[float, float], float, float, float]

# Quantiles, mean, sd and P(> 60) where one source is right of both figures, or of each its own.
SHARED: Expected = (
    {0.025: 26.5124067709, 0.05: 28.8266459546, 0.25: 41.0777065517, 0.5: 57.0988706047,
     0.75: 73.5303775392, 0.95: 91.321158966, 0.975: 96.9095337883},
    58.0766334291, 20.0274537168, 0.457833580323,
)  # fmt: skip
INDEPENDENT: Expected = (
    {0.025: 29.968848279, 0.05: 32.7465478716, 0.25: 44.1448783818, 0.5: 55.6164760935,
     0.75: 68.0480465317, 0.95: 85.5003301501, 0.975: 91.3111541643},
    56.8558949227, 16.3965829379, 0.406920024005,
)  # fmt: skip


@pytest.mark.parametrize(
    ("disputes", "scope", "expected"),
    [
        (("who", "who"), "scenario", SHARED),
        (("toll", "map"), "scenario", INDEPENDENT),
        (("who", "who"), "per_figure", INDEPENDENT),
        (("toll", "map"), "one_for_all", SHARED),
    ],
)
def test_dep_01_shared_and_independent_indicators(
    tmp_path: Path, *, disputes: tuple[str, str], scope: Scope, expected: Expected
) -> None:
    """DEP-01: law of total probability, mixture of lognormals; 4 standard errors.

    One dispute for both figures is the shared indicator, a dispute for each the independent one; another
    scope makes either of the other.
    """
    figures = {
        name: disputed(dispute, {source: lognormal(*law) for source, law in laws.items()})
        for name, dispute, laws in zip("ca", disputes, (CASUALTIES, AREA), strict=True)
    }
    stated = ran(
        tmp_path,
        propagation(
            figures,
            {"r": "c / a"},
            disputes={dispute: {"title": dispute, "sources": SOURCES} for dispute in disputes},
            weightings={"stated": dict.fromkeys(disputes, WEIGHTS)},
            default="stated",
            questions=asked(over="r > 60"),
        ),
    )
    result = under_scope(stated, scope)
    assert isinstance(result, Result)
    found, question = result["r"], result.questions["over"]
    assert isinstance(found, Answer) and isinstance(question, Probability)
    quantiles, mean, sd, over_60 = expected
    assert len(found.drawn.quantity.strata) == (3 if expected is SHARED else 9)
    assert_quantiles(found, quantiles)
    assert_moments(found, mean, sd)
    assert_probability(question, over_60)


@pytest.mark.parametrize(
    ("score", "mean", "low", "high"),
    [
        (-0.5, 63.3374698293, 33.4994266922, 105.945611554),
        (0.0, 62.1609565499, 36.8801688047, 96.2337582134),
        (0.6, 60.7779521718, 42.8736050236, 82.7809381943),
        (0.95, 59.9854536974, 49.1241570174, 72.2479012996),
    ],
)
@pytest.mark.parametrize("measure", ["rank", "kendall"])
def test_dep_08_correlated_lognormals_of_a_scenario(
    tmp_path: Path, *, score: float, mean: float, low: float, high: float, measure: str
) -> None:
    """DEP-08: closed form (Mostafa & Mahmoud 1964), with the correlation of normal scores; 4 standard errors.

    A scenario states a rank correlation: 6/π asin(ρ/2) is Spearman's, 2/π asin(ρ) Kendall's. The case's
    Pearson correlation of the figures themselves is nothing that a command prints.
    """
    stated = 6 / math.pi * math.asin(score / 2) if measure == "rank" else 2 / math.pi * math.asin(score)
    correlation = {"between": ["c", "a"], measure: stated, "because": "as the case has it"}
    figures = {
        name: {"title": name, "agreed": {**lognormal(*law), "because": "as the case has it"}}
        for name, law in (("c", (10.2399597892, 0.25)), ("a", (6.1527326947, 0.15)))
    }
    more = {"correlations": [correlation]} if score else {}
    found = ran(tmp_path, propagation(figures, {"r": "c / a"}, **more))["r"]
    assert isinstance(found, Answer)
    assert_quantiles(found, {0.05: low, 0.5: 59.5744680851, 0.95: high})
    moments = found.moments
    assert moments is not None and moments.mean is not None and moments.mean_mcse is not None
    assert abs(moments.mean - mean) <= 4 * moments.mean_mcse <= 0.04 * mean


def test_dep_10_a_shared_bias_cancels_in_the_ratio_of_sums(tmp_path: Path) -> None:
    """DEP-10: identity; the ratio exact to 1e-12, the sum within 4 standard errors."""
    sums = {"s1": "bias * (21000 + 24500 + 27800)", "s2": "bias * (25500 + 30100)"}
    document = propagation(
        {name: {"title": name, "agreed": {"formula": formula}} for name, formula in sums.items()},
        {"total": "s1", "r": "s2 / s1"},
        inputs={"bias": {**lognormal(0.0, 0.3), "because": "as the case has it"}},
    )
    result = ran(tmp_path, document)
    total, r = result["total"], result["r"]
    assert isinstance(total, Answer) and isinstance(r, Answer)
    assert_quantiles(total, {0.05: 44750.5851587, 0.5: 73300.0, 0.95: 120063.011041})
    for p in (0.001, 0.5, 0.999):
        assert r.quantile(p) == pytest.approx(0.758526603001, rel=1e-12)
    assert r.moments is not None and r.moments.sd is not None
    assert r.moments.sd <= 1e-12 * 0.758526603001
