"""Explained variances of a model's quantities: how far they are drawn, and what they are of."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from contested.engine import explained
from contested.engine.explained import Explained, draw
from contested.engine.groups import elements
from contested.engine.model import Model, Quantity
from contested.shapes.base import Array
from running import agreed, disputed, modelled, propagation

WEIGHTS = {"who": {"a": 0.75, "b": 0.25}}


def ratio(folder: Path) -> tuple[Model, Quantity]:
    """log y is ln 2 or ln 6 by source, plus a normal with standard deviation 0.5, less one with 1."""
    figures = {
        "f": disputed("who", {"a": {"formula": "2 * x"}, "b": {"formula": "6 * x"}}),
        **agreed(g={"mean": 0, "sd": 1}),
    }
    document = propagation(
        figures,
        {"y": "f / exp(g)"},
        disputes={"who": {"title": "who", "sources": {"a": "A", "b": "B"}}},
        inputs={"x": {"low": 1, "high": math.exp(2 * 1.6448536269514722 * 0.5), "because": "judged"}},
    )
    model = modelled(folder, document)
    return model, next(quantity for quantity in model.quantities if quantity.kind == "estimate")


def whole(folder: Path) -> tuple[Model, Explained]:
    model, quantity = ratio(folder)
    return model, Explained(model, quantity, WEIGHTS, elements(model, quantity))


def test_every_subset_of_an_additive_log(tmp_path: Path) -> None:
    model, found = whole(tmp_path)
    draw(model, [found], 512, lambda part: True)
    parts = np.array([0.75 * 0.25 * math.log(3) ** 2, 1.0, 0.25])  # who, g, x
    expected = [parts[[bool(u >> i & 1) for i in range(3)]].sum() for u in range(8)]
    assert found.points == 512
    assert found.lattice().mean(axis=1) == pytest.approx(expected, rel=0.005)
    assert found.choices(["who"]).mean() == pytest.approx(parts[0], rel=0.005)
    assert found.centre == pytest.approx(0.75 * math.log(2) + 0.25 * math.log(6) + 0.5 * 1.6448536, abs=0.01)


def test_a_dispute_in_no_group_is_pooled(tmp_path: Path) -> None:
    model, quantity = ratio(tmp_path)
    found = Explained(model, quantity, WEIGHTS, elements(model, quantity)[1:])
    draw(model, [found], 512, lambda part: True)
    assert found.lattice().mean(axis=1) == pytest.approx([0, 1, 0.25, 1.25], rel=0.005)


def test_worlds_are_doubled_until_they_are_enough(tmp_path: Path) -> None:
    model, found = whole(tmp_path)
    asked: list[int] = []

    def enough(part: Explained) -> bool:
        asked.append(part.points)
        return part.points >= 64

    draw(model, [found], 16, enough)
    assert asked == [16, 32, 64]
    _, straight = whole(tmp_path)
    draw(model, [straight], 64, lambda part: True)
    # centred at the mean of 16 points, or of 64: no more apart than their noise
    assert found.lattice().mean(axis=1) == pytest.approx(straight.lattice().mean(axis=1), rel=0.02)


def test_what_can_be_afforded_is_not_exceeded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = 2 * 4 * 16  # strata, mixtures and replicates
    monkeypatch.setattr(explained, "_WORK", cells * 24)
    model, found = whole(tmp_path)
    assert found.most == 16
    draw(model, [found], 64, lambda part: False)
    assert found.points == 16
    monkeypatch.setattr(explained, "_WORK", cells * 4)
    _, none = whole(tmp_path)
    draw(model, [none], 64, lambda part: False)
    assert (none.most, none.points) == (4, 0)


def test_worlds_counted_in_small_parts_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lattice() -> Array:
        model, found = whole(tmp_path)
        draw(model, [found], 64, lambda part: True)
        return found.lattice().mean(axis=1)

    together = lattice()
    monkeypatch.setattr(explained, "_CELLS", 2 * 4 * 16 * 8)
    assert lattice() == pytest.approx(together, rel=0.05)
