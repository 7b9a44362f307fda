"""The paragraph of a certificate: a claim, its grade and what that hangs on, to be printed as it is."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.findings import Findings
from contested.answers.grade import EVEN, FAILS, HOLDS, Kind
from contested.answers.graded import Grade
from contested.answers.naming import Combination, simplest
from contested.answers.tipping import TippingPoint
from contested.engine.precision import Measured
from contested.language.nodes import Study
from contested.report.grade_text import departing, grade_text, named_together
from contested.report.naming import SCOPE_CLAUSES, pooled_by, variable_title
from contested.report.plain import plain
from contested.report.qualifiers import lines_text
from contested.report.statements import stated_of
from contested.report.wording import (
    crossed_at,
    enumerated,
    extent,
    figures_of,
    known_by,
    share,
    weighting,
    weights,
)

_INPUTS = 2  # that are named in the paragraph, those nearest to what is stated; all are in the table

_WHICHEVER: tuple[Kind, ...] = ("more_likely", "less_likely")  # grades whose words name no exception


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
        *_unsure(grade, findings),
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


def lower_than_it_sounds(grade: Grade, findings: Findings) -> str:
    """Why a grade is lower than the probability sounds, as a sentence; empty where it is not."""
    found = _least_sure(grade, findings)
    if found is None:
        return ""
    assumption, chance = found
    return f"The grade goes by the least sure assumption: if {assumption}, the model puts {chance} on it."


def _least_sure(grade: Grade, findings: Findings) -> tuple[str, str] | None:
    """What keeps a claim from the strongest grade that its probability would have, and what it has then."""
    said = findings.default.chance
    if said is None or grade.kind not in _WHICHEVER:
        return None
    yes = grade.kind == "more_likely"
    if said.value < HOLDS if yes else said.value > FAILS:
        return None

    def unsure_of(chance: Measured) -> bool:
        return not (chance.at_least(HOLDS) if yes else chance.at_most(FAILS))

    usual = findings.usual
    models = [key for key, each in findings.modelled.items() if unsure_of(each) and key != usual]
    unsure = [(departing(model, usual), findings.modelled[model]) for model in simplest(models, usual)]
    unsure += [
        (f"one takes {_titles(findings, taken)}", each)
        for taken, each in findings.chances.items()
        if unsure_of(each)
    ]
    if not unsure:
        return None
    words, chance = min(unsure, key=lambda found: found[1].value if yes else -found[1].value)
    return words, text(chance)


def _unsure(grade: Grade, findings: Findings) -> Iterator[str]:
    """Why the grade is no stronger, and what the condition on periods is about."""
    found, said = _least_sure(grade, findings), findings.scopes["per_figure"].chance
    if found is not None:
        yield lower_than_it_sounds(grade, findings)
    apart = SCOPE_CLAUSES["per_figure"]
    if grade.alike and said is not None and (found is None or found[0] != apart):
        yield f"If {apart}, it puts {text(said)} on it."


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
            f"(stated: {stated_of(findings.study, point.path)})"
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
    return named_together(findings, tuple(enumerate(combination)), marked=True)


def _lines(findings: Findings) -> Iterator[str]:
    """How many independent lines of evidence stand behind the weights."""
    lines = findings.effective_lines
    found = {name: lines[name] for name in findings.study.disputes if name in lines}
    if found:
        yield f"These weights come to {lines_text(findings.study, found)}."


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
