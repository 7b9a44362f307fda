"""The page as readers open it: at every width, with scripts and without, light, dark and on paper."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paged import WIDTHS, axe_faults, broken_words, faults, opened, saved_page, shipped_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

INTERACTIVE = 1500.0  # milliseconds from asking for the page until it can be used
EVENT = 50.0  # milliseconds from a move until everything is drawn
# Of these the title, the sentence or a number is long, or months are reported.
FIRST_SCREENS = [
    "isw-2025",
    "2025",
    *(
        pytest.param(name, marks=pytest.mark.slow)
        for name in ("whole-war", "exchange", "washington-post-2025", "monthly")
    ),
]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_page(tmp_path_factory.mktemp("page"), shipped_page("isw-2025"))


@pytest.fixture
def still(browser: Browser) -> Iterator[Page]:
    """A page in a browser that runs no scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_the_first_screen_says_what_is_known_and_what_it_hinges_on(page: Page, file: Path) -> None:
    opened(page, file)
    assert (
        page.title()
        == "How many casualties did Russia take per km² gained in early 2025, and more than in late 2024?"
    )
    sentence = page.locator("#sentence").inner_text()
    assert sentence.startswith("For “Casualties per km² gained, Jan–Apr 2025”")
    assert page.locator("meta[name=description]").get_attribute("content") == sentence
    assert page.locator(".figure").inner_text().endswith("casualties (killed and wounded) per km²")
    assert "the model puts 90\u00a0% on" in page.locator(".interval").inner_text()
    # The title asks two things; what the second rests on stands beside its answer.
    second = page.locator(".asked").inner_text()
    assert second.startswith("A km² took more casualties in Jan–Apr 2025 than in Sep–Dec 2024: ")
    assert "\u00a0% if a source may be right on one figure and wrong on another" in second
    assert "over Sep–Dec 2024, the lowest such window: 1." in second and "(90\u00a0% interval: " in second
    hinges = page.locator(".hinges").inner_text()
    assert "if one takes “Western OSINT” with “DeepState”" in hinges
    assert "Western OSINT: independent count of killed or missing, times one plus the wounded" in hinges


SCREENS = ((360, 740), (768, 1024), (1280, 720), (1366, 768))


@pytest.mark.parametrize("name", FIRST_SCREENS)
def test_the_sentence_to_quote_is_on_the_first_screen(page: Page, tmp_path: Path, name: str) -> None:
    file = saved_page(tmp_path, shipped_page(name))
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(file.as_uri())
        for part in (".figure", "#sentence", *([".asked"] if width > 360 else [])):
            box = page.locator(part).bounding_box()
            assert box is not None and box["y"] + box["height"] <= height, (part, width)


def test_the_table_of_contents_is_folded_where_there_is_no_room_beside(page: Page, file: Path) -> None:
    opened(page, file)
    assert page.locator(".contents a").first.is_visible()
    assert not page.locator(".contents summary").is_visible()
    for width in (360, 768):
        page.set_viewport_size({"width": width, "height": 740})
        assert not page.locator(".contents a").first.is_visible()
    page.locator(".contents summary").click()
    page.locator(".contents a", has_text="Every figure").click()
    assert page.evaluate("location.hash") == "#figures"


def test_unlike_things_are_told_in_full(page: Page, file: Path) -> None:
    opened(page, file)
    listed = page.locator(".unlike li").all()
    assert len(listed) > 5 and all(each.is_visible() for each in listed)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows_or_overlaps(page: Page, file: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, file)
    assert faults(page) == []
    assert broken_words(page) == []


