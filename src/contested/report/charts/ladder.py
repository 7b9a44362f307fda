"""Rows of dots and bars on one axis, in groups with headings: labels at the left, numbers at the right.

Where there is no room for labels beside the bars, a row has two lines: words and numbers above, bars below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import altair as alt

from contested.report.charts.axes import Axis
from contested.report.charts.axes import height as axis_height
from contested.report.charts.bars import bars, line_at
from contested.report.charts.cases import Case, headings, key_line, levels
from contested.report.charts.lettering import Hand, Text, block, width, wrapped, written
from contested.report.charts.theme import INK, MUTED, Look, SourceColours, picture

_INDENT = 10
_GAP = 14  # between columns
_GROUP_GAP = 9
_MOST_LABELS = 0.4  # of the picture, for the labels beside the bars
_MOST_NUMBERS = 0.36


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading; none where it is empty."""

    title: str
    cases: Sequence[Case]


@dataclass(frozen=True, slots=True)
class _Row:
    case: Case
    label: Sequence[str]
    words: float  # where the middle of its first line of text lies
    bar: float


def ladder(
    groups: Sequence[Group],
    colours: SourceColours,
    look: Look,
    *,
    title: str,
    unit: str,
    reference: float | None = None,
    notes: Sequence[str] = (),
) -> alt.LayerChart:
    """Draw groups of rows.

    Parameters
    ----------
    unit : str
        Of the values, as it is spoken.
    reference : float, optional
        A value at which a line runs through all rows.
    notes : sequence of str
        What is to be said below the title, besides what dots and bars are.
    """
    cases = list(chain.from_iterable(group.cases for group in groups))
    columns = _Columns.of(cases, look)
    texts, top = heading_block(title, [key_line(levels(cases)), *notes], look)
    rows, headed, bottom = _placed(groups, columns, top, look)
    texts += headed + list(chain.from_iterable(_row_texts(row, columns, look) for row in rows))
    if levels(cases):
        texts.append(
            Text(
                look.width, top + 0.5 * look.line, headings(levels(cases)), columns.numbers_hand(look, MUTED)
            )
        )
    layers: list[alt.Chart] = []
    if values := [value for case in cases for value in case.values]:
        axis = Axis.over(values, columns.left, columns.right)
        layers += axis.layers(top + look.line, bottom, look, unit)
        if reference is not None:
            layers.append(line_at(reference, axis, top + look.line, bottom))
        layers += bars([(row.case, row.bar) for row in rows], axis, colours)
        bottom += axis_height(look, unit)
    return picture([*layers, *written(texts)], look, bottom, described(title, groups, levels(cases)))


def heading_block(title: str, notes: Sequence[str], look: Look) -> tuple[list[Text], float]:
    """The title and what is said below it, and where the picture goes on."""
    room = look.width
    lines = wrapped(title, room, look.size, bold=True, lines=4)
    found, top = block(lines, 0, 0, Hand(size=look.size, bold=True, limit=room), look)
    for note in filter(None, notes):
        lines = wrapped(note, room, look.small, lines=4)
        more, top = block(lines, 0, top, Hand(size=look.small, colour=MUTED, limit=room), look)
        found += more
    return found, top + 0.4 * look.line


def described(title: str, groups: Sequence[Group], shown: Sequence[float]) -> str:
    """All that the picture says, in sentences."""
    parts = [f"{title}. {key_line(shown)}".strip()]
    for group in groups:
        said = "; ".join(case.sentence for case in group.cases)
        parts.append(f"{group.title}: {said}." if group.title else f"{said}.")
    return " ".join(parts)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where labels end, and where the axis begins and ends."""

    labels: float
    left: float
    right: float
    numbers: float

    @classmethod
    def of(cls, cases: Sequence[Case], look: Look) -> _Columns:
        numbers = max((width(case.numbers, look.small) for case in cases), default=0.0)
        if look.stacked:
            return cls(look.width - 0.4 * numbers, 6, look.width - 6, numbers)
        longest = max((width(case.label, look.size) for case in cases), default=0.0) + _INDENT
        labels = min(longest, _MOST_LABELS * look.width)
        numbers = min(numbers, _MOST_NUMBERS * look.width)
        return cls(labels, labels + _GAP, look.width - numbers - _GAP, numbers)

    def room(self, case: Case, look: Look) -> float:
        """For a row's label."""
        if look.stacked:
            return look.width - width(case.numbers, look.small) - _GAP - _INDENT
        return self.labels - _INDENT

    def numbers_hand(self, look: Look, colour: str = INK) -> Hand:
        return Hand(size=look.small, colour=colour, align="right")


def _placed(
    groups: Sequence[Group], columns: _Columns, top: float, look: Look
) -> tuple[list[_Row], list[Text], float]:
    """Every row and heading in its place, and where the last ends."""
    rows: list[_Row] = []
    texts: list[Text] = []
    hand = Hand(size=look.small, colour=MUTED, bold=True, limit=look.width)
    top += look.line if not (groups and groups[0].title) else 0
    for index, group in enumerate(groups):
        if group.title:
            top += _GROUP_GAP if index else 0
            room = look.width - (width("median (90 %)", look.small) + _GAP if index == 0 else 0)
            headed, top = block(wrapped(group.title, room, look.small, bold=True), 0, top, hand, look)
            texts += headed
        for case in group.cases:
            row, top = _row(case, columns, top, look)
            rows.append(row)
    return rows, texts, top + 4


def _row(case: Case, columns: _Columns, top: float, look: Look) -> tuple[_Row, float]:
    label = wrapped(case.label, columns.room(case, look), look.size)
    words = len(label) * look.line
    if look.stacked:
        bar = top + words + 6
        return _Row(case, label, top + 0.5 * look.line, bar), bar + 10
    return _Row(case, label, top + 2 + 0.5 * look.line, top + 2 + 0.5 * words), top + words + 4


def _row_texts(row: _Row, columns: _Columns, look: Look) -> Iterator[Text]:
    hand = Hand(size=look.size, limit=columns.room(row.case, look) + 4)
    for index, line in enumerate(row.label):
        yield Text(_INDENT, row.words + index * look.line, line, hand)
    level = row.words if look.stacked else row.bar
    yield Text(look.width, level, row.case.numbers, columns.numbers_hand(look))
