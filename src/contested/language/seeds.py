"""Seeds: past claims of a dispute's sources that were resolved since, and the weights that they earn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from contested.language.faults import Faults, listed, number_text
from contested.language.nodes import Dispute, Evidence, Exact, OneSided, Quantiles, Seed
from contested.language.performance import Performance, classical_model
from contested.language.register import Facts
from contested.language.statement_forms import Keys, literal, rising
from contested.language.statement_keys import form_of
from contested.language.tree import Place
from contested.language.weighting import WeightFault, even, normalised

ENOUGH = 10  # seeds in a dispute: fewer tell a well calibrated source from a lucky one by chance alone
_OF_THREE = {"low": 0.05, "best": 0.5, "high": 0.95}

Points = tuple[tuple[float, float], ...]  # (probability, quantile), rising


@dataclass(frozen=True, slots=True)
class Seeds:
    """The seeds of a scenario, and how each source did on them.

    Attributes
    ----------
    read : mapping of str to tuple of Seed
        By dispute, its seeds; only disputes that have any, all of them without fault.
    performance : mapping of str to mapping of str to Performance
        Dispute to source to how it did, where there are enough seeds.
    refused : frozenset of str
        The disputes with a seed that is at fault.
    """

    read: Mapping[str, tuple[Seed, ...]] = field(default_factory=dict)
    performance: Mapping[str, Mapping[str, Performance]] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    def weights(self, dispute: Dispute) -> dict[str, float]:
        """Normalised weights of a dispute's sources by the classical model, without a cut-off.

        Raises
        ------
        WeightFault
            Where the dispute has too few seeds, or no source earns a weight.
        """
        if dispute.name in self.refused:
            return even(dispute)
        found = self.performance.get(dispute.name)
        if found is None:
            have = len(self.read.get(dispute.name, ())) or "none"
            message = f"dispute '{dispute.name}' has {have}, and {ENOUGH} are needed"
            raise WeightFault(f"too few seeds to prefer performance weights: {message}; weigh it otherwise")
        earned = {source: performance.weight for source, performance in found.items()}
        if not any(earned.values()):
            message = (
                f"no source of dispute '{dispute.name}' earns a performance weight: all were too far off"
            )
            raise WeightFault(f"{message}; weigh it otherwise")
        return normalised(earned, dispute)


def read_seeds(top: Place, disputes: Mapping[str, Dispute], facts: Facts, faults: Faults) -> Seeds:
    """The scenario's seeds; those of a dispute are left out where one of them is at fault."""
    place = top.get("seeds")
    if place is None:
        return Seeds()
    read, refused = {}, set()
    for name, at in place.items():
        if name not in disputes:
            faults.add(at.key_location, place.path, faults.unknown("dispute", name, disputes))
            continue
        if not disputes[name].sources:
            continue
        found = _Reader(disputes[name], facts, faults).all(at)
        if found:
            read[name] = found
        else:
            refused.add(name)
    performance = {name: _performance(seeds) for name, seeds in read.items() if len(seeds) >= ENOUGH}
    return Seeds(read, performance, frozenset(refused))


def _performance(seeds: Sequence[Seed]) -> dict[str, Performance]:
    first = seeds[0].claims
    assessments = {
        source: [[value for _, value in seed.claims[source]] for seed in seeds] for source in sorted(first)
    }
    return classical_model(
        assessments,
        outcomes=[seed.outcome for seed in seeds],
        probabilities=[probability for probability, _ in next(iter(first.values()))],
        logarithmic=[seed.logarithmic for seed in seeds],
    )


