"""Means, standard deviations and the share of whom you believe, against closed forms."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from scipy.special import ndtri

from contested.answers.estimates import Answer
from judging import assert_close, assert_moments
from running import agreed, disputed, propagation, ran

Z = float(ndtri(0.95))
WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B", "c": "C"}}}
WEIGHTS = {"a": 0.4, "b": 0.25, "c": 0.35}
MEDIANS = {"a": (32000.0, 420.0), "b": (19000.0, 560.0), "c": (25000.0, 480.0)}
SIGMAS = {"a": (0.12, 0.10), "b": (0.15, 0.12), "c": (0.18, 0.08)}


def lognormal(median: float, sigma: float) -> dict[str, float]:
    return {"low": median * math.exp(-Z * sigma), "high": median * math.exp(Z * sigma)}


def claims(figure: int) -> dict[str, dict[str, float]]:
    return {s: lognormal(MEDIANS[s][figure], SIGMAS[s][figure]) for s in MEDIANS}


def answer(folder: Path, document: Mapping[str, Any], name: str = "r") -> Answer:
    found = ran(folder, document)[name]
    assert isinstance(found, Answer)
    return found


def shares(found: Answer) -> dict[str, tuple[float, float]]:
    stated = found.disagreement_share
    assert stated is not None
    return {name: (share.value, share.mcse) for name, share in stated.items()}


def variance_of_means(logs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    centre = sum(weights[s] * logs[s] for s in logs)
    return sum(weights[s] * (logs[s] - centre) ** 2 for s in logs)


def test_share_of_one_dispute_between_and_within_in_logs(tmp_path: Path) -> None:
    document = propagation(
        {"c": disputed("who", claims(0)), "a": disputed("who", claims(1))}, {"r": "c / a"},
        disputes=WHO, weightings={"w": {"who": WEIGHTS}}, default="w",
    )  # fmt: skip
    between = variance_of_means({s: math.log(c / a) for s, (c, a) in MEDIANS.items()}, WEIGHTS)
    within = sum(WEIGHTS[s] * (c**2 + a**2) for s, (c, a) in SIGMAS.items())
    found = shares(answer(tmp_path, document))
    assert set(found) == {"all", "who"}
    assert found["all"] == pytest.approx(found["who"], rel=1e-9)
    assert_close("share", *found["all"], between / (between + within), 1.0)


def test_first_order_shares_of_two_disputes(tmp_path: Path) -> None:
    """In logs the disputes add: their first-order shares sum to that of all."""
    map_weights = {"a": 0.2, "b": 0.5, "c": 0.3}
    document = propagation(
        {"c": disputed("who", claims(0)), "a": disputed("map", claims(1))}, {"r": "c / a"},
        disputes={**WHO, "map": {**WHO["who"], "title": "Map"}},
        weightings={"w": {"who": WEIGHTS, "map": map_weights}}, default="w",
    )  # fmt: skip
    toll = variance_of_means({s: math.log(c) for s, (c, _) in MEDIANS.items()}, WEIGHTS)
    area = variance_of_means({s: math.log(a) for s, (_, a) in MEDIANS.items()}, map_weights)
    within = sum(WEIGHTS[s] * SIGMAS[s][0] ** 2 + map_weights[s] * SIGMAS[s][1] ** 2 for s in SIGMAS)
    total = toll + area + within
    found = shares(answer(tmp_path, document))
    for name, exact in (("all", (toll + area) / total), ("who", toll / total), ("map", area / total)):
        assert_close(name, *found[name], exact, 1.0)


def test_share_of_what_may_be_negative_is_of_the_value_itself(tmp_path: Path) -> None:
    normals = {"a": {"mean": -3, "sd": 2}, "b": {"mean": 1, "sd": 1}, "c": {"mean": 4, "sd": 3}}
    document = propagation(
        {"f": disputed("who", normals)}, {"r": "f"},
        disputes=WHO, weightings={"w": {"who": WEIGHTS}}, default="w",
    )  # fmt: skip
    between = variance_of_means({s: float(law["mean"]) for s, law in normals.items()}, WEIGHTS)
    within = sum(WEIGHTS[s] * law["sd"] ** 2 for s, law in normals.items())
    assert_close("share", *shares(answer(tmp_path, document))["all"], between / (between + within), 1.0)


def test_share_at_its_ends(tmp_path: Path) -> None:
    """All of the width is whom you believe; none of it; no width at all."""
    exact = {s: {"value": float(i + 1)} for i, s in enumerate("abc")}
    same: Mapping[str, Any] = {s: {"low": 10, "high": 20} for s in exact}
    figures = {"f": disputed("who", exact), "g": disputed("who", same), **agreed(h={"value": 3})}
    formulas = {"torn": "f * h", "agree": "g * h", "certain": "h * 2"}
    document = propagation(figures, formulas, disputes=WHO, max_draws=8192)
    assert shares(answer(tmp_path, document, "torn"))["all"][0] == pytest.approx(1.0, abs=1e-12)
    assert shares(answer(tmp_path, document, "agree"))["all"][0] == pytest.approx(0.0, abs=1e-12)
    assert answer(tmp_path, document, "certain").disagreement_share is None


def test_a_source_without_weight_has_no_share(tmp_path: Path) -> None:
    document = propagation(
        {"f": disputed("who", claims(0))}, {"r": "f"},
        disputes=WHO, weightings={"w": {"who": {"a": 1, "b": 1, "c": 0}}}, default="w",
    )  # fmt: skip
    half = {"a": 0.5, "b": 0.5}
    between = variance_of_means({s: math.log(MEDIANS[s][0]) for s in half}, half)
    within = (SIGMAS["a"][0] ** 2 + SIGMAS["b"][0] ** 2) / 2
    assert_close("share", *shares(answer(tmp_path, document))["all"], between / (between + within), 1.0)


def test_moments_of_a_mixture(tmp_path: Path) -> None:
    """Mean Σ w m; variance Σ w v + Σ w (m - mean)²."""
    normals = {"a": {"mean": -3, "sd": 2}, "b": {"mean": 1, "sd": 1}, "c": {"mean": 4, "sd": 3}}
    document = propagation(
        {"f": disputed("who", normals)}, {"r": "f"},
        disputes=WHO, weightings={"w": {"who": WEIGHTS}}, default="w",
    )  # fmt: skip
    means = {s: float(law["mean"]) for s, law in normals.items()}
    mean = sum(WEIGHTS[s] * means[s] for s in means)
    within = sum(WEIGHTS[s] * law["sd"] ** 2 for s, law in normals.items())
    sd = math.sqrt(within + variance_of_means(means, WEIGHTS))
    assert_moments(answer(tmp_path, document), mean, sd, scale=sd)


@pytest.mark.parametrize(
    ("shape", "mean", "sd"),
    [(1.5, False, False), (2.0, False, False), (2.5, True, False), (4.0, True, False), (4.5, True, True)],
)
def test_a_moment_is_printed_where_it_has_an_error(
    tmp_path: Path, shape: float, mean: bool, sd: bool
) -> None:
    """E|x / y|^m is finite for m below the gamma's shape; a moment's error needs twice its order."""
    gamma = {"mean": shape, "sd": math.sqrt(shape), "shape": "gamma"}
    document = propagation(agreed(x={"low": 10, "high": 20}, y=gamma), {"r": "x / y"}, max_draws=1024)
    moments = answer(tmp_path, document).moments
    assert moments is not None
    assert (moments.mean is not None, moments.mean_mcse is not None) == (mean, mean)
    assert (moments.sd is not None, moments.sd_mcse is not None) == (sd, sd)


def test_moments_given_a_denominator_that_hardly_ever_vanishes_are_labelled(tmp_path: Path) -> None:
    x = {"value": 1}
    labels = []
    for sd in (1.0, 1.5, 3.0):  # P(y <= 0): 7.6e-24, 1.3e-11, 4e-4
        found = answer(
            tmp_path, propagation(agreed(x=x, y={"mean": 10, "sd": sd}), {"r": "x / y"}, max_draws=1024)
        )
        moments = found.moments
        assert moments is not None
        labels.append((found.moments_are_conditional, moments.mean is not None))
    assert labels == [(True, True), (True, True), (False, False)]


def test_the_bounded_have_all_moments(tmp_path: Path) -> None:
    document = propagation(agreed(x={"min": 0, "max": 1}), {"r": "x ** 2"})
    found = answer(tmp_path, document)
    moments = found.moments
    assert moments is not None
    assert (moments.mean, moments.sd) == pytest.approx((1 / 3, math.sqrt(1 / 5 - 1 / 9)), rel=1e-6)
    assert math.isinf(found.drawn.screen.reach[0].tail)
