"""One panel of a track: a step of bands and a median for each period, lines by source, windows, gaps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from contested.language.bound_algebra import Known
from contested.language.nodes import Study
from contested.report.charts.calendar import Calendar
from contested.report.charts.layers import Channel, Layer, down, end, layer, mark, nominal, ordinal
from contested.report.charts.legend import SHAPES, Kind
from contested.report.charts.lettering import Text
from contested.report.charts.measuring import width
from contested.report.charts.theme import ACCENT, FONT, MUTED, PAPER, POOL, SHADE, Look, SourceColours
from contested.report.charts.track_spots import Content, Spot, mark_of, pieces, runs
from contested.report.charts.upright import Upright

SHADES = (0.34, 0.17)  # opacity of the narrowest band and of the widest
WINDOW, GAP = 0.08, 0.2  # opacity
MEDIAN, SOURCE, SUM = 2.2, 1.5, 3.0  # thickness
DASHES: tuple[tuple[int, ...], ...] = ((), (5, 2), (1, 2))  # of a dispute's lines: the first, second, third
TURNED: dict[Known, Kind] = {"lower": "up", "upper": "down", "exact": "exact"}  # where a bound's mark points
_CROSS = 9  # pixels from the foot of a panel to the mark of a gap
_FINE = 5  # pixels of a period, below which medians are joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """What a panel shows, in its place."""

    content: Content
    axis: Upright
    calendar: Calendar

    def layers(self, study: Study, look: Look) -> Iterator[Layer]:
        """From the ground up."""
        yield from self._windows()
        yield from filter(None, [self.calendar.grid(self.axis.top, self.axis.foot, look)])
        yield self.axis.grid(self.calendar.left, self.calendar.right, look)
        yield from self._zero()
        yield from self._gaps()
        yield from self._bands()
        yield from self._sums()
        yield from self._sources(study)
        yield from self._medians()
        yield from self._bounds()
        yield from self._gap_reasons(look)

    def texts(self, look: Look) -> list[Text]:
        """The axis's labels."""
        return self.axis.labels(self.calendar.left - 6, look)

    @property
    def _across(self) -> dict[str, Channel]:
        return {"x": self.calendar.channel("first"), "x2": end("past")}

    @property
    def _whole(self) -> dict[str, Channel]:
        return {**self._across, "y": down("top"), "y2": end("bottom")}

    def _ends(self) -> dict[str, float]:
        return {"top": self.axis.top, "bottom": self.axis.foot}

    def _windows(self) -> Iterator[Layer]:
        rows = [{**_when(spot), **self._ends()} for spot in self.content.sums]
        if rows:
            yield layer(rows, mark("rect", color=ACCENT, opacity=WINDOW), **self._whole)

    def _zero(self) -> Iterator[Layer]:
        if self.axis.axis.low < 0 < self.axis.axis.high:
            row = {"value": 0, "first": 0, "past": len(self.calendar.periods)}
            line = mark("rule", color=MUTED, strokeWidth=1.2)
            yield layer([row], line, **self._across, y=self.axis.channel("value"))

    @property
    def _missing(self) -> list[Spot]:
        return [spot for spot in self.content.spots if spot.missing]

    def _gaps(self) -> Iterator[Layer]:
        missing = self._missing
        if not missing:
            return
        shaded = [{**_when(spot), **self._ends(), "missing": spot.missing} for spot in missing]
        yield layer(shaded, mark("rect", color=SHADE, opacity=GAP), **self._whole)
        yield from self._gap_marks(_gaps_alike(missing))

    def _gap_marks(self, stretches: Sequence[Sequence[Spot]]) -> Iterator[Layer]:
        marks: dict[Kind, list[dict[str, Any]]] = {}
        for each in stretches:
            row = {"period": each[0].period.text, "at": self._middle(each), "y": self.axis.foot - _CROSS}
            marks.setdefault(mark_of(each[0].missing or ""), []).append(row)
        size = min(7.0, max(3.0, 0.8 * self.calendar.width)) ** 2  # neighbours do not touch
        for kind, rows in marks.items():
            point = mark("point", color=MUTED, **{**SHAPES[kind], "size": size})
            yield layer(rows, point, x=self.calendar.channel("at"), y=down())

    def _gap_reasons(self, look: Look) -> Iterator[Layer]:
        """Upwards in the gaps, on a rim of the ground's colour: a window's line may run behind."""
        room = self.axis.foot - self.axis.top - 2 * _CROSS - 8
        worded = [
            {"at": self._middle(each), "y": self.axis.foot - 2 * _CROSS, "text": each[0].missing}
            for each in _gaps_alike(self._missing)
            if len(each) * self.calendar.width >= look.line
            and width(each[0].missing or "", look.small) <= room
        ]
        rim = {"color": PAPER, "stroke": PAPER, "strokeWidth": 4, "strokeJoin": "round"}
        for own in (rim, {"color": MUTED}) if worded else ():
            upwards = mark(
                "text", angle=270, align="left", baseline="middle", font=FONT, fontSize=look.small, **own
            )
            yield layer(worded, upwards, x=self.calendar.channel("at"), y=down(), text=nominal("text"))

    def _middle(self, stretch: Sequence[Spot]) -> float:
        return (stretch[0].first + stretch[-1].past) / 2

    def _bands(self) -> Iterator[Layer]:
        held = [
            {**_when(spot), "level": interval.level, "low": low, "high": high}
            for spot in self.content.spots
            if spot.summary
            for interval in spot.summary.intervals
            for low, high in pieces(interval)
        ]
        levels = sorted({each["level"] for each in held})
        for level in reversed(levels):
            some = [each for each in held if each["level"] == level]
            band = mark("rect", color=POOL, opacity=shade(level, levels))
            yield layer(some, band, **self._across, y=self.axis.channel("low"), y2=end("high"))

    def _sources(self, study: Study) -> Iterator[Layer]:
        colours = SourceColours(study)
        for rank, dispute in enumerate(disputes_of(self.content.spots, study)):
            rows = list(self._line_rows(dispute, study, colours))
            x, y = self.calendar.channel("at"), self.axis.channel("median")
            line = mark("line", strokeWidth=SOURCE, strokeDash=list(dash(rank)), interpolate="linear")
            yield layer(rows, line, x=x, y=y, color=colours.channel(), detail=ordinal("run"))
            single = [row for row in rows if sum(row["run"] == other["run"] for other in rows) == 1]
            if single:
                dot = mark("point", shape="circle", filled=True, size=22, opacity=1)
                yield layer(single, dot, x=x, y=y, fill=colours.channel())

    def _line_rows(self, dispute: str, study: Study, colours: SourceColours) -> Iterator[dict[str, Any]]:
        for source in study.disputes[dispute].sources:
            own = [spot for spot in self.content.spots if (dispute, source) in spot.medians]
            for index, stretch in enumerate(runs(own)):
                for spot in stretch:
                    yield {
                        "period": spot.period.text,
                        "source": colours.key(dispute, source),
                        "run": f"{dispute}.{source}.{index}",
                        "at": (spot.first + spot.past) / 2,
                        "median": spot.medians[dispute, source],
                    }

    def _medians(self) -> Iterator[Layer]:
        rows = [{**_when(spot), "median": spot.summary.median} for spot in self.content.spots if spot.summary]
        if not rows:
            return
        y = self.axis.channel("median")
        yield layer(rows, mark("rule", color=POOL, strokeWidth=MEDIAN), **self._across, y=y)
        if self.calendar.width < _FINE:
            joined = [
                {"run": index, "at": (spot.first + spot.past) / 2, "median": spot.summary.median}
                for index, stretch in enumerate(runs([spot for spot in self.content.spots if spot.summary]))
                for spot in stretch
                if spot.summary
            ]
            line = mark("line", color=POOL, strokeWidth=1)
            yield layer(joined, line, x=self.calendar.channel("at"), y=y, detail=ordinal("run"))

    def _bounds(self) -> Iterator[Layer]:
        for direction, kind in TURNED.items():
            rows = [
                {**_when(spot), "at": (spot.first + spot.past) / 2, "bound": spot.bound.value}
                for spot in self.content.spots
                if spot.bound and spot.bound.direction == direction
            ]
            if rows:
                point = mark("point", color=POOL, **SHAPES[kind])
                yield layer(rows, point, x=self.calendar.channel("at"), y=self.axis.channel("bound"))

    def _sums(self) -> Iterator[Layer]:
        rows = [{**_when(spot), "sum": spot.centre} for spot in self.content.sums if spot.centre is not None]
        if rows:
            line = mark("rule", color=ACCENT, strokeWidth=SUM)
            yield layer(rows, line, **self._across, y=self.axis.channel("sum"))


def disputes_of(spots: Sequence[Spot], study: Study) -> list[str]:
    """The disputes whose sources' lines are drawn, in the scenario's order."""
    drawn = {dispute for spot in spots for dispute, _ in spot.medians}
    return [name for name in study.disputes if name in drawn]


def _gaps_alike(missing: Sequence[Spot]) -> list[list[Spot]]:
    """Stretches without a ratio, each for one reason."""
    return [
        list(alike)
        for stretch in runs(missing)
        for _, alike in groupby(stretch, key=lambda spot: spot.missing)
    ]


def dash(rank: int) -> tuple[int, ...]:
    """Of the lines of a dispute."""
    return DASHES[min(rank, len(DASHES) - 1)]


def shade(level: float, levels: Sequence[float]) -> float:
    """Opacity of a band: the widest lies beneath all others, and shows through."""
    rank = sorted(levels).index(level)
    return SHADES[0] + (SHADES[1] - SHADES[0]) * rank / max(len(levels) - 1, 1)


def _when(spot: Spot) -> dict[str, Any]:
    return {"period": spot.period.text, "first": spot.first, "past": spot.past}
