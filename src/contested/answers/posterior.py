"""Draws of the pooled posterior, all of one weight: a thinned sample, for tools that know no weights."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from contested.answers.document import heading, provenance
from contested.answers.drawn import InWorlds, in_worlds, without_worlds
from contested.answers.estimates import Answer
from contested.answers.result import Result
from contested.engine.design import REPLICATES
from contested.engine.model import Quantity
from contested.errors import ContestedError
from contested.shapes.base import Array

if TYPE_CHECKING:
    from xarray import DataTree

FEWER = 1000  # draws of each chain where nobody asks for a number
_DIMENSIONS = ("chain", "draw")
_PROVENANCE = ("scenario_sha256", "register_sha256", "seed", "confidence", "version")


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One estimate, figure or question in the drawn worlds.

    Attributes
    ----------
    values : ndarray, shape (chain, draw)
        In its unit; of a question, 1 where it is true and 0 where it is not.
    told : mapping of str to str
        What it is called, and its unit.
    """

    values: Array | NDArray[np.int64]
    told: Mapping[str, str]


@dataclass(frozen=True)
class Posterior:
    """Equally weighted draws from the linear pool: each a world, and who is right in it.

    A chain is a replicate. Its worlds are the first points of its net, each of them once; which source of
    each dispute is right in which world is chosen by stratified sampling, so that every combination of
    sources has its share of the draws to within one or two, and at random as to the worlds. All quantities
    of a draw are of the same world and the same sources. Draws stand in random order.

    Parameters
    ----------
    result : Result
        Pooled by the linear rule.
    size : int
        Draws of each chain.

    Notes
    -----
    The numbers of a result use all strata of all worlds by their weights, and are more precise: here, a
    probability p has a standard error of about sqrt(p (1 - p) / draws of all chains).
    """

    result: Result
    size: int

    @cached_property
    def chosen(self) -> Mapping[str, NDArray[np.intp]]:
        """By dispute, which of its sources, in sorted order, is right: arrays of shape (chain, draw)."""
        return _sources(self._picked[1], self.result.weights)

    @property
    def variables(self) -> Iterator[tuple[str, Variable]]:
        """Every quantity that has draws, by a name that no other has."""
        taken = set(_DIMENSIONS)
        for each in in_worlds(self.result):
            if (found := self._found(each)) is not None:
                name, variable = found
                unique = f"{each.quantity.kind}s.{name}" if name in taken else name
                taken.add(unique)
                yield unique, variable

    @property
    def left_out(self) -> list[str]:
        """What has no draws, and why."""
        vanishing = [
            f"estimates.{answer.name}: not estimable as a ratio, nor is its inverse finite"
            for answer in (*self.result.estimates.values(), *self.result.figures.values())
            if isinstance(answer, Answer) and not answer.estimable and answer.drawn.inverse is None
        ]
        return [*without_worlds(self.result), *vanishing]

    @cached_property
    def _picked(self) -> tuple[NDArray[np.intp], Array]:
        """By chain and draw, which world it is, and where on (0, 1) its sources are looked up."""
        generators = [
            np.random.Generator(np.random.PCG64DXSM(child))  # the first children scrambled the nets
            for child in np.random.SeedSequence(self.result.study.seed).spawn(2 * REPLICATES)[REPLICATES:]
        ]
        worlds = [generator.permutation(self.size) for generator in generators]
        places = [
            generator.permutation((np.arange(self.size) + generator.random(self.size)) / self.size)
            for generator in generators
        ]
        return np.stack(worlds), np.stack(places)

    def _found(self, each: InWorlds) -> tuple[str, Variable] | None:
        """A quantity's draws by its name, or by that of its inverse; None where it has none."""
        outcomes, answer = each.outcomes, each.answer
        if isinstance(answer, Answer):
            return self._number(answer, self._drawn(each.quantity, outcomes.values))
        true = outcomes.values
        if answer.limited and outcomes.positive is not None:
            true = np.logical_and(true, outcomes.positive)  # what the lower of its two probabilities counts
        return answer.name, _variable(self._drawn(each.quantity, true).astype(np.int64), answer.title, "1")

    def _number(self, answer: Answer, values: Array) -> tuple[str, Variable] | None:
        if answer.estimable:
            return answer.name, _variable(values, answer.title, answer.unit.text)
        if answer.drawn.inverse is None:
            return None
        factor = 1 / (answer.unit.scale * answer.inverse_unit.scale)
        with np.errstate(divide="ignore"):
            inverse = factor / values
        unit = answer.inverse_unit.text
        return f"inverse_of_{answer.name}", _variable(inverse, f"{answer.title}, inverse", unit)

    def _drawn(self, quantity: Quantity, values: NDArray[Any]) -> NDArray[Any]:
        """A quantity's values in the worlds and with the sources of the draws: shape (chain, draw)."""
        worlds = self._picked[0]
        stratum = np.zeros(worlds.shape, dtype=np.intp)
        for dispute, sources in zip(quantity.disputes, quantity.sources, strict=True):
            stratum = stratum * len(sources) + self.chosen[dispute]
        return np.asarray(values[np.arange(REPLICATES)[:, None], stratum, worlds])