LABELS = "document.querySelectorAll('#picture-forest .wide text')"
# What a fault begins or ends with, and what brings it about.
BREAKS = {
    "the page is": "document.querySelector('.lede').style.width = '3000px'",
    "outside: ": "document.querySelector('h1').style.marginLeft = '-500px'",
    "cut off: ": "Object.assign(document.querySelector('.quote').style, {overflow: 'clip', height: '9px'})",
    "overlap: ": "document.querySelector('.quote').style.marginTop = '-60px'",
    '" overlap': f"for (const each of {LABELS}) each.setAttribute('transform', 'translate(20,20)')",
    "outside its picture: ": f"{LABELS}[0].setAttribute('transform', 'translate(-30,20)')",
    "2 drawings are shown": "document.querySelector('.narrow').style.display = 'block'",
    "0 drawings are shown": "document.querySelector('.wide').style.display = 'none'",
    " px high": f"{LABELS}[0].style.fontSize = '8px'",
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
    assert axe_faults(page, axe) == []


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


STILL = "What each source says, and all as weighted"


def test_without_scripts_the_page_stands_as_it_is(still: Page, file: Path) -> None:
    still.goto(file.as_uri())
    assert still.locator("#picture-densities .wide svg").is_visible()
    assert not still.locator("#interactive").is_visible()
    assert still.locator("#weights h2").inner_text() == STILL
    assert still.locator(".scripted-only").count() > 0
    assert not any(each.is_visible() for each in still.locator(".scripted-only").all())
    still.locator("#weights summary", has_text="All estimates").click()
    assert "Casualties per km² gained, Jan–Apr 2025" in still.locator("#weights details table").inner_text()


def test_with_scripts_the_sliders_take_the_place_of_the_picture(page: Page, file: Path) -> None:
    opened(page, file)
    assert page.locator("#interactive").is_visible()
    assert page.locator("#weights h2").inner_text() == "Put your own weights on the sources"
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
    rounds = [_busy(page, key) for key in ("ArrowRight", "ArrowLeft", "ArrowRight")]
    took = page.evaluate("performance.getEntriesByName('contested slider').map((entry) => entry.duration)")
    typical, late = sorted(took)[len(took) // 2], min(sorted(each)[-2] for each in rounds)
    print(
        f"usable after {ready:.0f} ms; a slider event takes {typical:.1f} ms, "
        f"and 19 in 20 at most {late:.1f} ms of work"
    )
    assert ready <= INTERACTIVE
    assert typical <= EVENT
    assert late <= EVENT


def _busy(tab: Page, key: str) -> list[float]:
    """How long the page works for each of twenty moves, in milliseconds of a core, whoever else has it."""
    session = tab.context.new_cdp_session(tab)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = session.send("Performance.getMetrics")["metrics"]
        return next(1000 * each["value"] for each in metrics if each["name"] == "TaskDuration")

    done = "performance.getEntriesByName('contested slider').length"
    took, before = [], tab.evaluate(done)
    for move in range(1, 21):
        start = worked()
        tab.keyboard.press(key)
        tab.wait_for_function(f"(moves) => {done} === moves", arg=before + move)
        took.append(worked() - start)
    return took


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
    assert page.locator("#weights h2").inner_text() == STILL
    assert all(each.is_visible() for each in page.locator("main details > :not(summary)").all())
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("#cited ~ details[open]").count() == 0


# Boxes in a row, flexible boxes and what may not break keep a heading from what it is over.
_BREAKS = """() => {
  const style = (element) => getComputedStyle(element);
  const all = (selector) => [...document.querySelectorAll(selector)];
  return {
    kept: all("h2, h3, h4, summary, caption").filter((each) =>
      style(each).breakAfter !== "avoid" || style(each).breakInside !== "avoid").length,
    whole: all(".verdicts > li, .verdicts .said, .claim, section").filter((each) =>
      style(each).display !== "block" || style(each).breakInside !== "auto").length,
  };
}"""


def test_on_paper_headings_and_captions_stay_with_what_follows_and_text_may_break(
    page: Page, file: Path
) -> None:
    opened(page, file)
    page.emulate_media(media="print")
    assert page.evaluate(_BREAKS) == {"kept": 0, "whole": 0}


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
