"""A ratio month by month: every period's answer, sums over windows, and windows set among their kind."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from contested.answers.bounds import Bound, Settled
from contested.answers.distribution import CredibleInterval, Summary, scaled
from contested.answers.estimate import Progress, estimate_each
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.answers.standing import Standing, standings
from contested.answers.tracked import Tracked, name_over, ratio_name
from contested.engine.worlds import Worlds
from contested.language.nodes import Estimate, Study
from contested.language.periods import Period
from contested.language.repeated import ComparedWindows, Each
from contested.language.spans import joined

if TYPE_CHECKING:
    import altair as alt
    import pandas as pd


def track(
    study: Study,
    *,
    window: Period | None = None,
    compared: Sequence[ComparedWindows] = (),
    progress: Progress = lambda drawn, most: None,
) -> Track:
    """Run every period of a scenario in the same worlds.

    Parameters
    ----------
    study : Study
        With `each`.
    window : Period, optional
        The periods to track; all where absent.
    compared : sequence of ComparedWindows
        Comparisons of two windows besides the scenario's own.
    progress : callable, optional
        As in `estimate`.

    Raises
    ------
    ScenarioError
        Where a statement cannot be fitted, or a formula has no value in some world.
    ContestedError
        Where the scenario repeats nothing, or a window lies outside.
    """
    tracked = Tracked.of(study, window, compared)
    return Track(study, tracked, *estimate_each(tracked.study, progress))


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An estimate in one period, or over a window of several.

    Attributes
    ----------
    answer : Answer or Bound
        Pooled by the scenario's default weighting; by source through its `by_source`.
    under : mapping of str to (Answer or Bound)
        The same under every named weighting.
    """

    period: Period
    answer: Answer | Bound
    under: Mapping[str, Answer | Bound]

    @property
    def inverse(self) -> Summary | None:
        """The reciprocal's summary, in the answer's `inverse_unit`, whether or not the ratio is estimable."""
        return None if isinstance(self.answer, Bound) else reciprocal(self.answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two windows of one estimate, their ratio, and how each stands among all windows of its length.

    Attributes
    ----------
    ratio : Answer or Bound
        `of` over `over`.
    higher : Probability or Settled
        P(`of` > `over`).
    standing : mapping of Period to Standing
        Of the two windows; absent where nothing can be ranked.
    """

    compared: ComparedWindows
    of: Point
    over: Point
    ratio: Answer | Bound
    higher: Probability | Settled
    standing: Mapping[Period, Standing]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """One estimate along time.

    Attributes
    ----------
    periods : tuple of Point
        In the order of time.
    sums : tuple of Point
        Over the whole window, each calendar year in it, and the windows that are compared: ratios of sums.
    without_total : str or None
        Why there are none, as half a sentence.
    contrasts : tuple of Contrast
        The comparisons of two windows; none of what rests on a one-sided bound.
    """

    name: str
    title: str
    periods: tuple[Point, ...]
    sums: tuple[Point, ...]
    without_total: str | None
    contrasts: tuple[Contrast, ...]

    @property
    def vanishing(self) -> tuple[Point, ...]:
        """The periods whose ratio is not estimable under the default weighting."""
        return tuple(
            point for point in self.periods if isinstance(point.answer, Answer) and not point.answer.estimable
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question along time: its probability in every period."""

    name: str
    title: str
    periods: tuple[tuple[Period, Probability | Settled], ...]


@dataclass(frozen=True, repr=False)
class Track:
    """What a scenario's estimates come to in every period of a window.

    Attributes
    ----------
    scenario : Study
        As it was read.
    tracked : Tracked
        What was run of it.
    result : Result
        All periods, sums and ratios of windows, under the default weighting; drawn in the same worlds, each
        in as many of the first of them as it needs.
    worlds : Worlds
        The first of them, in which windows are ranked.

    Examples
    --------
    >>> import contested
    >>> track = contested.load("configs/monthly.yaml").track()  # doctest: +SKIP
    >>> track.estimates["per_km2"].periods[0].answer.summary  # doctest: +SKIP
    """

    scenario: Study
    tracked: Tracked
    result: Result
    worlds: Worlds

    def __repr__(self) -> str:
        each = self.each
        return (
            f"<Track of {self.study.name}, {len(each.periods)} {each.step}s of {', '.join(each.estimates)}>"
        )

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        from contested.report.notebook import track_html

        return track_html(self)

    @property
    def study(self) -> Study:
        """The values of what was run."""
        return self.tracked.study

    @property
    def each(self) -> Each:
        """What is repeated, and in which periods."""
        return self.tracked.each

    @property
    def window(self) -> Period:
        """All the periods that are tracked, as one."""
        return joined(self.each.periods[0], self.each.periods[-1])

    @cached_property
    def weightings(self) -> Mapping[str, Result]:
        """The same draws under every named weighting."""
        return {name: self.result.under(name) for name in self.study.weightings}

    @cached_property
    def estimates(self) -> Mapping[str, Trail]:
        """Every repeated estimate along time."""
        return {name: self._trail(name) for name in self.each.estimates}

    @property
    def main(self) -> Trail | None:
        """The first estimate that has a value over the whole window; None where none has."""
        return next((trail for trail in self.estimates.values() if trail.without_total is None), None)

    @cached_property
    def questions(self) -> Mapping[str, Asked]:
        """Every repeated question along time."""
        found = self.result.questions
        return {
            name: Asked(
                name=name,
                title=one.title,
                periods=tuple(zip(self.each.periods, (found[each] for each in one.names), strict=True)),
            )
            for name, one in self.each.questions.items()
        }

    def stated(self, trail: Trail) -> Estimate:
        """An estimate as it stands in the first period."""
        return self.study.estimates[self.each.estimates[trail.name].names[0]]

    @cached_property
    def _standings(self) -> Mapping[tuple[str, Period], Standing]:
        return standings(self.tracked, self.result, self.worlds)

    def plot(self, estimate: str | None = None) -> alt.LayerChart:
        """A picture of one estimate along time, and below it of its inverse where ground may be lost.

        Parameters
        ----------
        estimate : str, optional
            The scenario's first that comes by period where absent.

        Raises
        ------
        ContestedError
            Where no estimate that comes by period has that name.
        """
        from contested.report.charts.chart import chart
        from contested.report.charts.track import track_chart

        return chart(track_chart(self, estimate))

    def table(self) -> pd.DataFrame:
        """Every printed number as a tidy table: a row for each estimate, period, source or weighting."""
        import pandas as pd

        from contested.answers.track_table import COLUMNS, rows

        return pd.DataFrame(list(rows(self)), columns=list(COLUMNS))

    def to_dict(self) -> dict[str, Any]:
        """The track as one JSON object: full precision, non-finite as None."""
        from contested.answers.track_document import document

        return document(self)

    def to_json(self) -> str:
        """The same as text; the same scenario, seed and version give the same bytes."""
        return (
            json.dumps(self.to_dict(), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
        )

    def _trail(self, name: str) -> Trail:
        without = self.tracked.without_total
        return Trail(
            name=name,
            title=self.each.estimates[name].title,
            periods=tuple(self._point(name, period) for period in self.each.periods),
            sums=() if name in without else tuple(self._point(name, one) for one in self.tracked.sums),
            without_total=without.get(name),
            contrasts=tuple(
                self._contrast(name, compared)
                for compared in self.each.compared.values()
                if ratio_name(name, compared) in self.result.estimates
            ),
        )

    def _point(self, template: str, window: Period) -> Point:
        name = name_over(self.each, template, window)
        return Point(
            period=window,
            answer=self.result.estimates[name],
            under={weighting: found.estimates[name] for weighting, found in self.weightings.items()},
        )

    def _contrast(self, template: str, compared: ComparedWindows) -> Contrast:
        name = ratio_name(template, compared)
        windows = dict.fromkeys((compared.of, compared.over))
        return Contrast(
            compared=compared,
            of=self._point(template, compared.of),
            over=self._point(template, compared.over),
            ratio=self.result.estimates[name],
            higher=self.result.questions[name],
            standing={
                window: self._standings[template, window]
                for window in windows
                if (template, window) in self._standings
            },
        )


def reciprocal(answer: Answer) -> Summary | None:
    """The summary of 1/X in `inverse_unit`: from the inverse's own draws, or from a positive X's quantiles.

    None where the inverse is not finite either, or the rule gives no law. Where every denominator and X are
    positive in all that was drawn, quantiles of 1/X are reciprocals of X's, and their errors follow to first
    order.
    """
    factor = 1 / (answer.unit.scale * answer.inverse_unit.scale)
    if not answer.estimable:
        return answer.inverse
    found = answer.summary
    if found is None:
        return None
    lowest = min((interval.low for interval in found.intervals), default=found.median)
    equal_tailed = all(interval.kind == "equal-tailed" for interval in found.intervals)
    positive = answer.drawn.outcomes.positive
    above_zero = positive is None or (answer.drawn.screen.invertible and bool(positive.all()))
    if lowest <= 0 or not equal_tailed or not above_zero:
        return answer.inverted
    return scaled(
        Summary(
            median=1 / found.median,
            median_mcse=found.median_mcse / found.median**2,
            intervals=tuple(map(_turned, found.intervals)),
        ),
        factor,
    )


def _turned(interval: CredibleInterval) -> CredibleInterval:
    return replace(
        interval,
        low=1 / interval.high,
        high=1 / interval.low,
        low_mcse=interval.high_mcse / interval.high**2,
        high_mcse=interval.low_mcse / interval.low**2,
    )
