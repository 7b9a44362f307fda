"""The main job: a scenario to credible intervals with their Monte Carlo error."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contested.answers.result import Result, chosen
from contested.engine.draws import Draws
from contested.engine.model import Model
from contested.engine.run import Run
from contested.engine.stopping import imprecise
from contested.language.nodes import Study, Weights

Progress = Callable[[int, int], None]  # worlds drawn, most that may be drawn


def estimate(
    study: Study,
    weighting: str | Mapping[str, Mapping[str, float]] | None = None,
    progress: Progress = lambda drawn, most: None,
    *,
    figures: bool = True,
) -> Result:
    """Credible intervals for a scenario's estimates, with their Monte Carlo error.

    Parameters
    ----------
    study : Study
    weighting : str or mapping, optional
        A weighting's name, or dispute to source to weight; the scenario's default where absent.
    progress : callable, optional
        Told, after each doubling, how many worlds are drawn and how many may be.
    figures : bool
        Whether the figures are answered too, beside estimates and questions.

    Raises
    ------
    ScenarioError
        Where a statement cannot be fitted, or a formula has no value in some world.
    ContestedError
        Where the weighting is unknown or cannot be normalised.
    """
    return estimate_under(study, *chosen(study, weighting), progress, figures=figures)


def estimate_under(
    study: Study,
    name: str | None,
    weights: Weights,
    progress: Progress = lambda drawn, most: None,
    *,
    figures: bool = True,
) -> Result:
    """The same under weights that are complete and normalised, which are taken to the last bit.

    Normalising twice is not always normalising once: a saved run needs its own weights to run again.
    """
    model = Model.of(study)
    return Result(model, _run(model, weights, progress, figures=figures), name, weights, study.rule)


def _run(model: Model, weights: Weights, progress: Progress, *, figures: bool) -> Run:
    """Draw, and double the draws, until they are enough or there may be no more."""
    most = model.study.sampling.max_draws
    draws = Draws(model, model.study.seed, figures=figures)
    draws.extend(most)
    suspect = None
    while True:
        run = Run.of(draws)
        progress(draws.worlds, most)
        suspect = imprecise(run, model.study, weights, suspect, model.study.rule)
        if suspect is None or 2 * draws.worlds > most:
            return run
        del run
        draws.extend()
