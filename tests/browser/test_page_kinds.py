"""Pages of every kind of scenario: hostile texts, bounds, months, and all that are shipped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from contested.report.plain import plain
from each_text import MONTHS, with_table
from outlined import HOSTILE
from paged import (
    CONFIGS,
    MOST_BYTES,
    WIDTHS,
    axe_faults,
    broken_words,
    faults,
    opened,
    page_of,
    saved_page,
    shipped_page,
)
from sample_scenarios import BOUNDS, EXACT, RANGES, VANISHING, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

SHIPPED = sorted(path.stem for path in CONFIGS.glob("*.yaml") if path.stem != "register")
NASTY = (
    f"{HOSTILE} {{{{ 7 * 7 }}}} <img src=x onerror='window.ran = 1'></script><script>window.ran = 1</script>"
)
LONG = "w" * 500
TITLES = (
    "What did a square kilometre cost?", "Whose count", "Kyiv", "half of it is thought invented",
    "Russian casualties", "Area gained", "a round number", "At least 99",
)  # fmt: skip


_READY = (
    "!document.documentElement.classList.contains('moving')"
    " || document.querySelector('#interactive-chart svg path')"
)


def _stands(tab: Page, text: str, folder: Path) -> None:
    """That a page is laid out well at every width."""
    assert len(text.encode()) < MOST_BYTES
    file = saved_page(folder, text)
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        tab.goto(file.as_uri())
        tab.wait_for_function(_READY)
        assert faults(tab) == [], width


def test_a_ratio_that_may_vanish_has_a_page(page: Page, tmp_path: Path) -> None:
    _stands(page, page_of(written(tmp_path, VANISHING)), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("text", [BOUNDS, EXACT, RANGES], ids=["bounds", "exact", "ranges"])
def test_every_kind_of_answer_has_a_page(page: Page, tmp_path: Path, text: str) -> None:
    _stands(page, page_of(written(tmp_path, text)), tmp_path)


def test_a_scenario_of_months_has_them_one_by_one(page: Page, tmp_path: Path) -> None:
    text = MONTHS.replace("window: 2025-01/2025-03", "window: 2025-01/2025-06").replace(
        "disputes:",
        "comparisons: {s: {title: Spring, of: 2025-03/2025-04, over: 2025-01/2025-02}}\ndisputes:",
    )
    _stands(page, page_of(written(with_table(tmp_path), text)), tmp_path)
    assert page.locator("#months h2").inner_text() == "Month by month"
    table = page.locator("#months table").first.inner_text()
    assert all(month in table for month in ("Jan 2025", "Feb 2025", "Jun 2025", "Jan–Jun 2025"))
    assert page.locator("#verdicts ~ ol h4").all_inner_texts() == [
        "Casualties per km²: more in Mar–Apr 2025 than in Jan–Feb 2025"
    ]


def test_axe_finds_no_serious_fault_in_months_nor_without_disputes(
    page: Page, tmp_path: Path, axe: str
) -> None:
    for text in (MONTHS, BOUNDS):
        file = saved_page(tmp_path, page_of(written(with_table(tmp_path), text)))
        page.goto(file.as_uri())
        page.wait_for_function(_READY)
        assert axe_faults(page, axe) == []


@pytest.mark.parametrize(
    "words", [NASTY, pytest.param(LONG, marks=pytest.mark.slow)], ids=["hostile", "long"]
)
def test_texts_of_others_are_words_and_nothing_more(page: Page, tmp_path: Path, words: str) -> None:
    quoted = "'" + words.replace("'", "''") + "'"
    text = EXACT
    for title in TITLES:
        text = text.replace(f": {title}", f": {quoted}")
    text = text.replace("title: Casualties per km² gained,", f"title: {quoted},")
    assert text.count(quoted) >= 9
    _stands(page, page_of(written(tmp_path, text)), tmp_path)
    assert page.evaluate("window.ran") is None
    assert page.locator("img, iframe, object, embed, base, form:not(.vega-bindings)").count() == 0
    for part in ("h1", ".subject", "#verdicts ~ ol h4", "#figures summary"):
        assert " ".join(words.split()) in page.locator(part).first.inner_text(), part
    assert page.title() == plain(words)


def test_large_numbers_leave_room_for_the_words_beside_them(page: Page, tmp_path: Path) -> None:
    file = saved_page(tmp_path, shipped_page("relayed-toll"))
    page.set_viewport_size({"width": 360, "height": 900})
    opened(page, file)
    assert broken_words(page) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_has_a_page(page: Page, tmp_path: Path, name: str) -> None:
    _stands(page, shipped_page(name), tmp_path)
