"""Numbers as people read them beside the numbers as they are, and tables of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contested.language.nodes import IntervalKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number.

    Attributes
    ----------
    value : float
        Unrounded.
    mcse : float
        Its Monte Carlo standard error; 0 for what was not drawn.
    text : str
        With the digits that its error earns: `93`, `−1.2`; `–` where it earns none.
    """

    value: float
    text: str
    mcse: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A credible interval.

    Attributes
    ----------
    level : float
        Share of the model's weight that it holds.
    level_text : str
        `90 %`.
    low, high : float
        Its outer ends, unrounded.
    text : str
        `54 to 190`; of several pieces `8.0 to 12 or 27 to 33`.
    pieces : tuple of (float, float)
        The ends of each piece of a highest-density interval; empty of an equal-tailed one.
    """

    level: float
    level_text: str
    kind: IntervalKind
    low: float
    high: float
    low_mcse: float
    high_mcse: float
    text: str
    pieces: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One estimate under one assumption about whom to believe.

    Attributes
    ----------
    median : Number or None
        None where there is no median: see `reason`.
    intervals : tuple of Interval
        In rising level, the report's; empty where there is no median.
    reason : str
        Why there is no median, as a sentence, or empty: a bound, a denominator that may vanish, a rule that
        gives no law.
    bound : Number or None
        Of what rests on one-sided bounds: its value, its text `at least 33`.
    instead : tuple of Instead
        What stands in for a ratio that is not estimable.
    """

    median: Number | None
    intervals: tuple[Interval, ...] = ()
    reason: str = ""
    bound: Number | None = None
    instead: tuple[Instead, ...] = ()

    @property
    def widest(self) -> Interval | None:
        """The interval that holds most; None where there is none."""
        return self.intervals[-1] if self.intervals else None

    @property
    def text(self) -> str:
        """`93 (54 to 190)`, `at least 33`, or a dash."""
        if self.bound is not None:
            return self.bound.text
        if self.median is None:
            return "–"
        return f"{self.median.text} ({self.widest.text})" if self.widest else self.median.text


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What stands in for a ratio whose denominator may vanish.

    Attributes
    ----------
    title : str
        `the inverse`, `only given a denominator above zero`.
    unit : str
        Of its numbers, as words: `km² per 1000 people`.
    """

    title: str
    unit: str
    answer: Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A probability, never shown as 0 % or 100 %.

    Attributes
    ----------
    value : float
        Unrounded; the lower limit where a denominator vanishes too often for one probability.
    upper : float or None
        The upper limit there; else None.
    text : str
        `97 %`, `<1 %`, `>99 %`, `40 % to 43 %`; `yes, by the bounds` where bounds settle it.
    settled : bool
        Whether it is what bounds say, which carry no probability.
    """

    value: float
    text: str
    mcse: float = 0.0
    upper: float | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    text : str
        As people read it.
    values : tuple of float
        The unrounded numbers behind it, in the order in which the text has them: one for a median or a
        probability, two for the ends of an interval, three for a median with its interval; none for words.
    """

    text: str
    values: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table: its label, and a cell for each of the table's columns.

    Attributes
    ----------
    label : str
    cells : tuple of Cell
        As many as the table has columns; the last ones may be missing, as in a row of words alone.
    key : str
        What the row is of, for colours and links: `default`, `weighting:lines`, `source:toll.osint`,
        `without:toll.osint`, `rule:linear`, `estimate:rise`, `question:dearer`; empty where that has no name.
    notes : tuple of str
        Sentences that belong under the row.
    """

    label: str
    cells: tuple[Cell, ...] = ()
    key: str = ""
    strong: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; the title is empty where they need none."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    Attributes
    ----------
    title : str
        Its caption.
    stub : str
        The heading over the labels; may be empty.
    columns : tuple of str
        The headings of the cells.
    unit : str
        Of all its numbers, as words (`people per km²`); empty where they have none, or several.
    notes : tuple of str
        Sentences that belong under the table.
    """

    title: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    stub: str = ""
    unit: str = ""
    notes: tuple[str, ...] = ()

    @property
    def rows(self) -> Iterator[Row]:
        """All rows, whatever group they are in."""
        return (row for group in self.groups for row in group.rows)
