"""A comparison as tidy tables: one for each kind of answer, a row for each number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from contested.answers import table
from contested.answers.break_even import Segment
from contested.answers.drivers import Drivers
from contested.answers.result import Result
from contested.language.nodes import Weights
from contested.language.scopes import NotApplicable

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison

Rows = Iterator[dict[str, Any]]

COLUMNS: Mapping[str, Sequence[str]] = {
    "answers": ("part", "case", *table.COLUMNS),
    "sets": ("set", "title", "kind", "name", "what", "level", "lowest", "highest", "weights", "certified"),
    "break_even": ("question", "dispute", "source", "share_now", "level", "share", "mcse", "nearest"),
    "segments": ("question", "from", "to", "level", "share_of_the_way", "mcse", "nearest"),
    "tipping": (
        "question", "input", "unit", "median", "low", "high", "level", "value", "mcse", "method", "reach_low",
        "reach_high",
    ),
    "drivers": ("estimate", "scale", "group", "measure", "value", "mcse"),
    "learning": ("question", "group", "evppi", "mcse", "evpi"),
}  # fmt: skip


def rows(comparison: Comparison, name: str) -> Rows:
    """One of the tables of `COLUMNS`: a dictionary a row, with the keys of its columns."""
    for row in _TABLES[name](comparison):
        yield {column: row.get(column) for column in COLUMNS[name]}


def _answers(comparison: Comparison) -> Rows:
    """Run's rows, under each weighting, with each source left out, by each rule and in each scope."""
    for part, case, result in _results(comparison):
        for row in table.rows(result):
            if row["kind"] != "figure":
                yield {"part": part, "case": case, **row}


def _results(comparison: Comparison) -> Iterator[tuple[str, str, Result]]:
    for name, result in comparison.weightings.items():
        yield "weighting", name, result
    for dispute, sources in comparison.leave_out.items():
        for source, result in sources.items():
            yield "leave_out", f"{dispute}.{source}", result
    for rule, result in comparison.rules.items():
        yield "rule", rule, result
    for scope, found in comparison.scopes.items():
        if not isinstance(found, NotApplicable):
            yield "scope", scope, found


def _sets(comparison: Comparison) -> Rows:
    for key, span in comparison.sets.items():
        base = {"set": key, "title": span.title}
        for name, found in span.estimates.items():
            own = {**base, "kind": "estimate", "name": name}
            if found is None:
                continue
            yield {**own, "what": "median", **_ends(found.median)}
            for each in found.intervals:
                yield {**own, "what": "low", "level": each.level, **_ends(each.low)}
                yield {**own, "what": "high", "level": each.level, **_ends(each.high)}
            for widest in found.widest:
                yield {
                    **own, "what": "widest", "level": widest.level, **_ends((widest.low, widest.high)),
                    "weights": weights_text(widest.weights), "certified": widest.certified,
                }  # fmt: skip
        for name, ends in span.questions.items():
            if ends is not None:
                yield {**base, "kind": "question", "name": name, "what": "probability", **_ends(ends)}


def weights_text(weights: Weights) -> str:
    """A weighting as `--weights` takes it."""
    parts = (
        f"{dispute}.{source}={weight!r}"
        for dispute, sources in weights.items()
        for source, weight in sources.items()
    )
    return ",".join(parts)


def _ends(ends: tuple[float, float]) -> dict[str, float]:
    return {"lowest": ends[0], "highest": ends[1]}


def _break_even(comparison: Comparison) -> Rows:
    for question, found in comparison.break_even.items():
        for dispute, sources in (found or {}).items():
            for source, moved in sources.items():
                base = {"question": question, "dispute": dispute, "source": source}
                for row in _crossings(Segment(at=moved.at), "share"):
                    yield {**base, "share_now": moved.share_now, **row}


def _segments(comparison: Comparison) -> Rows:
    for question, found in comparison.segments.items():
        for pair, segment in (found or {}).items():
            first, last = pair.split(">")
            for row in _crossings(segment, "share_of_the_way"):
                yield {"question": question, "from": first, "to": last, **row}


def _crossings(segment: Segment, column: str) -> Rows:
    """A row for each root; one without where a level is never crossed."""
    for found in segment.at:
        base = {"level": found.level, "nearest": found.nearest}
        if not found.roots:
            yield base
        for root, error in zip(found.roots, found.mcse, strict=True):
            yield {**base, column: root, "mcse": error}


def _tipping(comparison: Comparison) -> Rows:
    for question in comparison.tipping:
        for name, point in comparison.tipping[question].items():
            base = {
                "question": question, "input": name, "unit": point.unit, "method": point.method,
                "median": point.stated.median, "low": point.stated.low, "high": point.stated.high,
                "reach_low": point.reach[0], "reach_high": point.reach[1],
            }  # fmt: skip
            for level, values in point.at.items():
                if not values:
                    yield {**base, "level": level}
                for value, error in zip(values, point.mcse[level], strict=True):
                    yield {**base, "level": level, "value": value, "mcse": error}


def _drivers(comparison: Comparison) -> Rows:
    for estimate, found in comparison.explained.items():
        for measure, groups in _measures(found).items():
            for group, (value, error) in groups.items():
                yield {
                    "estimate": estimate, "scale": found.scale, "group": group, "measure": measure,
                    "value": value, "mcse": error,
                }  # fmt: skip


def _measures(found: Drivers) -> dict[str, dict[str, tuple[float, float | None]]]:
    shares = {"shapley": found.shapley, "first_order": found.first_order, "evppi": found.evppi}
    measured: dict[str, dict[str, tuple[float, float | None]]] = {
        measure: {group: (share.value, share.mcse) for group, share in groups.items()}
        for measure, groups in shares.items()
    }
    return {**measured, "delta": {group: (value, None) for group, value in found.delta.items()}}


def _learning(comparison: Comparison) -> Rows:
    for question in comparison.learning:
        worth = comparison.learning[question]
        for group, value in worth.evppi.items():
            yield {
                "question": question, "group": group, "evppi": value, "mcse": worth.mcse[group],
                "evpi": worth.evpi,
            }  # fmt: skip


_TABLES: Mapping[str, Callable[[Comparison], Rows]] = {
    "answers": _answers,
    "sets": _sets,
    "break_even": _break_even,
    "segments": _segments,
    "tipping": _tipping,
    "drivers": _drivers,
    "learning": _learning,
}
