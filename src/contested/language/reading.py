"""A scenario file, read once into values that cannot be wrong; every fault at once, the register's too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contested.language import checks, settings
from contested.language.binding import Binder, Units
from contested.language.correlations import read_correlations
from contested.language.draft import Draft
from contested.language.faults import Faults, listed, unknown
from contested.language.files import inside
from contested.language.grammar import RESERVED as WORDS
from contested.language.names import Declared
from contested.language.nodes import (
    Dispute,
    Estimate,
    Figure,
    Input,
    Question,
    Sample,
    Source,
    Statement,
    Study,
    Weights,
)
from contested.language.register import Facts, Register, digest, read_period, read_register, read_unit
from contested.language.schema import ScenarioFile
from contested.language.statements import Around, StatementReader
from contested.language.structure import check as check_structure
from contested.language.tree import Place, load
from contested.language.units import DIMENSIONLESS, Unit
from contested.language.weighting import EVEN, RESERVED, even, read_weighting

STATED_CONFIDENCE = 0.9


def read(path: str | Path) -> Study:
    """Read a scenario.

    Parameters
    ----------
    path : path-like
        The scenario file; its register and draws files are found relative to it, below its folder.

    Raises
    ------
    ScenarioError
        With every fault of the scenario and of its register.
    """
    faults = Faults()
    top = load(Path(path), str(path), faults)
    if top is None:
        faults.raise_if_any()
        raise AssertionError("what cannot be loaded has a fault")
    check_structure(top, ScenarioFile, faults)
    return _Scenario.at(Path(path), top, faults).study()


@dataclass(slots=True, kw_only=True)
class _Scenario:
    """One scenario as it is being read."""

    file: Path
    top: Place
    faults: Faults
    facts: Facts
    register: Register | None
    declared: Declared
    units: Units
    statements: StatementReader
    places: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path, top: Place, faults: Faults) -> _Scenario:
        """Settle what everything else needs: the register, all names, all units."""
        file = path.resolve()
        register, readable = _register(file.parent, path, top, faults)
        as_of = settings.read_as_of(top, faults)
        counting = settings.read_units(top, faults)
        facts = Facts(register, as_of, counting, faults, known=readable)
        declared = _declared(top, facts)
        _check_names(top, faults)
        units = _units(top, facts, faults)
        binder = Binder(units=units, facts=facts, faults=faults)
        statements = StatementReader(folder=file.parent, facts=facts, binder=binder, faults=faults)
        return cls(
            file=file,
            top=top,
            faults=faults,
            facts=facts,
            register=register,
            declared=declared,
            units=units,
            statements=statements,
        )

    def study(self) -> Study:
        """The whole, once it is without fault."""
        disputes = _disputes(self.top, self.faults)
        weightings = _weightings(self.top, disputes, self.faults)
        draft = self._draft(disputes)
        mismatches = checks.check(draft, self.units)
        correlations = read_correlations(self.top, draft)
        report = settings.read_report(self.top, self.faults)
        sampling = settings.read_sampling(self.top, self.faults)
        denominators = settings.read_denominators(self.top, self.faults)
        settings.check_rule(self.top, self.faults)
        default = _default(self.top, weightings, self.faults)
        self.faults.raise_if_any()
        assert self.facts.as_of is not None
        return Study(
            name=self.file.stem,
            file=self.file,
            title=self.top.text("title") or "",
            as_of=self.facts.as_of,
            seed=int(self.top.text("seed") or 0),
            disputes=disputes,
            default=default,
            weightings=weightings,
            inputs=draft.inputs,
            facts=dict(self.facts.used),
            figures=draft.figures,
            estimates=draft.estimates,
            questions=draft.questions,
            correlations=correlations,
            report=report,
            sampling=sampling,
            denominators=denominators,
            rule="linear",
            confidence=STATED_CONFIDENCE,
            conversions=tuple(checks.conversions(draft)),
            mismatches=mismatches,
            files=self._files(draft),
            scenario_sha256=digest(self.top.plain()),
            register_sha256=None if self.register is None else self.register.sha256,
        )

    def _draft(self, disputes: Mapping[str, Dispute]) -> Draft:
        inputs = {
            name: entry for name, at in _entries(self.top, "inputs") if (entry := self._input(name, at))
        }
        figures = {
            name: figure
            for name, at in _entries(self.top, "figures")
            if (figure := self._figure(name, at, disputes))
        }
        estimates = {
            name: made for name, at in _entries(self.top, "estimates") if (made := self._estimate(name, at))
        }
        questions = {
            name: asked for name, at in _entries(self.top, "questions") if (asked := self._question(name, at))
        }
        return Draft(
            facts=self.facts,
            inputs=inputs,
            figures=figures,
            estimates=estimates,
            questions=questions,
            places={"": self.top, **self.places, **self.statements.places},
            faults=self.faults,
        )

    def _input(self, name: str, place: Place) -> Input | None:
        unit = self.units.inputs.get(name)
        if unit is None:
            return None
        statement = self.statements.read(place, Around(unit, self.declared.input_scope()))
        if statement is None:
            return None
        per_figure = place.text("drawn") == "per_figure"
        return Input(name=name, title=place.text("title"), statement=statement, per_figure=per_figure)

    def _figure(self, name: str, place: Place, disputes: Mapping[str, Dispute]) -> Figure | None:
        period, _ = read_period(place, self.faults)
        dispute = self._claimants(place, disputes)
        unit = self.units.figures.get(name)
        if unit is None:
            return None
        claims = dict(self._claims(name, place, unit))
        return Figure(
            name=name,
            title=place.text("title") or "",
            dispute=dispute,
            unit=unit,
            measures=place.text("measures"),
            period=period,
            place=place.text("place"),
            claims=claims,
        )

    def _claims(self, name: str, place: Place, unit: Unit) -> list[tuple[str, Statement]]:
        around = Around(unit, self.declared.claim_scope(name))
        claims, agreed = place.get("claims"), place.get("agreed")
        stated = [*(claims.items() if claims else ()), *([("agreed", agreed)] if agreed else ())]
        read = ((source, self.statements.read(at, around)) for source, at in stated)
        return [(source, statement) for source, statement in read if statement is not None]

    def _claimants(self, place: Place, disputes: Mapping[str, Dispute]) -> str | None:
        """The figure's dispute; that it and the claims fit, or that there is one agreed statement."""
        at, claims = place.get("dispute"), place.get("claims")
        if at is None:
            if claims is not None:
                message = (
                    "'dispute' is missing beside claims; what nobody disputes has agreed in place of claims"
                )
                self.faults.add(place.key_location, place.path, message)
            elif place.get("agreed") is None:
                message = "states nothing; give dispute and claims, or agreed"
                self.faults.add(place.key_location, place.path, message)
            return None
        if (agreed := place.get("agreed")) is not None:
            message = "'agreed' has no place beside dispute; keep either"
            self.faults.add(agreed.key_location, place.path, message)
        elif claims is None:
            self.faults.add(place.key_location, place.path, "'claims' is missing beside dispute")
        name = at.node.text
        if name not in disputes:
            if not _names(self.top, "disputes", name):
                known = disputes or ()
                self.faults.add(at.location, at.path, unknown("dispute", name, known))
        elif claims is not None:
            self._check_sources(claims, disputes[name])
        return name

    def _check_sources(self, claims: Place, dispute: Dispute) -> None:
        for source, at in claims.items():
            if source not in dispute.sources:
                self.faults.add(at.key_location, claims.path, unknown("source", source, dispute.sources))
        missing = [source for source in dispute.sources if source not in claims.keys]
        if missing:
            message = f"has no claim by {listed(missing)}; every source of '{dispute.name}' makes one"
            self.faults.add(claims.key_location, claims.path, message)

    def _estimate(self, name: str, place: Place) -> Estimate | None:
        at, unit = place.get("formula"), self.units.estimates.get(name)
        if at is None or not self.faults.sound(at.file, at.path):
            return None
        if place.get("unit") is None:
            remedy = "must come out as a plain number where no unit is given (got {0}); add unit: {0}"
        else:
            remedy = f"must be commensurable with its unit, {unit} (got {{}})"
        formula = self.statements.binder.number(at, self.declared.estimate_scope(), unit, remedy)
        self.places[place.dotted] = place
        if formula is None or unit is None:
            return None
        title, mismatch = place.text("title") or "", place.text("mismatch")
        return Estimate(name=name, title=title, formula=formula, unit=unit, mismatch=mismatch)

    def _question(self, name: str, place: Place) -> Question | None:
        at = place.get("formula")
        if at is None or not self.faults.sound(at.file, at.path):
            return None
        self.places[place.dotted] = place
        formula = self.statements.binder.truth(at, self.declared.question_scope())
        if formula is None:
            return None
        title, mismatch = place.text("title") or "", place.text("mismatch")
        return Question(name=name, title=title, formula=formula, mismatch=mismatch)

    def _files(self, draft: Draft) -> tuple[Path, ...]:
        """Scenario, register and draws files, each once."""
        samples = (part.form.file for part in draft.statements() if isinstance(part.form, Sample))
        register = () if self.register is None else (self.register.file,)
        return tuple(dict.fromkeys((self.file, *register, *samples)))


