"""The errors of tipping points where a probability is steep or bent within a few cells of drawn worlds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from contested.answers.tipping import Tipping
from contested.shapes.base import Array
from running import asked, disputed, propagation, ran

LEVELS = (0.2, 0.5)
WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}


def above(threshold: Array) -> Array:
    """P(x > threshold), x an even mix of N(0, 1) and N(0.5, 1)."""
    return np.asarray((ndtr(-threshold) + ndtr(0.5 - threshold)) / 2)


class Case(NamedTuple):
    """A question on i, of N(0, 1), and x; P(question | i); and crossings it has at each level."""

    formula: str
    probability: Callable[[Array], Array]
    crossings: int


CASES = {
    "bell": Case("(i - 1)**2 + 0.1 * x < 1", lambda i: 1 - above((1 - (i - 1) ** 2) / 0.1), 2),
    "double": Case("(i * i - 2)**2 + 0.5 * x < 1.2", lambda i: 1 - above((1.2 - (i * i - 2) ** 2) / 0.5), 4),
    "square": Case("i * i + x > 3", lambda i: above(3 - i * i), 2),
    "power": Case("exp(i) + 0.3 * x > 0.5 * i + 4", lambda i: above((0.5 * i + 4 - np.exp(i)) / 0.3), 2),
    "steep": Case("i + 0.1 * x > 0.7", lambda i: above((0.7 - i) / 0.1), 1),
    "smooth": Case("i + x > 0.5", lambda i: above(0.5 - i), 1),
}


def _scenario(seed: int, **formulas: str) -> dict[str, Any]:
    claims = {"a": {"mean": 0, "sd": 1}, "b": {"mean": 0.5, "sd": 1}}
    return propagation(
        {"x": disputed("who", claims)}, {"r": "x"}, disputes=WHO, questions=asked(**formulas), seed=seed,
        inputs={"i": {"title": "i", "mean": 0, "sd": 1, "because": "t"}}, max_draws=8192,
    )  # fmt: skip


def _exact(case: Case, level: float) -> list[float]:
    places = np.linspace(-10, 10, 20_001)
    sides = case.probability(places) > level
    return [
        float(brentq(lambda i: float(case.probability(np.array(i))) - level, low, high))
        for (low, high), (was, comes) in zip(pairwise(places), pairwise(sides), strict=True)
        if was != comes
    ]


def _in_errors(folder: Path, seeds: Sequence[int]) -> dict[tuple[str, float], Array]:
    """By case and level, how many errors each crossing is off: shape (seed, crossing)."""
    found: dict[tuple[str, float], list[Array]] = {(name, level): [] for name in CASES for level in LEVELS}
    exact = {(name, level): _exact(CASES[name], level) for name, level in found}
    for seed in seeds:
        formulas = {name: case.formula for name, case in CASES.items()}
        points = Tipping.of(ran(folder, _scenario(seed, **formulas)), LEVELS)
        for (name, level), errors in found.items():
            point = points[name]["i"]
            assert len(exact[name, level]) == len(point.at[level]) == CASES[name].crossings, (name, level)
            off = np.array(point.at[level]) - exact[name, level]
            errors.append(off / np.array(point.mcse[level]))
    return {key: np.stack(each) for key, each in found.items()}


def test_two_errors_cover_nine_crossings_in_ten(tmp_path: Path) -> None:
    """Of 24 crossings under each of four seeds; as the drawn worlds have them, a quarter are missed."""
    off = np.concatenate([each.ravel() for each in _in_errors(tmp_path, range(4)).values()])
    assert off.size == 4 * 24
    assert (np.abs(off) <= 2).mean() >= 0.9


@pytest.mark.slow
def test_two_errors_cover_each_crossing_under_nine_seeds_in_ten(tmp_path: Path) -> None:
    for key, off in _in_errors(tmp_path, range(200, 240)).items():
        assert ((np.abs(off) <= 2).mean(axis=0) >= 0.9).all(), key
        assert (np.sqrt((off**2).mean(axis=0)) <= 1.5).all(), key


def test_levels_a_steep_curve_takes_within_a_cell_are_told_apart(tmp_path: Path) -> None:
    """Some 0.07 wide at i = 2, a cell holds the whole fall from 0.5 to 0.2, which looks like a step."""
    point = Tipping.of(ran(tmp_path, _scenario(2, bell=CASES["bell"].formula)), LEVELS)["bell"]["i"]
    half, fifth = point.at[0.5][1], point.at[0.2][1]
    assert fifth == pytest.approx(2.0295, abs=0.003)
    assert half == pytest.approx(1 + np.sqrt(0.975), abs=2 * point.mcse[0.5][1])
    assert fifth - half > 0.02
    assert point.method == "drawn worlds and fresh run"


@pytest.mark.parametrize("middle", [0.3, 0.5, 0.96])
def test_a_range_of_two_per_cent_is_seen(tmp_path: Path, middle: float) -> None:
    """What `Tipping.of` says of narrower ones: they may not be."""
    low, high = ndtri([middle - 0.01, middle + 0.01]).tolist()
    points = Tipping.of(ran(tmp_path, _scenario(5, within=f"i > {low!r} and i < {high!r}")), LEVELS)
    for level in LEVELS:
        assert points["within"]["i"].at[level] == pytest.approx((low, high), abs=0.01)
