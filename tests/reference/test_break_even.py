"""Where an answer flips (topic IMP), with its source, run as a scenario."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contested.answers.break_even import segments
from contested.answers.questions import Probability
from judging import assert_close, assert_probability
from running import asked, disputed, propagation, ran

Z = 1.6448536269514722  # standard normal quantile at 0.95
CASUALTIES = {"ua": (10.3734911818, 0.12), "sk": (9.85219425815, 0.15), "wo": (10.1266311039, 0.18)}
AREA = {"ua": (6.04025471128, 0.1), "sk": (6.32793678373, 0.12), "wo": (6.1737861039, 0.08)}
FROM, TO = {"ua": 0.1, "sk": 0.7, "wo": 0.2}, {"ua": 0.7, "sk": 0.1, "wo": 0.2}


def of_sources(laws: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """Lognormals by the central 90 % intervals that they hold."""
    return disputed(
        "who",
        {s: {"low": math.exp(mu - Z * sd), "high": math.exp(mu + Z * sd)} for s, (mu, sd) in laws.items()},
    )


def test_imp_04_break_even_along_a_segment(tmp_path: Path) -> None:
    """IMP-04: linear in λ, (p - P_a)/(P_b - P_a); 4 standard errors of P over the slope."""
    document = propagation(
        {"c": of_sources(CASUALTIES), "a": of_sources(AREA)}, {"r": "c / a"},
        disputes={"who": {"title": "Who", "sources": {"ua": "UA", "sk": "SK", "wo": "WO"}}},
        weightings={"start": {"who": FROM}, "end": {"who": TO}}, questions=asked(above="r > 60"),
    )  # fmt: skip
    result = ran(tmp_path, document)
    for name, exact in (("start", 0.141994872349), ("end", 0.703241517206)):
        question = result.under(name).questions["above"]
        assert isinstance(question, Probability)
        assert_probability(question, exact)
    named = {name: result.study.weightings[name] for name in ("start", "end")}
    ways = segments(result.questions["above"], named, (0.5,))
    assert ways is not None
    (crossing,) = ways["start>end"].at
    (root,), (mcse,) = crossing.roots, crossing.mcse
    assert_close("share of the way", root, mcse, 0.637874864699, 1.0)
    there = {s: (1 - root) * FROM[s] + root * TO[s] for s in FROM}
    flips = result.under({"who": there}).questions["above"]
    assert isinstance(flips, Probability)
    assert flips.value == pytest.approx(0.5, abs=1e-9)
    expected = np.array([0.482724918819, 0.317275081181, 0.2])
    assert np.abs(list(there.values()) - expected).max() <= 4 * 0.6 * mcse
