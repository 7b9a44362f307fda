"""The questions of a comparison: their probabilities, and what one would have to believe for them to flip."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.bounds import Settled
from contested.answers.comparison import Comparison
from contested.answers.questions import Probability
from contested.engine.crossing import Crossing
from contested.engine.precision import probability_text
from contested.language.scopes import NotApplicable
from contested.report.layout import Heading, Line, Note, Row
from contested.report.naming import called, source_of
from contested.report.plain import plain
from contested.report.rows import decided, mismatch_lines
from contested.report.wording import (
    NONE,
    central_range,
    crossed_at,
    per_cent,
    points,
    share,
    share_and_error,
)

_SETS = {
    "within": "within {0.within:g}",
    "bounds": "in bounds",
    "contaminate": "contaminated by {0.contaminate:g}",
    "at_least": "in order",
}
_MOST_WAYS = 3  # between weightings, that are named on the page; all are in the JSON
_MOST_FINDINGS = 3
_WORTH_FINDING = 0.005  # of the chance to answer wrongly: less rounds to nothing


def probability_lines(comparison: Comparison) -> Iterator[Line]:
    """Every question's probability, as weighted and otherwise."""
    if not comparison.result.questions:
        return
    yield Heading("Questions: their probabilities")
    yield Row("", ("as weighted", "named weightings", "any weighting", "source chosen per figure"))
    for name, question in comparison.result.questions.items():
        yield Row(plain(question.title), tuple(_probabilities(comparison, name)))
        if isinstance(question, Settled) and question.reason:
            yield Note(plain(question.reason), indent=2)
        expression = comparison.study.questions[name].formula.expression
        yield from mismatch_lines(f"questions.{name}", expression, comparison.study)
    yield Note("")


def within_lines(comparison: Comparison) -> Iterator[Line]:
    """The lowest and highest probabilities over the other sets of weightings."""
    sets = {key: found for key, found in comparison.sets.items() if key != "all"}
    if not comparison.result.questions or not comparison.study.disputes:
        return
    headings = tuple(_SETS[key].format(comparison.asked) for key in sets)
    yield Row("Over other sets of weightings", headings, strong=True)
    for name, question in comparison.result.questions.items():
        ends = (found.questions[name] for found in sets.values())
        ends_of = decided if isinstance(question, Settled) else _ends
        yield Row(plain(question.title), tuple(ends_of(*each) if each else NONE for each in ends))
    yield Note("")


def rule_lines(comparison: Comparison) -> Iterator[Line]:
    """The questions' probabilities under other rules of pooling, as far as these have an answer."""
    found = {
        name: tuple(_text(result.questions[name]) for result in comparison.rules.values())[1:]
        for name in comparison.result.questions
    }
    if all(set(cells) == {NONE} for cells in found.values()):
        return
    yield Row("Pooled by another rule", tuple(comparison.rules)[1:], strong=True)
    answered = {name: cells for name, cells in found.items() if set(cells) != {NONE}}
    for name, cells in answered.items():
        yield Row(plain(comparison.study.questions[name].title), cells)
    if len(answered) < len(found):
        yield Note(
            "such a rule pools each estimate by itself: what asks more of them than how one compares with "
            "numbers has no answer under it",
            indent=2,
        )
    yield Note("")


def flip_lines(comparison: Comparison) -> Iterator[Line]:
    """What would take each question across each level: shares of weight, and values of inputs."""
    for level in comparison.asked.at if comparison.result.questions else ():
        linear = "" if comparison.result.rule == "linear" else ", sources pooled by the linear rule"
        yield Heading(f"What would take them across {per_cent(level)}{linear}")
        for name, question in comparison.result.questions.items():
            yield Row(plain(question.title), ("at", "now, or central 90 %"), strong=True)
            yield from _weights(comparison, name, level)
            yield from _ways(comparison, name, level)
            yield from _inputs(comparison, name, level)
            yield Note("")


def finding_lines(comparison: Comparison) -> Iterator[Line]:
    """What to find out next."""
    found = {name: list(_findings(comparison, name)) for name in comparison.learning}
    if not any(found.values()):
        return
    yield Heading("What to find out next: by how much the chance of a wrong answer would fall")
    for name, findings in found.items():
        if findings:
            title = plain(comparison.study.questions[name].title)
            yield Note(f"{title}: {', '.join(findings)}", indent=2, bullet="-")
    yield Note("")


