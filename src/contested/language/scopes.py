"""The scope of “who is right”: one choice a dispute, as stated; one a figure; or one for all disputes.

Each scope is a scenario of its own, made from the first: claims, inputs and weights are the same, and only
which figures follow one choice of source differs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from contested.language.nodes import Dispute, Study

Scope = Literal["scenario", "per_figure", "one_for_all"]
SCOPES: tuple[Scope, ...] = ("scenario", "per_figure", "one_for_all")


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """There is no such scope, and why."""

    reason: str


def scoped(study: Study, scope: Scope) -> Study | NotApplicable:
    """The scenario with another scope of who is right.

    Parameters
    ----------
    scope : {'scenario', 'per_figure', 'one_for_all'}
        As stated; a choice of source for each figure by itself, so that a source that is wrong on one period
        may be right on another; or one choice for all disputes that have the same sources, each believed as
        far as on the average of those disputes.

    Returns
    -------
    Study or NotApplicable
        The reason, where no two figures of a dispute, or no two disputes, could be taken apart or together.
    """
    if scope == "scenario":
        return study
    return _per_figure(study) if scope == "per_figure" else _one_for_all(study)


def _per_figure(study: Study) -> Study | NotApplicable:
    shared = {name for name in study.disputes if len(_figures(study, name)) > 1}
    if not shared:
        return NotApplicable("no dispute has more than one figure")
    parts = {
        name: [f"{name}.{figure}" for figure in _figures(study, name)] if name in shared else [name]
        for name in study.disputes
    }
    disputes = {
        part: replace(dispute, name=part, title=_title(study, dispute, part))
        for name, dispute in study.disputes.items()
        for part in parts[name]
    }
    figures = {
        name: replace(figure, dispute=f"{figure.dispute}.{name}") if figure.dispute in shared else figure
        for name, figure in study.figures.items()
    }
    weightings = {
        called: {part: weights[name] for name in study.disputes for part in parts[name]}
        for called, weights in study.weightings.items()
    }
    return replace(study, disputes=disputes, figures=figures, weightings=weightings)


def _figures(study: Study, dispute: str) -> list[str]:
    return [name for name, figure in study.figures.items() if figure.dispute == dispute]


def _title(study: Study, dispute: Dispute, part: str) -> str:
    figure = part.removeprefix(f"{dispute.name}.")
    return f"{dispute.title}: {study.figures[figure].title}" if figure != part else dispute.title


def _one_for_all(study: Study) -> Study | NotApplicable:
    alike: dict[tuple[str, ...], list[str]] = {}
    for name, dispute in study.disputes.items():
        alike.setdefault(tuple(sorted(dispute.sources)), []).append(name)
    groups = list(alike.values())
    if all(len(names) == 1 for names in groups):
        return NotApplicable("no two disputes have the same sources")
    joined = {name: _together(names) for names in groups for name in names}
    return replace(
        study,
        disputes={_together(names): _joined(study, names) for names in groups},
        figures={
            name: replace(figure, dispute=joined[figure.dispute]) if figure.dispute else figure
            for name, figure in study.figures.items()
        },
        weightings={
            called: {_together(names): _mean([weights[name] for name in names]) for names in groups}
            for called, weights in study.weightings.items()
        },
    )


def _together(names: Iterable[str]) -> str:
    return " + ".join(names)


def _mean(weights: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """How far each source is believed on the average of some disputes."""
    return {source: math.fsum(own[source] for own in weights) / len(weights) for source in weights[0]}


def _joined(study: Study, names: Sequence[str]) -> Dispute:
    title = "; ".join(study.disputes[name].title for name in names)
    return replace(study.disputes[names[0]], name=_together(names), title=title)
