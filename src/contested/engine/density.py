"""A linear pool of sorted samples: its mass, and its density, each stratum under a kernel of its own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from contested.shapes.base import Array

_CENTRAL = {0.5: 1.3489795003921634, 0.95: 3.919927969080108}  # width in sd of a normal's central interval
_SHORTEST_QUARTER = 0.6372787279349265  # width in sd of a normal's shortest interval that holds a quarter
_PLACES = 4096  # order statistics that a spread is taken from
_FEWEST = 16  # draws in a kernel, however sparse they are


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """Half-width of one stratum's kernel.

    Attributes
    ----------
    logarithmic : bool
        Whether it is the logarithm of a factor (a stratum of positive values) or an amount.
    half_width : float
    """

    logarithmic: bool
    half_width: float

    def below(self, x: Array) -> Array:
        """Lower ends of the kernels at x."""
        return x * math.exp(-self.half_width) if self.logarithmic else x - self.half_width

    def above(self, x: Array) -> Array:
        """Upper ends of the kernels at x."""
        return x * math.exp(self.half_width) if self.logarithmic else x + self.half_width


def bandwidths(samples: Sequence[Array]) -> list[Bandwidth]:
    """Bandwidth of each stratum: on the log scale where the stratum is positive, else on the natural one.

    Parameters
    ----------
    samples : sequence of ndarray, each of shape (n_k,)
        Each in rising order.

    Notes
    -----
    Silverman's 0.9·s·n^(-1/5) for a normal kernel, times √3 for a box of the same variance. The spread s
    is the least of three that agree for a normal: from the middle half, from the middle 95 %, and from
    the shortest quarter, so that neither a long tail nor a second mode smears the first. A stratum without
    draws has a bandwidth of 0.
    """
    return [_bandwidth(sample) if sample.size else Bandwidth(False, 0.0) for sample in samples]


@dataclass(frozen=True, slots=True)
class Component:
    """One stratum of a pool.

    Attributes
    ----------
    sample : ndarray, shape (n,)
        In rising order.
    weight : float
        What the stratum holds of the pool.
    bandwidth : Bandwidth
    label : int
        The caller's index of the stratum.
    """

    sample: Array
    weight: float
    bandwidth: Bandwidth
    label: int

    def held(self, at: Array, side: Literal["left", "right"]) -> Array:
        """Mass below each place (left), or up to each place and with it (right); places rise."""
        return np.multiply(self.weight / self.sample.size, _ranks(self.sample, at, side), dtype=float)

    def within(self, at: Array) -> slice:
        """Which places, in rising order, lie within the sample."""
        first, last = self.sample[0], self.sample[-1]
        return slice(int(at.searchsorted(first)), int(at.searchsorted(last, side="right")))

    def window(self, at: Array) -> tuple[NDArray[np.intp], Array]:
        """How many draws lie in the kernel at each place, and its width; places rise, within the sample.

        Notes
        -----
        A box kernel: two searches in the sorted sample serve any place, so that strata on scales far
        apart need no common grid. It ends where the sample ends, so that a hard edge is not blurred,
        and reaches out to `_FEWEST` draws where they are sparse.
        """
        sample, size = self.sample, self.sample.size
        low = np.maximum(self.bandwidth.below(at), sample[0])
        high = np.minimum(self.bandwidth.above(at), sample[-1])
        first, beyond = _ranks(sample, low, "left"), _ranks(sample, high, "right")
        sparse = np.flatnonzero(beyond - first < min(_FEWEST, size))
        nearest = np.searchsorted(sample, at[sparse]) - _FEWEST // 2
        nearest = np.clip(nearest, 0, max(size - _FEWEST, 0))
        first[sparse] = np.minimum(first[sparse], nearest)
        beyond[sparse] = np.maximum(beyond[sparse], np.minimum(nearest + _FEWEST, size))
        low[sparse] = np.minimum(low[sparse], sample[first[sparse]])
        high[sparse] = np.maximum(high[sparse], sample[beyond[sparse] - 1])
        return beyond - first, high - low


@dataclass(frozen=True, slots=True)
class LinearPool:
    """Strata in an order that does not depend on the caller's, so that no digit of a sum does."""

    components: tuple[Component, ...]

    @classmethod
    def of(
        cls, samples: Sequence[Array], weights: Sequence[float] | Array, widths: Sequence[Bandwidth] | None
    ) -> LinearPool:
        """The strata whose weight is not zero."""
        used = [k for k, weight in enumerate(weights) if weight > 0]
        used.sort(key=lambda k: (samples[k][samples[k].size // 2], samples[k][0], samples[k][-1], weights[k]))
        return cls(
            tuple(
                Component(samples[k], float(weights[k]), widths[k] if widths else _bandwidth(samples[k]), k)
                for k in used
            )
        )

    def held(self, at: Array, side: Literal["left", "right"]) -> Array:
        """Mass below each place (left), or up to each place and with it (right); places rise."""
        total = np.zeros(at.shape)
        for component in self.components:
            total += component.held(at, side)
        return total

    def dominant(self, low: float, high: float) -> Component:
        """The stratum that gives most of what lies between two ends, both included."""

        def given(component: Component) -> float:
            upto, below = component.held(np.array(high), "right"), component.held(np.array(low), "left")
            return float(upto - below)

        return max(self.components, key=lambda component: (given(component), -component.label))

    def between(self, low: float, high: float) -> tuple[Array, Array]:
        """Draws above one place, up to another and with it, in rising order; and what each holds."""
        values, masses = [], []
        for component in self.components:
            first, beyond = np.searchsorted(component.sample, [low, high], side="right")
            values.append(component.sample[first:beyond])
            masses.append(np.full(beyond - first, component.weight / component.sample.size))
        drawn, held = np.concatenate(values), np.concatenate(masses)
        order = np.argsort(drawn, kind="stable")
        return drawn[order], held[order]

    def density(self, at: Array) -> tuple[Array, Array]:
        """Density on the natural scale, and its standard error were the draws independent.

        Parameters
        ----------
        at : ndarray, shape (m,)
            In rising order.

        Returns
        -------
        density, error : ndarray, each of shape (m,)
        """
        density, variance = np.zeros(at.shape), np.zeros(at.shape)
        for component in self.components:
            within = component.within(at)
            inside, width = component.window(at[within])
            of_one = component.weight / (component.sample.size * width)
            density[within] += inside * of_one
            variance[within] += inside * of_one**2
        return density, np.sqrt(variance)


def _ranks(sample: Array, at: Array, side: Literal["left", "right"]) -> NDArray[np.intp]:
    """How many draws lie below each place (left), or up to each place and with it (right); places rise.

    The fewer are searched among the more.
    """
    if at.size <= sample.size:
        return np.searchsorted(sample, at, side=side)
    before = np.searchsorted(at, sample, side="left" if side == "right" else "right")
    return np.cumsum(np.bincount(before, minlength=at.size + 1)[:-1])


def _bandwidth(sample: Array) -> Bandwidth:
    logarithmic = bool(sample[0] > 0)
    places = np.linspace(0, sample.size - 1, min(sample.size, _PLACES)).round().astype(np.intp)
    values = np.log(sample[places]) if logarithmic else sample[places]
    quarter = min(max(values.size // 4, 1), values.size - 1)
    spreads = [float(np.min(values[quarter:] - values[: values.size - quarter])) / _SHORTEST_QUARTER]
    for share, width in _CENTRAL.items():
        low, high = np.quantile(values, [(1 - share) / 2, (1 + share) / 2]).tolist()
        spreads.append((high - low) / width)
    whole = float(values[-1] - values[0]) / _CENTRAL[0.95]
    spread = min((s for s in spreads if s > 0), default=whole)
    return Bandwidth(logarithmic, math.sqrt(3.0) * 0.9 * spread * sample.size ** (-0.2))
