"""A result's questions in the worlds that were drawn: what tipping points and the value of learning share."""

from __future__ import annotations

from collections import Counter

from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.engine.replay import Asked, Replay
from contested.engine.weights import stratum_weights


def replayed(result: Result) -> Replay:
    """The questions that have a probability under the result's weighting; drawn when first asked for.

    Whatever the scenario's pooling rule, they are taken under the linear one: no other gives a joint law of
    a question and a variable.
    """
    asked = {
        name: Asked(
            answer.tally, stratum_weights(answer.tally.quantity, answer.weights), positive=answer.limited
        )
        for name, answer in result.questions.items()
        if isinstance(answer, Probability)
    }
    return Replay.of(result.model, asked, result.run.worlds)


def names(replay: Replay, taken: tuple[str, ...] = ()) -> dict[str, str]:
    """A name for people of every variable, by path; the path itself where a name would mean two things."""
    bare = {path: variable.name for path, variable in replay.variables.items()}
    often = Counter([*bare.values(), *taken])
    return {path: name if often[name] == 1 else path for path, name in bare.items()}
