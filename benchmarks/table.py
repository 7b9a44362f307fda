"""A measured figure against its bar, and the table of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One promise: what was measured, the bar, and whether larger or smaller is better."""

    what: str
    value: float
    bar: float
    at_least: bool
    unit: str = "×"
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the bar is reached."""
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        met = "met" if self.met else "NOT MET"
        return (
            f"{self.what:<58} {self.value:>10.4g} {self.unit:<3} {sign} {self.bar:<7g} {met:<8} {self.note}"
        )


def show(rows: Iterable[Measured]) -> bool:
    """Print rows as they come; whether all bars are reached."""
    good = True
    for row in rows:
        print(row, flush=True)
        good &= row.met
    return good
