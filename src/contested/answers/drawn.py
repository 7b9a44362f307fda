"""What of a result was drawn in worlds, with what it is called; and what was not, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.draws import Outcomes
from contested.engine.model import Quantity

TRUE = "true"  # in place of a question's unit: 1 where it is true, 0 where it is not


@dataclass(frozen=True, slots=True)
class InWorlds:
    """One estimate, figure or question that has a value in every world.

    Attributes
    ----------
    answer : Answer or Probability
        What the result says of it.
    """

    answer: Answer | Probability

    @property
    def quantity(self) -> Quantity:
        """Its kind, name, disputes and strata."""
        answer = self.answer
        return answer.drawn.quantity if isinstance(answer, Answer) else answer.tally.quantity

    @property
    def unit(self) -> str:
        """The unit of its values; 'true' of a question."""
        return self.answer.unit.text if isinstance(self.answer, Answer) else TRUE

    @property
    def outcomes(self) -> Outcomes:
        """Its values; a question's are joined whenever they are asked for, and should not be asked twice."""
        answer = self.answer
        return answer.drawn.outcomes if isinstance(answer, Answer) else answer.tally.outcomes


def in_worlds(result: Result) -> Iterator[InWorlds]:
    """Estimates, figures and questions that were drawn, in the scenario's order."""
    answers = (*result.estimates.values(), *result.figures.values(), *result.questions.values())
    return (InWorlds(answer) for answer in answers if isinstance(answer, Answer | Probability))


def without_worlds(result: Result) -> list[str]:
    """Why each of the others was not drawn: 'figures.area: rests on a one-sided bound'."""
    return [
        f"{quantity.kind}s.{quantity.name}: rests on a one-sided bound"
        for quantity in result.model.quantities
        if quantity.bounded
    ]
