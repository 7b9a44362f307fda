"""Sets of weightings that a scenario states: bounds on weights, and who is believed at least as much."""

from __future__ import annotations

import math
from collections.abc import Mapping

from contested.language.declarations import entries
from contested.language.faults import Faults, number_text
from contested.language.nodes import NONE_OF_THESE, Dispute
from contested.language.tree import Place
from contested.language.weighting import SHARE_IS_STATED, in_order

Box = dict[str, tuple[float, float]]  # source -> the least and the most weight among those listed
Pairs = tuple[tuple[str, str], ...]

_FREE = (0.0, 1.0)
_SLACK = 1e-12  # by which sums of shares may miss one: they were written in decimals


def read_bounds(top: Place, disputes: Mapping[str, Dispute], faults: Faults) -> dict[str, Box]:
    """The bounds under `bounds`; in a dispute that they name, a source that they do not name is free."""
    return {
        dispute.name: _box(place, dispute, faults)
        for dispute, place in _named(top, "bounds", disputes, faults)
    }


def read_at_least(top: Place, disputes: Mapping[str, Dispute], faults: Faults) -> dict[str, Pairs]:
    """The pairs under `at_least`; pairs that go in a circle make their sources equal."""
    return {
        dispute.name: _pairs(place, dispute, faults)
        for dispute, place in _named(top, "at_least", disputes, faults)
    }


def _named(
    top: Place, section: str, disputes: Mapping[str, Dispute], faults: Faults
) -> list[tuple[Dispute, Place]]:
    """The disputes that a section names and that can be read; unknown ones are faults."""
    named = entries(top, section)
    for name, place in named:
        if name not in disputes:
            faults.add(place.key_location, place.path[:-1], faults.unknown("dispute", name, disputes))
    return [
        (disputes[name], place)
        for name, place in named
        if name in disputes and disputes[name].sources and faults.sound_at(place)
    ]


def _box(place: Place, dispute: Dispute, faults: Faults) -> Box:
    before = len(faults.found)
    stated = {}
    for source, at in place.items():
        if (message := _no_source(source, dispute, faults)) is not None:
            faults.add(at.key_location, place.path, message)
            continue
        low, high = (_share(end) for end in at.elements())
        if low > high:
            shown = f"got {number_text(low)} and {number_text(high)}"
            faults.add(at.location, at.path, f"the least must not be above the most ({shown})")
        stated[source] = (low, high)
    box = {source: stated.get(source, _FREE) for source in in_order(dispute)}
    if len(faults.found) == before and (message := _empty(box)) is not None:
        faults.add(place.location, place.path, message)
    return box


def _share(place: Place) -> float:
    share = place.node.content
    assert isinstance(share, float | int)
    return float(share)


def _empty(box: Box) -> str | None:
    """Why no weighting lies in a box, None where one does: shares sum to one between the sums of its ends."""
    least, most = (math.fsum(ends) for ends in zip(*box.values(), strict=True))
    if least > 1 + _SLACK:
        found = f"the least that sources may have sums to {_sum_text(least)}; lower some, to 1 in all or less"
    elif most < 1 - _SLACK:
        found = f"the most that sources may have sums to {_sum_text(most)}; raise some, to 1 in all or more"
    else:
        return None
    return f"no weighting meets these bounds: {found}"


def _sum_text(total: float) -> str:
    return number_text(round(total, 12))


def _pairs(place: Place, dispute: Dispute, faults: Faults) -> Pairs:
    pairs: list[tuple[str, str]] = []
    for at in place.elements():
        first, second = at.elements()
        unknown = [(end, _no_source(end.node.text, dispute, faults)) for end in (first, second)]
        for end, message in unknown:
            if message is not None:
                faults.add(end.location, end.path, message)
        pair = (first.node.text, second.node.text)
        if any(message for _, message in unknown):
            continue
        if pair[0] == pair[1]:
            faults.add(at.location, at.path, f"sets '{pair[0]}' beside itself; name two sources")
        elif pair in pairs:
            faults.add(at.location, at.path, "stands twice; keep one")
        pairs.append(pair)
    return tuple(pairs)


def _no_source(name: str, dispute: Dispute, faults: Faults) -> str | None:
    """Why a name is no source that weights are given to, None where it is one."""
    if name == NONE_OF_THESE:
        return f"{NONE_OF_THESE} has no place here: {SHARE_IS_STATED}"
    sources = in_order(dispute)
    return None if name in sources else faults.unknown("source", name, sources)
