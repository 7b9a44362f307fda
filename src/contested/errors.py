"""What can go wrong, and where: located faults, all of a file at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class ContestedError(Exception):
    """Base of all errors that are the input's fault or an answer's limit, never a bug."""


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong: where, under which name, what was found, and the remedy."""

    location: Location
    path: str
    message: str

    def __str__(self) -> str:
        return ": ".join(map(str, filter(None, (self.location, self.path, self.message))))


class ScenarioError(ContestedError):
    """A scenario that cannot be used.

    Parameters
    ----------
    faults : iterable of Fault
        Every fault found, printed a line each in the order of the file.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults: tuple[Fault, ...] = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class AccuracyWarning(UserWarning):
    """The draws ended before the tolerance was reached."""
