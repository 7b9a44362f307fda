"""Names that run from right to left: on the screen they stand in their sentences as these were written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paged import opened, page_of, saved_page
from sample_scenarios import EXACT, written

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

ARABIC, HEBREW = "العربية RTL مصدر", "L500 שלום"
PLACE = "אזור 7"
LONG = "שלום עולם " * 9  # cut where there is little room
_ENDS = r"""
(element, parts) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const letters = [];
  while (walker.nextNode()) {
    const node = walker.currentNode;
    letters.push(...Array.from({ length: node.length }, (_, at) => [node, at]));
  }
  const text = letters.map(([node, at]) => node.data[at]).join("");
  let from = 0;
  return parts.map((part) => {
    const start = text.indexOf(part, from);
    if (start < 0) throw new Error(`${part} does not follow in ${text}`);
    from = start + part.length;
    const range = document.createRange();
    range.setStart(...letters[start]);
    range.setEnd(letters[from - 1][0], letters[from - 1][1] + 1);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
    const [lefts, rights] = [boxes.map((box) => box.left), boxes.map((box) => box.right)];
    return [Math.min(...lefts), Math.max(...rights), boxes[0].top];
  });
}
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("directions")
    text = EXACT
    for old, new in (
        ("kyiv: Kyiv", f"kyiv: {ARABIC}"),
        ("title: Skeptics", f"title: {HEBREW}"),
        ("place: Ukraine and Kursk oblast", f"place: {PLACE}"),
        ("title: At least 99", f"title: {LONG}"),
        ("{fact: gs-total}", f"{{fact: gs-total, mismatch: {HEBREW}}}"),
        ("title: Casualties per km² gained", f"title: {HEBREW}"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    return saved_page(folder, page_of(written(folder, text)))


def assert_in_order(element: Locator, parts: list[str]) -> None:
    """That parts of a text follow each other from left to right, each after the end of the one before."""
    found = element.evaluate(_ENDS, parts)
    for (part, (_, right, line)), (other, (left, _, its)) in zip(
        zip(parts, found, strict=True), list(zip(parts, found, strict=True))[1:], strict=False
    ):
        assert its > line + 8 or left >= right - 0.5, (part, other)


def test_a_name_keeps_its_place_in_a_sentence(page: Page, file: Path) -> None:
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(file.as_uri())
    page.add_style_tag(content="#sentence, .hinge { white-space: nowrap; font-size: 4px !important; }")
    sentence = page.locator("#sentence")
    assert_in_order(sentence, ["For “", HEBREW, "” (", PLACE, ", ", "1", "January to 30", "April 2025", ")"])
    weights = page.locator(".hinge").filter(has_text="pooled under")
    assert_in_order(weights, ["under", ARABIC, "75", "%", HEBREW, "25", "%", "."])


def test_a_title_that_is_cut_is_ended(page: Page, file: Path) -> None:
    opened(page, file)
    asked = page.locator("#interactive-sticky span").last.text_content() or ""
    assert asked.startswith("75 % · \u2067שלום") and asked.endswith("…\u2069")


def test_a_line_begins_at_the_side_of_the_page_s_own_words(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    hinge = page.locator(".hinges li").first
    assert_in_order(hinge, ["if one takes “", HEBREW, "”"])
    assert page.locator("#sentence").evaluate("element => getComputedStyle(element).direction") == "ltr"
