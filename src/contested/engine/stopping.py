"""When the draws are enough: every printed median, end and probability within the tolerance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np

from contested.engine.precision import sectioning
from contested.engine.quantiles import Quantiles
from contested.engine.run import Drawn, Run, Tally, pool, single_source, stratum_weights
from contested.language.nodes import Denominators, Study, Weights
from contested.shapes.base import Array


def imprecise(run: Run, study: Study, weights: Weights, suspect: str | None = None) -> str | None:
    """The name of a quantity that is not precise enough yet, or None.

    Under every named weighting and each single source, a value's error counts against the larger of its
    size and half the width of its widest interval, a probability's as it is; highest-density ends are not
    waited for.

    Parameters
    ----------
    weights : mapping
        The weighting in use: single sources are taken with the other disputes as it has them.
    suspect : str, optional
        The quantity to look at first: most often the one that was imprecise before.
    """
    weightings = (weights, *study.weightings.values())
    asked = (0.5, *interval_ends(study.report.levels))
    tolerance = study.sampling.tolerance
    checks: list[tuple[str, Callable[[], bool]]] = [
        (name, partial(_all_precise, drawn, weightings, asked, tolerance, study.denominators))
        for kind in (run.estimates, run.figures)
        for name, drawn in kind.items()
    ]
    checks += [
        (name, partial(_probable, tally, weightings, tolerance)) for name, tally in run.questions.items()
    ]
    checks.sort(key=lambda check: check[0] != suspect)
    return next((name for name, holds in checks if not holds()), None)


def interval_ends(levels: Sequence[float]) -> tuple[float, ...]:
    """Probabilities of the ends of equal-tailed intervals: low and high of each, one after another."""
    return tuple(end for level in levels for end in ((1 - level) / 2, (1 + level) / 2))


def _rows(drawn: Drawn | Tally, weightings: Sequence[Weights]) -> Array:
    """Stratum weights of every weighting and each single source: shape (weighting, stratum)."""
    quantity, first = drawn.quantity, weightings[0]
    alone = [
        single_source(first, dispute, source)
        for dispute in quantity.disputes
        for source in sorted(first[dispute])
    ]
    rows = np.array([stratum_weights(quantity, weights) for weights in (*weightings, *alone)])
    return np.unique(rows, axis=0)


def _shown(drawn: Drawn, rows: Array, denominators: Denominators) -> Iterator[tuple[Quantiles, Array]]:
    """The draws that are printed under each weighting: a ratio, or what stands in for it."""
    if not drawn.screen.risky:
        yield drawn.all_worlds, rows
        return
    vanishing = rows @ drawn.nonpositive.mean(axis=0) > denominators.estimable
    if not vanishing.all():
        yield drawn.all_worlds, rows[~vanishing]
    if vanishing.any():
        possible = rows[vanishing & (rows @ drawn.given_positive.strata.mass.mean(axis=0) > 0)]
        if possible.size:
            yield drawn.given_positive, possible
        if drawn.inverse is not None:
            yield drawn.inverse, rows[vanishing]


def _all_precise(
    drawn: Drawn,
    weightings: Sequence[Weights],
    asked: Sequence[float],
    tolerance: float,
    denominators: Denominators,
) -> bool:
    shown = _shown(drawn, _rows(drawn, weightings), denominators)
    return all(_precise(quantiles, rows, asked, tolerance) for quantiles, rows in shown)


def _precise(quantiles: Quantiles, rows: Array, asked: Sequence[float], tolerance: float) -> bool:
    values, errors = quantiles(rows, asked)
    half = (values[:, 2::2] - values[:, 1::2]).max(
        axis=1
    ) / 2  # ends stand in pairs; the widest level's counts
    return bool(np.all(errors <= tolerance * np.maximum(np.abs(values), half[:, None])))


def _probable(tally: Tally, weightings: Sequence[Weights], tolerance: float) -> bool:
    replicates = np.stack([pool(tally.true_and_positive, row) for row in _rows(tally, weightings)], axis=1)
    return bool(np.all(sectioning(replicates, replicates.mean(axis=0)) <= tolerance))
