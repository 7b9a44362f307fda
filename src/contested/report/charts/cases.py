"""What a row of a picture says: an answer's numbers, or the words that stand in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contested.answers.bounds import Bound
from contested.answers.distribution import Summary
from contested.answers.estimates import Answer
from contested.language.bound_algebra import Bounded
from contested.report.charts.theme import POOLED
from contested.report.plain import plain
from contested.report.wording import bound, interval, median, per_cent, share, spoken_unit, titled

Found = Answer | Bound | Bounded


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One estimate under one assumption.

    Attributes
    ----------
    label : str
        In full, whatever room there is for it.
    source : str
        Whose colour it has: a key of `SourceColours`.
    """

    label: str
    found: Found
    source: str = POOLED

    @property
    def summary(self) -> Summary | None:
        """Its median and intervals, if it has any."""
        return self.found.summary if isinstance(self.found, Answer) else None

    @property
    def values(self) -> Iterator[float]:
        """All that has to have room on the axis."""
        if self.summary is not None:
            yield self.summary.median
            for held in self.summary.intervals:
                yield from (held.low, held.high)
        elif not isinstance(self.found, Answer):
            yield self.found.value

    @property
    def numbers(self) -> str:
        """Its numbers: `110 (54 to 190)`, of the widest interval; or in a word why there are none."""
        if not isinstance(self.found, Answer):
            return bound(self.found.value, self.found.direction)
        if self.summary is None:
            return "undefined" if self.found.estimable else "not estimable"
        return f"{median(self.summary)} ({interval(self.summary.intervals[-1])})"

    @property
    def sentence(self) -> str:
        """The same for those who do not see the picture, with the reason where there are no numbers."""
        said = f"{self.label}: {self.numbers}"
        if not isinstance(self.found, Answer) or self.summary is not None:
            return said
        if self.found.estimable:
            return f"{said}, since it is {plain(self.found.undefined or '')}"
        vanishing = share(self.found.denominator_nonpositive)
        return f"{said}, since its denominator is zero or negative with probability {vanishing}"


def levels(cases: Sequence[Case]) -> tuple[float, ...]:
    """The levels of the intervals shown, the narrowest first."""
    summaries = (case.summary for case in cases)
    return next((tuple(i.level for i in found.intervals) for found in summaries if found), ())


def key_line(found: Sequence[float]) -> str:
    """What dots and bars mean: `dot: median; bars: 50 % and 90 % of the model's weight`."""
    if not found:
        return ""
    shares = " and ".join(map(per_cent, found)) if len(found) < 3 else ", ".join(map(per_cent, found))
    return f"Dot: median. Bar{'s' * (len(found) > 1)}: {shares} of the model’s weight."


def headings(found: Sequence[float]) -> str:
    """What the numbers of a row are: `median (90 %)`."""
    return f"median ({per_cent(found[-1])})" if found else ""


def heading(title: str, unit: str) -> str:
    """What a picture is of: a title with its unit as it is spoken."""
    return titled(title, spoken_unit(unit))
