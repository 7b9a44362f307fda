"""The verdict on each question: its grade, its probability, and the range over sources."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.comparison import Comparison
from contested.answers.findings import Findings, Said
from contested.report.briefing.answers import measured, settled
from contested.report.briefing.sections import SourceChance, Verdict
from contested.report.briefing.values import Chance
from contested.report.briefing.yardstick import why_unsaid, yardstick
from contested.report.certificate import Certificate
from contested.report.grade_text import named_together
from contested.report.plain import plain


def verdicts(comparison: Comparison) -> Iterator[Verdict]:
    """Every question, as `certify` grades it."""
    for name in comparison.study.questions:
        # All questions' tipping points are found together, in half the time that each alone would take.
        yield _verdict(Certificate(Findings(comparison, name, comparison.tipping[name])))


def _verdict(certificate: Certificate) -> Verdict:
    findings = certificate.findings
    question = findings.study.questions[findings.name]
    own, unsaid = _chance(findings.default, findings), why_unsaid(findings, certificate.grade)
    least, most = _extremes(findings)
    return Verdict(
        question=findings.name,
        title=plain(question.title),
        formula=plain(question.formula.text),
        kind=certificate.grade.kind,
        grade=certificate.text,
        paragraph=certificate.paragraph,
        chance=own,
        reason=plain(findings.default.reason or "") if own is None else "",
        yardstick="" if unsaid or own is None else yardstick(own.value),
        unsaid=unsaid,
        least=least,
        most=most,
    )


def _extremes(findings: Findings) -> tuple[SourceChance | None, SourceChance | None]:
    """The combinations of sources that give the least and the greatest probability."""
    if not findings.disputes or not findings.chances:
        return None, None
    least, most = (
        SourceChance(sources=named_together(findings, tuple(enumerate(each))), chance=chance)
        for each in findings.extremes
        if (chance := _chance(findings.combinations[each], findings)) is not None
    )
    return least, most


def _chance(said: Said, findings: Findings) -> Chance | None:
    if said.chance is None:
        return None
    return settled(said.chance.value) if findings.bounded else measured(said.chance, said.nonpositive)
