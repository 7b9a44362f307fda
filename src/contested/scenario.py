"""A scenario as Python sees it: load it, run it, compare its sources, certify its claims."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from contested.errors import AccuracyWarning, ContestedError
from contested.language.nodes import IntervalKind, Study, Weights
from contested.language.reading import read

if TYPE_CHECKING:
    from contested.answers.comparison import Comparison
    from contested.answers.estimate import Progress
    from contested.answers.result import Result
    from contested.answers.track import Track
    from contested.report.certificate import Certificate


def load(path: str | PathLike[str]) -> Scenario:
    """Read and check a scenario file; nothing is drawn.

    Parameters
    ----------
    path : str or path
        A YAML file in the scenario language.

    Raises
    ------
    ScenarioError
        With every fault of the file, each as file:line:column.
    """
    return Scenario(read(Path(path)))


@dataclass(frozen=True, slots=True, repr=False)
class Scenario:
    """A scenario that has been read and checked.

    Attributes
    ----------
    study : Study
        Its values.
    """

    study: Study

    def __repr__(self) -> str:
        return f"<Scenario {self.study.name}: {self.title}>"

    @property
    def title(self) -> str:
        """What the scenario asks."""
        return self.study.title

    @property
    def weightings(self) -> Mapping[str, Weights]:
        """The named weightings, normalised, with the built-in `even`."""
        return self.study.weightings

    def run(
        self,
        weighting: str | Mapping[str, Mapping[str, float]] | None = None,
        *,
        seed: int | None = None,
        tolerance: float | None = None,
        levels: Sequence[float] | None = None,
        kind: IntervalKind | None = None,
        confidence: float | None = None,
        progress: Progress | None = None,
    ) -> Result:
        """Draw worlds until every number is precise enough, and pool them.

        As many are drawn as the scenario's own weightings and each source alone need, whichever weighting is
        asked for: what two of them differ by is never the draws.

        Parameters
        ----------
        weighting : str or mapping, optional
            A weighting's name, or dispute to source to weight; the scenario's default where absent.
        seed, tolerance, levels, kind : optional
            In place of the scenario's own settings.
        confidence : float, optional
            What every stated range holds that names no confidence of its own; 0.9 where absent. A lower
            one is the stress test for ranges that are too sure.
        progress : callable, optional
            Told after each doubling how many worlds are drawn and how many may be.

        Raises
        ------
        ScenarioError
            Where a statement cannot be fitted, or a formula has no value in some world.
        ContestedError
            Where a setting or the weighting is out of range.

        Warns
        -----
        AccuracyWarning
            Where max_draws worlds were not enough to reach the tolerance, or those drawn are not enough under
            weights that the scenario does not name.
        """
        from contested.answers.estimate import estimate

        study = _with(
            self.study, seed=seed, tolerance=tolerance, levels=levels, kind=kind, confidence=confidence
        )
        result = estimate(study, weighting, progress or (lambda drawn, most: None))
        _warn(result)
        return result

    def compare(
        self,
        *,
        weightings: Sequence[str] | None = None,
        within: float = 0.2,
        contaminate: float | None = None,
        at: Sequence[float] = (),
        progress: Progress | None = None,
    ) -> Comparison:
        """Draw worlds as `run` does, and set every assumption about whom to believe side by side.

        Sets of weightings, shares of weight and sources left out start from the default weighting.

        Parameters
        ----------
        weightings : sequence of str, optional
            The named weightings to set side by side; all where absent.
        within : float
            Total-variation distance from the default weighting, in each dispute, of one set of weightings.
        contaminate : float, optional
            Share of the default weighting that may go to any source, of another; none where absent.
        at : sequence of float
            Probabilities whose crossing is looked for, besides 0.5.
        progress : callable, optional
            As in `run`.

        Raises
        ------
        ScenarioError
            Where a statement cannot be fitted, or a formula has no value in some world.
        ContestedError
            Where a weighting is unknown, or a number is out of range.

        Warns
        -----
        AccuracyWarning
            Where max_draws worlds were not enough to reach the tolerance.
        """
        from contested.answers.compare import compare

        comparison = compare(
            self.study,
            weightings=weightings,
            within=within,
            contaminate=contaminate,
            at=at,
            progress=progress or (lambda drawn, most: None),
        )
        _warn(comparison.result)
        return comparison

    def track(
        self,
        window: str | None = None,
        *,
        compared: Sequence[tuple[str, str]] = (),
        progress: Progress | None = None,
    ) -> Track:
        """Draw worlds as `run` does, and follow every estimate that comes by period along time.

        Parameters
        ----------
        window : str, optional
            The months or quarters to track, as in 2024-09/2025-04; the scenario's where absent.
        compared : sequence of (str, str)
            Comparisons of two windows, the first over the second, besides the scenario's own.
        progress : callable, optional
            As in `run`.

        Raises
        ------
        ScenarioError
            Where a statement cannot be fitted, or a formula has no value in some world.
        ContestedError
            Where the scenario repeats nothing, or a window is not one of whole periods inside it.

        Warns
        -----
        AccuracyWarning
            Where max_draws worlds were not enough to reach the tolerance.
        """
        from contested.answers.track import track
        from contested.answers.tracked import two_windows, window_of

        found = track(
            self.study,
            window=None if window is None else window_of(self.study, window),
            compared=[two_windows(self.study, of, over) for of, over in compared],
            progress=progress or (lambda drawn, most: None),
        )
        _warn(found.result)
        return found

    def certify(self, question: str, *, progress: Progress | None = None) -> Certificate:
        """Draw worlds as `run` does, and grade one claim by what holds whomever one believes.

        Parameters
        ----------
        question : str
            The name of one of the scenario's questions.
        progress : callable, optional
            As in `run`.

        Raises
        ------
        ScenarioError
            Where a statement cannot be fitted, or a formula has no value in some world.
        ContestedError
            Where the scenario asks no such question.
        """
        from contested.answers.compare import compare
        from contested.answers.findings import known_question
        from contested.report.certificate import Certificate

        known_question(self.study, question)
        return Certificate.of(compare(self.study, progress=progress or (lambda drawn, most: None)), question)


def _warn(result: Result) -> None:
    if not result.converged:
        warnings.warn(AccuracyWarning(unconverged(result)), stacklevel=3)


def unconverged(result: Result) -> str:
    """What to say of draws that ended too early, or that do for all but the weights in use."""
    from contested.engine.stopping import imprecise

    sampling = result.study.sampling
    if imprecise(result.run, result.study, result.rule) is None:
        return (
            f"not converged under the weights given: after {result.run.worlds:,} worlds, which do for the "
            f"scenario's own weightings, some Monte Carlo error is still above the tolerance of "
            f"{sampling.tolerance:g}; name these weights among the scenario's weightings, for which draws go "
            "on until they do, or ask for less with a larger tolerance"
        )
    return (
        f"not converged: after {result.run.worlds:,} worlds some Monte Carlo error is still above the "
        f"tolerance of {sampling.tolerance:g}; raise max_draws (now {sampling.max_draws:,}), or "
        "ask for less with a larger tolerance"
    )


def _with(
    study: Study,
    *,
    seed: int | None,
    tolerance: float | None,
    levels: Sequence[float] | None,
    kind: IntervalKind | None,
    confidence: float | None,
) -> Study:
    """The study with settings of the caller's in place of its own."""
    report, sampling = study.report, study.sampling
    if seed is not None and seed < 0:
        raise ContestedError(f"the seed must be a whole number from 0 on (got {seed})")
    if tolerance is not None and not 0 < tolerance < 1:
        raise ContestedError(f"the tolerance must lie strictly between 0 and 1 (got {tolerance})")
    if confidence is not None and not 0 < confidence < 1:
        raise ContestedError(f"the confidence must lie strictly between 0 and 1 (got {confidence})")
    if levels is not None and (not levels or not all(0 < level < 1 for level in levels)):
        raise ContestedError(f"levels must lie strictly between 0 and 1 (got {list(levels)})")
    if kind is not None and kind not in ("equal-tailed", "hdi"):
        raise ContestedError(f"an interval is 'equal-tailed' or 'hdi' (got {kind!r})")
    return replace(
        study,
        seed=study.seed if seed is None else seed,
        confidence=study.confidence if confidence is None else confidence,
        report=replace(
            report,
            levels=report.levels if levels is None else tuple(sorted(set(levels))),
            kind=report.kind if kind is None else kind,
        ),
        sampling=sampling if tolerance is None else replace(sampling, tolerance=tolerance),
    )
