"""Sets of weightings (topic IMP), with their sources: in closed form, and run as a scenario."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtr

from contested.answers.estimates import Answer
from contested.engine.credal import Box, Contaminated, CredalSet
from contested.engine.envelopes import extremes, probability_envelope
from judging import assert_close
from running import disputed, propagation, ran

Z = 1.6448536269514722  # standard normal quantile at 0.95
CASUALTIES = {"ua": (10.3734911818, 0.12), "sk": (9.85219425815, 0.15), "wo": (10.1266311039, 0.18)}
AREA = {"ua": (6.04025471128, 0.1), "sk": (6.32793678373, 0.12), "wo": (6.1737861039, 0.08)}
SOURCES = {"ua": "UA", "sk": "SK", "wo": "WO"}
SORTED = sorted(SOURCES)  # sk, ua, wo: as strata are
LOGS = np.array([CASUALTIES[s][0] - AREA[s][0] for s in SORTED])
SPREADS = np.array([math.hypot(CASUALTIES[s][1], AREA[s][1]) for s in SORTED])


def by_source(ua: float, sk: float, wo: float) -> np.ndarray:
    """Numbers in the case's order of sources, in the strata's."""
    return np.array([sk, ua, wo])


def cdf(x: float) -> np.ndarray:
    """P(C/A <= x) by source, in closed form."""
    return ndtr((math.log(x) - LOGS) / SPREADS)


def exact_quantile(weights: np.ndarray, p: float) -> float:
    return math.exp(brentq(lambda log: weights @ cdf(math.exp(log)) - p, 2, 6, xtol=1e-14, rtol=1e-14))


def assert_case(
    folder: Path,
    one: CredalSet,
    probability: tuple[float, float],
    quantiles: Mapping[float, tuple[float, float]],
) -> None:
    """The envelopes in closed form, to 1e-9, and those of a run, to four standard errors."""
    assert probability_envelope(cdf(50.0), [one]) == pytest.approx(probability, rel=1e-9)
    corners = one.corners()
    assert corners is not None
    for p, both in quantiles.items():
        exact = [exact_quantile(corner, p) for corner in corners]
        assert (min(exact), max(exact)) == pytest.approx(both, rel=1e-9)
    laws = [
        disputed(
            "who",
            {s: {"low": math.exp(mu - Z * sd), "high": math.exp(mu + Z * sd)} for s, (mu, sd) in of.items()},
        )
        for of in (CASUALTIES, AREA)
    ]
    who = {"who": {"title": "Who", "sources": SOURCES}}
    answer = ran(folder, propagation({"c": laws[0], "a": laws[1]}, {"r": "c / a"}, disputes=who))["r"]
    assert isinstance(answer, Answer)
    worlds = answer.drawn.all_worlds
    low, high = extremes(worlds.strata, {"": [one]}, list(quantiles))[""]
    for place, (p, both) in enumerate(quantiles.items()):
        for found, exact in zip((low, high), both, strict=True):
            values, errors = worlds(found.weights[0][[place]], [p])
            assert values[0, 0] == found.values[place]
            assert_close(f"extreme at {p}", values[0, 0], errors[0, 0], exact, exact)


def test_imp_01_bounds_of_weights(tmp_path: Path) -> None:
    """IMP-01: Walley (1991); Ferson et al. (2003) SAND2002-4015; fractional knapsack and enumeration."""
    box = Box(by_source(0.2, 0.1, 0.2), by_source(0.6, 0.4, 0.6))
    components = cdf(50.0)
    assert components == pytest.approx(by_source(0.00350316868302, 0.978236984351, 0.417910325464), rel=1e-9)
    assert box.least(components[None])[0] == pytest.approx(by_source(0.6, 0.1, 0.3), rel=1e-12)
    assert box.least(-components[None])[0] == pytest.approx(by_source(0.2, 0.4, 0.4), rel=1e-12)
    assert len(box.corners()) == 6
    assert_case(
        tmp_path,
        box,
        (0.225298697284, 0.559159557663),
        {
            0.05: (27.18949724, 33.3530492974),
            0.5: (46.8623824182, 67.3434714551),
            0.95: (85.1850514306, 94.6219584921),
        },
    )


def test_imp_02_contaminated_weights(tmp_path: Path) -> None:
    """IMP-02: Huber (1981); Berger (1984); Herron, Seidenfeld & Wasserman (1997)."""
    assert_case(
        tmp_path,
        Contaminated(by_source(0.4, 0.25, 0.35), 0.3),
        (0.275611339836, 0.568031484537),
        {
            0.05: (26.6702402886, 30.3593282283),
            0.5: (45.1519617135, 66.2337633378),
            0.95: (88.1519810678, 94.3409328564),
        },
    )
