"""Denominators that may vanish: what is known of them before anything is drawn."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import betainc, gammainc, ndtr

from contested.engine.screening import Screen, screens
from running import agreed, disputed, modelled, propagation

NORMAL = {"mean": 10, "sd": 4}
SAFE = {"low": 10, "high": 20}
WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}


def screen(folder: Path, document: dict[str, Any], name: str = "r") -> Screen:
    return screens(modelled(folder, document))["estimate", name]


def of(folder: Path, formula: str, **figures: Any) -> Screen:
    return screen(folder, propagation(agreed(**figures), {"r": formula}))


@pytest.mark.parametrize(
    ("formula", "figures", "exact"),
    [
        ("x / y", {"y": NORMAL}, ndtr(-2.5)),
        ("x / (y + z)", {"y": NORMAL, "z": {"mean": 5, "sd": 3}}, ndtr(-15 / 5)),
        ("x / (y - z)", {"y": NORMAL, "z": {"mean": 5, "sd": 3}}, ndtr(-1)),
        ("x / (2 * y - z / 3 + 1)", {"y": NORMAL, "z": {"mean": 6, "sd": 3}}, ndtr(-19 / math.hypot(8, 1))),
        ("x / (y + y)", {"y": NORMAL}, ndtr(-2.5)),
        ("x * y ** -2", {"y": NORMAL}, ndtr(-2.5)),
        ("x / y", {"y": {"min": -1, "max": 4}}, 0.2),
        ("x / y", {"y": {"min": -1, "mode": 1, "max": 3}}, betainc(3, 3, 0.25)),
        ("x / y", {"y": {"mean": 1, "sd": 1, "shape": "gamma"}}, gammainc(1, 0)),
    ],
)  # fmt: skip
def test_the_probability_of_a_vanishing_denominator_is_exact(
    tmp_path: Path, formula: str, figures: dict[str, Any], exact: float
) -> None:
    found = of(tmp_path, formula, x=SAFE, **figures)
    assert found.known == pytest.approx((exact,), rel=1e-12)


@pytest.mark.parametrize("formula", ["x + y", "x / x", "y / y", "x / (x + x)", "x / 3", "exp(y) / exp(-y)"])
def test_what_cannot_vanish_is_no_risk(tmp_path: Path, formula: str) -> None:
    found = of(tmp_path, formula, x=SAFE, y=NORMAL)
    assert not found.risky
    assert found.known == (0.0,)


def test_several_divisors_so_rare_that_they_do_not_meet_are_summed(tmp_path: Path) -> None:
    rare = {"mean": 10, "sd": 2}  # Φ(-5) = 2.9e-7
    assert of(tmp_path, "1 / y + 1 / z", y=rare, z=rare).known == pytest.approx((2 * ndtr(-5),), rel=1e-12)
    assert of(tmp_path, "1 / y + 1 / z", y=NORMAL, z=NORMAL).known == (None,)  # counted, then


def test_a_product_is_counted_and_a_counted_probability_comes_from_the_worlds(tmp_path: Path) -> None:
    found = of(tmp_path, "x / (y * z)", x=SAFE, y=NORMAL, z=NORMAL)
    assert found.risky and found.known == (None,)
    positive = np.ones((2, 1, 4), dtype=bool)
    positive[0, 0, 0] = False
    assert found.nonpositive(positive, (2, 1)).tolist() == [[0.25], [0.0]]


def test_what_is_known_overrides_what_is_counted(tmp_path: Path) -> None:
    found = of(tmp_path, "x / y", x=SAFE, y=NORMAL)
    assert found.nonpositive(np.ones((2, 1, 4), dtype=bool), (2, 1)) == pytest.approx(
        np.full((2, 1), ndtr(-2.5))
    )


def test_correlated_normals_have_no_closed_form_here(tmp_path: Path) -> None:
    correlation = {"between": ["y", "z"], "rank": 0.5, "because": "one method"}
    document = propagation(
        agreed(x=SAFE, y=NORMAL, z=NORMAL), {"r": "x / (y - z)"}, correlations=[correlation]
    )
    assert screen(tmp_path, document).known == (None,)


def test_each_stratum_is_screened_by_itself(tmp_path: Path) -> None:
    figures = {**agreed(x=SAFE), "y": disputed("who", {"a": NORMAL, "b": SAFE})}
    found = screen(tmp_path, propagation(figures, {"r": "x / y"}, disputes=WHO))
    assert found.known == pytest.approx((ndtr(-2.5), 0.0))
    assert [len(divisors) for divisors in found.divisors] == [1, 0]
    assert [reach.tail for reach in found.reach] == [1.0, math.inf]


def test_denominators_beneath_names_are_found(tmp_path: Path) -> None:
    """In an estimate that another names, and in a claim's formula."""
    figures = {
        **agreed(x=SAFE, y=NORMAL),
        "z": {"title": "z", "agreed": {"formula": "1 / depth"}},
    }
    document = propagation(
        figures, {"inner": "x / y", "r": "inner + 1", "s": "z + 1"},
        inputs={"depth": {**NORMAL, "because": "test"}},
    )  # fmt: skip
    for name in ("r", "s"):
        assert screen(tmp_path, document, name).known == pytest.approx((ndtr(-2.5),), rel=1e-12)


@pytest.mark.parametrize(
    ("formula", "invertible"),
    [("x / y", True), ("y / x", False), ("1 + x / y", False), ("inner", True), ("inner * 2", False)],
)
def test_a_quotient_with_a_positive_numerator_is_invertible(
    tmp_path: Path, formula: str, invertible: bool
) -> None:
    document = propagation(agreed(x=SAFE, y=NORMAL), {"inner": "x / y", "r": formula})
    assert screen(tmp_path, document).invertible == invertible


@pytest.mark.parametrize(
    ("formula", "invertible"),
    [
        ("far / y", True),
        ("x * far / y", True),
        ("(x + far) / y", True),
        ("(far + far) / y", True),
        ("near / y", False),
        ("x * near / y", False),
        ("(x - far) / y", False),
    ],
)
def test_a_numerator_that_is_all_but_certainly_positive_is_enough(
    tmp_path: Path, formula: str, invertible: bool
) -> None:
    far, near = {"mean": 7, "sd": 1}, {"mean": 5, "sd": 1}  # P(<= 0) is 1.3e-12 and 2.9e-7
    document = propagation(agreed(x=SAFE, y=NORMAL, far=far, near=near), {"r": formula})
    assert screen(tmp_path, document).invertible == invertible


def test_tails_as_they_are_and_given_positive(tmp_path: Path) -> None:
    found = of(tmp_path, "x / y", x=SAFE, y=NORMAL)
    assert (found.reach[0].tail, found.reach_given_positive[0].tail) == (1.0, math.inf)
    gamma = {"mean": 3, "sd": math.sqrt(3), "shape": "gamma"}
    assert of(tmp_path, "x / y", x=SAFE, y=gamma).reach[0].tail == pytest.approx(3)
    assert of(tmp_path, "x / y", x=SAFE, y={"min": 0, "max": 2}).reach[0].tail == 1.0
