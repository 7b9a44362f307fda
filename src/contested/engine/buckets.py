"""Buckets for draws: which one a value falls in, rising with it exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.shapes.base import Array

_PROBES = 4096  # draws that settle where the buckets lie


@dataclass(frozen=True, slots=True)
class Key:
    """The bucket of a value, rising with it exactly.

    Between a low and a high value that few lie beyond, buckets are equally wide: in the value, or for
    positive values in their floating-point bits, whose order is theirs and whose steps are those of their
    logarithm, so that a long tail does not crowd the rest into one bucket.
    """

    low: float
    high: float
    buckets: int

    @classmethod
    def of(cls, values: Array, buckets: int) -> Key:
        """Between values that one in a thousand lies beyond on each side."""
        flat = values.ravel()
        probes = np.sort(flat[:: max(1, flat.size // _PROBES)])
        probes = probes[: max(1, int(np.searchsorted(probes, np.inf)))]
        few = len(probes) // 1000
        return cls(float(probes[few]), float(probes[-1 - few]), buckets)

    def finer(self, buckets: int) -> Key:
        """The same with another number of buckets."""
        return Key(self.low, self.high, buckets)

    def ends(self) -> Array:
        """Values between which those of each bucket lie, to rounding: shape (bucket + 1,).

        Infinite at both ends.
        """
        low, high = self.low, self.high
        inner = np.arange(1, self.buckets)
        if not low < high < np.inf:
            inside = np.where(inner == 1, low, np.inf)
        elif low > 0:
            first, last = (int(np.float64(end).view(np.int64)) for end in (low, high))
            inside = (first + (inner * ((last - first) / self.buckets)).astype(np.int64)).view(float)
        else:
            inside = low + inner * ((high - low) / self.buckets)
        return np.concatenate([[-np.inf], inside, [np.inf]])

    def __call__(self, values: Array) -> NDArray[np.uint16]:
        low, high, line = self.low, self.high, values
        if not low < high < np.inf:
            return (
                (values > low).astype(np.uint16)
                if self.buckets > 1
                else np.zeros(values.shape, dtype=np.uint16)
            )
        if low > 0:  # steps counted from low as whole numbers: as floats, bits of a few ulps apart are equal
            first, last = (int(np.float64(end).view(np.int64)) for end in (low, high))
            line = (np.maximum(values, low).view(np.int64) - first).astype(float)
            low, high = 0.0, float(last - first)
        places = line - low
        places *= self.buckets / (high - low)
        np.minimum(np.maximum(places, 0, out=places), self.buckets - 1, out=places)
        return np.asarray(places.astype(np.uint16))
