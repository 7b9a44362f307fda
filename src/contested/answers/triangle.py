"""The weight triangle: one dispute of three sources under every weighting of a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from contested.answers.bounds import Bound
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.forms import form_of
from contested.engine.model import Quantity
from contested.engine.weights import side_by_side, weight_arrays
from contested.errors import ContestedError
from contested.language.nodes import Weights
from contested.shapes.base import Array

if TYPE_CHECKING:
    import pandas as pd

CORNERS = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Triangle:
    """An answer over all weightings of a dispute of three sources.

    Attributes
    ----------
    sources : tuple of str
        In the scenario's order.
    weights : ndarray, shape (weighting, 3)
        Shares among those sources.
    median : ndarray, shape (weighting,)
        Of the estimate, in its unit; nan where it is not estimable.
    probabilities : mapping of str to ndarray, shape (weighting,)
        By question.
    """

    dispute: str
    sources: tuple[str, ...]
    estimate: str
    weights: Array
    median: Array
    probabilities: Mapping[str, Array]

    def __repr__(self) -> str:
        many = f"{len(self.weights):,} weightings of {', '.join(self.sources)}"
        return f"<Triangle of {self.dispute}: {self.estimate} under {many}>"

    def table(self) -> pd.DataFrame:
        """A row a weighting: a column of shares for each source, the median, and P(question) for each."""
        import pandas as pd

        columns = {f"{self.dispute}.{source}": self.weights[:, i] for i, source in enumerate(self.sources)}
        asked = {f"P({name})": values for name, values in self.probabilities.items()}
        return pd.DataFrame({**columns, f"median of {self.estimate}": self.median, **asked})


def triangle(result: Result, dispute: str, estimate: str | None = None, steps: int = 100) -> Triangle:
    """The pooled median of an estimate, and every question's probability, over all weightings of a dispute.

    Parameters
    ----------
    result : Result
        Pooled by the linear rule; the other disputes stay at its weighting.
    dispute : str
        One of three sources.
    estimate : str, optional
        The scenario's first where absent.
    steps : int
        How many steps an edge has: 100 give 5,151 weightings.

    Notes
    -----
    A question under which a denominator vanishes too often at the result's own weighting has its lower limit.

    Raises
    ------
    ContestedError
        Where the dispute is unknown or has not three sources, the estimate is unknown or rests on bounds
        alone, there is less than one step, or the rule is not linear.
    """
    if steps < 1 or result.rule != "linear":
        raise ContestedError(
            f"a triangle is of linear pools, with a step or more (got {result.rule}, {steps})"
        )
    sources = _corners(result, dispute)
    name = next(iter(result.estimates)) if estimate is None else estimate
    answer = result.estimates.get(name)
    if answer is None or isinstance(answer, Bound):
        known = ", ".join(key for key, found in result.estimates.items() if not isinstance(found, Bound))
        raise ContestedError(f"no estimate with a distribution is named {name!r}; there are {known}")
    grid = _grid(steps)
    moved = _Moved(result.weights, dispute, sources, grid)
    questions = [question for question in result.questions.values() if isinstance(question, Probability)]
    return Triangle(
        dispute=dispute,
        sources=sources,
        estimate=name,
        weights=grid,
        median=_medians(answer, moved),
        probabilities={question.name: _probabilities(question, moved) for question in questions},
    )


def _corners(result: Result, dispute: str) -> tuple[str, ...]:
    disputes = result.study.disputes
    if dispute not in disputes:
        raise ContestedError(f"no dispute is named {dispute!r}; there are {', '.join(disputes)}")
    found = tuple(name for name in disputes[dispute].sources if name in disputes[dispute].listed)
    if len(found) != CORNERS:
        raise ContestedError(f"a triangle needs a dispute of three sources ({dispute} has {len(found)})")
    return found


def _grid(steps: int) -> Array:
    """Shares of three sources: shape (weighting, 3)."""
    first, second = np.indices((steps + 1, steps + 1)).reshape(2, -1)
    inside = first + second <= steps
    corners = np.stack([first[inside], second[inside], steps - first[inside] - second[inside]], axis=1)
    return corners / steps


@dataclass(frozen=True, slots=True)
class _Moved:
    """Weightings that differ in one dispute.

    Attributes
    ----------
    grid : ndarray, shape (weighting, source)
        Shares among the sources listed; what is left to the truth that nobody listed stays.
    """

    weights: Weights
    dispute: str
    sources: tuple[str, ...]
    grid: Array

    def arrays(self, quantity: Quantity) -> list[Array]:
        """Weights of each of a quantity's disputes: shapes (weighting, source)."""
        kept = weight_arrays(quantity, self.weights)
        return [
            self._own(names) if dispute == self.dispute else np.broadcast_to(own, (len(self.grid), len(own)))
            for dispute, names, own in zip(quantity.disputes, quantity.sources, kept, strict=True)
        ]

    def _own(self, names: Sequence[str]) -> Array:
        own = self.weights[self.dispute]
        among = 1 - sum(own[name] for name in names if name not in self.sources)
        columns = dict(zip(self.sources, self.grid.T * among, strict=True))
        still = np.ones(len(self.grid))
        return np.stack([columns.get(name, still * own[name]) for name in names], axis=1)


def _medians(answer: Answer, moved: _Moved) -> Array:
    """The pooled median under each weighting; nan where the ratio is not estimable."""
    arrays = moved.arrays(answer.drawn.quantity)
    rows = side_by_side(arrays) if arrays else np.ones((len(moved.grid), 1))
    medians = answer.drawn.all_worlds.strata.quantile(rows, [0.5])[:, 0]
    vanishing = rows @ answer.drawn.nonpositive.mean(axis=0) > answer.study.denominators.estimable
    return np.where(vanishing, np.nan, medians)


def _probabilities(question: Probability, moved: _Moved) -> Array:
    form = form_of(question.tally, question.limited).pooled
    return np.asarray(form.at(moved.arrays(question.tally.quantity))[0])
