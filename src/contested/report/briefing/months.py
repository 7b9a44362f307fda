"""A scenario along time: its estimates and questions in every month or quarter, and over windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from contested.answers.bounds import Bound
from contested.language.spans import words
from contested.report.briefing.answers import answered, chance_cell, chance_of, interval_cells
from contested.report.briefing.values import Group, Row, Table
from contested.report.counted import short_unit
from contested.report.plain import plain
from contested.report.wording import per_cent

if TYPE_CHECKING:
    from contested.answers.track import Asked, Point, Track, Trail


@dataclass(frozen=True, slots=True)
class Along:
    """One estimate along time.

    Attributes
    ----------
    table : Table
        A row for each period and for each window.
    standings : tuple of str
        Compared windows that are among the outermost of their kind, in a line each: that one has the
        lowest median of 21.
    told : tuple of str
        The same in full sentences.
    """

    table: Table
    standings: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """What comes by period.

    Attributes
    ----------
    step : str
        `month`.
    span : str
        The first and the last period: `Jan 2024 to Dec 2025`.
    estimates : tuple of Along
        The first is the headline's.
    questions : Table or None
        A row for each period, a column for each question; None where none comes by period.
    """

    step: str
    span: str
    estimates: tuple[Along, ...]
    questions: Table | None

    @classmethod
    def of(cls, track: Track) -> Months:
        """Brief a track."""
        periods = track.each.periods
        return cls(
            step=track.each.step,
            span=f"{words(periods[0])} to {words(periods[-1])}",
            estimates=tuple(_along(trail, track) for trail in track.estimates.values()),
            questions=_questions(track),
        )


def _along(trail: Trail, track: Track) -> Along:
    from contested.report.track_standing import said, said_shortly

    told = dict.fromkeys(text for contrast in trail.contrasts for text in said(contrast, track))
    title = f"“{plain(trail.title)}”: "
    standings = [text.removeprefix(title) for text in said_shortly(track) if text.startswith(title)]
    return Along(
        table=_table(trail, track),
        standings=tuple(f"{text[0].upper()}{text[1:]}." for text in standings),
        told=tuple(told),
    )


def _table(trail: Trail, track: Track) -> Table:
    from contested.report.track_rows import is_quotient

    levels = [per_cent(level) for level in track.study.report.levels]
    sums = "ratios of sums" if is_quotient(trail, track) else "summed"
    groups = [Group(f"By {track.each.step}", tuple(_rows(trail.periods)))]
    if trail.sums:
        groups.append(Group(f"Over windows, {sums}", tuple(_rows(trail.sums))))
    return Table(
        title=plain(trail.title),
        columns=("median", *(f"{level} interval" for level in levels)),
        unit=short_unit(track.study, track.stated(trail).name, trail.periods[0].answer.unit),
        groups=tuple(groups),
    )


def _rows(points: Sequence[Point]) -> Iterator[Row]:
    for point in points:
        found = answered(point.answer)
        instead = (
            f"{one.title[0].upper()}{one.title[1:]}: {' '.join(filter(None, (one.answer.text, one.unit)))}."
            for one in found.instead
        )
        said_why = found.reason and not isinstance(point.answer, Bound)
        yield Row(
            label=words(point.period),
            cells=interval_cells(found),
            notes=(*((found.reason,) if said_why else ()), *instead),
        )


def _questions(track: Track) -> Table | None:
    asked = list(track.questions.values())
    if not asked:
        return None
    rows = (
        Row(label=words(period), cells=tuple(chance_cell(chance_of(one.periods[i][1])) for one in asked))
        for i, period in enumerate(track.each.periods)
    )
    return Table(
        title=f"Questions by {track.each.step}",
        columns=tuple(plain(one.title) for one in asked),
        groups=(Group("", tuple(rows)),),
        notes=(*_limits(asked), *_without(asked)),
    )


def _limits(asked: Sequence[Asked]) -> Iterator[str]:
    """Why some have two numbers in some period."""
    chances = (chance_of(answer) for one in asked for _, answer in one.periods)
    if any(found and " to " in found.text for found in chances):
        yield (
            "Two numbers are limits, where a denominator in the question is or may be zero or less: the "
            "lower counts only worlds where none is, the upper adds all the others."
        )


def _without(asked: Sequence[Asked]) -> Iterator[str]:
    """Why some have no probability in some period."""
    reasons = (answer.reason for one in asked for _, answer in one.periods if answer.reason)
    for reason in dict.fromkeys(reasons):
        yield f"Where there is no probability: {plain(reason)}."
