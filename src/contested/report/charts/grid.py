"""The grid: one estimate under each pair of sources of two disputes, all on one axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import numpy as np

from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.stopping import interval_ends
from contested.engine.weights import single_source, stratum_weights
from contested.language.nodes import Study, Weights
from contested.report.charts.entries import Entry
from contested.report.charts.estimate import Estimate
from contested.report.charts.grid_layout import Layout, Side, Table
from contested.report.charts.ladder import Group, of_estimates
from contested.report.charts.layers import Specification
from contested.report.charts.theme import WIDE, Look, SourceColours
from contested.report.plain import plain
from contested.report.wording import enumerated


def grid(
    answers: Result | Comparison, estimate: str | None = None, look: Look = WIDE
) -> Specification | None:
    """An estimate under each pair of sources: those of one dispute down, those of another across.

    Parameters
    ----------
    answers : Result or Comparison
    estimate : str, optional
        The scenario's first where absent.
    look : Look

    Returns
    -------
    Specification or None
        None where the estimate has fewer than two disputes, or is a bound. Where it has more, the two that
        its width hangs on most are shown, the others staying at the weighting, as the notes say.

    Raises
    ------
    ContestedError
        Where no estimate has that name.
    """
    result = answers.result if isinstance(answers, Comparison) else answers
    of = Estimate.of(result, estimate)
    if not isinstance(of.found, Answer) or len(of.found.by_source) < 2:
        return None
    return Layout(_table(of, of.found), look).drawn(SourceColours(result.study))


def two_disputes(answer: Answer) -> tuple[str, str]:
    """The two disputes of an estimate that its width hangs on most, in the scenario's order.

    By their shares of the variance; where there are none, by the span of their sources' medians.
    """
    shares = answer.disagreement_share

    def weight(dispute: str) -> float:
        if shares is not None:
            return shares[dispute].value
        medians = [own.summary.median for own in answer.by_source[dispute].values() if own.summary]
        return max(medians, default=0.0) - min(medians, default=0.0)

    names = [name for name in answer.study.disputes if name in answer.by_source]
    most = sorted(names, key=lambda name: -weight(name))[:2]
    first, second = (name for name in names if name in most)
    return first, second


def pairs(answer: Answer, first: str, second: str) -> Mapping[tuple[str, str], Answer]:
    """An estimate with one source of each of two disputes taken to be right, the others at the weighting."""
    sources = (answer.study.disputes[name].sources for name in (first, second))
    weights: dict[tuple[str, str], Weights] = {
        (one, other): single_source(single_source(answer.weights, first, one), second, other)
        for one, other in product(*sources)
    }
    if answer.rule == "linear" and answer.estimable:  # asked once for all, and remembered
        rows = np.stack([stratum_weights(answer.drawn.quantity, each) for each in weights.values()])
        ends = (0.5, *interval_ends(answer.study.report.levels))
        answer.drawn.all_worlds(np.unique(rows, axis=0), ends)
    return {pair: replace(answer, weights=each) for pair, each in weights.items()}


def _table(of: Estimate, answer: Answer) -> Table:
    study, names = of.result.study, two_disputes(answer)
    first, second = names
    colours = SourceColours(study)
    cells = {
        (colours.key(first, one), colours.key(second, other)): Entry.of(
            f"“{_title(study, first, one)}” with “{_title(study, second, other)}”",
            found,
            colours.key(first, one),
            inverse=of.inverse,
        )
        for (one, other), found in pairs(answer, first, second).items()
    }
    numbers, notes = of_estimates([Group("", list(cells.values()))])
    return Table(
        title=of.title,
        notes=(*of.notes, *notes),
        numbers=numbers,
        dashed=_dashed(of),
        others=_others(answer, names),
        unit=of.unit,
        disputes=(plain(study.disputes[first].title), plain(study.disputes[second].title)),
        rows=_side(study, first, colours),
        columns=_side(study, second, colours),
        cells=cells,
        reference=of.reference,
    )


def _title(study: Study, dispute: str, source: str) -> str:
    return plain(study.disputes[dispute].sources[source].title)


def _side(study: Study, dispute: str, colours: SourceColours) -> Side:
    return [
        (colours.key(dispute, source), _title(study, dispute, source))
        for source in study.disputes[dispute].sources
    ]


def _dashed(of: Estimate) -> str:
    """What the dashed line is."""
    whole = of.pooled
    if whole.centre is None:
        return ""
    return f"Dashed line: the median as weighted, {whole.numbers.partition(' (')[0]}."


def _others(answer: Answer, shown: tuple[str, str]) -> str:
    """Which disputes the picture leaves as weighted."""
    rest = [
        f"“{plain(d.title)}”"
        for name, d in answer.study.disputes.items()
        if name in answer.by_source and name not in shown
    ]
    return f"{enumerated(rest)} {'stays' if len(rest) == 1 else 'stay'} as weighted." if rest else ""
