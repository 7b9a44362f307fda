"""The README's picture: the first lines of a real run, drawn anew by `python tests/readme_picture.py`."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME
from rich.text import Text

import contested
from contested.report.terminal import render

ROOT = Path(__file__).parents[1]
SCENARIO = "configs/isw-2025.yaml"
PICTURE = ROOT / "configs" / "isw-2025.svg"
COMMAND = f"contested run {SCENARIO}"
WIDTH = 84
_ENDS_BEFORE = "\n\x1b[1mCasualties per day, Jan"


def shown() -> str:
    """The lines that the picture shows, with titles in bold and strips, as a terminal has them."""
    page = render(contested.load(ROOT / SCENARIO).run(), width=WIDTH, styled=True, strips=True)
    first, found, _ = page.partition(_ENDS_BEFORE)
    assert found
    return first.rstrip("\n")


def draw() -> str:
    """The picture as SVG, which asks for nothing from elsewhere: no font is fetched."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(shown()), soft_wrap=True)
    drawn = console.export_svg(title=COMMAND, theme=SVG_EXPORT_THEME, unique_id="contested")
    return re.sub(r"\s*@font-face \{.*?\}", "", drawn, flags=re.DOTALL)


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
