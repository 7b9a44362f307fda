"""The forest: one estimate under each source, weighting and rule, a dot and bars a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import altair as alt

from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.errors import ContestedError
from contested.language.faults import unknown
from contested.report.charts.cases import Case, Found, heading
from contested.report.charts.ladder import Group, ladder
from contested.report.charts.theme import WIDE, Look, SourceColours
from contested.report.naming import RULES
from contested.report.plain import plain
from contested.report.wording import spoken_unit


def forest(comparison: Comparison, estimate: str | None = None, look: Look = WIDE) -> alt.LayerChart:
    """An estimate under every source alone, named weighting, source left out and rule of pooling.

    Parameters
    ----------
    comparison : Comparison
    estimate : str, optional
        The scenario's first where absent.
    look : Look

    Raises
    ------
    ContestedError
        Where no estimate has that name.
    """
    name = chosen(comparison.result, estimate)
    stated, whole = comparison.study.estimates[name], comparison.result.estimates[name]
    pooled = whole.summary if isinstance(whole, Answer) else None
    return ladder(
        list(_groups(comparison, name)),
        SourceColours(comparison.study),
        look,
        title=heading(stated.title, str(stated.unit)),
        unit=plain(spoken_unit(str(stated.unit))),
        reference=pooled and pooled.median,
    )


def chosen(result: Result, estimate: str | None) -> str:
    """An estimate's name: the scenario's first where none is asked for.

    Raises
    ------
    ContestedError
        With the nearest name there is.
    """
    if estimate is None:
        return next(iter(result.estimates))
    if estimate not in result.estimates:
        raise ContestedError(unknown("estimate", estimate, result.estimates))
    return estimate


def by_source(result: Result, estimate: str) -> Iterator[Group]:
    """Each dispute that an estimate depends on, with each of its sources alone."""
    found: Mapping[str, Mapping[str, Found]] = result.estimates[estimate].by_source
    colours = SourceColours(result.study)
    for name, dispute in result.study.disputes.items():
        if name in found:
            cases = [
                Case(label=plain(source.title), found=found[name][key], source=colours.key(name, key))
                for key, source in dispute.sources.items()
            ]
            yield Group(f"{plain(dispute.title)}: each source alone", cases)


def _groups(comparison: Comparison, estimate: str) -> Iterator[Group]:
    result = comparison.result
    used = f"weighting “{plain(result.weighting)}”" if result.weighting else "weights given"
    yield Group("", [Case(label=f"As weighted ({used})", found=result.estimates[estimate])])
    yield from by_source(result, estimate)
    named = comparison.weightings.items()
    yield Group(
        "Named weightings", [Case(label=plain(name), found=r.estimates[estimate]) for name, r in named]
    )
    yield from _left_out(comparison, estimate)
    rules = comparison.rules.items()
    yield Group(
        "Rules of pooling", [Case(label=RULES[rule], found=r.estimates[estimate]) for rule, r in rules]
    )


def _left_out(comparison: Comparison, estimate: str) -> Iterator[Group]:
    study = comparison.study
    for name, sources in comparison.leave_out.items():
        if name in comparison.result.estimates[estimate].by_source:
            dispute = study.disputes[name]
            yield Group(
                f"{plain(dispute.title)}: one source left out",
                [
                    Case(label=f"without {plain(dispute.sources[key].title)}", found=r.estimates[estimate])
                    for key, r in sources.items()
                ],
            )
