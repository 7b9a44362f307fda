"""The picture of a track: what it draws is what the track says, and a month that lost ground is no spike."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import vl_convert

import contested
from contested.answers.track import Track
from contested.errors import ContestedError
from contested.language.periods import parse_period
from contested.language.spans import periods_of, words
from contested.report.charts.calendar import Calendar
from contested.report.charts.export import svg_text
from contested.report.charts.measuring import width
from contested.report.charts.theme import (
    ACCENT,
    LOOKS,
    MUTED,
    NARROW,
    PAPER,
    SHADE,
    WIDE,
    Look,
    SourceColours,
)
from contested.report.charts.track import track_chart
from contested.report.charts.track_wording import standing_words
from contested.report.files import track_files, track_names
from contested.report.plain import plain
from drawn import valid

MONTHS = 16
LOST, NEAR = 4, 6  # the month that lost ground, and the one that may have
HOSTILE = "<script>alert(1)</script> \\\"quoted\\\" 'x' & מלחמה 🪖 $\\\\frac{1}{2}$ *md* " + "longword" * 20

SCENARIO = """\
title: Month by month
as_of: 2026-08-22
seed: 7
each: month
window: 2024-01/2025-04
disputes:
  toll:
    title: Whose count
    sources: {kyiv: General Staff, dead: Registry}
  map:
    title: Whose map
    sources: {isw: ISW, deepstate: DeepState}
inputs:
  count: {series: {file: months.csv, column: count}, unit: person, because: j}
  ground: {series: {file: months.csv, column: ground}, unit: km², because: j}
  days: {value: 30, unit: day, because: j}
  level: {best: 1, within: 10%, because: j}
  error: {best: 0, within: 30, unit: km², drawn: per_figure, because: j}
figures:
  casualties:
    title: Casualties
    dispute: toll
    unit: person
    measures: killed and wounded
    period: each
    place: Ukraine
    claims:
      kyiv: {formula: count * level}
      dead: {formula: count * level * 0.8}
  area:
    title: Area
    dispute: map
    unit: km²
    measures: net change
    period: each
    place: Ukraine
    claims:
      isw: {formula: ground * 1.1 + error * 0.1}
      deepstate: {formula: ground + error}
estimates:
  per_km2: {title: Casualties per km², formula: casualties / area, unit: person/km²}
  per_day: {title: Casualties per day, formula: casualties / days, unit: person/day}
comparisons:
  first: {of: 2025-01/2025-04, over: 2024-09/2024-12, title: Early over late}
