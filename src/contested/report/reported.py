"""What a report is made of: a scenario run and compared, or a saved run, run again as it was."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from contested.language.nodes import Study
from contested.language.reading import read
from contested.report.plain import plain
from contested.report.saved import SavedRun

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.answers.estimate import Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A comparison to report, and what a reader has to know of how it was made.

    Attributes
    ----------
    comparison : Comparison
    command : str
        What makes the report again.
    warning : str or None
        In which answers it differs from those that were saved, as a sentence; None where in none.
    """

    comparison: Comparison
    command: str
    warning: str | None


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
        from contested.answers.compare import compare

        if self.run is None:
            command = f"contested report {shlex.quote(self.study.file.name)}"
            return Reported(comparison=compare(self.study, progress=progress), command=command, warning=None)
        comparison = self.run.recompare(progress)
        return Reported(
            comparison=comparison,
            command=f"contested report {shlex.quote(self.run.directory.resolve().name)}",
            warning=_differs(self.run, comparison),
        )


def _differs(run: SavedRun, comparison: Comparison) -> str | None:
    from contested.report.repeated import repeated

    said = repeated(run, comparison.result).said
    if said is None:
        return None
    return f"This is not what was saved in {plain(run.directory.name)}: {said}."
