"""Where the width comes from, on small scenarios with closed forms."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from contested.answers.drivers import Drivers, DriversByEstimate, drivers
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine import explained
from contested.errors import ContestedError
from judging import assert_close
from running import agreed, disputed, propagation, ran

Z = 1.6448536269514722  # standard normal quantile at 0.95


def spread(median: float, sigma: float) -> dict[str, Any]:
    """A lognormal by the standard deviation of its log."""
    return {"low": median * math.exp(-Z * sigma), "high": median * math.exp(Z * sigma)}


def result(folder: Path, formulas: dict[str, str], **more: Any) -> Result:
    """A toll that two sources dispute, an area that nobody does, and an input shared by both tolls."""
    figures = {
        "toll": disputed("whose", {"kyiv": {"formula": "50 * error"}, "other": {"formula": "90 * error"}}),
        "literal": disputed("whose", {"kyiv": spread(1, 0.1), "other": spread(1, 0.1)}),
        **agreed(area=spread(10, 0.2), bounded={"value": 3, "bound": "lower"}, signed={"mean": 0, "sd": 1}),
        **agreed(far={"mean": 10, "sd": 0.5}, farther={"mean": 20, "sd": 1}, near={"mean": 10, "sd": 3}),
    }
    return ran(
        folder,
        propagation(
            figures,
            formulas,
            max_draws=8192,
            disputes={"whose": {"title": "whose", "sources": {"kyiv": "K", "other": "O"}}},
            weightings={"stated": {"whose": {"kyiv": 3, "other": 1}}},
            default="stated",
            inputs={"error": {**spread(1, 0.3), "because": "judged"}},
            **more,
        ),
    )


def of(folder: Path, formula: str, **more: Any) -> Drivers:
    return drivers(result(folder, {"y": formula}), **more)["y"]


BETWEEN = 0.75 * 0.25 * math.log(90 / 50) ** 2
VARIANCE = BETWEEN + 0.3**2 + 0.2**2


def test_the_log_of_a_ratio_of_lognormals(tmp_path: Path) -> None:
    found = of(tmp_path, "toll / area")
    assert (found.scale, found.reason, found.merging) == ("log", None, None)
    parts = {"whose": BETWEEN, "error": 0.09, "area": 0.04}
    assert found.variance is not None and found.between is not None and found.within is not None
    assert found.variance.value == pytest.approx(VARIANCE, rel=0.01)
    assert found.between.value == pytest.approx(BETWEEN / VARIANCE, abs=0.005)
    assert found.between.value + found.within.value == 1.0
    assert list(found.evppi) == ["error", "whose", "area"]  # the largest first
    for name, part in parts.items():
        assert found.shapley[name].value == pytest.approx(part / VARIANCE, abs=0.005)
        assert found.first_order[name].value == pytest.approx(part / VARIANCE, abs=0.005)
        assert found.evppi[name].value == pytest.approx(part, rel=0.02)
        assert 0 <= found.shapley[name].mcse < 0.005
        assert 0 < found.delta[name] < 1
    assert found.delta_baseline is not None and 0 < found.delta_baseline < 0.2


def test_between_is_the_disagreement_share(tmp_path: Path) -> None:
    run = result(tmp_path, {"y": "toll / area", "z": "toll - area"})
    for name, found in drivers(run).items():
        answer = run[name]
        assert isinstance(answer, Answer)
        share = answer.disagreement_share
        assert share is not None and found.between is not None
        error = math.hypot(share["all"].mcse, found.between.mcse)
        assert abs(found.between.value - share["all"].value) <= 4 * error
        assert found.first_order["whose"].value == found.between.value


def test_a_formula_that_cancels_leaves_nothing_to_its_input(tmp_path: Path) -> None:
    found = of(tmp_path, "toll * literal * area / toll")
    assert found.shapley["error"].value == pytest.approx(0.0, abs=1e-12)
    # the literal claims are alike, but whose counts is still to know: 0.1² less what both tell, by half
    alone = (1 - 0.75**2 - 0.25**2) * 0.01 / 2
    assert found.shapley["whose"].value == pytest.approx(alone / 0.05, abs=0.002)
    assert found.evppi["error"].value == pytest.approx(0.0, abs=1e-12)


def test_what_vanishes_in_principle_alone_is_divided_given_that_it_does_not(tmp_path: Path) -> None:
    found = of(tmp_path, "toll / (far * farther)")  # twenty standard errors from zero, and no closed form
    assert (found.scale, found.given_positive, found.reason) == ("log", True, None)
    normal = 0.05**2 + 2.5 * 0.05**4  # variance of the log of a normal, to second order
    parts = {"whose": BETWEEN, "error": 0.09, "far": normal, "farther": normal}
    for name, part in parts.items():
        assert found.shapley[name].value == pytest.approx(part / sum(parts.values()), abs=0.005)
    assert not of(tmp_path, "toll / area").given_positive


WITHOUT = "its denominator may be zero or less, and such a ratio has no variance"


@pytest.mark.parametrize(
    ("formula", "more", "reason"),
    [
        ("bounded * 2", {}, "it is a bound, which has no distribution"),
        ("toll / signed", {}, "it is not estimable as a ratio"),
        ("signed / toll", {"scale": "log"}, "its log has no variance"),
        ("toll / (far * near)", {}, WITHOUT),
        ("toll / toll", {}, "it does not vary"),
        ("toll ** 0", {"scale": "natural"}, "it does not vary"),
    ],
)
def test_why_there_is_nothing_to_divide(tmp_path: Path, formula: str, more: Any, reason: str) -> None:
    found = of(tmp_path, formula, **more)
    assert (found.scale, found.reason) == (None, reason)
    assert not found.shapley and not found.evppi and found.variance is None


def test_a_world_beyond_those_of_the_run_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contested.answers.drivers._positive_as_drawn", lambda answer: True)
    found = of(tmp_path, "toll / (far * near)")  # as if the run had drawn no world of a negative denominator
    assert (found.scale, found.reason) == (None, WITHOUT)


def test_nothing_uncertain_is_said(tmp_path: Path) -> None:
    run = ran(tmp_path, propagation(agreed(f={"value": 3}), {"y": "f * 2"}, max_draws=1024))
    assert drivers(run)["y"].reason == "nothing that it rests on is uncertain"


def test_too_many_combinations_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explained, "_WORK", 100)
    assert of(tmp_path, "toll / area").reason == (
        "it rests on 2 combinations of sources, too many to divide its variance"
    )


def test_an_unknown_estimate_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContestedError, match="no estimate is named 'x'; there are y"):
        drivers(result(tmp_path, {"y": "area"}), ["x"])


def test_what_else_is_asked_for_changes_nothing(tmp_path: Path) -> None:
    run = result(tmp_path, {"y": "toll / area", "z": "toll * literal"})
    assert drivers(run, ["z"])["z"] == drivers(run)["z"]


def test_a_source_of_no_weight_has_no_say(tmp_path: Path) -> None:
    run = result(tmp_path, {"y": "toll / area"}).under({"whose": {"kyiv": 1, "other": 0}})
    found = drivers(run)["y"]
    assert found.shapley["whose"].value == 0.0
    assert found.shapley["error"].value == pytest.approx(0.09 / 0.13, abs=0.005)


def many_inputs(folder: Path, sigmas: dict[str, float], **more: Any) -> Drivers:
    document = propagation(
        agreed(f={"formula": " * ".join(sigmas)}),
        {"y": "f"},
        max_draws=8192,
        inputs={name: {**spread(1, sigma), "because": "judged"} for name, sigma in sigmas.items()},
        **more,
    )
    return drivers(ran(folder, document))["y"]


def test_inputs_keep_their_own_value_where_they_are_taken_together(tmp_path: Path) -> None:
    sigmas = {f"x{i}": 0.05 * (1 + i) for i in range(10)}
    found = many_inputs(tmp_path, sigmas)
    assert list(found.shapley) == ["shared inputs"]
    assert found.shapley["shared inputs"].value == pytest.approx(1.0)
    assert found.merging is not None
    assert list(found.evppi) == sorted(sigmas, key=lambda name: -sigmas[name])
    for name, sigma in sigmas.items():
        assert found.evppi[name].value == pytest.approx(sigma**2, rel=0.05)


def test_correlated_inputs_that_are_taken_together_keep_their_own_value_too(tmp_path: Path) -> None:
    """Var E[Y | X1] of a sum with a correlation ρ: (s1 + ρ s2)²."""
    sigmas = dict.fromkeys([f"x{i}" for i in range(9)], 0.2)
    pearson = 0.8
    tie = {"between": ["x0", "x1"], "rank": 6 / math.pi * math.asin(pearson / 2), "because": "shared"}
    found = many_inputs(tmp_path, sigmas, correlations=[tie])
    assert found.evppi["x0"].value == pytest.approx(0.04 * (1 + pearson) ** 2, rel=0.05)
    assert found.evppi["x8"].value == pytest.approx(0.04, rel=0.05)


def test_worlds_double_until_shares_are_precise(tmp_path: Path) -> None:
    run = result(tmp_path, {"y": "exp(signed) / area"})
    rough, fine = (drivers(run, points=points, scale="natural")["y"] for points in (8, 512))
    for found in (rough, fine):
        assert found.scale == "natural"
    assert all(share.mcse <= 0.01 for share in fine.shapley.values())
    assert max(share.mcse for share in rough.shapley.values()) <= 0.011


def test_many_disputes_are_divided_all_the_same(tmp_path: Path) -> None:
    """Nine disputes, 512 combinations: the seven widest have their own share, and the rest one together."""
    widths = {f"d{i}": 0.1 * (i + 1) for i in range(9)}
    figures = {
        f"f_{name}": disputed(name, {"a": {"value": 1}, "b": {"value": math.exp(width)}})
        for name, width in widths.items()
    }
    figures["f_d0"] = disputed("d0", {"a": spread(1, 0.2), "b": spread(math.exp(widths["d0"]), 0.2)})
    document = propagation(
        figures,
        {"y": " * ".join(figures)},
        max_draws=1024,
        disputes={name: {"title": name, "sources": {"a": "A", "b": "B"}} for name in widths},
    )
    found = drivers(ran(tmp_path, document))["y"]
    parts = {name: 0.25 * width**2 for name, width in widths.items()}
    variance = sum(parts.values()) + 0.04
    assert list(found.shapley) == [*(f"d{i}" for i in (0, 3, 4, 5, 6, 7, 8)), "all others"]
    assert found.merging == "the 2 smallest of 9 are taken together: d1, d2"
    assert found.shapley["d8"].value == pytest.approx(parts["d8"] / variance, abs=0.005)
    assert found.shapley["d0"].value == pytest.approx((parts["d0"] + 0.04) / variance, abs=0.005)
    assert found.shapley["all others"].value == pytest.approx(0.25 * 0.13 / variance, abs=0.005)
    assert found.first_order["d0"].value == pytest.approx(parts["d0"] / variance, abs=0.005)
    # of two independent claims, each of which counts in half of the worlds
    assert found.first_order["f_d0"].value == pytest.approx(0.04 / 2 / variance, abs=0.005)


A, B = (0.1, 0.2), (-0.2, 0.4)  # mean and standard deviation of the log
CHOICE = 0.25 * (A[0] - B[0]) ** 2
BOTH = 0.25 * (A[1] ** 2 + B[1] ** 2)  # of a half of the one and a half of the other
WHOLE = CHOICE + 0.5 * (A[1] ** 2 + B[1] ** 2)


def two_claims(folder: Path, **more: str) -> Drivers:
    """Two sources of even weight, each with a literal claim of its own."""
    claims = {name: spread(math.exp(mu), sigma) for name, (mu, sigma) in zip("ab", (A, B), strict=True)}
    document = propagation(
        {"f": disputed("who", claims)},
        {"y": "f", **more},
        max_draws=8192,
        disputes={"who": {"title": "who", "sources": {"a": "A", "b": "B"}}},
    )
    return drivers(ran(folder, document))["y"]


def two_parts(folder: Path) -> Drivers:
    """The same law as a mixture."""
    parts = [{**spread(math.exp(mu), sigma), "weight": 1, "because": "judged"} for mu, sigma in (A, B)]
    figures = {"f": {"title": "f", "agreed": {"mixture": {"pick": "who", "of": parts}}}}
    return drivers(ran(folder, propagation(figures, {"y": "f"}, max_draws=8192)))["y"]


@pytest.mark.parametrize(
    "divided",
    [two_claims, lambda folder: two_claims(folder, apart="f.a / f.b"), two_parts],
    ids=["claims", "claims that another estimate names", "parts of a mixture"],
)
def test_claims_and_parts_of_a_mixture_are_independent(
    tmp_path: Path, divided: Callable[[Path], Drivers]
) -> None:
    """Var E[Y | both numbers] and Var E[Y | the choice], and the Shapley effects of these two."""
    found = divided(tmp_path)
    assert found.scale == "log" and found.variance is not None
    measured = {
        "variance": (found.variance, WHOLE),
        "evppi of the numbers": (found.evppi["f"], BOTH),
        "evppi of the choice": (found.evppi["who"], CHOICE),
        "share of the numbers": (found.first_order["f"], BOTH / WHOLE),
        "effect of the choice": (found.shapley["who"], (CHOICE + WHOLE - BOTH) / 2 / WHOLE),
        "effect of the numbers": (found.shapley["f"], (BOTH + WHOLE - CHOICE) / 2 / WHOLE),
    }
    for what, (value, exact) in measured.items():
        assert_close(what, value.value, value.mcse, exact, 1.0)
    assert "f" not in found.delta


def test_an_estimate_that_names_claims_has_their_figures_group(tmp_path: Path) -> None:
    """Both are known with the figure: log a - log b has nothing else."""
    run = result(tmp_path, {"y": "literal.kyiv / literal.other"})
    assert drivers(run)["y"].first_order["literal"].value == pytest.approx(1.0)


def test_each_estimate_is_divided_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = result(tmp_path, {"a": "toll / area", "b": "toll", "c": "bounded"})
    together = drivers(found)
    asked: list[list[str]] = []

    def watched(result: Result, estimates: list[str]) -> Mapping[str, Drivers]:
        asked.append(list(estimates))
        return drivers(result, estimates)

    monkeypatch.setattr("contested.answers.drivers.drivers", watched)
    lazily = DriversByEstimate(found)
    assert "b" in lazily and "d" not in lazily and len(lazily) == 3 and asked == []
    assert lazily["b"] == together["b"] == lazily["b"]
    assert dict(lazily) == together  # the others together, and none twice
    assert asked == [["b"], ["a", "c"]]
    with pytest.raises(KeyError):
        lazily["d"]
