"""What is said unasked of two windows that are compared: that one of them is the lowest of 21, say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from contested.answers.estimates import Answer
from contested.answers.standing import Standing
from contested.answers.track import Contrast, Track
from contested.answers.tracked import indices_of
from contested.language.periods import Period
from contested.language.spans import words
from contested.report.plain import plain
from contested.report.rows import chance
from contested.report.track_rows import measured_in
from contested.report.wording import median, number


def place(standing: Standing) -> str:
    """`lowest` or `2nd highest`; `among the lowest` where tied."""
    among = "among the " if standing.tied else ""
    return f"{among}{_ordinal(standing)}{_end(standing)}"


def _end(standing: Standing) -> str:
    return "lowest" if standing.is_low else "highest"


def _ordinal(standing: Standing) -> str:
    """`2nd `, counted from the end that a window is near; nothing of the first, nor where tied."""
    if standing.tied:
        return ""
    rank = _from_end(standing, standing.rank)
    ending = "th" if rank % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return "" if rank == 1 else f"{rank}{ending} "


def _from_end(standing: Standing, rank: int) -> int:
    """A rank from the end that the window is near: 1 for the outermost."""
    return rank if standing.is_low else standing.count + 1 - rank


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
            yield f"“{plain(trail.title)}”: {found.who} has {found.which} of {found.kind}; {found.chance}"


def _remarkable(contrast: Contrast, track: Track) -> Iterator[_Remarkable]:
    of, over = words(contrast.compared.of), words(contrast.compared.over)
    sides = (
        (contrast.over, f"{over}, with which {of} is compared,"),
        (contrast.of, f"{of}, which is compared with {over},"),
    )
    for point, who in sides:
        standing = contrast.standing.get(point.period)
        if standing is not None and standing.is_said:
            assert isinstance(point.answer, Answer)  # bounds have no standing
            yield _Remarkable(standing, point.answer, who, track)


@dataclass(frozen=True, slots=True)
class _Remarkable:
    """A window in the outer tenth of its kind, in words.

    Attributes
    ----------
    who : str
        `Sep–Dec 2024, with which Jan–Apr 2025 is compared,`.
    """

    standing: Standing
    answer: Answer
    who: str
    track: Track

    @property
    def sentence(self) -> str:
        """All of it."""
        periods = self.track.each.periods
        among = f"of {self.kind} from {words(periods[0])} to {words(periods[-1])}"
        return "; ".join([f"{self.who} has {self._middle} {among}", *self._qualified()]) + "."

    @property
    def which(self) -> str:
        """`the lowest median`, `the 2nd highest median`, `one of the lowest medians`."""
        return self._median(_end(self.standing))

    def _median(self, end: str) -> str:
        if self.standing.tied:
            return f"one of the {end} medians"
        return f"the {_ordinal(self.standing)}{end} median"

    @property
    def kind(self) -> str:
        """`all 21 windows of 4 months in a row`."""
        step, count = self.track.each.step, self.standing.count
        length = len(indices_of(self.track.each, self.standing.window))
        return f"all {count} {step}s" if length == 1 else f"all {count} windows of {length} {step}s in a row"

    @property
    def chance(self) -> str:
        """How likely it is to be the outermost, and which window is likelier."""
        standing = self.standing
        end, own = ("lowest", standing.lowest) if standing.is_low else ("highest", standing.highest)
        window, most = standing.likeliest_lowest if standing.is_low else standing.likeliest_highest
        text = f"the model puts {chance(own)} on its being the {end}"
        return text if window == standing.window else f"{text}, and {chance(most)} on {words(window)}"

    @property
    def _middle(self) -> str:
        """`the lowest median (66 casualties per km²)`; that of the inverse where there is no ratio."""
        if self.answer.summary is not None:
            middle = f"{median(self.answer.summary)}{measured_in(self.answer, self.answer.unit)}"
            return f"{self.which} ({middle})"
        own = next(found for found in self.standing.medians if found[0] == self.standing.window)
        middle = f"{number(own[1], own[2])}{measured_in(self.answer, self.standing.unit)}"
        return f"{self._median('highest' if self.standing.is_low else 'lowest')} of the inverse ({middle})"

    def _qualified(self) -> Iterator[str]:
        """How sure that is, and how far it hangs on the sources."""
        standing = self.standing
        if standing.tied:
            others = "another median is" if standing.tied == 1 else f"{standing.tied} other medians are"
            yield f"{others} within Monte Carlo error of it"
        yield self.chance
        places = sorted(_from_end(standing, rank) for _, rank in standing.by_stratum)
        if len(places) > 1:
            ranks = f"{places[0]}" if places[0] == places[-1] else f"{places[0]} to {places[-1]}"
            yield f"rank {ranks} from that end under each combination of sources alone"
