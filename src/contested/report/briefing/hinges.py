"""What each question hangs on: weights, ways between weightings, inputs; and what to find out next."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.break_even import BreakEven
from contested.answers.comparison import Comparison
from contested.answers.grade import EVEN
from contested.answers.tipping import TippingPoint
from contested.engine.crossing import Crossing
from contested.report.briefing.sections import Hinge
from contested.report.naming import source_of, title_of, variable_title
from contested.report.plain import plain
from contested.report.statements import stated_of
from contested.report.wording import crossed_at, per_cent, points, share, share_and_error

_MOST = 3  # of a kind that are named, the nearest first; all are in the comparison's JSON
_WORTH_FINDING = 0.005  # of the chance of a wrong answer: less rounds to nothing


def hinges(comparison: Comparison) -> Iterator[Hinge]:
    """Of every question."""
    for name, question in comparison.study.questions.items():
        flips = (*_weights(comparison, name), *_ways(comparison, name), *_inputs(comparison, name))
        yield Hinge(
            question=name,
            title=plain(question.title),
            flips=flips,
            findings=tuple(_findings(comparison, name)),
        )


def _weights(comparison: Comparison, name: str) -> Iterator[str]:
    """The shares of one source's weight at which the probability comes to a half, the nearest first."""
    by_dispute = comparison.break_even[name] or {}
    moved = [
        (dispute, source, found, _even(found.at))
        for dispute, sources in by_dispute.items()
        for source, found in sources.items()
    ]
    crossing = [each for each in moved if each[3].roots]
    crossing.sort(key=lambda each: min(abs(root - each[2].share_now) for root in each[3].roots))
    for dispute, source, found, at in crossing[:_MOST]:
        named = source_of(comparison.study, dispute, source, by_dispute)
        yield _weight(comparison, dispute, named, found, at)
    if moved and not crossing:
        nearest = min((at.nearest for *_, at in moved), key=lambda value: abs(value - EVEN))
        yield f"No weight of one source brings it to a half; the nearest is {share(nearest)}."


def _weight(comparison: Comparison, dispute: str, named: str, found: BreakEven, at: Crossing) -> str:
    among = " of what the listed sources have" if comparison.study.disputes[dispute].none_of_these else ""
    shares = " or ".join(share_and_error(*each) for each in zip(at.roots, at.mcse, strict=True))
    return (
        f"It comes to a half where {named} has {shares}{among}, the other sources of the dispute pro rata "
        f"(now {per_cent(found.share_now)})."
    )


def _ways(comparison: Comparison, name: str) -> Iterator[str]:
    """Where the way from one named weighting to another comes to a half."""
    crossed = [
        (pair, at)
        for pair, segment in (comparison.segments[name] or {}).items()
        if (at := _even(segment.at)).roots
    ]
    for pair, at in crossed[:_MOST]:
        first, last = map(plain, pair.split(">"))
        shares = " and ".join(share_and_error(*each) for each in zip(at.roots, at.mcse, strict=True))
        yield f"On the way from weighting “{first}” to “{last}”, it comes to a half at {shares} of the way."
    if len(crossed) > _MOST:
        yield f"So it does on {len(crossed) - _MOST} more ways between two named weightings."


def _inputs(comparison: Comparison, name: str) -> Iterator[str]:
    """The values of single inputs at which it comes to a half, the least surprising first."""
    points = comparison.tipping[name].values()
    crossing = sorted(
        (point for point in points if point.at[EVEN]), key=lambda point: (point.distance(EVEN), point.path)
    )
    for point in crossing[:_MOST]:
        yield _input(comparison, point)
    if points and not crossing:
        yield "No value of a single input was found that brings it to a half."


def _input(comparison: Comparison, point: TippingPoint) -> str:
    title = variable_title(comparison.study, point.path)
    return (
        f"It comes to a half if {title} is {crossed_at(point, EVEN)}, all else as stated "
        f"(stated: {stated_of(comparison.study, point.path)})."
    )


def _even(crossings: tuple[Crossing, ...]) -> Crossing:
    """The crossing of a half, which is always looked for."""
    return next(at for at in crossings if at.level == EVEN)


def _findings(comparison: Comparison, name: str) -> Iterator[str]:
    if name not in set(comparison.learning):
        return
    worth, variables = comparison.learning[name], comparison.tipping[name]
    for learnt in worth.ranked[:_MOST]:
        if worth.evppi[learnt] >= _WORTH_FINDING:
            path = variables[learnt].path if learnt in variables else None
            gain = points(worth.evppi[learnt], worth.mcse[learnt])
            title = title_of(comparison.study, learnt, path)
            yield f"{title}: the chance of a wrong answer would fall by {gain}"
