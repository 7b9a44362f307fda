"""Method and limits in a page of plain language, with the scenario's numbers put in."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.comparison import Comparison
from contested.answers.grade import ALIKE, FAILS, FAR, HOLDS, LIKELY, ONE_LINE, UNLIKELY
from contested.engine.design import REPLICATES
from contested.language.nodes import Rule
from contested.report.briefing.mismatches import mismatches
from contested.report.briefing.provenance import precision
from contested.report.briefing.sections import Passage
from contested.report.briefing.yardstick import BANDS
from contested.report.plain import plain
from contested.report.wording import day, enumerated, per_cent, points, weighting, weights

_POOLED: dict[Rule, str] = {
    "linear": (
        "In each world one source of each dispute is taken, for all the figures of that dispute, as often "
        "as its weight says (the linear rule). Where sources lie far apart the result may have several "
        "humps, and its median may lie where no source puts it."
    ),
    "logarithmic": (
        "The distributions of the sources are multiplied, each raised to its weight (the logarithmic "
        "rule): what counts is where they overlap."
    ),
    "quantile": ("The quantiles of the sources are averaged by weight (the quantile rule): a compromise."),
    "log-quantile": (
        "The logarithms of the sources' quantiles are averaged by weight (the log-quantile rule): "
        "a compromise in which each source is partly followed."
    ),
}


def method(comparison: Comparison) -> Iterator[Passage]:
    """The passages, in reading order."""
    yield Passage("What this is", _what(comparison))
    yield Passage("From a statement to a distribution", _statements(comparison))
    yield Passage("Whom one believes", _believed(comparison))
    yield Passage("What two figures share", _shared(comparison))
    yield Passage("How the numbers are drawn", _drawn(comparison))
    yield Passage("How to read them", _reading(comparison))
    if comparison.study.questions:
        yield Passage("Words for probabilities", _yardstick())
        yield Passage("Grades", _grades())
    yield Passage("Limits", _limits(comparison))


def _what(comparison: Comparison) -> str:
    study = comparison.study
    return (
        f"“{plain(study.title)}” is worked out here from figures that were stated by others, with what was "
        f"known by {day(study.as_of)}. Where sources disagree, all are carried along, each with a weight. "
        "What comes out is what follows from the listed figures and the judgements beside them; it is no "
        "measurement, and it does not decide between the sources."
    )


def _statements(comparison: Comparison) -> str:
    study, found = comparison.study, comparison.result.assumptions
    return (
        f"There are {_many(len(study.figures), 'figure')} and {_many(len(study.inputs), 'input')}, resting "
        f"on {_many(len(found.cited), 'cited fact')} and {_many(len(found.judged), 'judgement')}, each with "
        "its reason. A range becomes a distribution of a named shape whose quantiles are those stated. A "
        f"range that names no confidence is read as holding {per_cent(study.confidence)}, half of the rest "
        "on either side."
    )


def _believed(comparison: Comparison) -> str:
    study, result = comparison.study, comparison.result
    if not study.disputes:
        return "No source is in dispute here."
    believed = "; ".join(weights(result.weights, study, list(study.disputes)))
    unlisted = [plain(each.title) for each in study.disputes.values() if each.none_of_these]
    left = (
        f" On {enumerated([f'“{title}”' for title in unlisted])}, a share of the weight stays with what "
        "nobody listed."
        if unlisted
        else ""
    )
    return (
        f"{_POOLED[result.rule]} The numbers are under {weighting(result.weighting)}: {believed}. Weights "
        "are a choice and no finding; the other weightings, each source alone and each source left out are "
        "shown beside it. Sources that pass one another on, or rest on the same publisher, are one line of "
        f"evidence, however many they are.{left}"
    )


def _shared(comparison: Comparison) -> str:
    stated = len(comparison.study.correlations)
    tied = f" Besides, {_many(stated, 'correlation is', 'correlations are')} stated." if stated else ""
    return (
        "An input that stands in several figures is one number in each world, so that an error which two "
        "periods share leaves their ratio alone. For the same reason the interval of a ratio is not the "
        "ratio of two intervals: numerator and denominator are seldom both at their ends in one "
        f"world.{tied}"
    )


def _drawn(comparison: Comparison) -> str:
    return (
        f"Worlds are drawn on scrambled Sobol’ nets, {REPLICATES} independent ones, and doubled until the "
        "Monte Carlo error of every median, interval end and probability under a named weighting, and with "
        f"each source alone, is within the tolerance. The spread between the {REPLICATES} tells the error of "
        "these, and of all else that is shown: under another rule of pooling, with a source left out, under "
        f"your own weights. No digit is printed that it does not earn. {precision(comparison)} The same "
        "scenario, seed and version give the same numbers."
    )


def _reading(comparison: Comparison) -> str:
    report = comparison.study.report
    widest = per_cent(report.levels[-1])
    kind = (
        "as much of its weight lies below as above"
        if report.kind == "equal-tailed"
        else "it is where the model is densest, and may have several pieces"
    )
    return (
        f"Half of the model's weight lies on either side of the median. The model puts {widest} on the "
        f"{widest} interval; {kind}. That is a statement about this model, given its figures and weights. "
        "Probabilities are printed from <1 % to >99 %, since no model of disputed figures can be surer."
    )


def _yardstick() -> str:
    limits = [0.0, *(limit for limit, _ in BANDS)]
    bands = (f"{words} {_band(low, high)}" for low, (high, words) in zip(limits, BANDS, strict=False))
    return (
        "The words beside probabilities are those of the UK's probability yardstick, with the gaps between "
        f"its ranges closed in their middle: {', '.join(bands)}. They are left out where sources fall on "
        "both sides of a half, for then the number hides a disagreement."
    )


def _band(low: float, high: float) -> str:
    if low == 0:
        return f"below {per_cent(high)}"
    return f"from {per_cent(low)}" if high == 1 else f"{per_cent(low)} to {per_cent(high)}"


def _grades() -> str:
    return (
        f"A claim holds, or fails, where its probability is at least {per_cent(HOLDS)}, or at most "
        f"{per_cent(FAILS)}, whichever combination of listed sources one takes, and under every named "
        "weighting, rule of pooling and scope. It is more, or less, likely than not where all of these are "
        f"on one side of a half. It is likely at {per_cent(LIKELY)} and more, unlikely at "
        f"{per_cent(UNLIKELY)} and less, where every weighting, rule and scope is on that side and no shift "
        f"of less than {per_cent(FAR)} of the weight of one dispute takes it across. Otherwise it depends "
        "on whom one believes. Every inequality must hold by two Monte Carlo standard errors. A grade says "
        f"so where the weights amount to fewer than {ONE_LINE:g} lines of evidence, and where it would "
        f"change by {points(ALIKE)} or more if a source might be taken for one figure and not for another."
    )


def _limits(comparison: Comparison) -> str:
    unlisted = any(dispute.none_of_these for dispute in comparison.study.disputes.values())
    beyond = ", beyond the share that is left to it" if unlisted else ""
    told = [bool(entry.because) for entry in mismatches(comparison.study)]
    owned, noted = told.count(True), told.count(False)
    unlike = (
        f" Unlike things stand side by side in {_many(owned + noted, 'place')}, all of them listed; {owned} "
        f"{'is' if owned == 1 else 'are'} owned with a reason, {noted} only noted."
        if owned + noted
        else ""
    )
    return (
        "If every listed source errs the same way, no weighting shows it. What nobody listed has no part in "
        f"the intervals{beyond}. Ranges, shapes and weights are judgements, and experts' ranges are "
        f"usually too narrow. Whoever passes another's figure on adds no evidence to it.{unlike} Later "
        "facts may change all of this: nothing that was published after the date above is used."
    )


def _many(count: int, one: str, several: str | None = None) -> str:
    return f"{count} {one if count == 1 else several or f'{one}s'}"
