"""Re-weighting without drawing again (topic REW), with its source, run as a scenario."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from judging import assert_probability, assert_quantiles
from running import asked, disputed, propagation, ran

Z = 1.6448536269514722  # standard normal quantile at 0.95
CASUALTIES = {"ua": (10.3734911818, 0.12), "sk": (9.85219425815, 0.15), "wo": (10.1266311039, 0.18)}
AREA = {"ua": (6.04025471128, 0.1), "sk": (6.32793678373, 0.12), "wo": (6.1737861039, 0.08)}
SOURCES = {"ua": "UA", "sk": "SK", "wo": "WO"}


def lognormal(mu: float, sigma: float) -> dict[str, Any]:
    """A lognormal by the central 90 % interval that it holds."""
    return {"low": math.exp(mu - Z * sigma), "high": math.exp(mu + Z * sigma)}


def of_sources(laws: dict[str, tuple[float, float]], dispute: str) -> dict[str, Any]:
    return disputed(dispute, {source: lognormal(*law) for source, law in laws.items()})


@pytest.mark.parametrize(
    ("weights", "cdf", "quantiles"),
    [
        ((1, 0, 0), 0.00350316868302, {0.05: 58.9271609105, 0.5: 76.1904761905, 0.95: 98.5112564807}),
        ((0, 1, 0), 0.978236984351, {0.05: 24.7367850896, 0.5: 33.9285714286, 0.95: 46.5358758227}),
        ((0, 0, 1), 0.417910325464, {0.05: 37.6693365886, 0.5: 52.0833333333, 0.95: 72.0127790074}),
        ((0.4, 0.25, 0.35), 0.392229127474,
         {0.05: 28.8266459546, 0.5: 57.0988706047, 0.95: 91.321158966}),
        ((0.2, 0.6, 0.2), 0.67122488944, {0.05: 26.0106094104, 0.5: 39.9770690797, 0.95: 84.929907454}),
    ],
)  # fmt: skip
def test_rew_01_other_weights_on_the_same_draws(
    tmp_path: Path, weights: tuple[float, ...], cdf: float, quantiles: dict[float, float]
) -> None:
    """REW-01: linear pool, weighted stratified cdf; 4 standard errors, linear in the weights to 1e-12."""
    document = propagation(
        {"c": of_sources(CASUALTIES, "who"), "a": of_sources(AREA, "who")},
        {"r": "c / a"},
        disputes={"who": {"title": "Who", "sources": SOURCES}},
        questions=asked(below="r <= 50"),
    )
    drawn = ran(tmp_path, document)
    result = drawn.under({"who": dict(zip(SOURCES, weights, strict=True))})
    assert result.run is drawn.run
    found, question = result["r"], result.questions["below"]
    assert isinstance(found, Answer) and isinstance(question, Probability)
    assert_quantiles(found, quantiles)
    assert_probability(question, cdf)
    vertices = [drawn.under({"who": {source: 1, "others": 0}})["r"] for source in SOURCES]
    linear = math.fsum(w * v.cdf(50) for w, v in zip(weights, vertices, strict=True) if isinstance(v, Answer))
    assert found.cdf(50) == pytest.approx(linear, abs=1e-12)
    assert question.value == pytest.approx(linear, abs=1e-12)
