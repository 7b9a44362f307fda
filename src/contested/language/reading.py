"""A scenario file, read once into values that cannot be wrong; every fault at once, the register's too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from contested.language import checks, settings
from contested.language.binding import Binder, Units
from contested.language.correlations import read_correlations
from contested.language.credal import read_at_least, read_bounds
from contested.language.declarations import (
    all_named,
    check_names,
    declared_names,
    entries,
    open_register,
    read_default,
    read_disputes,
    read_weightings,
    stated_units,
)
from contested.language.draft import Draft
from contested.language.each import Repeats, repeat
from contested.language.faults import Faults, listed
from contested.language.lineage import by_lineage, read_lines
from contested.language.monthly import Dated
from contested.language.names import Declared, Scope
from contested.language.nodes import (
    NONE_OF_THESE,
    STATED_CONFIDENCE,
    Dispute,
    Estimate,
    Figure,
    Input,
    Question,
    Sample,
    Statement,
    Study,
)
from contested.language.register import Facts, Register, digest, read_period
from contested.language.schema import ScenarioFile
from contested.language.seeds import read_seeds
from contested.language.statements import Around, StatementReader
from contested.language.structure import check as check_structure
from contested.language.tree import Place
from contested.language.units import Unit
from contested.language.weighting import Way
from contested.language.yaml_text import load


def read(path: str | Path) -> Study:
    """Read a scenario.

    Parameters
    ----------
    path : path-like
        The scenario file; its register, draws files and series are found relative to it, below its folder.

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
    if _is_register(top):
        message = "this is a register of facts and no scenario; a scenario names it: register: FILE"
        faults.add(top.location, (), message)
        faults.raise_if_any()
    check_structure(top, ScenarioFile, faults)
    return _Scenario.at(Path(path), top, faults).study()


def _is_register(top: Place) -> bool:
    """Whether a file has nothing of a scenario, and each of its entries a publisher."""
    known = {field.alias or name for name, field in ScenarioFile.model_fields.items()}
    held = list(top.items())
    return bool(held) and all(key not in known and "publisher" in at.keys for key, at in held)


