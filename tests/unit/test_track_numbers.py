"""The numbers of a track: ratios of sums, errors that months share, months that lost ground."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

import contested
from contested.answers.bounds import Bound, Settled
from contested.answers.estimate import estimate_under
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.track import Point, Track
from contested.answers.tracked import name_over
from contested.language.units import parse_unit
from months import WHY, by_month, compared, disputed, tracked
from running import quietly, written

TOLL = [26220.0, 25430.0, 27910.0, 26080.0, 38940.0, 34060.0]
GROUND = [78.9, 187.3, 108.3, 123.5, 389.4, 180.4]
ERRORS = {
    "error": {"best": 1, "within": "20%", **WHY},
    "scatter": {"best": 1, "within": "10%", "drawn": "per_figure", **WHY},
    "slip": {"best": 0, "within": 20, "unit": "km²", "drawn": "per_figure", **WHY},
}


def _answer(point: Point) -> Answer:
    assert isinstance(point.answer, Answer)
    return point.answer


def _median(point: Point) -> float:
    summary = _answer(point).summary
    assert summary is not None
    return summary.median


def test_over_a_window_it_is_the_ratio_of_sums_and_not_the_mean_of_ratios(tmp_path: Path) -> None:
    trail = tracked(by_month(tmp_path, {"toll": TOLL, "ground": GROUND})).estimates["per_km2"]
    assert [_median(point) for point in trail.periods] == pytest.approx(np.array(TOLL) / GROUND)
    assert [point.period.text for point in trail.sums] == ["2024-01/2024-06"]
    assert _median(trail.sums[0]) == pytest.approx(sum(TOLL) / sum(GROUND), rel=1e-12)
    mean = float(np.mean(np.array(TOLL) / GROUND))
    assert abs(mean / (sum(TOLL) / sum(GROUND)) - 1) > 0.1  # so that the two are told apart


def test_every_world_of_a_sum_is_the_sum_of_the_months_figures_in_that_world(tmp_path: Path) -> None:
    """Sum of tolls over sum of areas, from the figures' own draws: errors shared and of a month's own."""
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND}, inputs=ERRORS,
        toll="toll * error * scatter", ground="ground + slip", sampling={"tolerance": 0.05},
    )  # fmt: skip
    track = tracked(file)
    whole = track.result.run.estimates[name_over(track.each, "per_km2", track.window)].outcomes.values
    figures = estimate_under(contested.load(file).study, None, track.result.weights).run.figures
    worlds = whole.shape[2]
    tolls, grounds = (
        sum(figures[name].outcomes.values[..., :worlds] for name in track.each.figures[template].names)
        for template in ("casualties", "area")
    )
    np.testing.assert_allclose(whole, tolls / grounds, rtol=1e-12)
    assert float(np.ptp(whole)) > 0


def test_an_error_that_months_share_leaves_their_ratio_unwidened(tmp_path: Path) -> None:
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND}, inputs=ERRORS, toll="toll * error",
        **compared(two=("2024-03/2024-04", "2024-01/2024-02")),
    )  # fmt: skip
    (contrast,) = tracked(file).estimates["per_km2"].contrasts
    assert isinstance(contrast.ratio, Answer) and contrast.ratio.summary is not None
    exact = (sum(TOLL[2:4]) / sum(GROUND[2:4])) / (sum(TOLL[:2]) / sum(GROUND[:2]))
    for interval in contrast.ratio.summary.intervals:
        assert (interval.low, interval.high) == pytest.approx((exact, exact), rel=1e-12)
    level = _answer(contrast.of).summary
    assert level is not None and level.intervals[-1].high > 1.3 * level.intervals[-1].low
    assert isinstance(contrast.higher, Probability) and contrast.higher.value == float(exact > 1)


def test_an_error_of_each_month_s_own_widens_it(tmp_path: Path) -> None:
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND}, inputs=ERRORS, toll="toll * scatter",
        **compared(two=("2024-02", "2024-01")),
    )  # fmt: skip
    (contrast,) = tracked(file).estimates["per_km2"].contrasts
    assert isinstance(contrast.ratio, Answer)
    found = contrast.ratio.interval(0.9)
    # two lognormals of ÷× 1.1 at 90 %: √2 times as wide in logs
    assert math.log(found.high / found.low) / 2 == pytest.approx(math.sqrt(2) * math.log(1.1), rel=0.01)


@pytest.mark.parametrize("lost", [-120.0, -291.0])
def test_a_month_that_lost_ground_has_no_ratio_and_keeps_its_inverse(tmp_path: Path, lost: float) -> None:
    ground = [78.9, lost, 208.3]
    track = tracked(by_month(tmp_path, {"toll": TOLL[:3], "ground": ground}))
    first, month, _ = track.estimates["per_km2"].periods
    answer = _answer(month)
    assert not answer.estimable and answer.summary is None
    assert answer.denominator_nonpositive == 1
    assert answer.given_positive_denominator is None  # in no world was ground gained
    assert month.inverse is not None
    assert month.inverse.median == pytest.approx(1000 * lost / TOLL[1])
    assert first.inverse is not None and first.inverse.median == pytest.approx(1000 * ground[0] / TOLL[0])
    assert [point.period.text for point in track.estimates["per_km2"].vanishing] == ["2024-02"]


def test_where_ground_may_have_been_lost_the_ratio_is_given_that_it_was_gained(tmp_path: Path) -> None:
    slip = {"slip": {"mean": 0, "sd": 60, "unit": "km²", "drawn": "per_figure", **WHY}}
    file = by_month(
        tmp_path, {"toll": TOLL[:2], "ground": [60.0, 600.0]}, inputs=slip, ground="ground + slip"
    )
    near, far = tracked(file).estimates["per_km2"].periods
    assert _answer(near).denominator_nonpositive == pytest.approx(0.158655, abs=1e-5)  # Φ(-1), exact
    given = _answer(near).given_positive_denominator
    assert _answer(near).summary is None and given is not None
    # the median of X ~ N(60, 60²) given X > 0 is 60 + 60 Φ⁻¹(1 - 0.8413/2) = 72.06
    assert given.median == pytest.approx(TOLL[0] / (60 + 60 * 0.20094), rel=0.005)
    assert near.inverse is not None and near.inverse.intervals[-1].low < 0
    assert _answer(far).summary is not None


def test_the_whole_window_is_the_year_s_run_with_the_year_s_figures(tmp_path: Path) -> None:
    """Errors that all months share are the year's."""
    toll, ground = [20000.0 + 900 * i for i in range(12)], [90.0 + 17 * ((5 * i) % 12) for i in range(12)]
    errors = {"error": ERRORS["error"], "level": {"best": 1, "within": "10%", **WHY}}
    claims = disputed(
        casualties={"kyiv": "toll * error", "osint": "toll * error * 0.8"}, area={"isw": "ground * level"}
    )
    track = tracked(by_month(tmp_path, {"toll": toll, "ground": ground}, inputs=errors, **claims))
    year = by_month(tmp_path, {"toll": toll, "ground": ground}, inputs=errors, **claims)
    document = year.read_text(encoding="utf-8")
    for text, new in (('"each": "month", ', ""), ('"window": "2024-01/2024-12", ', ""),
                      ('"period": "each"', '"period": "2024"')):  # fmt: skip
        assert text in document
        document = document.replace(text, new)
    document = document.replace('"column": "toll"}', '"column": "toll", "from": "2024-01", "to": "2024-12"}')
    document = document.replace(
        '"column": "ground"}', '"column": "ground", "from": "2024-01", "to": "2024-12"}'
    )
    year.write_text(document, encoding="utf-8")
    own = quietly(contested.load(year)).estimates["per_km2"]
    (whole,) = (point for point in track.estimates["per_km2"].sums if point.period.text == "2024-01/2024-12")
    assert isinstance(own, Answer) and own.summary is not None
    ours = _answer(whole).summary
    assert ours is not None
    assert abs(ours.median - own.summary.median) <= 4 * math.hypot(ours.median_mcse, own.summary.median_mcse)
    for a, b in zip(ours.intervals, own.summary.intervals, strict=True):
        assert abs(a.low - b.low) <= 4 * math.hypot(a.low_mcse, b.low_mcse)
        assert abs(a.high - b.high) <= 4 * math.hypot(a.high_mcse, b.high_mcse)


