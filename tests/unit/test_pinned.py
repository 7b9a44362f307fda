"""Variables that are held: what rests on them moves, and nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtr

from contested.answers.replayed import replayed
from contested.engine.design import Design
from contested.engine.pinned import HeldWorlds, Net
from contested.language.formula import Reference
from running import agreed, asked, disputed, modelled, propagation, ran

WHO = {"who": {"title": "Who", "sources": {"a": "A", "b": "B"}}}
NORMAL = {"mean": 0, "sd": 1}
DRIFT = {"best": 1, "within": "10%", "drawn": "per_figure", "because": "test"}


def test_only_the_figure_whose_draw_is_held_moves(tmp_path: Path) -> None:
    figures = {name: {"title": name, "agreed": {"formula": "3 * drift"}} for name in "fg"}
    model = modelled(tmp_path, propagation(figures, {"r": "f / g"}, inputs={"drift": DRIFT}))
    free = Net(model).worlds(8)
    held = free.holding("inputs.drift@f", np.array([2.0, 5.0])[:, None, None])
    assert np.ravel(held.value(Reference("figure", "f"), {})).tolist() == [6, 15]
    for worlds in (free, held):
        assert np.asarray(worlds.value(Reference("figure", "g"), {})).std() > 0.1
    ratio = np.asarray(held.value(Reference("estimate", "r"), {}))
    assert ratio.shape == (2, 16, 8)
    assert np.asarray(free.value(Reference("figure", "f"), {})).shape == (16, 8)  # as it was before


def test_the_net_is_the_runs_however_it_is_asked_for(tmp_path: Path) -> None:
    model = modelled(tmp_path, propagation(agreed(x=NORMAL, y=NORMAL), {"r": "x + y"}, seed=5))
    net = Net(model)
    early = net.cube(8).copy()
    ((_, _, whole),) = Design(model.dimension, 5).blocks(32)
    assert (net.cube(32) == whole).all()
    assert (early == whole[:, :, :8]).all()
    assert (net.cube(8) == early).all()


def test_the_probability_is_that_of_the_closed_form_in_the_units_stated(tmp_path: Path) -> None:
    """a: x + y > 1, b: y > 1, at 3 to 1, with x in per cent."""
    figures = {"f": disputed("who", {"a": {"formula": "x + y"}, "b": {"formula": "y"}})}
    document = propagation(
        figures,
        {"r": "f"},
        disputes=WHO,
        inputs={
            "x": {"mean": 50, "sd": 10, "unit": "%", "because": "test"},
            "y": {**NORMAL, "because": "test"},
        },
        questions=asked(q="r > 1"),
        default="stated",
        weightings={"stated": {"who": {"a": 3, "b": 1}}},
        max_draws=16_384,
    )
    pinned = replayed(ran(tmp_path, document)).pinned("q", "inputs.x")
    values = np.array([-100.0, 0.0, 40.0, 300.0])
    found, errors = pinned.probability(values, 512)
    exact = 0.75 * ndtr(values / 100 - 1) + 0.25 * ndtr(-1)
    assert (np.abs(found - exact) <= 4 * errors + 1e-6).all()
    assert (errors < 0.005).all()
    assert pinned.replicates(values, 512).shape == (16, 4)


def test_many_values_are_taken_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = propagation(agreed(x=NORMAL, y=NORMAL), {"r": "x + y"}, questions=asked(q="r > 1"))
    pinned = replayed(ran(tmp_path, document)).pinned("q", "figures.x.agreed")
    values = np.linspace(-2, 2, 7)
    at_once = pinned.replicates(values, 64)
    monkeypatch.setattr("contested.engine.pinned._TOGETHER", 2 * 16 * 64)
    assert (pinned.replicates(values, 64) == at_once).all()


def test_what_is_seen_of_a_mixture_is_its_value(tmp_path: Path) -> None:
    parts = [{"min": 1, "max": 2, "weight": 1, "because": "t"}, {"value": 9, "weight": 1, "because": "t"}]
    mixed = {"x": {"title": "x", "agreed": {"mixture": {"pick": "which", "of": parts}}}}
    replay = replayed(ran(tmp_path, propagation(mixed, {"r": "x"}, questions=asked(q="r > 5"))))
    (asked_for,) = replay.variables.values()
    seen = HeldWorlds(replay.model, Net(replay.model).cube(64)).seen(asked_for)
    assert (seen == 9).mean() == pytest.approx(0.5, abs=0.02)
    assert seen.min() >= 1
