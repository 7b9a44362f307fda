"""The weight triangle as a picture: labels lie apart, dots are weightings; bars where there is none."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from contested.answers.comparison import Comparison
from contested.errors import ContestedError
from contested.report.charts.measuring import width
from contested.report.charts.placing import Box, Taken, far
from contested.report.charts.questions import probabilities
from contested.report.charts.simplex_map import CORNERS, Level
from contested.report.charts.simplex_values import Simplex
from contested.report.charts.theme import NARROW, WIDE, Look
from contested.report.charts.triangle import triangle
from contested.report.charts.triangle_drawing import Drawing, Frame, Mark, marks
from drawn import DISPUTED, drawn, rows, texts
from sample_scenarios import BOUNDS, EXACT_OR_BOUND


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    return drawn(tmp_path_factory.mktemp("triangle"))


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_labels_lie_apart_and_in_the_picture(comparison: Comparison, look: Look) -> None:
    chart = triangle(comparison, "toll", look=look)
    written = [row for row in rows(chart, "text") if not row["text"].startswith(("Median", "“"))]
    unique = {(row["x"], row["y"], row["text"]) for row in written}  # a rim is the same text again
    named = [
        Box.around(x, y, width(text, look.small), look.small)
        for x, y, text in unique
        if text in {"lines", "kyiv_only", "two"} or text.isdigit()
    ]
    assert len(named) >= 6
    assert not any(one.touches(other) for one, other in combinations(named, 2))
    assert all(box.left >= 0 and box.right <= look.width for box in named)


def test_its_corners_are_the_sources_in_their_colours(comparison: Comparison) -> None:
    dots = {row["source"]: row for row in rows(triangle(comparison, "toll"), "source", "x", "y")}
    assert list(dots) == ["toll.kyiv", "toll.skeptic", "toll.osint"]
    sides = [
        math.dist((dots[a]["x"], dots[a]["y"]), (dots[b]["x"], dots[b]["y"]))
        for a, b in combinations(dots, 2)
    ]
    assert sides == pytest.approx([sides[0]] * 3, abs=0.05)
    assert {"Kyiv", "Skeptics", "OSINT"} <= set(texts(triangle(comparison, "toll")))


def test_a_dot_is_where_its_weights_are(comparison: Comparison) -> None:
    found = {row["names"]: (row["x"], row["y"]) for row in rows(triangle(comparison, "toll"), "names")}
    assert found.keys() == {"lines", "kyiv_only", "two"}
    corners = {
        row["source"]: np.array([row["x"], row["y"]]) for row in rows(triangle(comparison, "toll"), "source")
    }
    kyiv, skeptic, osint = (corners[f"toll.{name}"] for name in ("kyiv", "skeptic", "osint"))
    assert found["lines"] == pytest.approx((kyiv + skeptic + 2 * osint) / 4, abs=0.05)
    assert found["two"] == pytest.approx((skeptic + 3 * osint) / 4, abs=0.05)
    assert found["kyiv_only"] == pytest.approx(kyiv, abs=0.05)


def test_a_weighting_that_weighs_other_disputes_otherwise_is_no_dot(comparison: Comparison) -> None:
    """It would stand on lines of another median than its own; where nothing hangs on those, it is one."""
    chart = triangle(comparison, "toll")
    note = "since the other disputes are weighted otherwise there: “also_kyiv” and “even”."
    for said in (chart["description"], " ".join(texts(chart))):
        assert note in said
        assert "The other disputes stay as weighted." in said
    assert "also_kyiv: Kyiv" not in chart["description"]
    people = triangle(comparison, "toll", "people")
    assert [row["names"] for row in rows(people, "names")] == ["lines", "kyiv_only, also_kyiv", "two", "even"]
    assert "other disputes" not in people["description"]


def test_a_value_does_not_stand_where_it_reads_as_one_more_name() -> None:
    """The middle of its line is free, but right below the names."""
    drawing, frame = Drawing(12), Frame(0, 0, 400)
    taken = Taken(Box(0, 0, 400, 400))
    drawing.mark(frame, [Mark(("lines", "even"), np.full(3, 1 / 3))], taken, named=True)
    (names,) = drawing.names
    level = (frame.bottom - names.bottom - 12) / frame.bottom  # of the third's share, at a place below them
    found = Simplex(low=0, high=1, levels=(Level(0.5, CORNERS[2] - level),), within=CORNERS)
    assert taken.free(Box.around(*frame.place(np.array([(1 - level) / 2] * 2 + [level])), 25, 15))
    drawing.add(frame, found, [0.0, 1.0], "{:g}".format, taken)
    (value,) = (text for text in drawing.texts if text.text == "0.5")
    assert value.y == pytest.approx(names.bottom + 12, abs=0.1)
    assert value.x + width("0.5", 12) / 2 + 9 <= names.left


def test_under_another_rule_it_says_that_it_is_pooled_linearly(comparison: Comparison) -> None:
    other = replace(comparison, result=comparison.result.pooled_by("quantile"))
    pictures = [draw(other, dispute) for draw in (triangle, probabilities) for dispute in ("toll", "map")]
    for chart in pictures:
        for said in (chart["description"], " ".join(texts(chart))):
            assert "Sources are pooled linearly here; pooled by the quantile rule, as elsewhere" in said
    assert "As weighted, pooled linearly (weighting “lines”)" in pictures[1]["description"]
    assert "As weighted, pooled linearly: " in pictures[3]["description"]
    assert "pooled linearly" not in triangle(comparison, "map")["description"]


def test_weightings_of_the_same_shares_are_one_mark() -> None:
    weightings = {
        "a": {"x": 0.2, "y": 0.2, "none_of_these": 0.6},
        "b": {"x": 0.5, "y": 0.5},
        "c": {"x": 1, "y": 0},
    }
    found = marks(weightings, ["x", "y"])
    assert [mark.names for mark in found] == [("a", "b"), ("c",)]
    assert found[0].shares == pytest.approx([0.5, 0.5])


def test_stronger_is_more(comparison: Comparison) -> None:
    """The band at the skeptics' corner, whose median is the lowest, is the faintest."""
    chart = triangle(comparison, "toll")
    corners = {row["source"]: (row["x"], row["y"]) for row in rows(chart, "source")}
    pieces: dict[int, list[dict]] = {}
    for row in rows(chart, "piece"):
        pieces.setdefault(row["piece"], []).append(row)
    strength = {
        source: max(p[0]["opacity"] for p in pieces.values() if p[0]["opacity"] < 1 and place in _corners(p))
        for source, place in corners.items()
    }
    assert strength["toll.skeptic"] < strength["toll.kyiv"]


