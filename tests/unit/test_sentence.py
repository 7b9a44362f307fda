"""The sentence that a reader could print."""

from __future__ import annotations

import re
from pathlib import Path

import contested
from contested.report.sentence import sentence
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, VANISHING, written


def _sentence(folder: Path, text: str, name: str = "per_km2", weighting: str | None = None) -> str:
    return sentence(contested.load(written(folder, text)).run(weighting), name)


def test_it_names_all_that_the_number_hangs_on(tmp_path: Path) -> None:
    assert _sentence(tmp_path, EXACT) == (
        "For “Casualties per km² gained” (Ukraine and Kursk oblast, 1 January to 30 April 2025), where "
        "“Russian casualties” means killed and wounded and “Area gained” means net change of controlled area,"
        " the model puts 90 % on 52 to 100 people per km² (median 100; 52 to 100 as one source or another is "
        "taken), with what was known by 22 August 2026 (the last fact used is of 3 May 2025) and sources "
        "pooled by the linear rule under weighting “lines” (Whose count: Kyiv 75 %, Skeptics 25 %), which "
        "comes to one independent line of evidence on “Whose count”."
    )


def test_another_weighting_is_named(tmp_path: Path) -> None:
    assert "under weighting “even” (Whose count: Kyiv 50 %, Skeptics 50 %), which" in _sentence(
        tmp_path, EXACT, weighting="even"
    )


def test_figures_that_differ_in_place_each_name_their_own(tmp_path: Path) -> None:
    elsewhere = EXACT.replace("place: Ukraine and Kursk oblast\n    agreed", "place: Ukraine\n    agreed")
    text = elsewhere.replace("unit: person/km²}", "unit: person/km², mismatch: nobody counts Kursk apart}")
    assert _sentence(tmp_path, text).startswith(
        "For “Casualties per km² gained”, where “Russian casualties” (Ukraine and Kursk oblast, 1 January to "
        "30 April 2025) means killed and wounded and “Area gained” (Ukraine, 1 January to 30 April 2025) "
        "means net change"
    )


def test_pieces_are_named_each(tmp_path: Path) -> None:
    assert _sentence(tmp_path, HUMPS, "ground_gained").startswith(
        "For “Ground gained”, the model puts 90 %, where it is densest, on 8.0 to 12 or 27 to 33 km² "
        "(median 11; 10 to 30 as one source or another is taken), with"
    )


def test_a_ratio_that_is_not_estimable_is_not_given(tmp_path: Path) -> None:
    text = _sentence(tmp_path, VANISHING)
    assert "the model gives no ratio, because it puts 2 % on a denominator of zero or less" in text
    assert re.search(
        r"; on the inverse it puts 90 % on 2\.3 to 18 km² per 1000 people \(median 10; 10[\d. to]* "
        r"(whichever source is|as one source or another is) taken\)",
        text,
    )


def test_an_exact_number_is_called_no_bound(tmp_path: Path) -> None:
    text = _sentence(tmp_path, EXACT_OR_BOUND, "people")
    assert (
        " what follows is 900 people (50 or 900 as one source or another is taken), with no interval, "
        "because it is exact, with"
    ) in text


def test_a_bound_has_no_interval(tmp_path: Path) -> None:
    assert _sentence(tmp_path, BOUNDS) == (
        "For “Casualties per km²”, where “Toll” means killed and wounded, what follows is at least 33 people "
        "per km², with no interval, because bounds are all that is stated, with what was known by 1 January "
        "2026 and no source in dispute."
    )
