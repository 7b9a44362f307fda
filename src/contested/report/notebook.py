"""Answers as small HTML tables, for notebooks: no style, no script, every text escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING

from contested.answers.bounds import Bound
from contested.answers.comparison import Comparison
from contested.answers.drivers import Drivers
from contested.answers.estimates import Answer
from contested.answers.learning import Worth
from contested.answers.result import Result
from contested.answers.track import Track, Trail
from contested.language.nodes import Study
from contested.language.spans import words
from contested.report.naming import pooled_by
from contested.report.plain import plain
from contested.report.rows import cells, chance, estimate_headings
from contested.report.wording import day, points, share, titled, weighting

if TYPE_CHECKING:
    from contested.report.certificate import Certificate

_RATIO = "not estimable as a ratio"


def result_html(result: Result) -> str:
    """Every estimate's median and intervals and every question's probability, all sources as weighted."""
    headings = ["", *estimate_headings(result).cells]
    estimates = [
        [titled(answer.title, str(answer.unit)), *_numbers(answer)] for answer in result.estimates.values()
    ]
    questions = [[plain(found.title), chance(found)] for found in result.questions.values()]
    under = f"{weighting(result.weighting)}, {pooled_by(result.rule)}" if result.study.disputes else ""
    parts = [_part(headings, estimates)]
    if questions:
        parts.append(_part(["", "probability"], questions))
    return _table(_caption(result.study, under), parts)


def comparison_html(comparison: Comparison) -> str:
    """Medians with the widest intervals, and probabilities, under each named weighting side by side."""
    results = list(comparison.weightings.values())
    names = [plain(name) for name in comparison.weightings]
    first = comparison.result
    estimates = [
        [titled(answer.title, str(answer.unit)), *(_in_one(each.estimates[name]) for each in results)]
        for name, answer in first.estimates.items()
    ]
    questions = [
        [plain(found.title), *(chance(each.questions[name]) for each in results)]
        for name, found in first.questions.items()
    ]
    widest = estimate_headings(first).cells[-1]
    parts = [_part([f"median ({widest})", *names], estimates)]
    if questions:
        parts.append(_part(["probability", *names], questions))
    return _table(_caption(comparison.study, pooled_by(first.rule)), parts)


def track_html(track: Track) -> str:
    """Medians with the widest intervals in every period, each estimate a column."""
    trails = list(track.estimates.values())
    widest = estimate_headings(track.result).cells[-1]
    headings = [f"median ({widest})", *(titled(trail.title, _unit(trail)) for trail in trails)]
    rows = [
        [words(period), *(_in_one(trail.periods[index].answer) for trail in trails)]
        for index, period in enumerate(track.each.periods)
    ]
    under = f"{weighting(track.result.weighting)}, {pooled_by(track.result.rule)}"
    return _table(_caption(track.study, under if track.study.disputes else ""), [_part(headings, rows)])


def drivers_html(found: Drivers) -> str:
    """Shares of an estimate's variance: between and within sources, then by dispute and by input."""
    if found.between is None or found.within is None:
        return f"<p>No variance to divide: {escape(plain(found.reason or ''))}.</p>"
    parts = {"between sources": found.between, "within sources": found.within}
    split = [[name, share(part.value, part.mcse)] for name, part in parts.items()]
    ranked = sorted(found.shapley.items(), key=lambda each: -each[1].value)
    effects = [[plain(name), share(effect.value, effect.mcse)] for name, effect in ranked]
    whose = "the variance of the logarithm" if found.scale == "log" else "the variance"
    merged = f"<br>{escape(plain(found.merging))}" if found.merging else ""
    return _table(
        f"Where the width comes from: shares of {whose}{merged}",
        [_part(["", "share"], split), _part(["", "Shapley effect"], effects)],
    )


def worth_html(worth: Worth) -> str:
    """By how much learning each thing would make a wrong answer less likely."""
    rows = [[plain(name), points(worth.evppi[name], worth.mcse[name])] for name in worth.ranked]
    everything = ["everything", points(worth.evpi, worth.evpi_mcse)]
    headings = ["if one learnt", "a wrong answer would be less likely by"]
    return _table("What to find out next", [_part(headings, [*rows, everything])])


def certificate_html(certificate: Certificate) -> str:
    """The grade, and the paragraph that can be printed."""
    grade, paragraph = (escape(plain(text)) for text in (certificate.text, certificate.paragraph))
    return f"<p><strong><bdi>{grade}</bdi></strong></p><p><bdi>{paragraph}</bdi></p>"


def _unit(trail: Trail) -> str:
    return str(trail.periods[0].answer.unit)


def _numbers(answer: Answer | Bound) -> tuple[str, ...]:
    return cells(answer) if _reported(answer) else (_why(answer),)


def _in_one(answer: Answer | Bound) -> str:
    if not _reported(answer):
        return _why(answer)
    middle, *intervals = cells(answer)
    widest = intervals[-1] if intervals else middle
    return middle if widest == middle else f"{middle} ({widest})"


def _reported(answer: Answer | Bound) -> bool:
    return isinstance(answer, Bound) or answer.summary is not None


def _why(answer: Answer | Bound) -> str:
    """Why there are no numbers."""
    return plain((isinstance(answer, Answer) and answer.undefined) or _RATIO)


def _caption(study: Study, under: str) -> str:
    parts = (plain(study.title), f"{plain(study.name)}, as of {day(study.as_of)}", under)
    return "<br>".join(f"<bdi>{escape(part)}</bdi>" for part in parts if part)


def _part(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f'<th scope="col"><bdi>{escape(heading)}</bdi></th>' for heading in headings)
    return f"<tr>{top}</tr>" + "".join(map(_row, rows))


def _row(texts: Sequence[str]) -> str:
    label, *found = texts
    shown = "".join(f"<td>{escape(text)}</td>" for text in found)
    return f'<tr><th scope="row"><bdi>{escape(label)}</bdi></th>{shown}</tr>'


def _table(caption: str, parts: Sequence[str]) -> str:
    bodies = "".join(f"<tbody>{part}</tbody>" for part in parts)
    return f"<table><caption>{caption}</caption>{bodies}</table>"
