"""The page: how long it takes to make beyond the run, and how fast it answers in Chromium."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.table import Measured
from benchmarks.turns import in_turn

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SCENARIO = Path(__file__).parent.parent / "configs" / "isw-2025.yaml"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_DRAWN = "#interactive-chart svg path"
_EVENTS = 20
_LASTED = "performance.getEntriesByName('contested slider').map((each) => each.duration)"


def measure(smoke: bool = False) -> Iterator[Measured]:
    """The bars on the report and on its page."""
    rounds = 1 if smoke else 7
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        run = ["-m", "contested", "run", str(SCENARIO)]
        report = ["-m", "contested", "report", str(SCENARIO), "-o", str(file), "--force"]
        ran, reported = in_turn([run, report], rounds)
        yield Measured(
            "report isw-2025 beyond its run", reported - ran, 3, False, "s",
            note=f"{reported:.2f} s against {ran:.2f} s",
        )  # fmt: skip
        yield Measured("the page's size", file.stat().st_size / 1e6, 2, False, "MB")
        with _chromium() as browser:
            opened = sorted(_opened(browser, file) for _ in range(rounds))
            yield Measured("the page is interactive after", opened[rounds // 2], 1.5, False, "s")
            lasted = sorted(_slid(browser, file))
            yield Measured(
                f"a slider event, the slowest of {_EVENTS}", lasted[-1], 50, False, "ms",
                note=f"median {lasted[_EVENTS // 2]:.0f} ms",
            )  # fmt: skip


@contextmanager
def _chromium() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_ARGUMENTS)
        yield browser
        browser.close()


def _opened(browser: Browser, file: Path) -> float:
    """Seconds from the page's first byte until the sliders' picture stands."""
    page = browser.new_page()
    _go(page, file)
    seconds = float(page.evaluate("performance.now()")) / 1e3
    page.close()
    return seconds


def _slid(browser: Browser, file: Path) -> list[float]:
    """Milliseconds that each move of a slider took, until its picture was drawn; the first is not counted."""
    page = browser.new_page()
    _go(page, file)
    page.locator("#interactive-sliders input").first.focus()
    for count in range(1, _EVENTS + 2):
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"{_LASTED}.length >= {count}")
    found: list[float] = page.evaluate(_LASTED)
    page.close()
    return found[1:]


def _go(page: Page, file: Path) -> None:
    page.goto(file.as_uri())
    page.wait_for_selector(_DRAWN)
