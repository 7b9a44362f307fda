"""The value of information (topic VOI): closed forms, in the engine and run as scenarios."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri

from contested.answers.estimates import Answer
from contested.answers.learning import Learning
from contested.answers.moments import disagreement
from contested.answers.questions import Probability
from contested.engine.advice import value_of_learning
from contested.engine.conditional import conditional_mean
from contested.engine.design import Design
from judging import STANDARD_ERRORS, assert_probability
from running import asked, disputed, propagation, ran

Z = ndtri(0.95)
CASUALTIES = {"ua": (10.3734911818, 0.12), "sk": (9.85219425815, 0.15), "wo": (10.1266311039, 0.18)}
AREA = {"ua": (6.04025471128, 0.1), "sk": (6.32793678373, 0.12), "wo": (6.1737861039, 0.08)}


def of_sources(laws: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """Lognormals by source, each as the central 90 % interval that it holds."""
    ranges = {
        source: {"low": math.exp(mu - Z * sigma), "high": math.exp(mu + Z * sigma)}
        for source, (mu, sigma) in laws.items()
    }
    return disputed("who", ranges)


def test_voi_01_two_actions_of_normal_worth() -> None:
    """VOI-01: 0 or mu + X1 + X2 (Raiffa & Schlaifer 1961, unit normal loss; Strong, Oakley & Brennan 2014,
    MDM 34:311); within 3 % and 4 standard errors."""
    ((_, _, cube),) = Design(2, seed=1).blocks(2048)
    x1, x2 = 1500 * ndtri(cube[0]), 800 * ndtri(cube[1])
    gain = -500 + x1 + x2
    benefits = np.stack([np.zeros_like(gain), gain])
    evpi = benefits.max(axis=0).mean() - benefits.mean(axis=(1, 2)).max()
    assert evpi == pytest.approx(457.326221235, rel=0.03)
    for u, exact in ((cube[0], 381.354171449), (cube[1], 129.536010316)):
        gains = conditional_mean(benefits[1:] - benefits[:1], u)
        value, error = (float(found) for found in value_of_learning(gains))
        assert value == pytest.approx(exact, rel=0.03)
        assert abs(value - exact) <= STANDARD_ERRORS * error
        assert 0 <= value <= evpi


def test_voi_02_which_source_is_right(tmp_path: Path) -> None:
    """VOI-02: E_k max(p_k, 1 - p_k) - max(p, 1 - p) for the claim r > 60, closed form; the squared error's
    value is the between-source variance. Within 0.005, and 4 standard errors."""
    document = propagation(
        {"c": of_sources(CASUALTIES), "a": of_sources(AREA)},
        {"r": "c / a"},
        disputes={"who": {"title": "Who", "sources": {source: source for source in AREA}}},
        questions=asked(above="r > 60"),
        default="stated",
        weightings={"stated": {"who": {"ua": 0.4, "sk": 0.25, "wo": 0.35}}},
    )
    result = ran(tmp_path, document)
    question, found = result.questions["above"], result["r"]
    assert isinstance(question, Probability) and isinstance(found, Answer)
    assert_probability(question, 0.457833580323)
    for source, p in {"ua": 0.93691099224, "sk": 0.00149991747896, "wo": 0.23626915445}.items():
        assert_probability(question.by_source["who"][source], p)
    worth = Learning.of(result)["above"]
    for value, mcse, exact in (
        (worth.evppi["who"], worth.mcse["who"], 0.349528793792),
        (worth.evpi, worth.evpi_mcse, 0.457833580323),
    ):
        assert value == pytest.approx(exact, abs=0.005)
        assert mcse > 0 and abs(value - exact) <= STANDARD_ERRORS * mcse
    between = _variance_between(found)
    assert between == pytest.approx(292.056224597, rel=0.005)


def _variance_between(found: Answer) -> float:
    """Var E[r | source]: the share of the variance that is between sources, times the variance."""
    strata = range(len(found.drawn.quantity.strata))
    weights = np.array([found.weights["who"][s["who"]] for s in found.drawn.quantity.strata])
    shares = disagreement(found.drawn, weights, [strata], logarithmic=False)
    assert shares is not None and found.moments is not None and found.moments.sd is not None
    return shares[0].value * found.moments.sd**2
