"""A statement: its form, its unit and its evidence, whichever form it has."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from contested.language.binding import Binder
from contested.language.faults import Faults
from contested.language.files import inside
from contested.language.formula import references
from contested.language.monthly import Dated, SeriesReader
from contested.language.names import Scope
from contested.language.nodes import (
    Citation,
    Computed,
    Direction,
    Evidence,
    Exact,
    Fact,
    Form,
    Mixture,
    OneSided,
    Sample,
    Series,
    Statement,
)
from contested.language.register import Facts, read_unit
from contested.language.statement_forms import literal
from contested.language.statement_keys import Row, form_of
from contested.language.tree import Place
from contested.language.units import Unit, dimension_text, same_dimension
from contested.language.weighting import WeightFault, shares

_SAMPLE_FILES = (".csv", ".parquet")


@dataclass(frozen=True, slots=True)
class Around:
    """What surrounds a statement: the unit it must fit, what its formula sees, and what a part inherits."""

    unit: Unit
    scope: Scope
    evidence: Evidence | None = None
    mismatch: str | None = None
    dated: Dated = field(default_factory=Dated)


@dataclass(slots=True, kw_only=True)
class StatementReader:
    """Reads statements; remembers the place of each, and how each pick chooses.

    Attributes
    ----------
    places : dict of str to Place
        By the statement's path, its place in the file.
    picks : dict of str to (Place, tuple of float)
        By the name of a pick, where it first stands and the weights of its parts.
    series : dict of str to Series
        By a statement's path, what its number was read from.
    """

    folder: Path
    facts: Facts
    binder: Binder
    faults: Faults
    places: dict[str, Place] = field(default_factory=dict)
    picks: dict[str, tuple[Place, tuple[float, ...]]] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    months: SeriesReader = field(init=False)

    def __post_init__(self) -> None:
        self.months = SeriesReader(self.folder, self.faults)

    def read(self, place: Place, around: Around) -> Statement | None:
        """The statement at a place, None where anything about it is at fault."""
        if not self.faults.sound_at(place):
            return None
        before = len(self.faults.found)
        row = form_of(place, self.faults)
        evidence = self._evidence(place)
        if row is None:
            return None
        mismatch = place.text("mismatch") or around.mismatch
        unit = self._unit(place, row, around.unit)
        inherited = evidence if evidence.cites or evidence.because else around.evidence
        within = replace(around, unit=unit or around.unit, evidence=inherited, mismatch=mismatch)
        made = self._form(row, place, within)
        self._check_evidence(place, row, inherited, made)
        if made is None or unit is None or len(self.faults.found) > before:
            return None
        self.places[place.dotted] = place
        form, unit = made
        return Statement(
            path=place.dotted,
            location=place.location,
            unit=unit,
            form=form,
            evidence=evidence,
            mismatch=mismatch,
            series=self.series.get(place.dotted),
        )

    def _evidence(self, place: Place) -> Evidence:
        """What a statement itself says that it rests on."""
        cites = place.get("cites")
        cited = [(at.node.text, at) for at in cites.elements()] if cites else []
        for id_, at in cited:
            self.facts.use(id_, at)
        ids = [place.text("fact") or "", *(id_ for id_, _ in cited)]
        return Evidence(cites=tuple(dict.fromkeys(id_ for id_ in ids if id_)), because=place.text("because"))

    def _check_evidence(
        self, place: Place, row: Row, evidence: Evidence | None, made: tuple[Form, Unit] | None
    ) -> None:
        """Refuse what rests on nothing; a formula rests on what it names, a mixture on its parts."""
        if evidence is not None and (evidence.cites or evidence.because):
            return
        form = None if made is None else made[0]
        if row.name == "mixture" or (row.name == "formula" and form is None):
            return
        if isinstance(form, Computed) and any(references(form.formula.expression)):
            return
        message = "rests on nothing; add cites, fact, or because (a sentence of judgement)"
        self.faults.add(place.key_location, place.path, message)

    def _unit(self, place: Place, row: Row, expected: Unit) -> Unit | None:
        """The statement's own unit, else the expected; None where it does not fit."""
        at = place.get("unit")
        if at is not None and row.name in ("fact", "fact-within"):
            self.faults.add(at.location, at.path, "the unit is the register entry's; leave it out")
            return None
        unit = read_unit(place, self.facts.counting, self.faults, expected)
        if at is not None and unit is not None and not same_dimension(unit, expected):
            message = f"must be commensurable with {dimension_text(expected)} (got {dimension_text(unit)})"
            self.faults.add(at.location, at.path, message)
            return None
        return unit

    def _form(self, row: Row, place: Place, around: Around) -> tuple[Form, Unit] | None:
        match row.name:
            case "formula":
                return self._computed(place, around)
            case "mixture":
                return self._mixture(place, around)
            case "sample":
                return self._sample(place, around)
            case "fact" | "fact-within":
                return self._fact(row, place, around)
            case "series" | "series-within":
                return self._series(row, place, around)
        form = literal(row, place, self.faults)
        return None if form is None else (form, around.unit)

    def _computed(self, place: Place, around: Around) -> tuple[Form, Unit] | None:
        at = place.get("formula") or place
        wanted = dimension_text(around.unit)
        formula = self.binder.number(at, around.scope, around.unit, f"must come out as {wanted} (got {{}})")
        return None if formula is None else (Computed(formula=formula), around.unit)

    def _sample(self, place: Place, around: Around) -> tuple[Form, Unit] | None:
        at = place.get("draws") or place
        shape = place.get("shape")
        if shape is not None and shape.node.text != "empirical":
            message = f"must be empirical with draws and column (got '{shape.node.text}')"
            self.faults.add(shape.location, shape.path, message)
        if not at.node.text.lower().endswith(_SAMPLE_FILES):
            self.faults.add(at.location, at.path, f"must be a .csv or .parquet file (got '{at.node.text}')")
            return None
        file = inside(self.folder, at, self.faults)
        return None if file is None else (Sample(file=file, column=place.text("column") or ""), around.unit)

    def _series(self, row: Row, place: Place, around: Around) -> tuple[Form, Unit] | None:
        counted = any(base not in ("km", "day") and power > 0 for base, power in around.unit.dimension)
        at = place.get("series") or place
        read = self.months.read(at, around.dated, around.mismatch, counted=counted)
        if read is None:
            return None
        self.series[place.dotted], number = read
        form = (
            Exact(value=number) if row.name == "series" else literal(row, place, self.faults, around=number)
        )
        return None if form is None else (form, around.unit)

    def _fact(self, row: Row, place: Place, around: Around) -> tuple[Form, Unit] | None:
        at = place.get("fact") or place
        fact = self.facts.use(at.node.text, at)
        if fact is None:
            return None
        unit = fact.statement.unit
        if not same_dimension(unit, around.unit):  # no reason makes persons of square kilometres
            wanted, found = dimension_text(around.unit), dimension_text(unit)
            message = (
                f"fact '{fact.id}' is in {found}, not in {wanted}; compute the number from it by formula"
            )
            self.faults.add(at.location, at.path, message)
            return None
        form = self._fact_form(row, place, fact)
        return None if form is None else (form, unit)

    def _fact_form(self, row: Row, place: Place, fact: Fact) -> Form | None:
        form, bound = fact.statement.form, place.get("bound")
        if row.name == "fact" and bound is None:
            return Citation(fact=fact.id)
        at = bound or place.get("within") or place
        if isinstance(form, Exact) and bound is None:
            return literal(row, place, self.faults, around=form.value)
        direction: Direction = "lower" if at.node.text == "lower" else "upper"
        if isinstance(form, Exact):
            return OneSided(value=form.value, direction=direction)
        if isinstance(form, OneSided) and bound is not None and form.direction == direction:
            return form
        stated = "a bound" if isinstance(form, OneSided) else "a range"
        message = f"fact '{fact.id}' is {stated} in the register already; leave '{at.path[-1]}' out"
        self.faults.add(at.location, at.path, message)
        return None

    def _mixture(self, place: Place, around: Around) -> tuple[Form, Unit] | None:
        mixture = place.get("mixture") or place
        of, pick = mixture.get("of") or mixture, mixture.get("pick") or mixture
        parts = [self.read(part, around) for part in of.elements()]
        try:
            given = {str(index): part.number("weight") or 0.0 for index, part in enumerate(of.elements())}
            weights = tuple(shares(given).values())
        except WeightFault as fault:
            self.faults.add(of.location, of.path, fault.message)
            return None
        self._note_pick(pick, weights)
        read = tuple(part for part in parts if part is not None)
        if len(read) < len(parts):
            return None
        return Mixture(pick=pick.node.text, weights=weights, parts=read), around.unit

    def _note_pick(self, pick: Place, weights: tuple[float, ...]) -> None:
        first, before = self.picks.setdefault(pick.node.text, (pick, weights))
        if before != weights:
            where = f"line {first.key_location.line}"
            message = f"pick '{pick.node.text}' has other parts or weights on {where}; make them equal"
            self.faults.add(pick.location, pick.path, message)
