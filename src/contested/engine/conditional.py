"""The mean of something given one variable, from worlds that were drawn already: p(u) = E[Y | U = u].

The smoother is a local line in the normal score of the variable's rank. Bins alone would be rough; one
polynomial rings around a step, which is what a question that hangs on one variable is, and finds crossings
that are not there. A line fitted to the worlds in a window knows nothing of a step outside it. How wide the
window is, the replicates decide: the width whose curve from all other replicates best foretells the one left
out. The score of the rank, and not the rank, because most shapes are transforms of a normal: what is a
straight line or a smooth S in the score is steep at the ends in the rank.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from contested.engine.precision import sectioning
from contested.engine.steps import step_between
from contested.shapes.base import LARGEST, SMALLEST, Array

SUPPORTED = (0.01, 0.99)  # the central range of a variable in which drawn worlds tell of its effect

_CELLS = 256  # of equal probability, in which worlds are gathered before they are smoothed
_NARROWEST = 4  # cells of the narrowest window
_CLEAR = 3.0  # standard errors from which on a curve is on one side of a level
_REST = 1e-9  # a curve nearer to a level rests on it, as it may where sources are certain
_BETTER = 1 - 1e-9  # a narrower window must foretell better than by rounding


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreCrossing:
    """Where a conditional mean crosses a level: the variable's normal score, and its standard error."""

    score: float
    mcse: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Conditional:
    """A conditional mean, cell by cell of the variable's rank.

    Attributes
    ----------
    cells : ndarray, shape (…, replicate, cell)
        Means of what was drawn.
    smooth : ndarray, shape (…, replicate, cell)
        The curve of each replicate; their mean is that of all worlds.
    slope : ndarray, shape (…, cell)
        Of the curve of all worlds, per unit of the normal score.
    narrower : ndarray, shape (…, cell)
        That curve with windows half as wide: what is left of the smoothing error shows in the difference.
    window : ndarray of int, shape (…)
        Cells of the windows chosen; 0 where the mean of all, the same everywhere, foretells best.
    values, u : ndarray, shapes (…, replicate, point) and (replicate, point)
        What was drawn, in rising order of the variable.
    """

    cells: Array
    smooth: Array
    slope: Array
    narrower: Array
    window: Array
    values: Array
    u: Array

    def __getitem__(self, index: int) -> Conditional:
        """One of several curves of the same variable."""
        return Conditional(
            cells=self.cells[index], smooth=self.smooth[index], slope=self.slope[index],
            narrower=self.narrower[index], window=self.window[index], values=self.values[index], u=self.u,
        )  # fmt: skip

    def as_one_of(self) -> Conditional:
        """One curve as the first of several."""
        return Conditional(
            cells=self.cells[None], smooth=self.smooth[None], slope=self.slope[None],
            narrower=self.narrower[None], window=self.window[None], values=self.values[None], u=self.u,
        )  # fmt: skip

    @property
    def mean(self) -> Array:
        """The curve of all worlds, shape (…, cell)."""
        return np.asarray(self.smooth.mean(axis=-2))

    @property
    def mcse(self) -> Array:
        """Its Monte Carlo standard error by sectioning, shape (…, cell); smoothing is not in it."""
        return sectioning(np.moveaxis(self.smooth, -2, 0), self.mean)

    def at(self, probability: float) -> tuple[float, float]:
        """The curve and its standard error, smoothing included, at a quantile of the variable.

        Of one curve alone.
        """
        scores, score = _scores(self.cells.shape[-1]), float(ndtri(probability))
        value, error, step = (
            float(np.interp(score, scores, curve))
            for curve in (self.mean, self.mcse, self.narrower - self.mean)
        )
        return value, math.hypot(error, step)

    def sides(self, level: float) -> tuple[bool, bool]:
        """Whether the curve is above a level at the lower and the upper end of the supported range."""
        low, high = (self.at(end)[0] > level for end in SUPPORTED)
        return low, high

    def crossings(self, level: float) -> list[ScoreCrossing] | None:
        """Where the curve crosses a level in the supported range; of one curve alone.

        Parameters
        ----------
        level : float

        Returns
        -------
        list of ScoreCrossing, or None where an end of the range is too near the level to tell its side, or
        the curve rests on the level between two sides

        Notes
        -----
        A crossing lies between points that are three standard errors, smoothing included, to either side. A
        curve that comes near the level and leaves it on the same side has none, whatever its noise does.
        """
        scores = _scores(self.cells.shape[-1])
        ends = ndtri(np.array(SUPPORTED))
        inside = (scores > ends[0]) & (scores < ends[1])
        grid = np.concatenate([ends[:1], scores[inside], ends[1:]])
        above = np.interp(grid, scores, self.mean) - level
        error = np.interp(grid, scores, np.hypot(self.mcse, self.narrower - self.mean))
        clear = np.flatnonzero(np.abs(above) > _CLEAR * error)
        if not clear.size or clear[0] > 0 or clear[-1] < grid.size - 1:
            return None
        turns = np.flatnonzero(np.diff(np.sign(above[clear]))).tolist()
        parts = [slice(clear[turn], clear[turn + 1] + 1) for turn in turns]
        if any((np.abs(above[part]) <= _REST).any() for part in parts):
            return None
        return [self._crossing(grid[part], above[part], level) for part in parts]

    def _crossing(self, grid: Array, above: Array, level: float) -> ScoreCrossing:
        """The crossing between two clear points; the middle one where noise makes it several."""
        (flips,) = np.nonzero(np.diff(np.sign(above)))
        left = int(flips[len(flips) // 2])
        drop = above[left] / (above[left] - above[left + 1])
        score = float(grid[left] + drop * (grid[left + 1] - grid[left]))
        if self.window == _NARROWEST:
            step = self._step(score, level)
            if step is not None:
                return step
        scores = _scores(self.cells.shape[-1])
        slope, error, narrower = (
            float(np.interp(score, scores, curve)) for curve in (self.slope, self.mcse, self.narrower)
        )
        spread = math.hypot(error, narrower - level)
        return ScoreCrossing(score=score, mcse=spread / abs(slope) if slope else math.inf)

    def _step(self, score: float, level: float) -> ScoreCrossing | None:
        """Where the values change sides of a level at once; None where a line fits them better."""
        count, points = self.cells.shape[-1], self.u.shape[1]
        cell, size = int(np.searchsorted(_scores(count), score)), points // count
        part = slice(max(0, (cell - _NARROWEST) * size), min(points, (cell + _NARROWEST) * size))
        step = step_between(self.u[:, part], self.values[:, part])
        if step is None or not min(step.sides) < level < max(step.sides):
            return None
        low, found, high = _score(np.array([step.u - step.mcse, step.u, step.u + step.mcse])).tolist()
        return ScoreCrossing(score=found, mcse=(high - low) / 2)


def conditional_mean(values: Array, u: Array) -> Conditional:
    """E[Y | U] of something that was drawn beside a variable.

    Parameters
    ----------
    values : ndarray, shape (…, replicate, point)
        Y in each world; several, with leading axes, are each smoothed by itself.
    u : ndarray, shape (replicate, point)
        The variable in the same worlds, or anything that rises with it.

    Notes
    -----
    Loader's local regression with a nearest-neighbour window of uniform weight (Cleveland & Devlin 1988,
    JASA 83:596), by sums of cells; near an end the window keeps its size and is no longer centred. Widths
    are halved from all cells down to four, preceded by the mean of all; chosen by leaving out one replicate
    at a time.
    """
    order = np.argsort(u, axis=1, kind="stable")
    arranged = np.take_along_axis(values, np.broadcast_to(order, values.shape), axis=-1)
    points = u.shape[1]
    count = min(_CELLS, points)
    cells = arranged.reshape(*values.shape[:-1], count, points // count).mean(axis=-1)
    found = _smoothed(cells)
    return Conditional(cells=cells, values=arranged, u=np.take_along_axis(u, order, axis=1), **found)


def value_of_learning(benefits: Array, u: Array) -> tuple[Array, Array]:
    """The expected value of learning a variable before one acts: E max_d E[b_d | U] - max_d E b_d.

    Parameters
    ----------
    benefits : ndarray, shape (action, …, replicate, point)
        What each action is worth in each world; for the 0-1 loss of a claim T, (1 - T, T).
    u : ndarray, shape (replicate, point)
        The variable in the same worlds.

    Returns
    -------
    value, mcse : ndarray, each of shape (…)
        Between 0 and the value of learning everything in these worlds.

    Notes
    -----
    Strong, Oakley & Brennan (2014, MDM 34:311) smooth the benefits and average the best. The best of noisy
    curves is too good. Here the worlds of each replicate are acted on as the other replicates' curves
    advise, and count what that action is worth there: a wrong advice costs little, since it is given
    where the actions are worth nearly the same.
    """
    return value_of_advice(conditional_mean(benefits[1:] - benefits[:1], u))


def value_of_advice(gains: Conditional, scale: float = 1.0, offset: float = 0.0) -> tuple[Array, Array]:
    """The same from the conditional means of what each further action is worth more than the first.

    Parameters
    ----------
    gains : Conditional, of leading axes (action, …)
        Its values times `scale`, plus `offset`, are the gains.
    """
    cells = _with_first(scale * gains.cells + offset)
    smooth = _with_first(scale * gains.smooth + offset)
    replicates = smooth.shape[-2]
    others = (smooth.sum(axis=-2, keepdims=True) - smooth) / (replicates - 1)
    advised = np.take_along_axis(cells, others.argmax(axis=0, keepdims=True), axis=0)[0].mean(axis=-1)
    alone = cells.mean(axis=-1)
    best = alone.mean(axis=-1, keepdims=True).argmax(axis=0, keepdims=True)
    each = advised - np.take_along_axis(alone, np.broadcast_to(best, (1, *alone.shape[1:])), axis=0)[0]
    value = np.asarray(each.mean(axis=-1))
    error = sectioning(np.moveaxis(each, -1, 0), value)
    within = (value < 0) & (value >= -_CLEAR * error - 1e-12)
    return np.where(within, 0.0, value), error


def _with_first(gains: Array) -> Array:
    return np.concatenate([np.zeros((1, *gains.shape[1:])), gains])


def _smoothed(cells: Array) -> dict[str, Array]:
    """The curves with the window that foretells best, and what goes with it.

    What is narrower than the narrowest window is a cell by itself.
    """
    count = cells.shape[-1]
    totals = _Sums.of(cells)
    widths = [0, *(count >> i for i in range(int(math.log2(max(1, count // _NARROWEST))) + 1))]
    best = np.full(cells.shape[:-2], np.inf)
    window = np.zeros(cells.shape[:-2], dtype=int)
    smooth = np.zeros_like(cells)
    slope, narrower = np.zeros((2, *cells.shape[:-2], count))
    was_best = np.zeros(cells.shape[:-2], dtype=bool)
    for width in widths:
        curve, rise = totals.lines(width)
        pooled = curve.mean(axis=-2)
        narrower[was_best] = pooled[was_best]
        score = _missed(cells, curve, pooled)
        was_best = score < best * _BETTER
        best = np.where(was_best, score, best)
        window = np.where(was_best, width, window)
        smooth[was_best] = curve[was_best]
        slope[was_best] = rise.mean(axis=-2)[was_best]
        narrower[was_best] = pooled[was_best]
    narrower[was_best] = cells.mean(axis=-2)[was_best]
    return {"smooth": smooth, "slope": slope, "narrower": narrower, "window": window}


def _missed(cells: Array, curve: Array, pooled: Array) -> Array:
    """Mean square by which each replicate's cells miss the curve of the others: shape (…)."""
    replicates = cells.shape[-2]
    others = (replicates * pooled[..., None, :] - curve) / (replicates - 1)
    return np.asarray(((cells - others) ** 2).mean(axis=(-2, -1)))


@dataclass(frozen=True, slots=True, eq=False)
class _Sums:
    """Running sums over cells, from which the line of every window is had at once."""

    scores: Array
    values: Array  # (…, replicate, cell + 1)
    products: Array

    @classmethod
    def of(cls, cells: Array) -> _Sums:
        scores = _scores(cells.shape[-1])
        return cls(scores, _running(cells), _running(cells * scores))

    def lines(self, width: int) -> tuple[Array, Array]:
        """The local line at each cell, and its slope: two arrays (…, replicate, cell)."""
        count = len(self.scores)
        starts = np.clip(np.arange(count) - width // 2, 0, count - (width or count))
        ends = starts + (width or count)
        mean = (self.values[..., ends] - self.values[..., starts]) / (width or count)
        if width <= 1:
            return mean, np.zeros_like(mean)
        first, second = _running(self.scores), _running(self.scores**2)
        centre = (first[ends] - first[starts]) / width
        spread = (second[ends] - second[starts]) / width - centre**2
        covariance = (self.products[..., ends] - self.products[..., starts]) / width - centre * mean
        slope = covariance / spread
        return mean + slope * (self.scores - centre), slope


def _running(cells: Array) -> Array:
    padded = np.zeros((*cells.shape[:-1], cells.shape[-1] + 1))
    np.cumsum(cells, axis=-1, out=padded[..., 1:])
    return padded


@lru_cache(maxsize=8)
def _scores(count: int) -> Array:
    """Normal score of the middle of each of so many cells."""
    scores = np.asarray(ndtri((np.arange(count) + 0.5) / count))
    scores.flags.writeable = False
    return scores


def _score(u: float | Array) -> Array:
    return np.asarray(ndtri(np.clip(u, SMALLEST, LARGEST)))
