"""Periods down, and sources, weightings or questions across: medians, with intervals where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from contested.answers.bounds import Bound
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.answers.track import Track, Trail
from contested.language.bound_algebra import Bounded
from contested.language.spans import words
from contested.report.layout import Line, Note, Row, wrapped
from contested.report.plain import plain
from contested.report.rows import chance
from contested.report.track_rows import has_inverse, measured_in
from contested.report.track_width import Tables, needed
from contested.report.wording import NONE, Printed, bound, per_cent

_INVERSE = "†"  # before a number that is the inverse
_HEADING = 14  # cells that a heading may take where its column has fewer
_DEEPEST = 3  # lines of a heading; a longer one is numbered, and told in full below


@dataclass(frozen=True, slots=True)
class _Column:
    """What stands under one heading, with intervals and without."""

    title: str
    full: Sequence[str]
    short: Sequence[str]


def source_tables(trail: Trail, track: Track, width: int) -> Iterator[Tables]:
    """For each dispute, every period if one takes one source's figures."""
    by_source = [point.answer.by_source for point in trail.periods]
    for name, dispute in track.study.disputes.items():
        if name in by_source[0]:
            columns = [
                _column(dispute.sources[key].title, [each[name][key] for each in by_source], trail, track)
                for key in by_source[0][name]
            ]
            lead = f"{plain(dispute.title)}: if one takes one source's figures"
            yield _led(lead, columns, trail, track, width)


def weighting_tables(trail: Trail, track: Track, width: int) -> Iterator[Tables]:
    """Every period under each weighting; those that are one for this estimate, as one."""
    disputes = list(trail.periods[0].answer.by_source)
    alike: dict[tuple[tuple[tuple[str, float], ...], ...], list[str]] = {}
    for name, weights in track.study.weightings.items():
        own = tuple(tuple(sorted(weights[dispute].items())) for dispute in disputes)
        alike.setdefault(own, []).append(name)
    if len(alike) == 1:  # the pooled answer stands already
        return
    columns = [
        _column(", ".join(names), [point.under[names[0]] for point in trail.periods], trail, track)
        for names in alike.values()
    ]
    yield _led("By weighting", columns, trail, track, width)


def question_tables(track: Track, width: int) -> Tables:
    """Every question's probability, by period."""
    columns = []
    for asked in track.questions.values():
        cells = [chance(answer) for _, answer in asked.periods]
        columns.append(_Column(asked.title, cells, cells))
    return _tables([words(period) for period in track.each.periods], columns, width)


def _column(title: str, answers: Iterable[Answer | Bound | Bounded], trail: Trail, track: Track) -> _Column:
    inverted = has_inverse(trail, track)
    cells = [_cells(answer, inverted=inverted) for answer in answers]
    return _Column(title, [full for full, _ in cells], [short for _, short in cells])


def _cells(answer: Answer | Bound | Bounded, *, inverted: bool) -> tuple[str, str]:
    """A cell with the widest interval, and without; the inverse, marked, where there is no ratio."""
    if not isinstance(answer, Answer):
        held = bound(answer.value, answer.direction)
        return held, held
    if answer.summary is not None:
        return _summary(answer.summary, "")
    found = answer.inverse if inverted else None
    return (NONE, NONE) if found is None else _summary(found, _INVERSE)


def _summary(found: Summary, mark: str) -> tuple[str, str]:
    shown = Printed.of(found)
    short = f"{mark}{shown.median}"
    return f"{short} ({shown.short[-1]})", short


def _led(lead: str, columns: Sequence[_Column], trail: Trail, track: Track, width: int) -> Tables:
    """A lead, the tables, and what the dagger means where there is one."""
    labels = [words(point.period) for point in trail.periods]
    first, *more = _tables(labels, columns, width)
    in_full = any(isinstance(line, Row) and columns[0].full[0] in line.cells for line in first)
    ends = f", {per_cent(track.study.report.levels[-1])} interval" if in_full else ""
    explained = list(_dagger(columns, trail, track))
    return [[Note(f"{lead} (median{ends})", indent=2), *first], *more, explained]


def _dagger(columns: Sequence[_Column], trail: Trail, track: Track) -> Iterator[Line]:
    marked = any(cell.startswith(_INVERSE) for column in columns for cell in column.short)
    answer = next((point.answer for point in trail.periods if isinstance(point.answer, Answer)), None)
    if marked and answer is not None:
        most = f"{100 * track.study.denominators.estimable:g} %"
        unit = measured_in(answer, answer.inverse_unit)
        why = f"the inverse{f', in{unit}' if unit else ''}: P(denominator ≤ 0) is above {most}"
        yield Note(f"{_INVERSE} {why}", indent=2)


def _tables(labels: Sequence[str], columns: Sequence[_Column], width: int) -> list[list[Line]]:
    """All columns with their intervals in one table; else without them, in as few tables as hold them."""
    whole = _table(labels, [(column.title, column.full) for column in columns], 1)
    if needed(whole) <= width:
        return [whole]
    tables: list[list[Line]] = []
    first = 0
    while first < len(columns):
        last = first + 1
        while last < len(columns) and needed(_short(labels, columns[first : last + 1], first)) <= width:
            last += 1
        tables.append(_short(labels, columns[first:last], first))
        first = last
    return tables


def _short(labels: Sequence[str], columns: Sequence[_Column], before: int) -> list[Line]:
    return _table(labels, [(column.title, column.short) for column in columns], before + 1)


def _table(labels: Sequence[str], columns: Sequence[tuple[str, Sequence[str]]], first: int) -> list[Line]:
    """Headings over the columns, their last lines level; what is too long for one is told below by number."""
    headings: list[list[str]] = []
    told: list[Line] = []
    for number, (title, cells) in enumerate(columns, first):
        lines = list(wrapped(plain(title), max(_HEADING, *map(cell_len, cells))))
        if len(lines) > _DEEPEST:
            told.append(Note(f"({number}) {plain(title)}", indent=2))
            lines = [f"({number})"]
        headings.append(lines)
    deepest = max(map(len, headings))
    padded = [[""] * (deepest - len(lines)) + lines for lines in headings]
    rows = [Row("", tuple(lines[i] for lines in padded)) for i in range(deepest)]
    rows += [Row(label, tuple(cells[i] for _, cells in columns), indent=2) for i, label in enumerate(labels)]
    return [*rows, *told]
