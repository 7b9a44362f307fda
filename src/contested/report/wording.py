"""How numbers, dates, units and weights are worded for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from contested.answers.distribution import Summary
from contested.engine.intervals import Piece
from contested.engine.model import Stratum
from contested.engine.precision import Measured, Rounded, probability_text, rounded, rounded_together
from contested.engine.precision import half_width as half_width_of
from contested.engine.underlying import outermost
from contested.language.bound_algebra import Known
from contested.language.formula import Expression
from contested.language.nodes import STATED_CONFIDENCE, Figure, Study, Weights
from contested.language.periods import Period
from contested.report.naming import sources_of
from contested.report.plain import plain

if TYPE_CHECKING:
    from contested.answers.tipping import TippingPoint

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip  # not strftime's, which follow the machine's language

_DIGITS = 3  # of a value at which an answer flips: two seldom tell it from the stated one
NONE = "–"  # where there is no number


def number(value: float, mcse: float = 0.0, digits: int = 2) -> str:
    """Two significant digits (or as many as asked for), fewer where the Monte Carlo error earns no more."""
    return written(rounded(value, mcse, digits))


def row(numbers: Sequence[Measured], sets: Sequence[int] = ()) -> list[str]:
    """Numbers that are read side by side, to as many digits as tell them apart (`rounded_together`)."""
    return list(map(written, rounded_together(numbers, sets)))


def written(number: Rounded) -> str:
    """A rounded number as it stands in text, with a minus sign."""
    shown = str(number)
    return shown.replace("-", "−", 1) if number.value < 0 else shown


def span(low: float, high: float, low_mcse: float, high_mcse: float) -> str:
    """Two ends: `54 to 190`."""
    return _joined(low, high, *row([Measured(low, low_mcse), Measured(high, high_mcse)]))


def _joined(low: float, high: float, first: str, last: str) -> str:
    return first if low == high else f"{first} to {last}"


def bound(value: float, direction: Known, digits: int = 2) -> str:
    """`at least 33`: rounded to so many digits away from what it excludes, so that it stays true.

    What is exact is written as any number.
    """
    if direction == "exact":
        return number(value, digits=digits)
    exact = Decimal(repr(value))
    last = Decimal(1).scaleb(exact.adjusted() - digits + 1)
    kept = exact.quantize(last, ROUND_FLOOR if direction == "lower" else ROUND_CEILING)
    return f"{'at least' if direction == 'lower' else 'at most'} {number(float(kept), digits=digits)}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A summary as people read it, wherever they do: all its numbers rounded as one row.

    Attributes
    ----------
    median : str
    pieces : tuple of tuple of str
        By interval, the ends of each of its pieces: `54 to 190`.
    """

    median: str
    pieces: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, summary: Summary) -> Printed:
        """The texts of one summary."""
        held = [found.parts for found in summary.intervals]
        ends = [(end, index) for index, parts in enumerate(held, 1) for part in parts for end in part]
        numbers, sets = zip((Measured(summary.median, summary.median_mcse), 0), *ends, strict=True)
        first, *rest = row(numbers, sets)
        texts = iter(rest)
        return cls(
            first,
            tuple(
                tuple(_joined(low.value, high.value, next(texts), next(texts)) for low, high in parts)
                for parts in held
            ),
        )

    @property
    def intervals(self) -> tuple[str, ...]:
        """Each interval's ends: `54 to 190`, `2.1 to 3.3 or 21 to 100`."""
        return tuple(" or ".join(parts) for parts in self.pieces)

    @property
    def short(self) -> tuple[str, ...]:
        """The same, with no more than how many pieces there are where there are several: `2 pieces`."""
        return tuple(parts[0] if len(parts) == 1 else f"{len(parts)} pieces" for parts in self.pieces)


def median(summary: Summary) -> str:
    """A summary's median."""
    return Printed.of(summary).median


def pieces(summary: Summary, strata: Sequence[Stratum], study: Study) -> Iterator[str]:
    """Of each interval in several pieces, their ends, masses, and the sources that give most of them."""
    for found, texts in zip(summary.intervals, Printed.of(summary).pieces, strict=True):
        if len(texts) > 1:
            each = (
                f"{text} ({share(piece.mass)}{_most(piece, strata, study)})"
                for text, piece in zip(texts, found.pieces, strict=True)
            )
            yield f"{per_cent(found.level)} in {len(texts)} pieces: {', '.join(each)}"


def _most(piece: Piece, strata: Sequence[Stratum], study: Study) -> str:
    return "" if piece.stratum is None else f", most of it {sources_of(study, strata[piece.stratum])}"


