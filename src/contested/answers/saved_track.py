"""The JSON of a track, read back: every period, sum and ratio of windows as an answer of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any

from pydantic import BeforeValidator

from contested.answers.saved import (
    SavedAnswers,
    SavedEstimate,
    SavedHeading,
    SavedPart,
    SavedQuestion,
    parsed,
)
from contested.answers.tracked import ratio_name
from contested.language.periods import Period, parse_period
from contested.language.repeated import ComparedWindows
from contested.language.spans import joined, suffix, words


def _window(text: Any) -> Period:
    found = parse_period(str(text))
    if found.start is None:
        raise ValueError(f"has no beginning (got {text})")
    return joined(found, found)


Window = Annotated[Period, BeforeValidator(_window)]


class SavedPoint(SavedEstimate):
    """An estimate that is titled where it stands."""

    title: str = ""
    unit: str = ""

    def called(self, title: str, unit: str) -> SavedEstimate:
        """The same with its title; the inverse stands in where there is no ratio, and is not told besides."""
        inverse = None if self.estimable else self.inverse
        return self.model_copy(update={"title": title, "unit": unit, "inverse": inverse})


class SavedPeriod(SavedPoint):
    """An estimate in one period or over several, as weighted and under every named weighting."""

    period: Window
    by_weighting: dict[str, SavedPoint]


class SavedChances(SavedQuestion):
    """A question that is titled where it stands."""

    title: str = ""

    def called(self, title: str) -> SavedQuestion:
        """The same with its title."""
        return self.model_copy(update={"title": title})


class SavedAsked(SavedChances):
    """A question in one period."""

    period: Window


class SavedWindows(SavedPart):
    """Two windows that are compared."""

    title: str
    of: Window
    over: Window

    def called(self, name: str) -> ComparedWindows:
        """The same as a track takes it."""
        return ComparedWindows(name=name, title=self.title, of=self.of, over=self.over)


class SavedStanding(SavedPart):
    """How likely a window is the lowest and the highest of all that are as long."""

    window: Window
    count: int
    lowest: SavedChances
    highest: SavedChances


class SavedContrast(SavedWindows):
    """Their ratio, whether the first is above the second, and how each stands."""

    ratio: SavedPoint
    probability_higher: SavedChances
    standing: dict[str, SavedStanding | None]


class SavedTrail(SavedPart):
    """One estimate along time."""

    title: str
    unit: str
    periods: list[SavedPeriod]
    sums: list[SavedPeriod]
    comparisons: dict[str, SavedContrast]

    def points(self, name: str) -> Iterator[tuple[str, SavedPeriod]]:
        """Its sums over windows, and then its periods, by the names that they were run under."""
        yield from ((f"{name}@{point.period.text}", point) for point in self.sums)
        yield from ((f"{name}_{suffix(point.period)}", point) for point in self.periods)

    def contrasts(self, name: str) -> Iterator[tuple[str, SavedContrast]]:
        """Its comparisons of windows by the same names."""
        for key, contrast in self.comparisons.items():
            yield ratio_name(name, contrast.called(key)), contrast

    def estimates(self, name: str) -> Iterator[tuple[str, SavedEstimate]]:
        """Everything that it comes to: sums, periods, ratios of windows."""
        for key, point in self.points(name):
            yield key, point.called(f"{self.title}, {words(point.period)}", self.unit)
        for key, contrast in self.contrasts(name):
            yield key, contrast.ratio.called(f"{self.title}: {contrast.title}", "")

    def questions(self, name: str) -> Iterator[tuple[str, SavedQuestion]]:
        """Whether one window is above another, and whether each is the lowest or highest of its length."""
        for key, contrast in self.contrasts(name):
            of, over = words(contrast.of), words(contrast.over)
            yield key, contrast.probability_higher.called(f"{self.title}: more in {of} than in {over}")
            for standing in filter(None, contrast.standing.values()):
                window = standing.window
                for place, chance in (("lowest", standing.lowest), ("highest", standing.highest)):
                    title = f"{self.title}: {place} in {words(window)}, of {standing.count} windows as long"
                    yield f"{name}@{window.text} {place}", chance.called(title)


class SavedAlong(SavedPart):
    """One question along time."""

    title: str
    periods: list[SavedAsked]

    def questions(self, name: str) -> Iterator[tuple[str, SavedQuestion]]:
        """The question in each period."""
        for asked in self.periods:
            yield f"{name}_{suffix(asked.period)}", asked.called(f"{self.title}, {words(asked.period)}")


class SavedNamed(SavedWindows):
    """Two windows that are compared, with the comparison's name."""

    name: str


class SavedTrack(SavedHeading):
    """The JSON of a track."""

    window: Window
    compared: list[SavedNamed]
    left_out: list[SavedNamed]
    estimates: dict[str, SavedTrail]
    questions: dict[str, SavedAlong]

    @cached_property
    def answers(self) -> SavedAnswers:
        """Every period, sum and ratio of windows, by the names that they were run under."""
        trails, asked = self.estimates.items(), self.questions.items()
        estimates = (each for name, trail in trails for each in trail.estimates(name))
        contrasts = (each for name, trail in trails for each in trail.questions(name))
        questions = (each for name, along in asked for each in along.questions(name))
        return SavedAnswers(estimates=dict(estimates), questions=dict((*contrasts, *questions)))

    @cached_property
    def under(self) -> Mapping[str, SavedAnswers]:
        """Periods and sums under every named weighting."""
        found: dict[str, dict[str, SavedEstimate]] = {}
        for name, trail in self.estimates.items():
            for key, point in trail.points(name):
                for weighting, answer in point.by_weighting.items():
                    found.setdefault(weighting, {})[key] = answer
        return {name: SavedAnswers(estimates=each, questions={}) for name, each in found.items()}

    def parts(self, name: str) -> Iterator[str]:
        """The names of all that one estimate comes to; none where it has none of that name."""
        if name in self.estimates:
            trail = self.estimates[name]
            yield from dict.fromkeys(key for key, _ in (*trail.estimates(name), *trail.questions(name)))


def parse_track(text: str, shown: str) -> SavedTrack:
    """The JSON of a track; parameters and errors as in `saved.parse_result`."""
    return parsed(SavedTrack, text, shown)