@dataclass(slots=True, kw_only=True)
class _Scenario:
    """One scenario as it is being read; `top` has what is repeated written out for every period."""

    file: Path
    sha256: str
    top: Place
    repeats: Repeats
    faults: Faults
    facts: Facts
    register: Register | None
    declared: Declared
    units: Units
    statements: StatementReader
    places: dict[str, Place] = field(default_factory=dict)

    @classmethod
    def at(cls, path: Path, stated: Place, faults: Faults) -> _Scenario:
        """Settle what everything else needs: the register, all names, all units."""
        file = path.resolve()
        top, repeats = repeat(stated, faults)
        register, readable = open_register(file.parent, path, top, faults)
        as_of = settings.read_as_of(top, faults)
        counting = settings.read_units(top, faults)
        facts = Facts(register, as_of, counting, faults, known=readable)
        declared = declared_names(top, facts, repeats.first)
        check_names(top, faults)
        units = stated_units(top, facts, faults)
        complete = readable and all_named(top)
        binder = Binder(units=units, facts=facts, faults=faults, complete=complete)
        statements = StatementReader(folder=file.parent, facts=facts, binder=binder, faults=faults)
        return cls(
            file=file,
            sha256=digest(stated.plain()),
            top=top,
            repeats=repeats,
            faults=faults,
            facts=facts,
            register=register,
            declared=declared,
            units=units,
            statements=statements,
        )

    def study(self) -> Study:
        """The whole, once it is without fault."""
        disputes = read_disputes(self.top)
        draft = self._draft(disputes)
        lines = read_lines(draft)
        seeds = read_seeds(self.top, disputes, self.facts, self.faults)
        ways: dict[str, Way] = {"lineage": partial(by_lineage, lines), "performance": seeds.weights}
        weightings = read_weightings(self.top, disputes, ways, self.faults)
        mismatches = checks.check(draft, self.units)
        correlations = read_correlations(self.top, draft)
        report = settings.read_report(self.top, self.faults)
        sampling = settings.read_sampling(self.top, self.faults)
        denominators = settings.read_denominators(self.top, self.faults)
        rule = settings.read_rule(self.top, self.faults)
        default = read_default(self.top, weightings, self.faults)
        bounds = read_bounds(self.top, disputes, self.faults)
        at_least = read_at_least(self.top, disputes, self.faults)
        self.faults.raise_if_any()
        assert self.facts.as_of is not None
        return Study(
            name=self.file.stem,
            file=self.file,
            title=self.top.text("title") or "",
            as_of=self.facts.as_of,
            seed=self.top.whole("seed") or 0,
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
            rule=rule,
            confidence=STATED_CONFIDENCE,
            conversions=tuple(checks.conversions(draft)),
            mismatches=mismatches,
            files=self._files(draft),
            scenario_sha256=self.sha256,
            register_sha256=None if self.register is None else self.register.sha256,
            lines=lines,
            bounds=bounds,
            at_least=at_least,
            seeds=seeds.read,
            performance=seeds.performance,
            each=self.repeats.each,
        )

    def _draft(self, disputes: Mapping[str, Dispute]) -> Draft:
        inputs = {name: entry for name, at in entries(self.top, "inputs") if (entry := self._input(name, at))}
        figures = {
            name: figure
            for name, at in entries(self.top, "figures")
            if (figure := self._figure(name, at, disputes))
        }
        estimates = {
            name: made for name, at in entries(self.top, "estimates") if (made := self._estimate(name, at))
        }
        questions = {
            name: asked for name, at in entries(self.top, "questions") if (asked := self._question(name, at))
        }
        return Draft(
            top=self.top,
            facts=self.facts,
            disputes=disputes,
            inputs=inputs,
            figures=figures,
            estimates=estimates,
            questions=questions,
            places={**self.places, **self.statements.places},
            faults=self.faults,
        )

    def _input(self, name: str, place: Place) -> Input | None:
        unit = self.units.inputs.get(name)
        if unit is None:
            return None
        scope = self._within(self.declared.input_scope, "inputs", name)
        statement = self.statements.read(place, Around(unit, scope))
        if statement is None:
            return None
        per_figure = place.text("drawn") == "per_figure"
        return Input(name=name, title=place.text("title"), statement=statement, per_figure=per_figure)

    def _figure(self, name: str, place: Place, disputes: Mapping[str, Dispute]) -> Figure | None:
        period, readable = read_period(place, self.faults)
        dispute = self._claimants(place, disputes)
        unit = self.units.figures.get(name)
        if unit is None:
            return None
        claims = dict(self._claims(name, place, unit, Dated(period, readable)))
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

    def _claims(self, name: str, place: Place, unit: Unit, dated: Dated) -> list[tuple[str, Statement]]:
        scope = self._within(self.declared.claim_scope(name), "figures", name)
        around = Around(unit, scope, dated=dated)
        claims, agreed = place.get("claims"), place.get("agreed")
        stated = [*(claims.items() if claims else ()), *([("agreed", agreed)] if agreed else ())]
        read = ((source, self.statements.read(at, around)) for source, at in stated)
        return [(source, statement) for source, statement in read if statement is not None]

    def _claimants(self, place: Place, disputes: Mapping[str, Dispute]) -> str | None:
        """The figure's dispute; that it and the claims fit, or that there is one agreed statement."""
        if not place.is_mapping:
            return None
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
        if not self.faults.sound_at(at):
            return name
        if name not in disputes:
            self.faults.add(at.location, at.path, self.faults.unknown("dispute", name, disputes))
        elif claims is not None and claims.is_mapping and disputes[name].sources:
            self._check_sources(claims, disputes[name])
        return name

    def _check_sources(self, claims: Place, dispute: Dispute) -> None:
        for source, at in claims.items():
            if source == NONE_OF_THESE and source not in dispute.sources:
                message = (
                    f"'{dispute.name}' has no {source}; add {source}: 0.1 to it, or leave this claim out"
                )
                self.faults.add(at.key_location, claims.path, message)
            elif source not in dispute.sources:
                message = self.faults.unknown("source", source, dispute.sources)
                self.faults.add(at.key_location, claims.path, message)
        missing = [source for source in dispute.sources if source not in claims.keys]
        if missing:
            message = f"has no claim by {listed(missing)}; every source of '{dispute.name}' makes one"
            if NONE_OF_THESE in missing:
                message += f", and so does {NONE_OF_THESE}, which has a share of its weight"
            self.faults.add(claims.key_location, claims.path, message)

    def _estimate(self, name: str, place: Place) -> Estimate | None:
        at, unit = place.get("formula"), self.units.estimates.get(name)
        if at is None or not self.faults.sound_at(at):
            return None
        if place.get("unit") is None:
            remedy = "must come out as a plain number where no unit is given (got {0}); add unit: {0}"
        else:
            remedy = f"must be commensurable with its unit, {unit} (got {{}})"
        scope = self._within(self.declared.estimate_scope, "estimates", name)
        formula = self.statements.binder.number(at, scope, unit, remedy)
        self.places[place.dotted] = place
        if formula is None or unit is None:
            return None
        title, mismatch = place.text("title") or "", place.text("mismatch")
        return Estimate(name=name, title=title, formula=formula, unit=unit, mismatch=mismatch)

    def _question(self, name: str, place: Place) -> Question | None:
        at = place.get("formula")
        if at is None or not self.faults.sound_at(at):
            return None
        self.places[place.dotted] = place
        scope = self._within(self.declared.question_scope, "questions", name)
        formula = self.statements.binder.truth(at, scope)
        if formula is None:
            return None
        title, mismatch = place.text("title") or "", place.text("mismatch")
        return Question(name=name, title=title, formula=formula, mismatch=mismatch)

    def _within(self, scope: Scope, section: str, name: str) -> Scope:
        """A scope in which what is repeated means the entry's own period's."""
        meant = self.repeats.meant(section, name)
        return replace(scope, repeated=meant) if meant else scope

    def _files(self, draft: Draft) -> tuple[Path, ...]:
        """Scenario, register, draws files and series, each once."""
        statements = tuple(draft.statements())
        samples = (part.form.file for part in statements if isinstance(part.form, Sample))
        series = (part.series.file for part in statements if part.series is not None)
        register = () if self.register is None else (self.register.file,)
        return tuple(dict.fromkeys((self.file, *register, *samples, *series)))
