"""The forest: one estimate under each source, weighting and rule, a dot and bars a row."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.comparison import Comparison
from contested.report.charts.entries import Entry
from contested.report.charts.estimate import Estimate
from contested.report.charts.ladder import Group, Ladder, drawn, of_estimates
from contested.report.charts.layers import Specification
from contested.report.charts.theme import WIDE, Look, SourceColours
from contested.report.naming import RULES
from contested.report.plain import plain


def forest(comparison: Comparison, estimate: str | None = None, look: Look = WIDE) -> Specification:
    """An estimate under every source alone, named weighting, source left out and rule of pooling.

    Parameters
    ----------
    comparison : Comparison
    estimate : str, optional
        The scenario's first where absent.
    look : Look

    Returns
    -------
    Specification
        A dot for each median, a bar for each of the report's intervals; where the ratio is not estimable but
        its inverse is, of that. One row, where the estimate rests on no dispute.

    Raises
    ------
    ContestedError
        Where no estimate has that name.
    """
    of = Estimate.of(comparison.result, estimate)
    groups = list(_groups(comparison, of))
    numbers, notes = of_estimates(groups)
    ladder = Ladder(
        title=of.title,
        unit=of.unit,
        groups=groups,
        numbers=numbers,
        notes=(*of.notes, *notes),
        reference=of.reference,
    )
    return drawn(ladder, SourceColours(comparison.study), look)


def _groups(comparison: Comparison, of: Estimate) -> Iterator[Group]:
    yield Group("", [of.pooled])
    if not of.found.by_source:
        return  # whom one believes, and how sources are pooled, changes nothing
    yield from of.by_source()
    if named := [of.entry(plain(name), result) for name, result in comparison.weightings.items()]:
        yield Group("Named weightings", named)
    yield from _left_out(comparison, of)
    rules = comparison.rules.items()
    yield Group("Rules of pooling", [of.entry(RULES[rule], result) for rule, result in rules])


def _left_out(comparison: Comparison, of: Estimate) -> Iterator[Group]:
    for name, results in comparison.leave_out.items():
        if name in of.found.by_source:
            dispute = comparison.study.disputes[name]
            entries: list[Entry] = [
                of.entry(f"without {plain(dispute.sources[source].title)}", result)
                for source, result in results.items()
            ]
            yield Group(f"{plain(dispute.title)}: one source left out", entries)
