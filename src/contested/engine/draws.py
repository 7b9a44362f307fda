"""Draws: every quantity's outcomes in every stratum and replicate, doubled until they are enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contested.engine.design import REPLICATES, Design
from contested.engine.model import Model, Quantity, QuantityKind, Stratum
from contested.engine.screening import screens
from contested.engine.worlds import Truths, Values, Worlds
from contested.errors import Fault, ScenarioError
from contested.shapes.base import Array

FIRST = 512  # points of each replicate to begin with

Key = tuple[QuantityKind, str]  # what tells quantities apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcomes:
    """One quantity's outcomes so far; arrays of shape (replicate, stratum, point).

    Attributes
    ----------
    values : ndarray
        In the printed unit; for a question, whether it is true.
    positive : ndarray of bool, or None
        Whether every denominator is positive; None where none may vanish.
    """

    values: Array | NDArray[np.bool_]
    positive: NDArray[np.bool_] | None

    @classmethod
    def joined(cls, parts: Sequence[Outcomes]) -> Outcomes:
        """Outcomes of successive points as one."""
        if len(parts) == 1:
            return parts[0]
        positives = [part.positive for part in parts if part.positive is not None]
        return cls(
            values=np.concatenate([part.values for part in parts], axis=2),
            positive=np.concatenate(positives, axis=2) if positives else None,
        )


class Draws:
    """The outcomes of a model's quantities on its net.

    Parameters
    ----------
    model : Model
    seed : int
    figures : bool
        Whether the figures' own outcomes are kept; estimates and questions need none of them.

    Attributes
    ----------
    first : Worlds
        The worlds of the first points, once they are drawn: shape (replicate, point) in one block.
    """

    first: Worlds

    def __init__(self, model: Model, seed: int, *, figures: bool = True) -> None:
        self.model = model
        self._figures = figures
        self.screens = screens(model)
        self._design = Design(model.dimension, seed)
        self._parts: dict[Key, tuple[Outcomes, ...]] = {}
        self._settled: set[Key] = set()
        self.points = 0

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities that have a distribution."""
        return tuple(
            quantity
            for quantity in self.model.quantities
            if not quantity.bounded and (self._figures or quantity.kind != "figure")
        )

    @property
    def unsettled(self) -> tuple[Quantity, ...]:
        """Those of them whose outcomes are still drawn."""
        return tuple(q for q in self.quantities if (q.kind, q.name) not in self._settled)

    def settle(self, keys: Iterable[Key]) -> None:
        """Draw no more outcomes of some quantities, by kind and name: they keep those of the first worlds."""
        self._settled |= set(keys)

    @property
    def worlds(self) -> int:
        """Worlds drawn, all replicates together."""
        return self.points * REPLICATES

    def outcomes(self, quantity: Quantity) -> tuple[Outcomes, ...]:
        """One quantity's outcomes so far, in successive parts."""
        return self._parts[quantity.kind, quantity.name]

    def extend(self, limit: int | None = None) -> None:
        """Draw the first points, or as many again as there are.

        Parameters
        ----------
        limit : int, optional
            Most worlds the first call may draw.

        Raises
        ------
        ScenarioError
            Where a formula has no value in some world: the logarithm of a negative number, say.
        """
        new = self.points or min(
            FIRST, 1 << (max(1, (limit or FIRST * REPLICATES) // REPLICATES).bit_length() - 1)
        )
        quantities = self.unsettled
        fresh = {(q.kind, q.name): self._empty(q, new) for q in quantities}
        lost: Counter[Key] = Counter()
        with np.errstate(all="ignore"):  # a division by zero is screened, a lost value is a located fault
            for replicates, positions, cube in self._design.blocks(new):
                worlds = Worlds(self.model, cube)
                if not self.points:
                    self.first = worlds
                for quantity in quantities:
                    key = quantity.kind, quantity.name
                    lost[key] += self._fill(fresh[key], quantity, worlds, replicates, positions)
        self._refuse_lost({key: lost[key] / fresh[key].values.size for key in fresh if lost[key]})
        for key, outcomes in fresh.items():
            self._parts[key] = (*self._parts.get(key, ()), outcomes)
        self.points += new

    def _empty(self, quantity: Quantity, points: int) -> Outcomes:
        shape = (REPLICATES, len(quantity.strata), points)
        screen = self.screens[quantity.kind, quantity.name]
        return Outcomes(
            values=np.empty(shape, dtype=bool if quantity.kind == "question" else float),
            positive=np.empty(shape, dtype=bool) if screen.risky else None,
        )

    def _fill(
        self, outcomes: Outcomes, quantity: Quantity, worlds: Worlds, replicates: slice, positions: slice
    ) -> int:
        """Put a block's outcomes in their place; how many of them have no value though they should."""
        screen = self.screens[quantity.kind, quantity.name]
        without = 0
        for index, stratum in enumerate(quantity.strata):
            place = outcomes.values[replicates, index, positions]
            place[...], lost = _evaluated(quantity, worlds, stratum)
            lost = np.broadcast_to(lost, place.shape)
            if outcomes.positive is not None:
                positive = np.ones(place.shape, dtype=bool)
                for divisor in screen.divisors[index]:
                    positive &= worlds.value(divisor.expression, stratum, divisor.figure) > 0
                outcomes.positive[replicates, index, positions] = positive
                lost = lost & positive
                if quantity.kind != "question":  # over 0, a ratio is beyond every number
                    place[~positive & ~np.isfinite(place)] = np.inf
            without += int(np.count_nonzero(lost))
        return without

    def _refuse_lost(self, shares: Mapping[Key, float]) -> None:
        if shares:
            raise ScenarioError([self._lost(kind, name, share) for (kind, name), share in shares.items()])

    def _lost(self, kind: QuantityKind, name: str, share: float) -> Fault:
        study = self.model.study
        if kind == "figure":
            location, path = next(iter(study.figures[name].claims.values())).location, f"figures.{name}"
        else:
            asked = study.estimates[name] if kind == "estimate" else study.questions[name]
            location, path = asked.formula.location, f"{kind}s.{name}.formula"
        where = "any world" if share == 1 else f"{100 * share:.2g} % of the worlds"
        return Fault(
            location,
            path,
            f"has no finite value in {where}: a logarithm, root or power of a number that "
            "may be negative, or one that overflows; state bounds (min, max) within which it has one",
        )


def _evaluated(quantity: Quantity, worlds: Worlds, stratum: Stratum) -> tuple[Values, Truths]:
    """A quantity's values in the printed unit, and where it has none."""
    if quantity.kind == "question":
        return worlds.question(quantity.expression, stratum)
    values = worlds.value(quantity.expression, stratum)
    if quantity.scale != 1.0:
        values = values / quantity.scale
    return values, ~np.asarray(np.isfinite(values))
