"""The comparison of a track's windows, and what is told of its months."""

from __future__ import annotations

from pathlib import Path

import pytest

import contested
from contested.answers import pace
from contested.answers.comparison import Comparison
from contested.answers.track import Track
from contested.errors import ContestedError
from contested.report.briefing.briefing import Briefing
from contested.report.briefing.decompositions import decompositions
from contested.report.briefing.mismatches import subject
from contested.report.briefing.months import Months
from contested.report.briefing.values import Table
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


def test_its_figures_are_those_of_all_that_is_tracked_and_have_quantiles(comparison: Comparison) -> None:
    assert len(comparison.study.figures) == 12  # six months of casualties, six of area
    pages = Briefing.of(comparison).figures
    assert all(page.claims[0].quantiles for page in pages)


def test_what_a_months_estimate_names_is_told_by_its_path(comparison: Comparison) -> None:
    assert subject(comparison.study, "estimates.cost_2025_01") == "“Casualties per km²”"
    assert subject(comparison.study, "estimates.named_by_cost") == "estimates.named_by_cost"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Track:
    """Two ratios, of which the second owns what it divides and has a figure of its own, and a toll a day."""
    columns = {"toll": [3100.0, 2900.0, 3720.0, 3600.0], "ground": [50.0, 60.0, 90.0, 70.0]}
    columns["days"] = [31.0, 29.0, 31.0, 30.0]
    figure = {"unit": "person", "period": "each", "measures": "killed", "place": "Ukraine"}
    area = {"title": "Area", "unit": "km²", "measures": "net change", "period": "each"}
    ratio = {"unit": "person/km²", "title": "Casualties per km²", "formula": "casualties / area"}
    file = by_month(
        tmp_path_factory.mktemp("three"),
        columns,
        inputs={
            "error": {"low": 0.9, "high": 1.2, **WHY},
            "slip": {"mean": 1, "sd": 0.05, "drawn": "per_figure", **WHY},
            "days": {"series": {"file": "months.csv", "column": "days"}, "unit": "day", **WHY},
        },
        figures={
            "casualties": {**figure, "title": "Casualties", "measures": "killed and wounded",
                           "agreed": {"formula": "toll * error * slip"}},
            "dead": {**figure, "title": "Dead", "agreed": {"formula": "toll * error / 3"}},
            "area": {**area, "place": "Ukraine", "agreed": {"formula": "ground * slip"}},
            "wide": {**area, "place": "Ukraine and Kursk", "title": "Wide area",
                     "agreed": {"formula": "ground * slip"}},
        },
        estimates={
            "cost": ratio,
            "dead_cost": {**ratio, "title": "Dead per km²", "formula": "dead / wide",
                          "mismatch": "nobody publishes it apart"},
            "per_day": {"title": "Per day", "formula": "casualties / days", "unit": "person/day"},
        },
        sampling={"tolerance": 0.001},
        **compared(late=("2024-03/2024-04", "2024-01/2024-02")),
    )  # fmt: skip
    return tracked(file)


def test_every_shown_estimate_has_its_mismatches_and_figures_told(three: Track) -> None:
    found = Briefing.of(compared_windows(three), track=three)
    (owned,) = found.mismatches
    assert (owned.subject, owned.path) == ("“Dead per km²”", "estimates.dead_cost")
    assert owned.difference.startswith("each month, divides what differs in place")
    assert owned.because == "nobody publishes it apart"
    limits = next(passage.text for passage in found.method if passage.title == "Limits")
    assert "in 1 place, all of them listed; 1 is owned with a reason, 0 only noted" in limits
    assert {page.title.partition(",")[0] for page in found.figures} == {
        "Casualties", "Dead", "Area", "Wide area",
    }  # fmt: skip


def test_the_windows_of_every_ratio_are_taken_apart_in_the_tracks_numbers(three: Track) -> None:
    found = Briefing.of(compared_windows(three), track=three).decompositions
    assert [one.title for one in found] == [
        f"{title}: Mar–Apr 2024 over Jan–Feb 2024" for title in ("Casualties per km²", "Dead per km²")
    ]
    assert [one.aside for one in found] == [False, True]  # the headline's stands first, and open
    for one, name in zip(found, ("cost", "dead_cost"), strict=True):
        contrast = three.estimates[name].contrasts[0]
        ratio = one.table.groups[0].rows[2]
        points = (contrast.of.answer, contrast.over.answer, contrast.ratio)
        assert [cell.values[0] for cell in ratio.cells] == [point.summary.median for point in points]
    cells = found[0].table.groups[0].rows[0].cells
    daily = three.estimates["per_day"].contrasts[0]
    assert cells[2].values[0] == daily.ratio.summary.median
    assert cells[0].values[0] == daily.of.answer.summary.median == pytest.approx(7320 * 1.04 / 61, rel=0.02)
    dead, ground = found[1].table.groups[0].rows[:2]
    assert dead.cells[2].values == pytest.approx((7320 / 6000 * 60 / 61,) * 3)  # their error is shared
    assert ground.cells[2].values[0] == pytest.approx(160 / 110 * 60 / 61, rel=0.02)
    assert found[0].table.columns[0] == "1 March to 30 April 2024"
    assert "1 March to 30 April 2024 had 1.2" in found[0].sentences[0]


def test_no_world_is_drawn_for_what_the_track_answers(three: Track, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pace, "drawn_as_far", lambda model, result: asked.extend(model.study.estimates))
    with pytest.raises(AttributeError):  # nothing was drawn
        list(decompositions(three.result))
    assert len(asked) == 3 * 3  # ground a day of either ratio and dead a day; casualties a day are there


def test_the_width_of_a_ratio_that_vanishes_in_principle_alone_is_divided(three: Track) -> None:
    width = Briefing.of(compared_windows(three), track=three).width
    assert [bool(one.table) for one in width] == [True, True]
    assert "given that it is above zero, as in every world that was drawn" in width[0].sentences[0]
    worlds = {answer.drawn.outcomes.values.shape[2] for answer in three.result.estimates.values()}
    assert len(worlds) > 1


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


def test_limits_that_print_alike_are_one_number_and_two_are_explained(tmp_path: Path) -> None:
    slip = {"slip": {"mean": 0, "sd": 1, "unit": "km²", "drawn": "per_figure", **WHY}}
    questions = {
        "dear": {"title": "Dear", "formula": "per_km2 >= 100"},
        "never": {"title": "Never", "formula": "per_km2 <= 1"},
    }

    def asked(ground: list[float]) -> Table:
        columns = {"toll": [1000.0] * 2, "ground": ground}
        track = tracked(by_month(tmp_path, columns, ground="ground + slip", inputs=slip, questions=questions))
        found = Months.of(track).questions
        assert found is not None
        return found

    alike = asked([40.0, 2.4])  # in February ground was lost with a probability of 0.8 %
    assert [[cell.text for cell in row.cells] for row in alike.rows] == [["<1 %", "<1 %"], [">99 %", "<1 %"]]
    assert alike.notes == ()
    limits = asked([40.0, 1.5])
    assert [cell.text for row in limits.rows for cell in row.cells][3] == "<1 % to 7 %"
    assert limits.notes == (
        "Two numbers are limits, where a denominator in the question is or may be zero or less: the lower "
        "counts only worlds where none is, the upper adds all the others.",
    )
