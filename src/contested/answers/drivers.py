"""Where the width comes from: an estimate's variance by dispute and by input, and what to find out next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from contested.answers.bounds import Bound
from contested.answers.estimates import Answer, Scale
from contested.answers.result import Result
from contested.answers.shifts import Shifts, shifts
from contested.engine.explained import FEWEST, Explained, draw
from contested.engine.groups import Group, Grouping, elements, grouping, union
from contested.engine.model import Model
from contested.engine.precision import Measured, sectioning
from contested.engine.shapley import shapley
from contested.engine.weights import stratum_weights
from contested.errors import ContestedError
from contested.shapes.base import Array

POINTS = 512  # of each replicate, to begin with
_MOST_POINTS = 4096
_POINTS_TO_RANK = 64  # where groups are so many that the smallest are taken together
_PRECISE = 0.01  # Monte Carlo standard error of a share, above which the worlds are doubled
_NO_SHIFTS = Shifts({}, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """What one estimate's width comes from, under one weighting.

    Attributes
    ----------
    scale : {'log', 'natural'} or None
        Of the variance: the log of the estimate where every stratum is positive, else the estimate in its
        unit. None where there is no variance to divide.
    given_positive : bool
        Whether it is that of the log given that the estimate and its denominators are above zero, as they
        were in every world that was drawn: without that, what may vanish in principle has no variance.
    reason : str or None
        Why there is none.
    merging : str or None
        What `shapley` takes together, where it has fewer groups than the others.
    variance : Measured or None
        What learning everything is worth for a squared error (EVPI).
    between, within : Measured or None
        Shares of the variance: the right sources of all disputes together, and the rest.
    shapley : mapping of str to Measured
        Measured of the variance by group; sums to one.
    first_order : mapping of str to Measured
        Var E[Y | group] / Var Y by dispute and by input.
    evppi : mapping of str to Measured
        What learning a dispute's right source, or an input, is worth for a squared error: Var E[Y | group],
        the largest first.
    delta : mapping of str to float
        Borgonovo's δ by dispute, and by input that is one variable; for one that settles the estimate alone
        0.94 where 1 is exact (`engine.delta.Shift` says by how much less elsewhere).
    delta_baseline : float or None
        δ as it is found for a variable that has nothing to do with the estimate.
    """

    scale: Scale | None
    given_positive: bool = False
    reason: str | None = None
    merging: str | None = None
    variance: Measured | None = None
    between: Measured | None = None
    within: Measured | None = None
    shapley: Mapping[str, Measured] = field(default_factory=dict)
    first_order: Mapping[str, Measured] = field(default_factory=dict)
    evppi: Mapping[str, Measured] = field(default_factory=dict)
    delta: Mapping[str, float] = field(default_factory=dict)
    delta_baseline: float | None = None

    def _repr_html_(self) -> str:
        """The table that a notebook shows."""
        from contested.report.notebook import drivers_html

        return drivers_html(self)


@dataclass(frozen=True)
class DriversByEstimate(Mapping[str, Drivers]):
    """Where the width of each estimate comes from, worked out for those that are asked for.

    What is found of one does not depend on which others are asked for; several together take less time than
    one after the other, and whoever goes through all has them worked out together.
    """

    result: Result
    _known: dict[str, Drivers] = field(default_factory=dict, repr=False, compare=False)

    def of(self, names: Iterable[str]) -> Mapping[str, Drivers]:
        """Several estimates together."""
        asked = list(names)
        missing = [name for name in asked if name not in self._known]
        if missing:
            self._known.update(drivers(self.result, missing))
        return {name: self._known[name] for name in asked}

    def __getitem__(self, name: str) -> Drivers:
        if name not in self:
            raise KeyError(name)
        return self.of([name])[name]

    def __contains__(self, name: object) -> bool:
        return name in self.result.study.estimates

    def __iter__(self) -> Iterator[str]:
        return iter(self.of(self.result.study.estimates))

    def __len__(self) -> int:
        return len(self.result.study.estimates)


def drivers(
    result: Result,
    estimates: Iterable[str] | None = None,
    *,
    points: int = POINTS,
    scale: Scale | None = None,
) -> Mapping[str, Drivers]:
    """Where the width of some estimates comes from, under the result's weighting.

    Parameters
    ----------
    estimates : iterable of str, optional
        All by default.
    points : int
        Points of each replicate to begin with, a power of two; doubled until a share's Monte Carlo standard
        error is at most 0.01, or there are 4,096.
    scale : {'log', 'natural'}, optional
        Whose variance; by default the log's where the estimate is positive.

    Returns
    -------
    mapping of str to Drivers

    Raises
    ------
    ContestedError
        Where no estimate has one of the names.
    """
    names = list(result.study.estimates if estimates is None else estimates)
    unknown = [name for name in names if name not in result.estimates]
    if unknown:
        raise ContestedError(f"no estimate is named {unknown[0]!r}; there are {', '.join(result.estimates)}")
    found: dict[str, Drivers | _Divided] = {
        name: _divided(result.model, result.estimates[name], scale) for name in names
    }
    divided = [each for each in found.values() if isinstance(each, _Divided)]
    wanted = {part: each for each in divided for part in each.explained}
    draw(result.model, list(wanted), points, lambda part: wanted[part].enough(part))
    moved = shifts(result, {each.answer.name: each.elements for each in divided})
    return {
        name: each.drivers(moved.get(name, _NO_SHIFTS)) if isinstance(each, _Divided) else each
        for name, each in found.items()
    }


def _divided(model: Model, answer: Answer | Bound, asked: Scale | None) -> Drivers | _Divided:
    """The estimate on its scale, or why its variance is not divided."""
    if isinstance(answer, Bound):
        return Drivers(scale=None, reason="it is a bound, which has no distribution")
    if not answer.estimable:
        return Drivers(scale=None, reason="it is not estimable as a ratio")
    own = answer.variance_scale
    given_positive = own is None and _positive_as_drawn(answer)
    scale = asked or ("log" if given_positive else own)
    if scale is None or (scale == "natural" and not answer.has_variance):
        return Drivers(scale=None, reason=_without(answer))
    if scale == "log" and own != "log" and not given_positive:
        return Drivers(scale=None, reason="its log has no variance")
    found = _Divided(model, answer, scale, given_positive=given_positive and scale == "log")
    if not found.elements:
        return Drivers(scale=None, reason="nothing that it rests on is uncertain")
    if any(part.most < FEWEST for part in found.explained):
        many = f"{len(answer.drawn.quantity.strata):,} combinations of sources"
        return Drivers(scale=None, reason=f"it rests on {many}, too many to divide its variance")
    return found


def _positive_as_drawn(answer: Answer) -> bool:
    """Whether it and its denominators were above zero in every world that was drawn.

    A normal error makes either vanish in principle, if a dozen standard errors away. Given that they do not,
    the log has a variance wherever some power of the estimate has a mean.
    """
    drawn = answer.drawn
    used = np.flatnonzero(stratum_weights(drawn.quantity, answer.weights))
    positive = drawn.outcomes.positive
    return (
        all(drawn.screen.reach_given_positive[stratum].tail > 0 for stratum in used)
        and bool((drawn.outcomes.values[:, used] > 0).all())
        and (positive is None or bool(positive[:, used].all()))
    )


def _without(answer: Answer) -> str:
    """Why it has no variance, as half a sentence."""
    if answer.drawn.screen.risky:
        return "its denominator may be zero or less, and such a ratio has no variance"
    return "it has no variance"


class _Divided:
    """One estimate whose variance is divided among groups.

    Attributes
    ----------
    elements : tuple of Group
        The finest groups.
    """

    def __init__(self, model: Model, answer: Answer, scale: Scale, *, given_positive: bool = False) -> None:
        self._model, self.answer, self._scale = model, answer, scale
        self._given_positive = given_positive
        self.elements = elements(model, answer.drawn.quantity)

    @cached_property
    def _grouping(self) -> Grouping:
        return grouping(self._model, self.answer.drawn.quantity, self._sizes)

    def _sizes(self, groups: Sequence[Group]) -> list[float]:
        alone = [self._against_the_rest(group, groups) for group in groups]
        draw(self._model, alone, _POINTS_TO_RANK, lambda part: True)
        return [float(part.lattice()[1].mean()) if part.points else 0.0 for part in alone]

    @cached_property
    def _whole(self) -> Explained:
        """The groups of the Shapley effects."""
        return self._of(self._grouping.groups)

    @cached_property
    def _alone(self) -> Mapping[str, Explained]:
        """Each input by itself, where the groups are coarser."""
        if self._grouping.merging is None:
            return {}
        return {g.name: self._against_the_rest(g, self.elements) for g in self.elements if g.places}

    @property
    def explained(self) -> list[Explained]:
        """All that has to be drawn."""
        return [self._whole, *self._alone.values()]

    def _against_the_rest(self, group: Group, groups: Sequence[Group]) -> Explained:
        rest = [other for other in groups if other is not group]
        return self._of([group, union("rest", [Group("", (), other.places) for other in rest])])

    def _of(self, groups: Sequence[Group]) -> Explained:
        return Explained(
            self._model,
            self.answer.drawn.quantity,
            self.answer.weights,
            groups,
            scale=np.log if self._scale == "log" else lambda values: values,
        )

    def enough(self, part: Explained) -> bool:
        """Whether every share is precise, or as many points are drawn as may be."""
        if part is not self._whole or part.points >= _MOST_POINTS or not self._varies:
            return True
        return all(share.mcse <= _PRECISE for share in self._shapley)

    @property
    def _varies(self) -> bool:
        variance, centre = self._whole.lattice()[-1].mean(), self._whole.centre
        least = 1e-24 * max(centre**2, 1.0 if self._scale == "log" else 1e-300)
        return bool(np.isfinite(variance) and variance > least)

    @property
    def _shapley(self) -> list[Measured]:
        costs = self._whole.lattice()
        pooled = shapley(costs.mean(axis=1))
        errors = sectioning(shapley(costs).T, pooled)
        return [Measured(float(value), float(mcse)) for value, mcse in zip(pooled, errors, strict=True)]

    def drivers(self, moved: Shifts) -> Drivers:
        """The answer, once enough is drawn."""
        if not np.isfinite(self._whole.lattice()[-1].mean()):  # a world beyond those of the run
            return Drivers(scale=None, reason=_without(self.answer))
        if not self._varies:
            return Drivers(scale=None, reason="it does not vary")
        costs = self._costs()
        variance = self._whole.lattice()[-1]
        between = _ratio(self._whole.choices(self.answer.drawn.quantity.disputes), variance)
        ranked = sorted(costs, key=lambda name: (-costs[name].mean(), name))
        total = float(variance.mean())
        return Drivers(
            scale=self._scale,
            given_positive=self._given_positive,
            merging=self._grouping.merging,
            variance=Measured.of(variance),
            between=between,
            within=Measured(1.0 - between.value, between.mcse),
            shapley=dict(zip((g.name for g in self._grouping.groups), self._shapley, strict=True)),
            first_order={name: _ratio(costs[name], variance) for name in ranked},
            evppi={name: _within(Measured.of(costs[name]), total) for name in ranked},
            delta=moved.by_group,
            delta_baseline=moved.baseline,
        )

    def _costs(self) -> dict[str, Array]:
        """Var E[Y | element] by replicate."""
        lattice = self._whole.lattice()
        bits = {group.name: 1 << index for index, group in enumerate(self._grouping.groups)}
        return {
            group.name: self._whole.choices(group.disputes)
            if group.disputes
            else self._alone[group.name].lattice()[1]
            if self._alone
            else lattice[bits[group.name]]
            for group in self.elements
        }


def _ratio(part: Array, whole: Array) -> Measured:
    return Measured.of(part / whole, float(part.mean() / whole.mean()))


def _within(share: Measured, most: float) -> Measured:
    """A value of information lies between 0 and that of learning everything, even where its draws do not."""
    return Measured(min(max(share.value, 0.0), most), share.mcse)
