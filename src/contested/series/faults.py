"""Faults of a table, as many as are worth reading."""

from __future__ import annotations

from dataclasses import dataclass, field

from contested.errors import Fault, Location, ScenarioError

MOST = 20  # faults printed; a file in another date format has one in every row


class SeriesError(ScenarioError):
    """A file of a series that cannot be used."""


@dataclass(slots=True)
class Faults:
    """Collects the faults of one file."""

    file: str
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, column: int, path: str, message: str) -> None:
        """Note a fault; line and column count from 1, `path` is the table's column."""
        self.found.append(Fault(Location(self.file, line, column), path, message))

    def raise_if_any(self) -> None:
        """Raise SeriesError with what was found, the first of them where they are many."""
        if not self.found:
            return
        found = sorted(set(self.found))
        if len(found) > MOST:
            more = Fault(found[MOST].location, "", f"and {len(found) - MOST:,} faults more from here on")
            found = [*found[:MOST], more]
        raise SeriesError(found)
