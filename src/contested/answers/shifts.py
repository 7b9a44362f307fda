"""By how much an estimate's whole law moves with each dispute and input, from the worlds of the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.delta import BINS, Shift
from contested.engine.design import REPLICATES, Design
from contested.engine.groups import Group
from contested.engine.weights import stratum_weights
from contested.engine.worlds import Worlds
from contested.shapes.base import Array

_MOST_POINTS = 2048  # of each replicate


@dataclass(frozen=True, slots=True)
class Shifts:
    """Borgonovo's δ by group; the baseline is that of a variable that has nothing to do with the estimate."""

    by_group: Mapping[str, float]
    baseline: float | None


def shifts(result: Result, groups: Mapping[str, Sequence[Group]]) -> dict[str, Shifts]:
    """δ of each group of some estimates that is one dispute or one variable.

    Parameters
    ----------
    groups : mapping of str to sequence of Group
        By the estimate's name.
    """
    points = min(result.run.worlds // REPLICATES, _MOST_POINTS)
    coordinates = _coordinates(
        result, points, {g.places[0] for some in groups.values() for g in some if len(g.places) == 1}
    )
    return {name: _shifts(result, name, some, coordinates, points) for name, some in groups.items()}


def _shifts(
    result: Result, name: str, groups: Sequence[Group], coordinates: Mapping[str, Array], points: int
) -> Shifts:
    answer = result.estimates[name]
    assert isinstance(answer, Answer)
    quantity = answer.drawn.quantity
    weights = stratum_weights(quantity, answer.weights)
    used = np.flatnonzero(weights)
    edges = answer.drawn.all_worlds.strata.quantile(weights[None], np.arange(1, BINS) / BINS)[0]
    values = np.asarray(answer.drawn.outcomes.values, dtype=float)
    points = min(points, values.shape[2])  # one of many estimates may have fewer worlds than the run
    shift = Shift([values[:, k, :points] for k in used], weights[used], edges)
    found = {}
    for group in groups:
        if group.disputes:
            dispute = quantity.disputes.index(group.disputes[0])
            sources = quantity.sources[dispute]
            of = [sources.index(quantity.strata[k][group.disputes[0]]) for k in used]
            found[group.name] = shift.choice(of)
        elif len(group.places) == 1:
            found[group.name] = shift.variable(coordinates[group.places[0]][:, :points])
    rng = np.random.Generator(np.random.PCG64DXSM(result.study.seed))
    return Shifts(found, shift.baseline(rng))


def _coordinates(result: Result, points: int, paths: set[str]) -> dict[str, Array]:
    """The uniform coordinates of the run's worlds: a variable's path to an array (replicate, point)."""
    model = result.model
    found = {path: np.empty((REPLICATES, points)) for path in paths}
    for replicates, positions, cube in Design(model.dimension, result.study.seed).blocks(points):
        worlds = Worlds(model, cube)
        for path, coordinate in found.items():
            coordinate[replicates, positions] = worlds.coordinate(path).u
    return found