def _corners(piece: list[dict]) -> set[tuple[float, float]]:
    return {(row["x"], row["y"]) for row in piece}


def test_the_alt_text_has_the_sources_numbers_and_the_weightings(comparison: Comparison) -> None:
    said = triangle(comparison, "toll")["description"]
    assert "Median over all weightings of this dispute: Casualties per km² (people per km²)" in said
    assert "OSINT: " in said
    assert "lines: Kyiv 25 %, Skeptics 25 %, OSINT 50 %" in said


@pytest.mark.parametrize(("dispute", "estimate"), [("map", "per_km2"), ("map", "people")])
def test_bars_stand_for_another_number_of_sources(
    comparison: Comparison, dispute: str, estimate: str
) -> None:
    chart = triangle(comparison, dispute, estimate)
    alone = comparison.result.estimates[estimate].by_source.get("map", {})
    medians = {row["source"]: row["median"] for row in rows(chart, "median") if row["source"] != "pooled"}
    assert medians == {f"map.{source}": answer.summary.median for source, answer in alone.items()}
    assert ("It does not depend on “Whose map”." in texts(chart)) is (estimate == "people")


def test_bars_stand_for_a_bound(tmp_path: Path) -> None:
    chart = triangle(drawn(tmp_path, EXACT_OR_BOUND), "toll")
    assert {row["label"]: row["bound"] for row in rows(chart, "bound")}["Kyiv"] == 900


def test_an_unknown_dispute_is_answered_with_the_nearest(comparison: Comparison) -> None:
    for picture in (triangle, probabilities):
        with pytest.raises(ContestedError, match="did you mean 'toll'"):
            picture(comparison, "tol")