def _variable(values: Array | NDArray[np.int64], title: str, unit: str) -> Variable:
    return Variable(values=values, told={"long_name": title, "units": unit or "1"})


def _sources(places: Array, weights: Mapping[str, Mapping[str, float]]) -> dict[str, NDArray[np.intp]]:
    """Look places on (0, 1) up in the products of weights, in lexicographic order, a dispute at a time.

    What is left of a place within a source's stretch is where the next dispute's sources are looked up, so
    that places that are evenly spread give every combination its share.
    """
    found = {}
    for dispute in sorted(weights):
        shares = np.array([weights[dispute][source] for source in sorted(weights[dispute])])
        used = np.flatnonzero(shares)
        ends = np.cumsum(shares[used])
        which = np.searchsorted(ends[:-1], places, side="right")
        found[dispute] = used[which]
        places = np.clip((places - (ends - shares[used])[which]) / shares[used][which], 0, 1)
    return found


def to_arviz(result: Result, draws: int | None) -> DataTree:
    """A result's posterior as ArviZ knows it: see `Result.to_arviz`."""
    base = _arviz_base()
    posterior = Posterior(result, _size(result, draws))
    variables = dict(posterior.variables)
    names = {dispute: np.array(sorted(result.weights[dispute])) for dispute in posterior.chosen}
    right = {f"source_{dispute}": names[dispute][which] for dispute, which in posterior.chosen.items()}
    groups = {"posterior": {name: variable.values for name, variable in variables.items()}}
    tree: DataTree = base.from_dict({**groups, "sample_stats": right} if right else groups)
    for name, variable in variables.items():
        tree["posterior"][name].attrs.update(variable.told)
    tree["posterior"].attrs.update(_told(result, posterior))
    return tree


def _told(result: Result, posterior: Posterior) -> dict[str, Any]:
    """What the sample is of, in values that a netCDF file can hold."""
    made_from, stated = provenance(result), heading(result)
    return {
        "scenario": stated["scenario"],
        "title": stated["title"],
        "as_of": stated["as_of"],
        "weighting": stated["weighting"] or "",
        "weights": json.dumps(stated["weights"], ensure_ascii=False, sort_keys=True),
        "sample": "thinned and equally weighted; the result's own numbers use all worlds by their weights",
        "left_out": "; ".join(posterior.left_out),
        **{key: made_from[key] if made_from[key] is not None else "" for key in _PROVENANCE},
    }


def _size(result: Result, draws: int | None) -> int:
    points = result.run.worlds // REPLICATES
    if result.rule != "linear":
        raise ContestedError(
            f"the {result.rule} rule makes one law of each estimate and no worlds that all of them share; "
            "ask pooled_by('linear') for draws"
        )
    if draws is None:
        return min(FEWER, points)
    if not 0 < draws <= points:
        raise ContestedError(f"draws must lie from 1 to the {points:,} worlds of each chain (got {draws})")
    return draws


def _arviz_base() -> Any:
    try:
        return import_module("arviz_base")
    except ImportError:
        raise ContestedError("to_arviz needs arviz-base: pip install 'contested[arviz]'") from None
