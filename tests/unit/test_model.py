"""Which variables share a coordinate of the net, and which strata a quantity has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from contested.engine.model import Model
from contested.errors import ScenarioError
from contested.language.formula import Reference
from running import agreed, disputed, modelled, propagation
from strategies import changed

RANGE = {"low": 10, "high": 20}
WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}
TWO = propagation(
    {"f": disputed("who", {"a": RANGE, "b": RANGE}), "g": disputed("who", {"a": RANGE, "b": RANGE})},
    {"r": "f / g"},
    disputes=WHO,
)
CLAIM = "figures.{}.claims.{}".format


def test_claims_that_are_never_right_together_share_a_coordinate(tmp_path: Path) -> None:
    model = modelled(tmp_path, TWO)
    assert model.coordinates[CLAIM("f", "a")] == model.coordinates[CLAIM("f", "b")]
    assert model.coordinates[CLAIM("f", "a")] != model.coordinates[CLAIM("g", "a")]
    assert model.dimension == 2


def test_claims_that_a_formula_names_have_coordinates_of_their_own(tmp_path: Path) -> None:
    named = changed(TWO, lambda d: d["estimates"].update(s={"title": "s", "formula": "f.a - f.b"}))
    model = modelled(tmp_path, named)
    assert model.coordinates[CLAIM("f", "a")] != model.coordinates[CLAIM("f", "b")]
    assert model.coordinates[CLAIM("g", "a")] == model.coordinates[CLAIM("g", "b")]
    assert model.dimension == 3


def test_apart_every_variable_has_a_coordinate_of_its_own(tmp_path: Path) -> None:
    parts = [{**RANGE, "weight": 1, "because": "test"}, {"low": 1, "high": 2, "weight": 1, "because": "test"}]
    mixed = {"title": "h", "agreed": {"mixture": {"pick": "which", "of": parts}}}
    model = modelled(tmp_path, changed(TWO, lambda d: d["figures"].update(h=mixed)))
    assert model.dimension == 4  # the claims of f, those of g, the parts of h, and the pick
    apart = model.apart
    assert apart.coordinates.keys() == model.coordinates.keys()
    assert sorted(apart.coordinates.values()) == list(range(7))
    assert model.dimension == 4


def test_correlated_claims_have_coordinates_of_their_own(tmp_path: Path) -> None:
    stated = [{"between": ["f.a", "g.a"], "rank": 0.5, "because": "one method"}]
    model = modelled(tmp_path, changed(TWO, lambda d: d.update(correlations=stated)))
    places = [model.coordinates[CLAIM(f, s)] for f in "fg" for s in "ab"]
    assert len(set(places)) == 4
    assert [copula.paths for copula in model.copulas] == [(CLAIM("f", "a"), CLAIM("g", "a"))]


def test_a_t_copula_takes_one_coordinate_more(tmp_path: Path) -> None:
    figures = agreed(x=RANGE, y=RANGE)
    gaussian = {"between": ["x", "y"], "kendall": 0.5, "because": "one method"}
    student = {**gaussian, "copula": "t", "df": 4}
    dimensions = [
        modelled(tmp_path, propagation(figures, {"r": "x / y"}, correlations=[stated])).dimension
        for stated in (gaussian, student)
    ]
    assert dimensions == [2, 3]


def _per_figure(drawn: str) -> dict[str, Any]:
    formulas = {"a": {"formula": "base * error"}, "b": {"formula": "2 * base * error"}}
    figures = {name: {"title": name, "dispute": "who", "claims": formulas} for name in "fg"}
    inputs = {
        "base": {**RANGE, "because": "test"},
        "error": {"best": 1, "within": "10%", "drawn": drawn, "because": "test"},
    }
    return propagation(figures, {"r": "f / g"}, disputes=WHO, inputs=inputs)


def test_a_per_figure_input_is_a_variable_of_each_figure(tmp_path: Path) -> None:
    assert set(modelled(tmp_path, _per_figure("once")).coordinates) == {"inputs.base", "inputs.error"}
    per_figure = modelled(tmp_path, _per_figure("per_figure"))
    assert set(per_figure.coordinates) == {"inputs.base", "inputs.error@f", "inputs.error@g"}
    assert per_figure.dimension == 3


def test_what_nothing_asks_for_takes_no_coordinate(tmp_path: Path) -> None:
    document = propagation(agreed(x=RANGE), {"y": "x"}, inputs={"unused": {**RANGE, "because": "test"}})
    assert set(modelled(tmp_path, document).coordinates) == {"figures.x.agreed"}
    exact = propagation(agreed(x={"value": 3}), {"y": "x"})
    assert modelled(tmp_path, exact).dimension == 0


def test_coordinates_go_by_sorted_path(tmp_path: Path) -> None:
    forwards = modelled(tmp_path, propagation(agreed(x=RANGE, y=RANGE), {"r": "x / y"}))
    backwards = modelled(tmp_path, propagation(agreed(y=RANGE, x=RANGE), {"r": "x / y"}))
    assert forwards.coordinates == backwards.coordinates == {"figures.x.agreed": 0, "figures.y.agreed": 1}


def _two_disputes(tmp_path: Path) -> Model:
    disputes = {**WHO, "map": {"title": "Map", "sources": {"z": "Z", "c": "C", "d": "D"}}}
    figures = {
        "f": disputed("who", {"a": RANGE, "b": RANGE}),
        "g": disputed("map", {"z": RANGE, "c": RANGE, "d": RANGE}),
        **agreed(x=RANGE),
    }
    formulas = {"first": "f / g", "second": "first / x", "third": "x", "fourth": "f.a / x"}
    return modelled(tmp_path, propagation(figures, formulas, disputes=disputes))


def test_strata_are_the_combinations_of_the_disputes_that_a_quantity_depends_on(tmp_path: Path) -> None:
    model = _two_disputes(tmp_path)
    found = {quantity.name: quantity for quantity in model.quantities if quantity.kind == "estimate"}
    assert found["first"].disputes == ("map", "who")
    assert found["first"].strata == tuple({"map": m, "who": w} for m in "cdz" for w in "ab")
    assert found["second"].disputes == found["first"].disputes  # through the estimate that it names
    assert found["third"].strata == found["fourth"].strata == ({},)  # a claim by name is one source's


def test_disputes_of_a_figure_alone(tmp_path: Path) -> None:
    assert _two_disputes(tmp_path).disputes(Reference("figure", "f")) == ("who",)


def test_every_statement_that_cannot_be_fitted_is_a_fault(tmp_path: Path) -> None:
    steep = {"quantiles": {0.1: 1.0, 0.5: 1.01, 0.9: 9.0}}
    with pytest.raises(ScenarioError) as caught:
        modelled(tmp_path, propagation(agreed(x=steep, y=steep), {"r": "x / y"}))
    assert [fault.path for fault in caught.value.faults] == ["figures.x.agreed", "figures.y.agreed"]
