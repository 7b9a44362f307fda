"""A file as a located tree: every key and value with its line and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from contested.errors import Location
from contested.language.faults import Key, path_text

Scalar = str | int | float | bool | None


class Mark(NamedTuple):
    """Where a node begins, counted from 1; its text begins `shift` further on (None: it spans lines)."""

    line: int
    column: int
    shift: int | None = None


@dataclass(slots=True)
class Node:
    """A scalar, a mapping (key -> its mark and value) or a list, with its size and depth once expanded."""

    mark: Mark
    content: Scalar | dict[str, tuple[Mark, Node]] | list[Node]
    text: str = ""
    size: int = 1
    depth: int = 0
    open: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A node with its path from the top of the file: what the readers walk on."""

    file: str
    path: tuple[Key, ...]
    node: Node
    key_mark: Mark

    @property
    def location(self) -> Location:
        """Where the value stands."""
        return Location(self.file, self.node.mark.line, self.node.mark.column)

    @property
    def key_location(self) -> Location:
        """Where its key stands."""
        return Location(self.file, self.key_mark.line, self.key_mark.column)

    @property
    def dotted(self) -> str:
        """The path as it is printed."""
        return path_text(self.path)

    def within(self, offset: int) -> Location:
        """Where the character at `offset` of a text stands; its beginning where the text spans lines."""
        line, column, shift = self.node.mark
        return Location(self.file, line, column if shift is None else column + shift + offset)

    def get(self, key: str) -> Place | None:
        """The value of a key, None where it is absent."""
        if not isinstance(self.node.content, dict) or key not in self.node.content:
            return None
        mark, node = self.node.content[key]
        return Place(self.file, (*self.path, key), node, mark)

    def items(self) -> Iterator[tuple[str, Place]]:
        """Keys and values of a mapping; nothing of what is none."""
        if isinstance(self.node.content, dict):
            for key, (mark, node) in self.node.content.items():
                yield key, Place(self.file, (*self.path, key), node, mark)

    def elements(self) -> Iterator[Place]:
        """Values of a list; nothing of what is none."""
        if isinstance(self.node.content, list):
            for index, node in enumerate(self.node.content):
                yield Place(self.file, (*self.path, index), node, node.mark)

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of a mapping."""
        return tuple(self.node.content) if isinstance(self.node.content, dict) else ()

    def text(self, key: str) -> str | None:
        """The text under a key, None where there is none (a year's number serves as text)."""
        place = self.get(key)
        if place is None or place.node.content is None or isinstance(place.node.content, dict | list):
            return None
        return place.node.text

    def number(self, key: str) -> float | None:
        """The number under a key, None where there is none."""
        place = self.get(key)
        content = None if place is None else place.node.content
        if isinstance(content, bool) or not isinstance(content, int | float):
            return None
        return float(content)

    def whole(self, key: str) -> int | None:
        """The whole number under a key, None where there is none."""
        place = self.get(key)
        content = None if place is None else place.node.content
        return content if isinstance(content, int) and not isinstance(content, bool) else None

    @property
    def is_mapping(self) -> bool:
        """Whether it has keys."""
        return isinstance(self.node.content, dict)

    def plain(self) -> Any:
        """The value as dicts, lists and scalars."""
        return _plain(self.node)


def _plain(node: Node) -> Any:
    if isinstance(node.content, dict):
        return {key: _plain(value) for key, (_, value) in node.content.items()}
    if isinstance(node.content, list):
        return [_plain(value) for value in node.content]
    return node.content
