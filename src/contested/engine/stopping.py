"""When the draws are enough: every printed median, end and probability within the tolerance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from contested.engine.precision import sectioning
from contested.engine.run import Drawn, Run, Tally, pool, single_source, stratum_weights
from contested.engine.strata import Strata
from contested.language.nodes import Denominators, Weights
from contested.shapes.base import Array


def enough(
    run: Run,
    weightings: Sequence[Weights],
    levels: Sequence[float],
    tolerance: float,
    denominators: Denominators,
) -> bool:
    """Whether every number under every weighting and each single source is precise enough.

    A value's error counts against the larger of its size and half the width of its widest interval, a
    probability's as it is; highest-density ends are not waited for.

    Parameters
    ----------
    weightings : sequence of weightings
        The first is the one in use: single sources are taken with the other disputes as it has them.
    """
    widest = max(levels)
    ends = [end for level in sorted(levels) for end in ((1 - level) / 2, (1 + level) / 2)]
    asked = [0.5, *ends, (1 - widest) / 2, (1 + widest) / 2]
    return all(
        _precise(strata, rows, asked, tolerance)
        for drawn in (*run.estimates.values(), *run.figures.values())
        for strata, rows in _shown(drawn, _rows(drawn, weightings), denominators)
    ) and all(_probable(tally, _rows(tally, weightings), tolerance) for tally in run.questions.values())


def _rows(drawn: Drawn | Tally, weightings: Sequence[Weights]) -> Array:
    """Stratum weights of every weighting and each single source: shape (weighting, stratum)."""
    quantity, first = drawn.quantity, weightings[0]
    alone = [
        single_source(first, dispute, source) for dispute in quantity.disputes for source in sorted(first[dispute])
    ]
    rows = np.array([stratum_weights(quantity, weights) for weights in (*weightings, *alone)])
    return np.unique(rows, axis=0)


def _shown(drawn: Drawn, rows: Array, denominators: Denominators) -> Iterator[tuple[Strata, Array]]:
    """The draws that are printed under each weighting: a ratio, or what stands in for it."""
    if not drawn.screen.risky:
        yield drawn.strata, rows
        return
    vanishing = rows @ drawn.nonpositive.mean(axis=0) > denominators.estimable
    if not vanishing.all():
        yield drawn.strata, rows[~vanishing]
    if vanishing.any():
        possible = rows[vanishing & (rows @ drawn.given_positive.mass > 0)]
        if possible.size:
            yield drawn.given_positive, possible
        if drawn.inverse is not None:
            yield drawn.inverse, rows[vanishing]


def _precise(strata: Strata, rows: Array, asked: Sequence[float], tolerance: float) -> bool:
    pooled = strata.quantile(rows, asked)
    error = sectioning(strata.replicate_quantile(rows, asked), pooled)
    half = (pooled[:, -1] - pooled[:, -2]) / 2
    return bool(np.all(error <= tolerance * np.maximum(np.abs(pooled), half[:, None])))


def _probable(tally: Tally, rows: Array, tolerance: float) -> bool:
    replicates = np.stack([pool(tally.true_and_positive, row) for row in rows], axis=1)
    return bool(np.all(sectioning(replicates, replicates.mean(axis=0)) <= tolerance))
