"""YAML text to a located tree, nothing of it resolved by the library.

The library serves as tokenizer only (its event stream). Scalars are resolved here by the YAML 1.2 core
schema, so that `NO` is text, `1e5` a number and `12:30` text; duplicate keys, tags and aliases that expand
without bound are faults with a place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from contested.errors import Location
from contested.language.faults import Faults, Key, is_stray, quoted, stray_comma
from contested.language.tree import Mark, Node, Place, Scalar
from contested.language.yaml_syntax import explained

MAX_BYTES = 2**20
MAX_DEPTH = 32

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it was built in: ten times faster


def load(path: Path, shown: str, faults: Faults) -> Place | None:
    """Read a file as a tree.

    Parameters
    ----------
    path : Path
        The file.
    shown : str
        How the file is called in faults.
    faults : Faults
        Where faults are put; None is returned where the file cannot be read on.
    """
    try:
        text = _text(path, shown)
        return Place(shown, (), _Composer(shown, faults).compose(text), Mark(1, 1))
    except _Unreadable as unreadable:
        faults.add(unreadable.location, (), unreadable.message)
        return None


def scalar(text: str) -> Scalar:
    """A plain scalar by the YAML 1.2 core schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text) and len(text) <= 300:
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _RADIX.fullmatch(text) and len(text) <= 200:
        return int(text, 0)
    return text


