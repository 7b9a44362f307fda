"""Results: every number of a run under one weighting; another weighting draws nothing again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from contested.answers.assumptions import Assumptions
from contested.answers.bounds import Bound, Settled, bounds, settled
from contested.answers.document import document
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.engine.model import Model
from contested.engine.run import Run
from contested.engine.stopping import imprecise
from contested.errors import ContestedError
from contested.language.nodes import RULES, Rule, Study, Weights

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd
    from xarray import DataTree


@dataclass(frozen=True, repr=False)
class Result:
    """What a scenario's run says under one weighting.

    Attributes
    ----------
    model : Model
        The scenario as it was run.
    run : Run
        What was drawn.
    weighting : str or None
        The weighting's name; None for one that has none.
    weights : mapping
        Dispute to source to weight, normalised.
    rule : Rule
        By which the strata are pooled.

    Examples
    --------
    >>> import contested
    >>> result = contested.load("configs/isw-2025.yaml").run()  # doctest: +SKIP
    >>> result["per_km2_2025"].interval(0.9).low  # doctest: +SKIP
    >>> result.under({"toll": {"osint": 3, "others": 1}}).table()  # doctest: +SKIP
    """

    model: Model
    run: Run
    weighting: str | None
    weights: Weights
    rule: Rule

    def __repr__(self) -> str:
        under = f"weighting {self.weighting!r}" if self.weighting else "weights of its own"
        if self.rule != "linear":
            under = f"{under}, pooled by the {self.rule} rule"
        answers = (*self.estimates.values(), *self.questions.values())
        return "\n".join([f"<Result of {self.study.name} under {under}>", *map(repr, answers)])

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        from contested.report.notebook import result_html

        return result_html(self)

    @property
    def study(self) -> Study:
        """The scenario's values."""
        return self.model.study

    @cached_property
    def estimates(self) -> Mapping[str, Answer | Bound]:
        """The answer to every estimate, in the scenario's order."""
        bounded = bounds(self.model, self.weights)
        return {
            name: bounded[name]
            if name in bounded
            else Answer(
                self.study, self.run.estimates[name], self.weights, estimate.title, estimate.unit, self.rule
            )
            for name, estimate in self.study.estimates.items()
        }

    @cached_property
    def figures(self) -> Mapping[str, Answer]:
        """Every figure that has a distribution, pooled and by source."""
        return {
            name: Answer(
                self.study, self.run.figures[name], self.weights, figure.title, figure.unit, self.rule
            )
            for name, figure in self.study.figures.items()
            if name in self.run.figures
        }

    @cached_property
    def questions(self) -> Mapping[str, Probability | Settled]:
        """The answer to every question."""
        decided = settled(self.model, self.weights, self.rule)
        return {
            name: decided[name]
            if name in decided
            else Probability(
                self.study,
                self.run.questions[name],
                self.weights,
                question.title,
                self.rule,
                self.run.estimates,
            )
            for name, question in self.study.questions.items()
        }

    @cached_property
    def assumptions(self) -> Assumptions:
        """What is cited and what is judged."""
        return Assumptions.of(self.model)

    @cached_property
    def converged(self) -> bool:
        """Whether all that is waited for reached the tolerance, and what is said under the weights in use."""
        return imprecise(self.run, self.study, self.rule, besides=self.weights) is None

    def __getitem__(self, name: str) -> Answer | Bound:
        """One estimate, or one figure, by name."""
        for answers in (self.estimates, self.figures):
            if name in answers:
                return answers[name]
        raise ContestedError(f"no estimate or figure is named {name!r}; there are {', '.join(self)}")

    def __iter__(self) -> Iterator[str]:
        return iter((*self.estimates, *self.figures))

    def under(self, weighting: str | Mapping[str, Mapping[str, float]]) -> Result:
        """The same draws under another weighting; nothing is drawn again.

        Parameters
        ----------
        weighting : str or mapping
            The name of one of the scenario's weightings, or dispute to source to weight (with `others`);
            disputes not named are even.

        Raises
        ------
        ContestedError
            Where the weighting names something unknown or cannot be normalised.
        """
        name, weights = chosen(self.study, weighting)
        return Result(self.model, self.run, name, weights, self.rule)

    def pooled_by(self, rule: Rule) -> Result:
        """The same draws and weighting, pooled by another rule; nothing is drawn again.

        Parameters
        ----------
        rule : {'linear', 'logarithmic', 'quantile', 'log-quantile'}

        Raises
        ------
        ContestedError
            Where there is no such rule.
        """
        if rule not in RULES:
            raise ContestedError(f"no rule of pooling is named {rule!r}; there are {', '.join(RULES)}")
        return self if rule == self.rule else replace(self, rule=rule)

    def plot(self, estimate: str | None = None) -> alt.LayerChart:
        """A picture of one estimate: its density, median and intervals, pooled and by each source alone.

        Parameters
        ----------
        estimate : str, optional
            The scenario's first where absent.

        Raises
        ------
        ContestedError
            Where no estimate has that name.
        """
        from contested.report.charts.chart import chart
        from contested.report.charts.densities import densities

        return chart(densities(self, estimate))

    def table(self) -> pd.DataFrame:
        """All estimates and questions as a tidy table: a row for each estimate, source and interval."""
        import pandas as pd  # 0.45 s, and only here

        from contested.answers.table import COLUMNS, rows

        return pd.DataFrame(list(rows(self)), columns=list(COLUMNS))

    def to_arviz(self, draws: int | None = None) -> DataTree:
        """Draws of every estimate, figure and question, as ArviZ knows them (extra `arviz`).

        A thinned sample from the pool in which all draws have the same weight, the same for the same seed;
        the result's own numbers use all worlds by their weights, and are more precise. Replicates are the
        chains. A draw is one world with one source of each dispute; which, stands in `sample_stats`. A ratio
        that is not estimable is there as its inverse, where that is finite; titles and units are attributes.

        Parameters
        ----------
        draws : int, optional
            Of each chain; 1,000 where absent, or as many as there are.

        Returns
        -------
        DataTree
            With variables of dimensions (chain, draw).

        Raises
        ------
        ContestedError
            Where arviz-base is not installed, there are not so many worlds, or the rule is not the linear
            one.
        """
        from contested.answers.posterior import to_arviz

        return to_arviz(self, draws)

    def to_dict(self) -> dict[str, Any]:
        """The result as the language page's JSON object: full precision, non-finite as None."""
        return document(self)

    def to_json(self) -> str:
        """The same as text; the same scenario, seed and version give the same bytes."""
        return (
            json.dumps(self.to_dict(), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
        )


def chosen(
    study: Study, weighting: str | Mapping[str, Mapping[str, float]] | None
) -> tuple[str | None, Weights]:
    """A weighting's name, if it has one, and its normalised weights; None is the scenario's default."""
    if weighting is None:
        weighting = study.default
    if isinstance(weighting, str):
        if weighting not in study.weightings:
            raise ContestedError(
                f"no weighting is named {weighting!r}; there are {', '.join(study.weightings)}"
            )
        return weighting, study.weightings[weighting]
    from contested.language.weighting import weights  # reads a scenario's notation, which few have to

    return None, weights(weighting, study)
