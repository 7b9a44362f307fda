"""Correlations: what may be correlated, and that each connected group has one copula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from contested.language.draft import Draft
from contested.language.faults import listed, number_text
from contested.language.names import formula_name
from contested.language.nodes import (
    Citation,
    Computed,
    Correlation,
    Exact,
    Mixture,
    OneSided,
    Statement,
)
from contested.language.tree import Place

_REFUSED = {
    Exact: "is exact and has no error",
    OneSided: "is a bound and has no distribution",
    Computed: "is computed; correlate what it is computed from",
    Mixture: "is a mixture; correlate what its parts are computed from",
}


def read_correlations(top: Place, draft: Draft) -> tuple[Correlation, ...]:
    """The correlations of a file; all their faults are put into the draft's."""
    place = top.get("correlations")
    elements = place.elements() if place is not None else ()
    places = [at for at in elements if draft.faults.sound_at(at)]
    read = [(at, correlation) for at in places if (correlation := _correlation(at, draft)) is not None]
    _check_pairs(read, draft)
    _check_groups(read, draft)
    return tuple(correlation for _, correlation in read)


def _correlation(place: Place, draft: Draft) -> Correlation | None:
    before = len(draft.faults.found)
    between = _between(place, draft)
    kendall = place.number("kendall")
    value = place.number("rank") if kendall is None else kendall
    copula, df = _copula(place, draft)
    if ("rank" in place.keys) == ("kendall" in place.keys):
        message = (
            "gives both rank and kendall; keep one" if value is not None else "'rank' or 'kendall' is missing"
        )
        draft.faults.add(place.key_location, place.path, message)
    named = place.get("between") or place
    if value is None or len(draft.faults.found) > before or len(between) < len(list(named.elements())):
        return None
    return Correlation(
        between=between,
        measure="spearman" if kendall is None else "kendall",
        value=value,
        copula=copula,
        df=df,
        because=place.text("because"),
        location=place.location,
    )


def _copula(place: Place, draft: Draft) -> tuple[Literal["gaussian", "t"], float | None]:
    df, at = place.number("df"), place.get("df") or place
    if place.text("copula") != "t":
        if df is not None:
            draft.faults.add(at.key_location, place.path, "'df' belongs to copula: t")
        return "gaussian", None
    if df is None:
        draft.faults.add(
            place.key_location, place.path, "'df' is missing beside copula: t; for example df: 4"
        )
    if "rank" in place.keys:
        rank = place.get("rank") or place
        message = "copula: t needs kendall in place of rank (Spearman's does not fix its correlation)"
        draft.faults.add(rank.key_location, place.path, message)
    return "t", df


def _between(place: Place, draft: Draft) -> tuple[str, ...]:
    """Paths of the statements that are named, each once."""
    between = place.get("between") or place
    paths: list[str] = []
    for at in between.elements():
        path = _variable(at, draft)
        if path is not None and path in paths:
            draft.faults.add(at.location, at.path, f"'{at.node.text}' stands twice; keep one")
        elif path is not None:
            paths.append(path)
    return tuple(paths)


def _variable(at: Place, draft: Draft) -> str | None:
    """The path of the statement that a name in `between` stands for, None where it may not stand there."""
    name = at.node.text
    found = list(_meanings(name, draft))
    if len(found) != 1:
        kinds = listed(kind for kind, _ in found) if found else ""
        message = f"'{name}' could mean {kinds}; rename one of them" if found else _unknown(name, draft)
        if not found and _faulted(name, at, draft):
            return None
        draft.faults.add(at.location, at.path, message)
        return None
    kind, statement = found[0]
    if kind == "a fact":
        draft.facts.use(statement.path.removeprefix("register."), at)
    if reason := _unfit(name, kind, statement, draft):
        draft.faults.add(at.location, at.path, f"'{name}' {reason}")
        return None
    return statement.path


