"""The lowest and highest answers over whole sets of weightings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

import numpy as np

from contested.answers.bounds import Bound, Settled
from contested.answers.break_even import QuestionForm
from contested.answers.document import number
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.credal import Around, Box, Contaminated, CredalSet, Everything, Held, Ordered
from contested.engine.envelopes import probability_envelope, quantile_envelopes
from contested.engine.model import Quantity
from contested.engine.stopping import interval_ends
from contested.engine.widest import Widest, widest
from contested.language.nodes import NONE_OF_THESE, Dispute, Study, Weights
from contested.shapes.base import Array

Ends = tuple[float, float]  # the lowest and the highest


@dataclass(frozen=True, slots=True, kw_only=True)
class IntervalEnvelope:
    """How low and how high each end of an equal-tailed interval can lie.

    The ends are reached under different weightings: low to high is no interval of any of them.
    """

    level: float
    low: Ends
    high: Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class WidestInterval:
    """The widest interval that one weighting of the set gives.

    Attributes
    ----------
    weights : mapping
        Dispute to source to weight: the weighting that gives it.
    certified : bool
        Whether it is proven that none is wider by more than a hundredth.
    """

    level: float
    low: float
    high: float
    weights: Weights
    certified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The lowest and highest median and interval ends of one estimate over a set of weightings."""

    median: Ends
    intervals: tuple[IntervalEnvelope, ...]
    widest: tuple[WidestInterval, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "median": _plain(self.median),
            "intervals": [
                {"level": each.level, "low": _plain(each.low), "high": _plain(each.high)}
                for each in self.intervals
            ],
            "widest": [
                {
                    "level": each.level, "low": number(each.low), "high": number(each.high),
                    "weights": {name: dict(own) for name, own in each.weights.items()},
                    "certified": each.certified,
                }
                for each in self.widest
            ],
        }  # fmt: skip


@dataclass(frozen=True, repr=False)
class Span:
    """What answers can be over a set of weightings, worked out when first asked for.

    Attributes
    ----------
    key : str
        `all`, `within` and so on.

    Raises
    ------
    ContestedError
        When asked, where a set has too many corners.
    """

    key: str
    spanned: _Spanned

    def __repr__(self) -> str:
        return f"<Span over {self.title}>"

    @property
    def title(self) -> str:
        """What the set is."""
        return self.spanned.sets[self.key].title

    @cached_property
    def estimates(self) -> Mapping[str, Envelope | None]:
        """The envelope of each; None where it rests on bounds, or is not estimable somewhere in the set."""
        return {name: found[self.key] for name, found in self.spanned.envelopes.items()}

    @cached_property
    def questions(self) -> Mapping[str, Ends | None]:
        """The lowest and highest probability of each; None where bounds leave the question open.

        Where a denominator vanishes too often somewhere in the set, the lowest lower and the highest upper
        limit.
        """
        among = self.spanned.sets[self.key]
        return {name: _probabilities(each, among) for name, each in self.spanned.result.questions.items()}

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "estimates": {name: found and found.to_dict() for name, found in self.estimates.items()},
            "questions": {name: ends and _plain(ends) for name, ends in self.questions.items()},
        }


def spans(result: Result, *, within: float, contaminate: float | None) -> dict[str, Span]:
    """The lowest and highest answers over each set of weightings that is asked for.

    Parameters
    ----------
    result : Result
        Pooled by the linear rule; sets start from its weighting.
    within : float
        Total-variation distance of the weights, in each dispute.
    contaminate : float or None
        Share of the listed sources' weight that may go to any of them, in each dispute; None for no such set.

    Returns
    -------
    mapping
        `all`, `within`, and as far as they are asked for `bounds`, `contaminate`, `at_least`. Where the
        scenario bounds or orders the sources of some disputes, the others stay at the weighting.

    Raises
    ------
    ContestedError
        Where `within` or `contaminate` does not lie between 0 and 1.
    """
    spanned = _Spanned(result, dict(_sets(result, within, contaminate)))
    return {key: Span(key, spanned) for key in spanned.sets}


@dataclass(frozen=True, slots=True)
class _Set:
    """A set of weightings: of each dispute, separately."""

    title: str
    of: Mapping[str, CredalSet]

    def sets(self, quantity: Quantity) -> list[CredalSet]:
        """Those of a quantity's disputes."""
        return [self.of[dispute] for dispute in quantity.disputes]


@dataclass(frozen=True)
class _Spanned:
    """A result over several sets of weightings; of an estimate all are gone through together."""

    result: Result
    sets: Mapping[str, _Set]

    @cached_property
    def envelopes(self) -> Mapping[str, Mapping[str, Envelope | None]]:
        """By estimate and set."""
        return {
            name: dict.fromkeys(self.sets) if isinstance(answer, Bound) else _envelopes(answer, self.sets)
            for name, answer in self.result.estimates.items()
        }


def _plain(ends: Ends) -> list[float | None]:
    return [number(end) for end in ends]


