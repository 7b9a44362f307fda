"""Pages of scenarios, as `contested report` writes them, and what a browser measures in one."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefed import COARSE
from contested.report.page.drawer import Vega
from contested.report.page.drawing import Drawing, order
from contested.report.page.page import page
from contested.report.reported import Source

if TYPE_CHECKING:
    from playwright.sync_api import Page

CONFIGS = Path(__file__).parents[1] / "configs"
_LAYOUT = Path(__file__).parent / "browser" / "layout.js"
WIDTHS = (360, 600, 768, 1024, 1280)
MOST_BYTES = 2_000_000
_BROKEN = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walker.nextNode()) {
    const text = walker.currentNode, parent = text.parentElement;
    if (!parent.checkVisibility() || parent.closest("svg, script, style, pre, code, .unseen")) continue;
    for (const { 0: word, index } of text.data.matchAll(/(?<![\\w.])[A-Za-z]{2,10}(?![\\w.])/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const tops = [...range.getClientRects()].map((box) => box.top);
      if (Math.max(...tops) > Math.min(...tops) + 4) found.push(word);
    }
  }
  return found;
}"""
_SERIOUS = {"serious", "critical"}


@cache
def vega() -> Future[Vega]:
    """Vega, bundled once for all tests: it takes a second."""
    with Drawing() as drawing:
        found = drawing.vega()
        found.result()
    return found


def page_of(file: Path) -> str:
    """The page of a scenario, of few draws: enough for how it looks, not for how exact it is."""
    source = Source.open(file)
    coarse = Source(replace(source.study, sampling=COARSE), source.run)
    with Drawing() as drawing:
        reported = coarse.reported(lambda drawn, most: None)
        return page(reported, vega(), order(drawing, reported))


@cache
def shipped_page(name: str) -> str:
    """The page of a shipped scenario."""
    return page_of(CONFIGS / f"{name}.yaml")


def saved_page(folder: Path, text: str) -> Path:
    """A page as a file."""
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    return file


def opened(tab: Page, file: Path, address: str = "") -> None:
    """Goes to a page and waits until its sliders stand."""
    tab.goto(file.as_uri() + address)
    tab.wait_for_selector("#interactive-chart svg path")


def axe_faults(tab: Page, axe: str) -> list[tuple[str, list[str]]]:
    """What axe-core finds to be a serious fault, all details open: each rule with the first that break it."""
    tab.evaluate("() => { for (const each of document.querySelectorAll('details')) each.open = true; }")
    tab.evaluate(axe)
    found: dict[str, Any] = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        (each["id"], [node["html"][:200] for node in each["nodes"][:3]])
        for each in found["violations"]
        if each["impact"] in _SERIOUS
    ]


def faults(tab: Page) -> list[str]:
    """What is amiss in how a page is laid out, all its details open: see layout.js."""
    found: list[Any] = tab.evaluate(_LAYOUT.read_text(encoding="utf-8"))
    return [str(fault) for fault in found]


def broken_words(tab: Page) -> list[str]:
    """Words of up to ten letters that stand in two lines, all details open; pictures and files aside."""
    found: list[Any] = tab.evaluate(_BROKEN)
    return [str(word) for word in found]
