"""Densities: each where its answer's weight lies."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contested.answers.comparison import Comparison
from contested.report.charts.axes import Axis
from contested.report.charts.chart import chart
from contested.report.charts.densities import curve, densities
from contested.report.charts.theme import NARROW, WIDE, Look
from drawn import drawn, rows, texts
from sample_scenarios import BOUNDS, EXACT, HUMPS, VANISHING


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return drawn(tmp_path_factory.mktemp("densities"), tolerance=0.002)


@pytest.mark.parametrize("rule", ["linear", "log-quantile"])
@pytest.mark.parametrize("logarithmic", [True, False])
def test_a_curve_holds_what_its_answer_holds(comparison: Comparison, rule: str, logarithmic: bool) -> None:
    """Between two places lies the probability between them; all of it on an axis that is long enough."""
    answer = comparison.result.pooled_by(rule).estimates["per_km2"]
    axis = Axis(low=20, high=400, logarithmic=logarithmic, left=0, right=1200)
    found = curve(answer, axis)
    at = np.log(found.values) if logarithmic else found.values
    mass = np.concatenate([[0], np.cumsum((found.density[1:] + found.density[:-1]) / 2 * np.diff(at))])
    for value in (60, 90, 120, 160):
        assert np.interp(value, found.values, mass) == pytest.approx(answer.cdf(value), abs=0.01)
    assert mass[-1] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_a_curve_stands_on_each_rows_bars(comparison: Comparison, look: Look) -> None:
    chart = densities(comparison.result, look=look)
    places = rows(chart, "density")
    for row in rows(chart, "median"):
        assert any(0 < row["y"] - place["base"] < 8 and place["source"] == row["source"] for place in places)
    assert len({place["row"] for place in places}) == len(rows(chart, "median")) == 6
    for index in range(6):
        own = [place for place in places if place["row"] == index]
        assert {place["base"] for place in own} == {own[0]["base"]}
        top = max(own, key=lambda place: place["density"])
        assert own[0]["base"] - top["y"] == pytest.approx(26, abs=0.1)


def test_the_axis_holds_every_interval_and_some_of_the_tails(comparison: Comparison) -> None:
    chart = densities(comparison.result)
    values = [place["value"] for place in rows(chart, "density")]
    assert min(values) < min(row["low"] for row in rows(chart, "level"))
    assert max(values) > max(row["high"] for row in rows(chart, "level"))


def test_the_result_draws_it(comparison: Comparison) -> None:
    assert comparison.result.plot().to_dict() == chart(densities(comparison.result)).to_dict()
    assert texts(densities(comparison.result, "people"))[0] == "Casualties (people)"
    assert comparison.result.plot("people").description.startswith("Casualties (people).")


def test_two_humps_show_as_two(tmp_path: Path) -> None:
    answer = drawn(tmp_path, HUMPS).result.estimates["ground_gained"]
    found = curve(answer, Axis(low=5, high=40, logarithmic=False, left=0, right=400))
    near, between, far = (np.interp(x, found.values, found.density) for x in (10, 18, 30))
    assert near == pytest.approx(0.6 / np.sqrt(2 * np.pi), rel=0.05)
    assert far == pytest.approx(0.4 / 2 / np.sqrt(2 * np.pi), rel=0.05)
    assert between < 0.01 * far


def test_a_curve_falls_at_once_where_its_law_ends(tmp_path: Path) -> None:
    """A uniform law and −|x|: all of the weight is beneath the curve, and the edge has its own height."""
    claim = "claims: {near: {min: 10, max: 20, because: judged}, far: {mean: 0, sd: 2, because: judged}}"
    text = HUMPS.replace("      near: {mean: 10, sd: 1, because: judged}\n", "").replace(
        "    claims:\n      far: {mean: 30, sd: 2, because: judged}\n", f"    {claim}\n"
    )
    text = text.replace("formula: ground, unit", "formula: 0 - abs(ground), unit")
    answer = drawn(tmp_path, text).result.estimates["ground_gained"]
    found = curve(answer, Axis(low=-25, high=5, logarithmic=False, left=0, right=150))
    assert np.trapezoid(found.density, found.values) == pytest.approx(1, abs=0.002)
    top = 0.4 * np.sqrt(2 / np.pi) / 2
    for end, height in ((-20, 0.06), (-10, 0.06), (0, top)):
        near = np.abs(found.values - end) < 0.01
        assert found.density[near].min() <= 0.01 * top
        assert found.density[near].max() == pytest.approx(height, rel=0.05)


def test_single_values_are_lines(tmp_path: Path) -> None:
    result = drawn(tmp_path, EXACT).result
    chart = densities(result)
    assert not rows(chart, "density")
    found = {(row["source"], row["value"]) for row in rows(chart, "value", "base")}
    per_km2 = 160600 / (600 * 2.589988110336)
    assert {source for source, _ in found} == {"pooled", "toll.kyiv", "toll.skeptic"}
    pooled = sorted(value for source, value in found if source == "pooled")
    assert pooled == pytest.approx([per_km2 / 2, per_km2])


def test_where_the_ratio_is_not_estimable_the_inverse_is_drawn(tmp_path: Path) -> None:
    answer = drawn(tmp_path, VANISHING).result.estimates["per_km2"]
    axis = Axis(low=-20, high=40, logarithmic=False, left=0, right=1200)
    found = curve(answer, axis, inverse=True)
    mass = np.cumsum(found.density) * (found.values[1] - found.values[0])
    for level in (0.25, 0.5, 0.75):  # km² per 1,000 people, about the ground in km²
        middle = next(i for i in answer.inverse.intervals if i.level == 0.5)
        value = {0.25: middle.low, 0.5: answer.inverse.median, 0.75: middle.high}[level]
        assert np.interp(value, found.values, mass) == pytest.approx(level, abs=0.02)


def test_a_bound_has_no_curve(tmp_path: Path) -> None:
    chart = densities(drawn(tmp_path, BOUNDS).result)
    assert not rows(chart, "density")
    assert "at least 33" in texts(chart)
