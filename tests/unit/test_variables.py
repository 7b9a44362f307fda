"""What a question rests on: which variables, in which strata, by which names, and their laws."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contested
from contested.engine.model import Model
from contested.engine.variables import Law, Resting, bare, resting
from running import agreed, asked, disputed, propagation, written

RANGE = {"low": 10, "high": 20}
WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}
JUDGED = {"because": "test"}


def found(folder: Path, document: dict[str, Any]) -> tuple[Model, dict[str, Resting]]:
    (folder / "register.yaml").write_text(
        "seen-once: {low: 10, high: 20, publisher: P, title: T, date: 2025-01-01}\n", encoding="utf-8"
    )
    model = Model.of(contested.load(written(folder, document)).study)
    return model, resting(model, next(q for q in model.quantities if q.name == "q"))


def test_variables_are_named_as_people_name_them_and_count_in_their_strata(tmp_path: Path) -> None:
    claims: dict[str, dict[str, Any]] = {"a": {"formula": "seen_once * drift"}, "b": RANGE}
    figures = {name: disputed("who", claims) for name in "fg"}
    document = propagation(
        {**figures, **agreed(x=RANGE, idle=RANGE, exact={"value": 3})},
        {"r": "f / g"},
        disputes=WHO,
        inputs={"drift": {"best": 1, "within": "10%", "drawn": "per_figure", **JUDGED}},
        questions=asked(q="r > x / exact"),
        register="register.yaml",
        correlations=[{"between": ["x", "idle"], "rank": 0.5, "because": "one method"}],
    )
    _, rests = found(tmp_path, document)
    strata = {one.variable.name: one.strata.tolist() for one in rests.values()}
    only_a, only_b = [True, False], [False, True]
    assert strata == {
        "f.b": only_b, "g.b": only_b, "x": [True, True],
        "drift@f": only_a, "drift@g": only_a, "seen-once": only_a,
    }  # fmt: skip
    assert [one.variable.name for one in rests.values() if one.variable.correlated] == ["x"]


def test_a_correlated_variable_tells_of_the_strata_of_its_partner(tmp_path: Path) -> None:
    claims = {"a": {"formula": "v"}, "b": {"formula": "w"}, "c": {"formula": "x"}}
    document = propagation(
        {"f": disputed("who", claims)},
        {"r": "f"},
        disputes={"who": {"title": "Who", "sources": {"a": "A", "b": "B", "c": "C"}}},
        inputs={name: {**RANGE, **JUDGED} for name in ("v", "w", "x", "idle")},
        questions=asked(q="r > 12"),
        correlations=[
            {"between": pair, "rank": 0.5, "because": "one method"} for pair in (["v", "w"], ["x", "idle"])
        ],
    )
    _, rests = found(tmp_path, document)
    strata = {one.variable.name: (one.strata.tolist(), one.told.tolist()) for one in rests.values()}
    assert strata == {
        "v": ([True, False, False], [True, True, False]),
        "w": ([False, True, False], [True, True, False]),
        "x": ([False, False, True], [False, False, True]),
    }


def test_a_mixture_is_one_variable_and_its_pick_none(tmp_path: Path) -> None:
    inner = [{**RANGE, "weight": 1, **JUDGED}, {"low": 15, "high": 30, "weight": 1, **JUDGED}]
    nested = {"mixture": {"pick": "within", "of": inner}, "weight": 1}
    parts = [nested, {"value": 40, "weight": 1, **JUDGED}]
    mixed = {"x": {"title": "x", "agreed": {"mixture": {"pick": "which", "of": parts}}}}
    model, rests = found(tmp_path, propagation(mixed, {"r": "x"}, questions=asked(q="r > 30")))
    (one,) = rests.values()
    assert (one.variable.name, one.variable.mixed) == ("x", True)
    law = Law.of(model, one.variable, np.array([[40.0, 12.0], [15.0, 40.0]]))
    assert (law.low, law.high) == (0, math.inf)  # a lognormal's, and 40 within
    assert law.quantile(np.array([0.2, 0.9])).tolist() == [12, 40]
    with pytest.raises(TypeError, match="sample"):
        Law.of(model, one.variable)


def test_a_law_is_in_the_statements_own_unit(tmp_path: Path) -> None:
    area = {"title": "x", "unit": "km²", "agreed": {"min": 10, "max": 20, "unit": "mi²", **JUDGED}}
    document = propagation({"x": area}, {}, questions=asked(q="x > 30"))
    document["estimates"] = {"r": {"title": "r", "formula": "x", "unit": "km²"}}
    model, rests = found(tmp_path, document)
    law = Law.of(model, rests["figures.x.agreed"].variable)
    assert (law.low, law.high, law.quantile(np.array([0.5])).tolist()) == (10, 20, [15])


def test_names() -> None:
    paths = ["inputs.drift@f", "register.some-id", "figures.f.claims.osint", "figures.f.agreed"]
    assert [bare(path) for path in paths] == ["drift@f", "some-id", "f.osint", "f"]
