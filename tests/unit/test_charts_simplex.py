"""The map of a weight triangle: straight lines that are where the answers say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contested.answers.comparison import Comparison
from contested.engine.weights import stratum_weights
from contested.report.charts.simplex_map import CORNERS, Level, bands, half, lines
from contested.report.charts.simplex_values import of_median, of_question
from drawn import DISPUTED, drawn

SOURCES = ["kyiv", "skeptic", "osint"]


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return drawn(tmp_path_factory.mktemp("simplex"), tolerance=0.005)


def area(polygon: np.ndarray) -> float:
    """A share of the triangle's area, by the shoelace formula in two of the shares."""
    x, y = polygon[:, 0], polygon[:, 1]
    return abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))


def median(comparison: Comparison, shares: np.ndarray) -> float:
    """By another way: the pooled median under weights of these shares."""
    weights = {"toll": dict(zip(SOURCES, shares.tolist(), strict=True)), "map": {"isw": 1, "deepstate": 3}}
    return comparison.result.under(weights).estimates["per_km2"].summary.median


def inside(polygon: np.ndarray, point: np.ndarray) -> bool:
    """Whether a convex polygon holds a point."""
    edges = np.roll(polygon, -1, axis=0) - polygon
    sides = [e[0] * (point - c)[1] - e[1] * (point - c)[0] for e, c in zip(edges, polygon, strict=True)]
    return bool(np.all(np.array(sides) >= -1e-12) or np.all(np.array(sides) <= 1e-12))


def test_a_line_of_equal_median_is_where_the_median_is_that(comparison: Comparison) -> None:
    found = of_median(comparison, "toll", comparison.linear.estimates["per_km2"], SOURCES)
    drawn_lines = lines(found.levels, found.within)
    assert len(drawn_lines) >= 3
    for line in drawn_lines:
        for share in (0.03, 0.4, 0.8):
            shares = line.ends[0] + share * (line.ends[1] - line.ends[0])
            assert median(comparison, shares) == pytest.approx(line.value, rel=2e-3)


def test_a_band_holds_the_weightings_between_its_levels(comparison: Comparison) -> None:
    found = of_median(comparison, "toll", comparison.linear.estimates["per_km2"], SOURCES)
    pieces = bands(found.levels, found.within)
    assert [piece.index for piece in pieces] == list(range(len(found.levels) + 1))
    assert sum(area(piece.corners) for piece in pieces) == pytest.approx(1, abs=1e-9)
    edges = [-np.inf, *(level.value for level in found.levels), np.inf]
    for shares in np.random.default_rng(5).dirichlet(np.ones(3), size=40):
        (piece,) = (each for each in pieces if inside(each.corners, shares))
        assert edges[piece.index] * 0.998 <= median(comparison, shares) <= edges[piece.index + 1] * 1.002


def test_the_median_lies_between_those_of_the_corners(comparison: Comparison) -> None:
    found = of_median(comparison, "toll", comparison.linear.estimates["per_km2"], SOURCES)
    corners = [median(comparison, corner) for corner in CORNERS]
    assert (found.low, found.high) == (min(corners), max(corners))
    assert all(found.low < level.value < found.high for level in found.levels)


@pytest.mark.parametrize("question", ["over", "many"])
def test_a_question_is_linear_between_its_corners(comparison: Comparison, question: str) -> None:
    asked = comparison.linear.questions[question]
    found = of_question(comparison, "toll", asked, SOURCES)
    alone = [asked.by_source["toll"][source].value for source in SOURCES]
    assert (found.low, found.high) == pytest.approx((min(alone), max(alone)), abs=1e-12)
    for level in found.levels:
        assert level.excess == pytest.approx(np.array(alone) - level.value, abs=1e-12)


def test_the_truth_that_nobody_listed_keeps_its_share(tmp_path: Path) -> None:
    text = DISPUTED.replace("osint: OSINT}}", "osint: OSINT}, none_of_these: 0.2}").replace(
        "      osint: {low: 90000",
        "      none_of_these: {low: 20000, high: 400000, because: so}\n      osint: {low: 90000",
    )
    comparison = drawn(tmp_path, text)
    answer = comparison.linear.estimates["per_km2"]
    found = of_median(comparison, "toll", answer, SOURCES)
    simplex = comparison.simplex("toll", "per_km2", steps=1)
    assert (found.low, found.high) == (simplex.median.min(), simplex.median.max())
    assert stratum_weights(answer.drawn.quantity, comparison.result.weights).sum() == pytest.approx(1)


def test_where_the_ratio_is_not_estimable_is_left_out(tmp_path: Path) -> None:
    text = (
        DISPUTED.replace("casualties / area", "people / ground")
        .replace(
            "estimates:",
            "  ground:\n    title: Ground\n    dispute: toll\n    unit: km²\n    claims:\n"
            "      kyiv: {mean: 1000, sd: 50, because: so}\n      skeptic: {mean: 100, sd: 50, because: so}\n"
            "      osint: {mean: 1000, sd: 60, because: so}\nestimates:",
        )
        .replace("people / ground", "casualties / ground")
    )
    comparison = drawn(tmp_path, text)
    answer = comparison.linear.estimates["per_km2"]
    found = of_median(comparison, "toll", answer, SOURCES)
    vanishing = answer.by_source["toll"]["skeptic"].denominator_nonpositive
    most = answer.study.denominators.estimable / vanishing  # of the weight, on the skeptics
    assert found.within[:, 1].max() == pytest.approx(most)
    assert area(found.within) == pytest.approx(1 - (1 - most) ** 2)


def test_lines_that_run_together_are_thinned_but_for_the_one_that_turns(comparison: Comparison) -> None:
    found = of_question(comparison, "toll", comparison.linear.questions["over"], SOURCES)
    assert 0.5 in [level.value for level in found.levels]
    few = found.apart(0.4)
    assert 0.5 in [level.value for level in few.levels]
    assert 0 < len(few.levels) < len(found.levels)
    assert found.apart(0.0) == found


def test_a_stroke_in_a_corner_is_no_line() -> None:
    level = Level(1.0, np.array([0.01, -1.0, -1.0]))
    (line,) = lines([level], CORNERS)
    assert np.abs(line.ends[0] - line.ends[1]).max() < 0.02


def test_a_half_that_nothing_is_in_has_no_corner() -> None:
    assert len(half(CORNERS, np.array([1.0, 2.0, 3.0]))) == 0
    assert half(CORNERS, np.array([-1.0, -2.0, 0.0])) == pytest.approx(CORNERS)