def _entries(top: Place, section: str) -> list[tuple[str, Place]]:
    place = top.get(section)
    return [] if place is None else list(place.items())


def _names(top: Place, section: str, name: str) -> bool:
    return any(name == known for known, _ in _entries(top, section))


def _register(folder: Path, path: Path, top: Place, faults: Faults) -> tuple[Register | None, bool]:
    """The register, and whether what it does not hold may be called unknown."""
    place = top.get("register")
    if place is None:
        return None, True
    if not faults.sound(place.file, place.path):
        return None, False
    file = inside(folder, place, faults)
    if file is None:
        return None, False
    register = read_register(file, str(path.parent / place.node.text), faults)
    return register, register is not None


def _declared(top: Place, facts: Facts) -> Declared:
    figures = {}
    for name, place in _entries(top, "figures"):
        claims = place.get("claims")
        figures[name] = claims.keys if claims is not None else ()
    names = {
        section: tuple(name for name, _ in _entries(top, section)) for section in ScenarioFile.model_fields
    }
    return Declared(
        inputs=names["inputs"],
        facts=facts.ids,
        figures=figures,
        estimates=names["estimates"],
        questions=names["questions"],
        disputes=names["disputes"],
    )


def _check_names(top: Place, faults: Faults) -> None:
    """Words of formulas and reserved names name nothing."""
    for section in ("inputs", "figures", "estimates", "questions", "disputes", "weightings"):
        for name, at in _entries(top, section):
            _check_name(name, at, RESERVED if section in ("disputes", "weightings") else (), faults)
            sources = at.get("sources")
            for source, place in sources.items() if sources is not None and section == "disputes" else ():
                _check_name(source, place, RESERVED, faults)