@dataclass(slots=True)
class _Reader:
    """Reads the seeds of one dispute, all at the probabilities of the first claim."""

    dispute: Dispute
    facts: Facts
    faults: Faults
    probabilities: tuple[float, ...] = ()

    def all(self, place: Place) -> tuple[Seed, ...]:
        """All seeds, none where one is at fault."""
        read = [self._seed(at) for at in place.elements()]
        sound = tuple(seed for seed in read if seed is not None)
        return sound if len(sound) == len(read) else ()

    def _seed(self, place: Place) -> Seed | None:
        if not self.faults.sound_at(place):
            return None
        before = len(self.faults.found)
        outcome, evidence = self._outcome(place), self._evidence(place)
        claims = self._claims(place.get("claims") or place)
        logarithmic = place.text("scale") == "log"
        if logarithmic:
            self._check_positive(place, outcome, claims)
        if outcome is None or len(self.faults.found) > before:
            return None
        return Seed(
            path=place.dotted,
            title=place.text("title") or "",
            outcome=outcome,
            claims=claims,
            logarithmic=logarithmic,
            evidence=evidence,
        )

    def _outcome(self, place: Place) -> float | None:
        """The number that a seed turned out to be; a fact's is in the fact's own unit, as the claims are."""
        at = place.get("outcome") or place
        id_ = at.text("fact")
        if id_ is None:
            return place.number("outcome")
        cited = at.get("fact") or at
        fact = self.facts.use(id_, cited)
        form = None if fact is None else fact.statement.form
        if form is None or isinstance(form, Exact):
            return None if form is None else form.value
        stated = "a bound" if isinstance(form, OneSided) else "a range"
        message = f"fact '{id_}' is {stated} in the register; an outcome is one number"
        self.faults.add(cited.location, cited.path, f"{message}: state it, or leave this seed out")
        return None

    def _evidence(self, place: Place) -> Evidence:
        cites, at = place.get("cites"), place.get("outcome")
        cited = [(element.node.text, element) for element in cites.elements()] if cites else []
        for id_, element in cited:
            self.facts.use(id_, element)
        fact = None if at is None else at.text("fact")
        ids = [*([] if fact is None else [fact]), *(id_ for id_, _ in cited)]
        evidence = Evidence(cites=tuple(dict.fromkeys(ids)), because=place.text("because"))
        if not (evidence.cites or evidence.because):
            message = "rests on nothing; add cites, because (a sentence of judgement), or outcome: {fact: …}"
            self.faults.add(place.key_location, place.path, message)
        return evidence

    def _claims(self, place: Place) -> dict[str, Points]:
        wanted = self.dispute.listed
        for source, at in place.items():
            if source not in wanted:
                self.faults.add(at.key_location, place.path, self.faults.unknown("source", source, wanted))
        missing = [source for source in wanted if source not in place.keys]
        if missing:
            message = f"has no claim by {listed(missing)}; every source of '{self.dispute.name}' makes one"
            self.faults.add(place.key_location, place.path, message)
        stated = ((source, self._quantiles(at)) for source, at in place.items())
        return {source: quantiles for source, quantiles in stated if quantiles}

    def _quantiles(self, place: Place) -> Points:
        quantiles = _stated(place, self.faults)
        probabilities = tuple(probability for probability, _ in quantiles)
        self.probabilities = self.probabilities or probabilities
        if quantiles and probabilities != self.probabilities:
            ours, first = (listed(map(number_text, given)) for given in (probabilities, self.probabilities))
            message = f"has quantiles at {ours}, where the dispute's first claim has them at {first}"
            self.faults.add(place.key_location, place.path, f"{message}; state the same in all its seeds")
        return quantiles

    def _check_positive(self, place: Place, outcome: float | None, claims: Mapping[str, Points]) -> None:
        """A logarithm needs numbers above 0."""
        at = place.get("claims") or place
        stated = ((at.get(source), quantiles[0][1]) for source, quantiles in claims.items())
        for holder, value in chain([(place.get("outcome"), outcome)], stated):
            if holder is not None and value is not None and value <= 0:
                message = f"must be above 0 with scale: log (got {number_text(value)}); leave scale out"
                self.faults.add(holder.location, holder.path, message)


def _stated(place: Place, faults: Faults) -> Points:
    """What a claim states; empty where it is refused."""
    if "quantiles" not in place.keys and not set(_OF_THREE) <= set(place.keys):
        message = "states no quantiles; give low, best and high (at 5, 50 and 95 %), or quantiles"
        faults.add(place.key_location, place.path, message)
        return ()
    row = form_of(place, faults)
    if row is None:
        return ()
    if row.name == "quantiles":
        form = literal(row, place, faults)
        return form.points if isinstance(form, Quantiles) else ()
    keys = Keys(place, faults)
    rising(keys, *_OF_THREE)
    three = tuple((probability, keys.required(key)) for key, probability in _OF_THREE.items())
    return () if keys.refused else three
