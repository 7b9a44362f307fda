"""What qualifies an estimate: its range over sources, the evidence behind its weights, the latest fact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contested.answers.bounds import Bound
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.precision import Measured
from contested.language.lines import effective_lines
from contested.language.nodes import NONE_OF_THESE, Study
from contested.language.periods import days
from contested.report.plain import plain
from contested.report.wording import day, enumerated, number


@dataclass(frozen=True, slots=True)
class MediansBySource:
    """The lowest and the highest median, if one takes the figures of one combination of sources or another.

    `least_of` and `most_of` are those combinations: dispute to source.
    """

    least: Measured
    most: Measured
    least_of: Mapping[str, str]
    most_of: Mapping[str, str]


def medians_by_source(answer: Answer | Bound) -> MediansBySource | None:
    """The range of medians over every combination of listed sources.

    None where no source is in dispute, and where some combination has no median: of bounds, and of ratios
    whose denominator vanishes too often in it.
    """
    if isinstance(answer, Bound) or not answer.by_source:
        return None
    drawn, most_vanishing = answer.drawn, answer.study.denominators.estimable
    taken = [i for i, own in enumerate(drawn.quantity.strata) if NONE_OF_THESE not in own.values()]
    if drawn.screen.risky and drawn.nonpositive.mean(axis=0)[taken].max() > most_vanishing:
        return None
    found, errors = drawn.all_worlds(np.eye(len(drawn.quantity.strata))[taken], (0.5,))
    medians = [Measured(*each) for each in zip(found[:, 0].tolist(), errors[:, 0].tolist(), strict=True)]
    least, most = (pick(range(len(taken)), key=lambda i: medians[i].value) for pick in (min, max))
    strata = drawn.quantity.strata
    return MediansBySource(medians[least], medians[most], strata[taken[least]], strata[taken[most]])


def disputes_of(study: Study, answer: Answer | Bound) -> list[str]:
    """The disputes that an estimate depends on, in the scenario's order."""
    return [name for name in study.disputes if name in answer.by_source]


def lines_of(result: Result, dispute: str) -> float:
    """How many independent lines of evidence the result's weights of a dispute amount to."""
    return effective_lines(result.weights[dispute], result.study.lines[dispute])


def lines_text(result: Result, disputes: Sequence[str]) -> str:
    """`2.0 on “Whose count” and 1.9 on “Whose map”`."""
    return enumerated(
        [
            f"{number(lines_of(result, name))} on “{plain(result.study.disputes[name].title)}”"
            for name in disputes
        ]
    )


def last_fact(study: Study) -> str | None:
    """The date of the latest fact that the scenario names, as exactly as it is known: `May 2025`."""
    if not study.facts:
        return None
    latest = max((fact.date for fact in study.facts.values()), key=lambda text: (days(text)[0], len(text)))
    return dated(latest)


def dated(text: str) -> str:
    """A date of the register for people: `3 May 2025`, `May 2025`, `2025`."""
    first, last = days(text)
    if first == last:
        return day(first)
    return str(first.year) if first.month != last.month else day(first).partition(" ")[2]