def _check_name(name: str, at: Place, reserved: tuple[str, ...], faults: Faults) -> None:
    if name in reserved or name in WORDS:
        why = "is reserved" if name in reserved else "is a word of the formula language"
        faults.add(at.key_location, at.path[:-1], f"'{name}' {why}; choose another name")


def _units(top: Place, facts: Facts, faults: Faults) -> Units:
    def stated(section: str) -> dict[str, Unit | None]:
        return {
            name: read_unit(place, facts.counting, faults, DIMENSIONLESS)
            for name, place in _entries(top, section)
        }

    inputs = {**stated("inputs")}
    for name, place in _entries(top, "inputs"):
        fact = place.text("fact")
        if fact is not None and place.get("unit") is None:
            cited = facts.fact(fact)
            inputs[name] = None if cited is None else cited.statement.unit
    return Units(inputs=inputs, figures=stated("figures"), estimates=stated("estimates"), facts=facts)


def _disputes(top: Place, faults: Faults) -> dict[str, Dispute]:
    disputes = {}
    for name, place in _entries(top, "disputes"):
        if faults.sound(place.file, place.path):
            sources = place.get("sources") or place
            members = {source: _source(source, at) for source, at in sources.items()}
            disputes[name] = Dispute(name=name, title=place.text("title") or "", sources=members)
    return disputes


def _source(name: str, place: Place) -> Source:
    if isinstance(place.node.content, str):
        return Source(name=name, title=place.node.content)
    title = place.text("title") or ""
    return Source(name=name, title=title, because=place.text("because"), relays=place.text("relays"))


def _weightings(top: Place, disputes: Mapping[str, Dispute], faults: Faults) -> dict[str, Weights]:
    named: dict[str, Weights] = {
        name: read_weighting(place, disputes, faults) for name, place in _entries(top, "weightings")
    }
    return {**named, EVEN: {name: even(dispute) for name, dispute in disputes.items()}}


def _default(top: Place, weightings: Mapping[str, Weights], faults: Faults) -> str:
    at = top.get("default")
    if at is None:
        return EVEN
    name = at.node.text
    if faults.sound(at.file, at.path) and name not in weightings:
        faults.add(at.location, at.path, unknown("weighting", name, weightings))
    return name
