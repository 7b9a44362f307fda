"""The grid: each cell one source of each of two disputes, on one axis."""

from __future__ import annotations

from pathlib import Path

import pytest

from contested.answers.comparison import Comparison
from contested.report.charts.grid import grid, two_disputes
from contested.report.charts.theme import NARROW, WIDE, Look
from drawn import DISPUTED, drawn, rows, scales, texts
from sample_scenarios import BOUNDS, VANISHING


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return drawn(tmp_path_factory.mktemp("grid"))


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_each_cell_has_the_median_of_its_pair(comparison: Comparison, look: Look) -> None:
    chart = grid(comparison, look=look)
    found = {row["label"]: row for row in rows(chart, "median")}
    assert len(found) == 6
    for toll in ("kyiv", "skeptic", "osint"):
        for territory in ("isw", "deepstate"):
            chosen = {"toll": {toll: 1, "others": 0}, "map": {territory: 1, "others": 0}}
            answer = comparison.result.under(chosen).estimates["per_km2"]
            titles = {
                "kyiv": "Kyiv",
                "skeptic": "Skeptics",
                "osint": "OSINT",
                "isw": "ISW",
                "deepstate": "DeepState",
            }
            row = found[f"“{titles[toll]}” with “{titles[territory]}”"]
            assert row["median"] == answer.summary.median
            assert row["source"] == f"toll.{toll}"


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_cells_share_one_axis(comparison: Comparison, look: Look) -> None:
    """From a column to the next, every tick moves by as much."""
    places: dict[float, set[float]] = {}
    for row in rows(grid(comparison, look=look), "value", "y2"):
        places.setdefault(row["value"], set()).add(row["x"])
    steps = {round(max(found) - min(found), 6) for found in places.values()}
    assert {len(found) for found in places.values()} == {2}
    assert len(steps) == 1


# Columns too narrow for the numbers of each in one line.
MANY = (
    DISPUTED.replace("unit: person/km²}", "unit: person/(1000 km²)}")
    .replace("deepstate: DeepState}", "deepstate: DeepState, third: Third}")
    .replace("deepstate: 3}", "deepstate: 3, others: 0}")
    .replace("      deepstate: {", "      third: {low: 900, high: 1200, because: judged}\n      deepstate: {")
)


def test_where_columns_are_narrow_the_ends_of_an_interval_stand_under_each_other(tmp_path: Path) -> None:
    chart = grid(drawn(tmp_path, MANY), look=NARROW)
    written = texts(chart)
    assert any(text.startswith("Numbers: median (90 %).") for text in written)
    assert sum(text.endswith(",000 to") for text in written) == 9
    ticks: dict[float, set[float]] = {}
    for row in rows(chart, "value", "y2"):
        ticks.setdefault(row["value"], set()).add(row["x"])
    labelled = [value for value, places in ticks.items() if len(places) == 3 and f"{value:,.0f}" in written]
    assert len(labelled) >= 2


def test_the_caption_says_what_is_written_in_a_cell(tmp_path: Path) -> None:
    """Where there is room for medians alone, it does not speak of intervals."""
    more = "".join(f"      {name}: {{low: 900, high: 1100, because: judged}}\n" for name in "de")
    text = MANY.replace("third: Third}", "third: Third, d: D, e: E}").replace(
        "      third: {", f"{more}      third: {{"
    )
    chart = grid(drawn(tmp_path, text), look=NARROW)
    written = texts(chart)
    assert any(text.startswith("Numbers: median. Dashed line") for text in written)
    assert not any(text.endswith(" to") for text in written)
    assert "Numbers: median (90 %)." in chart["description"]


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_columns_do_not_overlap(comparison: Comparison, look: Look) -> None:
    ends = sorted(
        (row["x"], row["x2"]) for row in rows(grid(comparison, look=look), "x2") if "level" not in row
    )
    assert ends[0][1] < ends[1][0]
    for row in rows(grid(comparison, look=look), "level"):
        assert any(left - 5 <= row["x"] <= row["x2"] <= right + 5 for left, right in ends)


def test_sources_and_disputes_are_named(comparison: Comparison) -> None:
    written = texts(grid(comparison))
    assert {"Kyiv", "Skeptics", "OSINT", "ISW", "DeepState", "Whose count", "Whose map"} <= set(written)
    assert "people per km²" in written


def test_colours_are_those_of_the_other_pictures(comparison: Comparison) -> None:
    from contested.report.charts.forest import forest

    assert {str(scale) for scale in scales(grid(comparison))} == {
        str(scale) for scale in scales(forest(comparison))
    }


def test_there_is_none_for_one_dispute_or_a_bound(comparison: Comparison, tmp_path: Path) -> None:
    assert grid(comparison, "people") is None
    assert grid(drawn(tmp_path, BOUNDS)) is None
    assert grid(comparison.result) is not None


def test_of_three_disputes_the_two_that_matter_most_are_shown(tmp_path: Path) -> None:
    text = (
        DISPUTED.replace(
            "  map: {title: Whose map,",
            "  day: {title: Which day, sources: {a: A, b: B}}\n  map: {title: Whose map,",
        )
        .replace(
            "estimates:",
            "  days:\n    title: Days\n    dispute: day\n    claims:\n      a: {value: 1, because: so}\n"
            "      b: {value: 1.01, because: so}\nestimates:",
        )
        .replace("casualties / area,", "casualties / area * days,")
    )
    comparison = drawn(tmp_path, text)
    assert two_disputes(comparison.result.estimates["per_km2"]) == ("toll", "map")
    assert "“Which day” stays as weighted." in texts(grid(comparison))


def test_a_ratio_that_is_not_estimable_shows_its_inverse(tmp_path: Path) -> None:
    text = VANISHING.replace(
        "  map: {", "  toll: {title: Whose toll, sources: {low: Low, high: High}}\n  map: {"
    ).replace(
        "agreed: {low: 900, high: 1100, because: a count}",
        "dispute: toll, claims: {low: {value: 900, because: so}, high: {value: 1100, because: so}}",
    )
    comparison = drawn(tmp_path, text)
    chart = grid(comparison)
    assert "Not estimable as a ratio" in chart["description"]
    assert len(rows(chart, "median")) == 4
    assert all(row["median"] > 0 for row in rows(chart, "median"))
