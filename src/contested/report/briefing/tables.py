"""The tables of a briefing that say in numbers what its pictures show."""

from __future__ import annotations

from dataclasses import dataclass

from contested.answers.comparison import Comparison
from contested.report.briefing.forest import estimates, forest
from contested.report.briefing.grid import grid
from contested.report.briefing.sections import Width
from contested.report.briefing.values import Table
from contested.report.briefing.widths import widths


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The tables of a comparison's estimates; `Briefing` says what is in each.

    Attributes
    ----------
    grid : Table or None
    estimates, forest : Table
    width : Width
        Of the headline's estimate.
    """

    grid: Table | None
    estimates: Table
    forest: Table
    width: Width

    @classmethod
    def of(cls, comparison: Comparison) -> Tables:
        """Those of a comparison."""
        main = next(iter(comparison.study.estimates))
        return cls(
            grid=grid(comparison, main),
            estimates=estimates(comparison),
            forest=forest(comparison, main),
            width=next(widths(comparison, [main])),
        )
