"""The compared windows above a track's panels: each in words, over a line as long as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contested.report.charts.calendar import Calendar
from contested.report.charts.layers import Layer, down, end, layer, mark
from contested.report.charts.lettering import Hand, Text
from contested.report.charts.measuring import width, wrapped
from contested.report.charts.theme import ACCENT, Look
from contested.report.charts.track_spots import Spot

_APART, _LANE = 10, 5  # pixels between the words of two windows, and between two lanes


@dataclass(frozen=True, slots=True)
class _Worded:
    """A window's words about their middle, and where words and line lie in pixels."""

    spot: Spot
    text: str
    middle: float
    half: float
    line: tuple[float, float]

    @classmethod
    def of(cls, spot: Spot, words: str, calendar: Calendar, look: Look) -> _Worded:
        text = wrapped(words, look.width, look.small, lines=1)[0]
        line = calendar.place(spot.first), calendar.place(spot.past)
        half = width(text, look.small) / 2
        return cls(spot, text, min(max(sum(line) / 2, half), look.width - half), half, line)

    def clear_of(self, other: _Worded) -> bool:
        """Whether both have room in one lane."""
        words = abs(self.middle - other.middle) >= self.half + other.half + _APART
        return words and (self.line[1] <= other.line[0] or other.line[1] <= self.line[0])


def lanes(
    windows: Sequence[tuple[Spot, str]], calendar: Calendar, top: float, look: Look
) -> tuple[list[Layer], list[Text], float]:
    """Windows and their words in as few lanes as they need, the longest on top, and where the last ends."""
    ordered = sorted(windows, key=lambda each: (each[0].first - each[0].past, each[0].first))
    found: list[list[_Worded]] = []
    for spot, words in ordered:
        own = _Worded.of(spot, words, calendar, look)
        lane = next((lane for lane in found if all(own.clear_of(other) for other in lane)), None)
        if lane is None:
            found.append([own])
        else:
            lane.append(own)
    hand = Hand(size=look.small, align="center", limit=look.width)
    rows, texts = [], []
    for lane in found:
        texts += [Text(own.middle, top + 0.5 * look.line, own.text, hand) for own in lane]
        rows += [_row(own.spot, top + look.line) for own in lane]
        top += look.line + _LANE
    line = mark("rule", color=ACCENT, strokeWidth=1.5, xOffset=1, x2Offset=-1)
    lines = layer(rows, line, x=calendar.channel("first"), x2=end("past"), y=down())
    return [lines] if rows else [], texts, top


def _row(spot: Spot, y: float) -> dict[str, object]:
    return {"period": spot.period.text, "first": spot.first, "past": spot.past, "y": y}
