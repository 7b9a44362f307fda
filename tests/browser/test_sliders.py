"""The sliders of the page for a shipped scenario, in a real browser: its numbers are those of a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import contested
from contested.answers.result import Result
from sliding import CONFIGS, Weights, agree, listed, opened, shipped, shown, title, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAME = "isw-2025"
INTERACTIVE = 1500.0  # milliseconds from asking for the page until it can be used
EVENT = 50.0  # milliseconds from a move until everything is drawn

# What is pressed on which slider; one page takes them one after another, so that each starts from the last.
MOVES = [
    ("toll", "osint", ["ArrowRight"]),
    ("toll", "skeptic", ["End"]),
    ("toll", "ukrainian", ["Home"]),
    ("territory", "isw", ["PageUp", "PageUp"]),
    ("toll", "osint", ["Home"]),
    ("toll", "ukrainian", ["ArrowRight"] * 3),
    ("territory", "deepstate", ["Home", "ArrowUp"]),
    ("toll", "skeptic", ["Home"]),
    ("ukraine_map", "isw_layers", ["End"]),
    ("toll", "osint", ["PageUp", "ArrowDown"]),
]
ESTIMATES = ["per_km2_2025", "rise", "toll_per_day_2024", "ground_pace", "ukraine_per_km2_2025"]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(shipped(NAME), tmp_path_factory.mktemp("sliders"))


def run_with(weighting: str | Weights) -> Result:
    """What `contested run --weighting` or `--weights` says, which draws its own worlds."""
    return contested.load(CONFIGS / f"{NAME}.yaml").run(weighting=weighting)


def test_ten_moves_by_keyboard_show_what_a_run_with_those_weights_says(page: Page, file: Path) -> None:
    result = shipped(NAME)
    opened(page, file)
    for place, (dispute, source, keys) in enumerate(MOVES):
        page.locator(f"#interactive-{dispute}-{source}").focus()
        for key in keys:
            page.keyboard.press(key)
        found = shown(page)
        assert found.weights != {d: dict(w) for d, w in listed(result, result.weights).items()}
        estimate = ESTIMATES[place % len(ESTIMATES)]
        page.select_option("#interactive-estimate", estimate)
        agree(shown(page), run_with(found.weights), estimate)


def test_each_named_weighting_is_a_button(page: Page, file: Path) -> None:
    result = shipped(NAME)
    opened(page, file)
    for name in result.study.weightings:
        button = page.get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Enter")
        assert button.get_attribute("aria-pressed") == "true"
        assert page.locator("[aria-pressed=true]").count() == 1
        for estimate in ESTIMATES[:2]:
            page.select_option("#interactive-estimate", estimate)
            agree(shown(page), run_with(name), estimate)


def test_every_estimate_opens_as_the_run_has_it(page: Page, file: Path) -> None:
    result = shipped(NAME)
    opened(page, file)
    for estimate in result.estimates:
        page.select_option("#interactive-estimate", estimate)
        agree(shown(page), result, estimate)
        assert title(result, estimate) in page.locator("#interactive-caption").inner_text()


_LABELS = """() => {
  const box = document.querySelector("#interactive-chart").getBoundingClientRect();
  return [...document.querySelectorAll("#interactive-chart .role-axis-label text")]
    .filter((label) => getComputedStyle(label).opacity !== "0")
    .map((label) => [label, label.getBoundingClientRect()])
    .map(([label, own]) => [own.left - box.left, own.right - box.left].map((x) => x / box.width))
    .sort((a, b) => a[0] - b[0]);
}"""


# Vega draws a moment after the numbers stand.
_DRAWN = """() => new Promise((done) => {
  const frame = (left) => (left ? requestAnimationFrame(() => frame(left - 1)) : done());
  frame(10);
})"""


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_ticks_stand_from_end_to_end_of_every_axis_and_apart(page: Page, file: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, file)
    for estimate in shipped(NAME).estimates:
        page.select_option("#interactive-estimate", estimate)
        page.evaluate(_DRAWN)
        labels = page.evaluate(_LABELS)
        ends = [0, *(end for label in labels for end in label), 1]
        assert len(labels) >= 3, (estimate, labels)
        assert ends[1:-1] == sorted(ends[1:-1]) and min(ends) >= 0 and max(ends) <= 1, (estimate, labels)
        assert max(ends[place + 1] - ends[place] for place in range(0, len(ends), 2)) < 0.4, estimate


def test_what_the_picture_shows_is_said_from_the_start(page: Page, file: Path) -> None:
    """Also where another kind of axis is another picture."""
    opened(page, file)
    picture = page.locator("#interactive-chart")
    for estimate in ("per_km2_2025", "skeptic_wounded", "rise"):  # the second may be below zero
        page.select_option("#interactive-estimate", estimate)
        page.evaluate(_DRAWN)
        label = picture.get_attribute("aria-label") or ""
        assert picture.get_attribute("role") == "img"
        assert label.startswith("Densities: all sources as weighted")
        assert title(shipped(NAME), estimate) in label
        assert page.get_by_role("img").count() == 1


def test_an_address_restores_the_view(page: Page, file: Path) -> None:
    result = shipped(NAME)
    opened(page, file)
    page.select_option("#interactive-estimate", "rise")
    page.locator("#interactive-toll-osint").focus()
    page.keyboard.press("End")
    before, address = shown(page), page.evaluate("location.hash")
    page.goto("about:blank")
    opened(page, file, address)
    assert shown(page) == before
    assert page.locator("#interactive-estimate").input_value() == "rise"
    agree(before, result.under(before.weights), "rise")


def test_an_address_may_be_written_by_hand(page: Page, file: Path) -> None:
    result = shipped(NAME)
    opened(page, file, "#estimate=per_km2_2025&toll.osint=3&toll.skeptic=1")
    agree(shown(page), result.under({"toll": {"osint": 3, "skeptic": 1, "ukrainian": 0}}), "per_km2_2025")
    page.evaluate("location.hash = 'estimate=rise&weighting=kyiv_only'")
    page.wait_for_selector("button[data-weighting=kyiv_only][aria-pressed=true]")
    agree(shown(page), result.under("kyiv_only"), "rise")


def test_weights_whose_sum_is_no_number_are_shares_all_the_same(page: Page, file: Path) -> None:
    opened(page, file, "#toll.osint=1e308&toll.skeptic=1e308")
    assert shown(page).weights["toll"] == {"osint": 0.5, "skeptic": 0.5, "ukrainian": 0}
    agree(
        shown(page), shipped(NAME).under({"toll": {"osint": 1, "skeptic": 1, "ukrainian": 0}}), ESTIMATES[0]
    )


UNUSABLE = {
    "estimate=nothing": "no estimate is named “nothing”",
    "toll.osint=-1": "the weight of “toll.osint” must be a number, zero or above",
    "toll.osint=": "the weight of “toll.osint” must be a number, zero or above",
    "toll.osint=1e400": "the weight of “toll.osint” must be a number, zero or above",
    "toll.nobody=1": "no source is named “toll.nobody”",
    "toll.constructor=1": "no source is named “toll.constructor”",
    "__proto__.osint=1": "no source is named “__proto__.osint”",
    "toll.osint=0&toll.skeptic=0": "all weights of a dispute are zero",
    "weighting=lines&toll.osint=1": "it names a weighting and weights beside it",
    "weighting=<script>alert(1)</script>=": "is no choice",
    "estimate=%E0%A4%A": "is no choice",
}


def test_an_unusable_address_is_named_and_left_aside(page: Page, file: Path) -> None:
    opened(page, file, "#estimate=rise&weighting=kyiv_only")
    for address, fault in UNUSABLE.items():
        page.evaluate("address => { location.hash = address; }", address)
        page.wait_for_function(
            "fault => document.getElementById('interactive-message').textContent.includes(fault)", arg=fault
        )
        agree(shown(page), shipped(NAME).under("kyiv_only"), "rise")


def test_without_weight_above_zero_the_last_weights_stay(page: Page, file: Path) -> None:
    opened(page, file, "#toll.osint=1&toll.skeptic=1")
    page.locator("#interactive-toll-osint").focus()
    page.keyboard.press("Home")
    before, address = shown(page), page.evaluate("location.hash")
    page.locator("#interactive-toll-skeptic").focus()
    page.keyboard.press("Home")
    assert "All weights of this dispute are zero" in page.locator("#interactive-message").inner_text()
    assert shown(page) == before
    assert page.evaluate("location.hash") == address
    page.keyboard.press("ArrowRight")
    assert page.locator("#interactive-message").inner_text() == ""


def test_new_numbers_are_spoken_after_a_pause(page: Page, file: Path) -> None:
    opened(page, file)
    slider = page.locator("#interactive-toll-osint")
    slider.focus()
    page.keyboard.press("End")
    share = page.locator("#interactive-toll-osint + .interactive-share").inner_text()
    assert slider.get_attribute("aria-valuetext") == f"{share} of the weight"
    page.wait_for_function("document.getElementById('interactive-live').textContent !== ''")
    said = page.locator("#interactive-live").text_content() or ""
    median = page.locator("#interactive-numbers tbody td").first.inner_text()
    assert said.startswith(title(shipped(NAME), "per_km2_2025"))
    assert f"median {median}, 50" not in said
    assert f"median {median}, 90 % of the model’s weight on" in said


def test_a_named_weighting_is_told_in_words(page: Page, file: Path) -> None:
    opened(page, file)
    words = page.locator("#interactive-weighting")
    page.get_by_role("button", name="as_isw", exact=True).click()
    assert words.inner_text() == (
        "“as_isw” – Whose count of killed and wounded: Ukrainian-sourced 100 %; Whose map, Kursk oblast "
        "included: ISW as published 100 %."
    )
    page.select_option("#interactive-estimate", "ukraine_per_km2_2025")
    assert words.inner_text().endswith("; Whose map of Ukraine alone: ISW's map layers 100 %.")
    page.locator("#interactive-toll-osint").focus()
    page.keyboard.press("ArrowRight")
    assert not words.is_visible()
    assert "Shares are relative" in page.locator(".interactive-moved").inner_text()


def test_on_a_phone_the_answer_stays_in_sight_of_the_sliders(page: Page, file: Path) -> None:
    sticky = page.locator("#interactive-sticky")
    opened(page, file)
    assert not sticky.is_visible()  # the chart and the numbers stand beside the sliders
    page.set_viewport_size({"width": 360, "height": 740})
    for slider in page.locator("#interactive-sliders input").all():
        slider.focus()
        slider.evaluate("(own) => own.scrollIntoView({ block: 'center' })")
        page.keyboard.press("ArrowRight")
        box, own = sticky.bounding_box(), slider.bounding_box()
        assert box is not None and own is not None
        assert box["y"] >= -0.5 and box["height"] < 160 and box["y"] + box["height"] < own["y"]
        cells = page.locator("#interactive-numbers tbody td").all_inner_texts()
        chance = page.locator("#interactive-questions td").first.inner_text()
        assert sticky.inner_text().split("\n") == [
            f"median {cells[0]} casualties per km² · 90 %: {cells[-1]}",
            f"{chance} · A km² took more casualties in Jan–Apr 2025 than in Sep–Dec 2024",
        ]


def test_the_page_can_be_used_at_once_and_answers_at_once(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.wait_for_selector("#interactive-chart svg path")
    ready = page.evaluate("performance.now()")
    page.locator("#interactive-toll-osint").focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("performance.getEntriesByName('contested slider').length === 20")
    took = page.evaluate("performance.getEntriesByName('contested slider').map((entry) => entry.duration)")
    typical = sorted(took)[10]
    print(f"usable after {ready:.0f} ms; a slider event takes {typical:.1f} ms, at most {max(took):.1f} ms")
    assert ready <= INTERACTIVE
    assert typical <= EVENT


def test_nothing_reaches_beyond_the_window(page: Page, file: Path) -> None:
    opened(page, file)
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_function(
            """() => {
              const [box, picture] = ["#interactive-chart", "#interactive-chart svg"].map((selector) =>
                document.querySelector(selector).getBoundingClientRect().width);
              return picture <= box && picture > 0.98 * box;
            }"""
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= width
