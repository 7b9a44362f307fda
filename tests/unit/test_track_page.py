"""The page of a track, as text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from contested.answers.track import Track
from contested.report.plain import unisolated
from contested.report.track import render_track
from months import WHY, by_month, compared, disputed, tracked

TOLL = [26220.0, 25430.0, 27910.0, 26080.0, 38940.0, 34060.0]
GROUND = [78.9, 187.3, 108.3, 123.5, 389.4, 180.4]
SLIP = {"slip": {"mean": 0, "sd": 60, "unit": "km²", "drawn": "per_figure", **WHY}}
HOSTILE = "<script>alert('x')</script> “quoted” \u202eعربي\u202c 🙂 " + "very long " * 50


def _rows(page: str) -> dict[str, list[str]]:
    """The cells of the first row of each month."""
    found: dict[str, list[str]] = {}
    for line in page.splitlines():
        if match := re.match(r"  ((?:Jan|Feb|Mar|Apr|May|Jun) 2024)  +(\S.*)", line):
            found.setdefault(match[1], re.split(r"  +", match[2].strip()))
    return found


def _flat(page: str) -> str:
    return " ".join(page.split())


def _losing(folder: Path, lost: float, slip: bool = False) -> Track:
    more: dict[str, Any] = {"inputs": SLIP, "ground": "ground + slip"} if slip else {}
    return tracked(by_month(folder, {"toll": TOLL, "ground": [78.9, lost, *GROUND[2:]]}, **more))


def test_a_month_is_a_row_with_its_ratio_and_its_inverse_beside_it(tmp_path: Path) -> None:
    page = render_track(tracked(by_month(tmp_path, {"toll": TOLL, "ground": GROUND})), width=100)
    assert _rows(page)["Jan 2024"] == ["330", "330", "330", "3.0", "3.0", "3.0"]
    assert _rows(page)["May 2024"] == ["100", "100", "100", "10", "10", "10"]
    assert "inverse, in km² per 1000 casualties" in page
    assert page.startswith("Casualties for ground, month by month\nmonths, as of 22 August 2026\n")
    assert "Each month from Jan 2024 to Jun 2024, all drawn in the same worlds." in page


@pytest.mark.parametrize("lost", [-120.0, -291.0])
def test_a_month_that_lost_ground_is_a_dash_and_never_a_spike(tmp_path: Path, lost: float) -> None:
    page = render_track(_losing(tmp_path, lost), width=100)
    inverse = f"{1000 * lost / TOLL[1]:.2g}".replace("-", "−")
    assert _rows(page)["Feb 2024"] == ["–", inverse, inverse, inverse]
    note = "ground was lost: P(area ≤ 0) is >99 %; ground was gained in no world that was drawn"
    assert note in _flat(page)
    assert f"{TOLL[1] / lost:.2g}".replace("-", "−") not in page.split()


def test_a_month_that_may_have_lost_ground_says_what_holds_if_it_did_not(tmp_path: Path) -> None:
    page = _flat(render_track(_losing(tmp_path, 60.0, slip=True), width=100))
    assert (
        "ground was lost or may have been: P(area ≤ 0) is 16 %; given that ground was gained, median 35"
        in page
    )
    assert "casualties per km², 90 % on" in page


def test_other_denominators_are_called_that(tmp_path: Path) -> None:
    estimates = {"turned": {"title": "Ground for people", "formula": "area / (casualties - 25430 * one)",
                            "unit": "km²/person"}}  # fmt: skip
    one = {"one": {"value": 1, "unit": "person", **WHY}}
    track = tracked(by_month(tmp_path, {"toll": TOLL, "ground": GROUND}, estimates=estimates, inputs=one))
    page = _flat(render_track(track, width=100))
    assert "its denominator is or may be zero or less: P(denominator ≤ 0) is >99 %" in page
    assert "ground was lost" not in page


def test_sums_are_said_to_be_ratios_of_sums_and_the_mean_is_told_beside_them(tmp_path: Path) -> None:
    page = render_track(tracked(by_month(tmp_path, {"toll": TOLL, "ground": GROUND})), width=100)
    mean = sum(toll / ground for toll, ground in zip(TOLL, GROUND, strict=True)) / 6
    more = 100 * (mean / (sum(TOLL) / sum(GROUND)) - 1)
    assert "Over windows: ratios of sums, never means of ratios" in page
    expected = (
        f"The mean of the months' medians would be {round(mean, -1):.0f}, {more:.0f} % more than over the"
    )
    assert expected in _flat(page)
    assert "Over windows: summed" in page  # of the toll itself, which is no ratio
    lost = _flat(render_track(_losing(tmp_path, -120.0), width=100))
    assert "The months' ratios have no mean, since Feb 2024 has no ratio." in lost


def test_sources_stand_beside_each_other_and_weightings_that_are_one_as_one(tmp_path: Path) -> None:
    claims = disputed(
        casualties={"kyiv": "toll", "osint": "toll * 0.5"}, area={"isw": "ground", "deepstate": "ground * 2"}
    )
    weightings: dict[str, Any] = {
        "default": "lines",
        "weightings": {
            "lines": {"whose_casualties": {"kyiv": 3, "osint": 1}},
            "same": {"whose_casualties": {"kyiv": 0.75, "osint": 0.25}},
        },
    }
    file = by_month(tmp_path, {"toll": TOLL, "ground": GROUND}, **claims, **weightings)
    page = render_track(tracked(file), width=100)
    lines = page.splitlines()
    start = next(
        i for i, line in enumerate(lines) if "Whose casualties: if one takes one source's figures" in line
    )
    assert lines[start + 1].split() == ["Kyiv", "Osint"]
    # each source with the other dispute as weighted: half of the worlds on 332, half on 166
    assert lines[start + 2].startswith("  Jan 2024  ")
    start = next(i for i, line in enumerate(lines) if line.startswith("  By weighting"))
    assert lines[start + 1].split() == ["lines,", "same", "even"]


def test_a_scenario_without_disputes_has_no_tables_of_sources(tmp_path: Path) -> None:
    page = render_track(tracked(by_month(tmp_path, {"toll": TOLL, "ground": GROUND})))
    assert "one source" not in page and "By weighting" not in page
    assert "no source in dispute" in _flat(page)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 200])
def test_every_line_fits(tmp_path: Path, width: int) -> None:
    claims = disputed(
        casualties={"kyiv": "toll", "osint": "toll * 0.5"},
        area={"isw": "ground + slip", "deepstate": "ground * 2 + slip"},
    )
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": [60.0, *GROUND[1:]]}, inputs=SLIP, **claims,
        questions={"dear": {"title": "At least 210", "formula": "per_km2 >= 210"}},
        sampling={"tolerance": 0.05}, **compared(two=("2024-05/2024-06", "2024-02/2024-03")),
    )  # fmt: skip
    page = render_track(tracked(file), width=width)
    assert max(map(len, page.splitlines())) <= min(max(width, 40), 100)
    for text in ("ground was lost or may", "the former", "ratios of sums,", "At least 210"):
        assert text in _flat(page)
    rows = [line for line in page.splitlines() if line.startswith("  Jun 2024")]
    assert all(re.search(r"\d", row.removeprefix("  Jun 2024")) for row in rows)


def test_hostile_titles_are_inert_and_told_in_full(tmp_path: Path) -> None:
    claims = disputed(casualties={"kyiv": "toll", "osint": "toll * 0.5"}, area={"isw": "ground"})
    claims["disputes"]["whose_casualties"]["sources"]["kyiv"] = HOSTILE
    claims["figures"]["casualties"]["title"] = HOSTILE
    question = {"q": {"title": HOSTILE, "formula": "per_km2 >= 210"}}
    estimates = {"per_km2": {"title": HOSTILE, "formula": "casualties / area", "unit": "person/km²"}}
    comparisons = {"two": {"title": HOSTILE, "of": "2024-02", "over": "2024-01"}}
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND}, title=HOSTILE, **claims, questions=question,
        estimates=estimates, comparisons=comparisons,
    )  # fmt: skip
    for width in (40, 80):
        page = render_track(tracked(file), width=width)
        assert "\u202e" not in page
        assert (
            unisolated(_flat(page)).count(
                "<script>alert('x')</script> “quoted” �عربي� 🙂 very long very long"
            )
            >= 6
        )
        assert all(len(unisolated(line)) <= width for line in page.splitlines())


def test_what_is_said_for_every_month_is_told_once(tmp_path: Path) -> None:
    file = by_month(tmp_path, {"toll": TOLL, "ground": GROUND}, inputs=SLIP, ground="ground + slip")
    page = render_track(tracked(file), width=100)
    assert page.count("inputs.toll") == 1
    assert "  - inputs.toll, each month: as the case has it" in page
    assert "  - inputs.slip: as the case has it" in page


def test_the_sentence_is_of_the_whole_window_and_tells_each_figure_once(tmp_path: Path) -> None:
    page = _flat(render_track(tracked(by_month(tmp_path, {"toll": TOLL, "ground": GROUND})), width=100))
    sentence = page.partition("In a sentence ")[2].partition(" Judged")[0]
    assert sentence == (
        "For “Casualties per km²” (Ukraine, 1 January to 30 June 2024), summed over 6 months, where "
        "“Casualties” means killed and wounded and “Area gained” means net change, the model puts 90 % or "
        "more on the one value 170 people per km², with what was known by 22 August 2026 and no source in "
        "dispute."
    )


def test_comparisons_that_reach_beyond_are_named(tmp_path: Path) -> None:
    file = by_month(tmp_path, {"toll": TOLL, "ground": GROUND}, **compared(two=("2024-06", "2024-01")))
    page = _flat(render_track(tracked(file, "2024-02/2024-06"), width=100))
    assert "Not compared, since it reaches beyond: Jun 2024 over Jan 2024." in page


def test_a_question_with_a_long_title_is_told_by_number(tmp_path: Path) -> None:
    title = "At least the 99 with Kursk that the Institute for the Study of War reported for January to April"
    file = by_month(
        tmp_path, {"toll": TOLL, "ground": GROUND},
        questions={"dear": {"title": title, "formula": "per_km2 >= 210"},
                   "short": {"title": "Over 300", "formula": "per_km2 > 300"}},
    )  # fmt: skip
    lines = render_track(tracked(file), width=100).splitlines()
    start = lines.index("Questions: their probabilities")
    assert lines[start + 1].split() == ["(1)", "Over", "300"]
    assert lines[start + 2].split() == ["Jan", "2024", ">99", "%", ">99", "%"]
    assert lines[start + 3].split() == ["Feb", "2024", "<1", "%", "<1", "%"]
    assert f"(1) {title}" in _flat("\n".join(lines))
