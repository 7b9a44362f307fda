"""One question for the page: how often it is true in each stratum, or how it reads off a law."""

from __future__ import annotations

from typing import Any

import numpy as np

from contested.answers.bounds import Settled
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.readings import Reading
from contested.report.interactive.packing import floats
from contested.report.plain import plain


def asked(result: Result, answer: Probability | Settled) -> dict[str, Any]:
    """A question as JSON holds it.

    `verdicts`, by stratum, where one-sided bounds settle it. Else shares of worlds by stratum: in which it is
    `true`, `true_and_positive`, and in which some denominator is `nonpositive`; and by replicate and
    stratum, for its error. `reading` says, under a rule that is no mixture, which values of which estimate
    make it true.
    """
    quantity = answer.quantity if isinstance(answer, Settled) else answer.tally.quantity
    common = {
        "name": answer.name,
        "title": plain(answer.title),
        "disputes": list(quantity.disputes),
        "sources": [list(sources) for sources in quantity.sources],
    }
    if isinstance(answer, Settled):
        return {**common, "verdicts": list(answer.verdicts)}
    tally = answer.tally
    return {
        **common,
        "true": tally.true.mean(axis=0).tolist(),
        "true_and_positive": tally.true_and_positive.mean(axis=0).tolist(),
        "nonpositive": tally.nonpositive.mean(axis=0).tolist(),
        "replicates": floats(np.stack([tally.true, tally.true_and_positive])),
        "reading": None if result.rule == "linear" else _reading(result, answer),
    }


def _reading(result: Result, answer: Probability) -> dict[str, Any] | None:
    reading = Reading.of(answer.tally.quantity.expression)
    if reading is None:
        return None
    scale = result.run.estimates[reading.estimate].quantity.scale
    cuts = [cut / scale for cut in reading.cuts]
    return {"estimate": reading.estimate, "cuts": cuts, "true": list(reading.true)}
