"""Where a mean changes at once from one value to another: what a question on one variable alone does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from contested.engine.precision import sectioning
from contested.shapes.base import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change from one mean to another.

    Attributes
    ----------
    u : float
        Where.
    mcse : float
        Its standard error.
    sides : tuple of float
        The means before and after.
    """

    u: float
    mcse: float
    sides: tuple[float, float]


def step_between(u: Array, values: Array) -> Step | None:
    """The step that describes some worlds best, or None where a line leaves less of them.

    Parameters
    ----------
    u, values : ndarray, shape (replicate, point)
        A variable in the worlds of a narrow window, rising, and what was drawn beside it.

    Notes
    -----
    The cut with the least squares on its two sides. Its error converges with the number of worlds or,
    where noise blurs the cut, with its cube root (Bühlmann & Yu 2002, Ann. Stat. 30:927): the spread of the
    R replicates is taken to shrink by R^(1/3), the slower. The gap between the worlds next to the cut is
    added.
    """
    order = np.argsort(u, axis=None)
    pooled = _cut(np.ravel(u)[order], np.ravel(values)[order])
    if pooled is None or pooled.squares > _line_squares(np.ravel(u), np.ravel(values)):
        return None
    each = [_cut(own, drawn) or pooled for own, drawn in zip(u, values, strict=True)]
    spread = sectioning([cut.u for cut in each], pooled.u) * len(each) ** (1 / 6)
    return Step(u=pooled.u, mcse=float(np.hypot(spread, pooled.gap)), sides=pooled.sides)


@dataclass(frozen=True, slots=True)
class _Cut:
    """A place between two worlds: half the gap to either, the squares left, the means on both sides."""

    u: float
    gap: float
    squares: float
    sides: tuple[float, float]


def _cut(u: Array, values: Array) -> _Cut | None:
    """The cut of values in rising order of u that leaves the least squares; None where there is none."""
    count = len(values)
    if count < 2:
        return None
    before = np.cumsum(values)[:-1]
    left = np.arange(1, count)
    total = float(values.sum())
    between = before**2 / left + (total - before) ** 2 / (count - left)
    at = int(between.argmax())
    sides = float(before[at] / left[at]), float((total - before[at]) / (count - left[at]))
    low, high = float(u[at]), float(u[at + 1])
    return _Cut((low + high) / 2, (high - low) / 2, float((values**2).sum() - between[at]), sides)


def _line_squares(u: Array, values: Array) -> float:
    """Squares that a line leaves."""
    x, y = u - u.mean(), values - values.mean()
    slope = float(x @ y) / (float(x @ x) or 1.0)
    return float(((y - slope * x) ** 2).sum())
