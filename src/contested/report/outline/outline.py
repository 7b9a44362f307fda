"""The sections of a written report, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contested.report.briefing.briefing import Briefing
from contested.report.briefing.months import Months
from contested.report.briefing.sections import (
    Arithmetic,
    Decomposition,
    Hinge,
    Part,
    Passage,
    Provenance,
    SourceChance,
    Unlike,
    Verdict,
    Width,
)
from contested.report.briefing.values import Table
from contested.report.outline.blocks import (
    Amount,
    Block,
    Heading,
    Line,
    Paragraph,
    Strong,
    Tabled,
    Text,
    Verbatim,
    listing,
    paragraph,
    term,
    terms,
)
from contested.report.outline.evidence import evidence, full
from contested.report.outline.headline import headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a written report is made of.

    Attributes
    ----------
    title : str
    blocks : tuple of Block
        All that stands below the title, in reading order.
    """

    title: str
    blocks: tuple[Block, ...]

    @classmethod
    def of(cls, briefing: Briefing) -> Outline:
        """Everything that a briefing says, in its order."""
        return cls(title=briefing.title, blocks=tuple(_blocks(briefing)))


def _blocks(briefing: Briefing) -> Iterator[Block]:
    if briefing.warning:
        yield Paragraph((Strong(briefing.warning),))
    if not briefing.provenance.converged:
        yield Paragraph((Strong(briefing.provenance.precision),))
    yield from headline(briefing.headline)
    yield from _section("The arithmetic of published ratios", map(_arithmetic, briefing.arithmetic))
    yield from _section("Unlike things side by side", [listing(map(_unlike, briefing.mismatches))])
    yield from _section("What holds, and for whose figures", map(_verdict, briefing.verdicts))
    yield from _section("The pace of each period", map(_decomposition, briefing.decompositions))
    if briefing.months is not None:
        yield from _section(f"By {briefing.months.step}", _months(briefing.months))
    yield from _section("If one takes one source of each", [_tables(briefing.grid)])
    yield from _section("Under each assumption", [_tables(briefing.forest)])
    yield from _section("All numbers", [_tables(briefing.estimates, briefing.probabilities)])
    yield from _section("Where the width comes from", map(_width, briefing.width))
    yield from _section("What the questions hang on, and what to find out next", map(_hinge, briefing.hinges))
    yield from evidence(briefing)
    yield from _section("Method and limits", map(_passage, briefing.method))
    yield from _section("To run it again", [_provenance(briefing.name, briefing.provenance)])


def _section(title: str, parts: Iterable[Iterable[Block]]) -> Iterator[Block]:
    """A heading over what there is; nothing where there is nothing."""
    blocks = [block for part in parts for block in part]
    if blocks:
        yield Heading(2, title)
        yield from blocks


def _tables(*tables: Table | None) -> Iterator[Block]:
    return (Tabled(table) for table in tables if table is not None)


def _arithmetic(found: Arithmetic) -> Iterator[Block]:
    yield Paragraph((Strong(found.equation),))
    yield from listing(
        [
            *(term("Published", *full(each)) for each in found.published),
            *_part("Above the line", found.above),
            *_part("Below the line", found.below),
        ]
    )
    yield paragraph(found.verdict)


def _part(label: str, found: Part) -> Iterator[Line]:
    """A part as the register writes it, and the entries in it."""
    yield term(label, f"{found.text}, ", Amount(found.number), f" ({found.whose})" if found.whose else "")
    yield from (term("Entry", *full(each)) for each in found.cited)


def _unlike(found: Unlike) -> Line:
    because = f"; {found.because}" if found.because else ""
    return term(found.subject, f"{found.difference}{because} ({found.path}).")


def _verdict(found: Verdict) -> Iterator[Block]:
    yield Heading(3, found.title)
    yield paragraph(found.paragraph)
    yield from listing([*terms([("Formula", found.formula), ("Grade", found.grade)]), *_chances(found)])


def _chances(found: Verdict) -> Iterator[Line]:
    words = f" ({found.yardstick})" if found.yardstick else ""
    if found.chance is not None:
        yield term("Probability, as weighted", Amount(found.chance.text), words)
    yield from terms(
        [("Why no stronger", found.lower), ("No probability", found.reason), ("No word for it", found.unsaid)]
    )
    labels = ("Least", "Greatest") if found.ends and len(found.by_source) > 1 else ()
    for index, each in enumerate(found.by_source):
        yield _by_source(labels[index] if labels else "By source", each)


def _by_source(label: str, found: SourceChance) -> Line:
    taking = f" if one takes {found.sources}" if found.sources else " whichever source one takes"
    return term(label, Amount(found.text), taking)


def _decomposition(found: Decomposition) -> Iterator[Block]:
    yield Heading(3, found.title)
    yield from map(paragraph, found.sentences)
    yield Tabled(found.table)


def _months(found: Months) -> Iterator[Iterable[Block]]:
    yield [paragraph(f"From {found.span}.")]
    for along in found.estimates:
        yield [Heading(3, along.table.title), *map(paragraph, along.told), Tabled(along.table)]
    yield _tables(found.questions)


def _width(found: Width) -> Iterator[Block]:
    yield Heading(3, found.title)
    yield from map(paragraph, found.sentences)
    yield from _tables(found.table)


def _hinge(found: Hinge) -> Iterator[Block]:
    if found.flips or found.findings:
        yield Heading(3, found.title)
        lines = [(Text(each),) for each in found.flips]
        yield from listing([*lines, *(term("To find out", each) for each in found.findings)])


def _passage(found: Passage) -> Iterator[Block]:
    yield Heading(3, found.title)
    yield paragraph(found.text)


def _provenance(name: str, found: Provenance) -> Iterator[Block]:
    yield Verbatim(found.command, "sh")
    yield paragraph(found.precision)
    yield from listing(terms([("Scenario", name), *found.facts]))
    yield Heading(3, found.file)
    yield Verbatim(found.scenario, "yaml")
