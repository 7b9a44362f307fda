"""The rules of pooling by name, and what each needs of the strata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.engine.averaging import Averages
from contested.engine.logarithmic import LogarithmicPool
from contested.engine.pooling import Law, Pool, RulePool, StratumReach
from contested.engine.quantiles import Quantiles
from contested.language.nodes import Rule
from contested.shapes.base import Array, Reach


def pool_by(rule: Rule, linear: Quantiles, strata: Sequence[StratumReach]) -> Pool:
    """The pools of some strata by a rule.

    Parameters
    ----------
    rule : Rule
    linear : Quantiles
        Their draws, and their linear pool.
    strata : sequence of StratumReach
    """
    if rule == "linear":
        return linear
    if rule == "logarithmic":
        return LogarithmicPool(linear, strata)
    return QuantileAverage(linear, strata, logarithmic=rule == "log-quantile")


@dataclass(frozen=True)
class QuantileAverage(RulePool):
    """Quantiles averaged on the natural scale, or on the log scale."""

    logarithmic: bool = False

    def pooled(self, used: NDArray[np.intp], weights: Array) -> Law | str:
        """The averages; on the log scale every stratum must be positive by analysis."""
        for stratum in used if self.logarithmic else ():
            if not _positive(self.strata[stratum].reach):
                return (
                    "quantiles are averaged as logarithms, and what follows from "
                    f"{self.named(stratum)} may be zero or negative"
                )
        return Averages(self.linear, used, weights, self.logarithmic)


def _positive(reach: Reach) -> bool:
    """Whether a law lies above 0 by analysis, and holds no mass at 0."""
    return reach.low >= 0 and reach.zero > 0
