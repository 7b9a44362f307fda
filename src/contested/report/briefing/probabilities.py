"""The questions' probabilities: as weighted, over weightings, by source."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.bounds import Settled
from contested.answers.comparison import Comparison
from contested.answers.questions import Probability
from contested.language.scopes import NotApplicable
from contested.report.briefing.answers import chance_cell, chance_of
from contested.report.briefing.values import Cell, Group, Row, Table
from contested.report.comparison_questions import value_of
from contested.report.plain import plain
from contested.report.rows import decided, mismatch_lines
from contested.report.wording import NONE, share

_COLUMNS = ("as weighted", "over named weightings", "over any weighting", "with a source chosen per figure")


def probabilities(comparison: Comparison) -> Table | None:
    """Every question's; None where the scenario asks none."""
    questions = comparison.result.questions
    if not questions:
        return None
    rows = (_row(comparison, name, question) for name, question in questions.items())
    return Table(
        title="The questions: their probabilities", columns=_COLUMNS, groups=(Group("", tuple(rows)),)
    )


def _row(comparison: Comparison, name: str, question: Probability | Settled) -> Row:
    expression = comparison.study.questions[name].formula.expression
    unlike = mismatch_lines(f"questions.{name}", expression, comparison.study)
    why = (f"There is no probability: {plain(question.reason)}.",) if question.reason else ()
    return Row(
        label=plain(question.title),
        key=f"question:{name}",
        cells=tuple(_cells(comparison, name, question)),
        notes=(*why, *(f"{line.text[0].upper()}{line.text[1:]}" for line in unlike)),
    )


def _cells(comparison: Comparison, name: str, question: Probability | Settled) -> Iterator[Cell]:
    yield chance_cell(chance_of(question))
    named = [value_of(result.questions[name]) for result in comparison.weightings.values()]
    known = [limits for limits in named if limits is not None]
    whole = known and len(known) == len(named)
    least = min((low for low, _ in known), default=0.0)
    most = max((high for _, high in known), default=0.0)
    yield _ends(least, most, question) if whole else Cell(NONE)
    ends = comparison.sets["all"].questions[name]
    yield _ends(*ends, question) if ends else Cell(NONE)
    apart = comparison.asked_under["per_figure"]
    found = None if isinstance(apart, NotApplicable) else apart.questions.get(name)
    yield Cell(NONE) if found is None else chance_cell(chance_of(found))


def _ends(low: float, high: float, question: Probability | Settled) -> Cell:
    if isinstance(question, Settled):
        return Cell(decided(low, high), (low, high))
    return Cell(" to ".join(dict.fromkeys((share(low), share(high)))), (low, high))
