"""The axis of time: months or quarters of one width, with as many labels as there is room for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from contested.language.periods import Period
from contested.language.repeated import Step
from contested.report.charts.layers import Channel, Layer, along, down, end, layer, mark
from contested.report.charts.lettering import Hand, Text
from contested.report.charts.measuring import width
from contested.report.charts.theme import GRID, MUTED, Look

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EVERY = {"month": (1, 2, 3, 6), "quarter": (1, 2)}  # which months or quarters of a year are labelled
_EVERY_YEAR = (1, 2, 5, 10, 20, 50)
_APART = 6  # pixels between two labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Contiguous periods along time, all of one width.

    Attributes
    ----------
    left, right : float
        Where the first begins and the last ends, in pixels.
    """

    periods: Sequence[Period]
    step: Step
    left: float
    right: float

    @property
    def width(self) -> float:
        """Of one period, in pixels."""
        return (self.right - self.left) / len(self.periods)

    def place(self, index: float) -> float:
        """Where a period begins, in pixels; between two, where they do."""
        return self.left + index * self.width

    def channel(self, field: str) -> Channel:
        """The channel for places in time, counted in periods from the first, on whole pixels."""
        return along(field, (0, len(self.periods)), (self.left, self.right), round=True)

    def grid(self, top: float, foot: float, look: Look) -> Layer | None:
        """Lines where labelled years begin; None where no year does inside."""
        labelled = {year for year, _, _ in self._labelled_years(look)}
        lines = [
            {"year": year, "at": first, "top": top, "bottom": foot}
            for year, first, _ in self._years
            if first and year in labelled
        ]
        if not lines:
            return None
        thin = mark("rule", color=GRID, strokeWidth=1)
        return layer(lines, thin, x=self.channel("at"), y=down("top"), y2=end("bottom"))

    def labels(self, foot: float, look: Look) -> list[Text]:
        """Months or quarters below the foot of a panel, where they fit, and years below those."""
        hand = Hand(size=look.small, colour=MUTED, align="center")
        line = foot + 0.6 * look.line
        parts = [
            Text(self.place(index + 0.5), line, self._name(index), hand)
            for index in self._labelled_parts(look)
        ]
        line += look.line if parts else 0
        years = self._labelled_years(look)
        return [*parts, *(Text(self._middle(each, look), line, str(each[0]), hand) for each in years)]

    def height(self, look: Look) -> float:
        """Pixels that labels take."""
        return look.line * (2.2 if self._labelled_parts(look) else 1.2)

    def _name(self, index: int) -> str:
        month = self.periods[index].end.month
        return f"Q{month // 3}" if self.step == "quarter" else _MONTHS[month - 1]

    def _labelled_parts(self, look: Look) -> list[int]:
        """The months or quarters that are labelled: of one spacing, from January on; none where none fits."""
        for every in _EVERY[self.step]:
            some = [index for index in range(len(self.periods)) if self._number(index) % every == 0]
            widest = max((width(self._name(index), look.small) for index in some), default=0.0)
            if some and every * self.width >= widest + _APART:
                return some
        return []

    def _number(self, index: int) -> int:
        """Which of its year a period is, from 0."""
        month = self.periods[index].end.month
        return month // 3 - 1 if self.step == "quarter" else month - 1

    @property
    def _years(self) -> list[tuple[int, int, int]]:
        """Each year, its first period and the one after its last."""
        found = []
        for year, group in groupby(range(len(self.periods)), lambda index: self.periods[index].end.year):
            indices = list(group)
            found.append((year, indices[0], indices[-1] + 1))
        return found

    def _labelled_years(self, look: Look) -> list[tuple[int, int, int]]:
        """Years of one spacing whose labels do not touch, and stand under the years."""
        for candidates in self._candidates():
            some = [each for each in candidates if self._is_under(each, look)]
            ends = [(self._middle(each, look), width(str(each[0]), look.small) / 2) for each in some]
            if some and all(b - b_half - a - a_half >= _APART for (a, a_half), (b, b_half) in pairwise(ends)):
                return some
        return self._years[:1]

    def _candidates(self) -> Iterator[list[tuple[int, int, int]]]:
        """All years; those at the ends left out where they are cut short; then fewer and fewer."""
        years = self._years
        whole = max(past - first for _, first, past in years)
        for every in _EVERY_YEAR:
            some = [each for each in years if each[0] % every == 0]
            yield some
            yield [each for each in some if each[2] - each[1] == whole]

    def _is_under(self, year: tuple[int, int, int], look: Look) -> bool:
        """Whether the middle of a year's label is still under it where it was moved."""
        return self.place(year[1]) <= self._middle(year, look) <= self.place(year[2])

    def _middle(self, year: tuple[int, int, int], look: Look) -> float:
        """The middle of a year's label: of its periods, moved inwards where it would leave the picture."""
        half = width(str(year[0]), look.small) / 2
        return min(max(self.place((year[1] + year[2]) / 2), half), look.width - half)


def extent(window: Period, periods: Sequence[Period]) -> tuple[int, int]:
    """The first of a window's periods, and the one after its last."""
    inside = [
        index
        for index, period in enumerate(periods)
        if period.start and window.start and window.start <= period.start and period.end <= window.end
    ]
    return inside[0], inside[-1] + 1
