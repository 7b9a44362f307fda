"""What is said unasked of two windows that are compared: that one of them is the cheapest of 21, say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contested.answers.estimates import Answer
from contested.answers.standing import Standing
from contested.answers.track import Contrast, Track
from contested.answers.tracked import indices_of
from contested.engine.precision import probability_text
from contested.language.periods import Period
from contested.language.spans import words
from contested.report.plain import plain
from contested.report.track_rows import measured_in
from contested.report.wording import median, number

_ORDINALS = ("", "second ", "third ", "fourth ", "fifth ")


def said(contrast: Contrast, track: Track) -> Iterator[str]:
    """A sentence for each of the two windows that is in the outer tenth of its kind."""
    for found in _remarkable(contrast, track):
        yield found.sentence


def said_shortly(track: Track) -> Iterator[str]:
    """The same in a line each, for the top of the page; a window that several compare is named once."""
    for trail in track.estimates.values():
        told: dict[Period, _Remarkable] = {}
        for contrast in trail.contrasts:
            for found in _remarkable(contrast, track):
                told.setdefault(found.standing.window, found)
        for found in told.values():
            yield f"“{plain(trail.title)}”: {found.who}, is {found.which} of {found.kind}"


def _remarkable(contrast: Contrast, track: Track) -> Iterator[_Remarkable]:
    sides = ((contrast.over, "the comparison period"), (contrast.of, "the period that is compared"))
    for point, role in sides:
        standing = contrast.standing.get(point.period)
        if standing is not None and standing.is_said:
            assert isinstance(point.answer, Answer)  # bounds have no standing
            yield _Remarkable(standing, point.answer, role, track)


@dataclass(frozen=True, slots=True)
class _Remarkable:
    """A window in the outer tenth of its kind, in words."""

    standing: Standing
    answer: Answer
    role: str
    track: Track

    @property
    def sentence(self) -> str:
        """All of it."""
        periods = self.track.each.periods
        rank = f"{self.role[0].upper()}{self.who[1:]}, is {self.which} of {self.standing.count}"
        among = f"of {self.kind} from {words(periods[0])} to {words(periods[-1])}"
        return "; ".join([f"{rank}: {among} it has {self._middle}", *self._qualified()]) + "."

    @property
    def who(self) -> str:
        """`the comparison period, Sep–Dec 2024`."""
        return f"{self.role}, {words(self.standing.window)}"

    @property
    def which(self) -> str:
        """`the cheapest` or `the second dearest` for people over ground, else `the lowest`."""
        is_price = dict(self.answer.unit.dimension) == {"person": 1, "km": -2}
        low, high = ("cheapest", "dearest") if is_price else ("lowest", "highest")
        return f"the {self._ordinal}{low if self.standing.is_low else high}"

    @property
    def kind(self) -> str:
        """`all 21 windows of 4 months in a row`."""
        step, count = self.track.each.step, self.standing.count
        length = len(indices_of(self.track.each, self.standing.window))
        return f"all {count} {step}s" if length == 1 else f"all {count} windows of {length} {step}s in a row"

    @property
    def _ordinal(self) -> str:
        place = self._place(self.standing.rank)
        return _ORDINALS[place - 1] if place <= len(_ORDINALS) else f"{place}th "

    def _place(self, rank: int) -> int:
        """A rank from the end that the window is near: 1 for the outermost."""
        return rank if self.standing.is_low else self.standing.count + 1 - rank

    @property
    def _middle(self) -> str:
        """`the lowest median (66 people per km²)`; that of the inverse where there is no ratio."""
        end, turned = ("lowest", "highest") if self.standing.is_low else ("highest", "lowest")
        if self.answer.summary is not None:
            middle = f"{median(self.answer.summary)}{measured_in(self.answer.unit)}"
            return f"the {self._ordinal}{end} median ({middle})"
        own = next(found for found in self.standing.medians if found[0] == self.standing.window)
        middle = f"{number(own[1], own[2])}{measured_in(self.standing.unit)}"
        return f"the {self._ordinal}{turned} median of the inverse ({middle})"

    def _qualified(self) -> Iterator[str]:
        """How sure that is, and how far it hangs on the sources."""
        standing = self.standing
        if standing.tied:
            others = "another median is" if standing.tied == 1 else f"{standing.tied} other medians are"
            yield f"{others} within Monte Carlo error of it"
        end, chance = ("lowest", standing.lowest) if standing.is_low else ("highest", standing.highest)
        if chance.value is not None and chance.mcse is not None:
            upper = None if chance.upper is None else probability_text(chance.upper, chance.mcse)
            share = f"{probability_text(chance.value, chance.mcse)}{f' to {upper}' if upper else ''}"
            yield f"the model puts {share} on its being the {end}"
        places = sorted(self._place(rank) for _, rank in standing.by_stratum)
        if len(places) > 1:
            ranks = f"{places[0]}" if places[0] == places[-1] else f"{places[0]} to {places[-1]}"
            yield f"rank {ranks} from that end under each combination of sources alone"
