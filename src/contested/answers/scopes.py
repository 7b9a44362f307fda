"""A result under another scope of who is right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from contested.answers.estimate import drawn_as_far
from contested.answers.result import Result, chosen
from contested.engine.model import MOST_STRATA, Model
from contested.engine.underlying import estimates_in
from contested.language.nodes import Estimate, Question, Study
from contested.language.scopes import NotApplicable, Scope, scoped

_Output = TypeVar("_Output", Estimate, Question)


def under_scope(result: Result, scope: Scope, *, questions_alone: bool = False) -> Result | NotApplicable:
    """The scenario in as many worlds of the same net, with another scope of who is right.

    What would rest on more combinations of sources than can be drawn is left out of it, and its figures are
    not answered: whoever is right, each is what it was.

    Parameters
    ----------
    result : Result
        Under one of the scenario's own weightings.
    scope : {'scenario', 'per_figure', 'one_for_all'}
    questions_alone : bool
        Whether to leave out the estimates that no question names.
    """
    if scope == "scenario":
        return result
    study = scoped(result.study, scope)
    if isinstance(study, NotApplicable):
        return study
    study = _drawable(study)
    if not study.estimates:
        return NotApplicable(f"every estimate rests on over {MOST_STRATA:,} combinations of sources")
    model = Model.of(study)
    if questions_alone:  # every variable keeps its place on the net, whether it is still reached or not
        asked = (question.formula.expression for question in study.questions.values())
        fewer = replace(study, estimates=estimates_in(study, asked))
        model = Model(fewer, model.fits, model.coordinates, model.copulas)
    return Result(model, drawn_as_far(model, result), *chosen(study, result.weighting), study.rule)


def _drawable(study: Study) -> Study:
    """Without what rests on too many combinations; whatever names such an estimate does so too."""
    bare = Model(study, {}, {}, ())

    def fitting(outputs: Mapping[str, _Output]) -> dict[str, _Output]:
        return {
            name: output
            for name, output in outputs.items()
            if bare.combinations(bare.disputes(output.formula.expression)) <= MOST_STRATA
        }

    return replace(study, estimates=fitting(study.estimates), questions=fitting(study.questions))
