"""The sliders where an answer is no plain interval, in a real browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import contested
from contested.answers.result import Result
from contested.language.nodes import Rule
from contested.report.plain import plain
from running import quietly
from sample_scenarios import EXACT, HUMPS, RANGES, VANISHING
from sample_scenarios import written as scenario
from sliding import THIRD, Shown, agree, numbers, opened, shipped, shown, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOSTILE = (
    "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'> \"'&lt; \u2028 {{ 7 * 7 }} "
    "مرحبا \U0001f469\u200d\U0001f680 \\textbf{x} **x** " + "long " * 90
)


def ran(folder: Path, text: str, rule: Rule = "linear") -> Result:
    return quietly(contested.load(scenario(folder, text))).pooled_by(rule)


def moved(page: Page, slider: str, *keys: str) -> Shown:
    page.locator(f"#interactive-{slider}").focus()
    for key in keys:
        page.keyboard.press(key)
    return shown(page)


def test_a_ratio_that_is_not_estimable_gives_way_to_its_inverse_and_comes_back(
    page: Page, tmp_path: Path
) -> None:
    result = ran(tmp_path, VANISHING)
    opened(page, written(result, tmp_path))
    agree(shown(page), result, "per_km2")
    assert "Not estimable as a ratio" in page.locator("#interactive-notes").inner_text()
    assert "over" in shown(page).uppers
    for keys in (["Home"], ["ArrowRight"], ["PageUp"], ["End"]):  # of the wide map, whose ground may vanish
        found = moved(page, "map-wide", *keys)
        under = result.under(found.weights)
        agree(found, under, "per_km2")
        upper = under.questions["over"].upper
        assert found.uppers.get("over") == pytest.approx(upper, abs=1e-6)
        answer = under.estimates["per_km2"]
        assert ("Not estimable" in page.locator("#interactive-notes").inner_text()) == (not answer.estimable)


def test_highest_density_sets_are_those_of_the_run(page: Page, tmp_path: Path) -> None:
    result = ran(tmp_path, HUMPS)
    opened(page, written(result, tmp_path))
    pieces = set()
    for keys in ([], ["ArrowRight"] * 5, ["Home"], ["PageUp"], ["End"]):
        found = moved(page, "map-near", *keys)
        summary = result.under(found.weights).estimates["ground_gained"].summary
        row, wanted = found.rows[0], numbers(summary)
        assert len(row) == len(wanted)
        pieces.add(len(summary.intervals[0].pieces))
        assert all(abs(a - b) <= THIRD * abs(b) for a, b in zip(row, wanted, strict=True))
    assert pieces == {1, 2}


def test_exact_claims_stand_as_they_are(page: Page, tmp_path: Path) -> None:
    result = ran(tmp_path, EXACT)
    opened(page, written(result, tmp_path))
    for keys in ([], ["Home"], ["ArrowRight"]):
        found = moved(page, "toll-kyiv", *keys)
        agree(found, result.under(found.weights), "per_km2")


@pytest.mark.parametrize("rule", ["quantile", "log-quantile"])
def test_quantiles_are_averaged_in_the_page(page: Page, tmp_path: Path, rule: Rule) -> None:
    result = ran(tmp_path, RANGES, rule)
    opened(page, written(result, tmp_path))
    for slider, keys in (("toll-osint", ["End"]), ("map-isw", ["Home"]), ("toll-kyiv", ["Home"])):
        found = moved(page, slider, *keys)
        under = result.under(found.weights)
        agree(found, under, "per_km2")
        assert found.probabilities["over"] == pytest.approx(under.questions["over"].value, abs=5e-4)


def test_a_question_that_the_rule_makes_no_probability_of_says_why(page: Page, tmp_path: Path) -> None:
    text = RANGES.replace("per_km2 >= 99}", "casualties >= 130000}")
    result = ran(tmp_path, text, "quantile")
    opened(page, written(result, tmp_path))
    assert "over" not in shown(page).probabilities
    assert "pools each estimate by itself" in page.locator("#interactive-questions").inner_text()
    found = moved(page, "toll-kyiv", "Home")
    assert found.probabilities["over"] == pytest.approx(
        result.under(found.weights).questions["over"].value, abs=1e-6
    )


def test_the_share_of_none_of_these_stays(page: Page, tmp_path: Path) -> None:
    dispute = "toll: {title: Whose count, sources: {kyiv: Kyiv, osint: OSINT}}"
    text = RANGES.replace(dispute, dispute.replace("OSINT}}", "OSINT}, none_of_these: 0.2}")).replace(
        "      osint: {low: 90000",
        "      none_of_these: {low: 50000, high: 300000, because: wide}\n      osint: {low: 90000",
    )
    result = ran(tmp_path, text)
    opened(page, written(result, tmp_path))
    assert "20 % stays with none of these" in page.locator("#interactive-sliders").inner_text()
    page.get_by_role("button", name="trust_osint", exact=True).click()
    agree(shown(page), result.under("trust_osint"), "per_km2")
    found = moved(page, "toll-kyiv", "Home")
    assert found.weights["toll"] == pytest.approx({"kyiv": 0, "osint": 0.8})
    agree(found, result.under({"toll": {"kyiv": 0, "osint": 1}, "map": found.weights["map"]}), "per_km2")


def test_bounds_settle_their_questions_in_the_page(page: Page, tmp_path: Path) -> None:
    result = shipped("one-per-cent-2025")
    opened(page, written(result, tmp_path))
    assert set(result.estimates) - set(
        page.evaluate(
            "[...document.querySelectorAll('#interactive-estimate option')].map((own) => own.value)"
        )
    ) == {"bound"}
    agree(shown(page), result, "disputed")


def test_what_others_wrote_is_text_and_nothing_else(page: Page, tmp_path: Path) -> None:
    titles = ("title: Ranges of two sources", "title: Casualties per km²", "title: At least 99")
    quoted = "title: '" + HOSTILE.replace("'", "''").replace("\u2028", "") + "'"
    text = RANGES
    for own in titles:
        text = text.replace(own, quoted)
    text = text.replace("kyiv: Kyiv,", f"kyiv: {quoted.removeprefix('title: ')},")
    result = ran(tmp_path, text)
    opened(page, written(result, tmp_path))
    intact = plain(HOSTILE.replace("\u2028", ""))
    assert page.locator("#interactive-caption").text_content() == f"{intact} (casualties per km²)"
    assert page.locator("label[for=interactive-toll-kyiv]").text_content() == intact
    assert page.locator("#interactive-questions th span").first.text_content() == intact
    assert page.evaluate("[window.ran, document.images.length, document.scripts.length]") == [None, 0, 3]
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