def _sets(result: Result, within: float, contaminate: float | None) -> Iterator[tuple[str, _Set]]:
    study, own = result.study, result.weights
    called = f"“{result.weighting}”" if result.weighting else "the weights given"

    def each(title: str, made: Callable[[Dispute, Array], CredalSet]) -> _Set:
        of = {name: _held(dispute, own[name], made) for name, dispute in study.disputes.items()}
        return _Set(title, of)

    yield "all", each("every weighting there is", lambda dispute, _: Everything(len(dispute.listed)))
    yield (
        "within",
        each(f"within {within:.3g} of {called} in each dispute", lambda _, shares: Around(shares, within)),
    )
    if study.bounds:
        yield "bounds", each("the scenario's bounds", partial(_box, study))
    if contaminate is not None:
        yield (
            "contaminate",
            each(
                f"{called} but for a share of {contaminate:.3g}",
                lambda _, shares: Contaminated(shares, contaminate),
            ),
        )
    if study.at_least:
        yield "at_least", each("the scenario's orders", partial(_ordered, study))


def _around(within: float, dispute: Dispute, shares: Array) -> CredalSet:
    """Shares among the listed sources, of which the weights themselves are at most so far away."""
    return Around(shares, min(1.0, within / (1 - dispute.none_of_these)))


def _held(
    dispute: Dispute, weights: Mapping[str, float], made: Callable[[Dispute, Array], CredalSet]
) -> CredalSet:
    """A set of the listed sources' shares; what is left to the truth that nobody listed stays."""
    shares = np.array([weights[source] for source in dispute.listed])
    inner = made(dispute, shares / shares.sum())
    if not dispute.none_of_these:
        return inner
    return Held(inner, dispute.none_of_these, sorted(dispute.sources).index(NONE_OF_THESE))


def _box(study: Study, dispute: Dispute, shares: Array) -> CredalSet:
    stated = study.bounds.get(dispute.name)
    if stated is None:
        return Around(shares, 0.0)
    ends = np.array([stated.get(source, (0.0, 1.0)) for source in dispute.listed])
    return Box(ends[:, 0], ends[:, 1])


def _ordered(study: Study, dispute: Dispute, shares: Array) -> CredalSet:
    stated = study.at_least.get(dispute.name)
    if stated is None:
        return Around(shares, 0.0)
    pairs = [(dispute.listed.index(more), dispute.listed.index(less)) for more, less in stated]
    return Ordered(len(dispute.listed), pairs)


def _envelopes(answer: Answer, titled: Mapping[str, _Set]) -> dict[str, Envelope | None]:
    """An estimate's envelope over each set; None where it is not estimable under some weighting of it."""
    quantity = answer.drawn.quantity
    sets = {key: asked.sets(quantity) for key, asked in titled.items()}
    sound = {key: each for key, each in sets.items() if _estimable(answer, each)}
    return {**dict.fromkeys(titled), **(_found(answer, sound) if sound else {})}


def _estimable(answer: Answer, sets: Sequence[CredalSet]) -> bool:
    if not answer.drawn.screen.risky:
        return True
    vanishing = answer.drawn.nonpositive.mean(axis=0)
    most = probability_envelope(vanishing, sets, answer.drawn.quantity.disputes)[1]
    return most <= answer.study.denominators.estimable


def _found(answer: Answer, sets: Mapping[str, Sequence[CredalSet]]) -> dict[str, Envelope]:
    quantity, levels = answer.drawn.quantity, answer.study.report.levels
    strata = answer.drawn.all_worlds.strata
    envelopes = quantile_envelopes(strata, sets, (0.5, *interval_ends(levels)), quantity.disputes)
    wide = widest(strata, sets, levels)
    return {
        key: Envelope(
            median=(ends[0][0], ends[0][1]),
            intervals=tuple(
                IntervalEnvelope(level=level, low=ends[1 + 2 * i], high=ends[2 + 2 * i])
                for i, level in enumerate(levels)
            ),
            widest=tuple(_widest(found, quantity) for found in wide[key]),
        )
        for key, (low, high) in envelopes.items()
        for ends in [list(zip(low.tolist(), high.tolist(), strict=True))]
    }


def _widest(found: Widest, quantity: Quantity) -> WidestInterval:
    each = zip(quantity.disputes, quantity.sources, found.weights, strict=True)
    return WidestInterval(
        level=found.level,
        low=found.low,
        high=found.high,
        weights={dispute: dict(zip(names, own.tolist(), strict=True)) for dispute, names, own in each},
        certified=found.certified,
    )


def _probabilities(question: Probability | Settled, among: _Set) -> Ends | None:
    """The lowest and highest probability; of a denominator that may vanish, the outermost of both limits."""
    asked = QuestionForm.of(question)
    if asked is None:
        return None
    sets, disputes = among.sets(asked.quantity), asked.quantity.disputes

    def envelope(replicates: Array) -> Ends:
        return probability_envelope(replicates.mean(axis=0).ravel(), sets, disputes)

    if isinstance(question, Settled):
        return envelope(asked.form.values)
    tally = question.tally
    if envelope(tally.nonpositive)[1] <= question.study.denominators.estimable:
        return envelope(tally.true)
    lower, upper = tally.true_and_positive, tally.true_and_positive + tally.nonpositive
    return envelope(lower)[0], min(1.0, envelope(upper)[1])
