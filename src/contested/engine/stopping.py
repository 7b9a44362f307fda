"""When the draws are enough: every printed median, end and probability within the tolerance."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from contested.engine.draws import Key
from contested.engine.pooling import Pool
from contested.engine.precision import sectioning
from contested.engine.readings import chance
from contested.engine.run import Drawn, Run, Tally
from contested.engine.weights import pool, single_source, stratum_weights
from contested.language.nodes import Rule, Study, Weights
from contested.shapes.base import Array


def imprecise(
    run: Run,
    study: Study,
    rule: Rule = "linear",
    *,
    suspect: str | None = None,
    besides: Weights | None = None,
) -> str | None:
    """The name of a quantity that is not precise enough yet, or None.

    Under every named weighting and each single source, a value's error counts against the larger of its
    size and half the width of its widest interval, a probability's as it is; highest-density ends are not
    waited for, nor what holds only given that a denominator is positive where that hardly ever is: a handful
    of worlds would need as many more as it is rare.

    Single sources are taken with the other disputes as the scenario's default has them, and draws wait for
    no weights of a caller's own, so that all weightings have the same worlds: what differs between two of
    them is then never the draws.

    Parameters
    ----------
    rule : Rule
        By which strata are pooled; where it is undefined, nothing is waited for.
    suspect : str, optional
        The quantity to look at first: most often the one that was imprecise before.
    besides : mapping, optional
        Weights to judge too, which draws did not wait for.
    """
    checks = _checks(run, study, rule, besides)
    ordered = sorted(checks.items(), key=lambda check: check[0][1] != suspect)
    return next((name for (_, name), holds in ordered if not holds()), None)


def precise(run: Run, study: Study, rule: Rule, among: Iterable[Key]) -> Iterator[Key]:
    """Those of some quantities, by kind and name, that are precise enough, as `imprecise` has it."""
    checks = _checks(run, study, rule)
    return (key for key in among if checks[key]())


def _checks(
    run: Run, study: Study, rule: Rule, besides: Weights | None = None
) -> dict[Key, Callable[[], bool]]:
    """By kind and name, what finds whether a quantity is precise enough."""
    shown = _Shown(run, study, rule, besides)
    checks: dict[Key, Callable[[], bool]] = {}
    for drawn in (*run.estimates.values(), *run.figures.values()):
        checks[drawn.quantity.kind, drawn.quantity.name] = partial(shown.precise, drawn)
    for name, tally in run.questions.items():
        checks["question", name] = partial(shown.probable, tally)
    return checks


def interval_ends(levels: Sequence[float]) -> tuple[float, ...]:
    """Probabilities of the ends of equal-tailed intervals: low and high of each, one after another."""
    return tuple(end for level in levels for end in ((1 - level) / 2, (1 + level) / 2))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is printed of a run: under every named weighting, each single source, and some weights besides."""

    run: Run
    study: Study
    rule: Rule
    besides: Weights | None

    def precise(self, drawn: Drawn) -> bool:
        """Whether an estimate's or figure's medians and equal-tailed ends are within the tolerance."""
        return all(self._within(pools, rows) for pools, rows in self._pools(drawn))

    def _within(self, pools: Pool, rows: Array) -> bool:
        asked = (0.5, *interval_ends(self.study.report.levels))
        values, errors = pools(rows[[pools.undefined(row) is None for row in rows]], asked)
        ends = values[:, 2::2] - values[:, 1::2]  # they stand in pairs; the widest level's counts
        half = ends.max(axis=1) / 2
        tolerance = self.study.sampling.tolerance
        return bool(np.all(errors <= tolerance * np.maximum(np.abs(values), half[:, None])))

    def _pools(self, drawn: Drawn) -> Iterator[tuple[Pool, Array]]:
        """The pools that are printed under each weighting: a ratio, or what stands in for it."""
        pools, rows = drawn.by(self.rule), self._rows(drawn)
        if not drawn.screen.risky:
            yield pools.all_worlds, rows
            return
        vanishing = rows @ drawn.nonpositive.mean(axis=0) > self.study.denominators.estimable
        if not vanishing.all():
            yield pools.all_worlds, rows[~vanishing]
        if vanishing.any():
            positive = 1 - rows @ drawn.nonpositive.mean(axis=0)
            possible = rows[vanishing & (positive > self.study.denominators.estimable)]
            if possible.size:
                yield pools.given_positive, possible
            if pools.inverse is not None:
                yield pools.inverse, rows[vanishing]

    def probable(self, tally: Tally) -> bool:
        """Whether a question's probabilities are within the tolerance."""
        rows, tolerance = self._rows(tally), self.study.sampling.tolerance
        if self.rule == "linear":
            each = np.stack([pool(tally.true_and_positive, row) for row in rows], axis=1)
            return bool(np.all(sectioning(each, each.mean(axis=0)) <= tolerance))
        found = (chance(tally, row, self.rule, self.run.estimates, self.study.denominators) for row in rows)
        return all(one.mcse is None or one.mcse <= tolerance for one in found)

    def _rows(self, drawn: Drawn | Tally) -> Array:
        """Stratum weights of every weighting and each single source: shape (weighting, stratum)."""
        quantity, default = drawn.quantity, self.study.weightings[self.study.default]
        alone = [
            single_source(default, dispute, source)
            for dispute in quantity.disputes
            for source in sorted(default[dispute])
        ]
        besides = () if self.besides is None else (self.besides,)
        weightings = (*self.study.weightings.values(), *alone, *besides)
        rows = np.array([stratum_weights(quantity, weights) for weights in weightings])
        return np.unique(rows, axis=0)
