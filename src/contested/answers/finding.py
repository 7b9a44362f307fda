"""What looking through a register finds, each at its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from contested.answers.cited import Cited
from contested.errors import Location

Kind = Literal["ratio", "unit", "scope", "contradiction", "relay", "duplicate", "period"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that an entry says and that another, or its own parts, do not bear out.

    Attributes
    ----------
    kind : str
        'ratio': its parts give another; 'unit': it fits in another unit; 'scope': it is of another place or
        other days than what it rests on; 'contradiction': two publications cannot both be meant; 'relay',
        'duplicate' and 'period': what those are about.
    entry : str
        The entry's id.
    path : str
        The entry and the key that it is about.
    """

    kind: Kind
    entry: str
    location: Location
    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.location}: {self.path}: {self.message}"


def found(kind: Kind, cited: Cited, key: str, message: str) -> Finding:
    """A finding at a key of an entry; at the entry where the key is absent."""
    at = cited.place.get(key)
    location = cited.place.key_location if at is None else at.location
    path = cited.id if at is None else at.dotted
    return Finding(kind=kind, entry=cited.id, location=location, path=path, message=message)


def found_at_number(kind: Kind, cited: Cited, message: str) -> Finding:
    """A finding at an entry's number: its value, or where its range begins."""
    return found(kind, cited, "low" if cited.place.get("value") is None else "value", message)
