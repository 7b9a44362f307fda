"""Which entries of a register can be divided by which: same days, and the measures that a ratio names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contested.answers.cited import Cited
from contested.language.draft import folded
from contested.language.periods import Period
from contested.language.ratios import Amount, Part, Quotient
from contested.language.units import Dimension, Unit

_WHOLE = "area"  # what a share of a country's area is a share of measures this, and nothing else


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a quotient: an entry, or a share of another (an area that is stated in per cent)."""

    cited: Cited
    part: Part


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries of the same days."""

    above: Side
    below: Side

    @property
    def quotient(self) -> Quotient:
        """Their quotient."""
        return Quotient(above=self.above.part, below=self.below.part)

    @property
    def ratio(self) -> Amount:
        """What it comes to; pairs that come to nothing are left out from the start."""
        ratio = self.quotient.ratio
        assert ratio is not None
        return ratio

    @property
    def is_bound(self) -> bool:
        """Whether either side is a bound and nothing more."""
        return bool(self.above.part.amount.bounds or self.below.part.amount.bounds)

    @property
    def period(self) -> Period:
        """The days that both are of."""
        assert self.below.cited.period is not None
        return self.below.cited.period

    @property
    def where(self) -> str:
        """The place of what is divided by: what is counted may be of a wider one."""
        return self.below.cited.text("place")

    @property
    def text(self) -> str:
        """`toll / area`."""
        return self.quotient.text


@dataclass(frozen=True, slots=True)
class Pairs:
    """What can be divided in a register, by its measure; and by what, by days and dimension."""

    above: Mapping[str, Sequence[Side]]
    below: Mapping[tuple[Period, Dimension], Sequence[Side]]
    measures: frozenset[str]

    @classmethod
    def of(cls, cited: Mapping[str, Cited]) -> Pairs:
        """The sides of a register's entries; those of no days, and ratios, are none."""
        above: dict[str, list[Side]] = defaultdict(list)
        below: dict[tuple[Period, Dimension], list[Side]] = defaultdict(list)
        for side in _sides(cited.values()):
            measures = folded(side.cited.text("measures"))
            if side.cited.period is None or side.cited.is_ratio or measures == _WHOLE:
                continue
            above[measures].append(side)
            if side.part.amount.number.is_positive:
                below[side.cited.period, side.part.amount.unit.dimension].append(side)
        return cls(above, below, frozenset(above))

    def like(self, ratio: Cited) -> Iterator[Pair]:
        """Every pair that has a ratio's dimension and counts what it counts, wherever and whenever.

        Where entries measure the very words after its 'per', only those divide.
        """
        named = folded(ratio.text("measures")).partition(" per ")[2]
        for pair in self.giving(ratio.counts, ratio.unit):
            if named not in self.measures or folded(pair.below.cited.text("measures")) == named:
                yield pair

    def giving(self, counts: str, unit: Unit) -> Iterator[Pair]:
        """Every pair of the same days whose numerator has a measure, its quotient a unit's dimension."""
        for above in self.above.get(counts, ()):
            assert above.cited.period is not None  # those of no days are left out
            dimension = (above.part.amount.unit / unit).dimension
            for below in self.below.get((above.cited.period, dimension), ()):
                if above.cited.id != below.cited.id and _covers(above.cited, below.cited):
                    yield Pair(above, below)


def _covers(one: Cited, other: Cited) -> bool:
    """Whether a place lies in another: a toll of the whole front may be set beside one country's area."""
    return _place(other) in _place(one)


def _sides(entries: Iterable[Cited]) -> Iterator[Side]:
    known = [entry for entry in entries if entry.amount is not None]
    for entry in known:
        assert entry.amount is not None
        if (whole := _whole(entry, known)) is None:
            yield Side(entry, Part(text=entry.id, amount=entry.amount, entries=(entry.id,)))
        elif whole.amount is not None:
            area = (entry.amount * whole.amount).to(whole.unit)
            text = f"{entry.id} of {whole.id}"
            yield Side(entry, Part(text=text, amount=area, entries=(entry.id, whole.id)))


def _whole(entry: Cited, known: Iterable[Cited]) -> Cited | None:
    """What a share of an area is a share of: the entry whose measure is the area of the same place."""
    measures = folded(entry.text("measures"))
    if entry.unit.dimension or not measures.startswith("share of") or _WHOLE not in measures:
        return None
    same = (w for w in known if folded(w.text("measures")) == _WHOLE and _place(w) == _place(entry))
    return next(same, None)


def _place(entry: Cited) -> str:
    return folded(entry.text("place"))
