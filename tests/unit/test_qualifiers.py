"""What qualifies an estimate: lines of evidence in words, and what is said where medians have no range."""

from __future__ import annotations

from pathlib import Path

import pytest

import contested
from briefed import sampled
from contested.engine.precision import Measured
from contested.report.briefing.grid import grid
from contested.report.markdown import markdown
from contested.report.qualifiers import (
    MediansBySource,
    idle,
    line_count,
    lines_text,
    medians_by_source,
    without_range,
)
from contested.report.sentence import statement
from sample_scenarios import BOUNDS, RANGES, TWO_BOUNDS, written

# A's map may show lost ground and B's may not; A has no weight in the default.
ONE_VANISHES = """\
title: Ground that one map may show as lost
as_of: 2026-01-01
disputes: {map: {title: Whose map, sources: {a: A, b: B}}}
default: trust
weightings: {trust: {map: {a: 0, b: 1}}}
figures:
  area:
    title: Area
    dispute: map
    unit: km²
    claims: {a: {mean: 150, sd: 100, because: judged}, b: {low: 90, high: 110, because: judged}}
estimates:
  ground: {title: Ground, formula: area, unit: km²}
  inverse: {title: One over area, formula: 1 / area, unit: 1/km²}
sampling: {tolerance: 0.02}
"""


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (1.0, "one"),
        (2.0, "two"),
        (2 - 1e-12, "two"),
        (10.0, "ten"),
        (1.97, "2.0"),
        (1.9, "1.9"),
        (12.0, "12"),
    ],
)
def test_a_whole_number_of_lines_is_a_word(lines: float, words: str) -> None:
    assert line_count(lines) == words


def test_lines_are_counted_in_english(tmp_path: Path) -> None:
    study = contested.load(written(tmp_path, RANGES)).study
    first, second = study.disputes
    assert lines_text(study, {first: 1.0, second: 1.9}) == (
        "one independent line of evidence on “Whose count” and 1.9 on “Whose map”"
    )


def test_a_range_says_which_end_has_no_weight(tmp_path: Path) -> None:
    comparison, briefing = sampled(tmp_path, ONE_VANISHES)
    text = statement(comparison.result.estimates["ground"])
    assert text.endswith(
        " as one source or another is taken, the highest with a source that has no weight here)"
    )
    headline = briefing.headline
    assert headline.least is not None and headline.most is not None
    assert (headline.least.sources, headline.most.sources) == ("“B”", "“A” (no weight here)")


def test_it_says_why_there_is_no_range(tmp_path: Path) -> None:
    answer = contested.load(written(tmp_path, ONE_VANISHES)).run().estimates["inverse"]
    assert answer.estimable
    why = "no range over sources, since with some of them the denominator may be zero or less"
    assert without_range(answer) == why
    assert f"; {why})" in statement(answer)


def test_bounds_have_a_range_over_sources(tmp_path: Path) -> None:
    answer = contested.load(written(tmp_path, TWO_BOUNDS)).run().estimates["people"]
    assert statement(answer) == (
        "what follows is at least 4,300 people (at least 4,300 or at least 5,000 as one source or another is "
        "taken), with no interval, because bounds are all that is stated"
    )


def test_without_a_dispute_nothing_is_said_of_sources(tmp_path: Path) -> None:
    assert without_range(contested.load(written(tmp_path, BOUNDS)).run().estimates["per_km2"]) == ""


def test_two_ends_without_weight_are_of_two_sources() -> None:
    ends = MediansBySource(
        least=Measured(1.0),
        most=Measured(2.0),
        least_of={"who": "a"},
        most_of={"who": "b"},
        ends=("1.0", "2.0"),
    )
    weights = {"who": {"a": 0.0, "b": 0.0, "c": 1.0}}
    assert idle(ends, weights) == ", the lowest and highest with sources that have no weight here"


# A knows the toll to one in a hundred, so that its median has three digits beside its interval; B's has two.
UNLIKE_DIGITS = """\
title: A toll that one source knows well
as_of: 2026-01-01
disputes:
  toll: {title: Whose count, sources: {a: A, b: B}}
  share: {title: Whose share, sources: {c: C, d: D}}
figures:
  toll:
    title: Toll
    dispute: toll
    unit: person
    claims: {a: {best: 158864, within: 1%, because: judged}, b: {best: 183646, within: 30%, because: judged}}
  part:
    title: Part of it
    dispute: share
    unit: "1"
    claims: {c: {best: 0.9, within: 0.1%, because: judged}, d: {best: 1, within: 0.1%, because: judged}}
estimates:
  total: {title: Toll, formula: toll, unit: person}
  of_toll: {title: Part of the toll, formula: toll * part, unit: person}
sampling: {tolerance: 0.02}
"""


def test_the_ends_of_a_range_are_printed_as_in_the_forest(tmp_path: Path) -> None:
    comparison, briefing = sampled(tmp_path, UNLIKE_DIGITS)
    rows = {row.key: row.cells[0].text for row in briefing.forest.rows}
    assert (rows["source:toll.a"], rows["source:toll.b"]) == ("159,000", "180,000")
    assert briefing.headline.least is not None and briefing.headline.most is not None
    assert briefing.headline.least.median.text == rows["source:toll.a"]
    assert briefing.headline.most.median.text == rows["source:toll.b"]
    assert "the median runs from 159,000 to 180,000 as one source" in briefing.headline.sentence
    assert "; 159,000 to 180,000 as one source" in statement(comparison.result.estimates["total"])


def test_the_ends_of_a_range_are_printed_as_in_the_grid(tmp_path: Path) -> None:
    comparison, _ = sampled(tmp_path, UNLIKE_DIGITS)
    found = medians_by_source(comparison.result.estimates["of_toll"])
    cells = grid(comparison, "of_toll")
    assert found is not None and cells is not None
    first, last = ([cell.text.partition(" ")[0] for cell in row.cells] for row in cells.rows)
    assert found.ends == (first[0], last[1])


def test_ends_that_other_digits_would_make_alike_are_told_apart(tmp_path: Path) -> None:
    text = UNLIKE_DIGITS.replace("best: 158864, within: 1%", "best: 180000, within: 25%")
    comparison, _ = sampled(tmp_path, text)
    found = medians_by_source(comparison.result.estimates["total"])
    assert found is not None
    low, high = (float(end.replace(",", "")) for end in found.ends)
    assert low < high


@pytest.mark.parametrize(
    ("other", "hinge"),
    [
        (183646, "It hinges on whom one believes"),
        (160000, "Whom one believes moves the median by less than a third of the 90 % interval's width"),
    ],
)
def test_it_hinges_on_sources_where_they_are_a_good_part_of_the_interval(
    tmp_path: Path, other: int, hinge: str
) -> None:
    """25,000 or 1,000 between the medians, in intervals of some 45,000 and 27,000."""
    text = UNLIKE_DIGITS.replace("183646, within: 30%", f"{other}, within: 10%")
    _, briefing = sampled(tmp_path, text)
    assert briefing.headline.hinge == hinge
    assert f"- Sources: {hinge}\n" in markdown(briefing).replace("*", "")
