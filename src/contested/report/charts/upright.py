"""The axis of values where time runs across: upright, low at the foot of its panel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contested.report.charts.axes import Axis
from contested.report.charts.layers import Channel, Layer, across, along, end, layer, mark
from contested.report.charts.lettering import Hand, Text
from contested.report.charts.measuring import width
from contested.report.charts.theme import GRID, MUTED, Look


@dataclass(frozen=True, slots=True)
class Upright:
    """An axis of values from the foot of a panel to its top.

    Attributes
    ----------
    axis : Axis
        The same lying down, from 0 to the panel's height.
    foot : float
        In pixels from the picture's top.
    """

    axis: Axis
    foot: float

    @classmethod
    def over(cls, values: Iterable[float], top: float, foot: float) -> Upright:
        """One that holds all of some values, of which there is one or more."""
        return cls(Axis.over(values, 0, foot - top), foot)

    @property
    def top(self) -> float:
        """In pixels from the picture's top."""
        return self.foot - self.axis.right

    def place(self, value: float) -> float:
        """Where a value lies, in pixels from the picture's top."""
        return self.foot - self.axis.place(value)

    def channel(self, field: str) -> Channel:
        """The channel for values, with the axis's explicit domain and range."""
        domain, places = (self.axis.low, self.axis.high), (self.foot, self.top)
        return along(field, domain, places, logarithmic=self.axis.logarithmic)

    def ticks(self, look: Look) -> list[float]:
        """Round values."""
        return self.axis.ticks(look.small)

    def width(self, look: Look) -> float:
        """Pixels that the widest of the labels takes."""
        return max(width(self.axis.text(value), look.small) for value in self.ticks(look))

    def grid(self, left: float, right: float, look: Look) -> Layer:
        """Lines at the ticks, from left to right."""
        lines = [{"value": value, "left": left, "right": right} for value in self.ticks(look)]
        thin = mark("rule", color=GRID, strokeWidth=1)
        return layer(lines, thin, x=across("left"), x2=end("right"), y=self.channel("value"))

    def labels(self, right: float, look: Look) -> list[Text]:
        """The ticks' values, which end at a place."""
        hand = Hand(size=look.small, colour=MUTED, align="right")
        return [Text(right, self.place(v), self.axis.text(v), hand) for v in self.ticks(look)]
