"""Densities: how an estimate's weight lies over its values, pooled and by each source alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.density import LinearPool
from contested.engine.pooling import Pool
from contested.engine.quantiles import Quantiles
from contested.engine.weights import stratum_weights
from contested.report.charts.axes import Axis
from contested.report.charts.entries import Found
from contested.report.charts.estimate import Estimate
from contested.report.charts.ladder import Group, Ladder, Placed, drawn, of_estimates
from contested.report.charts.layers import Layer, Row, Specification, down, end, layer, mark, ordinal
from contested.report.charts.theme import WIDE, Look, SourceColours
from contested.shapes.base import Array

_NOTE = "Curves: where the weight lies, each to a height of its own."
_RISE = 26  # pixels of the highest place of a curve
_LIFT = 5  # pixels between a curve and the middle of its bars
_STEP = 2.0  # pixels between two places of a curve
_TAILS = 0.35  # of the widest interval, beyond its ends
_SMOOTHER = 1.6  # bandwidths, in those that seek regions: the eye sees noise that they need not heed
_DRAWN = 4096  # quantiles that stand for the draws of a pool that is no mixture


def densities(result: Result, estimate: str | None = None, look: Look = WIDE) -> Specification:
    """The density of the pool and of each source of each dispute alone, each on its median and intervals.

    Parameters
    ----------
    result : Result
    estimate : str, optional
        The scenario's first where absent.
    look : Look

    Returns
    -------
    Specification
        Densities per unit of the axis (of the logarithm where that is logarithmic), each on a scale of its
        own, so that shapes compare and heights do not. Of the inverse, where the ratio is not estimable but
        that is.

    Raises
    ------
    ContestedError
        Where no estimate has that name.

    Notes
    -----
    A mixture's is the mixture of its strata's densities, each with a bandwidth of its own (method, section
    f); any other pool's is that of evenly spaced quantiles.
    """
    of = Estimate.of(result, estimate)
    return drawn(_ladder(of, SourceColours(result.study)), SourceColours(result.study), look)


def _ladder(of: Estimate, colours: SourceColours) -> Ladder:
    groups = [Group("", [of.pooled]), *of.by_source()]
    found = list(_found(of))
    numbers, notes = of_estimates(groups)

    def curves(rows: Sequence[Placed], axis: Axis) -> Iterator[Layer]:
        yield from _layers(rows, found, axis, of.inverse, colours)

    return Ladder(
        title=of.title,
        unit=of.unit,
        groups=groups,
        numbers=numbers,
        notes=(*of.notes, *notes, *([_NOTE] if notes else [])),
        axis=lambda left, right: _axis(groups, left, right),
        rise=_RISE + _LIFT if notes else 0,
        curves=curves,
    )


def _found(of: Estimate) -> Iterator[Found]:
    """The answers in the order of the rows."""
    yield of.found
    for name in of.result.study.disputes:
        own = of.found.by_source.get(name, {})
        yield from (own[source] for source in of.result.study.disputes[name].sources if source in own)


def _axis(groups: Sequence[Group], left: float, right: float) -> Axis:
    """One that holds the widest intervals and some of the tails beyond."""
    values = [value for group in groups for entry in group.entries for value in entry.values]
    axis = Axis.over(values, left, right)
    return axis.wider(_TAILS / 2) if min(values) < max(values) else axis


@dataclass(frozen=True, slots=True)
class Curve:
    """A density per unit of an axis, and the single values that hold weight.

    Attributes
    ----------
    values : ndarray, shape (place,)
        Rising, evenly spaced on the axis but for the pairs on either side of an edge.
    density : ndarray, shape (place,)
    atoms : tuple of float
    """

    values: Array
    density: Array
    atoms: tuple[float, ...] = ()


def curve(answer: Answer, axis: Axis, *, inverse: bool = False) -> Curve | None:
    """The density of one answer along an axis; None where it has no law.

    Parameters
    ----------
    inverse : bool
        Whether of its reciprocal, in `Answer.inverse_unit`.
    """
    pools = answer.drawn.by(answer.rule)
    pool = pools.inverse if inverse else pools.all_worlds
    weights = stratum_weights(answer.drawn.quantity, answer.weights)
    if pool is None or pool.undefined(weights):
        return None
    factor = answer.unit.scale * answer.inverse_unit.scale if inverse else 1.0
    parts = _mixture(pool, weights).components
    single = [part for part in parts if part.sample[0] == part.sample[-1]]
    rest = LinearPool(tuple(part for part in parts if part.sample[0] < part.sample[-1]))
    drawn = _evenly(rest, axis, factor)
    density = rest.density(drawn)[0] * factor
    values = drawn / factor
    atoms = tuple(sorted({float(part.sample[0]) / factor for part in single}))
    return Curve(values, density * values if axis.logarithmic else density, atoms)


def _evenly(pool: LinearPool, axis: Axis, factor: float) -> Array:
    """Values evenly along an axis, and those at edges, where a curve is to fall at once; times a factor."""
    edges = np.concatenate([np.empty(0), *(part.edges() for part in pool.components)])
    inside = (factor * axis.low < edges) & (edges < factor * axis.high)
    return np.union1d(factor * axis.values(round((axis.right - axis.left) / _STEP)), edges[inside])


def _mixture(pool: Pool, weights: Array) -> LinearPool:
    if isinstance(pool, Quantiles):
        samples = pool.samples
        widths = [bandwidth.wider(_SMOOTHER) for bandwidth in samples.bandwidths]
        return LinearPool.of(samples.by_stratum, weights, widths)
    evenly = (np.arange(_DRAWN) + 0.5) / _DRAWN
    return LinearPool.of([pool.quantile(weights[None], evenly.tolist())[0]], [1.0], None)


def _layers(
    rows: Sequence[Placed], found: Sequence[Found], axis: Axis, inverse: bool, colours: SourceColours
) -> Iterator[Layer]:
    places: list[Row] = []
    single: list[Row] = []
    for index, (row, answer) in enumerate(zip(rows, found, strict=True)):
        own = curve(answer, axis, inverse=inverse) if isinstance(answer, Answer) and row.entry.held else None
        if own is not None:
            places += _places(index, row, own)
            single += [
                {"source": row.entry.source, "value": atom, "y": row.bar - _LIFT - _RISE, "base": row.bar}
                for atom in own.atoms
            ]
    x, y, base = axis.channel("value"), down(), end("base")
    if places:
        area = mark("area", fillOpacity=0.35)
        yield layer(places, area, x=x, y=y, y2=base, fill=colours.channel(), detail=ordinal("row"))
    if single:
        yield layer(single, mark("rule", strokeWidth=1.5), x=x, y=y, y2=base, color=colours.channel())


def _places(index: int, row: Placed, own: Curve) -> Iterator[Row]:
    """Where a curve runs; nowhere where all the weight lies on single values."""
    most = float(own.density.max(initial=0.0))
    if most <= 0:
        return
    base = row.bar - _LIFT
    for value, density in zip(own.values.tolist(), own.density.tolist(), strict=True):
        y = round(base - _RISE * density / most, 1)
        yield {
            "row": index,
            "source": row.entry.source,
            "value": value,
            "density": density,
            "y": y,
            "base": base,
        }
