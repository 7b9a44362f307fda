"""What an answer rests on: cited, judged, converted, repaired, or set side by side though unlike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from contested.engine.model import Model
from contested.language.faults import listed
from contested.language.formula import references
from contested.language.nodes import (
    Citation,
    Computed,
    Conversion,
    Dispute,
    Fact,
    Mismatch,
    Mixture,
    Seed,
    Series,
    Statement,
    Study,
)
from contested.shapes.fitting import Miss


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A register entry and the statements that rest on it."""

    fact: Fact
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A statement's (or source's, or correlation's) sentence of judgement."""

    path: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrelationRepair:
    """How far a set of rank correlations was moved to make it possible."""

    paths: tuple[str, ...]
    frobenius: float
    largest_change: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """Everything an answer rests on, sorted.

    Attributes
    ----------
    misses : tuple of (str, Miss)
        Paths of least-squares fits, with each quantile they miss.
    without_own_evidence : tuple of str
        'dispute.source', where all claims are formulas of another source's.
    """

    cited: tuple[Cited, ...]
    judged: tuple[Judged, ...]
    mismatches: tuple[Mismatch, ...]
    conversions: tuple[Conversion, ...]
    repairs: tuple[CorrelationRepair, ...]
    misses: tuple[tuple[str, Miss], ...]
    without_own_evidence: tuple[str, ...]

    @classmethod
    def of(cls, model: Model) -> Assumptions:
        """Gather them from a model."""
        study = model.study
        uses: dict[str, set[str]] = {}
        judged: set[tuple[str, str]] = set()
        for statement in _statements(study):
            for fact in (*statement.evidence.cites, *_facts(statement)):
                uses.setdefault(fact, set()).add(statement.path)
            if statement.evidence.because:
                judged.add((statement.path, statement.evidence.because))
            if statement.series is not None and statement.series.interpolated:
                judged.add((statement.path, _interpolated(statement.series)))
        for path, because in _other_judgements(study):
            judged.add((path, because))
        for path, fact in _facts_in_outputs(study):
            uses.setdefault(fact, set()).add(path)
        return cls(
            cited=tuple(
                Cited(fact=study.facts[fact], used_by=tuple(sorted(uses[fact]))) for fact in sorted(uses)
            ),
            judged=tuple(Judged(path=path, because=because) for path, because in sorted(judged)),
            mismatches=tuple(sorted(study.mismatches, key=lambda m: (m.path, m.difference))),
            conversions=tuple(sorted(study.conversions, key=lambda c: c.path)),
            repairs=tuple(
                CorrelationRepair(
                    paths=tuple(copula.paths),
                    frobenius=copula.repair.frobenius,
                    largest_change=copula.repair.largest_change,
                )
                for copula in model.copulas
                if copula.repair is not None
            ),
            misses=tuple((path, miss) for path in sorted(model.fits) for miss in model.fits[path].misses),
            without_own_evidence=tuple(sorted(_without_own_evidence(study))),
        )


def _statements(study: Study) -> Iterator[Statement]:
    def with_parts(statement: Statement) -> Iterator[Statement]:
        yield statement
        if isinstance(statement.form, Mixture):
            for part in statement.form.parts:
                yield from with_parts(part)

    for item in study.inputs.values():
        yield from with_parts(item.statement)
    for figure in study.figures.values():
        for claim in figure.claims.values():
            yield from with_parts(claim)


def _interpolated(series: Series) -> str:
    """The judgement that a month without a figure lies on the line between its neighbours."""
    months = listed(f"{month:%Y-%m}" for month in series.interpolated)
    return (
        f"{series.column} in {series.file.name} has no figure for {months}: interpolated between neighbours"
    )


def _facts(statement: Statement) -> Iterator[str]:
    if isinstance(statement.form, Citation):
        yield statement.form.fact
    elif isinstance(statement.form, Computed):
        yield from (r.name for r in references(statement.form.formula.expression) if r.kind == "fact")


def _facts_in_outputs(study: Study) -> Iterator[tuple[str, str]]:
    """Facts that estimates, questions and correlations name themselves, and those that seeds rest on."""
    yield from ((seed.path, fact) for seed in _seeds(study) for fact in seed.evidence.cites)
    for kind, outputs in (("estimates", study.estimates), ("questions", study.questions)):
        for name, output in outputs.items():
            for reference in references(output.formula.expression):
                if reference.kind == "fact":
                    yield f"{kind}.{name}", reference.name
    for index, correlation in enumerate(study.correlations):
        for path in correlation.between:
            kind, _, name = path.partition(".")
            if kind == "register":
                yield f"correlations.{index}", name


def _other_judgements(study: Study) -> Iterator[tuple[str, str]]:
    yield from ((seed.path, seed.evidence.because) for seed in _seeds(study) if seed.evidence.because)
    for dispute in study.disputes.values():
        for source in dispute.sources.values():
            if source.because:
                yield f"disputes.{dispute.name}.sources.{source.name}", source.because
    for index, correlation in enumerate(study.correlations):
        if correlation.because:
            yield f"correlations.{index}", correlation.because


def _seeds(study: Study) -> Iterator[Seed]:
    return chain.from_iterable(study.seeds.values())


def _without_own_evidence(study: Study) -> Iterator[str]:
    for dispute in study.disputes.values():
        for source in dispute.sources:
            if all(_leans_on_another(claim) for claim in _claims(study, dispute, source)):
                yield f"{dispute.name}.{source}"


def _claims(study: Study, dispute: Dispute, source: str) -> Iterator[Statement]:
    return (figure.claims[source] for figure in study.figures.values() if figure.dispute == dispute.name)


def _leans_on_another(claim: Statement) -> bool:
    if not isinstance(claim.form, Computed):
        return False
    kinds = {reference.kind for reference in references(claim.form.formula.expression)}
    return "claim" in kinds and "fact" not in kinds