def test_quarters_are_sums_of_their_months(tmp_path: Path) -> None:
    file = by_month(
        tmp_path,
        {"toll": TOLL, "ground": GROUND},
        each="quarter",
        **compared(two=("2024-04/2024-06", "2024-01/2024-03")),
    )
    track = tracked(file)
    trail = track.estimates["per_km2"]
    assert [point.period.text for point in trail.periods] == ["2024-01/2024-03", "2024-04/2024-06"]
    quarters = [sum(TOLL[i : i + 3]) / sum(GROUND[i : i + 3]) for i in (0, 3)]
    assert [_median(point) for point in trail.periods] == pytest.approx(quarters)
    (contrast,) = trail.contrasts
    assert isinstance(contrast.ratio, Answer) and contrast.ratio.summary is not None
    assert contrast.ratio.summary.median == pytest.approx(quarters[1] / quarters[0])
    assert {standing.count for standing in contrast.standing.values()} == {2}


def test_a_part_of_the_window_gives_the_numbers_of_the_whole(tmp_path: Path) -> None:
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND}, inputs=ERRORS, toll="toll * error * scatter",
        ground="ground + slip",
        **compared(two=("2024-04/2024-05", "2024-02/2024-03"), out=("2024-06", "2024-01")),
    )  # fmt: skip
    whole, part = tracked(file), tracked(file, "2024-02/2024-05")
    assert [one.name for one in part.tracked.left_out] == ["out"] and not whole.tracked.left_out
    assert [p.period.text for p in part.estimates["per_km2"].periods] == [f"2024-0{i}" for i in range(2, 6)]

    def middles(track: Track) -> dict[str, tuple[float, float]]:
        trail = track.estimates["per_km2"]
        points = {p.period.text: p.answer for p in (*trail.periods, *trail.sums)}
        points |= {contrast.compared.name: contrast.ratio for contrast in trail.contrasts}
        summaries = {name: a.summary for name, a in points.items() if isinstance(a, Answer)}
        return {name: (s.median, s.median_mcse) for name, s in summaries.items() if s is not None}

    ours, theirs = middles(whole), middles(part)
    shared = ours.keys() & theirs.keys()
    assert shared >= {"2024-02", "2024-05", "2024-02/2024-03", "2024-04/2024-05", "two"}
    for name in shared:
        assert abs(ours[name][0] - theirs[name][0]) <= 4 * math.hypot(ours[name][1], theirs[name][1]) + 1e-9


