"""The verdict on each question: its grade, its probability, and the range over sources."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.comparison import Comparison
from contested.answers.findings import Findings, Said
from contested.answers.naming import named
from contested.report.briefing.answers import measured, settled
from contested.report.briefing.sections import SourceChance, Verdict
from contested.report.briefing.values import Chance
from contested.report.briefing.yardstick import why_unsaid, yardstick
from contested.report.certificate import Certificate
from contested.report.certificate_text import lower_than_it_sounds
from contested.report.grade_text import among, named_together
from contested.report.plain import plain

_BY_BOUNDS = {0.0: "no, by the bounds", None: "left open by the bounds", 1.0: "yes, by the bounds"}


def verdicts(comparison: Comparison) -> Iterator[Verdict]:
    """Every question, as `certify` grades it."""
    for name in comparison.study.questions:
        # All questions' tipping points are found together, in half the time that each alone would take.
        yield _verdict(Certificate(Findings(comparison, name, comparison.tipping[name])))


def _verdict(certificate: Certificate) -> Verdict:
    findings = certificate.findings
    question = findings.study.questions[findings.name]
    own, unsaid = _chance(findings.default, findings), why_unsaid(findings, certificate.grade)
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
        lower=lower_than_it_sounds(certificate.grade, findings),
        by_source=tuple(_by_source(findings)),
        ends=_ends(findings),
    )


def _by_source(findings: Findings) -> Iterator[SourceChance]:
    """What combinations of sources say: the least and the greatest, or what bounds say in each."""
    if not findings.disputes:
        return
    if findings.bounded:
        yield from _by_bounds(findings)
        return
    if not findings.chances:
        return
    each = [(taken, _chance(findings.combinations[taken], findings)) for taken in findings.extremes]
    texts = [chance.text for _, chance in each if chance is not None]
    if len(set(texts)) == 1:
        yield SourceChance(sources="", text=texts[0])
        return
    for (taken, _), text in zip(each, texts, strict=True):
        yield SourceChance(sources=named_together(findings, tuple(enumerate(taken)), marked=True), text=text)


def _by_bounds(findings: Findings) -> Iterator[SourceChance]:
    """The sources whose bounds make it false, those that leave it open, those that make it true."""
    said = {taken: _settled(found) for taken, found in findings.combinations.items()}
    for value, text in _BY_BOUNDS.items():
        taking = [taken for taken, found in said.items() if found == value]
        alike = len(taking) == len(said)
        if taking:
            names = named(taking, findings.sources)
            yield SourceChance(sources="" if alike else among(findings, names), text=text)


def _settled(said: Said) -> float | None:
    return None if said.chance is None else said.chance.value


def _ends(findings: Findings) -> tuple[float, float] | None:
    if not findings.disputes or not findings.chances or findings.bounded:
        return None
    least, most = (findings.combinations[each] for each in findings.extremes)
    upper = min(1.0, _value(most) + (most.nonpositive or 0.0))
    return _value(least), upper


def _value(said: Said) -> float:
    assert said.chance is not None  # only combinations that have one are extremes
    return said.chance.value


def _chance(said: Said, findings: Findings) -> Chance | None:
    if said.chance is None:
        return None
    return settled(said.chance.value) if findings.bounded else measured(said.chance, said.nonpositive)
