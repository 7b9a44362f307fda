"""One estimate for the page: its strata in all worlds, and what stands in for a ratio that may vanish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.engine.pooling import Pool, RulePool
from contested.engine.quantiles import Quantiles
from contested.report.counted import short_unit
from contested.report.interactive.grids import Grids
from contested.report.plain import plain
from contested.shapes.base import Array


class Law(NamedTuple):
    """A law of an estimate: its name, draws and pool, what is said of it, and what gives its unit."""

    name: str
    drawn: Quantiles
    pool: Pool
    summary: Summary | None
    factor: float = 1.0


def estimated(answer: Answer) -> dict[str, Any]:
    """An estimate as JSON holds it.

    The laws that some weighting calls for are there, the others null: `all` in all worlds, `inverse` and
    `given_positive` where under some weighting a denominator vanishes too often for a ratio.
    """
    quantity, drawn = answer.drawn.quantity, answer.drawn
    nonpositive = drawn.nonpositive.mean(axis=0) if drawn.screen.risky else np.zeros(len(quantity.strata))
    laws: dict[str, Any] = {"all": None, "inverse": None, "given_positive": None}
    for law in _laws(answer, nonpositive):
        laws[law.name] = _grids(answer, law).to_dict()
    return {
        "name": answer.name,
        "title": plain(answer.title),
        "unit": short_unit(answer.study, answer.name, answer.unit),
        "inverseUnit": short_unit(answer.study, answer.name, answer.inverse_unit),
        "disputes": list(quantity.disputes),
        "sources": [list(sources) for sources in quantity.sources],
        "shown": _most_disputed(answer),
        "nonpositive": nonpositive.tolist(),
        "laws": laws,
    }


def _laws(answer: Answer, nonpositive: Array) -> Iterator[Law]:
    drawn, most = answer.drawn, answer.study.denominators.estimable
    pools = drawn.by(answer.rule)
    if nonpositive.min() <= most:
        yield Law("all", drawn.all_worlds, pools.all_worlds, answer.summary)
    if nonpositive.max() > most:
        if drawn.inverse is not None and pools.inverse is not None:
            factor = 1 / (answer.unit.scale * answer.inverse_unit.scale)
            yield Law("inverse", drawn.inverse, pools.inverse, answer.inverse, factor)
        if drawn.given_positive.strata.mass.any():
            summary = answer.given_positive_denominator
            yield Law("given_positive", drawn.given_positive, pools.given_positive, summary)


def _grids(answer: Answer, law: Law) -> Grids:
    return Grids(
        samples=law.drawn.samples,
        report=answer.study.report,
        rule=answer.rule,
        summary=law.summary,
        factor=law.factor,
        refusals=list(_refusals(law.pool)) if isinstance(law.pool, RulePool) else (),
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
