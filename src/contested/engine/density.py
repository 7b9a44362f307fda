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
_SPARSE = 2 * _FEWEST  # draws below which a cubic is not fitted
_HARD = 0.05  # of a stratum's greatest density, from which on an end is an edge …
_SEEN = 33  # … among so many order statistics


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """Half-width of one stratum's box kernel, which a cubic's nodes reach twice as far as.

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

    def wider(self, factor: float) -> Bandwidth:
        """One so many times as wide."""
        return Bandwidth(self.logarithmic, factor * self.half_width)

    def scaled(self, x: Array) -> Array:
        """Amounts on the scale of the half-width."""
        return np.log(x) if self.logarithmic else x

    def natural(self, t: Array) -> Array:
        """Amounts from the scale of the half-width."""
        return np.exp(t) if self.logarithmic else t


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

    def density(self, at: Array) -> tuple[Array, Array]:
        """The sample's own density at each place, and its variance were the draws independent.

        Parameters
        ----------
        at : ndarray, shape (m,)
            In rising order, within the sample.

        Returns
        -------
        density, variance : ndarray, each of shape (m,)
            On the natural scale.

        Notes
        -----
        The derivative of a cubic through the number of draws up to four nodes: the ends of a span that
        reaches two half-widths to either side, and its quarter points. In the middle of a span that is
        4/3 of a box kernel's density less 1/3 of that of one twice as wide: their errors, of the order of
        the half-width squared, cancel (Schucany & Sommers 1977, JASA 72:420), and what is left is of the
        fourth power. At Silverman's width the box's error exceeds what the replicates differ by; the
        cubic's does not. The span ends where the sample ends, and the cubic is then taken nearer to that
        end, so that a hard edge is not blurred.

        Four searches in the sorted sample serve any place, so that strata on scales far apart need no
        common grid. Where fewer than `_SPARSE` draws lie in the span, a box kernel serves.
        """
        reach, size = self.bandwidth.wider(2), self.sample.size
        low, high = reach.below(at), reach.above(at)
        start = int(low.searchsorted(self.sample[0]))
        stop = max(int(high.searchsorted(self.sample[-1], side="right")), start)
        whole, cut = slice(start, stop), np.r_[0:start, stop : at.size]
        density, variance, inside = np.empty((3, at.size))
        for part, found in (
            (whole, self._middle(at[whole], low[whole], high[whole])),
            (cut, self._edge(at[cut])),
        ):
            density[part], variance[part], inside[part] = found
        sparse = np.flatnonzero(inside < _SPARSE)
        drawn, width = self._window(at[sparse])
        density[sparse], variance[sparse] = drawn / (size * width), drawn / (size * width) ** 2
        return density, variance

    def edges(self) -> Array:
        """Where the density, or that of the logarithm, begins or ends at once: right outside and at the end.

        Returns
        -------
        ndarray, shape (0,), (2,) or (4,)
            In rising order.
        """
        at = self.sample[np.linspace(0, self.sample.size - 1, _SEEN).round().astype(np.intp)]
        natural = self.density(at)[0]
        heights = np.stack([natural, natural * at if self.bandwidth.logarithmic else natural])
        hard = (heights > _HARD * heights.max(axis=1, keepdims=True)).any(axis=0)
        ends = at[[0, -1]]
        pairs = np.sort([ends, np.nextafter(ends, [-np.inf, np.inf])], axis=0)
        return pairs[:, hard[[0, -1]]].T.ravel()

    def _middle(self, at: Array, low: Array, high: Array) -> tuple[Array, Array, NDArray[np.intp]]:
        """Density, its variance and the draws in each span from low to high, none of which is cut."""
        sample, bandwidth = self.sample, self.bandwidth
        inside = _ranks(sample, high, "right") - _ranks(sample, low, "left")
        half = _ranks(sample, bandwidth.above(at), "right") - _ranks(sample, bandwidth.below(at), "right")
        scale = 1 / (12 * bandwidth.half_width * sample.size)
        one = scale / at if bandwidth.logarithmic else scale
        return np.maximum(8 * half - inside, 0) * one, (48 * half + inside) * one**2, inside

    def _edge(self, at: Array) -> tuple[Array, Array, NDArray[np.intp]]:
        """The same where spans are cut by an end of the sample."""
        sample, bandwidth = self.sample, self.bandwidth
        place, (first, last) = bandwidth.scaled(at), bandwidth.scaled(sample[[0, -1]])
        low = np.maximum(place - 2 * bandwidth.half_width, first)
        high = np.minimum(place + 2 * bandwidth.half_width, last)
        width = high - low
        nodes = np.stack([low, low + width / 4, high - width / 4, high])
        upto = sample.searchsorted(bandwidth.natural(nodes), side="right")
        upto[0, low <= first], upto[3, high >= last] = 0, sample.size
        width[width <= 0] = math.inf
        one = 1 / (width * sample.size * (at if bandwidth.logarithmic else 1.0))
        slopes, counts = _cubic_slopes((place - low) / width) * one, upto[1:] - upto[:-1]
        weighted = slopes * counts
        inside = np.where(width < math.inf, upto[3] - upto[0], 0)
        return np.maximum(weighted.sum(axis=0), 0), (slopes * weighted).sum(axis=0), inside

    def _window(self, at: Array) -> tuple[NDArray[np.intp], Array]:
        """How many draws lie in the kernel at each place, and its width; places rise, within the sample.

        Notes
        -----
        It ends where the sample ends, so that a hard edge is not blurred, and reaches out to `_FEWEST`
        draws where they are sparse.
        """
        sample, size = self.sample, self.sample.size
        low = np.maximum(self.bandwidth.below(at), sample[0])
        high = np.minimum(self.bandwidth.above(at), sample[-1])
        first, beyond = sample.searchsorted(low), sample.searchsorted(high, side="right")
        sparse = np.flatnonzero(beyond - first < min(_FEWEST, size))
        nearest = sample.searchsorted(at[sparse]) - _FEWEST // 2
        nearest = np.minimum(np.maximum(nearest, 0), max(size - _FEWEST, 0))
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
        """The stratum that gives most of what lies between two ends; of equals the caller's first."""
        return min(self.foremost(low, high), key=lambda component: component.label)

    def foremost(self, low: float, high: float) -> list[Component]:
        """Strata of which none gives more of what lies between two ends, both included."""
        upto, below = np.array(high), np.array(low)
        given = [float(c.held(upto, "right") - c.held(below, "left")) for c in self.components]
        most = max(given)
        return [c for c, mass in zip(self.components, given, strict=True) if mass == most]

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
            own, square = component.density(at[within])
            density[within] += component.weight * own
            variance[within] += component.weight**2 * square
        return density, np.sqrt(variance)


def _cubic_slopes(share: Array) -> Array:
    """What a draw in each part of a span of width 1 adds to the slope of the cubic, at each place.

    Of Lagrange's cubic through the counts up to 0, 1/4, 3/4 and 1: a draw adds to all nodes after it.
    """

    def slope(p: float, q: float) -> Array:  # of u (u - p) (u - q)
        return 3 * share**2 - 2 * (p + q) * share + p * q

    last = slope(1 / 4, 3 / 4) * (16 / 3)
    middle = last - slope(1 / 4, 1) * (32 / 3)
    return np.stack([middle + slope(3 / 4, 1) * (32 / 3), middle, last])


def _ranks(sample: Array, at: Array, side: Literal["left", "right"]) -> NDArray[np.intp]:
    """How many draws lie below each place (left), or up to each place and with it (right); places rise.

    The fewer are searched among the more.
    """
    if at.size <= sample.size:
        return sample.searchsorted(at, side=side)
    before = at.searchsorted(sample, side="left" if side == "right" else "right")
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