@pytest.mark.parametrize("look", [WIDE, NARROW])
def test_each_question_has_a_triangle_with_its_range(comparison: Comparison, look: Look) -> None:
    chart = probabilities(comparison, "toll", look)
    assert {"At least 99", "Over 100 thousand"} <= set(texts(chart))
    assert len(rows(chart, "source")) == 6
    on_both, on_toll_alone = ["lines", "kyiv_only", "two"], ["lines", "kyiv_only, also_kyiv", "two", "even"]
    assert [row["names"] for row in rows(chart, "names")] == [*on_both, *on_toll_alone]
    assert "Probabilities over all weightings of this dispute: Whose count" in " ".join(texts(chart))
    others = "The other disputes stay as weighted; dots: the named weightings that leave"
    assert others in chart["description"]
    levels = {row["level"] for row in rows(chart, "level")}
    assert 0.5 in levels
    assert {row["width"] for row in rows(chart, "level") if row["level"] == 0.5} == {2.0}
    assert f"{100 * max(levels):g} %" in texts(chart)
    assert all(0 <= row["x"] <= look.width for row in rows(chart, "x"))


def test_questions_of_another_number_of_sources_are_bars(comparison: Comparison) -> None:
    chart = probabilities(comparison, "map")
    asked = comparison.linear.questions["over"]
    found = {row["label"]: row["median"] for row in rows(chart, "median")}
    assert found["As weighted"] == asked.value
    assert found["ISW"] == asked.by_source["map"]["isw"].value
    assert "Over 100 thousand" not in texts(chart)


@pytest.mark.parametrize("dispute", ["toll", "map"])
def test_of_many_questions_those_that_hang_on_it_most_are_shown(tmp_path: Path, dispute: str) -> None:
    many = "".join(f"  q{i}: {{title: Over {i}, formula: per_km2 > {i}}}\n" for i in range(1, 400, 20))
    comparison = drawn(tmp_path, DISPUTED.replace("questions:\n", f"questions:\n{many}"))
    written = texts(probabilities(comparison, dispute))
    asked = comparison.linear.questions
    varies = {
        question.title: max(alone) - min(alone)
        for question in asked.values()
        if (alone := [each.value for each in question.by_source.get(dispute, {}).values()])
    }
    shown = [title for title in varies if title in written]
    assert len(shown) == 12
    assert min(varies[title] for title in shown) >= max(varies[t] for t in varies if t not in shown)
    assert shown == [question.title for question in asked.values() if question.title in shown]
    assert f"The 12 of {len(varies)} questions that hang on it most." in written


def test_there_is_none_where_no_question_hangs_on_a_dispute(tmp_path: Path) -> None:
    text = DISPUTED.replace("  over: {title: At least 99, formula: per_km2 >= 99}\n", "")
    assert probabilities(drawn(tmp_path, text), "map") is None
    assert (
        probabilities(
            drawn(
                tmp_path,
                BOUNDS.replace("figures:", "disputes: {d: {title: D, sources: {a: A, b: B}}}\nfigures:"),
            ),
            "d",
        )
        is None
    )


def test_a_label_goes_to_the_nearest_free_place() -> None:
    taken = Taken(Box(0, 0, 200, 100))
    first = taken.beside(100, 50, 40, 12)
    assert (first.left, (first.top + first.bottom) / 2) == (108, 50)
    second = taken.beside(100, 50, 40, 12)
    assert second.right == 92
    assert not first.touches(second)
    assert taken.beside(198, 50, 40, 12).right <= 192
    assert Taken(Box(0, 0, 30, 10)).beside(15, 5, 40, 12) is None


def test_what_is_far_has_a_line_to_it() -> None:
    assert not far(Box(8, -6, 48, 6), 0, 0)
    assert far(Box(20, -6, 48, 6), 0, 0)


def test_a_frame_is_an_equilateral_triangle() -> None:
    frame = Frame(10, 20, 100)
    assert frame.place(np.array([1.0, 0, 0])) == (10, round(20 + 50 * math.sqrt(3), 2))
    assert frame.place(np.array([0, 0, 1.0])) == (60, 20)
