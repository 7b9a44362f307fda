"""Which entries of a register can be divided by which: same days, and the measures that a ratio names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contested.answers.cited import Cited
from contested.language.draft import folded
from contested.language.nodes import Period
from contested.language.ratios import Amount, Part, Quotient
from contested.language.units import Unit

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


def pairs_for(ratio: Cited, cited: Mapping[str, Cited]) -> Iterator[Pair]:
    """Every pair of entries that has a ratio's dimension and counts what it counts, wherever and whenever."""
    yield from pairs(ratio.counts, ratio.unit, folded(ratio.text("measures")), cited)


def pairs(counts: str, unit: Unit, measures: str, cited: Mapping[str, Cited]) -> Iterator[Pair]:
    """Every pair of entries of the same days whose quotient is of a dimension.

    Parameters
    ----------
    counts : str
        What the numerator measures, folded.
    unit : Unit
        Of the dimension wanted.
    measures : str
        What the ratio measures, folded: where an entry measures the very words after 'per', the denominator
        does.
    cited : mapping of str to Cited
    """
    named = measures.partition(" per ")[2]
    sides = list(_sides(cited.values()))
    known = {folded(side.cited.text("measures")) for side in sides}
    for above in sides:
        if folded(above.cited.text("measures")) != counts or above.cited.is_ratio:
            continue
        for below in sides:
            if named in known and folded(below.cited.text("measures")) != named:
                continue
            if _divide(above, below, unit):
                yield Pair(above, below)


def _divide(above: Side, below: Side, unit: Unit) -> bool:
    one, other = above.cited, below.cited
    if one.id == other.id or other.is_ratio or one.period is None or one.period != other.period:
        return False
    if folded(other.text("measures")) == _WHOLE:
        return False
    if _place(other) not in _place(one):  # a toll of the whole front may be set beside one country's area
        return False
    amounts = above.part.amount, below.part.amount
    if (amounts[0].unit / amounts[1].unit).dimension != unit.dimension:
        return False
    return amounts[1].number.is_positive


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
