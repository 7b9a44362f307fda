"""Points of the net to variables: shared draws, picks, copulas, units."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtri, stdtrit
from scipy.stats import kendalltau, multivariate_normal, multivariate_t, qmc

import contested
from contested.engine.model import Model
from contested.engine.worlds import Worlds
from contested.language.formula import Reference
from contested.shapes.base import Array
from running import agreed, disputed, modelled, propagation, written
from strategies import changed

WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}


def worlds(model: Model, points: int = 1024) -> Worlds:
    net = qmc.Sobol(max(model.dimension, 1), rng=np.random.default_rng(1), bits=52).random(points)
    return Worlds(model, net.T + 2.0**-53)


def figure(drawn: Worlds, name: str, source: str | None = None) -> Array:
    """A figure's values where a source is right."""
    stratum = {"who": source} if source else {}
    return np.asarray(drawn.value(Reference("figure", name), stratum))


def test_a_statement_is_its_quantile_function_of_its_coordinate(tmp_path: Path) -> None:
    model = modelled(tmp_path, propagation(agreed(x={"mean": 3, "sd": 2}), {"y": "x"}))
    cube = np.array([[0.1, 0.5, 0.975]])
    assert Worlds(model, cube).value(Reference("estimate", "y"), {}) == pytest.approx(3 + 2 * ndtri(cube[0]))


def test_a_statements_own_unit_is_converted(tmp_path: Path) -> None:
    document = propagation(
        {"x": {"title": "x", "unit": "km²", "agreed": {"value": 10, "unit": "mi²", "because": "test"}}},
        {},
    )
    document["estimates"] = {"y": {"title": "y", "formula": "x", "unit": "km²"}}
    found = worlds(modelled(tmp_path, document)).value(Reference("estimate", "y"), {})
    assert found == pytest.approx(25.89988110336, rel=1e-12)
    assert np.ndim(found) == 0  # what does not vary stays a scalar


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("x + y * 2 - 1", 12.0), ("-x / y", -0.6), ("x ** y", 243.0), ("min(x, y, 4)", 3.0),
        ("max(x, y, 4)", 5.0), ("abs(x - y)", 2.0), ("exp(x)", 20.085536923187668),
        ("log(x)", 1.0986122886681098), ("sqrt(x)", 1.7320508075688772),
    ],
)  # fmt: skip
def test_operators(tmp_path: Path, formula: str, value: float) -> None:
    model = modelled(tmp_path, propagation(agreed(x={"value": 3}, y={"value": 5}), {"found": formula}))
    assert worlds(model).value(Reference("estimate", "found"), {}) == pytest.approx(value, rel=1e-15)


def _per_figure(drawn: str) -> dict[str, Any]:
    formulas = {"a": {"formula": "error"}, "b": {"formula": "2 * error"}}
    figures = {name: {"title": name, "dispute": "who", "claims": formulas} for name in "fg"}
    error = {"best": 1, "within": "10%", "drawn": drawn, "because": "test"}
    return propagation(figures, {"r": "f / g"}, disputes=WHO, inputs={"error": error})


def test_an_input_drawn_once_is_one_variable_and_one_per_figure_is_several(tmp_path: Path) -> None:
    once, fresh = (worlds(modelled(tmp_path, _per_figure(how))) for how in ("once", "per_figure"))
    assert (figure(once, "f", "a") == figure(once, "g", "a")).all()
    assert (figure(fresh, "f", "a") != figure(fresh, "g", "a")).mean() > 0.99
    assert abs(np.corrcoef(figure(fresh, "f", "a"), figure(fresh, "g", "a"))[0, 1]) < 0.05
    for drawn in (once, fresh):  # the same for all sources within a figure
        assert figure(drawn, "f", "b") == pytest.approx(2 * figure(drawn, "f", "a"), rel=1e-15)


def test_a_fact_with_a_range_is_one_variable(tmp_path: Path) -> None:
    (tmp_path / "register.yaml").write_text(
        "seen: {low: 10, high: 20, publisher: P, title: T, date: 2025-01-01}\n", encoding="utf-8"
    )
    figures = {
        "f": {"title": "f", "agreed": {"fact": "seen"}},
        "g": {"title": "g", "agreed": {"formula": "seen * 2"}},
    }
    document = propagation(figures, {"r": "g / f / 2"}, register="register.yaml")
    model = Model.of(contested.load(written(tmp_path, document)).study)
    drawn = worlds(model)
    assert np.ptp(figure(drawn, "f")) > 5
    assert (figure(drawn, "g") == 2 * figure(drawn, "f")).all()


