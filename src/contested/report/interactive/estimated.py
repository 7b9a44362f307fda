"""One estimate for the page: its strata in all worlds, and what stands in for a ratio that may vanish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.pooling import RulePool
from contested.engine.quantiles import Quantiles
from contested.engine.run import Pools
from contested.report.interactive.grids import Grids
from contested.report.plain import plain
from contested.shapes.base import Array

Law = tuple[str, Quantiles, float]  # its name, its draws, and what gives their unit


def estimated(result: Result, answer: Answer) -> dict[str, Any]:
    """An estimate as JSON holds it.

    The laws that some weighting calls for are there, the others null: `all` in all worlds, `inverse` and
    `given_positive` where under some weighting a denominator vanishes too often for a ratio.
    """
    quantity, drawn = answer.drawn.quantity, answer.drawn
    nonpositive = drawn.nonpositive.mean(axis=0) if drawn.screen.risky else np.zeros(len(quantity.strata))
    laws: dict[str, Any] = {"all": None, "inverse": None, "given_positive": None}
    for name, linear, factor in _laws(answer, nonpositive):
        laws[name] = _grids(answer, drawn.by(result.rule), name, linear, factor).to_dict()
    return {
        "name": answer.name,
        "title": plain(answer.title),
        "unit": plain(str(answer.unit)),
        "inverseUnit": plain(str(answer.inverse_unit)),
        "disputes": list(quantity.disputes),
        "sources": [list(sources) for sources in quantity.sources],
        "shown": _most_disputed(answer),
        "nonpositive": nonpositive.tolist(),
        "laws": laws,
    }


def _laws(answer: Answer, nonpositive: Array) -> Iterator[Law]:
    drawn, most = answer.drawn, answer.study.denominators.estimable
    if nonpositive.min() <= most:
        yield "all", drawn.all_worlds, 1.0
    if nonpositive.max() > most:
        if drawn.inverse is not None:
            yield "inverse", drawn.inverse, 1 / (answer.unit.scale * answer.inverse_unit.scale)
        if drawn.given_positive.strata.mass.any():
            yield "given_positive", drawn.given_positive, 1.0


def _grids(answer: Answer, pools: Pools, name: str, linear: Quantiles, factor: float) -> Grids:
    pool, summary = {
        "all": (pools.all_worlds, answer.summary),
        "inverse": (pools.inverse, answer.inverse),
        "given_positive": (pools.given_positive, answer.given_positive_denominator),
    }[name]
    return Grids(
        samples=linear.samples,
        report=answer.study.report,
        rule=pools.rule,
        summary=summary,
        factor=factor,
        refusals=list(_refusals(pool)) if isinstance(pool, RulePool) else (),
    )


def _refusals(pool: RulePool) -> Iterator[tuple[int, str]]:
    """The strata that leave a rule undefined beside others with weight, in the order in which they do."""
    strata = range(len(pool.strata))
    yield from ((stratum, reason) for stratum in strata if (reason := pool.too_few(stratum)))
    for stratum in strata:
        law = pool.pooled(np.array([stratum]), np.ones(1))
        if isinstance(law, str):
            yield stratum, law


def _most_disputed(answer: Answer) -> str | None:
    """The dispute whose sources tell most of the variance, or the first; None where there is none."""
    disputes = answer.drawn.quantity.disputes
    if not disputes:
        return None
    shares = answer.disagreement_share
    return max(disputes, key=lambda name: shares[name].value) if shares else disputes[0]
