"""What the model finds on one claim under every assumption of whom to believe: what its grade rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from contested.answers.bounds import Settled
from contested.answers.break_even import QuestionForm
from contested.answers.compared import compared
from contested.answers.comparison import Comparison
from contested.answers.grade import EVEN
from contested.answers.naming import Assumed, Combination
from contested.answers.questions import Probability
from contested.answers.replayed import replayed
from contested.answers.result import Result
from contested.answers.tipping import Tipping, TippingPoint
from contested.engine.model import MOST_STRATA, Quantity
from contested.engine.precision import Measured, sectioning
from contested.engine.simplex import Flip, ShareOfWeightings, line_rows, nearest_flip, share_above
from contested.engine.weights import listed, weight_arrays
from contested.errors import ContestedError
from contested.language.faults import listed as names
from contested.language.faults import nearest
from contested.language.nodes import NONE_OF_THESE, RULES, Mismatch, Rule, Study
from contested.language.scopes import NotApplicable, Scope


@dataclass(frozen=True, slots=True)
class Said:
    """What one assumption says of the claim.

    Attributes
    ----------
    chance : Measured or None
        Its probability; the lower limit where a denominator vanishes too often.
    reason : str or None
        Why there is none.
    nonpositive : float or None
        P(some denominator <= 0), where it is too large for one probability.
    settled : bool
        Whether it is what bounds say, which carry no probability.
    """

    chance: Measured | None
    reason: str | None = None
    nonpositive: float | None = None
    settled: bool = False


@dataclass(frozen=True, repr=False)
class Findings:
    """One question of a comparison under everything that its grade rests on.

    Attributes
    ----------
    comparison : Comparison
    name : str
        The question's.
    known_tipping : mapping, optional
        Its points of the comparison's tipping, where those of all questions are wanted anyway.

    Raises
    ------
    ContestedError
        Where the scenario asks no such question.
    """

    comparison: Comparison
    name: str
    known_tipping: Mapping[str, TippingPoint] | None = None

    def __post_init__(self) -> None:
        known_question(self.study, self.name)

    @property
    def study(self) -> Study:
        """The scenario's values."""
        return self.comparison.study

    @property
    def usual(self) -> Assumed:
        """The scenario's own weighting, rule and scope."""
        return Assumed(self.study.default, self.study.rule, "scenario")

    @property
    def default(self) -> Said:
        """What the usual assumptions say."""
        return _said(self._answer)

    @cached_property
    def models(self) -> Mapping[Assumed, Said]:
        """What every named weighting says under every rule and scope that there is."""
        return {
            Assumed(weighting, rule, scope): self._of(result.under(weighting).pooled_by(rule))
            for scope, result in self.comparison.asked_under.items()
            if not isinstance(result, NotApplicable)
            for rule in RULES
            for weighting in result.study.weightings
        }

    @property
    def weightings(self) -> Mapping[str, Said]:
        """What every named weighting says under the usual rule and scope."""
        return {model.weighting: said for model, said in self.models.items() if model[1:] == self.usual[1:]}

    @property
    def rules(self) -> Mapping[Rule, Said]:
        """What the usual weighting says under every rule of pooling."""
        return {
            model.rule: said
            for model, said in self.models.items()
            if (model.weighting, model.scope) == (self.usual.weighting, self.usual.scope)
        }

    @property
    def scopes(self) -> Mapping[Scope, Said]:
        """What the usual weighting says under every scope of who is right, or why there is none."""
        return {
            scope: Said(None, result.reason)
            if isinstance(result, NotApplicable)
            else self.models[self.usual._replace(scope=scope)]
            for scope, result in self.comparison.asked_under.items()
        }

    @cached_property
    def disputes(self) -> tuple[str, ...]:
        """The disputes that the claim depends on, sorted."""
        return self._quantity.disputes

    @cached_property
    def sources(self) -> tuple[tuple[str, ...], ...]:
        """The listed sources of each, sorted."""
        found = self._quantity.sources
        return tuple(tuple(source for source in of_one if source != NONE_OF_THESE) for of_one in found)

    @cached_property
    def combinations(self) -> Mapping[Combination, Said]:
        """What each combination of one listed source per dispute says."""
        every = (tuple(stratum[dispute] for dispute in self.disputes) for stratum in self._quantity.strata)
        said = zip(every, self._by_stratum(), strict=True)
        return {combination: found for combination, found in said if NONE_OF_THESE not in combination}

    @property
    def chances(self) -> Mapping[Combination, Measured]:
        """The probability given each combination that has one."""
        return {key: said.chance for key, said in self.combinations.items() if said.chance is not None}

    @property
    def extremes(self) -> tuple[Combination, Combination]:
        """The combinations that give the least and the greatest probability; some must have one."""
        chances = self.chances
        lowest = min(chances, key=lambda key: (chances[key].value, key))
        return lowest, min(chances, key=lambda key: (-chances[key].value, key))

    @property
    def modelled(self) -> Mapping[Assumed, Measured]:
        """The probability under each model that has one."""
        return {key: said.chance for key, said in self.models.items() if said.chance is not None}

    @cached_property
    def share(self) -> ShareOfWeightings | None:
        """The share of all weightings of independent lines that make the claim more likely than not."""
        if self._form is None:
            return None
        rows = [
            line_rows(sources, self.study.lines[dispute], self.study.disputes[dispute].none_of_these)
            for dispute, sources in zip(self.disputes, self._quantity.sources, strict=True)
        ]
        return share_above(self._form.form, EVEN, rows, self.study.seed)

    @cached_property
    def flip(self) -> Flip | None:
        """The nearest weighting, within one dispute, that takes the linear pool across a half."""
        if self._form is None:
            return None
        own = weight_arrays(self._quantity, self.comparison.result.weights)
        return nearest_flip(self._form.form, own, EVEN, listed(self._quantity))

    @property
    def flipped(self) -> Mapping[str, float]:
        """By source, the weights of that dispute there."""
        if self.flip is None:
            return {}
        return dict(zip(self._quantity.sources[self.flip.dispute], self.flip.weights, strict=True))

    @cached_property
    def tipping(self) -> Mapping[str, TippingPoint]:
        """The values of each input at which the linear pool's probability crosses a half."""
        if self._form is None or self.bounded:
            return {}
        if self.known_tipping is not None:
            return self.known_tipping
        replay = replayed(self.comparison.linear)
        alone = replace(replay, asked={self.name: replay.asked[self.name]})  # the others cost as much each
        return Tipping.of(self.comparison.linear, (EVEN,), alone)[self.name]

    @cached_property
    def effective_lines(self) -> Mapping[str, float]:
        """By dispute that the claim depends on, how many independent lines of evidence stand behind it."""
        return {dispute: self.comparison.effective_lines[dispute] for dispute in self.disputes}

    @cached_property
    def mismatches(self) -> tuple[Mismatch, ...]:
        """Unlike things that the claim, or what it rests on, sets side by side: owned, or only noted."""
        return compared(self.study, self.name)

    @property
    def converged(self) -> bool:
        """Whether the run that the claim is a part of reached the tolerance."""
        return self.comparison.result.converged

    @property
    def measured(self) -> bool:
        """Whether the claim has one probability under the usual assumptions."""
        return not self.bounded and self.default.chance is not None and self.default.nonpositive is None

    @property
    def bounded(self) -> bool:
        """Whether the claim rests on one-sided bounds, which carry no probability."""
        return isinstance(self._answer, Settled)

    def _by_stratum(self) -> Iterator[Said]:
        answer = self._answer
        if isinstance(answer, Settled):
            for verdict in answer.verdicts:
                yield _settled(None if verdict is None else float(verdict))
            return
        tally = answer.tally
        vanishing = tally.nonpositive.mean(axis=0)
        limited = vanishing > self.study.denominators.estimable
        true = np.where(limited, tally.true_and_positive, tally.true)
        errors = sectioning(true, true.mean(axis=0))
        for value, error, share in zip(true.mean(axis=0), errors, vanishing, strict=True):
            risky = float(share) if share > self.study.denominators.estimable else None
            yield Said(Measured(float(value), float(error)), nonpositive=risky)

    def _of(self, result: Result) -> Said:
        if self.name not in result.questions:
            return Said(None, f"it rests on over {MOST_STRATA:,} combinations of sources there")
        return _said(result.questions[self.name])

    @cached_property
    def _answer(self) -> Probability | Settled:
        return self.comparison.result.questions[self.name]

    @cached_property
    def _quantity(self) -> Quantity:
        answer = self._answer
        return answer.quantity if isinstance(answer, Settled) else answer.tally.quantity

    @cached_property
    def _form(self) -> QuestionForm | None:
        if self.default.nonpositive is not None:
            return None
        return QuestionForm.of(self.comparison.linear.questions[self.name])


def known_question(study: Study, name: str) -> None:
    """Refuse a question that the scenario does not ask.

    Raises
    ------
    ContestedError
        With the nearest name and all there are.
    """
    asked = study.questions
    if not asked:
        raise ContestedError(
            "the scenario asks no questions; state the claim as one, as in questions: "
            "{over: {title: At least 99, formula: per_km2 >= 99}}"
        )
    if name not in asked:
        near = nearest(name, asked)
        meant = f"did you mean '{near}'? " if near else ""
        raise ContestedError(f"unknown question '{name}'; {meant}asked here: {names(asked)}")


def _said(answer: Probability | Settled) -> Said:
    if isinstance(answer, Settled):
        return _settled(answer.probability, answer.reason)
    if answer.value is None or answer.mcse is None:
        return Said(None, answer.reason)
    chance = Measured(answer.value, answer.mcse)
    return Said(chance, nonpositive=answer.nonpositive if answer.limited else None)


def _settled(probability: float | None, reason: str | None = None) -> Said:
    return Said(None if probability is None else Measured(probability), reason, settled=True)
