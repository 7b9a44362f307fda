"""One scenario under every assumption about whom to believe; nothing is drawn twice but where it must be."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from contested.answers.break_even import BreakEven, Segment, break_evens, pro_rata, segments
from contested.answers.drivers import DriversByEstimate
from contested.answers.learning import Learning
from contested.answers.replayed import replayed
from contested.answers.result import Result
from contested.answers.scopes import under_scope
from contested.answers.sets import Span, spans
from contested.answers.tipping import Tipping
from contested.answers.triangle import Triangle, triangle
from contested.engine.model import Quantity
from contested.engine.replay import Replay
from contested.engine.stopping import interval_ends
from contested.engine.weights import single_source, stratum_weights
from contested.errors import ContestedError
from contested.language.lines import effective_lines
from contested.language.nodes import NONE_OF_THESE, RULES, Dispute, Rule, Study, Weights
from contested.language.scopes import SCOPES, NotApplicable, Scope
from contested.shapes.base import Array

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a comparison sets side by side.

    Attributes
    ----------
    weightings : tuple of str
        The named weightings.
    within : float
        Total-variation distance from the default weighting, in each dispute.
    contaminate : float or None
        Share of the default weighting that may go to any source, in each dispute.
    at : tuple of float
        Probabilities whose crossing is looked for.
    """

    weightings: tuple[str, ...]
    within: float = 0.2
    contaminate: float | None = None
    at: tuple[float, ...] = (0.5,)


