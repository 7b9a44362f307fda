"""The main job: a scenario to credible intervals with their Monte Carlo error."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from contested.answers.result import Result, chosen
from contested.engine.draws import Draws
from contested.engine.model import Model
from contested.engine.run import Run
from contested.engine.stopping import imprecise, precise
from contested.engine.worlds import Worlds
from contested.language.nodes import Study, Weights

Progress = Callable[[int, int], None]  # worlds drawn, most that may be drawn


def estimate(
    study: Study,
    weighting: str | Mapping[str, Mapping[str, float]] | None = None,
    progress: Progress = lambda drawn, most: None,
) -> Result:
    """Credible intervals for a scenario's estimates, with their Monte Carlo error.

    Parameters
    ----------
    study : Study
    weighting : str or mapping, optional
        A weighting's name, or dispute to source to weight; the scenario's default where absent.
    progress : callable, optional
        Told, after each doubling, how many worlds are drawn and how many may be.

    Raises
    ------
    ScenarioError
        Where a statement cannot be fitted, or a formula has no value in some world.
    ContestedError
        Where the weighting is unknown or cannot be normalised.
    """
    return estimate_under(study, *chosen(study, weighting), progress)


def estimate_under(
    study: Study,
    name: str | None,
    weights: Weights,
    progress: Progress = lambda drawn, most: None,
) -> Result:
    """The same under weights that are complete and normalised, which are taken to the last bit.

    Normalising twice is not always normalising once: a saved run needs its own weights to run again.
    """
    model = Model.of(study)
    return Result(model, _run(model, progress), name, weights, study.rule)


def estimate_each(study: Study, progress: Progress = lambda drawn, most: None) -> tuple[Result, Worlds]:
    """The same under the default weighting, where every estimate and question stops at its own precision.

    Of many, most are precise enough long before the last: they keep the outcomes of the first worlds, so that
    what is asked of several at once has to be an estimate or question of its own. Figures are not answered;
    the first worlds, which all quantities have in common, are returned beside the result.
    """
    name, weights = chosen(study, None)
    model = Model.of(study)
    most = study.sampling.max_draws
    draws = Draws(model, study.seed, figures=False)
    draws.extend(most)
    run = Run.of(draws)
    while True:
        progress(draws.worlds, most)
        rest = [(quantity.kind, quantity.name) for quantity in draws.unsettled]
        draws.settle(precise(run, study, study.rule, rest))
        if not draws.unsettled or 2 * draws.worlds > most:
            return Result(model, run, name, weights, study.rule), draws.first
        draws.extend()
        run = Run.of(draws, run)


def _run(model: Model, progress: Progress) -> Run:
    """Draw, and double the draws, until they are enough or there may be no more.

    Enough for all weightings that the scenario names, whichever is in use: what two of them, or anyone's own
    weights, differ by is then not the draws.
    """
    most = model.study.sampling.max_draws
    draws = Draws(model, model.study.seed)
    draws.extend(most)
    suspect = None
    while True:
        run = Run.of(draws)
        progress(draws.worlds, most)
        suspect = imprecise(run, model.study, model.study.rule, suspect=suspect)
        if suspect is None or 2 * draws.worlds > most:
            return run
        del run
        draws.extend()


def drawn_as_far(model: Model, result: Result) -> Run:
    """The run of a model like a result's own in as many worlds, whose figures are not answered.

    Variables keep their places on the net, so that what both have in common is the same in each world.
    """
    draws = Draws(model, model.study.seed, figures=False)
    while draws.worlds < result.run.worlds:
        draws.extend(model.study.sampling.max_draws)
    return Run.of(draws)