def share(value: float, mcse: float = 0.0) -> str:
    """A probability or a share: `97 %`, at the ends `<1 %` and `>99 %`."""
    return probability_text(value, mcse)


def crossed_at(point: TippingPoint, level: float) -> str:
    """The values of a variable at which a level is crossed, in its unit: `0.58 or 1.73`, `44,000 people`."""
    values = zip(point.at[level], point.mcse[level], strict=True)
    unit = plain(spoken_unit(point.unit))
    return " or ".join(number(value, error, _DIGITS) for value, error in values) + (
        f" {unit}" if unit else ""
    )


def points(value: float, mcse: float = 0.0) -> str:
    """A difference between probabilities: `22 percentage points`."""
    shown = share(value, mcse).removesuffix(" %")
    return f"{shown.replace('<', 'less than ')} percentage point{'s' * (shown not in ('1', '<1'))}"


def central_range(point: TippingPoint) -> str:
    """The central 90 % of a variable's distribution, beside a value with its unit."""
    return span(point.stated.low, point.stated.high, 0.0, 0.0)


def share_and_error(value: float, mcse: float) -> str:
    """A share of weight to a whole per cent, with its Monte Carlo error where that is larger: `5 ± 2 %`."""
    half_width = 100 * half_width_of(mcse)
    shown = f"{abs(100 * value):.0f}"  # a root at 0 may be -0
    return f"{shown} %" if half_width <= 0.5 else f"{shown} ± {half_width:.0f} %"


def stress(study: Study) -> str:
    """How stated ranges are read where that is not the usual way."""
    return f"every stated range that names no confidence is read as holding {per_cent(study.confidence)}"


def known_by(study: Study) -> str:
    """What facts a sentence rests on, and how stated ranges are read where that is not the usual way."""
    known = f"with what was known by {day(study.as_of)}"
    return known if study.confidence == STATED_CONFIDENCE else f"{known}, where {stress(study)}"


def per_cent(value: float) -> str:
    """A level or weight, which is stated and not drawn: `90 %`, `33.3 %`."""
    return f"{100 * value:.3g} %"


def weights(chosen: Weights, study: Study, disputes: Sequence[str]) -> Iterator[str]:
    """Each dispute with the normalised weights of its sources."""
    for name in disputes:
        dispute = study.disputes[name]
        shares = chosen[name]
        of_each = (f"{plain(one.title)} {per_cent(shares[key])}" for key, one in dispute.sources.items())
        yield f"{plain(dispute.title)}: {', '.join(of_each)}"


def weighting(name: str | None) -> str:
    """What the weighting is called."""
    return f"weighting “{plain(name)}”" if name else "weights of the caller's own"


def day(when: date) -> str:
    """`22 August 2026`."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"


def period(span: Period) -> str:
    """`1 January to 30 April 2025`, `2025`, `3 May 2025`, `up to 30 September 2025`."""
    start, end = span.start, span.end
    if start is None:
        return f"up to {day(end)}"
    if start == end:
        return day(end)
    if (start.month, start.day, end.month, end.day, end.year) == (1, 1, 12, 31, start.year):
        return str(end.year)
    first = day(start) if start.year != end.year else day(start).rpartition(" ")[0]
    return f"{first} to {day(end)}"


def extent(figure: Figure) -> str:
    """Where and when: `Ukraine, 1 January to 30 April 2025`; empty where neither is stated."""
    named = (plain(figure.place) if figure.place else "", period(figure.period) if figure.period else "")
    return ", ".join(filter(None, named))


def enumerated(words: Sequence[str], last: str = " and ") -> str:
    """`A, B and C`."""
    return last.join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def titled(title: str, unit: str) -> str:
    """A title with its unit: `Area gained (km²)`."""
    return f"{plain(title)} ({plain(unit)})" if unit else plain(title)


def spoken_unit(unit: str) -> str:
    """A unit as part of a sentence: `person/km²` is `people per km²`."""
    above, slash, below = unit.partition("/")
    if "/" in below:
        return unit
    if above == "person":
        above = "people"
    elif above.isalpha() and len(above) > 2:  # a word, such as day or tank, and no symbol
        above += "s"
    below = below.strip("()").replace("0 person", "0 people")
    return f"{above} per {below}" if slash else above


def figures_of(study: Study, expression: Expression) -> Mapping[str, Figure]:
    """The figures that an expression rests on, through other estimates too, in reading order."""
    return {
        reference.name: study.figures[reference.name]
        for reference in outermost(study, expression)
        if reference.kind in ("figure", "claim")
    }
