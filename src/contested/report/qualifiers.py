"""What qualifies an estimate: its range over sources, the evidence behind its weights, the latest fact."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from contested.answers.bounds import Bound
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.precision import Measured
from contested.engine.quantiles import Quantiles
from contested.engine.run import Drawn
from contested.engine.weights import single_source
from contested.language.formula import Expression
from contested.language.lines import effective_lines
from contested.language.nodes import NONE_OF_THESE, Study, Weights
from contested.language.periods import days
from contested.report.naming import without_weight
from contested.report.plain import plain
from contested.report.wording import NONE, bound, day, enumerated, figures_of, median, number, span

_WORDS = dict(enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), 1))
_WHOLE = 1e-6  # from a whole number, within which only the machine's rounding lies


@dataclass(frozen=True, slots=True)
class MediansBySource:
    """The lowest and the highest median, if one takes the figures of one combination of sources or another.

    `least_of` and `most_of` are those combinations: dispute to source. `ends` has both as they are printed
    wherever the combination has a row or cell of its own, so that nobody finds two numbers for one; with
    more digits where those would not rise, and alike only where they do not differ in what can be printed.
    """

    least: Measured
    most: Measured
    least_of: Mapping[str, str]
    most_of: Mapping[str, str]
    ends: tuple[str, str]


def medians_by_source(answer: Answer | Bound) -> MediansBySource | None:
    """The range of medians over every combination of listed sources.

    None where no source is in dispute, and where some combination has no median: of bounds, and of ratios
    whose denominator vanishes too often in it.
    """
    if isinstance(answer, Bound) or not answer.by_source:
        return None
    drawn, most_vanishing = answer.drawn, answer.study.denominators.estimable
    if drawn.screen.risky and drawn.nonpositive.mean(axis=0)[_listed(drawn)].max() > most_vanishing:
        return None
    return _range(answer, drawn.all_worlds, 1.0, lambda alone: alone.summary)


def inverses_by_source(answer: Answer) -> MediansBySource | None:
    """The same of the inverse that stands in for a ratio; None where there is none, or no dispute."""
    drawn = answer.drawn
    if answer.inverse is None or drawn.inverse is None or not answer.by_source:
        return None
    factor = 1 / (answer.unit.scale * answer.inverse_unit.scale)
    return _range(answer, drawn.inverse, factor, lambda alone: alone.inverted)


def idle(found: MediansBySource, weights: Weights) -> str:
    """Which end of a range is that of a source without weight: `, the highest with a source that …`."""
    ends = {"lowest": found.least_of, "highest": found.most_of}
    without = [end for end, taken in ends.items() if without_weight(taken, weights)]
    if not without:
        return ""
    sources = "a source that has" if len(without) == 1 else "sources that have"
    return f", the {enumerated(without)} with {sources} no weight here"


def without_range(answer: Answer | Bound) -> str:
    """What is said of the sources where they have no range of medians; empty where none is in dispute."""
    if not answer.by_source:
        return ""
    if isinstance(answer, Answer):
        return "no range over sources, since with some of them the denominator may be zero or less"
    held = [
        found
        for alone in answer.by_source.values()
        for source, found in alone.items()
        if source != NONE_OF_THESE
    ]
    if not all(math.isfinite(found.value) for found in held):
        return "and no bound at all with some source alone"
    ends = (pick(held, key=lambda found: found.value) for pick in (min, max))
    texts = dict.fromkeys(bound(found.value, found.direction) for found in ends)
    return f"{' or '.join(texts)} as one source or another is taken"


def _listed(drawn: Drawn) -> list[int]:
    """The strata of listed sources alone."""
    return [i for i, own in enumerate(drawn.quantity.strata) if NONE_OF_THESE not in own.values()]


def _range(
    answer: Answer, quantiles: Quantiles, factor: float, summed_up: Callable[[Answer], Summary | None]
) -> MediansBySource:
    strata = answer.drawn.quantity.strata
    taken = _listed(answer.drawn)
    found, errors = quantiles(np.eye(len(strata))[taken], (0.5,))
    medians = [
        Measured(factor * value, factor * error)
        for value, error in zip(found[:, 0].tolist(), errors[:, 0].tolist(), strict=True)
    ]
    least, most = (pick(range(len(taken)), key=lambda i: medians[i].value) for pick in (min, max))
    alone = [summed_up(_alone(answer, strata[taken[index]])) for index in (least, most)]
    return MediansBySource(
        least=medians[least],
        most=medians[most],
        least_of=strata[taken[least]],
        most_of=strata[taken[most]],
        ends=_ends(medians[least], medians[most], alone),
    )


def _alone(answer: Answer, taken: Mapping[str, str]) -> Answer:
    """An answer if one takes one source of each dispute."""
    weights = answer.weights
    for dispute, source in taken.items():
        weights = single_source(weights, dispute, source)
    return replace(answer, weights=weights)


def _ends(least: Measured, most: Measured, alone: Sequence[Summary | None]) -> tuple[str, str]:
    low, high = (None if summary is None else median(summary) for summary in alone)
    if low is not None and high is not None and _read(low) < _read(high):
        return low, high
    low, _, high = span(least.value, most.value, least.mcse, most.mcse).partition(" to ")
    return low, high or low


def _read(text: str) -> float:
    """The number that a text gives; nan, which is never less, where it gives none."""
    return math.nan if text == NONE else float(text.replace(",", "").replace("−", "-"))


def disputes_of(study: Study, answer: Answer | Bound) -> list[str]:
    """The disputes that an estimate depends on, in the scenario's order."""
    return [name for name in study.disputes if name in answer.by_source]


def lines_of(result: Result, dispute: str) -> float:
    """How many independent lines of evidence the result's weights of a dispute amount to."""
    return effective_lines(result.weights[dispute], result.study.lines[dispute])


def lines_text(study: Study, lines: Mapping[str, float]) -> str:
    """`two independent lines of evidence on “Whose count” and 1.9 on “Whose map”`."""
    (first, found), *others = lines.items()
    kind = "independent line of evidence" if line_count(found) == "one" else "independent lines of evidence"
    texts = [f"{line_count(found)} {kind} on “{plain(study.disputes[first].title)}”"]
    texts += [f"{line_count(each)} on “{plain(study.disputes[name].title)}”" for name, each in others]
    return enumerated(texts)


def line_count(lines: float) -> str:
    """A number of lines of evidence: `two` of what is whole, else `1.9`."""
    whole = round(lines)
    return _WORDS[whole] if whole in _WORDS and abs(lines - whole) < _WHOLE else number(lines)


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


def owned(path: str, expression: Expression, study: Study) -> list[str]:
    """Why unlike things are set side by side all the same in an estimate or question, or in its figures."""
    prefixes = (path, *(f"figures.{name}" for name in figures_of(study, expression)))
    reasons = {
        mismatch.because
        for mismatch in study.mismatches
        if mismatch.because and any(f"{mismatch.path}.".startswith(f"{prefix}.") for prefix in prefixes)
    }
    return sorted(reasons)
