"""What rules, scopes, sources and uncertain numbers are called for people; alike on every page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from contested.engine.model import Stratum
from contested.language.nodes import Rule, Study, Weights
from contested.language.scopes import Scope
from contested.report.plain import plain

RULES: Mapping[Rule, str] = {
    "linear": "one source is right (linear)",
    "logarithmic": "agreement (logarithmic)",
    "quantile": "average of quantiles",
    "log-quantile": "compromise: each partly right (average of log quantiles)",
}
SCOPES: Mapping[Scope, str] = {
    "scenario": "one choice for each dispute, as stated",
    "per_figure": "one choice for each figure",
    "one_for_all": "one choice for all disputes",
}
SCOPE_CLAUSES: Mapping[Scope, str] = {
    "scenario": "one source of each dispute is right throughout",
    "per_figure": "a source may be right on one figure and wrong on another",
    "one_for_all": "one source is right in all disputes",
}


def pooled_by(rule: Rule) -> str:
    """`pooled by the linear rule`, of sources."""
    return f"pooled by the {rule} rule"


def source_of(study: Study, dispute: str, source: str, among: Collection[str] | None = None) -> str:
    """A source by its title; with its dispute's, where another dispute has a source of the same title.

    Parameters
    ----------
    among : collection of str, optional
        The disputes in question; all where absent.
    """
    title = study.disputes[dispute].sources[source].title
    others = (study.disputes[name] for name in among or study.disputes if name != dispute)
    twice = any(title == other.title for each in others for other in each.sources.values())
    return f"“{plain(title)}”" + (f" in “{plain(study.disputes[dispute].title)}”" if twice else "")


def sources_of(
    study: Study, stratum: Stratum, among: Collection[str] | None = None, weights: Weights | None = None
) -> str:
    """The sources of some disputes that go together, in the scenario's order: `“A” with “B”, “C” and “D”`.

    Parameters
    ----------
    weights : mapping, optional
        Where given, a source that has none under it is marked: `“A” (no weight here) with “B”`.
    """
    told_apart = among or stratum
    marks = dict.fromkeys(without_weight(stratum, weights), " (no weight here)") if weights else {}
    titles = [
        source_of(study, name, stratum[name], told_apart) + marks.get(name, "")
        for name in study.disputes
        if name in stratum
    ]
    if len(titles) < 3:
        return " with ".join(titles)
    return f"{titles[0]} with {', '.join(titles[1:-1])} and {titles[-1]}"


def without_weight(stratum: Stratum, weights: Weights) -> list[str]:
    """The disputes of which a combination takes a source without weight."""
    return [name for name, source in stratum.items() if weights[name][source] == 0]


def variable_title(study: Study, path: str) -> str:
    """An uncertain number by the titles of what it belongs to: `“Drift of a toll” for “Casualties, 2025”`.

    Parameters
    ----------
    path : str
        'inputs.drift@killed', 'register.some-id', 'figures.area.claims.isw', 'figures.killed.agreed'.
    """
    kind, _, rest = path.partition(".")
    if kind == "inputs":
        name, _, drawn_for = rest.partition("@")
        title = f"“{plain(study.inputs[name].title or name)}”"
        return f"{title} for “{plain(study.figures[drawn_for].title)}”" if drawn_for else title
    if kind == "register":
        return f"the figure of {plain(study.facts[rest].publisher)} [{rest}]"
    name, _, claim = rest.partition(".")
    figure, source = study.figures[name], claim.partition(".")[2]
    title = f"“{plain(figure.title)}”"
    if figure.dispute is None or not source:
        return title
    return f"{title} by “{plain(study.disputes[figure.dispute].sources[source].title)}”"


def called(study: Study, name: str, path: str | None = None) -> str:
    """What may be learnt by its title, with the name that it has in the JSON.

    Parameters
    ----------
    name : str
        A dispute's, a variable's, or that of several taken together.
    path : str, optional
        The variable's; found from the name where absent.
    """
    title = title_of(study, name, path)
    own = path or (None if name in study.disputes else _path(study, name))
    if own is None or own.startswith("register.") or title == f"“{plain(name)}”":
        return title
    return f"{title} [{plain(name)}]"


def title_of(study: Study, name: str, path: str | None = None) -> str:
    """The title alone: of a dispute, a variable, or several taken together; as `called`."""
    if path is None and name in study.disputes:
        return f"“{plain(study.disputes[name].title)}”"
    path = path or _path(study, name)
    if path is not None:
        return variable_title(study, path)
    dispute, values, _ = name.partition(" values")
    if values and dispute in study.disputes:
        return f"all else in the figures of “{plain(study.disputes[dispute].title)}”"
    return plain(name)


def _path(study: Study, name: str) -> str | None:
    """The path of what a variable or a group of its draws is named after; None of what is several."""
    own, figure = name.partition("@")[0], name.partition(".")[0]
    if own in study.inputs:
        return f"inputs.{name}"
    if name in study.facts:
        return f"register.{name}"
    if figure in study.figures:
        return f"figures.{figure}.claims{name.removeprefix(figure)}"
    return None
