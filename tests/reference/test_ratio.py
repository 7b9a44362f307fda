"""Ratios whose denominator may vanish (topic RATIO), each with its source, run as scenarios."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest
from scipy.special import betaincinv

from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.errors import ContestedError
from judging import assert_moments, assert_probability, assert_quantiles
from running import agreed, asked, propagation, ran

CASUALTIES = {"mean": 28000, "sd": 4200}
MEANS = 28000 / 470


def ratio(folder: Path, x: Any, y: Any, max_draws: int = 65_536, **more: Any) -> Result:
    """The result of x / y."""
    document = propagation(agreed(x=x, y=y), {"r": "x / y"}, max_draws=max_draws, **more)
    return ran(folder, document)


def answer(result: Result) -> Answer:
    found = result["r"]
    assert isinstance(found, Answer)
    return found


def probability(result: Result, name: str) -> Probability:
    found = result.questions[name]
    assert isinstance(found, Probability)
    return found


def test_ratio_01_normal_denominator_of_cv_20_per_cent(tmp_path: Path) -> None:
    """RATIO-01: Hinkley (1969) Biometrika 56:635; Marsaglia (2006); 4 standard errors, P(Y<=0) exact.

    P(Y <= 0) is above the negligible 1e-9 and below 0.5 %: quantiles only, and that probability.
    """
    result = ratio(tmp_path, CASUALTIES, {"mean": 470, "sd": 94}, questions=asked(below=f"r <= {MEANS!r}"))
    found = answer(result)
    assert_quantiles(
        found,
        {0.025: 36.8673102357, 0.05: 39.8737909915, 0.5: 59.5744573836, 0.95: 93.7343532078,
         0.975: 103.913604098},
    )  # fmt: skip
    assert_probability(probability(result, "below"), 0.500000286652)
    assert found.denominator_nonpositive == pytest.approx(2.86651571879e-07, rel=1e-7)
    assert_moments(found, None, None)
    assert found.drawn.screen.reach[0].tail == 1.0  # E|R|^p is finite only for p < 1


def test_ratio_02_normal_denominator_of_cv_50_per_cent(tmp_path: Path) -> None:
    """RATIO-02: Hinkley (1969), Marsaglia (2006); 4 standard errors, P(Y<=0) exact.

    As it stands the ratio is refused, for P(Y <= 0) is 2.3 %. With that threshold put out of the way its
    quantiles are the exact ones.
    """
    denominator = {"mean": 470, "sd": 235}
    refused = answer(ratio(tmp_path, CASUALTIES, denominator))
    assert not refused.estimable and refused.summary is None and refused.moments is None
    assert refused.denominator_nonpositive == pytest.approx(0.0227501319482, rel=1e-7)
    with pytest.raises(ContestedError, match="not estimable"):
        refused.quantile(0.5)
    allowed = ratio(
        tmp_path, CASUALTIES, denominator, denominator={"estimable": 0.9},
        questions=asked(negative="r <= 0", below=f"r <= {MEANS!r}"),
    )  # fmt: skip
    found = answer(allowed)
    assert_quantiles(
        found,
        {0.025: 20.7140359532, 0.05: 27.8000515194, 0.5: 57.8472027433, 0.95: 220.798076582,
         0.975: 360.100493399},
    )  # fmt: skip
    assert_probability(probability(allowed, "negative"), 0.0227501319607)
    assert_probability(probability(allowed, "below"), 0.522750131948)
    assert_moments(found, None, None)
    assert found.drawn.screen.reach[0].tail == 1.0


def test_ratio_04_standard_cauchy(tmp_path: Path) -> None:
    """RATIO-04: closed form tan(π(p - 1/2)); 4 standard errors."""
    normal = {"mean": 0, "sd": 1}
    refused = answer(ratio(tmp_path, normal, normal))
    assert not refused.estimable
    assert refused.denominator_nonpositive == pytest.approx(0.5, rel=1e-12)
    found = answer(ratio(tmp_path, normal, normal, max_draws=4_194_304, denominator={"estimable": 0.9}))
    assert_quantiles(
        found,
        {0.05: -6.31375151468, 0.25: -1.0, 0.75: 1.0, 0.95: 6.31375151468, 0.99: 31.8205159538,
         0.999: 318.308838986},
    )  # fmt: skip
    assert_moments(found, None, None)
    assert found.drawn.screen.reach[0].tail == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(
    ("b", "quantiles", "mean", "variance"),
    [
        (8.0, {0.05: 1.31319774483, 0.5: 2.56441079631, 0.95: 5.37677742387}, 2.85714285714, 1.83673469388),
        (1.5, {0.05: 4.69691059389, 0.5: 16.6193530752, 0.95: 114.59215}, 40.0, None),
        (0.9, {0.05: 6.63968232154, 0.5: 32.9348406041, 0.95: 570.172539159}, None, None),
    ],
)
def test_ratio_05_ratio_of_gammas(
    tmp_path: Path, b: float, quantiles: dict[float, float], mean: float | None, variance: float | None
) -> None:
    """RATIO-05: Johnson, Kotz & Balakrishnan 2 (1995) ch. 27, moment k exists iff k < b; 4 standard errors.

    At b = 1.5 the mean, 40, exists and the variance does not: no number of draws has a standard error for
    that mean, and it is not printed.
    """
    gamma = {"shape": "gamma"}
    found = answer(
        ratio(tmp_path, {"mean": 20, "sd": math.sqrt(20), **gamma}, {"mean": b, "sd": math.sqrt(b), **gamma})
    )
    assert_quantiles(found, quantiles)
    for p, quantile in quantiles.items():  # the case's own numbers, from a third implementation
        share = betaincinv(20, b, p)
        assert quantile == pytest.approx(share / (1 - share), rel=1e-8)
    assert found.denominator_nonpositive == 0.0
    assert found.drawn.screen.reach[0].tail == pytest.approx(b, rel=1e-12)
    tail = found.drawn.screen.reach[0].tail
    assert (tail > 1, tail > 2) == (mean is not None, variance is not None)
    if variance is None:
        assert_moments(found, None, None)
    else:
        assert_moments(found, mean, math.sqrt(variance))
