"""A ratio along time: every month or quarter, and the same turned over, where ground was lost."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.track import Track, Trail
from contested.errors import ContestedError
from contested.language.faults import unknown
from contested.report.charts.calendar import Calendar
from contested.report.charts.ladder import heading_block
from contested.report.charts.layers import Layer, Specification
from contested.report.charts.legend import legend
from contested.report.charts.lettering import Hand, Text, block, written
from contested.report.charts.measuring import wrapped
from contested.report.charts.theme import WIDE, Look, picture
from contested.report.charts.track_lanes import lanes
from contested.report.charts.track_legend import legend_rows
from contested.report.charts.track_panel import Panel, disputes_of
from contested.report.charts.track_spots import Content, Shown
from contested.report.charts.track_wording import (
    description,
    inverse_unit,
    standings_of,
    title_of,
    unit_of,
    window_words,
)
from contested.report.charts.upright import Upright
from contested.report.track_rows import per_area
from contested.report.wording import enumerated, weighting

_HEIGHTS = {"wide": (230, 150), "narrow": (200, 130)}  # of the panels


def track_chart(track: Track, estimate: str | None = None, look: Look = WIDE) -> Specification:
    """An estimate along time, and below it the same turned over, for the months that have no ratio.

    Parameters
    ----------
    track : Track
    estimate : str, optional
        The scenario's first that comes by period where absent.
    look : Look

    Returns
    -------
    Specification
        A step for each period: its median and the report's intervals; a line for each source alone; a bar
        over each window that is compared, at its ratio of sums. A period that is not estimable is a gap, and
        stands in the lower panel, in the inverse's unit; that is left out where no denominator may vanish.

    Raises
    ------
    ContestedError
        Where no estimate that comes by period has that name.
    """
    trail = _trail(track, estimate)
    shown = Shown.of(track, trail)
    texts, top = heading_block(title_of(track, trail), list(_notes(track, shown)), look)
    layers, words, top = legend(list(legend_rows(track.study, shown)), top, look)
    texts += words
    calendar = _calendar(track, shown, look)
    standings = standings_of(trail)
    windows = [(spot, window_words(spot, standings.get(spot.period))) for spot in shown.above.sums]
    lines, words, top = lanes(windows, calendar, top + 6, look)
    layers, texts = [*layers, *lines], [*texts, *words]
    for index, content in enumerate(shown.panels):
        if index:
            words, top = _subheading(_turned(track, trail, content), top, look)
            texts += words
        foot = top + _HEIGHTS[look.name][index]
        found, words, top = _panel(track, content, calendar, (top, foot), look)
        layers, texts = [*layers, *found], [*texts, *words]
    if any(content.values for content in shown.panels):
        texts += calendar.labels(top, look)
        top += calendar.height(look)
    drawn = picture([*layers, *written(texts)], look, top, description(track, trail, shown))
    return {**drawn, "resolve": {"scale": {"y": "independent"}}}


def _trail(track: Track, estimate: str | None) -> Trail:
    name = next(iter(track.estimates)) if estimate is None else estimate
    if name not in track.estimates:
        raise ContestedError(unknown("estimate that comes by period", name, track.estimates))
    return track.estimates[name]


def _calendar(track: Track, shown: Shown, look: Look) -> Calendar:
    """The axis of time, as far to the right as the widest label of values needs."""
    heights = zip(shown.panels, _HEIGHTS[look.name], strict=False)
    axes = [Upright.over(content.values, 0, height) for content, height in heights if content.values]
    left = max((axis.width(look) for axis in axes), default=0.0) + 8
    each = track.each
    return Calendar(periods=each.periods, step=each.step, left=round(left), right=look.width - 4)


def _panel(
    track: Track, content: Content, calendar: Calendar, ends: tuple[float, float], look: Look
) -> tuple[list[Layer], list[Text], float]:
    """A panel between two heights; why it is empty, in its place, where it is; and where it ends."""
    top, foot = ends
    if not content.values:
        lines = wrapped(f"Nothing to draw: {enumerated(content.reasons)}.", look.width, look.small, lines=4)
        texts, bottom = block(lines, 0, top, Hand(size=look.small, limit=look.width), look)
        return [], texts, bottom
    axis = Upright.over(content.values, top, foot)
    panel = Panel(content=content, axis=axis, calendar=calendar)
    return list(panel.layers(track.study, look)), panel.texts(look), foot


def _subheading(text: str, top: float, look: Look) -> tuple[list[Text], float]:
    """What heads a panel, and where that begins."""
    lines = wrapped(text, look.width, look.small, bold=True, lines=3)
    hand = Hand(size=look.small, bold=True, limit=look.width)
    texts, top = block(lines, 0, top + 0.8 * look.line, hand, look)
    return texts, top + 0.4 * look.line


def _notes(track: Track, shown: Shown) -> Iterator[str]:
    step = track.each.step
    yield f"{step.capitalize()} by {step}, as weighted ({weighting(track.result.weighting)})."
    if disputes_of(shown.above.spots, track.study):
        yield f"Thin lines: the {_kind(shown)} if one takes one source’s figures, the others as weighted."
    if any(spot.bound for spot in shown.above.spots):
        yield "What rests on bounds has no intervals: only how low or how high it can be is known."


def _kind(shown: Shown) -> str:
    return "bounds" if any(spot.bound for spot in shown.above.spots) else "medians"


def _turned(track: Track, trail: Trail, content: Content) -> str:
    """What heads the lower panel."""
    lost = per_area(unit_of(trail)) and min(content.values, default=0.0) < 0
    ground = "; below zero, ground was lost" if lost else ""
    return f"The same turned over: {inverse_unit(track, trail)}{ground}"
