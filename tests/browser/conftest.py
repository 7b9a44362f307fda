"""A real browser: Debian's Chromium through Playwright; skipped with a reason where either is missing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from browsing import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

_INERT = ("file:", "data:", "blob:", "about:")
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    try:
        import playwright.sync_api as api
    except ModuleNotFoundError:
        missing("playwright is not installed")
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("there is no chromium on the path")
    with api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core, to be evaluated in a page."""
    try:
        return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    except ModuleNotFoundError:
        missing("axe-playwright-python is not installed")


class Watch:
    """What a page asked of the network, and what it said on its console; a test fails on either."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(_INERT):
            self.faults.append(f"request: {request.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text}")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page 1280 px wide; the test fails on any request that leaves it, and on any error or warning."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    watch = Watch(opened)
    yield opened
    context.close()
    assert watch.faults == []
