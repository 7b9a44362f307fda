"""The forest: a row for every assumption, with the answer's own numbers, or words in their place."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.errors import ContestedError
from contested.report.briefing.forest import forest as table
from contested.report.charts.forest import forest
from contested.report.charts.theme import NARROW, PALETTE, POOL, WIDE, Look
from contested.report.charts.triangle import triangle
from contested.report.wording import Printed
from drawn import DISPUTED, drawn, rows, scales, texts
from sample_scenarios import BESIDE_NONE, BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, VANISHING


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return drawn(tmp_path_factory.mktemp("forest"))


def answers(comparison: Comparison, estimate: str) -> dict[str, Answer]:
    """Every answer that a forest shows, by its row's label."""
    whole = comparison.result.estimates[estimate]
    found = {"As weighted (weighting “lines”)": whole}
    for name, own in whole.by_source.items():
        sources = comparison.study.disputes[name].sources
        found |= {sources[source].title: answer for source, answer in own.items()}
        left = comparison.leave_out[name]
        found |= {f"without {sources[key].title}": r.estimates[estimate] for key, r in left.items()}
    found |= {name: r.estimates[estimate] for name, r in comparison.weightings.items()}
    return found


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_every_row_has_its_answers_numbers(comparison: Comparison, look: Look) -> None:
    chart = forest(comparison, look=look)
    medians = {row["label"]: row["median"] for row in rows(chart, "median")}
    held = {(row["label"], row["level"]): (row["low"], row["high"]) for row in rows(chart, "level")}
    written = texts(chart)
    expected = answers(comparison, "per_km2")
    assert medians.keys() > expected.keys()
    for label, answer in expected.items():
        assert medians[label] == answer.summary.median
        shown = Printed.of(answer.summary)
        assert f"{shown.median} ({shown.intervals[-1]})" in written
        for found in answer.summary.intervals:
            assert held[label, found.level] == (found.low, found.high)


def test_a_rule_known_to_few_digits_has_the_table_s_text(comparison: Comparison) -> None:
    """The logarithmic pool's ends are known worst: a picture and the table beside it have the same digits."""
    rules = [row for row in table(comparison, "per_km2").rows if row.key.startswith("rule:")]
    written = texts(forest(comparison))
    shown = [f"{row.cells[0].text} ({row.cells[-1].text})" for row in rules if len(row.cells) > 1]
    assert len(shown) == 3
    assert set(shown) <= set(written)


def test_it_shows_every_rule(comparison: Comparison) -> None:
    medians = [row["median"] for row in rows(forest(comparison), "median")]
    found = [result.estimates["per_km2"].summary for result in comparison.rules.values()]
    assert sum(summary is None for summary in found) == texts(forest(comparison)).count("undefined") == 1
    assert {summary.median for summary in found if summary} <= set(medians)


def test_the_first_estimate_is_shown_where_none_is_named(comparison: Comparison) -> None:
    assert texts(forest(comparison)) == texts(forest(comparison, "per_km2"))
    assert "Casualties (people)" in texts(forest(comparison, "people"))


def test_only_disputes_that_the_estimate_depends_on_are_shown(comparison: Comparison) -> None:
    assert not {"ISW", "without ISW"} & set(texts(forest(comparison, "people")))


def test_a_source_has_one_colour_and_the_pool_is_neutral(comparison: Comparison) -> None:
    sources = {row["label"]: row["source"] for row in rows(forest(comparison), "median")}
    assert sources["Kyiv"] == "toll.kyiv"
    assert sources["DeepState"] == "map.deepstate"
    assert sources["without Kyiv"] == sources["lines"] == "pooled"
    for scale in scales(forest(comparison)):
        colours = dict(zip(scale["domain"], scale["range"], strict=True))
        assert colours["toll.kyiv"] == PALETTE[0]
        assert colours["map.deepstate"] == PALETTE[4]
        assert colours["pooled"] == POOL


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_no_row_lies_on_another_and_nothing_leaves_the_picture(comparison: Comparison, look: Look) -> None:
    chart = forest(comparison, look=look)
    places = sorted(row["y"] for row in rows(chart, "median"))
    assert all(b - a >= 15 for a, b in pairwise(places))
    assert all(
        0 <= row["y"] <= chart["height"] and 0 <= row["x"] <= look.width for row in rows(chart, "text")
    )
    assert chart["width"] == look.width


