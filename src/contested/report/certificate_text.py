"""The paragraph of a certificate: a claim, its grade and what that hangs on, to be printed as it is."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.findings import Findings
from contested.answers.grade import EVEN
from contested.answers.graded import Grade
from contested.answers.naming import Combination
from contested.answers.tipping import TippingPoint
from contested.engine.precision import Measured
from contested.language.nodes import Study
from contested.report.grade_text import grade_text, named_together
from contested.report.naming import pooled_by, variable_title
from contested.report.plain import plain
from contested.report.wording import (
    crossed_at,
    enumerated,
    extent,
    figures_of,
    known_by,
    number,
    share,
    stated_range,
    weighting,
    weights,
)

_INPUTS = 2  # that are named in the paragraph, those nearest to what is stated; all are in the table


def paragraph(grade: Grade, findings: Findings) -> str:
    """One paragraph that holds its own qualifiers.

    What is claimed, the grade, the probability under the scenario's own weighting and over the sources,
    what would flip it, how many lines of evidence stand behind it, what is counted, and what was known.
    """
    study = findings.study
    words = grade_text(grade, findings)
    sentences = (
        _first(f"“{plain(study.questions[findings.name].title)}”", words, grade, findings),
        *_probabilities(findings),
        *_apart(grade, findings),
        *_flips(findings),
        *_lines(findings),
        *_counted(findings),
        _limits(study),
    )
    return " ".join(sentences)


def _first(claim: str, words: str, grade: Grade, findings: Findings) -> str:
    """The sentence that is quoted most: the claim, its grade, its probability as weighted and by source."""
    said = findings.default.chance
    if grade.kind == "not_graded" or said is None:
        return f"{claim}. {words}."
    low, high = (text(findings.chances[each]) for each in findings.extremes)
    over = f", and {low} to {high} as one source or another is taken" if low != high else ""
    usual = " as its sources are weighted here" if findings.disputes else ", and no source is in dispute"
    odds = f"{known_by(findings.study)}, the model puts {text(said)} on it{usual}{over}"
    return f"{claim}: {words[0].lower()}{words[1:]}; {odds}."


def _probabilities(findings: Findings) -> Iterator[str]:
    """Under the scenario's own weighting, and given the sources that are hardest and kindest to the claim."""
    said, study = findings.default, findings.study
    if said.chance is None or not findings.measured:
        return
    disputes = [name for name in study.disputes if name in findings.disputes]
    believed = "; ".join(weights(findings.comparison.result.weights, study, disputes))
    if not findings.disputes:
        return
    named = weighting(study.default)
    yield f"{named[0].upper()}{named[1:]} is {believed}, sources {pooled_by(study.rule)}."
    lowest, highest = findings.extremes
    low, high = (text(findings.chances[each]) for each in (lowest, highest))
    if low == high:
        yield f"It puts {low} on it whichever listed source's figures one takes."
        return
    yield (
        f"If one takes the figures of {_titles(findings, lowest)}, it puts {low} on it, the least that any "
        f"listed source gives; if one takes those of {_titles(findings, highest)}, {high}, the most."
    )


def _apart(grade: Grade, findings: Findings) -> Iterator[str]:
    """What the condition on periods is about."""
    said = findings.scopes["per_figure"].chance
    if grade.alike and said is not None:
        yield f"If a source may be right on one figure and wrong on another, it puts {text(said)} on it."


def _flips(findings: Findings) -> Iterator[str]:
    """What one would have to believe for it to fall on the other side of a half."""
    if not findings.measured:
        return
    if findings.disputes:
        yield flip_text(findings)
    nearest = nearest_inputs(findings)[:_INPUTS]
    if nearest:
        found = " or if ".join(
            f"{variable_title(findings.study, point.path)} were {crossed_at(point, EVEN)} "
            f"(stated: {stated_range(point)})"
            for point in nearest
        )
        also = "also " if findings.flip else ""
        pooled = "" if findings.study.rule == "linear" else f" and sources {pooled_by('linear')}"
        yield f"With the weights as they are{pooled}, it would {also}come to a half if {found}."
    elif findings.tipping:
        yield "With the weights as they are, no single input was found that would bring it to a half."


def flip_text(findings: Findings) -> str:
    """The nearest weighting that takes the claim across a half."""
    flip = findings.flip
    if flip is None:
        return "No shift of weight within one dispute would bring it to a half."
    dispute = findings.study.disputes[findings.disputes[flip.dispute]]
    there = ", ".join(
        f"{plain(source.title)} {100 * findings.flipped[name]:.0f} %"
        for name, source in dispute.sources.items()
    )
    pooled = "" if findings.study.rule == "linear" else f", sources {pooled_by('linear')}"
    return (
        f"It would come to a half if {share(flip.shift, flip.mcse)} of the weight moved to give "
        f"“{plain(dispute.title)}” the weights {there}{pooled}."
    )


def nearest_inputs(findings: Findings) -> list[TippingPoint]:
    """The inputs that can take the claim across a half, first those that need move least for their range."""
    crossing = [point for point in findings.tipping.values() if point.at[EVEN]]
    return sorted(crossing, key=lambda point: (point.distance(EVEN), point.path))


def text(chance: Measured) -> str:
    """A probability with the digits that its error earns."""
    return share(chance.value, chance.mcse)


def _titles(findings: Findings, combination: Combination) -> str:
    return named_together(findings, tuple(enumerate(combination)))


def _lines(findings: Findings) -> Iterator[str]:
    """How many independent lines of evidence stand behind the weights."""
    found = [
        f"{number(findings.effective_lines[name])} on “{plain(dispute.title)}”"
        for name, dispute in findings.study.disputes.items()
        if name in findings.effective_lines
    ]
    if found:
        yield f"In independent lines of evidence, these weights amount to {enumerated(found)}."


def _counted(findings: Findings) -> Iterator[str]:
    """What the figures count or measure, where and when; said once where that is alike in all."""
    study = findings.study
    extents: dict[str, dict[str, None]] = {}
    for figure in figures_of(study, study.questions[findings.name].formula.expression).values():
        what = plain(figure.measures or figure.title)
        where = extent(figure)
        extents[what] = {**extents.get(what, {}), **({where: None} if where else {})}
    asides = {what: f" ({'; '.join(found)})" if found else "" for what, found in extents.items()}
    if len(set(asides.values())) == 1:
        of = enumerated([f"“{what}”" for what in asides]) + next(iter(asides.values()))
    else:
        of = enumerated([f"“{what}”{aside}" for what, aside in asides.items()])
    if asides:
        yield f"Its figures are of {of}."


def _limits(study: Study) -> str:
    day_known = known_by(study)
    return f"This is what the model makes of the listed figures {day_known}; it does not say which is right."
