"""Density strips: how an estimate's weight is spread, in one line of block characters.

The strips of an estimate, of all sources and of each alone, share one axis, which is printed below them;
each is as high as the line at its own mode. They are for the eye: the numbers stand beside them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from contested.answers.estimates import Answer
from contested.engine.weights import stratum_weights
from contested.report.layout import Drawing
from contested.report.wording import number
from contested.shapes.base import Array

BLOCKS = " ▁▂▃▄▅▆▇█"
_POINTS = 512  # worlds of each replicate that are looked at: more would not change the height of a block
_ENDS = (0.01, 0.99)  # of the axis, in the widest source's draws
_WIDE = 30.0  # ratio of a positive axis' ends beyond which it is logarithmic
_LOG = "log"
_SHORT = {1e9: "G", 1e6: "M", 1e3: "k"}


@dataclass(frozen=True, slots=True)
class Axis:
    """Where strips begin and end; logarithmic where it reaches over orders of magnitude."""

    low: float
    high: float

    @property
    def logarithmic(self) -> bool:
        """Whether cells are of one ratio, and not of one width."""
        return self.low > 0 and self.high / self.low > _WIDE

    def edges(self, cells: int) -> Array:
        """The ends of cells, shape (cells + 1,)."""
        spaced = np.geomspace if self.logarithmic else np.linspace
        return np.asarray(spaced(self.low, self.high, cells + 1))

    def drawn(self, width: int) -> str:
        """The ends' numbers under the strips' ends, to fewer digits where there is no room for two."""
        for digits in (2, 1):
            low, high = (_short(end, digits) for end in (self.low, self.high))
            between = width - len(low) - len(high)
            middle = f" {_LOG} " if self.logarithmic else " "
            if between >= len(middle):
                return low + middle.center(between) + high
        return " " * width


@dataclass(frozen=True, eq=False)
class Strips:
    """The strips of one estimate.

    Parameters
    ----------
    answer : Answer
        Of all sources; each source's strip is asked for with its own answer.
    """

    answer: Answer
    _masses: dict[int, Array] = field(default_factory=dict, repr=False)

    @cached_property
    def axis(self) -> Axis | None:
        """What all of them reach over; None where there is no density to show, as of an exact number."""
        drawn = [values[np.isfinite(values)] for values in self._values if values is not None]
        ends = np.array([np.quantile(values, _ENDS) for values in drawn if values.size])
        if not ends.size or not (low := float(ends.min())) < (high := float(ends.max())):
            return None
        return Axis(low, high) if math.isfinite(high - low) else None

    def of(self, answer: Answer) -> Drawing | None:
        """What draws the strip of all sources, or of one; None where there is no law to draw."""
        if self.axis is None or answer.summary is None:
            return None
        return lambda width: _blocks(self._held(answer, width))

    @cached_property
    def _values(self) -> list[Array | None]:
        """Some draws of each stratum that has weight in any of the strips."""
        values = self.answer.drawn.outcomes.values[:, :, :_POINTS]
        used = np.any([_weights(answer) for answer in _each(self.answer)], axis=0)
        return [np.asarray(values[:, k], dtype=float).ravel() if used[k] else None for k in range(len(used))]

    def _held(self, answer: Answer, cells: int) -> Array:
        """What a law holds in each cell."""
        assert self.axis is not None
        edges = self.axis.edges(cells)
        if answer.rule != "linear":
            law = answer.distribution
            return np.diff(law.pool.cdfs(law.weights, edges)[0])
        if cells not in self._masses:
            self._masses[cells] = np.stack(
                [np.zeros(cells) if own is None else np.histogram(own, edges)[0] for own in self._values]
            )
        return np.asarray(_weights(answer) @ self._masses[cells])


def _each(answer: Answer) -> Iterator[Answer]:
    yield answer
    for sources in answer.by_source.values():
        yield from sources.values()


def _weights(answer: Answer) -> Array:
    return stratum_weights(answer.drawn.quantity, answer.weights)


def _blocks(held: Array) -> str:
    """A block for each cell, as high as what the cell holds; of what holds next to nothing, none."""
    most = held.max()
    if not most > 0:
        return " " * held.size
    return "".join(BLOCKS[height] for height in np.rint(8 * held / most).astype(int).tolist())


def _short(value: float, digits: int) -> str:
    """A number as short as it can be: `28`, `160k`, `1.2M`."""
    size = next((size for size in _SHORT if abs(value) >= size), None)
    return number(value, 0.0, digits) if size is None else number(value / size, 0.0, digits) + _SHORT[size]
