"""A briefing as Markdown: CommonMark with GitHub's tables, to paste into an editor of web pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from contested.report.briefing.briefing import Briefing
from contested.report.briefing.values import Group, Table
from contested.report.markdown_text import fenced, line, link, strong, words
from contested.report.outline import Outline
from contested.report.outline.blocks import (
    Amount,
    Block,
    Heading,
    Line,
    Linked,
    Listing,
    Paragraph,
    Run,
    Strong,
    Tabled,
    Text,
    Verbatim,
    row_notes,
)


def markdown(briefing: Briefing) -> str:
    """All of a briefing.

    No text in it is taken for markup, HTML, a link or a mention, whatever it holds. What looks like an
    address or a mention is set as code, in which nobody looks for one.

    Returns
    -------
    str
        Lines that end with `\\n`, a paragraph or a row of a table each.
    """
    outline = Outline.of(briefing)
    parts = [f"# {words(outline.title).strip()}"]
    for block in outline.blocks:
        # Two lists that follow one another are one, unless their marks differ.
        mark = "*" if parts[-1].startswith("- ") else "-"
        parts += _written(block, mark)
    return "\n\n".join(parts) + "\n"


def _written(block: Block, mark: str) -> Iterator[str]:
    match block:
        case Heading(level=level, text=text):
            yield f"{'#' * level} {words(text).strip()}"
        case Paragraph(line=runs):
            yield line(_runs(runs))
        case Listing(lines=lines):
            yield _list(lines, mark)
        case Tabled(table=table):
            yield from _table(table)
        case Verbatim(text=text, language=language):
            yield fenced(text, language)


def _list(lines: Iterable[Line], mark: str = "-") -> str:
    return "\n".join(f"{mark} {line(_runs(each))}" for each in lines)


def _runs(runs: Line) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    match run:
        case Text(text=text):
            return words(text)
        case Strong(text=text):
            return strong(text)
        case Amount(text=text, unit=unit):
            return words(f"{text} {unit}" if unit else text)
        case Linked(text=text, address=address):
            return link(text, address)


def _table(table: Table) -> Iterator[str]:
    """Its title, its rows, and its notes with those on its rows."""
    unit = words(f" ({table.unit})") if table.unit else ""
    yield f"{strong(table.title)}{unit}"
    width = len(table.columns)
    yield "\n".join(
        (
            _row(words(table.stub), map(words, table.columns)),
            _row(":---", ["---:"] * width),
            *(row for group in table.groups for row in _group(group, width)),
        )
    )
    notes = row_notes(table)
    if notes:
        yield _list(notes)
    yield from (line(words(note)) for note in table.notes)


def _group(group: Group, width: int) -> Iterator[str]:
    if group.title:
        yield _row(strong(group.title), [""] * width)
    for row in group.rows:
        said = strong if row.strong else words
        missing = [""] * (width - len(row.cells))
        yield _row(said(row.label), [*(said(cell.text) for cell in row.cells), *missing])


def _row(label: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join((label, *cells))} |"
