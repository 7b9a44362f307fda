"""Rows of dots and bars on one axis, in groups with headings: labels at the left, numbers at the right.

Where there is no room for labels beside the bars, a row has two lines: words and numbers above, bars below.
A row may carry a curve, which stands on its bars.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from contested.report.charts.axes import Axis
from contested.report.charts.axes import height as axis_height
from contested.report.charts.bars import bars, line_at
from contested.report.charts.entries import Entry, key_line, levels
from contested.report.charts.layers import Layer, Specification
from contested.report.charts.lettering import Hand, Text, block, written
from contested.report.charts.measuring import width, wrapped
from contested.report.charts.theme import INK, MUTED, Look, SourceColours, picture
from contested.report.wording import per_cent

_INDENT = 10
_GAP = 14  # between columns
_GROUP_GAP = 10
_MOST_LABELS = 0.4  # of the picture, for the labels beside the bars
_MOST_NUMBERS = 0.36

Bands = list[tuple[float, float]]  # from top to bottom, in pixels


@dataclass(frozen=True, slots=True)
class Group:
    """Rows under a heading; none where it is empty."""

    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A row in its place, in pixels from the top.

    Attributes
    ----------
    label : sequence of str
        Its lines.
    words : float
        Middle of the first of them.
    bar : float
        Where the bars lie.
    bottom : float
    """

    entry: Entry
    label: Sequence[str]
    top: float
    words: float
    bar: float
    bottom: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """What is drawn.

    Attributes
    ----------
    unit : str
        Of the values, as it is spoken.
    numbers : str
        What the numbers at the right are.
    notes : sequence of str
        What is said below the title.
    reference : float or None
        A value at which a line runs through all rows.
    axis : callable, optional
        The axis between two places; by default one that holds all values.
    rise : float
        Height of a row's curve, in pixels.
    curves : callable, optional
        Layers for the rows' curves on the axis.
    """

    title: str
    unit: str
    groups: Sequence[Group]
    numbers: str
    notes: Sequence[str] = ()
    reference: float | None = None
    axis: Callable[[float, float], Axis] | None = None
    rise: float = 0.0
    curves: Callable[[Sequence[Placed], Axis], Iterator[Layer]] | None = None

    @property
    def entries(self) -> list[Entry]:
        """All rows."""
        return list(chain.from_iterable(group.entries for group in self.groups))

    @property
    def description(self) -> str:
        """All that the picture says, in sentences."""
        parts = [f"{self.title}.", *self.notes]
        for group in self.groups:
            said = "; ".join(entry.sentence for entry in group.entries)
            parts.append(f"{group.title}: {said}." if group.title else f"{said}.")
        return " ".join(parts)


def of_estimates(groups: Sequence[Group]) -> tuple[str, tuple[str, ...]]:
    """The heading of the numbers of estimates, and what their dots and bars mean."""
    shown = levels([entry for group in groups for entry in group.entries])
    return (f"median ({per_cent(shown[-1])})" if shown else ""), (key_line(shown),) if shown else ()


def drawn(ladder: Ladder, colours: SourceColours, look: Look) -> Specification:
    """The picture."""
    columns = _Columns.of(ladder.entries, look)
    texts, top = heading_block(ladder.title, ladder.notes, look)
    rows, headings, bands, bottom = _placed(ladder, columns, top, look)
    texts += headings
    texts += chain.from_iterable(_row_texts(row, columns, look) for row in rows)
    texts.append(Text(look.width, top + 0.5 * look.line, ladder.numbers, columns.hand(look, MUTED)))
    layers: list[Layer] = []
    values = [value for entry in ladder.entries for value in entry.values]
    if values:
        axis = _axis(ladder, values, columns)
        layers.append(axis.grid(bands, look))
        if ladder.reference is not None:
            layers.append(line_at(ladder.reference, axis, bands))
        layers += ladder.curves(rows, axis) if ladder.curves else ()
        layers += bars([(row.entry, row.bar) for row in rows], axis, colours)
        texts += axis.labels(bottom, look, ladder.unit)
        bottom += axis_height(look, ladder.unit)
    return picture([*layers, *written(texts)], look, bottom, ladder.description)


