"""What a track's picture says in words: its windows, how they stand among their kind, and its alt text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.answers.bounds import Bound
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.standing import Standing
from contested.answers.track import Contrast, Track, Trail
from contested.language.periods import Period
from contested.language.spans import words
from contested.language.units import Unit
from contested.report.charts.track_panel import disputes_of
from contested.report.charts.track_spots import Content, Shown, Spot
from contested.report.counted import short_unit
from contested.report.plain import plain
from contested.report.track_standing import place
from contested.report.wording import (
    Printed,
    bound,
    enumerated,
    median,
    per_cent,
    span,
    titled,
    weighting,
)

_LISTED = 12  # periods, beyond which stretches of them are counted


def unit_of(trail: Trail) -> Unit:
    """Of a track's values, the same in every period."""
    return trail.periods[0].answer.unit


def title_of(track: Track, trail: Trail) -> str:
    """What the picture is called, with the unit."""
    return titled(trail.title, _spoken(track, trail, unit_of(trail)))


def inverse_unit(track: Track, trail: Trail) -> str:
    """The unit of the inverse, as it is spoken; empty where no period has one."""
    found = (point.answer for point in trail.periods)
    turned = (answer.inverse_unit for answer in found if isinstance(answer, Answer))
    return next((_spoken(track, trail, unit) for unit in turned), "")


def _spoken(track: Track, trail: Trail, unit: Unit) -> str:
    return short_unit(track.study, track.stated(trail).name, unit)


def standings_of(trail: Trail) -> dict[Period, Standing]:
    """How the compared windows stand."""
    return {window: one for contrast in trail.contrasts for window, one in contrast.standing.items()}


def standing_words(standing: Standing | None) -> str:
    """`lowest median of 21`, of a window in the outer tenth of its kind; empty elsewhere.

    Medians are ranked: the model may put less than half on the window's being the lowest.
    """
    if standing is None or not standing.is_said:
        return ""
    return f"{place(standing)} median{'s' if standing.tied else ''} of {standing.count}"


def window_words(spot: Spot, standing: Standing | None) -> str:
    """`Sep–Dec 2024: 83, lowest median of 21`: what is written over a window."""
    said = _numbers(spot, brief=True)
    return ", ".join(filter(None, [f"{words(spot.period)}: {said}", standing_words(standing)]))


def description(track: Track, trail: Trail, shown: Shown) -> str:
    """The picture in sentences."""
    step, spots = track.each.step, shown.above.spots
    when = " to ".join(dict.fromkeys(words(spot.period) for spot in (spots[0], spots[-1])))
    parts = [f"{title_of(track, trail)}, {step} by {step}, {when}, {weighting(track.result.weighting)}."]
    parts += _pooled(spots, _spoken(track, trail, unit_of(trail)))
    parts += _missing(spots)
    parts += _sources(track, spots)
    if shown.below.spots:
        parts += _turned(shown.below, inverse_unit(track, trail))
    parts += _windows(trail, shown.above.sums)
    return " ".join(parts)


def _pooled(spots: Sequence[Spot], unit: str) -> Iterator[str]:
    known = [spot for spot in spots if spot.summary]
    if known:
        yield f"The pooled medians {_range(known, unit)}."
    if bounded := [spot for spot in spots if spot.bound]:
        each = "; ".join(f"{words(spot.period)}: {_numbers(spot)}" for spot in bounded[:_LISTED])
        more = f"; and {len(bounded) - _LISTED} more" if len(bounded) > _LISTED else ""
        yield f"These rest on bounds, and have no intervals: {each}{more}."


def _range(spots: Sequence[Spot], unit: str) -> str:
    low = min(spots, key=lambda spot: spot.centre or 0.0)
    high = max(spots, key=lambda spot: spot.centre or 0.0)
    if low is high:
        return f"come to {_numbers(low)} {unit} ({words(low.period)})"
    return (
        f"run from {_numbers(low)} in {words(low.period)} to {_numbers(high)} {unit} in {words(high.period)}"
    )


def _missing(spots: Sequence[Spot]) -> Iterator[str]:
    by_reason: dict[str, list[Spot]] = {}
    for spot in spots:
        if spot.missing:
            by_reason.setdefault(spot.missing, []).append(spot)
    for reason, some in by_reason.items():
        yield f"Not estimable as a ratio in {_listed(some)}: {reason}."


def _listed(spots: Sequence[Spot]) -> str:
    if len(spots) <= _LISTED:
        return enumerated([words(spot.period) for spot in spots])
    first = enumerated([words(spot.period) for spot in spots[:_LISTED]], ", ")
    return f"{first} and {len(spots) - _LISTED} more periods"


def _sources(track: Track, spots: Sequence[Spot]) -> Iterator[str]:
    study, kind = track.study, "bounds" if any(spot.bound for spot in spots) else "medians"
    for dispute in disputes_of(spots, study):
        ranges = []
        for source, one in study.disputes[dispute].sources.items():
            own = [spot.medians[dispute, source] for spot in spots if (dispute, source) in spot.medians]
            if own:
                ends = span(min(own), max(own), 0.0, 0.0)
                ranges.append(f"{kind} of {ends} if one takes “{plain(one.title)}”")
        yield f"{plain(study.disputes[dispute].title)}: {'; '.join(ranges)}."


def _turned(content: Content, unit: str) -> Iterator[str]:
    known = [spot for spot in content.spots if spot.summary]
    if not known:
        yield f"Turned over there is nothing either: {enumerated(content.reasons)}."
        return
    yield f"Turned over, the medians {_range(known, unit)}."
    if negative := [spot for spot in known if spot.centre is not None and spot.centre < 0]:
        yield f"They are below zero in {_listed(negative)}."


def _windows(trail: Trail, sums: Sequence[Spot]) -> Iterator[str]:
    found = standings_of(trail)
    for spot in sums:
        said = standing_words(found.get(spot.period))
        article = "" if said.startswith("among") else "the "
        among = f", {article}{said} windows of that length" if said else ""
        yield f"Over {words(spot.period)} the ratio of sums is {_numbers(spot)}{among}."
    for contrast in trail.contrasts:
        yield _contrast(contrast)


def _contrast(contrast: Contrast) -> str:
    title, ratio = plain(contrast.compared.title), contrast.ratio
    if isinstance(ratio, Bound):
        return f"{title}: {bound(ratio.value, ratio.direction)} times."
    if ratio.summary is None:
        return f"{title}: not estimable."
    return f"{title}: {summary_words(ratio.summary)} times."


def _numbers(spot: Spot, *, brief: bool = False) -> str:
    if spot.bound:
        return bound(spot.bound.value, spot.bound.direction)
    if spot.summary is None:
        return f"{spot.missing}"
    if brief:
        return median(spot.summary)
    return summary_words(spot.summary)


def summary_words(summary: Summary) -> str:
    """`150 (90 %: 100 to 260)`."""
    shown, level = Printed.of(summary), per_cent(summary.intervals[-1].level)
    return f"{shown.median} ({level}: {shown.short[-1]})"