def test_the_alt_text_says_every_row(comparison: Comparison) -> None:
    said = forest(comparison)["description"]
    for label, answer in answers(comparison, "per_km2").items():
        assert f"{label}: {Printed.of(answer.summary).median} (" in said
    assert "50 % and 90 % of the model’s weight" in said


def test_an_unknown_estimate_is_answered_with_the_nearest(comparison: Comparison) -> None:
    with pytest.raises(ContestedError, match="did you mean 'per_km2'"):
        forest(comparison, "per_km")


def test_a_ratio_that_is_not_estimable_shows_its_inverse(tmp_path: Path) -> None:
    comparison = drawn(tmp_path, VANISHING)
    answer = comparison.result.estimates["per_km2"]
    assert isinstance(answer, Answer) and answer.inverse is not None
    chart = forest(comparison)
    medians = {row["label"]: row["median"] for row in rows(chart, "median")}
    assert medians["even"] == pytest.approx(answer.inverse.median, rel=1e-12)
    narrow = answer.by_source["map"]["narrow"]  # estimable by itself: its inverse is the reciprocal
    assert medians["Narrow map"] == pytest.approx(1000 / narrow.summary.median, rel=1e-3)
    assert any(text.startswith("Not estimable as a ratio") for text in texts(chart))
    assert "The inverse of “Casualties per km²” (km² per 1000 people)" in chart["description"]


def test_what_is_undefined_says_so_in_a_word_and_why_in_the_alt_text(tmp_path: Path) -> None:
    chart = forest(drawn(tmp_path, EXACT))
    assert texts(chart).count("undefined") == 1
    assert "agreement (logarithmic): undefined under the logarithmic rule" in chart["description"]


def test_an_estimate_that_nobody_disputes_is_one_row(tmp_path: Path) -> None:
    text = DISPUTED.replace("formula: casualties, unit: person", "formula: floor, unit: person").replace(
        "estimates:",
        "  floor: {title: Floor, unit: person, agreed: {low: 9, high: 12, because: so}}\nestimates:",
    )
    chart = forest(drawn(tmp_path, text), "people")
    assert [row["label"] for row in rows(chart, "median")] == ["As stated"]
    assert "Named weightings" not in texts(chart)


def test_without_named_weightings_there_is_no_heading_for_them(tmp_path: Path) -> None:
    comparison = drawn(tmp_path, weightings=[])
    assert "Named weightings" not in [*texts(forest(comparison)), triangle(comparison, "toll")["description"]]
    assert "Rules of pooling" in texts(forest(comparison))


def test_an_exact_number_has_no_interval(tmp_path: Path) -> None:
    assert "100" in texts(forest(drawn(tmp_path, EXACT)))  # 160,600 people over 600 mi²


def test_a_bound_is_an_arrow_and_words(tmp_path: Path) -> None:
    chart = forest(drawn(tmp_path, BOUNDS))
    assert "at least 33" in texts(chart)
    assert [row["bound"] for row in rows(chart, "bound")] == pytest.approx([200000 / 6035.5])
    assert not rows(chart, "median")


def test_an_exact_number_beside_a_bound(tmp_path: Path) -> None:
    chart = forest(drawn(tmp_path, EXACT_OR_BOUND))
    bounds = {row["label"]: row["bound"] for row in rows(chart, "bound")}
    assert bounds["Named dead"] == 100
    assert bounds["Kyiv"] == 900
    assert {"at least 100", "900"} <= set(texts(chart))


def test_an_interval_in_pieces_is_drawn_in_pieces(tmp_path: Path) -> None:
    comparison = drawn(tmp_path, HUMPS)
    pooled = comparison.result.estimates["ground_gained"].summary.intervals[0]
    assert len(pooled.pieces) == 2
    drawn_pieces = [
        (row["low"], row["high"])
        for row in rows(forest(comparison), "level")
        if row["label"] == "mostly_near"
    ]
    assert drawn_pieces == [(piece.low, piece.high) for piece in pooled.pieces]


def test_the_truth_that_nobody_listed_is_a_row(tmp_path: Path) -> None:
    comparison = drawn(tmp_path, BESIDE_NONE)
    sources = {row["source"] for row in rows(forest(comparison), "median")}
    assert "toll.none_of_these" in sources
