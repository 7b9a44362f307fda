"""What a report is made of: a scenario run and compared, or a saved run, run again as it was."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from contested.language.nodes import Study
from contested.language.reading import read
from contested.report.plain import plain
from contested.report.saved import SavedRun
from contested.report.wording import weighting

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.answers.estimate import Progress
    from contested.answers.result import Result
    from contested.answers.track import Track
    from contested.report.briefing.briefing import Briefing
    from contested.report.briefing.tables import Tables
    from contested.report.charts.layers import Specification


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A comparison to report, and what a reader has to know of how it was made.

    Attributes
    ----------
    comparison : Comparison
        Of a scenario that comes by month or quarter, of its main estimate's sums over windows.
    track : Track or None
        Such a scenario along time.
    command : str
        What makes the report again.
    warning : str or None
        In which answers it differs from those that were saved, as a sentence; None where in none.
    """

    comparison: Comparison
    track: Track | None
    command: str
    warning: str | None

    def briefing(self, tables: Callable[[Comparison], Tables] | None = None) -> Briefing:
        """What the report says; with its tables, where they are made elsewhere."""
        from contested.report.briefing.briefing import Briefing
        from contested.report.briefing.tables import Tables
        from contested.report.counted import counted_unit
        from contested.report.track_sentence import window_quotation

        found = Briefing.of(
            self.comparison, command=self.command, track=self.track, tables=tables or Tables.of
        )
        found = replace(found, warning=self.warning or "")
        if self.track is None or self.track.main is None:
            return found
        # Each figure is told once for all periods, not once in each.
        main, track = self.track.main, self.track
        unit = self.comparison.result.estimates[found.headline.estimate].unit
        headline = replace(
            found.headline,
            sentence=window_quotation(main, track),
            counted_unit=counted_unit(track.study, track.stated(main).name, unit),
            meanings=(),
        )
        return replace(found, headline=headline)

    def charts(self) -> Mapping[str, Specification]:
        """Every picture of it by name, at both sizes."""
        from contested.report.charts.export import charts_along_time, charts_of

        along_time = {} if self.track is None else charts_along_time(self.track)
        return {**along_time, **charts_of(self.comparison)}


@dataclass(frozen=True, slots=True)
class Source:
    """A scenario file, or a directory that --out made; nothing is drawn yet.

    Attributes
    ----------
    study : Study
        What is to be run, with its settings.
    run : SavedRun or None
    """

    study: Study
    run: SavedRun | None

    @classmethod
    def open(cls, path: Path) -> Source:
        """Read a scenario, or a saved run where the path is a directory.

        Raises
        ------
        ScenarioError
            With every fault of the scenario.
        ContestedError
            Where a directory is no saved run.
        """
        if not path.is_dir():
            return cls(read(path), None)
        run = SavedRun.open(path)
        return cls(run.study(), run)

    def reported(self, progress: Progress) -> Reported:
        """Run it and set every assumption side by side; a saved run as it was run then.

        Errors as in `open`, and those of the run.
        """
        if self.study.each is not None and self.study.each.estimates:
            return self._along_time(progress)
        if self.run is None:
            from contested.answers.compare import compare

            return self._reported(compare(self.study, progress=progress))
        comparison = self.run.recompare(progress)
        return self._reported(comparison, again=comparison.result)

    def _along_time(self, progress: Progress) -> Reported:
        """By month or quarter: under the default weighting and the scenario's rule, as a track is."""
        from contested.answers.track import track
        from contested.report.whole_window import compared_windows

        run = self.run
        if run is not None and run.kind == "track":
            tracked = run.retrack(progress)
            return self._reported(compared_windows(tracked, progress), tracked, tracked)
        again = None if run is None else run.rerun(progress)
        tracked = track(self.study, progress=progress)
        return self._reported(compared_windows(tracked, progress), tracked, again)

    def _otherwise_pooled(self, comparison: Comparison) -> str | None:
        """That a saved run was pooled in another way than a report by month is."""
        saved, result = None if self.run is None else self.run.saved, comparison.result
        if saved is None or (saved.weights == result.weights and saved.rule == result.rule):
            return None
        return (
            f"What was saved was pooled by the {saved.rule} rule under {weighting(saved.weighting)}; this "
            f"report, being along time, is by the {result.rule} rule under {weighting(result.weighting)}."
        )

    def _reported(
        self, comparison: Comparison, track: Track | None = None, again: Result | Track | None = None
    ) -> Reported:
        place = self.study.file if self.run is None else self.run.directory.resolve()
        warnings = [
            None if self.run is None or again is None else _differs(self.run, again),
            None if track is None else self._otherwise_pooled(comparison),
        ]
        return Reported(
            comparison=comparison,
            track=track,
            command=f"contested report {shlex.quote(place.name)}",
            warning=" ".join(filter(None, warnings)) or None,
        )


def _differs(run: SavedRun, again: Result | Track) -> str | None:
    """What is to be told of a run that was run again."""
    from contested.report.repeated import repeated

    said = repeated(run, again).said
    return None if said is None else f"This is not what was saved in {plain(run.directory.name)}: {said}."
