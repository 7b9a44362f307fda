"""What a written report is made of. All text is plain: a format escapes what it would read as markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from contested.report.briefing.values import Table

# All that an address may hold (RFC 3986); what else stands in one is percent-encoded.
_IN_ADDRESSES = "%:/?#[]@!$&'()*+,;="


@dataclass(frozen=True, slots=True)
class Text:
    """Words."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as people read it (`110`, `54 to 190`, `at least 33`), and its unit as words, or none."""

    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Linked:
    """Words, and where they lead: an address that starts with http or https, percent-encoded."""

    text: str
    address: str


Run = Text | Strong | Amount | Linked
Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: of level 2 over a section, of level 3 within one."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words that follow one another."""

    line: Line


@dataclass(frozen=True, slots=True)
class Listing:
    """Lines that stand below one another, each with its mark."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Tabled:
    """A table with its caption; the notes on its rows stand under it, like its own."""

    table: Table


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Text that is shown as it is, its line breaks included; the language that it is in."""

    text: str
    language: str


Block = Heading | Paragraph | Listing | Tabled | Verbatim


def paragraph(text: str) -> Paragraph:
    """A paragraph of words."""
    return Paragraph((Text(text),))


def listing(lines: Iterable[Line]) -> Iterator[Listing]:
    """A list of what lines there are; none of none."""
    found = tuple(lines)
    if found:
        yield Listing(found)


def term(label: str, *said: Run | str) -> Line:
    """`Label: what is said of it`, the label standing out."""
    return (Strong(f"{label}:"), Text(" "), *(Text(run) if isinstance(run, str) else run for run in said))


def terms(pairs: Iterable[tuple[str, str]]) -> Iterator[Line]:
    """A line for each label of which something is said."""
    return (term(label, text) for label, text in pairs if text)


def linked(text: str, address: str) -> Run:
    """Words that lead to an address; words alone where it is none that a browser fetches a page from."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return Text(text)
    fetched = parts.scheme in ("http", "https") and parts.netloc
    return Linked(text, quote(address, safe=_IN_ADDRESSES)) if fetched else Text(text)


def joined(lines: Sequence[Line], between: str) -> Line:
    """Lines as one."""
    return tuple(
        run for index, line in enumerate(lines) for run in ((Text(between), *line) if index else line)
    )


def row_notes(table: Table) -> tuple[Line, ...]:
    """The notes on a table's rows, each with the row that it is on."""
    return tuple(term(row.label, note) for row in table.rows for note in row.notes)
