"""Draws for ArviZ: equally weighted, of one world and one choice of sources each, and true to the result."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import contested
from contested.answers.posterior import Posterior
from contested.answers.result import Result
from contested.engine.design import REPLICATES
from contested.errors import ContestedError
from sample_scenarios import BOUNDS, EXACT, RANGES, VANISHING, written

pytest.importorskip("arviz_base")


def _ran(folder: Path, text: str, **settings: Any) -> Result:
    return contested.load(written(folder, text)).run(**settings)


def test_medians_and_probabilities_are_the_result_s_within_their_error(tmp_path: Path) -> None:
    """A share of n equally weighted draws has a standard error of at most 1 / (2 sqrt(n))."""
    result = _ran(tmp_path, RANGES)
    posterior = result.to_arviz(512)["posterior"]
    error = 0.5 / math.sqrt(512 * REPLICATES)
    for name in ("per_km2", "casualties", "area"):
        values = posterior[name].values
        for p in (0.05, 0.5, 0.95):
            assert abs(result[name].cdf(float(np.quantile(values, p))) - p) < 4 * error
    probability = result.questions["over"].value
    assert probability is not None
    assert abs(float(posterior["over"].values.mean()) - probability) < 4 * error


def test_dimensions_coordinates_and_units_are_named(tmp_path: Path) -> None:
    tree = _ran(tmp_path, RANGES).under("trust_osint").to_arviz(100)
    posterior = tree["posterior"]
    assert dict(posterior.sizes) == {"chain": REPLICATES, "draw": 100}
    assert posterior["chain"].values.tolist() == list(range(REPLICATES))
    assert set(posterior.data_vars) == {"per_km2", "casualties", "area", "over"}
    assert posterior["per_km2"].attrs == {"long_name": "Casualties per km²", "units": "person/km²"}
    assert posterior["over"].attrs["units"] == "1"
    assert (posterior.attrs["scenario"], posterior.attrs["weighting"]) == ("sample", "trust_osint")
    assert "thinned and equally weighted" in posterior.attrs["sample"]
    assert set(tree["sample_stats"].data_vars) == {"source_toll", "source_map"}


def test_every_draw_is_of_one_world_and_its_sources(tmp_path: Path) -> None:
    result = _ran(tmp_path, RANGES)
    tree = result.to_arviz(256)
    posterior = tree["posterior"]
    ratio = posterior["casualties"].values / posterior["area"].values
    np.testing.assert_allclose(posterior["per_km2"].values, ratio, rtol=1e-13)
    assert ((ratio >= 99) == posterior["over"].values).all()
    by_isw = posterior["area"].values[tree["sample_stats"]["source_map"].values == "isw"]
    stated = result["area"].by_source["map"]["isw"]
    assert abs(stated.cdf(float(np.median(by_isw))) - 0.5) < 4 * 0.5 / math.sqrt(by_isw.size)


@given(
    st.lists(st.lists(st.integers(0, 5), min_size=2, max_size=4), min_size=1, max_size=3),
    st.integers(16, 200),
)
@settings(max_examples=30)
def test_every_combination_has_its_share_of_the_draws(shares: list[list[int]], size: int) -> None:
    """To within a draw at either end of its stretch; a source without weight has none."""
    shares = [each if any(each) else [1] * len(each) for each in shares]
    weights = {
        f"d{i}": {f"s{j}": share / sum(each) for j, share in enumerate(each)} for i, each in enumerate(shares)
    }
    places = (np.arange(size) + np.random.default_rng(0).random(size)) / size
    found = contested.answers.posterior._sources(places, weights)
    rows = np.stack([found[name] for name in weights], axis=1)
    expected = np.array([1.0])
    for own in weights.values():
        expected = (expected[:, None] * np.array(list(own.values()))).ravel()
    for index, share in enumerate(expected):
        combination = np.unravel_index(index, [len(each) for each in shares])
        count = int((rows == np.array(combination)).all(axis=1).sum())
        assert abs(count - share * size) < 2
        assert count == 0 or share > 0


def test_each_chain_has_the_sources_by_their_weights(tmp_path: Path) -> None:
    tree = _ran(tmp_path, RANGES).under("trust_osint").to_arviz(400)
    by_osint = tree["sample_stats"]["source_toll"].values == "osint"
    by_isw = tree["sample_stats"]["source_map"].values == "isw"
    np.testing.assert_allclose((by_osint & by_isw).sum(axis=1), 400 * 0.75 * 0.5, atol=2)
    np.testing.assert_allclose((~by_osint & ~by_isw).sum(axis=1), 400 * 0.25 * 0.5, atol=2)


def test_worlds_are_taken_once_and_in_no_order(tmp_path: Path) -> None:
    posterior = Posterior(_ran(tmp_path, RANGES), 512)
    worlds = posterior._picked[0]
    assert (np.sort(worlds, axis=1) == np.arange(512)).all()
    assert len({row.tobytes() for row in worlds}) == REPLICATES
    per_km2 = dict(posterior.variables)["per_km2"].values
    centred = per_km2 - per_km2.mean()
    lagged = float((centred[:, 1:] * centred[:, :-1]).mean() / centred.var())
    assert abs(lagged) < 4 / math.sqrt(512 * REPLICATES)


def test_the_same_seed_gives_the_same_draws(tmp_path: Path) -> None:
    first, again, other = (
        _ran(tmp_path, RANGES, seed=seed).to_arviz(64)["posterior"]["per_km2"].values for seed in (1, 1, 2)
    )
    assert (first == again).all()
    assert (first != other).any()


def test_as_many_as_there_are_by_default(tmp_path: Path) -> None:
    result = _ran(tmp_path, RANGES)
    points = result.run.worlds // REPLICATES
    assert result.to_arviz()["posterior"].sizes["draw"] == min(1000, points)
    with pytest.raises(ContestedError, match=rf"from 1 to the {points:,} worlds of each chain \(got 0\)"):
        result.to_arviz(0)
    with pytest.raises(ContestedError, match=f"got {points + 1}"):
        result.to_arviz(points + 1)


def test_a_ratio_that_is_not_estimable_is_there_as_its_inverse(tmp_path: Path) -> None:
    result = _ran(tmp_path, VANISHING.replace("per_km2 >= 100", "per_km2 <= 100"))
    posterior = result.to_arviz()["posterior"]
    answer = result.estimates["per_km2"]
    assert "per_km2" not in posterior.data_vars
    found = posterior["inverse_of_per_km2"]
    assert found.attrs["units"] == answer.inverse_unit.text
    assert float(np.median(found.values)) == pytest.approx(answer.inverse.median, rel=0.05)
    question = result.questions["over"]
    error = 0.5 / math.sqrt(posterior["over"].size)
    assert question.upper - question.value > 4 * error  # worlds with a denominator below 0 are not counted
    assert abs(float(posterior["over"].values.mean()) - question.value) < 3 * error


def test_what_has_no_draws_is_named(tmp_path: Path) -> None:
    posterior = _ran(tmp_path, BOUNDS).to_arviz()["posterior"]
    assert list(posterior.data_vars) == []
    assert "estimates.per_km2: rests on a one-sided bound" in posterior.attrs["left_out"]


def test_names_that_arviz_or_another_kind_has_are_told_apart(tmp_path: Path) -> None:
    text = EXACT.replace("per_km2", "draw").replace("over: {title", "casualties: {title")
    posterior = _ran(tmp_path, text).to_arviz(64)["posterior"]
    assert set(posterior.data_vars) == {"estimates.draw", "casualties", "area", "questions.casualties"}


def test_no_rule_but_the_linear_one_has_draws(tmp_path: Path) -> None:
    result = _ran(tmp_path, RANGES).pooled_by("quantile")
    with pytest.raises(ContestedError, match=r"no worlds that all of them share; ask pooled_by\('linear'\)"):
        result.to_arviz()


def test_without_arviz_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = _ran(tmp_path, EXACT)
    monkeypatch.setitem(sys.modules, "arviz_base", None)
    with pytest.raises(ContestedError, match=r"to_arviz needs arviz-base: pip install 'contested\[arviz\]'"):
        result.to_arviz()
