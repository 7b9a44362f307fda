"""The grid: one estimate if one takes a source of one dispute and a source of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from contested.answers.bounds import Bound
from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.engine.weights import single_source
from contested.language.nodes import Dispute
from contested.report.briefing.answers import answered, whole_cell
from contested.report.briefing.values import Answered, Group, Row, Table
from contested.report.counted import short_unit
from contested.report.plain import plain
from contested.report.qualifiers import disputes_of
from contested.report.wording import enumerated


def grid(comparison: Comparison, estimate: str) -> Table | None:
    """Sources of one dispute down, of another across; None where the estimate hangs on fewer than two.

    Of more than two disputes, the two that are most of the variance; the others stay as weighted.
    """
    study, answer = comparison.study, comparison.result.estimates[estimate]
    disputes = disputes_of(study, answer)
    if isinstance(answer, Bound) or len(disputes) < 2:
        return None
    down, across = (study.disputes[name] for name in axes(answer, disputes))
    rest = [
        f"“{plain(study.disputes[name].title)}”" for name in disputes if name not in (down.name, across.name)
    ]
    weighted = f" {enumerated(rest)} {'is' if len(rest) == 1 else 'are'} as weighted." if rest else ""
    return Table(
        title=f"{plain(answer.title)}, if one takes one source of “{plain(down.title)}” and one of "
        f"“{plain(across.title)}”",
        stub=plain(down.title),
        columns=tuple(plain(source.title) for source in across.sources.values()),
        unit=short_unit(study, estimate, answer.unit),
        groups=(Group("", tuple(_row(answer, down, source, across) for source in down.sources)),),
        notes=(f"Each cell is the median, and in brackets the interval that holds most.{weighted}",),
    )


def axes(answer: Answer, disputes: Sequence[str]) -> tuple[str, str]:
    """The two disputes that are most of the variance, in the order given; the first two where it is open."""
    shares = answer.disagreement_share
    if len(disputes) == 2 or shares is None:
        return disputes[0], disputes[1]
    most = sorted(disputes, key=lambda name: -shares[name].value)[:2]
    first, second = (name for name in disputes if name in most)
    return first, second


def _row(answer: Answer, down: Dispute, source: str, across: Dispute) -> Row:
    found = [_both(answer, down.name, source, across.name, other) for other in across.sources]
    return Row(
        label=plain(down.sources[source].title),
        key=f"source:{down.name}.{source}",
        cells=tuple(map(whole_cell, found)),
        notes=tuple(dict.fromkeys(each.reason for each in found if each.reason)),
    )


def _both(answer: Answer, dispute: str, source: str, other: str, its: str) -> Answered:
    weights = single_source(single_source(answer.weights, dispute, source), other, its)
    return answered(replace(answer, weights=weights))