def value_of(question: Probability | Settled) -> tuple[float, float] | None:
    """A question's probability twice, or its two limits where a denominator may vanish."""
    if isinstance(question, Settled):
        return None if question.probability is None else (question.probability, question.probability)
    upper = question.value if question.upper is None else question.upper
    return None if question.value is None or upper is None else (question.value, upper)


def _probabilities(comparison: Comparison, name: str) -> Iterator[str]:
    yield _text(comparison.result.questions[name])
    named = [value_of(result.questions[name]) for result in comparison.weightings.values()]
    known = [limits for limits in named if limits is not None]
    whole = known and len(known) == len(named)
    ends_of = decided if isinstance(comparison.result.questions[name], Settled) else _ends
    yield ends_of(min(low for low, _ in known), max(high for _, high in known)) if whole else NONE
    ends = comparison.sets["all"].questions[name]
    yield ends_of(*ends) if ends else NONE
    apart = comparison.scopes["per_figure"]
    found = None if isinstance(apart, NotApplicable) else apart.questions.get(name)
    yield _text(found) if found else NONE


def _ends(low: float, high: float) -> str:
    ends = share(low), share(high)
    return ends[0] if ends[0] == ends[1] else " to ".join(ends)


def _text(question: Probability | Settled) -> str:
    limits = value_of(question)
    if limits is None:
        return NONE
    if isinstance(question, Settled):
        return decided(*limits)
    if limits[0] != limits[1]:
        return _ends(*limits)
    return probability_text(limits[0], question.mcse or 0.0)


def _weights(comparison: Comparison, name: str, level: float) -> Iterator[Line]:
    """Where moving one source's weight crosses the level, the nearest first."""
    moved = [
        (dispute, source, each, at)
        for dispute, sources in (comparison.break_even[name] or {}).items()
        for source, each in sources.items()
        for at in each.at
        if at.level == level
    ]
    crossing = [found for found in moved if found[3].roots]
    crossing.sort(key=lambda found: min(abs(root - found[2].share_now) for root in found[3].roots))
    for dispute, source, each, at in crossing:
        among = " among those listed" if comparison.study.disputes[dispute].none_of_these else ""
        named = source_of(comparison.study, dispute, source, comparison.break_even[name])
        label = f"weight of {named}{among}"
        yield Row(label, (_shares(at), per_cent(each.share_now)), indent=2)
    if moved and not crossing:
        best = min((at.nearest for *_, at in moved), key=lambda nearest: abs(nearest - level))
        yield Note(f"no weight of one source: the nearest is {share(best)}", indent=2)


def _shares(at: Crossing) -> str:
    return " or ".join(share_and_error(root, error) for root, error in zip(at.roots, at.mcse, strict=True))


def _ways(comparison: Comparison, name: str, level: float) -> Iterator[Line]:
    """Where the way from one named weighting to another crosses it."""
    found = comparison.segments[name] or {}
    crossed = [
        f"{_shares(at)} of the way from “{first}” to “{last}”"
        for pair, segment in found.items()
        for first, last in [map(plain, pair.split(">"))]
        for at in segment.at
        if at.level == level and at.roots
    ]
    if crossed:
        more = f", and on {len(crossed) - _MOST_WAYS} more" if len(crossed) > _MOST_WAYS else ""
        yield Note(f"{', '.join(crossed[:_MOST_WAYS])}{more}", indent=2)


def _inputs(comparison: Comparison, name: str, level: float) -> Iterator[Line]:
    """The values of inputs at which it is crossed, the least surprising first."""
    crossing = sorted(
        (point for point in comparison.tipping[name].values() if point.at[level]),
        key=lambda point: (point.distance(level), point.path),
    )
    for point in crossing:
        fresh = ", by a fresh run" if point.method == "fresh run" else ""
        label = f"{called(comparison.study, point.name, point.path)}{fresh}"
        yield Row(label, (crossed_at(point, level), central_range(point)), indent=2)


def _findings(comparison: Comparison, name: str) -> Iterator[str]:
    worth, variables = comparison.learning[name], comparison.tipping[name]
    for learnt in worth.ranked[:_MOST_FINDINGS]:
        if worth.evppi[learnt] >= _WORTH_FINDING:
            path = variables[learnt].path if learnt in variables else None
            yield f"{called(comparison.study, learnt, path)} ({points(worth.evppi[learnt])})"