sampling: {tolerance: 0.05, max_draws: 8192}
"""


def track_of(folder: Path, *pairs: tuple[str, str], months: int = MONTHS) -> Track:
    """The scenario's track, with parts of its text replaced."""
    text = SCENARIO
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    rows = ["month,count,ground", *(",".join(map(str, _row(index))) for index in range(months))]
    (folder / "months.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (folder / "s.yaml").write_text(text, encoding="utf-8")
    return contested.load(folder / "s.yaml").track()


def _row(index: int) -> tuple[str, int, int]:
    ground = -200 if index == LOST else 35 if index == NEAR else 500 if 8 <= index < 12 else 180 + 7 * index
    return f"{2024 + index // 12}-{index % 12 + 1:02d}", 30_000 + 900 * index, ground


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Track:
    return track_of(tmp_path_factory.mktemp("track"))


@pytest.fixture(scope="module", params=LOOKS, ids=lambda look: look.name)
def spec(request: pytest.FixtureRequest, track: Track) -> dict[str, Any]:
    return valid(track_chart(track, "per_km2", request.param))


def layers(spec: dict[str, Any], mark: str, *fields: str) -> list[dict[str, Any]]:
    """The layers of one kind of mark, whose rows have some fields."""
    found = []
    for layer in spec["layer"]:
        rows = rows_of(layer)
        if layer["mark"]["type"] == mark and rows and set(fields) <= set(rows[0]):
            found.append(layer)
    return found


def rows_of(layer: dict[str, Any]) -> list[dict[str, Any]]:
    """A layer's rows."""
    return list(layer["data"]["values"])


def panel(spec: dict[str, Any], mark: str, *fields: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows in the upper and in the lower panel, told apart by the place of their axis."""
    upper: list[dict[str, Any]] = []
    lower: list[dict[str, Any]] = []
    feet = sorted({layer["encoding"]["y"]["scale"]["range"][0] for layer in layers(spec, "rect", "low")})
    for layer in layers(spec, mark, *fields):
        foot = layer["encoding"]["y"]["scale"]["range"][0]
        (upper if foot == feet[0] else lower).extend(rows_of(layer))
    return upper, lower


def test_the_bands_and_medians_are_the_tracks(track, spec):
    trail = track.estimates["per_km2"]
    expected = {
        (point.period.text, interval.level): (interval.low, interval.high)
        for point in trail.periods
        if point.answer.summary
        for interval in point.answer.summary.intervals
    }
    upper, lower = panel(spec, "rect", "level", "low", "high")
    assert {(row["period"], row["level"]): (row["low"], row["high"]) for row in upper} == expected
    inverses = {
        (point.period.text, interval.level): (interval.low, interval.high)
        for point in trail.periods
        for interval in point.inverse.intervals
    }
    assert {(row["period"], row["level"]): (row["low"], row["high"]) for row in lower} == inverses
    upper, lower = panel(spec, "rule", "median")
    assert {row["period"]: row["median"] for row in upper} == {
        point.period.text: point.answer.summary.median for point in trail.periods if point.answer.summary
    }
    assert {row["period"]: row["median"] for row in lower} == {
        point.period.text: point.inverse.median for point in trail.periods
    }


def test_each_source_has_a_line_in_its_colour(track, spec):
    trail, colours = track.estimates["per_km2"], SourceColours(track.study)
    seen: dict[str, dict[str, float]] = {}
    for layer in layers(spec, "line", "source"):
        scale = layer["encoding"]["color"]["scale"]
        given = dict(zip(scale["domain"], scale["range"], strict=True))
        for row in rows_of(layer):
            seen.setdefault(row["source"], {})[row["period"]] = row["median"]
            assert given[row["source"]] == colours.of(*row["source"].split("."))
    assert set(seen) == {"toll.kyiv", "toll.dead", "map.isw", "map.deepstate"}
    assert len({colours.of(*key.split(".")) for key in seen}) == 4
    for key, medians in seen.items():
        dispute, source = key.split(".")
        assert medians == {
            point.period.text: point.answer.by_source[dispute][source].summary.median
            for point in trail.periods
            if point.answer.summary
        }


def test_disputes_are_told_apart_without_colour(spec):
    dashes = [tuple(layer["mark"]["strokeDash"]) for layer in layers(spec, "line", "source")]
    assert len(dashes) == len(set(dashes)) == 2


def test_a_month_that_lost_ground_is_a_gap_and_stands_below(track, spec):
    trail = track.estimates["per_km2"]
    missing = [trail.periods[LOST].period.text, trail.periods[NEAR].period.text]
    assert [point.period.text for point in trail.vanishing] == missing
    (gaps,) = [rows_of(layer) for layer in layers(spec, "rect", "missing")]
    reasons = ["ground lost", "perhaps no ground gained"]  # of what is all but sure, and what may be
    assert [(row["period"], row["missing"]) for row in gaps] == list(zip(missing, reasons, strict=True))
    alone = trail.periods[NEAR].answer.by_source["map"]
    assert [source for source, answer in alone.items() if answer.estimable] == ["isw"]  # and yet no point
    (shape,) = [layer["mark"] for layer in layers(spec, "rect", "missing")]
    assert shape["color"] == SHADE
    for kind, field in (("rect", "level"), ("rule", "median"), ("line", "run")):
        upper, _ = panel(spec, kind, field)
        assert upper
        assert not [row for row in upper if row.get("period") in missing]
    crosses = [layer for layer in layers(spec, "point", "at", "period") if "shape" in layer["mark"]]
    marks = [row["period"] for layer in crosses for row in rows_of(layer)]
    gone = [each for each in crosses if any(row["period"] in missing for row in rows_of(each))]
    assert len({layer["mark"]["shape"] for layer in gone}) == 2  # what is sure, and what may be
    assert [month for month in marks if month in missing] == missing
    assert set(reasons) <= set(texts(spec))
    _, lower = panel(spec, "rule", "median")
    (lost,) = [row for row in lower if row["period"] == missing[0]]
    assert lost["median"] < 0


def test_why_there_is_a_gap_is_said_on_a_rim_above_the_windows_lines(track):
    drawn = track_chart(track, "per_km2", WIDE)["layer"]
    rim, words = (index for index, layer in enumerate(drawn) if layer["mark"].get("angle") == 270)
    under, over = drawn[rim]["mark"], drawn[words]["mark"]
    assert rows_of(drawn[rim]) == rows_of(drawn[words])
    assert (under["color"], under["stroke"], over["color"]) == (PAPER, PAPER, MUTED) and "stroke" not in over
    sums = [index for index, layer in enumerate(drawn) if "sum" in rows_of(layer)[0]]
    assert sums[0] < rim < words < sums[1]  # the upper panel's; the lower has no gap


def test_every_mark_is_drawn_in_its_panel(spec):
    """As Vega places them: on an axis of its own in each panel."""
    found = vl_convert.vegalite_to_scenegraph(spec)["scenegraph"]
    drawn = {group["name"]: group["items"] for group in _groups(found) if group.get("role") == "mark"}
    for index, layer in enumerate(spec["layer"]):
        scale = layer["encoding"]["y"]["scale"]
        if scale is None or layer["mark"]["type"] == "line":
            continue
        foot, top = scale["range"]
        marks = drawn[f"layer_{index}_marks"]
        assert len(marks) == len(rows_of(layer))
        for each in marks:
            y = each.get("y", math.nan)  # which a mark without a place lacks
            assert top - 0.01 <= y <= each.get("y2", y) <= foot + 0.01, layer["mark"]


def _groups(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in item.get("items", ()):
        yield from (each, *_groups(each))


def test_a_month_between_gaps_is_seen(spec):
    dots = [row for layer in layers(spec, "point", "run") for row in rows_of(layer)]
    assert {(row["source"], row["at"]) for row in dots} == {
        (source, LOST + 1.5) for source in ("toll.kyiv", "toll.dead", "map.isw", "map.deepstate")
    }


def test_lines_stop_at_a_gap(spec):
    upper, _ = panel(spec, "line", "run")
    stretches = {run: [row["at"] for row in upper if row["run"] == run] for run in {r["run"] for r in upper}}
    assert len(stretches) == 4 * 3
    for places in stretches.values():
        assert not any(place < gap + 0.5 < other for gap in (LOST, NEAR) for place, other in pairwise(places))


def test_the_upper_axis_is_logarithmic_and_the_lower_linear_about_zero(spec):
    scales = {layer["encoding"]["y"]["scale"]["range"][0]: layer for layer in layers(spec, "rect", "low")}
    upper, lower = (scales[foot]["encoding"]["y"]["scale"] for foot in sorted(scales))
    assert (upper["type"], lower["type"]) == ("log", "linear")
    assert lower["domain"][0] < 0 < lower["domain"][1]
    assert spec["resolve"]["scale"]["y"] == "independent"
    for kind, fields in (("rect", ("low", "high")), ("rule", ("median",)), ("line", ("median",))):
        for rows, scale in zip(panel(spec, kind, *fields), (upper, lower), strict=True):
            for row in rows:
                assert all(scale["domain"][0] <= row[field] <= scale["domain"][1] for field in fields)
    zero = [row for layer in layers(spec, "rule", "value", "past") for row in rows_of(layer)]
    assert zero == [{"value": 0, "first": 0, "past": MONTHS}]


def test_the_compared_windows_are_shaded_and_their_ratio_of_sums_is_drawn(track, spec):
    contrast = track.estimates["per_km2"].contrasts[0]
    shaded = [layer for layer in layers(spec, "rect", "top", "first") if layer["mark"]["color"] == ACCENT]
    assert len(shaded) == 2
    for layer in shaded:
        assert [(r["period"], r["first"], r["past"]) for r in rows_of(layer)] == [
            ("2024-09/2024-12", 8, 12),
            ("2025-01/2025-04", 12, 16),
        ]
    upper, lower = panel(spec, "rule", "sum")
    both = (contrast.over, contrast.of)
    assert [row["sum"] for row in upper] == [point.answer.summary.median for point in both]
    assert [row["sum"] for row in lower] == [point.inverse.median for point in both]
    assert (contrast.standing[contrast.over.period].rank, contrast.over.answer.estimable) == (1, True)
    said = texts(spec)
    assert any(re.fullmatch(r"Sep–Dec 2024: \d+, lowest median of 13", text) for text in said), said
    assert any(re.fullmatch(r"Jan–Apr 2025: \d+", text) for text in said)


def test_a_standing_in_words(track):
    contrast = track.estimates["per_km2"].contrasts[0]
    found = contrast.standing[contrast.over.period]
    far = replace(
        found, medians=tuple((window, 1e9 * (window == found.window), 0.0) for window, *_ in found.medians)
    )

    def said(rank: int, count: int, standing: Any = far) -> str:
        return standing_words(replace(standing, rank=rank, count=count))

    assert said(1, 21) == "lowest median of 21"
    assert (said(2, 21), said(3, 21)) == ("2nd lowest median of 21", "")
    assert said(21, 21) == "highest median of 21"
    assert (said(189, 200), said(190, 200)) == ("12th highest median of 200", "11th highest median of 200")
    assert (said(23, 300), said(22, 300)) == ("23rd lowest median of 300", "22nd lowest median of 300")
    other = next(window for window, *_ in far.medians if window != found.window)
    tied = replace(far, medians=(*((w, 1e9 * (w in (found.window, other)), 0.0) for w, *_ in far.medians),))
    assert said(1, 21, tied) == "among the lowest medians of 21"
    assert standing_words(None) == ""


def test_the_alt_text_is_sentences_with_the_numbers(track, spec):
    said = spec["description"]
    assert said.startswith(
        "Casualties per km² (casualties per km²), month by month, Jan 2024 to Apr 2025, weighting “"
    )
    assert "Not estimable as a ratio in May 2024: ground lost." in said
    assert "Not estimable as a ratio in Jul 2024: perhaps no ground gained." in said
    assert re.search(r"The pooled medians run from \d+ \(90 %: \d+ to \d+\) in \w+ 2024 to \d+ ", said)
    assert re.search(r"Turned over, the medians run from −\d\.\d \(90 %: .*\) in May 2024 to ", said)
    assert "They are below zero in May 2024." in said
    assert "if one takes “Registry”" in said
    assert re.search(
        r"Over Sep–Dec 2024 the ratio of sums is .*, the lowest median of 13 windows of that length\.", said
    )
    assert re.search(r"Early over late: [\d.]+ \(90 %: [\d.]+ to [\d.]+\) times\.", said)


def test_what_cannot_vanish_has_one_panel(track):
    found = valid(track_chart(track, "per_day"))
    assert len({layer["encoding"]["y"]["scale"]["range"][0] for layer in layers(found, "rect", "low")}) == 1
    assert not layers(found, "rect", "missing")
    assert "Turned over" not in found["description"]


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize("estimate", ["per_km2", "per_day"])
def test_no_text_touches_another_or_leaves_the_picture(track, estimate, look):
    _assert_apart(svg_text(track_chart(track, estimate, look)), look)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_hostile_titles_come_out_whole_and_inert(tmp_path, look):
    window = ("window: 2024-01/2025-04", "window: 2024-09/2025-04")
    track = track_of(
        tmp_path,
        window,
        ("title: Casualties per km²", f'title: "{HOSTILE}"'),
        ("dead: Registry", f'dead: "{HOSTILE} count"'),
        ("title: Whose map", f'title: "{HOSTILE} map"'),
        ("title: Early over late", f'title: "{HOSTILE} windows"'),
    )
    chart = track_chart(track, "per_km2", look)
    svg, said = svg_text(chart), chart["description"]
    assert "<script" not in svg
    _assert_apart(svg, look)
    shown = HOSTILE.replace('\\"', '"').replace("\\\\", "\\")
    assert all(
        f"{plain(shown + own)}{unit}" in said
        for own, unit in (("", " (casualties per km²)"), (" count", ""), (" map", ""), (" windows", ""))
    )


def _assert_apart(svg: str, look: Look) -> None:
    boxes = list(_boxes(svg))
    assert len(boxes) > 10
    for text, left, right, _, _ in boxes:
        assert left >= -2, text
        assert right <= look.width + 2, text
    for a, b in combinations(boxes, 2):
        across = min(a[2], b[2]) - max(a[1], b[1])
        down = min(a[4], b[4]) - max(a[3], b[3])
        assert across <= 0 or down <= 1, (a, b)


def _boxes(svg: str) -> Iterator[tuple[str, float, float, float, float]]:
    """Each text that lies level, with its ends in pixels."""
    for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"):
        place = element.get("transform", "")
        found = re.match(r"translate\(([-\d.]+),([-\d.]+)\)$", place)
        if found is None or not element.text:
            continue
        x, y = float(found[1]), float(found[2])
        size = float(element.get("font-size", "0").removesuffix("px"))
        long = width(element.text, size, bold=element.get("font-weight") == "bold")
        left = {"start": x, "middle": x - long / 2, "end": x - long}[element.get("text-anchor", "start")]
        yield element.text, left, left + long, y - 0.8 * size, y + 0.2 * size


def texts(spec: dict[str, Any]) -> set[str]:
    return {row["text"] for layer in layers(spec, "text", "text") for row in rows_of(layer)}


def test_by_quarter(tmp_path):
    quarters = (("each: month", "each: quarter"), ("window: 2024-01/2025-04", "window: 2024-01/2024-12"))
    compared = ("{of: 2025-01/2025-04, over: 2024-09/2024-12", "{of: 2024-10/2024-12, over: 2024-07/2024-09")
    track = track_of(tmp_path, *quarters, compared)
    spec = valid(track_chart(track))
    assert {"Q1", "Q2", "Q3", "Q4", "2024"} <= texts(spec)
    assert any(text.startswith("Q4 2024: ") for text in texts(spec))
    assert "quarter by quarter, Q1 2024 to Q4 2024" in spec["description"]


@pytest.mark.parametrize("direction", ["lower", "upper"])
def test_a_bound_is_a_mark_without_intervals(tmp_path, direction):
    track = track_of(
        tmp_path,
        ("kyiv: {formula: count * level}", f"kyiv: {{value: 30000, bound: {direction}, because: j}}"),
        ("dead: {formula: count * level * 0.8}", f"dead: {{value: 20000, bound: {direction}, because: j}}"),
        ("isw: {formula: ground * 1.1 + error * 0.1}", "isw: {value: 150, unit: km², because: j}"),
        ("deepstate: {formula: ground + error}", "deepstate: {value: 200, unit: km², because: j}"),
        ("comparisons:\n", ""),
        ("  first: {of: 2025-01/2025-04, over: 2024-09/2024-12, title: Early over late}\n", ""),
        ("  per_day: {title: Casualties per day, formula: casualties / days, unit: person/day}\n", ""),
        ("window: 2024-01/2025-04", "window: 2024-01/2024-03"),
    )
    spec = valid(track_chart(track))
    points = track.estimates["per_km2"].periods
    (marks,) = layers(spec, "point", "bound")
    assert [row["bound"] for row in rows_of(marks)] == [point.answer.value for point in points]
    assert marks["mark"]["shape"] == {"lower": "triangle-up", "upper": "triangle-down"}[direction]
    assert not layers(spec, "rect", "level")
    said = {"lower": "at least", "upper": "at most"}[direction]
    assert said in texts(spec)
    assert f"These rest on bounds, and have no intervals: Jan 2024: {said} " in spec["description"]


def test_where_the_inverse_need_not_be_finite_it_is_said_in_place(tmp_path):
    track = track_of(
        tmp_path,
        ("kyiv: {formula: count * level}", "kyiv: {formula: count + spread}"),
        (
            "inputs:\n",
            "inputs:\n  spread: {best: 0, within: 20000, unit: person, drawn: per_figure, because: j}\n",
        ),
        ("window: 2024-01/2025-04", "window: 2024-01/2024-06"),
        ("comparisons:\n", ""),
        ("  first: {of: 2025-01/2025-04, over: 2024-09/2024-12, title: Early over late}\n", ""),
    )
    spec = valid(track_chart(track))
    assert "Nothing to draw: the inverse need not be finite." in texts(spec)
    assert "Turned over there is nothing either: the inverse need not be finite." in spec["description"]
    assert len({layer["encoding"]["y"]["scale"]["range"][0] for layer in layers(spec, "rect", "low")}) == 1


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
@pytest.mark.parametrize(
    ("window", "step"),
    [
        ("2024-12", "month"), ("2024-12/2025-02", "month"), ("2024-11/2026-10", "month"),
        ("2024-02/2025-01", "month"), ("2016-01/2025-12", "month"), ("2015-12/2025-11", "month"),
        ("1976-03/2026-02", "month"), ("2024-10/2025-03", "quarter"), ("2001-04/2050-12", "quarter"),
    ],
)  # fmt: skip
def test_labels_of_time_are_apart_and_stand_under_their_periods(window, step, look):
    periods = periods_of(parse_period(window), step)
    calendar = Calendar(periods=periods, step=step, left=50, right=look.width - 4)
    labels = calendar.labels(100, look)
    assert labels
    for line in {label.y for label in labels}:
        ends = sorted(
            (label.x - width(label.text, look.small) / 2, label.x + width(label.text, look.small) / 2)
            for label in labels
            if label.y == line
        )
        assert ends[0][0] >= 0
        assert ends[-1][1] <= look.width
        assert all(right + 4 <= left for (_, right), (left, _) in pairwise(ends))
        assert line <= 100 + calendar.height(look)
    for label in labels:
        under = periods[min(int((label.x - calendar.left) / calendar.width), len(periods) - 1)]
        assert label.text in (str(under.end.year), words(under)[: len(label.text)])


def test_time_is_labelled_as_finely_as_there_is_room_for():
    def said(window: str, look: Look = WIDE) -> list[str]:
        periods = periods_of(parse_period(window), "month")
        calendar = Calendar(periods=periods, step="month", left=50, right=look.width - 4)
        return [label.text for label in calendar.labels(0, look)]

    assert said("2024-12/2025-02") == ["Dec", "Jan", "Feb", "2024", "2025"]
    assert said("2024-01/2025-12", NARROW) == ["Jan", "Apr", "Jul", "Oct"] * 2 + ["2024", "2025"]
    assert said("2016-01/2025-12", NARROW) == ["2016", "2018", "2020", "2022", "2024"]


def test_the_first_estimate_is_drawn_unless_another_is_named(track):
    drawn = track.plot()
    assert drawn.to_dict()["description"] == track.plot("per_km2").to_dict()["description"]
    assert track.plot("per_day").to_dict()["description"].startswith("Casualties per day")
    with pytest.raises(ContestedError, match="unknown estimate that comes by period 'per_dya'; did you mean"):
        track.plot("per_dya")


def test_what_is_saved_has_a_picture_of_each_estimate(track, tmp_path):
    files = track_files(track)
    assert list(files) == list(track_names(track.scenario))
    assert list(files)[2:] == [
        f"track-{name}{suffix}" for name in ("per_km2", "per_day") for suffix in (".vl.json", ".svg", ".png")
    ]
    assert ElementTree.fromstring(files["track-per_day.svg"]).tag.endswith("svg")
    with (tmp_path / "picture.png").open("wb") as stream:
        files["track-per_km2.png"](stream)
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_alone_is_called_track(tmp_path):
    without = ("  per_day: {title: Casualties per day, formula: casualties / days, unit: person/day}\n", "")
    track = track_of(tmp_path, without, ("window: 2024-01/2025-04", "window: 2024-09/2025-04"))
    assert list(track_names(track.scenario))[2:] == ["track.vl.json", "track.svg", "track.png"]


def test_the_inverse_is_drawn_from_zero_though_no_ground_was_lost(tmp_path):
    track = track_of(tmp_path, ("window: 2024-01/2025-04", "window: 2024-09/2025-04"))
    spec = valid(track_chart(track))
    _, lower = panel(spec, "rect", "level", "low")
    assert min(row["low"] for row in lower) > 0
    scales = [layer["encoding"]["y"]["scale"] for layer in layers(spec, "rect", "low")]
    found = max(scales, key=lambda scale: scale["range"][0])
    assert (found["type"], found["domain"][0] <= 0) == ("linear", True)
    assert "The same turned over: km² per 1000 casualties" in texts(spec)
