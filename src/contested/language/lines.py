"""Independent lines of collection: who passes whom on, and how many lines there are in effect."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contested.language.draft import folded

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the figures of one source rest on.

    Attributes
    ----------
    sources : frozenset of str
        Those of the same dispute that it passes on.
    publishers : frozenset of str
        Where what it uses was first published.
    """

    sources: frozenset[str] = _NOBODY
    publishers: frozenset[str] = _NOBODY


def lines_of(grounds: Mapping[str, Ground]) -> dict[str, str]:
    """The line that each source is on, by a name that no other line has.

    A source is on the line of every source that it passes on, and on that of whoever rests on the very same
    publishers; the names of publishers are compared without case and spacing.

    Parameters
    ----------
    grounds : mapping of str to Ground
        By source; the sources of one dispute.

    Returns
    -------
    dict of str to str
        Source to line: its publishers, or the source where it begins. Neither the order of the sources nor
        that of what they rest on changes it.
    """
    line = {source: frozenset([source]) for source in grounds}
    for one, other in _ties(grounds):
        joined = line[one] | line[other]
        line.update(dict.fromkeys(joined, joined))
    names = {members: _name(members, grounds) for members in line.values()}
    taken = Counter(names.values())
    return {
        source: names[members] if taken[names[members]] == 1 else f"{names[members]} ({min(members)})"
        for source, members in line.items()
    }


def votes(lines: Mapping[str, str]) -> dict[str, float]:
    """One vote for each line, shared equally among its sources.

    Parameters
    ----------
    lines : mapping of str to str
        Source to line.

    Returns
    -------
    dict of str to float
        By source; they sum to the number of lines.
    """
    members = Counter(lines.values())
    return {source: 1 / members[line] for source, line in lines.items()}


def effective_lines(shares: Mapping[str, float], lines: Mapping[str, str]) -> float:
    """How many independent lines a weighting relies on: 1/Σ(share of line)².

    The inverse of Simpson's index [1]_: as many as there are lines where all have the same share, one where
    one has all.

    Parameters
    ----------
    shares : mapping of str to float
        Weight by source. A source without a line (`none_of_these`) is left out, and the rest made to sum to
        one; some of them must be above zero.
    lines : mapping of str to str
        Source to line.

    Returns
    -------
    float
        Between 1 and the number of lines.

    References
    ----------
    .. [1] E. H. Simpson, "Measurement of diversity", Nature 163 (1949), 688.
    """
    by_line = [
        math.fsum(shares[source] for source, its in lines.items() if its == line)
        for line in sorted(set(lines.values()))
    ]
    total = math.fsum(by_line)
    return 1 / math.fsum((share / total) ** 2 for share in by_line)


def relay_circles(relays: Mapping[str, str]) -> Iterator[list[str]]:
    """Each circle of those that pass one another on, once, from the first of it that the mapping leads to.

    Parameters
    ----------
    relays : mapping of str to str
        Name to the name that it passes on; one that is no key passes nobody on.
    """
    settled: set[str] = set()
    for start in relays:
        trail: dict[str, None] = {}
        name = start
        while name in relays and name not in settled and name not in trail:
            trail[name] = None
            name = relays[name]
        if name in trail:
            around = list(trail)
            yield around[around.index(name) :]
        settled.update(trail)


def _ties(grounds: Mapping[str, Ground]) -> Iterator[tuple[str, str]]:
    """Pairs of sources that share a line."""
    first: dict[frozenset[str], str] = {}
    for source, ground in grounds.items():
        for other in ground.sources & grounds.keys():
            yield source, other
        if ground.publishers:
            key = frozenset(map(folded, ground.publishers))
            yield source, first.setdefault(key, source)


def _name(members: frozenset[str], grounds: Mapping[str, Ground]) -> str:
    """Where a line begins: publishers by name, and sources that rest on none and pass nobody on."""
    spelt: dict[str, str] = {}
    for source in members:
        for publisher in grounds[source].publishers:
            written = " ".join(publisher.split())
            spelt[folded(publisher)] = min(written, spelt.get(folded(publisher), written))
    origins = {s for s in members if not grounds[s].publishers and not grounds[s].sources}
    return " + ".join(sorted({*spelt.values(), *origins} or {min(members)}))
