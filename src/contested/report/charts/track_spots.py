"""What a track comes to in each period, as a panel shows it: numbers, a bound, or why there is neither."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby

from contested.answers.bounds import Bound
from contested.answers.distribution import CredibleInterval, Summary
from contested.answers.estimates import Answer
from contested.answers.track import Point, Track, Trail
from contested.language.bound_algebra import Bounded
from contested.language.periods import Period
from contested.report.charts.calendar import extent
from contested.report.charts.legend import Kind
from contested.report.plain import plain
from contested.report.track_rows import has_inverse, loses_ground, per_area

_PERHAPS = "perhaps no ground gained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """An estimate, or its inverse, in one period or over a window.

    Attributes
    ----------
    first, past : int
        Its first period, and the one after its last.
    summary : Summary or None
    bound : Bound or None
        In place of a summary.
    missing : str or None
        Why there is neither.
    medians : mapping of (dispute, source) to float
        With one source taken to be right: medians, or a bound's values.
    """

    period: Period
    first: int
    past: int
    summary: Summary | None = None
    bound: Bound | None = None
    missing: str | None = None
    medians: Mapping[tuple[str, str], float]

    @property
    def centre(self) -> float | None:
        """Its median, or its bound's value."""
        if self.summary is not None:
            return self.summary.median
        return None if self.bound is None else self.bound.value

    @property
    def values(self) -> Iterator[float]:
        """All that has to have room on the axis."""
        if self.centre is not None:
            yield self.centre
            yield from self.medians.values()
        for interval in self.summary.intervals if self.summary else ():
            yield from (interval.low, interval.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The periods, and the windows that are compared.

    Attributes
    ----------
    from_zero : bool
        Whether the axis has to hold zero, and is linear therefore.
    """

    spots: Sequence[Spot]
    sums: Sequence[Spot]
    from_zero: bool = False

    @property
    def values(self) -> list[float]:
        """What the axis has to hold; empty where there is nothing to draw."""
        over = [spot.centre for spot in self.sums if spot.centre is not None]
        found = [*chain.from_iterable(spot.values for spot in self.spots), *over]
        return [0.0, *found] if found and self.from_zero else found

    @property
    def reasons(self) -> list[str]:
        """Why some period shows nothing, each reason once."""
        return list(dict.fromkeys(spot.missing for spot in self.spots if spot.missing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a picture shows: the estimate above, its inverse below, of which there may be none."""

    above: Content
    below: Content

    @classmethod
    def of(cls, track: Track, trail: Trail) -> Shown:
        """An estimate along time."""
        both = (point for contrast in trail.contrasts for point in (contrast.over, contrast.of))
        windows = list({point.period: point for point in both}.values())
        periods = track.each.periods
        turned = has_inverse(trail, track)
        return cls(
            above=Content(
                spots=[_ratio(point, periods) for point in trail.periods],
                sums=[_ratio(point, periods) for point in windows],
            ),
            below=Content(
                spots=[_inverse(point, periods) for point in trail.periods] if turned else [],
                sums=[_inverse(point, periods) for point in windows] if turned else [],
                from_zero=True,
            ),
        )

    @property
    def panels(self) -> list[Content]:
        """From the top."""
        return [each for each in (self.above, self.below) if each.spots]

    @property
    def levels(self) -> list[float]:
        """Of the intervals, the widest last."""
        summaries = [spot.summary for each in self.panels for spot in each.spots if spot.summary]
        return sorted({interval.level for summary in summaries for interval in summary.intervals})


def pieces(interval: CredibleInterval) -> list[tuple[float, float]]:
    """An interval's low and high ends: several where it is in pieces."""
    return [(piece.low, piece.high) for piece in interval.pieces] or [(interval.low, interval.high)]


def runs(some: Sequence[Spot]) -> list[list[Spot]]:
    """Spots in stretches that follow each other without a gap."""
    return [
        [spot for _, spot in group]
        for _, group in groupby(enumerate(some), lambda each: each[1].first - each[0])
    ]


def mark_of(missing: str) -> Kind:
    """What stands in a gap: a cross, or but a stroke where there may be a ratio after all."""
    return "stroke" if missing == _PERHAPS else "cross"


def _vanishing(answer: Answer) -> str:
    """Why a ratio is not estimable, in a few words."""
    if not per_area(answer.unit):
        return "denominator is or may be zero or negative"
    return "ground lost" if loses_ground(answer) else _PERHAPS


def _ratio(point: Point, periods: Sequence[Period]) -> Spot:
    answer, (first, past) = point.answer, extent(point.period, periods)
    by_source: Mapping[str, Mapping[str, Answer | Bounded]] = answer.by_source
    medians = {
        (dispute, source): value
        for dispute, alone in by_source.items()
        for source, found in alone.items()
        if (value := _alone(found)) is not None
    }
    if not isinstance(answer, Answer):
        return Spot(period=point.period, first=first, past=past, bound=answer, medians=medians)
    return Spot(
        period=point.period,
        first=first,
        past=past,
        summary=answer.summary,
        missing=None if answer.summary else _missing(answer),
        medians={} if answer.summary is None else medians,
    )


def _alone(found: Answer | Bounded) -> float | None:
    """What follows from one source: a median, or a bound's value; None where there is neither."""
    if isinstance(found, Answer):
        return None if found.summary is None else found.summary.median
    return found.value if math.isfinite(found.value) else None


def _missing(answer: Answer) -> str:
    return plain(answer.undefined or "undefined") if answer.estimable else _vanishing(answer)


def _inverse(point: Point, periods: Sequence[Period]) -> Spot:
    answer, (first, past) = point.answer, extent(point.period, periods)
    summary = point.inverse
    missing = None
    if summary is None:
        missing = "a bound" if isinstance(answer, Bound) else "the inverse need not be finite"
    return Spot(period=point.period, first=first, past=past, summary=summary, missing=missing, medians={})