def _axis(ladder: Ladder, values: Sequence[float], columns: _Columns) -> Axis:
    if ladder.axis is not None:
        return ladder.axis(columns.left, columns.right)
    return Axis.over(values, columns.left, columns.right)


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


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where labels end, where the axis begins and ends, and how wide the numbers are."""

    labels: float
    left: float
    right: float
    numbers: float

    @classmethod
    def of(cls, entries: Sequence[Entry], look: Look) -> _Columns:
        numbers = max((width(entry.numbers, look.small) for entry in entries), default=0.0)
        if look.stacked:
            return cls(look.width, 6, look.width - 6, numbers)
        longest = max((width(entry.label, look.size) for entry in entries), default=0.0) + _INDENT
        labels = min(longest, _MOST_LABELS * look.width)
        numbers = min(numbers, _MOST_NUMBERS * look.width)
        return cls(labels, labels + _GAP, look.width - numbers - _GAP, numbers)

    def room(self, entry: Entry, look: Look) -> float:
        """For a row's label."""
        if look.stacked:
            return look.width - width(entry.numbers, look.small) - _GAP - _INDENT
        return self.labels - _INDENT

    def hand(self, look: Look, colour: str = INK) -> Hand:
        """How numbers are written."""
        return Hand(size=look.small, colour=colour, align="right", limit=look.width)


def _placed(
    ladder: Ladder, columns: _Columns, top: float, look: Look
) -> tuple[list[Placed], list[Text], Bands, float]:
    """Every row and heading in its place, the bands that grid lines run through, and where the last ends."""
    rows: list[Placed] = []
    texts: list[Text] = []
    bands: Bands = []
    hand = Hand(size=look.small, colour=MUTED, bold=True, limit=look.width)
    beside_heading = width(ladder.numbers, look.small) + _GAP
    if ladder.groups and not ladder.groups[0].title:
        top += look.line
    for index, group in enumerate(ladder.groups):
        if group.title:
            room = look.width - (0 if index else beside_heading)
            lines = wrapped(group.title, room, look.small, bold=True, lines=3)
            found, top = block(lines, 0, top + (_GROUP_GAP if index else 0), hand, look)
            texts += found
        own = list(_rows(group.entries, ladder, columns, top, look))
        rows += own
        top = own[-1].bottom if own else top
        bands += _bands(own, look)
    return rows, texts, bands, top + 4


def _rows(
    entries: Sequence[Entry], ladder: Ladder, columns: _Columns, top: float, look: Look
) -> Iterator[Placed]:
    rise = ladder.rise
    for entry in entries:
        label = wrapped(entry.label, columns.room(entry, look), look.size, lines=4 if look.stacked else 2)
        text = len(label) * look.line
        if look.stacked:
            bar = top + text + max(rise, 6)
            words, bottom = top + 0.5 * look.line, bar + 10
        else:
            tall = max(text, rise + 0.5 * look.line)
            bar = top + 2 + (tall - 0.5 * look.line if rise else 0.5 * text)
            words, bottom = bar - 0.5 * (text - look.line), top + tall + 4
        yield Placed(entry=entry, label=label, top=top, words=words, bar=bar, bottom=bottom)
        top = bottom


def _bands(rows: Sequence[Placed], look: Look) -> Bands:
    """Where lines run: through all rows of a group; where words stand above bars, beside the bars alone."""
    if look.stacked:
        return [(row.top + len(row.label) * look.line - 1, row.bar + 7) for row in rows]
    return [(rows[0].top, rows[-1].bottom)] if rows else []


def _row_texts(row: Placed, columns: _Columns, look: Look) -> Iterator[Text]:
    hand = Hand(size=look.size, limit=columns.room(row.entry, look) + 6)
    for index, line in enumerate(row.label):
        yield Text(_INDENT, row.words + index * look.line, line, hand)
    level = row.words if look.stacked else row.bar
    yield Text(look.width, level, row.entry.numbers, columns.hand(look))