_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **{sign + word: float(sign + "inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_RADIX = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")

# Line separators of YAML 1.1 and stray byte order marks are among them: the two parsers differ on those.
# Written as what is refused: a class of what is allowed takes ten times longer to compile.
_FORBIDDEN = re.compile(
    "[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)


# A '?' inside text between braces is text to libyaml, and not to the Python parser: neither sees it.
_INNER_QUESTION = re.compile(r"(?<=[^\s,\[\]{}])\?|\?(?=[^\s,\[\]{}])")
_STAND_IN = "\ufdd0"  # no character, so refused where a file holds it

_ESCAPED = re.compile(f"{_FORBIDDEN.pattern}|\r")  # line ends are read as \n, so this \r was written \\r

_COMPOUND_KEY = "a key must be plain text, not a list or mapping"


class _Unreadable(Exception):
    """The file cannot be read on from here."""

    def __init__(self, location: Location, message: str) -> None:
        self.location, self.message = location, message


def _text(path: Path, shown: str) -> str:
    start = Location(shown, 1, 1)
    try:
        if not path.is_file():
            other = "is not a regular file" if path.exists() else "no such file"
            raise _Unreadable(start, "is a folder, not a file" if path.is_dir() else other)
        if path.stat().st_size > MAX_BYTES:
            raise _Unreadable(start, "is larger than 1 MiB; a scenario or register must be smaller")
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES)
    except (OSError, ValueError) as error:
        raise _Unreadable(start, f"cannot be read ({getattr(error, 'strerror', None) or error})") from None
    return _decoded(content, shown)


def _decoded(content: bytes, shown: str) -> str:
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        message = f"is not UTF-8 text (byte 0x{content[error.start]:02x}); save it as UTF-8"
        raise _Unreadable(_end(before, shown), message) from None
    if found := _FORBIDDEN.search(text):
        raise _Unreadable(_end(text[: found.start()], shown), _forbidden(found.group()))
    return text if text.endswith("\n") else f"{text}\n"  # or the parsers place the end differently


def _forbidden(character: str) -> str:
    if character == "\t":
        return "tab character; use spaces"
    return f"control character U+{ord(character):04X} is not allowed; remove it"


def _end(before: str, shown: str) -> Location:
    lines = re.split("\r\n|\n|\r", before)
    return Location(shown, len(lines), len(lines[-1]) + 1)


@dataclass(slots=True)
class _Frame:
    """A collection that is being filled."""

    node: Node
    key: str | None = None
    key_mark: Mark | None = None


@dataclass(slots=True)
class _Composer:
    """Events to nodes; depth and size are limited as they come."""

    file: str
    faults: Faults
    frames: list[_Frame] = field(default_factory=list)
    anchors: dict[str, Node] = field(default_factory=dict)
    aliased: bool = False
    root: Node | None = None

    def compose(self, text: str) -> Node:
        try:
            for event in yaml.parse(_INNER_QUESTION.sub(_STAND_IN, text), Loader=Loader):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            raise self._stop(*explained(error, text)) from None
        except (yaml.YAMLError, ValueError, OverflowError):
            raise self._stop(0, 0, "not valid YAML") from None
        if self.root is None:
            raise self._stop(0, 0, "is empty")
        return self.root

    def _stop(self, line: int, column: int, message: str) -> _Unreadable:
        return _Unreadable(Location(self.file, line + 1, column + 1), message)

    def _take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._place(self._scalar(event), event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._finish(event)
            case yaml.AliasEvent():
                self._place(self._alias(event), event)
            case yaml.DocumentStartEvent(start_mark=mark) if self.root is not None and mark is not None:
                raise self._stop(mark.line, mark.column, "a second document begins; a file holds one")

    def _scalar(self, event: Any) -> Node:
        start, end, text = event.start_mark, event.end_mark, event.value.replace(_STAND_IN, "?")
        plain = not event.style  # whatever its tag, which is refused by itself
        if found := _ESCAPED.search(text):
            raise self._stop(start.line, start.column, _forbidden(found.group()))
        shift: int | None = 0 if plain else 1
        if start.line != end.line or end.column - start.column != len(text) + (0 if plain else 2):
            shift = None
        mark = Mark(start.line + 1, start.column + 1, shift)
        node = Node(mark, scalar(text) if plain else text, text, 1 + len(text))
        self._note(event, node)
        return node

    def _begin(self, event: Any) -> None:
        mark = Mark(event.start_mark.line + 1, event.start_mark.column + 1)
        if len(self.frames) >= MAX_DEPTH:
            raise self._stop(mark.line - 1, mark.column - 1, f"is nested deeper than {MAX_DEPTH}")
        if self._key_wanted():
            raise self._stop(mark.line - 1, mark.column - 1, _COMPOUND_KEY)
        content: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        node = Node(mark, content, depth=1, open=True)
        self._note(event, node)
        self.frames.append(_Frame(node))

    def _finish(self, event: Any) -> None:
        node = self.frames.pop().node
        node.open = False
        self._place(node, event)

    def _alias(self, event: Any) -> Node:
        line, column = event.start_mark.line, event.start_mark.column
        target = self.anchors.get(event.anchor)
        if target is None:
            raise self._stop(line, column, f"alias '*{event.anchor}' names no anchor before it")
        if target.open:
            raise self._stop(line, column, f"alias '*{event.anchor}' stands inside what it names")
        if len(self.frames) + target.depth > MAX_DEPTH:
            raise self._stop(line, column, f"alias '*{event.anchor}' nests deeper than {MAX_DEPTH}")
        self.aliased = True
        mark = Mark(line + 1, column + 1)
        return Node(mark, target.content, target.text, target.size, target.depth)

    def _note(self, event: Any, node: Node) -> None:
        """Remember an anchor; refuse a tag, which would say what our own rules already decide."""
        if event.tag is not None:
            location = Location(self.file, node.mark.line, node.mark.column)
            self.faults.add(location, self._path(), f"YAML tag '{_tag(event.tag)}' is not allowed; remove it")
        if event.anchor is not None:
            self.anchors[event.anchor] = node

    def _path(self) -> tuple[Key, ...]:
        content = ((frame.key, frame.node.content) for frame in self.frames)
        path = (len(value) if isinstance(value, list) else key for key, value in content)
        return tuple(part for part in path if part is not None)

    def _key_wanted(self) -> bool:
        return (
            bool(self.frames)
            and isinstance(self.frames[-1].node.content, dict)
            and self.frames[-1].key is None
        )

    def _place(self, node: Node, event: Any) -> None:
        if not self.frames:
            self.root = node
        elif self._key_wanted():
            self._key(node)
        else:
            self._value(node, event)

    def _key(self, node: Node) -> None:
        frame, parent = self.frames[-1], self.frames[-1].node
        mark = node.mark
        if isinstance(node.content, dict | list):
            raise self._stop(mark.line - 1, mark.column - 1, _COMPOUND_KEY)
        assert isinstance(parent.content, dict)
        parent.size += node.size
        frame.key, frame.key_mark = node.text, mark

    def _value(self, node: Node, event: Any) -> None:
        frame, parent = self.frames[-1], self.frames[-1].node
        parent.size += node.size
        parent.depth = max(parent.depth, node.depth + 1)
        if self.aliased and parent.size > MAX_BYTES:
            raise self._stop(event.start_mark.line, event.start_mark.column, "aliases expand past 1 MiB")
        if isinstance(parent.content, list):
            parent.content.append(node)
        elif isinstance(parent.content, dict) and frame.key is not None and frame.key_mark is not None:
            if frame.key in parent.content:
                self._repeated(frame.key, frame.key_mark, node, parent.content[frame.key][0])
            else:
                parent.content[frame.key] = (frame.key_mark, node)
            frame.key = None

    def _repeated(self, key: str, mark: Mark, value: Node, first: Mark) -> None:
        message = f"key {quoted(key)} stands twice (first on line {first.line}); keep one"
        if value.content is None and is_stray(key):
            message = stray_comma(key)
        self.frames[-1].key = None  # the fault is that of the mapping
        self.faults.add(Location(self.file, mark.line, mark.column), self._path(), message)


def _tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
