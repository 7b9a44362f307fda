"""Every number of a saved answer by what it is of, so that two runs can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from contested.answers.saved import (
    HasAnswers,
    SavedAnswer,
    SavedAnswers,
    SavedChance,
    SavedEstimate,
    SavedQuestion,
    SavedSummary,
)
from contested.language.nodes import IntervalKind

Quantity = Literal["median", "low", "high", "value", "disagreement_share", "probability", "probability_upper"]
Form = Literal["inverse", "given_positive_denominator"]
Kind = Literal["estimate", "question"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What an answer is under.

    Attributes
    ----------
    source : (str, str) or None
        Dispute and source, with that source taken to be right; None as weighted.
    weighting : str or None
        A named weighting of a comparison; None for the run's own.
    """

    source: tuple[str, str] | None = None
    weighting: str | None = None


POOLED = Case()


@dataclass(frozen=True, slots=True, kw_only=True)
class Which:
    """What a number is of.

    Attributes
    ----------
    level, kind : float and str, or None
        Of the interval whose end it is.
    form : {'inverse', 'given_positive_denominator'} or None
        What it is of in place of a ratio that is not estimable.
    dispute : str or None
        Of a disagreement share: the dispute, or `all`.
    """

    quantity: Quantity
    case: Case = POOLED
    level: float | None = None
    kind: IntervalKind | None = None
    form: Form | None = None
    dispute: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A number and its Monte Carlo standard error, None where that was not saved."""

    value: float
    mcse: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """One estimate or question of a saved run: its words, and its numbers by what they are of.

    Attributes
    ----------
    unit, inverse_unit : str or None
        Of its numbers, and of those of its inverse; '' and None for a question.
    states : mapping of Case to str
        What kind of answer there is: an estimate, a bound, none.
    """

    title: str
    unit: str
    inverse_unit: str | None = None
    states: dict[Case, str] = field(default_factory=dict)
    numbers: dict[Which, Reading] = field(default_factory=dict)


def flat(saved: HasAnswers, kind: Kind, name: str) -> Flat | None:
    """One answer of a saved run; None where it has none of that name."""
    own = _one(saved.answers, kind, name)
    if own is None:
        return None
    found = own
    for weighting, answers in saved.under.items():
        under = _one(answers, kind, name)
        if under is not None:
            found = _joined(found, under, weighting)
    return found


def _one(answers: SavedAnswers, kind: Kind, name: str) -> Flat | None:
    if kind == "estimate":
        estimate = answers.estimates.get(name)
        return None if estimate is None else _estimate(estimate)
    question = answers.questions.get(name)
    return None if question is None else _question(question)


def _joined(own: Flat, under: Flat, weighting: str) -> Flat:
    """An answer with what a named weighting gives as its pooled median, value or probability."""
    case = Case(weighting=weighting)
    numbers = {
        replace(which, case=case): reading
        for which, reading in under.numbers.items()
        if which in (Which(quantity="median"), Which(quantity="value"), Which(quantity="probability"))
    }
    states = {**own.states, case: under.states[POOLED]}
    return replace(own, states=states, numbers={**own.numbers, **numbers})


def _estimate(found: SavedEstimate) -> Flat:
    alone = {
        Case(source=(dispute, source)): answer
        for dispute, sources in found.by_source.items()
        for source, answer in sources.items()
    }
    numbers = [
        *_ends(found, POOLED),
        *_instead(found),
        *_shares(found),
        *(each for case, answer in alone.items() for each in _centre(answer, case)),
    ]
    return Flat(
        title=found.title,
        unit=found.unit,
        inverse_unit=None if found.inverse is None else found.inverse.unit,
        states={POOLED: _state(found), **{case: _state(answer) for case, answer in alone.items()}},
        numbers={which: Reading(value, mcse) for which, value, mcse in numbers if value is not None},
    )


_Number = tuple[Which, float | None, float | None]  # what it is of, its value, its error


def _ends(found: SavedAnswer, case: Case) -> Iterator[_Number]:
    yield from _centre(found, case)
    yield from _intervals(found, None)


def _centre(found: SavedAnswer, case: Case) -> Iterator[_Number]:
    yield Which(quantity="median", case=case), found.median, found.median_mcse
    yield Which(quantity="value", case=case), found.value, 0.0


def _instead(found: SavedEstimate) -> Iterator[_Number]:
    """What stands in for a ratio that is not estimable."""
    forms: tuple[tuple[Form, SavedSummary | None], ...] = (
        ("inverse", found.inverse),
        ("given_positive_denominator", found.given_positive_denominator),
    )
    for form, summary in forms:
        if summary is not None:
            yield Which(quantity="median", form=form), summary.median, summary.median_mcse
            yield from _intervals(summary, form)


def _intervals(found: SavedSummary, form: Form | None) -> Iterator[_Number]:
    for each in found.intervals:
        low = Which(quantity="low", level=each.level, kind=each.kind, form=form)
        yield low, each.low, each.low_mcse
        yield replace(low, quantity="high"), each.high, each.high_mcse


def _shares(found: SavedEstimate) -> Iterator[_Number]:
    errors = found.disagreement_share_mcse or {}
    for dispute, share in (found.disagreement_share or {}).items():
        yield Which(quantity="disagreement_share", dispute=dispute), share, errors.get(dispute)


def _state(found: SavedAnswer) -> str:
    if found.bound is not None:
        return {"lower": "at least", "upper": "at most", "exact": "exact"}[found.bound]
    if not found.estimable:
        return "not estimable as a ratio"
    return "estimated" if found.undefined is None else f"no interval, {found.undefined}"


def _question(found: SavedQuestion) -> Flat:
    alone = {
        Case(source=(dispute, source)): _chance(answer)
        for dispute, sources in found.by_source.items()
        for source, answer in sources.items()
    }
    cases = {POOLED: found, **alone}
    return Flat(
        title=found.title,
        unit="",
        states={case: _chance_state(chance) for case, chance in cases.items()},
        numbers={
            which: Reading(value, mcse)
            for case, chance in cases.items()
            for which, value, mcse in _chances(chance, case)
            if value is not None
        },
    )


def _chance(found: SavedChance | float | None) -> SavedChance:
    """What a source gives: of a question that bounds settle, a number that is not drawn."""
    return found if isinstance(found, SavedChance) else SavedChance(probability=found, mcse=0.0)


def _chances(found: SavedChance, case: Case) -> Iterator[_Number]:
    """The upper limit's own error is not saved."""
    yield Which(quantity="probability", case=case), found.probability, found.mcse
    yield Which(quantity="probability_upper", case=case), found.probability_upper, None


def _chance_state(found: SavedChance) -> str:
    if found.probability is None:
        return f"no probability, {found.reason}" if found.reason else "no probability"
    return "a probability" if found.probability_upper is None else "a probability with an upper limit"
