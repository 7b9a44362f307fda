"""The tables of a briefing that say in numbers what its pictures show."""

from __future__ import annotations

from dataclasses import dataclass

from contested.answers.comparison import Comparison
from contested.report.briefing.forest import estimates, forest
from contested.report.briefing.grid import grid
from contested.report.briefing.values import Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables of a comparison's estimates; `Briefing` says what is in each.

    Attributes
    ----------
    grid : Table or None
    estimates, forest : Table
    """

    grid: Table | None
    estimates: Table
    forest: Table

    @classmethod
    def of(cls, comparison: Comparison) -> Tables:
        """Those of a comparison."""
        main = next(iter(comparison.study.estimates))
        return cls(
            grid=grid(comparison, main),
            estimates=estimates(comparison),
            forest=forest(comparison, main),
        )
