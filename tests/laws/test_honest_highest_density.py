"""The Monte Carlo error that is printed of a highest-density interval's ends is honest, smoothing and all.

Ends by root finding in closed-form densities, over the seeds 0, 1, 2, … as they come. An interval is an end
± Student's t of 15 degrees of freedom times its printed standard error. The error is no less than honest,
and at times more (`Samples.highest_density`): shares have a floor, and the error itself a ceiling.

Measured over the seeds 0 to 199 (low and high end of 50 %, of 80 %; NumPy 2.4, SciPy 1.17), and, with a box
kernel and the replicates' error alone, what then would be held:

=========  ======  =======================  =======================
lognormal    8192  99.5, 96.5, 100, 100 %   0, 0, 100, 100 %
mixture      8192  100, 100, 100, 99 %      81, 82.5, 56, 0.5 %
lognormal   65536  99, 99, 100, 100 %       0, 0, 0, 0 %
mixture     65536  100, 100, 100, 100 %     23, 24, 0, 0 %
=========  ======  =======================  =======================
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri, stdtrit

import contested
from contested.answers.estimates import Answer
from running import agreed, disputed, propagation, quietly, written

LEVELS = (0.5, 0.8)
SEEDS = 200
T = float(stdtrit(15, 0.975))

Ends = tuple[float, float]
Case = tuple[Mapping[str, Any], Callable[[float], Ends]]  # a scenario, and its exact outer ends by level


def lognormal(max_draws: int) -> Case:
    """Central 90 % from 1 to 9; scores of equal density sum to -2 sigma (Hyndman 1996)."""
    sigma = math.log(9) / (2 * ndtri(0.95))

    def ends(level: float) -> Ends:
        low = root(lambda z: ndtr(-2 * sigma - z) - ndtr(z) - level, -9.0, -sigma)
        return 3 * math.exp(sigma * low), 3 * math.exp(sigma * (-2 * sigma - low))

    figures = agreed(x={"low": 1, "high": 9})
    return propagation(figures, {"y": "x"}, max_draws=max_draws), ends


def mixture(max_draws: int) -> Case:
    """0.75 N(100, 5²) + 0.25 N(200, 10²): of each the part where its own density is above the threshold."""

    def ends(level: float) -> Ends:
        pieces = mixture_pieces(level)
        return pieces[0][0], pieces[-1][1]

    figures = {"x": disputed("who", {"a": {"mean": 100, "sd": 5}, "b": {"mean": 200, "sd": 10}})}
    document = propagation(
        figures, {"y": "x"}, max_draws=max_draws,
        disputes={"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}},
        weightings={"stated": {"who": {"a": 0.75, "b": 0.25}}}, default="stated",
    )  # fmt: skip
    return document, ends


def mixture_pieces(level: float) -> list[Ends]:
    """The pieces of that mixture's set."""
    weights, means, sds = np.array([0.75, 0.25]), np.array([100.0, 200.0]), np.array([5.0, 10.0])

    def reaches(threshold: float) -> np.ndarray[Any, Any]:
        """Half-width of each part in standard deviations; 20 apart, neither is felt at the other."""
        heights = weights / (sds * math.sqrt(2 * math.pi))
        return np.sqrt(2 * np.log(np.maximum(heights / threshold, 1.0)))

    c = root(lambda c: float(weights @ (2 * ndtr(reaches(c)) - 1)) - level, 1e-9, 0.07)
    half = sds * reaches(c)
    return [(float(m - h), float(m + h)) for m, h in zip(means, half, strict=True) if h > 0]


def root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(brentq(function, low, high, xtol=1e-14, rtol=1e-13))


@pytest.mark.slow
@pytest.mark.parametrize("case", [lognormal, mixture])
@pytest.mark.parametrize(("max_draws", "greatest"), [(16 * 512, 0.004), (16 * 4096, 0.001)])
def test_ends_lie_within_what_is_printed_over_200_seeds(
    tmp_path: Path, case: Callable[[int], Case], max_draws: int, greatest: float
) -> None:
    """The greatest error that is typical: the median over the seeds, as a share of the interval's width."""
    document, ends = case(max_draws)
    scenario = contested.load(written(tmp_path, document))
    exact = np.array([ends(level) for level in LEVELS])
    found, errors = [], []
    for seed in range(SEEDS):
        answer = quietly(scenario, seed=seed)["y"]
        assert isinstance(answer, Answer)
        intervals = [answer.interval(level, "hdi") for level in LEVELS]
        found.append([(i.low, i.high) for i in intervals])
        errors.append([(i.low_mcse, i.high_mcse) for i in intervals])
    held = (np.abs(np.array(found) - exact) <= T * np.array(errors)).mean(axis=0)
    typical = np.median(errors, axis=0) / np.diff(exact)
    print(f"{case.__name__}, {max_draws} worlds: held {held.tolist()}, typical error {typical.tolist()}")
    assert np.all(held >= 0.9)
    assert np.all(typical <= greatest)


@pytest.mark.slow
@pytest.mark.parametrize(("max_draws", "greatest"), [(16 * 512, 0.06), (16 * 4096, 0.015)])
def test_each_piece_s_own_ends_do_too(tmp_path: Path, max_draws: int, greatest: float) -> None:
    """Inner ends as well, by the replicates that have the piece; the typical error as a number."""
    document, _ = mixture(max_draws)
    scenario = contested.load(written(tmp_path, document))
    exact = np.array(mixture_pieces(0.8)).ravel()
    found, errors = [], []
    for seed in range(SEEDS // 4):
        answer = quietly(scenario, seed=seed)["y"]
        assert isinstance(answer, Answer)
        pieces = answer.interval(0.8, "hdi").pieces
        assert len(pieces) == 2
        found.append([end for piece in pieces for end in (piece.low, piece.high)])
        errors.append([error for piece in pieces for error in (piece.low_mcse, piece.high_mcse)])
    held = (np.abs(np.array(found) - exact) <= T * np.array(errors)).mean(axis=0)
    assert np.all(held >= 0.9)
    assert np.all(np.median(errors, axis=0) <= greatest)
