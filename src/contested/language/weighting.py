"""Weightings: how far each source of each dispute is believed, normalised."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from contested.errors import ContestedError
from contested.language.faults import Faults, Unknown, listed, number_text, unknown
from contested.language.nodes import NONE_OF_THESE, Dispute, Study, Weights
from contested.language.structure import got
from contested.language.tree import Place
from contested.language.yaml_text import scalar

OTHERS = "others"
EVEN = "even"
BY = "by"
RESERVED = (OTHERS, BY, EVEN, NONE_OF_THESE)
SHARE_IS_STATED = f"its share is stated on the dispute, as in {NONE_OF_THESE}: 0.1"


Way = Callable[[Dispute], Mapping[str, float]]  # weights of one dispute, normalised; may raise WeightFault


class WeightFault(ContestedError):
    """Weights that cannot be used; `key` is the source or dispute at fault, None for all of them."""

    def __init__(self, message: str, key: str | None = None) -> None:
        super().__init__(message)
        self.message, self.key = message, key


def weights(mapping: Mapping[str, Mapping[str, float]], study: Study) -> Weights:
    """Weights as given in Python, completed and normalised.

    Parameters
    ----------
    mapping : mapping
        Dispute -> source -> weight, perhaps with `others`; disputes not named are even.
    study : Study
        Whose disputes they are.

    Raises
    ------
    ContestedError
        Where a name is unknown or a weight unusable, with the remedy.
    """
    _check_disputes(mapping, study.disputes)
    completed = {}
    for name, dispute in study.disputes.items():
        given = mapping.get(name)
        try:
            completed[name] = even(dispute) if given is None else normalised(given, dispute)
        except WeightFault as fault:
            raise ContestedError(f"{name}: {fault.message}") from None
    return completed


def parse_weights(text: str, study: Study) -> Weights:
    """Weights as written on the command line: `toll.osint=3,toll.others=1`.

    Raises
    ------
    ContestedError
        Where the text is not of that form, a name is unknown or a weight unusable, with the remedy.
    """
    given: dict[str, dict[str, float]] = {}
    for part in text.split(","):
        name, equals, written = (piece.strip() for piece in part.partition("="))
        dispute, dot, source = name.partition(".")
        if not (equals and dot and dispute and source):
            raise ContestedError(
                f"'{part.strip()}' is no weight; write dispute.source=weight, as in toll.osint=3"
            )
        value = scalar(written)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ContestedError(f"{name}: a weight must be a number (got '{written}')")
        if source in given.setdefault(dispute, {}):
            raise ContestedError(f"{name}: stands twice; keep one")
        given[dispute][source] = float(value)
    return weights(given, study)


def read_weighting(
    place: Place, disputes: Mapping[str, Dispute], ways: Mapping[str, Way], faults: Faults
) -> Weights:
    """A named weighting of the file, completed and normalised; what is at fault is left even.

    Parameters
    ----------
    place : Place
        Where it stands: weights by dispute and source, or `by` for all disputes or for one.
    disputes : mapping of str to Dispute
        All of the scenario.
    ways : mapping of str to Way
        What `by` may name.
    faults : Faults
        Where faults are put.
    """
    if BY in place.keys:
        way = _way(place, ways, faults)
        return {name: _by(place, way, dispute, faults) for name, dispute in disputes.items()}
    for name, at in place.items():
        if name not in disputes:
            faults.add(at.key_location, place.path, faults.unknown("dispute", name, disputes))
    completed = {}
    for name, dispute in disputes.items():
        given = place.get(name)
        if given is None:
            completed[name] = even(dispute)
        elif BY in given.keys:
            completed[name] = _by(given, _way(given, ways, faults), dispute, faults)
        else:
            completed[name] = _read(given, dispute, faults)
    return completed


def even(dispute: Dispute) -> dict[str, float]:
    """The same weight for every source that is listed."""
    sources = in_order(dispute)
    return _beside_none_of_these({source: 1 / len(sources) for source in sources}, dispute)


def in_order(dispute: Dispute) -> list[str]:
    """The sources that weights are given to, as the file lists them."""
    return [source for source in dispute.sources if source != NONE_OF_THESE]


def normalised(given: Mapping[str, float], dispute: Dispute, unknown: Unknown = unknown) -> dict[str, float]:
    """Weights of one dispute's sources, `others` spread over those not named, divided by their sum.

    Where the dispute leaves a share to `none_of_these`, the listed sources divide the rest.

    Raises
    ------
    WeightFault
        Where a source is unknown or has no weight, or the weights are unusable.
    """
    sources = in_order(dispute)
    for source in given:
        if source != OTHERS and source not in sources:
            raise WeightFault(_no_source(source, sources, unknown), source)
    missing = [source for source in sources if source not in given]
    if missing and OTHERS not in given:
        raise WeightFault(f"gives no weight to {listed(missing)}; add it, or others")
    completed = {source: given.get(source, given.get(OTHERS, 0.0)) for source in sources}
    return _beside_none_of_these(shares(completed), dispute)


def _no_source(name: str, sources: list[str], unknown: Unknown) -> str:
    if name == NONE_OF_THESE:
        return f"{NONE_OF_THESE} takes no weight: {SHARE_IS_STATED}"
    return unknown("source", name, sources)


def _beside_none_of_these(listed_ones: dict[str, float], dispute: Dispute) -> dict[str, float]:
    share = dispute.none_of_these
    if not share:
        return listed_ones
    return {**{source: (1 - share) * weight for source, weight in listed_ones.items()}, NONE_OF_THESE: share}


def shares(given: Mapping[str, float]) -> dict[str, float]:
    """Weights divided by their sum: one rounding each, so that whole-number multiples give the same bits.

    Raises
    ------
    WeightFault
        Where one is negative or not finite, or all are zero.
    """
    for key, weight in given.items():
        if not (isinstance(weight, int | float) and not isinstance(weight, bool) and 0 <= weight < math.inf):
            shown = number_text(weight) if isinstance(weight, float) else repr(weight)
            raise WeightFault(f"a weight must be a finite number, zero or above (got {shown})", key)
    try:
        total = math.fsum(given.values())
    except OverflowError:
        raise WeightFault("the weights' sum is too large; divide them all") from None
    if total == 0:
        raise WeightFault("all weights are zero; give one of them more")
    return {key: weight / total for key, weight in given.items()}


def _check_disputes(given: Mapping[str, object], disputes: Mapping[str, Dispute]) -> None:
    for name in given:
        if name not in disputes:
            raise ContestedError(unknown("dispute", name, disputes))


def _way(place: Place, ways: Mapping[str, Way], faults: Faults) -> Way:
    """What `by` names, alone in its mapping; where it is at fault, even weights."""
    at = place.get(BY) or place
    name = at.node.content
    beside = [key for key in place.keys if key != BY]
    if beside:
        message = f"'{BY}' gives all the weights; keep it, or what stands beside it ({listed(beside)})"
        faults.add(at.key_location, place.path, message)
    if not isinstance(name, str) or name not in ways:
        faults.add(at.location, at.path, f"must be {listed(sorted(ways), 'or')} (got {got(name)})")
        return even
    return even if beside else ways[name]


def _by(place: Place, way: Way, dispute: Dispute, faults: Faults) -> dict[str, float]:
    if dispute.sources:
        try:
            return dict(way(dispute))
        except WeightFault as fault:
            at = place.get(BY) or place
            faults.add(at.location, at.path, fault.message)
    return even(dispute)


def _read(place: Place, dispute: Dispute, faults: Faults) -> dict[str, float]:
    if not faults.sound_at(place) or not dispute.sources:
        return even(dispute)
    given = {source: place.number(source) or 0.0 for source in place.keys}
    try:
        return normalised(given, dispute, faults.unknown)
    except WeightFault as fault:
        at = place if fault.key is None else place.get(fault.key) or place
        location = at.location if at is place else at.key_location
        faults.add(location, place.path, fault.message)
        return even(dispute)
