"""Mixed worlds: what is shared is shared, and what is not has its law given what is."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contested.engine.design import Design
from contested.engine.groups import Group, elements
from contested.engine.mixed import Mixing
from contested.engine.model import Model
from contested.engine.worlds import Worlds
from contested.language.formula import Reference
from contested.shapes.base import Array
from running import agreed, modelled, propagation

LAW = {"mean": 0, "sd": 1}


def tied(folder: Path, names: str, *correlations: dict[str, Any]) -> tuple[Model, tuple[Group, ...]]:
    document = propagation(
        agreed(**dict.fromkeys(names, LAW)),
        {"y": " + ".join(names)},
        correlations=[{"because": "shared", **correlation} for correlation in correlations],
    )
    model = modelled(folder, document)
    return model, elements(model, next(q for q in model.quantities if q.kind == "estimate"))


def rank(pearson: float) -> float:
    return 6 / math.pi * math.asin(pearson / 2)


def halves(model: Model, points: int = 2048) -> tuple[Array, Array]:
    ((_, _, cube),) = Design(2 * model.dimension, 4).blocks(points)
    return cube[: model.dimension], cube[model.dimension :]


def values(worlds: Worlds, name: str) -> Array:
    return np.asarray(worlds.value(Reference("figure", name), {}))


def test_independent_groups_are_mixed_each_along_its_own_axis(tmp_path: Path) -> None:
    model, groups = tied(tmp_path, "ab")
    cube = halves(model)
    mixing = Mixing(model, groups)
    assert mixing.layout.blocks == ((0,), (1,))
    worlds = mixing.worlds(cube)
    plain = [Worlds(model, half) for half in cube]
    assert values(worlds, "a").shape == (2, 1, 16, 2048)
    total = values(worlds, "a") + values(worlds, "b")
    for i in (0, 1):
        for j in (0, 1):
            assert np.array_equal(total[i, j], values(plain[i], "a") + values(plain[j], "b"))


@pytest.mark.parametrize("pearson", [0.7, -0.5, 1.0])
def test_the_rest_of_a_gaussian_copula_is_drawn_given_what_is_shared(tmp_path: Path, pearson: float) -> None:
    model, groups = tied(tmp_path, "ab", {"between": ["a", "b"], "rank": rank(pearson)})
    mixing = Mixing(model, groups)
    assert mixing.layout.blocks == ((0, 1),)
    worlds = mixing.worlds(halves(model))
    a, b = values(worlds, "a").reshape(6, -1), values(worlds, "b").reshape(6, -1)
    for state, (role, mask) in enumerate(mixing.layout.states(0)):
        assert np.corrcoef(a[state], b[state])[0, 1] == pytest.approx(pearson, abs=0.01)
        assert (a[state].std(), b[state].std()) == pytest.approx((1, 1), abs=0.01)
        if mask == 1:  # a is shared, and b is all the less like the other b the less a says of it
            assert np.array_equal(a[state], a[role])
            assert np.corrcoef(b[state], b[role])[0, 1] == pytest.approx(pearson**2, abs=0.01)
            assert np.corrcoef(b[state], a[1 - role])[0, 1] == pytest.approx(0, abs=0.02)


def test_whole_points_are_what_a_run_would_draw(tmp_path: Path) -> None:
    model, groups = tied(tmp_path, "abc", {"between": ["a", "c"], "rank": 0.6})
    cube = halves(model, 64)
    mixing = Mixing(model, groups)
    worlds, plain = mixing.worlds(cube), Worlds(model, cube[1])
    assert mixing.layout.blocks == ((1,), (0, 2))
    for name in "ac":
        assert np.array_equal(values(worlds, name)[0, 1], values(plain, name))
    assert np.array_equal(values(worlds, "b")[1, 0], values(plain, "b"))


def test_groups_tied_through_several_copulas_make_one_block(tmp_path: Path) -> None:
    model, _ = tied(
        tmp_path,
        "abcd",
        {"between": ["a", "b"], "rank": 0.5},
        {"between": ["c", "d"], "rank": 0.5},
    )
    places = {name: f"figures.{name}.agreed" for name in "abcd"}
    groups = [Group("x", (), (places["a"],)), Group("y", (), (places["b"], places["c"]))]
    assert Mixing(model, groups).layout.blocks == ((0, 1),)
    groups.append(Group("z", (), (places["d"],)))
    mixing = Mixing(model, groups)
    assert mixing.layout.blocks == ((0, 1, 2),)
    worlds = mixing.worlds(halves(model))
    c, d = values(worlds, "c"), values(worlds, "d")
    pearson = 2 * math.sin(math.pi * 0.5 / 6)
    for state in range(len(mixing.layout.states(0))):
        assert np.corrcoef(c[state].ravel(), d[state].ravel())[0, 1] == pytest.approx(pearson, abs=0.02)


def test_a_t_copula_is_mixed_as_a_whole(tmp_path: Path) -> None:
    model, groups = tied(tmp_path, "ab", {"between": ["a", "b"], "kendall": 0.5, "copula": "t", "df": 4})
    cube = halves(model, 64)
    worlds = Mixing(model, groups).worlds(cube)
    for state, half in enumerate(cube):
        for name in "ab":
            assert np.array_equal(values(worlds, name)[state], values(Worlds(model, half), name))
