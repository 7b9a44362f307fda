"""How a window stands among all windows of its length: against sums and sorts in plain NumPy."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest

from contested.answers.standing import Standing
from contested.answers.track import Track
from contested.language.spans import words
from contested.report.track_standing import said, said_shortly
from months import WHY, by_month, compared, disputed, months, tracked

RNG = np.random.default_rng(20240901)
TOLL = RNG.integers(20_000, 45_000, 24).astype(float).tolist()
GROUND = RNG.integers(60, 600, 24).astype(float).tolist()
LOSING = [-291.0 if i in (3, 4) else -120.0 if i == 15 else ground for i, ground in enumerate(GROUND)]


def _sums(values: list[float], length: int) -> np.ndarray[Any, Any]:
    return np.array([sum(values[i : i + length]) for i in range(len(values) - length + 1)])


def _windows(length: int) -> list[str]:
    names = months(24)
    joined = [f"{names[i]}/{names[i + length - 1]}" for i in range(24 - length + 1)]
    return names if length == 1 else joined


def _standings(track: Track) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for contrast in track.estimates["per_km2"].contrasts:
        found |= {window.text: standing for window, standing in contrast.standing.items()}
    return found


@pytest.mark.parametrize("length", [1, 4, 12])
@pytest.mark.parametrize("ground", [GROUND, LOSING], ids=["gained", "lost"])
def test_every_window_s_rank_is_that_of_a_sort(tmp_path: Path, length: int, ground: list[float]) -> None:
    """A window that lost ground ranks last: it has no ratio, and no other was so dear."""
    windows = _windows(length)
    pairs = {f"c{i}": (window, windows[i - 1]) for i, window in enumerate(windows)}
    track = tracked(by_month(tmp_path, {"toll": TOLL, "ground": ground}, **compared(**pairs)))
    area_per_person = _sums(ground, length) / _sums(TOLL, length)
    order = np.argsort(-area_per_person)  # most ground for a person first: the cheapest
    expected = {windows[place]: rank for rank, place in enumerate(order, 1)}
    found = _standings(track)
    assert {text: standing.rank for text, standing in found.items()} == expected
    assert {standing.count for standing in found.values()} == {len(windows)}
    losing = [text for text, area in zip(windows, _sums(ground, length), strict=True) if area < 0]
    ranked = [found[text].rank for text in losing]
    assert sorted(ranked) == list(range(len(windows) - len(losing) + 1, len(windows) + 1))
    if ground is LOSING:
        assert losing or length == 12
        assert all(standing.reciprocal for standing in found.values())
    for text, standing in found.items():
        assert standing.lowest.value == float(expected[text] == 1)
        assert standing.highest.value == float(expected[text] == len(windows))
        assert standing.tied == 0
        factor = 1000 if standing.reciprocal else 1
        sums = area_per_person if standing.reciprocal else 1 / area_per_person
        assert [median for _, median, _ in standing.medians] == pytest.approx(sums * factor)


def test_ranks_by_combination_of_sources(tmp_path: Path) -> None:
    claims = disputed(
        casualties={"kyiv": "toll", "osint": "toll_other"},
        area={"isw": "ground", "deepstate": "ground_other"},
    )
    columns = {"toll": TOLL, "toll_other": TOLL[::-1], "ground": GROUND, "ground_other": LOSING[::-1]}
    track = tracked(
        by_month(tmp_path, columns, **claims, **compared(two=("2025-01/2025-04", "2024-09/2024-12")))
    )
    for text, standing in _standings(track).items():
        index = _windows(4).index(text)
        for stratum, rank in standing.by_stratum:
            toll = columns["toll" if stratum["whose_casualties"] == "kyiv" else "toll_other"]
            ground = columns["ground" if stratum["whose_area"] == "isw" else "ground_other"]
            area = _sums(ground, 4) / _sums(toll, 4)
            assert rank == 1 + int((area > area[index]).sum())


def test_the_chance_of_being_lowest_is_that_of_plain_draws(tmp_path: Path) -> None:
    """A month's own errors; five months, and the errors of each redrawn a million times."""
    toll, ground = TOLL[:5], [200.0, 220.0, 240.0, 210.0, 230.0]
    inputs = {"scatter": {"best": 1, "within": "30%", "drawn": "per_figure", **WHY}}
    file = by_month(
        tmp_path, {"toll": [30000.0] * 5, "ground": ground}, inputs=inputs, toll="toll * scatter",
        **compared(two=("2024-03", "2024-01")),
    )  # fmt: skip
    assert toll != ground
    rng, sd = np.random.default_rng(3), np.log(1.3) / 1.6448536269514722
    drawn = 30000 * np.exp(sd * rng.standard_normal((1_000_000, 5))) / ground
    for text, index in (("2024-03", 2), ("2024-01", 0)):
        standing = _standings(tracked(file))[text]
        lowest = float((drawn.argmin(axis=1) == index).mean())
        highest = float((drawn.argmax(axis=1) == index).mean())
        for chance, expected in ((standing.lowest, lowest), (standing.highest, highest)):
            assert chance.value is not None and chance.mcse is not None
            assert abs(chance.value - expected) <= 4 * chance.mcse + 0.002


