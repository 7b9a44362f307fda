"""What changed between two parsed files, by path; the order of keys, comments and layout do not count."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from contested.language.tree import Place

ChangeKind = Literal["added", "removed", "changed", "reordered"]
_WORDS = ("title", "because", "url", "mismatch", "date", "as_of")  # keys of texts that give no number


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """One value of a file, and where it stands.

    Attributes
    ----------
    path : str
        `figures.area.claims.isw.within`, `correlations[0].rank`.
    line : int
        Of its key, counted from 1.
    value : dict, list, str, int, float, bool or None
    """

    path: str
    line: int
    value: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value that is not alike in two files; None where a file does not have it.

    Attributes
    ----------
    reordered : bool
        Whether it is a list that holds the same in another order.
    """

    before: Spot | None
    after: Spot | None
    reordered: bool = False

    @property
    def kind(self) -> ChangeKind:
        """What happened to it."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "removed"
        return "reordered" if self.reordered else "changed"

    @property
    def path(self) -> str:
        """Where it stands after; before, where it is gone."""
        spot = self.after or self.before
        assert spot is not None
        return spot.path

    @property
    def is_of_words(self) -> bool:
        """Whether only a text changed that no number comes from: a title, a reason, a date of publication."""
        last = self.path.rpartition(".")[2]
        texts = (spot is None or isinstance(spot.value, str) for spot in (self.before, self.after))
        return last in _WORDS and all(texts)


def changes(before: Place | None, after: Place | None) -> Iterator[Change]:
    """Every least part that is not alike.

    What has keys is compared key by key. Of a list that holds lists or keys, equal members are matched, and
    those left over compared in their order; a list of plain values is one value.

    Parameters
    ----------
    before, after : Place or None
        None where a file does not have it.
    """
    if before is None or after is None:
        if before is not after:
            yield Change(before=_spot(before), after=_spot(after))
    elif before.is_mapping and after.is_mapping:
        for key in dict.fromkeys((*after.keys, *before.keys)):
            yield from changes(before.get(key), after.get(key))
    elif _key(before) == _key(after):
        return
    elif _is_nested(before) and _is_nested(after):
        yield from _listed(before, after)
    else:
        yield Change(before=_spot(before), after=_spot(after))


def _spot(place: Place | None) -> Spot | None:
    if place is None:
        return None
    return Spot(path=place.dotted, line=place.key_location.line, value=place.plain())


def _key(place: Place) -> str:
    """What is equal where values are: 1 and 1.0 mean the same, 1 and true do not."""
    return json.dumps(_canonical(place.plain()), sort_keys=True)


def _canonical(value: Any) -> Any:
    match value:
        case dict():
            return {key: _canonical(each) for key, each in value.items()}
        case list():
            return [_canonical(each) for each in value]
        case int() if not isinstance(value, bool) and abs(value) <= 2**53:
            return float(value)
    return value


def _is_nested(place: Place) -> bool:
    content = place.node.content
    return isinstance(content, list) and any(isinstance(each.content, dict | list) for each in content)


def _listed(before: Place, after: Place) -> Iterator[Change]:
    """Members matched by content, the first of equal ones with the first; the others in their order."""
    old, new = _numbered(list(before.elements())), _numbered(list(after.elements()))
    left = [place for key, place in old.items() if key not in new]
    right = [place for key, place in new.items() if key not in old]
    pairs = min(len(left), len(right))
    for one, other in zip(left, right, strict=False):
        yield from changes(one, other)
    yield from (Change(before=_spot(place), after=None) for place in left[pairs:])
    yield from (Change(before=None, after=_spot(place)) for place in right[pairs:])
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Change(before=_spot(before), after=_spot(after), reordered=True)


def _numbered(places: Sequence[Place]) -> dict[tuple[str, int], Place]:
    """Members by content and how many equal ones stand before them."""
    seen: Counter[str] = Counter()
    found = {}
    for place in places:
        key = _key(place)
        found[key, seen[key]] = place
        seen[key] += 1
    return found
