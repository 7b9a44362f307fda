"""On A4 no head of a table and no title of a group stands at the foot of a page, its rows on the next."""

from __future__ import annotations

import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

_LONG, _SHORT = 15, 3  # rows of a group
_NO_READER = "there is no pdftotext on the path"


def _row(name: str) -> str:
    """With a note below."""
    return (
        f"<tr><th scope='row'>{name}</th><td>1</td><td>2 to 3</td></tr>"
        "<tr class='note'><td colspan='3'>note</td></tr>"
    )


def _group(name: str, rows: int) -> str:
    title = f"<tr class='group'><th scope='rowgroup' colspan='3'>Title of {name}</th></tr>"
    return f"<tbody>{title}{''.join(_row(f'{name} {index}') for index in range(rows))}</tbody>"


def _document(above: int, long: str) -> str:
    """A table with a long group and a short one, and a list of facts, so many pixels from the top."""
    style = files("contested.report.page").joinpath("page.css").read_text(encoding="utf-8")
    facts = "".join(f"<div><dt>fact {index}</dt><dd>what it is</dd></div>" for index in range(30))
    return f"""<!doctype html><style>{style}</style><div style="height: {above}px"></div>
      <div class="scroll"><table><caption>Caption</caption>
        <thead><tr><td class="stub"></td><th>Median</th><th>Interval</th></tr></thead>
        {long}{_group("short", _SHORT)}
      </table></div>
      <details><summary>Summary</summary><dl class="facts">{facts}</dl></details>"""


def _pages(page: Page, file: Path, document: str) -> list[list[str]]:
    """The lines of each page of a document that was printed."""
    page.set_content(document)
    page.pdf(path=file, format="A4")
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    texts = done.stdout.decode().split("\f")
    return [[" ".join(line.split()) for line in text.splitlines() if line.strip()] for text in texts]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason=_NO_READER)
@pytest.mark.parametrize("titled", [True, False])
@pytest.mark.parametrize("rows", [0, 2 * _LONG + 1, 2 * (_LONG + _SHORT) + 4])
def test_what_heads_rows_stands_on_the_page_of_the_first_of_them(
    page: Page, tmp_path: Path, rows: int, titled: bool
) -> None:
    """The table's head, the short group's title and the list's are each brought to a page's foot."""
    long = _group("long", _LONG)
    if not titled:
        long = long.replace("class='group'", "hidden")
    heads = {"Caption", "Median Interval", "Title of long", "Title of short", "Summary"}
    for above in range(860, 1000, 14):
        pages = _pages(page, tmp_path / "printed.pdf", _document(max(above - 22 * rows, 0), long))
        assert not [lines[-1] for lines in pages if lines and lines[-1] in heads], above
        assert not [lines for lines in pages if lines[:1] == ["note"] or lines[1:2] == ["note"]], above
        holding = [lines for lines in pages if any(line.startswith("short ") for line in lines)]
        assert len(holding) == 1, above
        assert "Title of short" in holding[0]