@pytest.mark.parametrize(
    ("rank", "count", "low", "high"),
    [
        (1, 21, True, False), (2, 21, True, False), (3, 21, False, False), (19, 21, False, False),
        (20, 21, False, True), (21, 21, False, True), (1, 9, False, False), (9, 9, False, False),
        (1, 10, True, False), (10, 10, False, True), (3, 30, True, False), (4, 30, False, False),
        (1, 1, False, False),
    ],
)  # fmt: skip
def test_the_outer_tenth(tmp_path: Path, rank: int, count: int, low: bool, high: bool) -> None:
    file = by_month(
        tmp_path, {"toll": TOLL[:2], "ground": GROUND[:2]}, **compared(two=("2024-02", "2024-01"))
    )
    standing = replace(next(iter(_standings(tracked(file)).values())), rank=rank, count=count)
    assert (standing.is_low, standing.is_high, standing.is_said) == (low, high, low or high)


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (1, "the lowest median"), (2, "the 2nd lowest median"), (3, None),
        (19, None), (20, "the 2nd highest median"), (21, "the highest median"),
    ],
)  # fmt: skip
def test_what_is_said_unasked(tmp_path: Path, place: int, told: str | None) -> None:
    """Windows of four months, of which one's ground makes it the place-th lowest."""
    order = np.argsort(-(_sums(GROUND, 4) / _sums(TOLL, 4)))
    window, middle = _windows(4)[order[place - 1]], _windows(4)[order[10]]
    track = tracked(by_month(tmp_path, {"toll": TOLL, "ground": GROUND}, **compared(two=(middle, window))))
    trail = track.estimates["per_km2"]
    (contrast,) = trail.contrasts
    sentences = list(said(contrast, track))
    if told is None:
        assert sentences == []
        assert not any("per km²" in text for text in said_shortly(track))
        return
    (sentence,) = sentences
    assert sentence.startswith(
        f"{words(contrast.compared.over)}, with which {words(contrast.compared.of)} is compared, has {told} ("
    )
    assert " of all 21 windows of 4 months in a row from Jan 2024 to Dec 2025; " in sentence
    ratio = sorted((_sums(TOLL, 4) / _sums(GROUND, 4)).tolist())[place - 1]
    assert f"median ({ratio:.2g}" in sentence or f"median ({round(ratio, -1):.0f}" in sentence
    end, chance = ("lowest", place == 1) if place < 10 else ("highest", place == 21)
    assert f"the model puts {'>99' if chance else '<1'} % on its being the {end}" in sentence
    shortly = [text for text in said_shortly(track) if text.startswith("“Casualties per km²”")]
    assert len(shortly) == 1
    assert f" is compared, has {told} of all 21 windows of 4 months in a row; the model puts " in shortly[0]


def test_other_units_are_lowest_and_highest(tmp_path: Path) -> None:
    file = by_month(
        tmp_path, {"toll": sorted(TOLL), "ground": GROUND}, **compared(two=("2025-12", "2024-01"))
    )
    track = tracked(file)
    (contrast,) = track.estimates["people"].contrasts
    low, high = said(contrast, track)
    assert low.startswith("Jan 2024, with which Dec 2025 is compared, has the lowest median (")
    assert " of all 24 months from Jan 2024 to Dec 2025; " in low
    assert high.startswith("Dec 2025, which is compared with Jan 2024, has the highest median (")


