"""The figures and inputs: what is stated of each, on what ground, and as which distribution it was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from contested.report.briefing.briefing import Briefing
from contested.report.briefing.evidence import LEVELS, Citation, FigurePage, InputPage, Said
from contested.report.briefing.values import Cell, Group, Number, Row, Table
from contested.report.outline.blocks import (
    Block,
    Heading,
    Line,
    Strong,
    Tabled,
    Text,
    joined,
    linked,
    listing,
    term,
    terms,
)
from contested.report.wording import NONE, per_cent, titled


def evidence(briefing: Briefing) -> Iterator[Block]:
    """Every figure, every input, and every fact that they rest on."""
    yield Heading(2, "Every figure")
    for figure in briefing.figures:
        yield from _figure(figure)
    if briefing.inputs:
        yield Heading(2, "Every input")
        for each in briefing.inputs:
            yield from _input(each)
    if briefing.cited:
        yield Heading(2, "Facts that are used")
        yield from listing(map(full, briefing.cited))


def full(fact: Citation) -> Line:
    """A citation with what it states, of what, whom it passes on, and its id in the register."""
    aside = "; ".join(filter(None, (fact.measures, fact.extent)))
    said = "".join(
        (
            f": {fact.states}" if fact.states else "",
            f" ({aside})" if aside else "",
            f"; it passes on {fact.relays}" if fact.relays else "",
        )
    )
    return (*_short(fact), Text(f"{said} [{fact.id}]"))


def _short(fact: Citation) -> Line:
    return (Text(f"{fact.publisher}, “"), linked(fact.title, fact.url), Text(f"”, {fact.date}"))


def _named(fact: Citation) -> Line:
    """A citation with its id, under which the list of facts has the rest."""
    return (*_short(fact), Text(f" [{fact.id}]"))


def _figure(figure: FigurePage) -> Iterator[Block]:
    yield Heading(3, titled(figure.title, figure.unit))
    about = (
        ("In formulas", figure.name),
        ("Measures", figure.measures),
        ("Place and dates", figure.extent),
        ("In dispute", figure.dispute),
    )
    yield from listing(terms(about))
    pooled = [("All sources, as weighted", figure.pooled)]
    rows = [*pooled, *((said.title, said.quantiles) for said in figure.claims)]
    yield from _quantiles(f"Quantiles of “{figure.title}”", figure.unit, rows)
    yield from listing(map(_claim, figure.claims))


def _input(found: InputPage) -> Iterator[Block]:
    said = found.said
    yield Heading(3, titled(said.title, found.unit))
    yield from listing([term("In formulas", found.name), _claim(said)])
    yield from _quantiles(f"Quantiles of “{said.title}”", found.unit, [(said.title, said.quantiles)])


def _quantiles(title: str, unit: str, rows: Sequence[tuple[str, tuple[Number, ...]]]) -> Iterator[Tabled]:
    """A table of what has quantiles; none where nothing has."""
    drawn = tuple(Row(label=label, cells=tuple(_cells(row))) for label, row in rows if row)
    if drawn:
        columns = tuple(map(per_cent, LEVELS))
        yield Tabled(Table(title=title, columns=columns, groups=(Group("", drawn),), unit=unit))


def _cells(row: Iterable[Number]) -> Iterator[Cell]:
    return (Cell(each.text or NONE, (each.value,)) for each in row)


def _claim(said: Said) -> Line:
    """`Title: what is stated; read as …; judged: …; cited: …`."""
    parts: list[Line] = [(Text(said.statement),), (Text(f"read as {said.shape}"),)]
    if said.relays:
        parts.append((Text(f"it passes on {said.relays}"),))
    if said.judged:
        parts.append((Text(f"judged: {said.judged}"),))
    if said.cited:
        parts.append((Text("cited: "), *joined([_named(each) for each in said.cited], "; ")))
    remarks = "".join(f" {each}" for each in said.remarks)
    return (Strong(f"{said.title}:"), Text(" "), *joined(parts, "; "), Text(f".{remarks}"))
