"""The mean of something given one variable, from worlds that were drawn already: p(u) = E[Y | U = u]."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from contested.engine.precision import sectioning
from contested.engine.smoothing import NARROWEST, scores, smoothed
from contested.engine.steps import step_between
from contested.shapes.base import LARGEST, SMALLEST, Array

SUPPORTED = (0.01, 0.99)  # the central range of a variable in which drawn worlds tell of its effect

_CELLS = 256  # of equal probability, in which worlds are gathered before they are smoothed
_CLEAR = 3.0  # standard errors from which on a curve is on one side of a level
_REST = 1e-9  # a curve nearer to a level rests on it, as it may where sources are certain


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScoreCrossing:
    """Where a conditional mean crosses a level.

    Attributes
    ----------
    score, mcse : float
        The variable's normal score, and its standard error.
    low, high : float
        Scores below and above it that are clearly on either side of the level.
    """

    score: float
    mcse: float
    low: float
    high: float


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
        cells, score = scores(self.cells.shape[-1]), float(ndtri(probability))
        value, error, step = (
            float(np.interp(score, cells, curve))
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
        cells = scores(self.cells.shape[-1])
        ends = ndtri(np.array(SUPPORTED))
        inside = (cells > ends[0]) & (cells < ends[1])
        grid = np.concatenate([ends[:1], cells[inside], ends[1:]])
        above = np.interp(grid, cells, self.mean) - level
        error = np.interp(grid, cells, np.hypot(self.mcse, self.narrower - self.mean))
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
        low, high = float(grid[0]), float(grid[-1])
        if self.window == NARROWEST:
            step = self._step(score, level)
            if step is not None:
                return ScoreCrossing(score=step[0], mcse=step[1], low=low, high=high)
        cells = scores(self.cells.shape[-1])
        slope, error, narrower = (
            float(np.interp(score, cells, curve)) for curve in (self.slope, self.mcse, self.narrower)
        )
        spread = math.hypot(error, narrower - level)
        mcse = spread / abs(slope) if slope else math.inf
        return ScoreCrossing(score=score, mcse=mcse, low=low, high=high)

    def _step(self, score: float, level: float) -> tuple[float, float] | None:
        """Where the values change sides of a level at once; None where a line fits them better."""
        count, points = self.cells.shape[-1], self.u.shape[1]
        cell, size = int(np.searchsorted(scores(count), score)), points // count
        part = slice(max(0, (cell - NARROWEST) * size), min(points, (cell + NARROWEST) * size))
        step = step_between(self.u[:, part], self.values[:, part])
        if step is None or not min(step.sides) < level < max(step.sides):
            return None
        low, found, high = _score(np.array([step.u - step.mcse, step.u, step.u + step.mcse])).tolist()
        return found, (high - low) / 2


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
    found = smoothed(cells)
    return Conditional(
        cells=cells, smooth=found.smooth, slope=found.slope, narrower=found.narrower, window=found.window,
        values=arranged, u=np.take_along_axis(u, order, axis=1),
    )  # fmt: skip


def _score(u: float | Array) -> Array:
    return np.asarray(ndtri(np.clip(u, SMALLEST, LARGEST)))