def test_two_comparisons_name_their_own_windows(tmp_path: Path) -> None:
    """No two are told as one and the same `comparison period`, and no casualties as a price."""
    two = compared(two=("2024-12", "2024-01"), year=("2025-12", "2024-02"))
    track = tracked(by_month(tmp_path, {"toll": TOLL, "ground": sorted(GROUND)}, **two))
    told = [text for contrast in track.estimates["per_km2"].contrasts for text in said(contrast, track)]
    told += said_shortly(track)
    assert "Jan 2024, with which Dec 2024 is compared, has the highest median" in " ".join(told)
    assert "Feb 2024, with which Dec 2025 is compared, has the 2nd highest median" in " ".join(told)
    assert not any(re.search("comparison period|cheap|dear", text) for text in told)


def test_windows_that_monte_carlo_error_does_not_tell_apart_are_said_to_be(tmp_path: Path) -> None:
    toll = [30000.0 if i < 2 else 40000.0 for i in range(24)]
    file = by_month(tmp_path, {"toll": toll, "ground": [200.0] * 24}, **compared(two=("2024-05", "2024-01")))
    track = tracked(file)
    (contrast,) = track.estimates["per_km2"].contrasts
    assert contrast.standing[contrast.compared.over].tied == 1
    (sentence,) = (text for text in said(contrast, track) if text.startswith("Jan 2024, "))
    assert ", has one of the lowest medians (" in sentence
    assert "another median is within Monte Carlo error of it" in sentence


def test_what_cannot_be_ranked_has_no_standing(tmp_path: Path) -> None:
    """A sum of ratios whose denominators vanish has no reciprocal that stays finite."""
    odd = {"title": "Odd", "formula": "casualties / area + casualties / area", "unit": "person/km²"}
    columns, two = {"toll": TOLL[:6], "ground": LOSING[:6]}, compared(two=("2024-02", "2024-01"))
    track = tracked(by_month(tmp_path, columns, estimates={"odd": odd}, **two))
    (contrast,) = track.estimates["odd"].contrasts
    assert contrast.standing == {}
    assert list(said(contrast, track)) == []


def test_ties_count_against_what_is_said(tmp_path: Path) -> None:
    """Of months that are all alike none is the lowest, nor the highest; nor of twelve that share an end."""
    alike = by_month(
        tmp_path, {"toll": [30000.0] * 24, "ground": [200.0] * 24}, **compared(a=("2024-05", "2024-01"))
    )
    assert not any(standing.is_said for standing in _standings(tracked(alike)).values())
    for twelve, others in ((30000.0, 40000.0), (40000.0, 30000.0)):
        toll = [twelve] * 12 + [others] * 12
        file = by_month(
            tmp_path, {"toll": toll, "ground": [200.0] * 24}, **compared(a=("2024-05", "2025-01"))
        )
        assert not any(standing.is_said for standing in _standings(tracked(file)).values())


def test_the_likeliest_window_is_named_where_it_is_another(tmp_path: Path) -> None:
    """Two months of wide errors are each likelier to be lowest than the one with the lowest median."""
    width = {"series": {"file": "months.csv", "column": "width"}, **WHY}
    inputs = {"width": width, "score": {"mean": 0, "sd": 1, "drawn": "per_figure", **WHY}}
    columns = {
        "toll": [30000.0] + [31000.0] * 11,
        "ground": [200.0] * 12,
        "width": [0.001] + [0.5] * 2 + [0.0001] * 9,
    }
    file = by_month(
        tmp_path,
        columns,
        inputs=inputs,
        toll="toll * exp(width * score)",
        **compared(a=("2024-03", "2024-01")),
    )
    track = tracked(file)
    standing = _standings(track)["2024-01"]
    (window, chance), own = standing.likeliest_lowest, standing.lowest.value
    assert standing.rank == 1
    assert window.text in ("2024-02", "2024-03")
    below = NormalDist().cdf(math.log(30 / 31) / 0.5)
    assert own == pytest.approx((1 - below) ** 2, abs=0.01)
    assert chance.value == pytest.approx((1 - (1 - below) ** 2) / 2, abs=0.01)
    (text,) = [one for one in said_shortly(track) if one.startswith("“Casualties per km²”")]
    assert (
        "Jan 2024, with which Mar 2024 is compared, has the lowest median of all 12 months; the model puts "
        "28 % on its being"
    ) in text
    assert text.endswith((" % on Feb 2024", " % on Mar 2024"))
