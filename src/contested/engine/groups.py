"""What an estimate's value rests on, in groups: whom to believe in each dispute, and what is uncertain."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from contested.engine.model import Model, Quantity, scale_path
from contested.engine.underlying import outermost, reached
from contested.language.formula import Expression
from contested.language.nodes import Mixture

MOST_GROUPS = 8  # all 2^d subsets of so many are enumerated (method, section j)
SHARED = "shared inputs"
OTHERS = "all others"  # with a space, as no name in a scenario has

_KINDS = {"inputs": "input", "register": "fact", "figures": "figure", "picks": "pick"}


@dataclass(frozen=True, slots=True)
class Group:
    """Some of what a value rests on, learnt together.

    Attributes
    ----------
    disputes : tuple of str
        Those whose right source is part of it, sorted.
    places : tuple of str
        The variables that are part of it, by their paths, sorted.
    """

    name: str
    disputes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups few enough to enumerate, and what was taken together to make them so (None: nothing)."""

    groups: tuple[Group, ...]
    merging: str | None


def elements(model: Model, quantity: Quantity) -> tuple[Group, ...]:
    """The finest groups: one for each dispute, then one for each thing that is uncertain, each by name.

    A figure is one group with all its sources' literal claims, an input drawn per figure with all its draws,
    and a mixture with all its parts. What a t copula ties together shares one variable more and is one group;
    variables of a Gaussian copula stay apart.
    """
    named = _names(model)
    found: dict[str, set[str]] = defaultdict(set)
    for place in _places(model, [quantity.expression]):
        found[named[place]].add(place)
    variables = (Group(name, (), tuple(sorted(places))) for name, places in sorted(found.items()))
    return (*(Group(dispute, (dispute,)) for dispute in quantity.disputes), *variables)


def grouping(
    model: Model, quantity: Quantity, sizes: Callable[[Sequence[Group]], Sequence[float]]
) -> Grouping:
    """Groups few enough to enumerate.

    Parameters
    ----------
    sizes : callable
        The first-order variance of each of some groups; asked only where nothing else makes them few.

    Notes
    -----
    In turn, until there are at most `MOST_GROUPS`: each element by itself; the variables that enter only
    through one dispute's figures together, and all the rest together; each dispute's choice with its
    variables; the smallest of those as one.
    """
    groups = elements(model, quantity)
    if len(groups) <= MOST_GROUPS:
        return Grouping(groups, None)
    groups = _by_dispute(model, quantity, groups)
    if len(groups) <= MOST_GROUPS:
        return Grouping(groups, "what enters only through one dispute's figures is taken together")
    groups = _whole_disputes(groups)
    if len(groups) <= MOST_GROUPS:
        return Grouping(groups, "each dispute is taken together with what enters only through its figures")
    ordered = sorted(zip(sizes(groups), groups, strict=True), key=lambda pair: (-pair[0], pair[1].name))
    kept = [group for _, group in ordered[: MOST_GROUPS - 1]]
    rest = [group for _, group in ordered[MOST_GROUPS - 1 :]]
    return Grouping(
        (*sorted(kept, key=lambda group: group.name), union(OTHERS, rest)),
        f"the {len(rest)} smallest of {len(groups)} are taken together: "
        + ", ".join(sorted(group.name for group in rest)),
    )


def union(name: str, groups: Sequence[Group]) -> Group:
    """Several groups as one."""
    return Group(
        name,
        tuple(sorted(dispute for group in groups for dispute in group.disputes)),
        tuple(sorted(place for group in groups for place in group.places)),
    )


def _by_dispute(model: Model, quantity: Quantity, groups: Sequence[Group]) -> tuple[Group, ...]:
    owners: dict[str, set[str | None]] = defaultdict(set)
    for reference in outermost(model.study, quantity.expression):
        figure = model.study.figures.get(reference.name) if reference.kind in ("figure", "claim") else None
        for place in _places(model, [reference]):
            owners[place].add(figure.dispute if figure else None)
    collected: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.places:
            owner = set().union(*(owners[place] for place in group.places))
            dispute = next(iter(owner)) if len(owner) == 1 else None
            collected[f"{dispute} values" if dispute else SHARED].append(group)
    together = (union(name, parts) for name, parts in sorted(collected.items()))
    return (*(group for group in groups if group.disputes), *together)


def _whole_disputes(groups: Sequence[Group]) -> tuple[Group, ...]:
    collected: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        collected[group.name.removesuffix(" values")].append(group)
    return tuple(union(name, parts) for name, parts in sorted(collected.items()))


def _places(model: Model, expressions: Sequence[Expression]) -> Iterator[str]:
    """Paths of the variables that some expressions rest on; some may come more than once."""
    scales = {
        path: scale_path(copula) for copula in model.copulas if copula.kind == "t" for path in copula.paths
    }
    for found in reached(model.study, expressions):
        form = found.statement.form
        if isinstance(form, Mixture):
            yield f"picks.{form.pick}"
        elif found.variable in model.coordinates:
            yield found.variable
            if found.variable in scales:
                yield scales[found.variable]


def _names(model: Model) -> Mapping[str, str]:
    """A name for each variable's path: that of its input, fact, figure or pick, with its kind if shared."""
    plain = {path: _plain(path) for path in model.coordinates if not path.startswith("copulas.")}
    kinds = {(_KINDS[path.partition(".")[0]], name) for path, name in plain.items()}
    bearers = Counter([*(name for _, name in kinds), *model.study.disputes])
    named = {
        path: name if bearers[name] == 1 else f"{name} ({_KINDS[path.partition('.')[0]]})"
        for path, name in plain.items()
    }
    joint = {name: frozenset([name]) for name in named.values()}
    for copula in model.copulas:
        if copula.kind == "t":
            together = frozenset[str]().union(*(joint[named[path]] for path in copula.paths))
            joint |= dict.fromkeys(together, together)
            named[scale_path(copula)] = named[copula.paths[0]]
    return {path: " + ".join(sorted(joint[name])) for path, name in named.items()}


def _plain(path: str) -> str:
    """`inputs.drift@casualties` is drift, `figures.area.claims.isw` area, `inputs.lag.of.1` lag."""
    return path.split(".")[1].partition("@")[0]
