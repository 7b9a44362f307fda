"""Few names for many assumptions: sources for their combinations, and departures for models."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from contested.language.nodes import Rule
from contested.language.scopes import Scope

Flags = NDArray[np.bool_]
Combination = tuple[str, ...]  # a source of each dispute
Named = tuple[
    tuple[int, str], ...
]  # index of a dispute and a source of it; every combination with all of them


class Assumed(NamedTuple):
    """What is assumed of whom to believe: a named weighting, a rule of pooling, a scope of who is right."""

    weighting: str
    rule: Rule
    scope: Scope


def named(chosen: Collection[Combination], sources: Sequence[Sequence[str]]) -> tuple[Named, ...]:
    """The fewest sources that name some combinations: together they name those, and no other.

    A source stands by itself where every combination with it is chosen; else two stand together, and so on.
    The empty name stands for all combinations.

    Parameters
    ----------
    chosen : collection of tuple of str
    sources : sequence of sequences of str
        By dispute, all sources that a combination may hold.
    """
    places = [{source: index for index, source in enumerate(of_one)} for of_one in sources]
    missing = np.zeros([len(of_one) for of_one in sources], dtype=bool)
    for combination in chosen:
        missing[tuple(place[source] for place, source in zip(places, combination, strict=True))] = True
    return tuple(_cover(missing.copy(), missing, sources))


def _cover(missing: Flags, chosen: Flags, sources: Sequence[Sequence[str]]) -> Iterator[Named]:
    """Names of rising length, each for some that are still missing."""
    axes = range(chosen.ndim)
    for size in range(chosen.ndim + 1):
        for disputes in itertools.combinations(axes, size):
            others = tuple(axis for axis in axes if axis not in disputes)
            for places in np.argwhere(chosen.all(axis=others)):
                if not missing.any():
                    return
                region = _region(chosen.ndim, disputes, places.tolist())
                if missing[region].any():
                    missing[region] = False
                    yield tuple((d, sources[d][place]) for d, place in zip(disputes, places, strict=True))


def _region(ndim: int, disputes: Sequence[int], places: Sequence[int]) -> tuple[int | slice, ...]:
    fixed = dict(zip(disputes, places, strict=True))
    return tuple(fixed.get(axis, slice(None)) for axis in range(ndim))


def simplest(models: Collection[Assumed], usual: Assumed) -> tuple[Assumed, ...]:
    """Those models that depart from the usual one in no more than they must.

    One is left out where another departs in less of the same: a rule that gives the same side under the
    usual weighting needs no weighting beside it.
    """
    departures = {model: _departures(model, usual) for model in models}
    return tuple(
        model for model, own in departures.items() if not any(other < own for other in departures.values())
    )


def _departures(model: Assumed, usual: Assumed) -> frozenset[tuple[str, str]]:
    return frozenset(
        (field, value)
        for field, value, normal in zip(model._fields, model, usual, strict=True)
        if value != normal
    )