@dataclass(frozen=True, repr=False)
class Comparison:
    """A result beside what other weightings, rules and scopes would make of the same figures.

    Attributes
    ----------
    result : Result
        Under the scenario's default weighting, from which sets, break-evens and shares left out start.
    asked : Asked

    Examples
    --------
    >>> import contested
    >>> comparison = contested.load("configs/isw-2025.yaml").compare()  # doctest: +SKIP
    >>> comparison.table("answers")  # doctest: +SKIP
    >>> comparison.break_even["isw_headline"]  # doctest: +SKIP
    """

    result: Result
    asked: Asked

    def __repr__(self) -> str:
        return f"<Comparison of {self.study.name} under {', '.join(self.asked.weightings)}>"

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        from contested.report.notebook import comparison_html

        return comparison_html(self)

    @property
    def study(self) -> Study:
        """The scenario's values."""
        return self.result.study

    @cached_property
    def linear(self) -> Result:
        """The linear pool: sets, break-evens and drivers are of mixtures, whatever rule the scenario has."""
        return self.result.pooled_by("linear")

    @cached_property
    def weightings(self) -> Mapping[str, Result]:
        """Every named weighting."""
        return self._shifted[0]

    @cached_property
    def leave_out(self) -> Mapping[str, Mapping[str, Result]]:
        """Each source left out, its weight moved to the others of its dispute pro rata."""
        return self._shifted[1]

    @cached_property
    def rules(self) -> Mapping[Rule, Result]:
        """The default weighting under each rule of pooling."""
        return {rule: self.result.pooled_by(rule) for rule in RULES}

    @cached_property
    def scopes(self) -> Mapping[Scope, Result | NotApplicable]:
        """The default weighting under each scope of who is right; all but the scenario's is drawn anew."""
        return {scope: under_scope(self.result, scope) for scope in SCOPES}

    @cached_property
    def asked_under(self) -> Mapping[Scope, Result | NotApplicable]:
        """The questions alone under each scope: much less to draw where there are many estimates besides."""
        return {scope: under_scope(self.result, scope, questions_alone=True) for scope in SCOPES}

    @cached_property
    def sets(self) -> Mapping[str, Span]:
        """The lowest and highest answers over whole sets of weightings."""
        return spans(self.linear, within=self.asked.within, contaminate=self.asked.contaminate)

    @cached_property
    def break_even(self) -> Mapping[str, Mapping[str, Mapping[str, BreakEven]] | None]:
        """By question, dispute and source, the share of weight at which each level is crossed."""
        return {
            name: break_evens(question, self.result.weights, self.asked.at)
            for name, question in self.linear.questions.items()
        }

    @cached_property
    def segments(self) -> Mapping[str, Mapping[str, Segment] | None]:
        """By question, where its probability crosses each level between two named weightings."""
        named = {name: self.study.weightings[name] for name in self.asked.weightings}
        return {
            name: segments(question, named, self.asked.at) for name, question in self.linear.questions.items()
        }

    @cached_property
    def tipping(self) -> Tipping:
        """By question, the values of its inputs at which its probability crosses each level."""
        return Tipping.of(self.linear, self.asked.at, self._replay)

    @cached_property
    def explained(self) -> DriversByEstimate:
        """By estimate, where its width comes from; worked out for those that are asked for."""
        return DriversByEstimate(self.linear)

    @cached_property
    def learning(self) -> Learning:
        """By question, what it is worth to learn who is right, or an input's value."""
        return Learning.of(self.linear, self._replay)

    @cached_property
    def effective_lines(self) -> Mapping[str, float]:
        """By dispute, how many independent lines of evidence the default weighting amounts to."""
        return {
            name: effective_lines(self.result.weights[name], self.study.lines[name])
            for name in self.study.disputes
        }

    def simplex(self, dispute: str, estimate: str | None = None, steps: int = 100) -> Triangle:
        """An estimate's median and every question's probability over all weightings of three sources."""
        return triangle(self.linear, dispute, estimate, steps)

    def forest(self, estimate: str | None = None) -> alt.LayerChart:
        """A picture of an estimate under each source, weighting, source left out and rule of pooling.

        Parameters
        ----------
        estimate : str, optional
            The scenario's first where absent, here as in the other pictures.

        Raises
        ------
        ContestedError
            Where no estimate has that name.
        """
        from contested.report.charts.chart import chart
        from contested.report.charts.forest import forest

        return chart(forest(self, estimate))

    def grid(self, estimate: str | None = None) -> alt.LayerChart | None:
        """A picture of an estimate under each pair of sources of two disputes; None where it has not two."""
        from contested.report.charts.chart import chart
        from contested.report.charts.grid import grid

        found = grid(self, estimate)
        return None if found is None else chart(found)

    def triangle(self, dispute: str, estimate: str | None = None) -> alt.LayerChart:
        """A picture of an estimate's median over all weightings of three sources; bars of other numbers.

        Raises
        ------
        ContestedError
            Where no dispute or estimate has that name.
        """
        from contested.report.charts.chart import chart
        from contested.report.charts.triangle import triangle

        return chart(triangle(self, dispute, estimate))

    def drivers(self, estimate: str | None = None) -> alt.LayerChart:
        """A picture of where an estimate's width comes from; `explained` has the numbers."""
        from contested.report.charts.chart import chart
        from contested.report.charts.drivers import drivers

        return chart(drivers(self, estimate))

    def table(self, name: str = "answers") -> pd.DataFrame:
        """One of the tidy tables: answers, sets, break_even, segments, tipping, drivers or learning.

        Raises
        ------
        ContestedError
            Where there is no such table.
        """
        import pandas as pd

        from contested.answers.comparison_table import COLUMNS, rows

        if name not in COLUMNS:
            raise ContestedError(f"no table is named {name!r}; there are {', '.join(COLUMNS)}")
        return pd.DataFrame(list(rows(self, name)), columns=list(COLUMNS[name]))

    def to_dict(self) -> dict[str, Any]:
        """The comparison as one JSON object: full precision, non-finite as None."""
        from contested.answers.comparison_document import document

        return document(self)

    def to_json(self) -> str:
        """The same as text; the same scenario, seed and version give the same bytes."""
        return (
            json.dumps(self.to_dict(), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
        )

    @cached_property
    def _shifted(self) -> tuple[dict[str, Result], dict[str, dict[str, Result]]]:
        """The named weightings, and each source left out; what is asked of one is worked out for them all."""
        own = self.result.weights
        named = {name: self.result.under(name) for name in self.asked.weightings}
        left = {
            name: {
                source: replace(self.result, weighting=None, weights={**own, name: rest})
                for source, rest in _without_each(dispute, own[name])
            }
            for name, dispute in self.study.disputes.items()
            if len(dispute.listed) > 1
        }
        without = (result for sources in left.values() for result in sources.values())
        _expect([*named.values(), *without])
        return named, left

    @cached_property
    def _replay(self) -> Replay:
        return replayed(self.linear)


def _expect(results: Sequence[Result]) -> None:
    """Have each estimate's strata asked once for all that the results may show, by source too."""
    if not results:
        return
    first = results[0]
    for drawn in first.run.estimates.values() if first.rule == "linear" else ():
        if not drawn.screen.risky:
            rows = [row for result in results for row in _rows(drawn.quantity, result.weights)]
            levels = first.study.report.levels
            drawn.all_worlds.expect(np.unique(rows, axis=0), (0.5, *interval_ends(levels)))


def _rows(quantity: Quantity, weights: Weights) -> Iterator[Array]:
    """Stratum weights under a weighting, and with each source of each dispute taken to be right."""
    yield stratum_weights(quantity, weights)
    for dispute in quantity.disputes:
        for source in weights[dispute]:
            yield stratum_weights(quantity, single_source(weights, dispute, source))


def _without_each(dispute: Dispute, weights: Mapping[str, float]) -> Iterator[tuple[str, dict[str, float]]]:
    """The weights of a dispute's sources without each of those listed, in the scenario's order."""
    names = sorted(dispute.sources)
    may_move = np.array([name != NONE_OF_THESE for name in names])
    left, _ = pro_rata(np.array([weights[name] for name in names]), may_move)
    rests = dict(zip(dispute.listed, left.tolist(), strict=True))
    for source in dispute.sources:
        if source in rests:
            yield source, dict(zip(names, rests[source], strict=True))
