"""The comparison of a track's windows, and what is told of its months."""

from __future__ import annotations

from pathlib import Path

import pytest

import contested
from contested.answers.comparison import Comparison
from contested.answers.track import Track
from contested.errors import ContestedError
from contested.report.briefing.briefing import Briefing
from contested.report.briefing.months import Months
from contested.report.charts.export import charts_along_time
from contested.report.charts.theme import LOOKS
from contested.report.charts.track import track_chart
from contested.report.whole_window import compared_windows
from each_text import MONTHS, with_table
from months import WHY, by_month, compared, tracked
from sample_scenarios import written

TEXT = MONTHS.replace("window: 2025-01/2025-03", "window: 2025-01/2025-06").replace(
    "disputes:", "comparisons: {s: {title: Spring, of: 2025-03/2025-04, over: 2025-01/2025-02}}\ndisputes:"
)


@pytest.fixture(scope="module")
def track(tmp_path_factory: pytest.TempPathFactory) -> Track:
    return contested.load(written(with_table(tmp_path_factory.mktemp("months")), TEXT)).track()


@pytest.fixture(scope="module")
def comparison(track: Track) -> Comparison:
    return compared_windows(track)


def test_it_has_the_sums_and_the_compared_windows_in_the_worlds_of_the_track(
    track: Track, comparison: Comparison
) -> None:
    assert list(comparison.study.estimates) == [
        "cost@2025-01/2025-06",
        "cost@2025-03/2025-04",
        "cost@2025-01/2025-02",
        "cost@2025-03/2025-04 over 2025-01/2025-02",
    ]
    for name, answer in comparison.result.estimates.items():
        assert answer.summary == track.result.estimates[name].summary
    (question,) = comparison.result.questions.values()
    assert question.value == track.result.questions[question.tally.quantity.name].value
    assert question.title == "Casualties per km²: more in Mar–Apr 2025 than in Jan–Feb 2025"


def test_its_figures_are_those_of_its_sums_and_have_quantiles(comparison: Comparison) -> None:
    assert len(comparison.study.figures) == 12  # six months of casualties, six of area
    pages = Briefing.of(comparison).figures
    assert all(page.claims[0].quantiles for page in pages)


def test_months_are_told_one_by_one_with_their_sums(track: Track) -> None:
    months = Months.of(track)
    (along,) = months.estimates
    assert [group.title for group in along.table.groups] == ["By month", "Over windows, ratios of sums"]
    labels = [[row.label for row in group.rows] for group in along.table.groups]
    assert labels[0] == [f"{month} 2025" for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun")]
    assert labels[1] == ["Jan–Jun 2025", "Mar–Apr 2025", "Jan–Feb 2025"]
    points = track.estimates["cost"].periods
    for row, point in zip(along.table.groups[0].rows, points, strict=True):
        assert row.cells[0].values == (point.answer.summary.median,)
    assert months.questions is not None
    assert [row.label for row in months.questions.rows] == labels[0]
    assert months.span == "Jan 2025 to Jun 2025"


def _of_rates(folder: Path, **estimates: dict[str, str]) -> Track:
    one = {"one": {"value": 1, "unit": "person", **WHY}}
    columns = {"toll": [1000.0, 2000.0], "ground": [10.0, 40.0]}
    return contested.load(by_month(folder, columns, inputs=one, estimates=estimates)).track()


def test_an_estimate_without_a_sum_gives_way_to_the_next(tmp_path: Path) -> None:
    rate = {"title": "Rate", "formula": "1 - one / casualties"}
    ratio = {"title": "Ratio", "formula": "casualties / area", "unit": "person/km²"}
    track = _of_rates(tmp_path, rate=rate, ratio=ratio)
    assert track.estimates["rate"].without_total
    assert list(compared_windows(track).study.estimates) == ["ratio@2024-01/2024-02"]
    drawn = charts_along_time(track)
    assert list(drawn) == ["track-wide", "track-narrow"]
    for look in LOOKS:
        assert drawn[f"track-{look.name}"] == track_chart(track, "ratio", look)


def test_without_any_sum_there_is_no_report(tmp_path: Path) -> None:
    track = _of_rates(tmp_path, rate={"title": "Rate", "formula": "1 - one / casualties"})
    with pytest.raises(ContestedError, match="no estimate with a value over several months"):
        compared_windows(track)
    assert charts_along_time(track) == {}


def test_months_by_themselves_are_compared_too(tmp_path: Path) -> None:
    columns = {"toll": [1000.0, 3000.0, 2000.0], "ground": [10.0, 40.0, 40.0]}
    track = tracked(by_month(tmp_path, columns, **compared(fall=("2024-03", "2024-02"))))
    found = compared_windows(track).result
    medians = {name: answer.summary.median for name, answer in found.estimates.items()}
    assert medians == pytest.approx({
        "per_km2@2024-01/2024-03": 6000 / 90, "per_km2_2024_03": 50, "per_km2_2024_02": 75,
        "per_km2@2024-03 over 2024-02": 2 / 3,
    })  # fmt: skip
