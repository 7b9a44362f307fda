"""Where labels go so that none lies on another: the nearest free place beside what they name."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_RADII = (8, 16, 26, 38, 52, 68, 86, 106)  # pixels from what is named
_BESIDE = 16  # up to which a label stands by what it names and needs no line to it
_DIRECTIONS = tuple(
    (round(math.cos(angle), 9), round(math.sin(angle), 9))
    for angle in (math.pi * turn / 8 for turn in (0, 8, 4, 12, 2, 6, 10, 14, 1, 7, 9, 15, 3, 5, 11, 13))
)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: Box) -> bool:
        """Whether two have a point in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether another lies within."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Box:
        """One about a middle."""
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


@dataclass(slots=True)
class Taken:
    """The places that are taken on a ground."""

    ground: Box
    boxes: list[Box] = field(default_factory=list)

    def free(self, box: Box) -> bool:
        """Whether nothing is there."""
        return self.ground.holds(box) and not any(box.touches(other) for other in self.boxes)

    def first(self, boxes: Sequence[Box] | Iterator[Box]) -> Box | None:
        """Take the first free place of some; None where there is none."""
        found = next((box for box in boxes if self.free(box)), None)
        if found is not None:
            self.boxes.append(found)
        return found

    def beside(self, x: float, y: float, width: float, height: float) -> Box | None:
        """Take the free place for a label that is nearest to what it names."""
        return self.first(_around(x, y, width, height))


def far(box: Box, x: float, y: float) -> bool:
    """Whether a label lies so far from what it names that a line has to join them."""
    across = max(box.left - x, 0, x - box.right)
    down = max(box.top - y, 0, y - box.bottom)
    return math.hypot(across, down) > _BESIDE


def _around(x: float, y: float, width: float, height: float) -> Iterator[Box]:
    for radius in _RADII:
        for cosine, sine in _DIRECTIONS:
            middle = x + radius * cosine + cosine * width / 2, y + radius * sine + sine * height / 2
            yield Box.around(*middle, width, height)
