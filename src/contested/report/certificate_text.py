"""The paragraph of a certificate: a claim, its grade and what that hangs on, to be printed as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.answers.findings import Findings
from contested.answers.grade import EVEN, Measured
from contested.answers.graded import Grade
from contested.answers.naming import Combination
from contested.answers.tipping import TippingPoint
from contested.language.nodes import STATED_CONFIDENCE, Figure, Study
from contested.report.grade_text import grade_text, named_together
from contested.report.plain import plain
from contested.report.wording import (
    day,
    figures_of,
    number,
    period,
    share,
    span,
    spoken_unit,
    stress,
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
        f"Claim: “{plain(study.questions[findings.name].title)}”.",
        f"{words}." if grade.kind == "not_graded" else f"Grade: {words}.",
        *_probabilities(findings),
        *_apart(grade, findings),
        *_flips(findings),
        *_lines(findings),
        *_counted(findings),
        _limits(study),
    )
    return " ".join(sentences)


def _probabilities(findings: Findings) -> Iterator[str]:
    """Under the scenario's own weighting, and given the sources that are hardest and kindest to the claim."""
    said, study = findings.default, findings.study
    if said.chance is None or not findings.measured:
        return
    disputes = [name for name in study.disputes if name in findings.disputes]
    believed = "; ".join(weights(findings.comparison.result.weights, study, disputes))
    if not findings.disputes:
        yield f"The model puts {text(said.chance)} on it, and no source is in dispute."
        return
    rule = f"sources pooled by the {study.rule} rule"
    yield f"The model puts {text(said.chance)} on it under {weighting(study.default)} ({believed}), {rule}."
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
        found = " or if ".join(f"{input_title(findings, p)} were {_crossing(p)}" for p in nearest)
        also = "also " if findings.flip else ""
        yield f"With the weights as they are, it would {also}come to a half if {found}."
    elif findings.tipping:
        yield "With the weights as they are, no single input would bring it to a half."


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
    pooled = "" if findings.study.rule == "linear" else ", sources pooled by the linear rule"
    return (
        f"It would come to a half if {share(flip.shift, flip.mcse)} of the weight moved to give "
        f"“{plain(dispute.title)}” the weights {there}{pooled}."
    )


def nearest_inputs(findings: Findings) -> list[TippingPoint]:
    """The inputs that can take the claim across a half, first those that need move least for their range."""
    crossing = [point for point in findings.tipping.values() if point.at[EVEN]]
    return sorted(crossing, key=lambda point: (_distance(point), point.path))


def input_title(findings: Findings, point: TippingPoint) -> str:
    """A variable by the titles of what it belongs to."""
    study, (kind, _, rest) = findings.study, point.path.partition(".")
    name, _, figure = rest.partition("@")
    if kind == "inputs":
        title = study.inputs[name].title or name
        where = f" for “{plain(study.figures[figure].title)}”" if figure else ""
        return f"“{plain(title)}”{where}"
    if kind == "register":
        return f"the figure of {plain(study.facts[name].publisher)} [{name}]"
    name, _, source = rest.partition(".")
    at, title = study.figures[name], source.removeprefix("claims.")
    if at.dispute is None:
        return f"“{plain(at.title)}”"
    return f"“{plain(at.title)}” by “{plain(study.disputes[at.dispute].sources[title].title)}”"


def crossing(point: TippingPoint) -> str:
    """The values at which a variable takes the claim across a half, in its unit."""
    values = zip(point.at[EVEN], point.mcse[EVEN], strict=True)
    unit = plain(spoken_unit(point.unit))
    return " or ".join(number(value, error) for value, error in values) + (f" {unit}" if unit else "")


def stated(point: TippingPoint) -> str:
    """The central 90 % of a variable as stated."""
    return span(point.stated.low, point.stated.high, 0.0, 0.0)


def text(chance: Measured) -> str:
    """A probability with the digits that its error earns."""
    return share(chance.value, chance.mcse)


def _crossing(point: TippingPoint) -> str:
    return f"{crossing(point)} (stated: {stated(point)})"


def _distance(point: TippingPoint) -> float:
    """From the stated median to the nearest crossing, in half-widths of the stated range on its side."""
    centre = point.stated

    def far(value: float) -> float:
        half = centre.high - centre.median if value > centre.median else centre.median - centre.low
        return abs(value - centre.median) / half if half > 0 else float("inf")

    return min(map(far, point.at[EVEN]))


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
        extents[what] = {**extents.get(what, {}), **dict.fromkeys(_extent(figure))}
    asides = {what: f" ({'; '.join(found)})" if found else "" for what, found in extents.items()}
    if len(set(asides.values())) == 1:
        of = enumerated([f"“{what}”" for what in asides]) + next(iter(asides.values()))
    else:
        of = enumerated([f"“{what}”{aside}" for what, aside in asides.items()])
    if asides:
        yield f"Its figures are of {of}."


def _extent(figure: Figure) -> Iterator[str]:
    """Where and when."""
    named = (plain(figure.place) if figure.place else "", period(figure.period) if figure.period else "")
    if any(named):
        yield ", ".join(filter(None, named))


def enumerated(words: Sequence[str]) -> str:
    """`A, B and C`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _limits(study: Study) -> str:
    known = f"with what was known by {day(study.as_of)}"
    if study.confidence != STATED_CONFIDENCE:
        known = f"{known}, where {stress(study)}"
    return (
        f"This is what the model makes of the listed figures {known}; it does not say which of them is right."
    )
