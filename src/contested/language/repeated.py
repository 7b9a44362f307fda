"""What a scenario says once and means for every period of a window, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from contested.language.periods import Period

Step = Literal["month", "quarter"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """One input, figure, estimate or question that stands for one in every period.

    Attributes
    ----------
    names : tuple of str
        Its name in each period, in the order of the periods: `per_km2_2025_01`.
    """

    name: str
    title: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedWindows:
    """Two windows of whole periods whose ratio is wanted: `of` over `over`."""

    name: str
    title: str
    of: Period
    over: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """What is repeated for every period of a window.

    Attributes
    ----------
    periods : tuple of Period
        Contiguous, in the order of time.
    inputs, figures, estimates, questions : mapping of str to Repeated
        What is repeated of each kind, by the name that stands for all.
    compared : mapping of str to ComparedWindows
        Comparisons of two windows, by name.
    """

    step: Step
    periods: tuple[Period, ...]
    inputs: Mapping[str, Repeated]
    figures: Mapping[str, Repeated]
    estimates: Mapping[str, Repeated]
    questions: Mapping[str, Repeated]
    compared: Mapping[str, ComparedWindows]
