"""The widest central interval that any weighting of a set gives, and whether that is certain.

The width of an interval is not quasi-linear: a pool of two far-apart sources is widest between them, so
corners alone understate it (method, section i). But

* some widest one lies on an edge of each dispute's set. That the lower quantile is at most l, and the upper
  one at least h, are two half-spaces of weights; inside a face of two dimensions or more they cannot both
  end, since two half-planes share a cone, which goes on to the face's boundary;
* along a line of weights a quantile is monotone, so on a product of stretches of edges, one per dispute,
  both quantiles have their extremes at the ends, and no interval is wider than from the least lower
  quantile there to the greatest upper one.

So products of edges are cut up (`pieces`), and those dropped that cannot beat the widest found by over 1 %.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from contested.engine.ascent import climb
from contested.engine.branching import Search
from contested.engine.credal import CredalSet
from contested.engine.envelopes import extremes
from contested.engine.pieces import Found, Region
from contested.engine.strata import Strata
from contested.engine.weights import combinations
from contested.shapes.base import Array

GAP = 0.01  # of the width found: by how much more any other may be wider
_MOST_CORNERS = 400  # of one set whose edges are told apart
_MOST_WEIGHTS = 524_288  # weights of strata at the ends of products of edges


@dataclass(frozen=True, slots=True)
class Widest:
    """The widest central interval found over a set of weightings.

    Attributes
    ----------
    level : float
    low, high : float
        Quantiles of one weighting, this one:
    weights : sequence of ndarray
        Of each dispute's sources.
    bound : float
        No weighting of the set gives a wider interval than this.
    certified : bool
        Whether the bound is at most 1 % above the width found.
    """

    level: float
    low: float
    high: float
    weights: Sequence[Array]
    bound: float
    certified: bool


def widest(
    strata: Strata,
    many_sets: Mapping[str, Sequence[CredalSet]],
    levels: Sequence[float],
    disputes: Sequence[str] = (),
) -> dict[str, tuple[Widest, ...]]:
    """The widest interval [Q((1 - level) / 2), Q((1 + level) / 2)] of one weighting, over sets of them.

    Parameters
    ----------
    strata : Strata
        Of a quantity: the product of its disputes' sources, the last dispute's fastest.
    many_sets : mapping of str to sequence of CredalSet
        By name, a set for each of the quantity's disputes.
    levels : sequence of float
        Of the intervals.
    disputes : sequence of str, optional
        Their names, for the error.

    Returns
    -------
    dict of str to tuple of Widest
        By set, one for each level. Where a set's edges are too many to go through, the widest to which a
        climb leads from the weightings of its lowest and highest quantile; their distance is the bound.

    Raises
    ------
    ContestedError
        As `quantile_envelopes`.
    """
    if not levels or not many_sets:
        return dict.fromkeys(many_sets, ())
    if not any(many_sets.values()):  # no dispute, so that all sets are one
        return dict.fromkeys(many_sets, _at_extremes(strata, (), levels, disputes))
    known: dict[str, tuple[Widest, ...]] = {}
    plans: dict[str, list[tuple[Region, float | None]]] = {}
    for name, sets in many_sets.items():
        if 3 ** len(sets) * strata.count > _MOST_WEIGHTS:
            known[name] = _at_extremes(strata, sets, levels, disputes)
        else:
            plans[name] = _along_edges(strata, sets, levels) or _between(strata, sets, levels, disputes)
    regions = [region for plan in plans.values() for region, _ in plan]
    found = iter(Search(strata, regions, GAP).run() if regions else [])
    for name, plan in plans.items():
        answers = []
        for region, limit in plan:
            one = next(found)
            if limit is not None:
                one = climb(strata, many_sets[name], region.level, one, GAP)
            answers.append(_answer(region.level, one, limit))
        known[name] = tuple(answers)
    return {name: known[name] for name in many_sets}


def _answer(level: float, found: Found, limit: float | None) -> Widest:
    width = found.high - found.low
    bound = float(np.maximum(found.bound if limit is None else limit, width))  # nan where there is no width
    certified = bool(bound <= (1 + GAP) * width)
    return Widest(level, found.low, found.high, found.weights, bound, certified)


def _along_edges(
    strata: Strata, sets: Sequence[CredalSet], levels: Sequence[float]
) -> list[tuple[Region, float | None]]:
    """For each level, all products of edges; nothing where they are too many to go through."""
    corners = [found for one in sets if (found := one.corners()) is not None]
    if len(corners) < len(sets) or max(map(len, corners)) > _MOST_CORNERS:
        return []
    edges = [one.edges() for one in sets]
    if math.prod(2 * len(part) for part in edges) * strata.count > _MOST_WEIGHTS:
        return []
    return [(Region(level, corners, edges), None) for level in levels]


def _between(
    strata: Strata, sets: Sequence[CredalSet], levels: Sequence[float], disputes: Sequence[str]
) -> list[tuple[Region, float | None]]:
    """For each level, the lines from a weighting of the lowest quantile to one of the highest.

    With the distance of these two, which no interval of that level exceeds.
    """
    line = [np.array([[0, 1]])] * len(sets)
    return [
        (Region(level, [np.stack(pair) for pair in zip(low, high, strict=True)], line), limit)
        for level, low, high, limit in _extremes(strata, sets, levels, disputes)
    ]


def _at_extremes(
    strata: Strata, sets: Sequence[CredalSet], levels: Sequence[float], disputes: Sequence[str]
) -> tuple[Widest, ...]:
    """For each level, the wider of the intervals of these two weightings: for very many disputes, or none."""
    found = []
    for level, *weightings, limit in _extremes(strata, sets, levels, disputes):
        rows = np.concatenate([combinations([part[None] for part in weights]) for weights in weightings])
        ends = strata.quantile(rows, [(1 - level) / 2, (1 + level) / 2])
        best = int(np.argmax(ends[:, 1] - ends[:, 0]))
        low, high = ends[best].tolist()
        certified = limit <= (1 + GAP) * (high - low)
        found.append(Widest(level, low, high, weightings[best], limit, certified))
    return tuple(found)


def _extremes(
    strata: Strata, sets: Sequence[CredalSet], levels: Sequence[float], disputes: Sequence[str]
) -> Iterator[tuple[float, Sequence[Array], Sequence[Array], float]]:
    """Each level, weights of its lowest and of its highest quantile, and the distance of these."""
    ends = [(1 - level) / 2 for level in levels] + [(1 + level) / 2 for level in levels]
    low, high = extremes(strata, {"": sets}, ends, disputes)[""]
    for place, level in enumerate(levels):
        upper = place + len(levels)
        weights = [part[place] for part in low.weights], [part[upper] for part in high.weights]
        yield level, *weights, float(high.values[upper] - low.values[place])
