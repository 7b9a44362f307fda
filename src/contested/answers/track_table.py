"""A track as tidy rows: one for each estimate, period, source or weighting, and interval."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from contested.answers.bounds import Bound, Settled
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.language.bound_algebra import Bounded
from contested.language.periods import Period

if TYPE_CHECKING:
    from contested.answers.standing import Standing
    from contested.answers.track import Contrast, Point, Track

COLUMNS = (
    "kind",  # estimate, question, comparison (its ratio), higher (its probability), standing
    "name",
    "title",
    "comparison",  # its name; empty for a period or sum
    "period",  # a month, a quarter or a window of several: 2024-09/2024-12
    "first",  # its first and last day
    "last",
    "weighting",  # empty for the default one
    "dispute",  # empty for the pool
    "source",
    "status",  # estimable, or not estimable; inverse, given positive denominator; undefined; lower or upper
    # bound, exact; of a question, whether settled by a bound; of a standing, low, high or within
    "unit",
    "median",  # of a question: its probability; of a bound: its value
    "median_mcse",
    "level",
    "interval",
    "low",
    "low_mcse",
    "high",
    "high_mcse",
    "denominator_nonpositive",
    "rank",  # of a standing: 1 for the lowest of `of_windows`
    "of_windows",
)

_STATUS = {"lower": "lower bound", "upper": "upper bound", "exact": "exact"}

Row = dict[str, Any]


def rows(track: Track) -> Iterator[Row]:
    """Every printed number of a track, a dictionary a row with the keys of `COLUMNS`."""
    for row in _rows(track):
        yield {column: row.get(column) for column in COLUMNS}


def _rows(track: Track) -> Iterator[Row]:
    for trail in track.estimates.values():
        base = {"kind": "estimate", "name": trail.name, "title": trail.title}
        for point in (*trail.periods, *trail.sums):
            yield from ({**base, **row} for row in _point(point))
        for contrast in trail.contrasts:
            yield from ({**base, **row} for row in _contrast(contrast))
    for asked in track.questions.values():
        base = {"kind": "question", "name": asked.name, "title": asked.title}
        for period, answer in asked.periods:
            yield from ({**base, **_days(period), **row} for row in _question(answer))


def _point(point: Point) -> Iterator[Row]:
    base = _days(point.period)
    for row in _with_sources(point.answer, point.inverse):
        yield {**base, **row}
    for weighting, answer in point.under.items():
        for row in _values(answer):
            yield {**base, **row, "weighting": weighting}


def _contrast(contrast: Contrast) -> Iterator[Row]:
    base = {"comparison": contrast.compared.name}
    for row in _with_sources(contrast.ratio):
        yield {**base, **row, "kind": "comparison"}
    for row in _question(contrast.higher):
        yield {**base, **row, "kind": "higher"}
    for standing in contrast.standing.values():
        yield {**base, **_standing(standing), "kind": "standing"}


def _standing(standing: Standing) -> Row:
    return {
        **_days(standing.window),
        "status": "low" if standing.is_low else "high" if standing.is_high else "within",
        "rank": standing.rank,
        "of_windows": standing.count,
    }


def _with_sources(answer: Answer | Bound, inverse: Summary | None = None) -> Iterator[Row]:
    yield from _values(answer, inverse)
    for dispute, sources in answer.by_source.items():
        for source, alone in sources.items():
            for row in _values(alone):
                yield {**row, "unit": row["unit"] or answer.unit.text, "dispute": dispute, "source": source}


def _values(answer: Answer | Bound | Bounded, inverse: Summary | None = None) -> Iterator[Row]:
    """One answer's rows; `inverse` where that is to be told of an estimable one too."""
    if not isinstance(answer, Answer):
        unit = answer.unit.text if isinstance(answer, Bound) else None
        yield {"status": _STATUS[answer.direction], "unit": unit, "median": answer.value}
        return
    base = {"unit": answer.unit.text, "denominator_nonpositive": answer.denominator_nonpositive}
    if not answer.estimable:
        yield {**base, "status": "not estimable"}
    if answer.undefined:
        yield {**base, "status": "undefined"}
    if answer.summary is not None:
        yield from _summary({**base, "status": "estimable"}, answer.summary)
    if found := inverse or answer.inverse:
        yield from _summary({**base, "status": "inverse", "unit": answer.inverse_unit.text}, found)
    if answer.given_positive_denominator is not None:
        status = {**base, "status": "given positive denominator"}
        yield from _summary(status, answer.given_positive_denominator)


def _summary(base: Mapping[str, Any], summary: Summary) -> Iterator[Row]:
    for interval in summary.intervals:
        yield {
            **base,
            "median": summary.median, "median_mcse": summary.median_mcse,
            "level": interval.level, "interval": interval.kind,
            "low": interval.low, "low_mcse": interval.low_mcse,
            "high": interval.high, "high_mcse": interval.high_mcse,
        }  # fmt: skip


def _question(answer: Probability | Settled) -> Iterator[Row]:
    base = {"unit": "probability"}
    if isinstance(answer, Settled):
        yield {**base, "status": "settled by a bound", "median": answer.probability}
        return
    yield {**base, **_probability(answer)}
    for dispute, sources in answer.by_source.items():
        for source, alone in sources.items():
            yield {**base, **_probability(alone), "dispute": dispute, "source": source}


def _probability(found: Probability) -> Row:
    return {
        "status": "undefined" if found.value is None else None,
        "median": found.value,
        "median_mcse": found.mcse,
        "high": found.upper,
    }


def _days(period: Period) -> Row:
    assert period.start is not None
    return {"period": period.text, "first": period.start.isoformat(), "last": period.end.isoformat()}
