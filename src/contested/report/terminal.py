"""A result as people read it in a terminal, or in a file it was piped to."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.result import Result
from contested.language.nodes import STATED_CONFIDENCE
from contested.report.assumed import assumed_lines
from contested.report.layout import Heading, Line, Note, Row, set_lines, stacked
from contested.report.naming import pooled_by
from contested.report.plain import plain
from contested.report.rows import estimate_headings, estimate_rows, question_rows
from contested.report.sentence import sentence
from contested.report.wording import day, per_cent, stress, weighting, weights

WIDEST = 100  # beyond that, prose is hard to read
NARROWEST = 40


def render(result: Result, *, width: int = 80, styled: bool = False, strips: bool = False) -> str:
    """The table, a sentence that can be quoted, and what was assumed.

    Parameters
    ----------
    result : Result
    width : int
        Columns there are; at most 100 are used.
    styled : bool
        Whether titles are set in bold; nothing is coloured.
    strips : bool
        Whether estimates have density strips, where there is room for them.
    """
    columns = min(max(width, NARROWEST), WIDEST)
    levels = [per_cent(level) for level in result.study.report.levels]
    lines = [
        *top(result),
        *stacked(_estimates(result, strips=strips), levels, columns),
        *sampling_note(result),
    ]
    page = set_lines(lines, width=columns, styled=styled)
    rest = [*_questions(result), *_quotable(result), *assumed_lines(result.assumptions, result.study)]
    return page + set_lines(rest, width=columns, styled=styled)


def top(result: Result) -> Iterator[Line]:
    """What is asked, when, and under which weighting."""
    study = result.study
    yield Heading(plain(study.title))
    yield Note(f"{plain(study.name)}, as of {day(study.as_of)}")
    yield Note("")
    if study.disputes:
        name = weighting(result.weighting)
        yield Note(f"{name[0].upper()}{name[1:]}, {pooled_by(result.rule)}:")
        for line in weights(result.weights, study, list(study.disputes)):
            yield Note(line, indent=2)
        yield Note("")
    if study.confidence != STATED_CONFIDENCE:
        yield Note(f"A stress test: {stress(study)} (normally {per_cent(STATED_CONFIDENCE)}).")
        yield Note("")


def _estimates(result: Result, *, strips: bool) -> Iterator[Line]:
    yield estimate_headings(result)
    for answer in result.estimates.values():
        yield from estimate_rows(answer, result.study, strips=strips)
        yield Note("")


def _questions(result: Result) -> Iterator[Line]:
    if not result.questions:
        return
    yield Note("")
    yield Row("", ("probability",))
    for index, answer in enumerate(result.questions.values()):
        if index:
            yield Note("")
        yield from question_rows(answer, result.study)


def sampling_note(result: Result) -> Iterator[Line]:
    """How many worlds were drawn, and whether they were enough."""
    sampling, worlds = result.study.sampling, result.run.worlds
    drawn = f"{worlds:,} worlds drawn with seed {result.study.seed}"
    if result.converged:
        yield Note(
            f"{drawn}: enough for a tolerance of {sampling.tolerance:g} under every named weighting, and "
            "with each source alone."
        )
    else:
        yield Note(
            f"NOT CONVERGED: {drawn}; some Monte Carlo error is above the tolerance of "
            f"{sampling.tolerance:g}. Where it earns fewer digits, fewer are printed."
        )


def _quotable(result: Result) -> Iterator[Line]:
    yield Note("")
    yield Heading("In a sentence")
    yield Note(sentence(result, next(iter(result.estimates))), indent=2)
