"""A track's headline under every assumption about whom to believe.

To compare two dozen months of everything is neither quick nor readable. So it is its main estimate's sums
over windows that are compared, and the ratios of the windows that the scenario sets side by side: in the
worlds of the track, so that its numbers are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from contested.answers.compare import compare
from contested.answers.comparison import Comparison
from contested.answers.estimate import Progress
from contested.answers.track import Track
from contested.answers.tracked import name_over, ratio_name
from contested.errors import ContestedError
from contested.language.nodes import Mismatch, Question, Study
from contested.language.repeated import ComparedWindows, Each, Repeated
from contested.language.spans import words


def compared_windows(track: Track, progress: Progress = lambda drawn, most: None) -> Comparison:
    """The comparison of a track's main estimate over its windows.

    Parameters
    ----------
    track : Track
    progress : callable, optional
        Told how far the draws of the figures are: a track answers none.

    Returns
    -------
    Comparison
        Its first estimate is that over the whole window.

    Raises
    ------
    ContestedError
        Where no estimate has a value over the whole window.
    """
    study = _of_main_estimate(track)
    drawn = compare(study, progress=progress)
    run = replace(
        track.result.run,
        estimates={n: one for n, one in track.result.run.estimates.items() if n in study.estimates},
        questions={n: one for n, one in track.result.run.questions.items() if n in study.questions},
        figures=drawn.result.run.figures,
    )
    model = replace(track.result.model, study=study)
    return replace(drawn, result=replace(track.result, model=model, run=run))


def _of_main_estimate(track: Track) -> Study:
    """The tracked study, of whose estimates the sums of one and their ratios are kept."""
    if track.main is None:
        raise ContestedError(
            f"{track.study.name} has no estimate with a value over several {track.each.step}s, of which the "
            "report would be; add one of amounts, or of their quotient"
        )
    study, each, template = track.study, track.each, track.main.name
    compared = [contrast.compared for contrast in track.main.contrasts]
    sides = (window for one in compared for window in (one.of, one.over))  # a period by itself is no sum
    sums = (name_over(each, template, window) for window in (track.window, *track.tracked.sums, *sides))
    ratios = [ratio_name(template, one) for one in compared]
    names = dict.fromkeys((*sums, *ratios))
    estimates = {name: study.estimates[name] for name in names}
    questions = dict(_questions(study, each.estimates[template], compared))
    mismatches = tuple(dict.fromkeys(_mismatches(study, each, template, next(iter(names)))))
    return replace(study, estimates=estimates, questions=questions, mismatches=mismatches)


def _questions(
    study: Study, asked: Repeated, compared: Iterable[ComparedWindows]
) -> Iterator[tuple[str, Question]]:
    """Whether one window is above another, asked in words."""
    for one in compared:
        name = ratio_name(asked.name, one)
        of, over = words(one.of), words(one.over)
        question = study.questions[name]
        formula = replace(question.formula, text=f"{asked.name}, {of} > {asked.name}, {over}")
        yield name, replace(question, title=f"{asked.title}: more in {of} than in {over}", formula=formula)


def _mismatches(study: Study, each: Each, template: str, whole: str) -> Iterator[Mismatch]:
    """Those of all that is tracked; what every period's main estimate sets side by side, its sum does too."""
    periods = {f"estimates.{name}" for name in each.estimates[template].names}
    tracked = {"figures": study.figures, "estimates": study.estimates, "questions": study.questions}
    for mismatch in study.mismatches:
        kind, _, rest = mismatch.path.partition(".")
        if mismatch.path in periods:
            yield replace(mismatch, path=f"estimates.{whole}")
        elif kind not in tracked or rest.partition(".")[0] in tracked[kind]:
            yield mismatch
