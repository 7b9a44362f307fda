"""What each source of a scenario rests on, as its claims, its `relays` and the register tell."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from contested.language.declarations import entries
from contested.language.draft import Draft, folded, named_in, nested
from contested.language.formula import references
from contested.language.lines import Ground, lines_of, relay_circles, votes
from contested.language.nodes import Computed, Dispute, Mixture, Statement
from contested.language.tree import Place
from contested.language.weighting import in_order, normalised

_ALL_BUT = 0.85  # likeness from which on a name is taken to be misspelt


def read_lines(draft: Draft) -> dict[str, dict[str, str]]:
    """The line of collection of each source, by dispute; what relays in a circle is a fault.

    A source that says whom it relays is on that one's line: a source of the dispute, else the publisher at
    the root of a register entry, else a publisher. One that says nothing is on the line of those of whose
    claims all its own are formulas; failing that, it rests on where the facts that its claims are, or are
    computed from, were first published. What is only cited, and facts within inputs, do not count.
    """
    _check_relays(draft)
    _check_near_misses(draft)
    return {
        name: lines_of({source: _ground(draft, dispute, source) for source in in_order(dispute)})
        for name, dispute in draft.disputes.items()
    }


def by_lineage(lines: Mapping[str, Mapping[str, str]], dispute: Dispute) -> dict[str, float]:
    """Weights of a dispute's sources where each line has one vote, shared equally among those on it."""
    return normalised(votes(lines[dispute.name]), dispute)


def _check_relays(draft: Draft) -> None:
    """Sources that relay one another, and register entries that do: they come from nowhere."""
    register = draft.facts.register
    stated: list[Mapping[str, Place]] = [dict(place.items()) for place in _sources(draft.top)]
    stated.append({} if register is None else {name: entry.place for name, entry in register.entries.items()})
    for places in stated:
        relays = {name: text for name, place in places.items() if (text := place.text("relays")) is not None}
        for circle in relay_circles(relays):
            at = places[circle[0]].get("relays") or places[circle[0]]
            around = " → ".join((*circle, circle[0]))
            message = f"goes in a circle: {around}; leave relays out where the figures come from"
            draft.faults.add(at.location, at.path, message)


def _check_near_misses(draft: Draft) -> None:
    """A source may relay a publisher that nothing here names; but not one that is all but named here."""
    register = draft.facts.register
    facts = {} if register is None else register.entries
    publishers = {entry.place.text("publisher") or "" for entry in facts.values()}
    for sources in _sources(draft.top):
        known = {*sources.keys, *facts, *publishers}
        for _, place in sources.items():
            at, text = place.get("relays"), place.text("relays")
            if at is None or text is None or folded(text) in map(folded, known):
                continue
            if meant := get_close_matches(text[:200], sorted(known), n=1, cutoff=_ALL_BUT):
                message = f"'{text}' is no source, fact or publisher; did you mean '{meant[0]}'?"
                draft.faults.add(at.location, at.path, message)


def _sources(top: Place) -> Iterator[Place]:
    for _, dispute in entries(top, "disputes"):
        if (sources := dispute.get("sources")) is not None:
            yield sources


def _ground(draft: Draft, dispute: Dispute, name: str) -> Ground:
    relays = dispute.sources[name].relays
    if relays is not None:
        return _relayed(draft, dispute, relays)
    claims = [
        figure.claims[name]
        for figure in draft.figures.values()
        if figure.dispute == dispute.name and name in figure.claims
    ]
    if claims and all(map(_leans_on_another, claims)):
        named = (ref.source for claim in claims for ref in named_in(claim) if ref.kind == "claim")
        return Ground(sources=frozenset(source for source in named if source is not None))
    register = draft.facts.register
    if register is None:
        return Ground()
    return Ground(publishers=frozenset(register.root(fact) for fact in _facts(draft, claims)))


def _relayed(draft: Draft, dispute: Dispute, relays: str) -> Ground:
    if relays in dispute.sources:
        return Ground(sources=frozenset([relays]))
    register = draft.facts.register
    if register is not None and relays in register.ids:
        return Ground(publishers=frozenset([register.root(relays)]))
    return Ground(publishers=frozenset([relays]))


def _leans_on_another(claim: Statement) -> bool:
    """Whether a claim, each part of it, is a formula of other sources' claims and of no fact."""
    for part in nested(claim):
        if isinstance(part.form, Mixture):
            continue
        if not isinstance(part.form, Computed):
            return False
        kinds = {ref.kind for ref in references(part.form.formula.expression)}
        if "claim" not in kinds or "fact" in kinds:
            return False
    return True


def _facts(draft: Draft, claims: Iterable[Statement]) -> Iterator[str]:
    """The facts that claims are, or name in their formulas; by way of another's claim too."""
    waiting, seen = deque(claims), set[str]()
    while waiting:
        claim = waiting.popleft()
        if claim.path in seen:
            continue
        seen.add(claim.path)
        for part in nested(claim):
            if fact := draft.places[part.path].text("fact"):
                yield fact
        for ref in named_in(claim):
            if ref.kind == "fact":
                yield ref.name
            elif ref.kind == "claim":
                waiting.extend(draft.named_by(ref))
