"""The briefing: one value that every format of the report is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from contested.answers.comparison import Comparison
from contested.report.briefing.arithmetic import arithmetic
from contested.report.briefing.decompositions import decompositions
from contested.report.briefing.evidence import Citation, FigurePage, InputPage
from contested.report.briefing.figures import cited, figures, inputs
from contested.report.briefing.headline import headline
from contested.report.briefing.hinges import hinges
from contested.report.briefing.method import method
from contested.report.briefing.mismatches import mismatches
from contested.report.briefing.months import Months
from contested.report.briefing.probabilities import probabilities
from contested.report.briefing.provenance import provenance
from contested.report.briefing.sections import (
    Arithmetic,
    Decomposition,
    Headline,
    Hinge,
    Passage,
    Provenance,
    Unlike,
    Verdict,
    Width,
)
from contested.report.briefing.tables import Tables
from contested.report.briefing.values import Table
from contested.report.briefing.verdicts import verdicts
from contested.report.briefing.widths import widths
from contested.report.plain import plain

if TYPE_CHECKING:
    from contested.answers.track import Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """What the report says of one comparison, in the order in which it says it.

    Attributes
    ----------
    name, title : str
        The scenario's name, and what it asks.
    headline : Headline
        Of the scenario's first estimate.
    arithmetic : tuple of Arithmetic
        Published ratios of facts that the scenario uses; may be empty.
    mismatches : tuple of Unlike
        All, in full: first those that the scenario owns, then those that are only noted.
    verdicts : tuple of Verdict
        In the order of the questions; may be empty.
    decompositions : tuple of Decomposition
        Of each ratio of two periods' ratios; may be empty.
    grid : Table or None
        The headline's estimate if one takes a source of one dispute (the rows) and of another (the
        columns), each cell its median and widest interval; None where it hangs on fewer than two disputes.
    estimates : Table
        All estimates as weighted: median and intervals.
    forest : Table
        The headline's estimate with every source alone, every named weighting, every source left out,
        under every rule: median and intervals.
    probabilities : Table or None
        Every question as weighted, over the named weightings, over any weighting, and with a source chosen
        for each figure; None where there are no questions.
    width : tuple of Width
        Of the headline's estimate, and of each that is taken apart in `decompositions`.
    hinges : tuple of Hinge
        What each question hangs on, and what to find out next.
    figures : tuple of FigurePage
    inputs : tuple of InputPage
    cited : tuple of Citation
        Every fact that is used, by publisher and date.
    method : tuple of Passage
        Method and limits, in a page.
    provenance : Provenance
    months : Months or None
        The same by month or quarter, of a scenario that comes so.
    warning : str
        What a reader has to know before all else, as sentences; mostly empty.
    """

    name: str
    title: str
    headline: Headline
    arithmetic: tuple[Arithmetic, ...]
    mismatches: tuple[Unlike, ...]
    verdicts: tuple[Verdict, ...]
    decompositions: tuple[Decomposition, ...]
    grid: Table | None
    estimates: Table
    forest: Table
    probabilities: Table | None
    width: tuple[Width, ...]
    hinges: tuple[Hinge, ...]
    figures: tuple[FigurePage, ...]
    inputs: tuple[InputPage, ...]
    cited: tuple[Citation, ...]
    method: tuple[Passage, ...]
    provenance: Provenance
    months: Months | None = None
    warning: str = ""

    @classmethod
    def of(
        cls,
        comparison: Comparison,
        *,
        command: str | None = None,
        track: Track | None = None,
        tables: Callable[[Comparison], Tables] = Tables.of,
    ) -> Briefing:
        """Brief a comparison.

        Parameters
        ----------
        comparison : Comparison
        command : str, optional
            What was typed to get it; `contested report FILE` where absent.
        track : Track, optional
            Of which the comparison has one estimate's windows; the windows of all are taken apart.
        tables : callable, optional
            Gives the tables of its estimates where they are made elsewhere; asked last.
        """
        study = comparison.study
        main = next(iter(study.estimates))
        apart = tuple(decompositions(comparison.result if track is None else track.result))
        apart = tuple(replace(each, aside=each.estimate not in study.estimates) for each in apart)
        own = [each.estimate for each in apart if not each.aside]
        width = tuple(widths(comparison, [name for name in own if name != main]))
        judged, hung = tuple(verdicts(comparison)), tuple(hinges(comparison))
        asked, pages = probabilities(comparison), tuple(figures(comparison))
        tabled = tables(comparison)
        return cls(
            name=plain(study.name),
            title=plain(study.title),
            headline=headline(comparison, main),
            arithmetic=tuple(arithmetic(comparison, main)),
            mismatches=tuple(mismatches(study)),
            verdicts=judged,
            decompositions=apart,
            grid=tabled.grid,
            estimates=tabled.estimates,
            forest=tabled.forest,
            probabilities=asked,
            width=(tabled.width, *width),
            hinges=hung,
            figures=pages,
            inputs=tuple(inputs(comparison)),
            cited=tuple(cited(comparison)),
            method=tuple(method(comparison)),
            provenance=provenance(comparison, command),
            months=None if track is None else Months.of(track),
        )
