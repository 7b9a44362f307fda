"""The page as readers open it: at every width, with scripts and without, light, dark and on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browsing import missing
from paged import WIDTHS, faults, opened, saved_page, shipped_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

INTERACTIVE = 1500.0  # milliseconds from asking for the page until it can be used
EVENT = 50.0  # milliseconds from a move until everything is drawn
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_page(tmp_path_factory.mktemp("page"), shipped_page("isw-2025"))


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def axe() -> str:
    try:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    except ModuleNotFoundError:
        missing("axe-playwright-python is not installed")


def test_the_first_screen_says_what_is_known_and_what_it_hinges_on(page: Page, file: Path) -> None:
    opened(page, file)
    assert (
        page.title()
        == "How many casualties did Russia take per km² gained in early 2025, and more than in late 2024?"
    )
    sentence = page.locator("#sentence").inner_text()
    assert sentence.startswith("For “Casualties per km² gained, Jan–Apr 2025”")
    assert page.locator("meta[name=description]").get_attribute("content") == sentence
    first = page.locator(".lede").inner_text()
    for words in (
        "people per km²",
        "The model puts 90 % on",
        "if one takes",
        "Independent lines of evidence",
    ):
        assert words in first
    for part in (".lede", "#sentence"):
        box = page.locator(part).bounding_box()
        assert box is not None and box["y"] + box["height"] <= 900, part


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows_or_overlaps(page: Page, file: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, file)
    assert faults(page) == []


LABELS = "document.querySelectorAll('#picture-forest .wide text')"
# What a fault begins or ends with, and what brings it about.
BREAKS = {
    "the page is": "document.querySelector('.lede').style.width = '3000px'",
    "outside: ": "document.querySelector('h1').style.marginLeft = '-500px'",
    "cut off: ": "Object.assign(document.querySelector('.quote').style, {overflow: 'clip', height: '9px'})",
    "overlap: ": "document.querySelector('.quote').style.marginTop = '-60px'",
    '" overlap': f"for (const each of {LABELS}) each.setAttribute('transform', 'translate(20,20)')",
    "outside its picture: ": f"{LABELS}[0].setAttribute('transform', 'translate(-30,20)')",
}


def test_what_overflows_or_overlaps_is_found(page: Page, file: Path) -> None:
    for fault, change in BREAKS.items():
        opened(page, file)
        page.evaluate(change)
        found = faults(page)
        assert any(fault in each for each in found), fault


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(page: Page, file: Path, axe: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    opened(page, file)
    page.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true; }")
    page.evaluate(axe)
    found: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    assert [
        (each["id"], [node["html"][:200] for node in each["nodes"][:3]])
        for each in found["violations"]
        if each["impact"] in SERIOUS
    ] == []


def test_dark_pictures_are_drawn_in_the_page_s_colours(page: Page, file: Path) -> None:
    page.emulate_media(color_scheme="dark")
    opened(page, file)
    fills = page.evaluate(
        "() => [...new Set([...document.querySelectorAll('.picture .wide text')].map("
        "(each) => getComputedStyle(each).fill))]"
    )
    lightest = [min(map(int, fill[4:-1].split(","))) for fill in fills if fill.startswith("rgb(")]
    assert len(lightest) == len(fills)
    # every label stands out from the ground, or is a rim in the ground's colour
    assert all(each > 150 or fill == "rgb(23, 24, 27)" for each, fill in zip(lightest, fills, strict=True))


def test_without_scripts_the_page_stands_as_it_is(still: Page, file: Path) -> None:
    still.goto(file.as_uri())
    assert still.locator("#picture-densities .wide svg").is_visible()
    assert not still.locator("#interactive").is_visible()
    assert still.locator(".scripted-only").count() > 0
    assert not any(each.is_visible() for each in still.locator(".scripted-only").all())
    still.locator("#weights summary", has_text="All estimates").click()
    assert "Casualties per km² gained, Jan–Apr 2025" in still.locator("#weights details table").inner_text()


def test_with_scripts_the_sliders_take_the_place_of_the_picture(page: Page, file: Path) -> None:
    opened(page, file)
    assert page.locator("#interactive").is_visible()
    assert not page.locator("#picture-densities").is_visible()


def test_named_weightings_move_the_numbers_and_the_address_keeps_them(page: Page, file: Path) -> None:
    opened(page, file)
    medians = set()
    for button in page.locator("#interactive-weightings button").all():
        button.click()
        assert button.get_attribute("aria-pressed") == "true"
        medians.add(page.locator("#interactive-numbers [data-value]").first.get_attribute("data-value"))
    assert len(medians) > 1
    page.locator("#interactive-toll-osint").focus()
    page.keyboard.press("End")
    before, address = page.locator("#interactive-numbers").inner_text(), page.evaluate("location.hash")
    page.goto("about:blank")
    opened(page, file, address)
    assert page.locator("#interactive-numbers").inner_text() == before
    page.wait_for_function("document.getElementById('weights').getBoundingClientRect().top < 200")


def test_the_page_can_be_used_at_once_and_answers_at_once(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.wait_for_selector("#interactive-chart svg path")
    ready = page.evaluate("performance.now()")
    page.locator("#interactive-toll-osint").focus()
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    took = page.evaluate("performance.getEntriesByName('contested slider').map((entry) => entry.duration)")
    print(f"usable after {ready:.0f} ms; a slider event takes {sorted(took)[len(took) // 2]:.1f} ms")
    assert ready <= INTERACTIVE
    assert sorted(took)[len(took) // 2] <= EVENT


def test_everything_is_reached_by_keyboard(page: Page, file: Path) -> None:
    opened(page, file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "answer"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Copy"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open")


def test_the_button_copies_the_sentence(page: Page, file: Path) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(page, file)
    page.get_by_role("button", name="Copy", exact=True).click()
    page.wait_for_selector("button:has-text('Copied')")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#sentence").inner_text()


def test_on_paper_everything_is_open_and_nothing_is_a_control(page: Page, file: Path) -> None:
    opened(page, file)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    for gone in (".contents", "#interactive", "button", "figcaption a"):
        assert not any(each.is_visible() for each in page.locator(gone).all()), gone
    assert page.locator("#picture-densities .wide svg").is_visible()
    assert all(each.is_visible() for each in page.locator("details > :not(summary)").all())
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#cited ~ details[open]").count() == 0


def test_each_picture_is_offered_as_a_specification(page: Page, file: Path) -> None:
    opened(page, file)
    links = page.locator(".picture a[download]").all()
    assert len(links) == page.locator(".picture").count() > 5
    with page.expect_download() as download:
        page.locator("#picture-forest a[download]").click()
    assert download.value.suggested_filename == "isw-2025-forest.vl.json"
    specification = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert specification["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert "Whose count of killed and wounded: each source alone" in json.dumps(specification)