def test_a_bound_is_tracked_as_a_bound(tmp_path: Path) -> None:
    figures = {
        "casualties": {"title": "Casualties", "unit": "person", "period": "each", "place": "Ukraine",
                       "agreed": {"value": 20000, "bound": "lower", **WHY}},
        "area": {"title": "Area", "unit": "km²", "period": "each", "place": "Ukraine",
                 "agreed": {"formula": "ground"}},
    }  # fmt: skip
    track = tracked(
        by_month(tmp_path, {"ground": GROUND}, figures=figures, **compared(two=("2024-02", "2024-01")))
    )
    trail = track.estimates["per_km2"]
    bounds = [point.answer for point in trail.periods]
    assert all(isinstance(bound, Bound) and bound.direction == "lower" for bound in bounds)
    assert [bound.value for bound in bounds if isinstance(bound, Bound)] == pytest.approx(
        20000 / np.array(GROUND)
    )
    whole = trail.sums[0].answer
    assert isinstance(whole, Bound) and whole.value == pytest.approx(6 * 20000 / sum(GROUND))
    assert trail.sums[0].inverse is None


def test_the_months_of_a_toll_add_up(tmp_path: Path) -> None:
    trail = tracked(by_month(tmp_path, {"toll": TOLL, "ground": GROUND})).estimates["people"]
    assert _median(trail.sums[0]) == sum(TOLL)
    assert sum(_median(point) for point in trail.periods) == sum(TOLL)


def test_every_number_stops_at_its_own_precision_and_is_within_the_tolerance(tmp_path: Path) -> None:
    """A month near zero takes many worlds; the others keep those that they needed."""
    slip = {"slip": {"mean": 0, "sd": 40, "unit": "km²", "drawn": "per_figure", **WHY}}
    file = by_month(
        tmp_path, {"toll": TOLL[:3], "ground": [900.0, 45.0, 800.0]}, inputs=slip, ground="ground + slip",
        sampling={"tolerance": 0.002},
    )  # fmt: skip
    track = tracked(file)
    assert track.result.converged
    drawn = {name: one.outcomes.values.shape[2] * 16 for name, one in track.result.run.estimates.items()}
    assert drawn["per_km2_2024_01"] < drawn["per_km2_2024_02"] <= track.result.run.worlds
    summary = _answer(track.estimates["per_km2"].periods[0]).summary
    assert summary is not None and summary.median_mcse <= 0.002 * summary.median


def test_the_unit_of_the_inverse(tmp_path: Path) -> None:
    track = tracked(by_month(tmp_path, {"toll": TOLL[:1], "ground": GROUND[:1]}))
    assert _answer(track.estimates["per_km2"].periods[0]).inverse_unit == parse_unit("km²/(1000 person)")


def test_questions_are_answered_by_month(tmp_path: Path) -> None:
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND},
        questions={"dear": {"title": "At least 210", "formula": "per_km2 >= 210"}},
    )  # fmt: skip
    (asked,) = tracked(file).questions.values()
    found = [answer.value for _, answer in asked.periods if not isinstance(answer, Settled)]
    assert found == [float(toll / ground >= 210) for toll, ground in zip(TOLL, GROUND, strict=True)]


def test_a_scenario_of_one_period_has_nothing_to_track(tmp_path: Path) -> None:
    document = {
        "title": "One period", "as_of": "2026-01-01",
        "figures": {"toll": {"title": "Toll", "unit": "person", "agreed": {"value": 5, **WHY}}},
        "estimates": {"people": {"title": "People", "formula": "toll", "unit": "person"}},
    }  # fmt: skip
    with pytest.raises(
        contested.ContestedError, match=r"no estimate that comes by period; say each: month, a window"
    ):
        contested.load(written(tmp_path, document)).track()


def test_what_holds_in_a_handful_of_worlds_is_not_waited_for(tmp_path: Path) -> None:
    """Ground was gained in 1 world of 30,000 (Φ(-4)): what the ratio is there would need as many more."""
    slip = {"slip": {"mean": 0, "sd": 25, "unit": "km²", "drawn": "per_figure", **WHY}}
    file = by_month(
        tmp_path, {"toll": TOLL[:2], "ground": [-100.0, 300.0]}, inputs=slip, ground="ground + slip",
        sampling={"tolerance": 0.001, "max_draws": 262_144},
    )  # fmt: skip
    track = tracked(file)
    assert track.result.converged
    lost = track.estimates["per_km2"].periods[0]
    assert lost.inverse is not None and lost.inverse.median_mcse <= 0.001 * abs(lost.inverse.median)
