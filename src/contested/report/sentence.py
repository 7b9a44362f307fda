"""One sentence that can be printed as it is: what the model says, of what, and on which conditions."""

from __future__ import annotations

from contested.answers.bounds import Bound
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.language.nodes import STATED_CONFIDENCE, Figure, Study, Weights
from contested.report.naming import pooled_by
from contested.report.plain import plain
from contested.report.qualifiers import (
    MediansBySource,
    disputes_of,
    idle,
    inverses_by_source,
    last_fact,
    lines_of,
    lines_text,
    medians_by_source,
    without_range,
)
from contested.report.wording import (
    Printed,
    bound,
    enumerated,
    extent,
    figures_of,
    known_by,
    per_cent,
    share,
    spoken_unit,
    weighting,
    weights,
)


def sentence(result: Result, name: str) -> str:
    """The sentence for one estimate.

    It names the estimate, place and dates, what each figure means, the interval and median, the range of
    medians over sources, the weighting with its normalised weights, how many lines of evidence they amount
    to, the rule of pooling, the date up to which facts might be used and that of the last; and it says what
    the model does, not where the truth lies.
    """
    answer = result.estimates[name]
    shared, meant = meanings(result.study, name)
    subject = f"For “{plain(answer.title)}”{_aside(shared)}"
    where = enumerated(meant)
    said = statement(answer)
    return f"{subject}{f', where {where},' if where else ','} {said}, {conditions(result, answer)}."


def statement(answer: Answer | Bound) -> str:
    """What the model says of an estimate: the numbers alone, as half a sentence."""
    return _bound(answer) if isinstance(answer, Bound) else _statement(answer)


def meanings(study: Study, name: str) -> tuple[str, list[str]]:
    """Place and dates of an estimate's figures where all share them; and what each figure means."""
    figures = list(figures_of(study, study.estimates[name].formula.expression).values())
    extents = {extent(figure) for figure in figures}
    shared = extents.pop() if len(extents) == 1 else ""
    stated = (_meaning(figure, "" if shared else extent(figure)) for figure in figures)
    return shared, [meaning for meaning in stated if meaning]


def conditions(result: Result, answer: Answer | Bound) -> str:
    """What an answer rests on: what was known, the weighting, and how many lines of evidence that is."""
    study = result.study
    known = _known(study)
    disputes = disputes_of(study, answer)
    if not disputes:
        return f"{known} and no source in dispute"
    believed = "; ".join(weights(result.weights, study, disputes))
    how = f"sources {pooled_by(result.rule)} under {weighting(result.weighting)} ({believed})"
    lines = lines_text(study, {name: lines_of(result, name) for name in disputes})
    return f"{known} and {how}, which comes to {lines}"


def _aside(text: str) -> str:
    return f" ({text})" if text else ""


def _meaning(figure: Figure, where: str) -> str:
    """What a figure counts or measures, and where and when if the others differ in that."""
    title = f"“{plain(figure.title)}”"
    if figure.measures:
        return f"{title}{_aside(where)} means {plain(figure.measures)}"
    return f"{title} is of {where}" if where else ""


def _statement(answer: Answer) -> str:
    if answer.summary is not None:
        return f"the model puts {_ends(answer.summary, str(answer.unit), _over_sources(answer))}"
    if answer.estimable:
        return f"the model gives no interval, which is {plain(answer.undefined or '')}"
    found = (
        f"the model gives no ratio, because it puts {share(answer.denominator_nonpositive)} on a denominator "
        "of zero or less"
    )
    if answer.inverse is None:
        return found
    over = _range_of(inverses_by_source(answer), answer.weights)
    return f"{found}; on the inverse it puts {_ends(answer.inverse, str(answer.inverse_unit), over)}"


def _over_sources(answer: Answer) -> str:
    """The range of medians over sources, or why there is none."""
    found = medians_by_source(answer)
    if found is not None:
        return _range_of(found, answer.weights)
    why = without_range(answer)
    return f"; {why}" if why else ""


def _range_of(found: MediansBySource | None, weights: Weights) -> str:
    if found is None:
        return ""
    low, high = found.ends
    if low == high:
        return f"; {low} whichever source is taken"
    return f"; {low} to {high} as one source or another is taken{idle(found, weights)}"


def _ends(summary: Summary, unit: str, over: str = "") -> str:
    shown, widest = Printed.of(summary), summary.intervals[-1]
    measured = f" {plain(spoken_unit(unit))}" if unit else ""
    if widest.low == widest.high:
        return f"{per_cent(widest.level)} or more on the one value {shown.median}{measured}{over}"
    densest = ", where it is densest," if widest.kind == "hdi" else ""
    centre = f"median {shown.median}{over}"
    return f"{per_cent(widest.level)}{densest} on {shown.intervals[-1]}{measured} ({centre})"


def _bound(answer: Bound) -> str:
    measured = plain(spoken_unit(str(answer.unit)))
    value = f"{bound(answer.value, answer.direction)}{f' {measured}' if measured else ''}"
    why = "it is exact" if answer.direction == "exact" else "bounds are all that is stated"
    over = without_range(answer)
    return f"what follows is {value}{f' ({over})' if over else ''}, with no interval, because {why}"


def _known(study: Study) -> str:
    latest = last_fact(study)
    used = f" (the last fact used is of {latest})" if latest else ""
    return f"{known_by(study)}{used}" + ("," if study.confidence != STATED_CONFIDENCE else "")
