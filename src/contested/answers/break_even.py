"""What one would have to believe for an answer to flip: break-even weights, and ways between weightings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from contested.answers.bounds import Settled
from contested.answers.document import number
from contested.answers.questions import Probability
from contested.engine.crossing import Crossing, crossings
from contested.engine.design import REPLICATES
from contested.engine.forms import Form, form_of
from contested.engine.model import Quantity
from contested.engine.weights import listed, weight_arrays
from contested.language.nodes import Weights
from contested.shapes.base import Array


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Segment:
    """Where a question's probability crosses each level on the way from one weighting to another.

    `at` holds a crossing per level; its roots are shares of the way.
    """

    at: tuple[Crossing, ...]

    def __repr__(self) -> str:
        return f"<Segment: {'; '.join(map(_crossed, self.at))}>"

    def to_dict(self) -> dict[str, Any]:
        """As JSON: by level the roots ([] means never), their errors, and the nearest probability."""
        return {
            "at": {level_key(found.level): list(found.roots) for found in self.at},
            "mcse": {level_key(found.level): [number(error) for error in found.mcse] for found in self.at},
            "nearest": {level_key(found.level): found.nearest for found in self.at},
        }


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class BreakEven:
    """The shares of one source's weight at which a question's probability crosses each level.

    Attributes
    ----------
    share_now : float
        Its share among the listed sources.
    at : tuple of Crossing
        One per level; roots are shares among the listed sources.
    """

    share_now: float
    at: tuple[Crossing, ...]

    def __repr__(self) -> str:
        return f"<BreakEven: now {self.share_now:.4g}; {'; '.join(map(_crossed, self.at))}>"

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {"share_now": self.share_now, **Segment(at=self.at).to_dict()}


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """A question's probability as a function of the weights alone.

    Attributes
    ----------
    quantity : Quantity
        Whose disputes and sources the form's axes are.
    form : Form
    """

    quantity: Quantity
    form: Form

    @classmethod
    def of(cls, question: Probability | Settled) -> QuestionForm | None:
        """A question's form; None where it rests on bounds that leave it open in some stratum.

        Under every weighting it is the same probability as under the question's own: the lower limit, true
        with every denominator positive, where a denominator vanishes too often under that (`limited`).
        """
        if isinstance(question, Probability):
            return cls(question.tally.quantity, form_of(question.tally, question.limited))
        if any(verdict is None for verdict in question.verdicts):
            return None
        sure = np.tile(np.array(question.verdicts, dtype=float), (REPLICATES, 1))  # nothing is drawn
        return cls(question.quantity, Form.of(question.quantity, sure))


def break_evens(
    question: Probability | Settled, weights: Weights, levels: Sequence[float]
) -> Mapping[str, Mapping[str, BreakEven]] | None:
    """By dispute and source, the share of weight at which a question's probability crosses each level.

    A source's share moves from 0 to 1 and the others of its dispute keep the rest pro rata, or share it
    evenly where none of them has weight; the other disputes stay as they are. What is left to the truth
    that nobody listed stays where it is: shares are those among the listed.

    Parameters
    ----------
    question : Probability or Settled
        Where a denominator in it vanishes too often under its own weighting (the default's, in a
        comparison), crossed is the lower limit, true with every denominator positive.
    weights : mapping
        From which weight is moved.
    levels : sequence of float
        Probabilities to cross.

    Returns
    -------
    mapping or None
        Dispute to source, without disputes that leave no choice: of one listed source, or with no weight on
        those listed. None for a question that bounds leave open in some stratum.
    """
    asked = QuestionForm.of(question)
    if asked is None:
        return None
    quantity, own = asked.quantity, weight_arrays(asked.quantity, weights)
    found: dict[str, dict[str, BreakEven]] = {}
    for index, (dispute, may_move) in enumerate(zip(quantity.disputes, listed(quantity), strict=True)):
        if may_move.sum() > 1 and own[index][may_move].sum() > 0:
            each = dict(_by_source(asked, index, own, may_move, levels))
            found[dispute] = {source: each[source] for source in weights[dispute] if source in each}
    return found


def segments(
    question: Probability | Settled, weightings: Mapping[str, Weights], levels: Sequence[float]
) -> Mapping[str, Segment] | None:
    """For every two named weightings, `a>b`, where a question's probability crosses each level between them.

    Parameters
    ----------
    question : Probability or Settled
        As in `break_evens`.
    weightings : mapping
        By name; of two, the way leads from the earlier.
    levels : sequence of float

    Returns
    -------
    mapping or None
        A root λ is the share of the way from a to b: (1 - λ) of a's weights and λ of b's, in all disputes
        at once. None for a question that bounds leave open in some stratum.
    """
    asked = QuestionForm.of(question)
    if asked is None:
        return None
    names = [f"{first}>{last}" for first, last in combinations(weightings, 2)]
    arrays = [weight_arrays(asked.quantity, weights) for weights in weightings.values()]
    if not names:
        return {}
    firsts, lasts = zip(*combinations(arrays, 2), strict=True)
    if asked.form.disputes:
        coefficients = asked.form.along(_stacked(firsts), _stacked(lasts))
    else:
        coefficients = np.repeat(asked.form.along([], [])[:, None], len(names), axis=1)
    return {name: Segment(at=crossings(coefficients[:, index], levels)) for index, name in enumerate(names)}


def pro_rata(own: Array, may_move: NDArray[np.bool_]) -> tuple[Array, Array]:
    """A dispute's weights without each listed source, and with it alone, the unlisted as they are.

    Between the two, a source's share among the listed goes from 0 to 1 and the others keep their
    proportions; they share evenly where they have no weight.

    Parameters
    ----------
    own : ndarray, shape (source,)
    may_move : ndarray of bool, shape (source,)
        Which are listed: two at least, with weight above 0 together.

    Returns
    -------
    without, alone : ndarray, shape (listed source, source)
    """
    total = own[may_move].sum()
    alone = np.eye(len(own))[may_move]
    others = may_move & (alone == 0)
    rest = np.where(others, own, 0.0)
    rest = np.where(rest.any(axis=1, keepdims=True), rest, others)
    unlisted = np.where(may_move, 0.0, own)
    return total * rest / rest.sum(axis=1, keepdims=True) + unlisted, total * alone + unlisted


def level_key(level: float) -> str:
    """A level as the shortest decimal: 0.5, 0.25."""
    return f"{Decimal(repr(float(level))).normalize():f}"


def _crossed(found: Crossing) -> str:
    """Where a level is crossed, with Monte Carlo errors, or how near it comes."""
    if not found.roots:
        return f"P = {found.level:g} nowhere, the nearest is {found.nearest:.4g}"
    roots = zip(found.roots, found.mcse, strict=True)
    return f"P = {found.level:g} at {' and '.join(f'{root:.4g} (mcse {error:.1g})' for root, error in roots)}"


def _by_source(
    asked: QuestionForm,
    index: int,
    own: Sequence[Array],
    may_move: NDArray[np.bool_],
    levels: Sequence[float],
) -> Iterator[tuple[str, BreakEven]]:
    """The listed sources of one dispute, each with its break-evens."""
    given = asked.form.vary(index, own)[:, None]
    without, alone = ((given * rows).sum(axis=-1) for rows in pro_rata(own[index], may_move))
    coefficients = np.stack([without, alone - without], axis=-1)
    shares = own[index][may_move] / own[index][may_move].sum()
    for place, source in enumerate(np.array(asked.quantity.sources[index])[may_move].tolist()):
        at = crossings(coefficients[:, place], levels)
        yield source, BreakEven(share_now=float(shares[place]), at=at)


def _stacked(weightings: Sequence[tuple[Array, ...]]) -> list[Array]:
    """Weightings as rows of each dispute's array."""
    return [np.stack(rows) for rows in zip(*weightings, strict=True)]
