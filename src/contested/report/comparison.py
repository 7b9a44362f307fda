"""A comparison as people read it in a terminal: does it matter whom one believes, and how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.language.nodes import Dispute
from contested.language.scopes import NotApplicable
from contested.report.comparison_questions import (
    finding_lines,
    flip_lines,
    probability_lines,
    rule_lines,
    within_lines,
)
from contested.report.comparison_short import medians, short_lines
from contested.report.layout import Heading, Line, Note, Row, set_lines, stacked, unfolded
from contested.report.naming import RULES, SCOPES, called
from contested.report.plain import plain
from contested.report.qualifiers import line_count
from contested.report.rows import case_rows, estimate_headings, known_to, mismatch_lines
from contested.report.terminal import NARROWEST, WIDEST, sampling_note, top
from contested.report.variance import variance_sentences
from contested.report.wording import NONE, enumerated, per_cent, share, span, titled


def render_comparison(
    comparison: Comparison, estimates: Sequence[str] = (), *, width: int = 80, styled: bool = False
) -> str:
    """The answer under each assumption, what holds under all, and what would have to be believed to flip it.

    Parameters
    ----------
    comparison : Comparison
    estimates : sequence of str
        Those that are set out in full; the scenario's first where none is named. Of the others, a line each.
    width : int
        Columns there are; at most 100 are used.
    styled : bool
        Whether titles are set in bold.
    """
    columns = min(max(width, NARROWEST), WIDEST)
    full = list(estimates) or [next(iter(comparison.study.estimates))]
    levels = [per_cent(level) for level in comparison.study.report.levels]
    parts = [
        [*top(comparison.result), *_lines_of_evidence(comparison), *short_lines(comparison)],
        stacked(_in_full(comparison, full), levels, columns),
        unfolded(_others(comparison, full), columns),
        unfolded(probability_lines(comparison), columns),
        unfolded(within_lines(comparison), columns),
        unfolded(rule_lines(comparison), columns),
        unfolded(flip_lines(comparison), columns),
        unfolded(_width(comparison, full), columns),
        [*finding_lines(comparison), *_sampling(comparison)],
    ]
    return "".join(set_lines(part, width=columns, styled=styled) for part in parts)


def _sampling(comparison: Comparison) -> Iterator[Line]:
    yield from sampling_note(comparison.result)
    yield Note(
        "That holds for the weightings and for each source; where another number's error shows in its "
        "digits, it stands beside it. All errors are in the JSON."
    )


def _lines_of_evidence(comparison: Comparison) -> Iterator[Line]:
    """How many independent lines the weighting amounts to, and which sources share one."""
    for name, dispute in comparison.study.disputes.items():
        shared = [members for members in _by_line(comparison, dispute).values() if len(members) > 1]
        lines = line_count(comparison.effective_lines[name])
        found = f"{plain(dispute.title)}: {lines} independent line{'s' * (lines != 'one')} of evidence"
        joined = "; ".join(f"{enumerated(members)} are one" for members in shared)
        yield Note(f"{found}{f' ({joined})' if joined else ''}", indent=2)
    if comparison.study.disputes:
        yield Note("")


def _by_line(comparison: Comparison, dispute: Dispute) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, line in comparison.study.lines[dispute.name].items():
        found.setdefault(line, []).append(f"“{plain(dispute.sources[source].title)}”")
    return found


def _in_full(comparison: Comparison, names: Sequence[str]) -> Iterator[Line]:
    yield estimate_headings(comparison.result)
    for name in names:
        estimate = comparison.study.estimates[name]
        yield Row(titled(estimate.title, str(estimate.unit)), (), strong=True)
        yield from _weightings(comparison, name)
        yield from _sources(comparison, name)
        yield from _sets(comparison, name)
        yield from _rules(comparison, name)
        yield from _scopes(comparison, name)
        yield from mismatch_lines(f"estimates.{name}", estimate.formula.expression, comparison.study)
        yield Note("")


def _weightings(comparison: Comparison, name: str) -> Iterator[Line]:
    yield Row("Weighting", (), indent=2)
    for weighting, result in comparison.weightings.items():
        default = ", the default" if weighting == comparison.result.weighting else ""
        yield from case_rows(f"{plain(weighting)}{default}", result.estimates[name], 4)


def _sources(comparison: Comparison, name: str) -> Iterator[Line]:
    answer = comparison.result.estimates[name]
    for dispute in comparison.study.disputes.values():
        alone = answer.by_source.get(dispute.name, {})
        if len(alone) < 2:
            continue
        yield Row(f"{plain(dispute.title)}: each alone, and left out", (), indent=2)
        for source, found in alone.items():
            title = plain(dispute.sources[source].title)
            yield from case_rows(title, found, 4)
            if source in comparison.leave_out.get(dispute.name, {}):
                rest = comparison.leave_out[dispute.name][source].estimates[name]
                yield from case_rows(f"without {title}", rest, 6)


def _sets(comparison: Comparison, name: str) -> Iterator[Line]:
    heading = "Whole sets of weightings: medians from lowest to highest, and the widest intervals"
    yield Row(f"{heading}{_sets_are_of(comparison)}", (), indent=2)
    for found in comparison.sets.values():
        envelope = found.estimates[name]
        if envelope is None:
            yield Row(plain(found.title), (NONE,), indent=4)
            yield Note("some of these weightings give no ratio, or a bound, which has no quantiles", indent=6)
            continue
        widest = (span(each.low, each.high, 0.0, 0.0) for each in envelope.widest)
        yield Row(plain(found.title), (span(*envelope.median, 0.0, 0.0), *widest), indent=4)
        ends = envelope.intervals[-1]
        low, high = span(*ends.low, 0.0, 0.0), span(*ends.high, 0.0, 0.0)
        sure = "" if all(each.certified for each in envelope.widest) else "; not proven to be the widest"
        yield Note(f"the {per_cent(ends.level)} interval begins at {low} and ends at {high}{sure}", indent=6)


def _sets_are_of(comparison: Comparison) -> str:
    """What sets are of, where that is not what the rest of the page is of."""
    own = comparison.study.report.kind, comparison.result.rule
    what = [*["equal-tailed"] * (own[0] != "equal-tailed"), *["of linear pools"] * (own[1] != "linear")]
    return f" ({', '.join(what)})" if what else ""


def _rules(comparison: Comparison, name: str) -> Iterator[Line]:
    yield Row("Rule of pooling", (), indent=2)
    for rule, result in comparison.rules.items():
        answer = result.estimates[name]
        yield from case_rows(RULES[rule], answer, 4)
        if isinstance(answer, Answer) and answer.summary is not None and (known := known_to(answer.summary)):
            yield Note(f"its ends are known to ± {known} only", indent=6)


def _scopes(comparison: Comparison, name: str) -> Iterator[Line]:
    yield Row("Scope of who is right", (), indent=2)
    for scope, result in comparison.scopes.items():
        if isinstance(result, NotApplicable):
            yield Note(f"{SCOPES[scope]}: not applicable, because {plain(result.reason)}", indent=4)
        elif name not in result.estimates:
            yield Note(
                f"{SCOPES[scope]}: not applicable, because of too many combinations of sources", indent=4
            )
        else:
            yield from case_rows(SCOPES[scope], result.estimates[name], 4)


def _others(comparison: Comparison, full: Sequence[str]) -> Iterator[Line]:
    """A line for each estimate that is not set out in full."""
    rest = [name for name in comparison.study.estimates if name not in full]
    if not rest:
        return
    yield Heading("The other estimates: their medians")
    yield Row("", ("as weighted", "named weightings", "any weighting", "whom you believe"))
    for name in rest:
        estimate = comparison.study.estimates[name]
        yield Row(titled(estimate.title, str(estimate.unit)), medians(comparison, name))
        yield from mismatch_lines(f"estimates.{name}", estimate.formula.expression, comparison.study)
    yield Note("")


def _width(comparison: Comparison, full: Sequence[str]) -> Iterator[Line]:
    """Where the width comes from."""
    for name in full:
        found = comparison.explained[name]
        yield Heading(f"Where the width comes from: {plain(comparison.study.estimates[name].title)}")
        yield from (Note(text, indent=2) for text in variance_sentences(comparison.study, found))
        if found.shapley:
            yield Row("", ("share of the variance", "gone if it alone were known"))
        for group in sorted(found.shapley, key=lambda group: -found.shapley[group].value):
            own, first = found.shapley[group], found.first_order.get(group)
            known = share(first.value, first.mcse) if first else ""
            cells_ = (share(own.value, own.mcse), known)
            yield Row(called(comparison.study, group), cells_, indent=2)
        if found.merging:
            yield Note(plain(found.merging), indent=2)
        yield Note("")
