"""A register as people read it: its entries, and what looking through it found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from contested.answers.amounts import stated
from contested.answers.audit import Audit, Library
from contested.answers.cited import Cited
from contested.answers.finding import Finding
from contested.report.layout import Line, Note, Row, set_lines
from contested.report.plain import plain

NARROWEST, WIDEST = 40, 100


def render_entries(
    library: Library, entries: Sequence[Cited], *, width: int = 80, styled: bool = False
) -> str:
    """Entries, each with its number, what it is of, and where it comes from.

    Parameters
    ----------
    library : Library
    entries : sequence of Cited
        Those to print, of the library's.
    width : int
        Columns there are; at most 100 are used.
    styled : bool
        Whether ids are set in bold.
    """
    lines = [line for entry in entries for line in _entry(entry)]
    number = (
        f"{len(entries)} of {len(library.cited)}" if len(entries) < len(library.cited) else f"{len(entries)}"
    )
    lines.append(Note(f"{plain(library.shown)}: {number} entries"))
    return set_lines(lines, width=min(max(width, NARROWEST), WIDEST), styled=styled)


def _entry(entry: Cited) -> Iterator[Line]:
    number = "another form" if entry.amount is None else stated(entry.amount)
    yield Row(f"{entry.id}  {number}", (), strong=True)
    what = [entry.text(key) for key in ("measures", "period", "place")]
    yield Note(plain("; ".join(filter(None, what))), 2)
    yield Note(
        f"{plain(entry.text('publisher'))}, {plain(entry.text('date'))}: {plain(entry.text('title'))}", 2
    )
    if relays := entry.text("relays"):
        yield Note(plain(f"passes on {relays}"), 2)
    if entry.quotient is not None:
        yield Note(plain(f"is {entry.quotient.text}"), 2)


def entries_document(library: Library, entries: Sequence[Cited]) -> str:
    """Entries as JSON, with what stands in the file under their keys."""
    return _json(_head(library) | {"entries": [{"id": e.id, **e.place.plain()} for e in entries]})


def render_findings(audit: Audit, findings: Sequence[Finding]) -> str:
    """A line for each finding, what was held against what, and how many were found."""
    lines = [plain(str(finding)) for finding in findings]
    return "".join(f"{line}\n" for line in (*lines, plain(_looked_at(audit)), _count(findings)))


def _looked_at(audit: Audit) -> str:
    ratios, library = audit.ratios, audit.library
    held = (
        f"{len(ratios.checked)} held against their parts",
        f"{len(ratios.searched)} against all that would fit",
        f"{len(ratios.unchecked)} against nothing",
    )
    counting = f"; counted: {', '.join(library.counting)}" if library.counting else ""
    return f"{library.shown}: {len(library.cited)} entries; of their ratios {', '.join(held)}{counting}"


def _count(findings: Sequence[Finding]) -> str:
    kinds = Counter(finding.kind for finding in findings)
    listed = ", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items()))
    return f"found {len(findings)}: {listed}" if findings else "found nothing"


def findings_document(audit: Audit, findings: Sequence[Finding]) -> str:
    """Findings as JSON, and which ratios were held against what."""
    ratios = audit.ratios
    return _json(
        _head(audit.library)
        | {
            "entries": len(audit.library.cited),
            "counting_units": list(audit.library.counting),
            "ratios": {
                "checked": list(ratios.checked),
                "searched": list(ratios.searched),
                "unchecked": list(ratios.unchecked),
            },
            "findings": [_finding(finding) for finding in findings],
        }
    )


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "kind": finding.kind,
        "entry": finding.entry,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "path": finding.path,
        "message": finding.message,
    }


def _head(library: Library) -> dict[str, Any]:
    return {"register": library.shown, "register_sha256": library.register.sha256}


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
