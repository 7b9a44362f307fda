"""One sentence that can be printed as it is: what the model says, of what, and on which conditions."""

from __future__ import annotations

from contested.answers.bounds import Bound
from contested.answers.distribution import CredibleInterval, Summary
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.language.nodes import Figure
from contested.report.plain import plain
from contested.report.rows import bound_text
from contested.report.wording import (
    day,
    figures_of,
    median,
    number,
    per_cent,
    period,
    share,
    spoken_unit,
    weighting,
    weights,
)


def sentence(result: Result, name: str) -> str:
    """The sentence for one estimate.

    It names the estimate, place and dates, what each figure means, the interval and median, the weighting
    with its normalised weights, the rule of pooling and the date up to which facts were used; and it says
    what the model does, not where the truth lies.
    """
    answer = result.estimates[name]
    figures = list(figures_of(result.study, result.study.estimates[name].formula.expression).values())
    where = _scope(figures)
    subject = f"For “{plain(answer.title)}”" + (f" ({where})" if where else "")
    meaning = _meaning(figures)
    statement = _bound(answer) if isinstance(answer, Bound) else _statement(answer)
    return f"{subject}{f', where {meaning},' if meaning else ','} {statement}, {_conditions(result, answer)}."


def _scope(figures: list[Figure]) -> str:
    """Place and dates; each only once where the figures share them."""
    scopes = dict.fromkeys(
        ", ".join([*([plain(f.place)] if f.place else []), *([period(f.period)] if f.period else [])])
        for f in figures
    )
    return "; ".join(filter(None, scopes))


def _meaning(figures: list[Figure]) -> str:
    """What each figure counts or measures."""
    meanings = [f"“{plain(f.title)}” means {plain(f.measures)}" for f in figures if f.measures]
    return meanings[0] if len(meanings) == 1 else " and ".join([", ".join(meanings[:-1]), *meanings[-1:]])


def _statement(answer: Answer) -> str:
    if answer.summary is not None:
        return f"the model puts {_ends(answer.summary, str(answer.unit))}"
    found = (
        f"the model gives no ratio, because it puts {share(answer.denominator_nonpositive)} on a denominator "
        "of zero or less"
    )
    if answer.inverse is None:
        return found
    return f"{found}; on the inverse it puts {_ends(answer.inverse, str(answer.inverse_unit))}"


def _ends(summary: Summary, unit: str) -> str:
    widest = summary.intervals[-1]
    measured = f" {plain(spoken_unit(unit))}" if unit else ""
    return f"{per_cent(widest.level)} on {_pieces(widest)}{measured} (median {median(summary)})"


def _pieces(found: CredibleInterval) -> str:
    ends = [(piece.low, piece.high) for piece in found.pieces] or [(found.low, found.high)]
    return " or ".join(
        f"{number(low, found.low_mcse)} to {number(high, found.high_mcse)}" for low, high in ends
    )


def _bound(answer: Bound) -> str:
    measured = plain(spoken_unit(str(answer.unit)))
    value = f"{bound_text(answer, answer.value)}{f' {measured}' if measured else ''}"
    return f"what follows is {value}, with no interval, because bounds are all that is stated"


def _conditions(result: Result, answer: Answer | Bound) -> str:
    study = result.study
    known = f"with what was known by {day(study.as_of)}"
    if not answer.by_source:
        return f"{known} and no source in dispute"
    believed = "; ".join(
        weights(result.weights, study, [name for name in study.disputes if name in answer.by_source])
    )
    rule = f"sources pooled by the {study.rule} rule"
    return f"{known} and {rule} under {weighting(result.weighting)} ({believed})"