def _humps(first: str, second: str, weight: float = 3) -> dict[str, Any]:
    """Two figures, each low or high, by one pick or by two."""
    figures = {}
    for name, pick in (("f", first), ("g", second)):
        low = {"min": 1, "max": 2, "weight": weight, "because": "test"}
        high = {"min": 11, "max": 12, "weight": 1, "because": "test"}
        figures[name] = {"title": name, "agreed": {"mixture": {"pick": pick, "of": [low, high]}}}
    return propagation(figures, {"r": "f / g"})


def test_one_pick_in_two_places_is_one_choice(tmp_path: Path) -> None:
    same = worlds(modelled(tmp_path, _humps("model", "model")), 4096)
    high = [figure(same, name) > 5 for name in "fg"]
    assert (high[0] == high[1]).all()
    assert high[0].mean() == pytest.approx(0.25, abs=0.002)
    assert (figure(same, "f") != figure(same, "g")).mean() > 0.99  # the parts are variables of their own
    apart = worlds(modelled(tmp_path, _humps("model", "other")), 4096)
    both = (figure(apart, "f") > 5) & (figure(apart, "g") > 5)
    assert both.mean() == pytest.approx(0.0625, abs=0.005)


def test_a_mixture_loses_no_world(tmp_path: Path) -> None:
    """Ten tenths sum to less than one in floating point: the last part takes the rest."""
    parts = [{"value": i + 1, "weight": 0.1, "because": "test"} for i in range(10)]
    figures = {"f": {"title": "f", "agreed": {"mixture": {"pick": "k", "of": parts}}}}
    model = modelled(tmp_path, propagation(figures, {"y": "f"}))
    cube = np.array([[2.0**-53, 0.15, 1 - 2.0**-53]])
    assert Worlds(model, cube).value(Reference("estimate", "y"), {}).tolist() == [1.0, 2.0, 10.0]


def _correlated(**stated: Any) -> dict[str, Any]:
    normal = {"mean": 0, "sd": 1}
    correlation = {"between": ["x", "y"], "because": "one method", **stated}
    return propagation(agreed(x=normal, y=normal), {"s": "x + y"}, correlations=[correlation])


@pytest.mark.parametrize("copula", [{}, {"copula": "t", "df": 3}], ids=["gaussian", "t"])
def test_a_copula_has_the_kendall_correlation_stated(tmp_path: Path, copula: dict[str, Any]) -> None:
    drawn = worlds(modelled(tmp_path, _correlated(kendall=0.4, **copula)), 4096)
    x, y = figure(drawn, "x"), figure(drawn, "y")
    assert kendalltau(x, y).statistic == pytest.approx(0.4, abs=0.02)
    assert np.quantile(x, [0.05, 0.5, 0.95]) == pytest.approx(ndtri([0.05, 0.5, 0.95]), abs=0.05)


def test_a_t_copula_goes_to_extremes_together(tmp_path: Path) -> None:
    """P(both in their upper hundredth | one is), by SciPy's bivariate cdfs: 0.18 and 0.38."""
    rho = math.sin(math.pi * 0.4 / 2)
    matrix = np.array([[1.0, rho], [rho, 1.0]])
    exact = [
        multivariate_normal(cov=matrix).cdf([ndtri(0.01)] * 2) / 0.01,
        multivariate_t(shape=matrix, df=3).cdf([stdtrit(3, 0.01)] * 2) / 0.01,
    ]
    together = []
    for copula in ({}, {"copula": "t", "df": 3}):
        drawn = worlds(modelled(tmp_path, _correlated(kendall=0.4, **copula)), 16_384)
        beyond = [figure(drawn, name) > ndtri(0.99) for name in "xy"]
        together.append((beyond[0] & beyond[1]).mean() / 0.01)
    assert together == pytest.approx(exact, abs=0.03)


def test_strata_see_the_same_worlds(tmp_path: Path) -> None:
    ranges = {"a": {"min": 1, "max": 2}, "b": {"min": 1, "max": 2}}
    document = propagation(
        {"f": disputed("who", ranges), **agreed(x={"min": 1, "max": 2})}, {"r": "f / x"}, disputes=WHO
    )
    drawn = worlds(modelled(tmp_path, document))
    assert (figure(drawn, "f", "a") == figure(drawn, "f", "b")).all()  # one coordinate, one shape
    named = changed(document, lambda d: d["estimates"].update(s={"title": "s", "formula": "f.a - f.b"}))
    drawn = worlds(modelled(tmp_path, named))
    assert (figure(drawn, "f", "a") != figure(drawn, "f", "b")).mean() > 0.99
