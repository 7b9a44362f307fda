"""The sentence that is quoted: short, with every qualifier inside."""

from __future__ import annotations

from pathlib import Path

import contested
from contested.report.quotation import quotation
from contested.report.track_sentence import window_quotation
from months import by_month, tracked
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING, written

CONFIGS = Path(__file__).parents[2] / "configs"


def _quotation(folder: Path, text: str, name: str = "per_km2") -> str:
    return quotation(contested.load(written(folder, text)).run(), name)


def test_it_holds_its_qualifiers(tmp_path: Path) -> None:
    assert _quotation(tmp_path, EXACT) == (
        "For “Casualties per km² gained” (Ukraine and Kursk oblast, 1 January to 30 April 2025), the median "
        "is 100 casualties (killed and wounded) per km² (net change of controlled area), and 90 % of the "
        "model's weight lies between 52 and 100; the median runs from 52 to 100 as one source or another is "
        "taken; this rests on one independent line of evidence on “Whose count”, with what was known by 22 "
        "August 2026 (the last fact used is of 3 May 2025)."
    )


def test_the_day_is_said_once_where_the_last_fact_is_of_it(tmp_path: Path) -> None:
    text = _quotation(tmp_path, EXACT.replace("as_of: 2026-08-22", "as_of: 2025-05-03"))
    assert text.endswith(", with what was known by 3 May 2025, the day of the last fact used.")


def _shipped(name: str) -> str:
    result = contested.load(CONFIGS / f"{name}.yaml").run()
    return quotation(result, next(iter(result.estimates)))


def test_a_forecast_does_not_take_the_dates_of_the_count_that_it_starts_from() -> None:
    text = _shipped("desertion")
    assert "“Cases registered by 5 November 2025” (24 February 2022 to 5 November 2025) means" in text
    assert " cases, and 90 %" in text


def test_what_is_projected_does_not_take_the_place_of_what_it_is_projected_from() -> None:
    text = _shipped("donbas-projection")
    assert "“Russian casualties, 2025” (Ukraine and Kursk oblast, 2025) means killed and wounded" in text
    assert " people, and 90 %" in text  # a factor enters it, which might be a share


def test_why_unlike_things_stand_in_a_figure_is_inside() -> None:
    assert "; unlike things stand side by side in it (Putin's ratio is of June 2024 and" in _shipped(
        "exchange"
    )


def test_why_unlike_things_are_divided_is_inside(tmp_path: Path) -> None:
    elsewhere = EXACT.replace("place: Ukraine and Kursk oblast\n    agreed", "place: Ukraine\n    agreed")
    text = _quotation(
        tmp_path,
        elsewhere.replace("unit: person/km²}", "unit: person/km², mismatch: nobody counts Kursk apart}"),
    )
    assert "casualties (killed and wounded; Ukraine and Kursk oblast) per km² (net change" in text
    assert "(net change of controlled area; Ukraine), and 90 % of" in text
    assert "unlike things stand side by side in it (nobody counts Kursk apart); the median runs from" in text


def test_pieces_are_named_each(tmp_path: Path) -> None:
    assert _quotation(tmp_path, HUMPS, "ground_gained").startswith(
        "For “Ground gained”, the median is 11 km², and 90 % of the model's weight, where it is densest, "
        "lies between 8.0 and 12 or between 27 and 33; the median runs from 10 to 30 as one source or another"
    )


def test_a_single_value_has_no_ends(tmp_path: Path) -> None:
    alone = EXACT.replace("lines: {toll: {kyiv: 3, skeptic: 1}}", "lines: {toll: {kyiv: 1, skeptic: 0}}")
    text = _quotation(tmp_path, alone)
    assert "controlled area), and 90 % of the model's weight or more is on this one value;" in text
    assert "the lowest with a source that has no weight here" in text


def test_a_ratio_that_is_not_estimable_is_not_given(tmp_path: Path) -> None:
    text = _quotation(tmp_path, VANISHING)
    assert (
        "there is no ratio, because the model puts 2 % on a denominator of zero or less; of the inverse, "
        in text
    )
    assert "the median is 10 km² per 1000 people, and 90 % of the model's weight lies between" in text
    assert "the median is" in text and "per km²" not in text.partition("there is no ratio")[2]


def test_a_bound_has_no_interval(tmp_path: Path) -> None:
    assert _quotation(tmp_path, BOUNDS) == (
        "For “Casualties per km²”, what follows is at least 33 casualties (killed and wounded) per km², with "
        "no interval, because bounds are all that is stated; no source is in dispute, with what was known "
        "by 1 January 2026."
    )
    assert "900 people, with no interval, because it is exact" in _quotation(
        tmp_path, EXACT_OR_BOUND, "people"
    )


def test_what_the_sources_come_to_is_left_to_what_stands_after_it(tmp_path: Path) -> None:
    text = _quotation(tmp_path, RANGES)
    assert "weighting" not in text and "pooled" not in text and len(text) < 650


def test_a_window_is_told_once_for_all_months(tmp_path: Path) -> None:
    track = tracked(by_month(tmp_path, {"toll": [26220.0] * 6, "ground": [100.0] * 6}))
    assert track.main is not None
    text = window_quotation(track.main, track)
    assert ", summed over 6 months, the median is" in text
    assert "casualties (killed and wounded) per km² (net change)" in text
    assert text.count("killed and wounded") == 1
