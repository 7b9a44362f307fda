"""What a written report must say, and texts that try to be more than words in one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from briefed import coarsely, sampled
from contested.report.briefing.briefing import Briefing
from contested.report.briefing.values import Table
from contested.report.outline import Outline
from contested.report.outline.blocks import (
    Amount,
    Heading,
    Line,
    Linked,
    Listing,
    Paragraph,
    Tabled,
    Verbatim,
    row_notes,
)
from sample_scenarios import RANGES

HOSTILE = (
    "- 1. # <script>alert(1)</script> </b> & &amp; &#60; [x](javascript:alert(1)) ![i](http://a.com/i.png) "
    "[r]: /u `c` ``d`` ```e *a* **b** _c_ __d__ ~~e~~ ~f~ ^g^ | h | \\| \\ \\\\ $x_1^2$ $$y$$ "
    "https://b.com/?q=1&r=2 www.c.com d.com mail@e.com @mention <https://f.com> "
    "\\textbf{x} \\input{y} \\end{document} \\begin{verbatim} %z {{ l }} {% m %} ^^41 \\\\[1cm] ]] --- "
    "'' \"\" ,, שלום עולם العربية 👩‍🚀 � − × ≥ Київ =1+1 --"
)
LONG = "w" * 500
_KEPT = ("key", "kind", "scenario")


CONFIGS = Path(__file__).parents[1] / "configs"
SCENARIOS = (
    *(file for file in sorted(CONFIGS.glob("*.yaml")) if file.stem not in ("register", "monthly")),
    Path(__file__).parent / "configs" / "whole_example" / "early-2025.yaml",
)  # monthly.yaml asks the same of many periods, and has no briefing of one


@cache
def isw() -> Briefing:
    """The scenario that has everything, of few draws."""
    return Briefing.of(coarsely(CONFIGS / "isw-2025.yaml"))


@cache
def ranges() -> Briefing:
    """A small scenario with a dispute, a question and intervals."""
    with TemporaryDirectory() as folder:
        return sampled(Path(folder), RANGES)[1]


def rewritten(value: Any, by: Callable[[str], str]) -> Any:
    """A briefing with every text changed that is neither a key nor empty."""
    if isinstance(value, str):
        return by(value) if value else value
    if isinstance(value, tuple):
        return tuple(rewritten(each, by) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changed = {
        field.name: rewritten(getattr(value, field.name), by)
        for field in fields(value)
        if field.name not in _KEPT
    }
    return replace(value, **changed)


def words_of(line: Line, *, printed: bool = False) -> str:
    """A line without its marks; with where its links lead, on paper."""
    return "".join(
        f"{run.text} {run.unit}".rstrip()
        if isinstance(run, Amount)
        else f"{run.text} ({run.address})"
        if printed and isinstance(run, Linked)
        else run.text
        for run in line
    )


def addresses(outline: Outline) -> set[str]:
    """All that links lead to."""
    lines = (
        line
        for block in outline.blocks
        if isinstance(block, Paragraph | Listing)
        for line in (block.lines if isinstance(block, Listing) else (block.line,))
    )
    return {run.address for line in lines for run in line if isinstance(run, Linked)}


def said(briefing: Briefing, *, printed: bool = False) -> Iterator[str]:
    """Every line, cell and caption of a written report, in order.

    On paper links show where they lead, and a table has its head twice, for its first page and its others.
    """
    outline = Outline.of(briefing)
    yield outline.title
    for block in outline.blocks:
        match block:
            case Heading(text=text) | Verbatim(text=text):
                yield text
            case Paragraph(line=line):
                yield words_of(line, printed=printed)
            case Listing(lines=lines):
                yield from (words_of(line, printed=printed) for line in lines)
            case Tabled(table=table):
                yield from said_in(table, heads=2 if printed else 1)


def said_in(table: Table, heads: int = 1) -> Iterator[str]:
    """Every caption, cell and note of a table."""
    yield f"{table.title} ({table.unit})" if table.unit else table.title
    yield from (table.stub, *table.columns) * heads
    for group in table.groups:
        yield from (group.title,) if group.title else ()
        for row in group.rows:
            yield from (row.label, *(cell.text for cell in row.cells))
    yield from map(words_of, row_notes(table))
    yield from table.notes
