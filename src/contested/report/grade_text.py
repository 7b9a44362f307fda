"""The fixed words of a grade, and the sources, weightings, rules or scopes that they name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contested.answers.findings import Findings
from contested.answers.grade import Kind
from contested.answers.graded import Grade, Party, Side
from contested.answers.naming import Assumed, Named
from contested.report.naming import SCOPE_CLAUSES, pooled_by, sources_of
from contested.report.plain import plain
from contested.report.wording import enumerated, weighting

_WORDS: Mapping[Kind, str] = {
    "not_graded": "Not graded: {}",
    "holds": "Holds in this model, whichever listed source is right",
    "more_likely": "More likely than not, whichever listed source is right",
    "likely": "Likely, unless one takes {}",
    "fails": "Fails in this model, whichever listed source is right",
    "less_likely": "Less likely than not, whichever listed source is right",
    "unlikely": "Unlikely, unless one takes {}",
    "depends": "Depends on whom you believe: {}",
}
_ONE_LINE = " — on one line of evidence"
_ALIKE = " — provided each source errs alike in both periods"
_SIDES: Mapping[Side, str] = {"yes": "yes", "no": "no", "open": "as likely as not"}
_MOST = 4  # combinations or models that are named in a grade; all are in the JSON


def grade_text(grade: Grade, findings: Findings) -> str:
    """The grade in its fixed words."""
    if grade.kind == "not_graded":
        filled = plain(grade.reason or "")
    elif grade.kind == "depends":
        filled = ", ".join(_party(side, party, findings) for side, party in grade.parties.items())
    else:
        filled = among(findings, grade.unless)
    suffixes = (_ONE_LINE if grade.one_line else "") + (_ALIKE if grade.alike else "")
    return _WORDS[grade.kind].format(filled) + suffixes


def among(findings: Findings, names: Sequence[Named]) -> str:
    """Combinations of sources by their titles: `“A”, “B” with “C” or “D”`."""
    return _either([named_together(findings, name) for name in names], "combinations")


def named_together(findings: Findings, name: Named, *, marked: bool = False) -> str:
    """Sources that go together by their titles: `“A” with “B”`.

    Parameters
    ----------
    marked : bool
        Whether it is said of a source that it has no weight.
    """
    if not name:
        return "any listed source"
    stratum = {findings.disputes[index]: source for index, source in name}
    weights = findings.comparison.result.weights if marked else None
    return sources_of(findings.study, stratum, findings.disputes, weights)


def departing(model: Assumed, usual: Assumed) -> str:
    """A model by how it departs from the scenario's own."""
    departures = [
        words
        for words, own, normal in (
            (f"sources have {weighting(model.weighting)}", model.weighting, usual.weighting),
            (f"sources are {pooled_by(model.rule)}", model.rule, usual.rule),
            (SCOPE_CLAUSES[model.scope], model.scope, usual.scope),
        )
        if own != normal
    ]
    return " and ".join(departures) or "weights, rule and scope are the scenario's own"


def _party(side: Side, party: Party, findings: Findings) -> str:
    sources = [f"one takes {among(findings, party.sources)}"] if party.sources else []
    models = [departing(model, findings.usual) for model in party.models]
    return f"{_SIDES[side]} if {_either([*sources, *models], 'weightings, rules or scopes')}"


def _either(words: Sequence[str], what: str) -> str:
    """`A, B or C`, and `A, or B with C`; of more than five, the first four."""
    if len(words) > _MOST + 1:
        words = [*words[:_MOST], f"one of {len(words) - _MOST} other {what}"]
    return enumerated(words, ", or " if any("” with “" in word for word in words) else " or ")
