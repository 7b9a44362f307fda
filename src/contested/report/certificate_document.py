"""A certificate as a JSON object: stable keys, full precision, non-finite as None."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from contested.answers.comparison_document import tipping
from contested.answers.document import heading, number, provenance, sampling
from contested.answers.findings import Findings, Said
from contested.answers.grade import THRESHOLDS
from contested.answers.graded import Grade
from contested.answers.naming import Combination, Named

_Name = TypeVar("_Name", bound=str)

if TYPE_CHECKING:
    from contested.report.certificate import Certificate


def document(certificate: Certificate) -> dict[str, Any]:
    """All of a certificate, as plain dictionaries, lists, text and numbers."""
    findings = certificate.findings
    study, result = findings.study, findings.comparison.result
    question = study.questions[findings.name]
    return {
        **heading(result),
        "question": findings.name,
        "title": question.title,
        "formula": question.formula.text,
        "grade": {"text": certificate.text, **_grade(certificate.grade, findings)},
        "paragraph": certificate.paragraph,
        **_said(findings.default),
        "weightings": _each(findings.weightings),
        "rules": _each(findings.rules),
        "scopes": _each(findings.scopes),
        "models": [{**model._asdict(), **_said(said)} for model, said in findings.models.items()],
        "combinations": [
            {"sources": _sources(combination, findings), **_said(said)}
            for combination, said in findings.combinations.items()
        ],
        **_extremes(findings),
        "share_of_weightings": _share(findings),
        "nearest_flip": _flip(findings),
        "flips_at": {name: tipping(point) for name, point in findings.tipping.items()},
        "effective_lines": dict(findings.effective_lines),
        "mismatches": [
            {"path": m.path, "difference": m.difference, "because": m.because} for m in findings.mismatches
        ],
        "thresholds": dict(THRESHOLDS),
        "sampling": sampling(result),
        "provenance": provenance(result),
    }


def _grade(grade: Grade, findings: Findings) -> dict[str, Any]:
    return {
        "kind": grade.kind,
        "reason": grade.reason,
        "unless": _named(grade.unless, findings),
        **{
            side: {
                "sources": _named(party.sources, findings),
                "models": [model._asdict() for model in party.models],
            }
            for side, party in grade.parties.items()
        },
        "one_line": list(grade.one_line),
        "provided_alike": grade.alike,
    }


def _named(names: Sequence[Named], findings: Findings) -> list[dict[str, str]]:
    return [{findings.disputes[index]: source for index, source in name} for name in names]


def _each(said: Mapping[_Name, Said]) -> dict[str, Any]:
    return {name: _said(each) for name, each in said.items()}


def _said(said: Said) -> dict[str, Any]:
    """A probability with its error; why there is none; and by how much more it may be higher."""
    chance = said.chance
    found: dict[str, Any] = {
        "probability": None if chance is None else chance.value,
        "mcse": None if chance is None else number(chance.mcse),
    }
    if chance is None:
        found["reason"] = said.reason
    elif said.nonpositive is not None:
        found["probability_upper"] = min(1.0, chance.value + said.nonpositive)
    return found


def _sources(combination: Combination, findings: Findings) -> dict[str, str]:
    return dict(zip(findings.disputes, combination, strict=True))


def _extremes(findings: Findings) -> dict[str, Any]:
    if not findings.chances:
        return {"lowest": None, "highest": None}
    return {
        which: {"sources": _sources(combination, findings), **_said(findings.combinations[combination])}
        for which, combination in zip(("lowest", "highest"), findings.extremes, strict=True)
    }


def _share(findings: Findings) -> dict[str, Any] | None:
    share = findings.share
    if share is None:
        return None
    return {
        "share": share.share,
        "mcse": number(share.mcse),
        "exact": share.exact,
        "over": {dispute: dict(findings.study.lines[dispute]) for dispute in findings.disputes},
    }


def _flip(findings: Findings) -> dict[str, Any] | None:
    flip = findings.flip
    if flip is None:
        return None
    return {
        "distance": flip.shift,
        "mcse": number(flip.mcse),
        "dispute": findings.disputes[flip.dispute],
        "weights": dict(findings.flipped),
    }
