"""Faults as they are found, and the words that all of them share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

from contested.errors import Fault, Location, ScenarioError

Key = str | int
Path = tuple[Key, ...]
Unknown = Callable[[str, str, Iterable[str]], str]  # what it is, its name, the known ones -> the message

_MOST_COMPARED = 200_000  # names: less than a second


class Located(Protocol):
    """What stands somewhere in a file."""

    @property
    def file(self) -> str: ...
    @property
    def path(self) -> Path: ...


@dataclass(slots=True)
class Faults:
    """Collects faults; remembers the places whose structure is wrong, so that nobody reads on there.

    Attributes
    ----------
    found : list of Fault
    broken : set of (str, Path)
        By file, the places whose structure is wrong.
    compared : int
        With how many known names unknown ones were compared.
    periods : pattern, optional
        What ends the name of what is repeated for every period, in one of them.
    """

    found: list[Fault] = field(default_factory=list)
    broken: set[tuple[str, Path]] = field(default_factory=set)
    compared: int = 0
    periods: re.Pattern[str] | None = None

    def add(self, location: Location, path: Path | str, message: str) -> None:
        """Note a fault."""
        self.found.append(Fault(location, path if isinstance(path, str) else path_text(path), message))

    def spoil(self, file: str, path: Path) -> None:
        """Mark a place, and so all that hold it, as wrong in structure."""
        self.broken.update((file, path[:length]) for length in range(len(path) + 1))

    def sound_at(self, place: Located) -> bool:
        """Whether nothing at a place or in it is wrong in structure."""
        return (place.file, place.path) not in self.broken

    def unknown(self, what: str, name: str, known: Iterable[str]) -> str:
        """The message for a name that nobody knows; the nearest is looked for while it costs little."""
        if self.compared > _MOST_COMPARED:
            return f"unknown {what} '{name}'"
        names = sorted(set(known))
        self.compared += len(names)
        return unknown(what, name, names)

    def raise_if_any(self) -> None:
        """Raise ScenarioError with all that was found; what is wrong in every period alike, once."""
        if self.found:
            alike = {
                (fault.location, self._of_any_period(fault.message)): fault for fault in self.found[::-1]
            }
            raise ScenarioError(alike.values())

    def _of_any_period(self, message: str) -> str:
        return message if self.periods is None else self.periods.sub("", message)


def path_text(path: Path) -> str:
    """A path as it is printed: names with dots, places in a list in brackets."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


def number_text(value: float) -> str:
    """A number as a user would write it."""
    text = repr(float(value))
    return text.removesuffix(".0")


def listed(words: Iterable[str], conjunction: str = "and") -> str:
    """Words as a list in a sentence, at most ten of them."""
    names = list(words)
    shown = names if len(names) <= 10 else [*names[:9], f"{len(names) - 9} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {conjunction} {shown[-1]}"


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """The message for a name that nobody knows, with the nearest that is known."""
    names = sorted(set(known))
    if near := nearest(name, names):
        return f"unknown {what} '{name}'; did you mean '{near}'?"
    if names:
        return f"unknown {what} '{name}'; known here: {listed(names)}"
    return f"unknown {what} '{name}'; none is known here"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is most like this one, None where none is."""
    from difflib import get_close_matches

    matches = get_close_matches(name[:200], list(known), n=1)
    return matches[0] if matches else None


def is_stray(key: str) -> bool:
    """Whether a key without a value is rather the rest of a number or a text that holds a comma."""
    return key[:1].isdigit() or " " in key


def stray_comma(key: str) -> str:
    """The message for such a key."""
    remedy = "write numbers without separators, and put text that holds a comma in quotes"
    return f"a comma ends what stands before it, and {quoted(key)} is no key; {remedy}"


def quoted(text: str) -> str:
    """A text in a message: on one line, in quotes, cut where it is long."""
    line = re.sub(r"\s+", " ", text)
    return f"'{line[:57]}…'" if len(line) > 60 else f"'{line}'"
