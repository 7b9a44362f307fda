"""What the corners of a weight triangle say: with the cdf or probability there, all between is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.answers.grade import EVEN
from contested.answers.questions import Probability
from contested.engine.forms import form_of
from contested.engine.weights import stratum_weights, weight_arrays
from contested.language.nodes import NONE_OF_THESE, Weights
from contested.report.charts.axes import Axis
from contested.report.charts.simplex_map import CORNERS, Level, Line, distance, half, lines
from contested.shapes.base import Array

_LENGTH, _SIZE = 200, 11  # pixels and size of text of an axis that has as many values as a triangle has lines
_SHARES = (
    (0.1, 0.25, 0.5, 0.75, 0.9),
    (0.05, *(index / 10 for index in range(1, 10)), 0.95),
    *([index / count for index in range(1, count)] for count in (20, 50, 100)),
)  # finer and finer


@dataclass(frozen=True, slots=True, kw_only=True)
class Simplex:
    """One quantity over all weightings of a dispute of three sources.

    Attributes
    ----------
    low, high : float
        Its least and greatest value; those of a linear pool's quantiles lie at corners.
    levels : tuple of Level
        Round values between, rising.
    within : ndarray, shape (corner, 3)
        The weightings under which it is defined.
    turning : float or None
        The value at which an answer flips.
    """

    low: float
    high: float
    levels: tuple[Level, ...]
    within: Array
    turning: float | None = None

    def apart(self, gap: float) -> Simplex:
        """The same without levels whose lines would run together, or be but a stroke in a corner.

        Parameters
        ----------
        gap : float
            Shares of weight that the ends of a line must lie apart, and one end or the other of two lines;
            the line at which an answer flips goes before others.
        """
        kept: list[Line] = []
        for line in sorted(lines(self.levels, self.within), key=lambda line: line.value != self.turning):
            long = np.abs(line.ends[0] - line.ends[1]).max() >= gap
            if long and all(distance(line, other) >= gap for other in kept):
                kept.append(line)
        values = {line.value for line in kept}
        return replace(self, levels=tuple(level for level in self.levels if level.value in values))


def corner_weights(weights: Weights, dispute: str, source: str) -> Weights:
    """A weighting with all that a dispute's listed sources share given to one; the rest stays."""
    own = weights[dispute]
    among = sum(weight for name, weight in own.items() if name != NONE_OF_THESE)
    return {
        **weights,
        dispute: {name: own[name] if name == NONE_OF_THESE else among * (name == source) for name in own},
    }


def of_median(comparison: Comparison, dispute: str, answer: Answer, sources: Sequence[str]) -> Simplex | None:
    """The pooled median; None where it is estimable nowhere.

    Parameters
    ----------
    answer : Answer
        Pooled by the linear rule.
    sources : sequence of str
        The three, in the order of the corners.
    """
    weights = [corner_weights(comparison.result.weights, dispute, source) for source in sources]
    rows = np.stack([stratum_weights(answer.drawn.quantity, own) for own in weights])
    vanishing = rows @ answer.drawn.nonpositive.mean(axis=0)
    within = half(CORNERS, vanishing - answer.study.denominators.estimable)
    if len(within) == 0:
        return None
    strata = answer.drawn.all_worlds.strata
    medians = strata.quantile(within @ rows, [0.5])[:, 0]
    low, high = float(medians.min()), float(medians.max())
    values = _round_values(low, high)
    cdfs = strata.cdf(rows, values) if values else np.empty((len(sources), 0))
    levels = tuple(Level(value, 0.5 - cdfs[:, index]) for index, value in enumerate(values))
    return Simplex(low=low, high=high, levels=levels, within=within)


def of_question(
    comparison: Comparison, dispute: str, question: Probability, sources: Sequence[str]
) -> Simplex:
    """A question's probability; its lower limit, where a denominator vanishes too often at the weighting."""
    quantity = question.tally.quantity
    weights = [corner_weights(comparison.result.weights, dispute, source) for source in sources]
    rows = zip(*(weight_arrays(quantity, own) for own in weights), strict=True)
    form = form_of(question.tally, question.limited).pooled
    corners = np.asarray(form.at([np.stack(row) for row in rows])[0])
    low, high = float(corners.min()), float(corners.max())
    levels = tuple(Level(value, corners - value) for value in _round_shares(low, high))
    return Simplex(low=low, high=high, levels=levels, within=CORNERS, turning=EVEN)


def _round_values(low: float, high: float) -> list[float]:
    if not low < high:
        return []
    ticks = Axis.over([low, high], 0, _LENGTH).ticks(_SIZE)
    return [value for value in ticks if low < value < high]


def _round_shares(low: float, high: float) -> list[float]:
    """The coarsest of some sets of probabilities of which two lie between, or else the finest."""
    found: list[float] = []
    for candidates in _SHARES:
        found = [share for share in candidates if low < share < high]
        if len(found) > 1:
            break
    return found
