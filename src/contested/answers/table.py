"""A result as tidy rows: one for each estimate, figure or question, source and interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from contested.answers.bounds import Bound, Settled
from contested.answers.estimates import Answer
from contested.answers.questions import Probability

if TYPE_CHECKING:
    from contested.answers.result import Result

COLUMNS = (
    "kind",  # estimate, figure or question
    "name",
    "title",
    "unit",
    "dispute",  # empty for the pool
    "source",
    "status",  # estimable, inverse, given positive denominator; undefined by the rule of pooling; of a bound:
    # lower or upper bound, exact; of a question, whether settled by a bound
    "median",  # of a question: its probability; of a bound: its value
    "median_mcse",
    "level",
    "interval",
    "low",
    "low_mcse",
    "high",
    "high_mcse",
)

_STATUS = {"lower": "lower bound", "upper": "upper bound", "exact": "exact"}


def rows(result: Result) -> Iterator[dict[str, Any]]:
    """Every printed number of a result, a dictionary a row with the keys of `COLUMNS`."""
    for kind, answers in (("estimate", result.estimates), ("figure", result.figures)):
        for answer in answers.values():
            yield from _bound(answer) if isinstance(answer, Bound) else _answer(kind, answer)
    for question in result.questions.values():
        base = {"kind": "question", "name": question.name, "title": question.title, "unit": "probability"}
        if isinstance(question, Settled):
            yield _row(**base, status="settled by a bound", median=question.probability)
            continue
        yield _probability(base, question)
        for dispute, sources in question.by_source.items():
            for source, alone in sources.items():
                yield _probability({**base, "dispute": dispute, "source": source}, alone)


def _probability(base: Mapping[str, Any], found: Probability) -> dict[str, Any]:
    status = "undefined" if found.value is None else None
    return _row(**base, status=status, median=found.value, median_mcse=found.mcse, high=found.upper)


def _answer(kind: str, answer: Answer) -> Iterator[dict[str, Any]]:
    yield from _summaries(kind, answer)
    for dispute, sources in answer.by_source.items():
        for source, alone in sources.items():
            for row in _summaries(kind, alone):
                yield {**row, "dispute": dispute, "source": source}


def _summaries(kind: str, answer: Answer) -> Iterator[dict[str, Any]]:
    found = {
        "estimable": (answer.summary, answer.unit.text),
        "inverse": (answer.inverse, answer.inverse_unit.text),
        "given positive denominator": (answer.given_positive_denominator, answer.unit.text),
    }
    if answer.undefined:
        yield _row(kind=kind, name=answer.name, title=answer.title, unit=answer.unit.text, status="undefined")
    for status, (summary, unit) in found.items():
        if summary is None:
            continue
        for interval in summary.intervals:
            yield _row(
                kind=kind, name=answer.name, title=answer.title, unit=unit, status=status,
                median=summary.median, median_mcse=summary.median_mcse,
                level=interval.level, interval=interval.kind,
                low=interval.low, low_mcse=interval.low_mcse,
                high=interval.high, high_mcse=interval.high_mcse,
            )  # fmt: skip


def _bound(answer: Bound) -> Iterator[dict[str, Any]]:
    base = {
        "kind": "estimate", "name": answer.name, "title": answer.title, "unit": answer.unit.text,
    }  # fmt: skip
    yield _row(**base, status=_STATUS[answer.direction], median=answer.value)
    for dispute, sources in answer.by_source.items():
        for source, alone in sources.items():
            yield _row(
                **base, dispute=dispute, source=source, status=_STATUS[alone.direction], median=alone.value
            )


def _row(**values: Any) -> dict[str, Any]:
    return {column: values.get(column) for column in COLUMNS}