def _meanings(name: str, draft: Draft) -> Iterator[tuple[str, Statement]]:
    if name in draft.inputs:
        yield "an input", draft.inputs[name].statement
    for id_ in draft.facts.ids:
        if name in (id_, formula_name(id_)) and (fact := draft.facts.fact(id_)) is not None:
            yield "a fact", fact.statement
    figure, dot, source = name.partition(".")
    if figure in draft.figures:
        claims = draft.figures[figure].claims
        wanted = source if dot else "agreed"
        if wanted in claims and (draft.figures[figure].dispute is None) == (not dot):
            yield "a figure", claims[wanted]


def _unfit(name: str, kind: str, statement: Statement, draft: Draft) -> str | None:
    if kind == "an input" and draft.inputs[name].per_figure:
        return "is drawn per_figure; only what has one value per world is correlated"
    if isinstance(statement.form, Citation):
        return f"is the fact itself; correlate '{statement.form.fact}'"
    return _REFUSED.get(type(statement.form))


def _faulted(name: str, at: Place, draft: Draft) -> bool:
    """Whether what the name means, or the register that may have it, is at fault, which is said elsewhere."""
    if not draft.facts.known:
        return True
    figure, dot, source = name.partition(".")
    path = ("figures", figure, "claims", source) if dot else ("figures", figure, "agreed")
    paths = (("inputs", name), path)
    return any(_exists(draft.top, path) for path in paths) or any(
        name in (id_, formula_name(id_)) for id_ in draft.facts.ids
    )


def _exists(place: Place, path: tuple[str, ...]) -> bool:
    for key in path:
        found = place.get(key)
        if found is None:
            return False
        place = found
    return True


def _unknown(name: str, draft: Draft) -> str:
    if name in draft.estimates:
        return f"'{name}' is an estimate; correlate what it is computed from"
    figure = draft.figures.get(name)
    if figure is not None and figure.dispute is not None:
        return f"'{name}' is disputed; name one claim, as in {name}.{next(iter(figure.claims), 'source')}"
    return draft.faults.unknown("name", name, _known(draft))


def _known(draft: Draft) -> Iterator[str]:
    """The names of what can be correlated."""
    yield from draft.inputs
    yield from draft.facts.ids
    for figure in draft.figures.values():
        if figure.dispute is None:
            yield figure.name
        else:
            yield from (f"{figure.name}.{source}" for source in figure.claims)


def _check_pairs(read: list[tuple[Place, Correlation]], draft: Draft) -> None:
    first: dict[frozenset[str], Place] = {}
    for at, correlation in read:
        for pair in combinations(correlation.between, 2):
            before = first.setdefault(frozenset(pair), at)
            if before is not at:
                line = before.location.line
                message = f"{listed(pair)} are correlated on line {line} already; keep one"
                draft.faults.add(at.location, at.path, message)


@dataclass(slots=True)
class _Groups:
    """Variables that are connected by correlations."""

    parent: dict[str, str] = field(default_factory=dict)

    def root(self, path: str) -> str:
        while self.parent.setdefault(path, path) != path:
            path = self.parent[path]
        return path

    def join(self, paths: tuple[str, ...]) -> None:
        for path in paths[1:]:
            self.parent[self.root(path)] = self.root(paths[0])


def _check_groups(read: list[tuple[Place, Correlation]], draft: Draft) -> None:
    groups = _Groups()
    for _, correlation in read:
        groups.join(correlation.between)
    first: dict[str, Correlation] = {}
    for at, correlation in read:
        before = first.setdefault(groups.root(correlation.between[0]), correlation)
        if (before.copula, before.df) != (correlation.copula, correlation.df):
            line = before.location.line
            message = f"is {_named(correlation)}, but the connected one on line {line} is {_named(before)}"
            draft.faults.add(at.location, at.path, f"{message}; a connected group has one copula")


def _named(correlation: Correlation) -> str:
    return correlation.copula if correlation.df is None else f"t with df {number_text(correlation.df)}"
