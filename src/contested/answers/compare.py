"""Whom to believe: a scenario under every assumption about its sources."""

from __future__ import annotations

from collections.abc import Sequence

from contested.answers.comparison import Asked, Comparison
from contested.answers.estimate import Progress, estimate
from contested.answers.grade import EVEN
from contested.errors import ContestedError
from contested.language.faults import unknown
from contested.language.nodes import Study


def compare(
    study: Study,
    *,
    weightings: Sequence[str] | None = None,
    within: float = 0.2,
    contaminate: float | None = None,
    at: Sequence[float] = (),
    progress: Progress = lambda drawn, most: None,
) -> Comparison:
    """A scenario's answers beside each other: drawn once, and each part worked out when it is asked for.

    Parameters
    ----------
    study : Study
    weightings : sequence of str, optional
        The named weightings to set side by side; all where absent.
    within : float
        Total-variation distance from the default weighting, in each dispute, of one set of weightings.
    contaminate : float, optional
        Share of the default weighting that may go to any source, of another; none where absent.
    at : sequence of float
        Probabilities whose crossing is looked for, besides 0.5.
    progress : callable, optional
        As in `estimate`.

    Raises
    ------
    ScenarioError
        Where a statement cannot be fitted, or a formula has no value in some world.
    ContestedError
        Where a weighting is unknown, or a number is out of range.
    """
    asked = Asked(
        weightings=_named(study, weightings),
        within=_share("within", within),
        contaminate=None if contaminate is None else _share("contaminate", contaminate),
        at=tuple(sorted({EVEN, *map(_level, at)})),
    )
    return Comparison(estimate(study, progress=progress), asked)


def _named(study: Study, weightings: Sequence[str] | None) -> tuple[str, ...]:
    if weightings is None:
        return tuple(study.weightings)
    for name in weightings:
        if name not in study.weightings:
            raise ContestedError(unknown("weighting", name, study.weightings))
    return tuple(dict.fromkeys(weightings))


def _share(what: str, value: float) -> float:
    if not 0 <= value <= 1:
        raise ContestedError(f"{what} must lie between 0 and 1 (got {value})")
    return value


def _level(value: float) -> float:
    if not 0 < value < 1:
        raise ContestedError(f"a probability to cross must lie strictly between 0 and 1 (got {value})")
    return value


def known_estimates(study: Study, names: Sequence[str]) -> None:
    """Refuse names that no estimate has.

    Raises
    ------
    ContestedError
        With the nearest name there is.
    """
    for name in names:
        if name not in study.estimates:
            raise ContestedError(unknown("estimate", name, study.estimates))
