"""One estimate under every assumption, and every estimate as weighted: medians and intervals."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.bounds import Bound
from contested.answers.comparison import Comparison
from contested.answers.estimates import Answer
from contested.language.bound_algebra import Bounded
from contested.language.nodes import Study
from contested.report.briefing.answers import answered, interval_cells
from contested.report.briefing.values import Group, Row, Table
from contested.report.counted import short_unit
from contested.report.naming import RULES
from contested.report.plain import plain
from contested.report.rows import ALL, UNDISPUTED, mismatch_lines
from contested.report.wording import per_cent, titled


def forest(comparison: Comparison, estimate: str) -> Table:
    """Every source alone, every named weighting, every source left out, every rule."""
    study, answer = comparison.study, comparison.result.estimates[estimate]
    groups = (
        Group("", (_row(f"{_whole(answer)}", "default", answer, strong=True),)),
        *_sources(comparison, estimate),
        Group("Named weightings", tuple(_weightings(comparison, estimate))),
        *_left_out(comparison, estimate),
        Group("Rules of pooling", tuple(_rules(comparison, estimate))),
    )
    return Table(
        title=plain(answer.title),
        columns=_columns(study),
        unit=short_unit(study, estimate, answer.unit),
        groups=groups if answer.by_source else groups[:1],
        notes=tuple(_unlike(study, estimate)),
    )


def estimates(comparison: Comparison) -> Table:
    """Every estimate as weighted."""
    study = comparison.study
    rows = (
        _row(
            titled(answer.title, short_unit(study, name, answer.unit)),
            f"estimate:{name}",
            answer,
            notes=tuple(_unlike(study, name)),
        )
        for name, answer in comparison.result.estimates.items()
    )
    return Table(
        title="All estimates, as weighted", columns=_columns(study), groups=(Group("", tuple(rows)),)
    )


def _columns(study: Study) -> tuple[str, ...]:
    kind = "interval" if study.report.kind == "equal-tailed" else "highest-density interval"
    return ("median", *(f"{per_cent(level)} {kind}" for level in study.report.levels))


def _whole(answer: Answer | Bound) -> str:
    words = ALL if answer.by_source else UNDISPUTED
    return f"{words[0].upper()}{words[1:]}"


def _row(
    label: str,
    key: str,
    answer: Answer | Bound | Bounded,
    *,
    strong: bool = False,
    notes: tuple[str, ...] = (),
) -> Row:
    found = answered(answer)
    instead = (
        f"{each.title[0].upper()}{each.title[1:]}: {each.answer.text}{f' {each.unit}' if each.unit else ''}"
        for each in found.instead
    )
    said = (found.reason,) if found.reason and not found.bound else ()
    return Row(
        label=label, key=key, cells=interval_cells(found), strong=strong, notes=(*said, *instead, *notes)
    )


def _sources(comparison: Comparison, name: str) -> Iterator[Group]:
    by_source = comparison.result.estimates[name].by_source
    for dispute in comparison.study.disputes.values():
        alone = by_source.get(dispute.name, {})
        rows = (
            _row(plain(source.title), f"source:{dispute.name}.{key}", alone[key])
            for key, source in dispute.sources.items()
            if key in alone
        )
        if alone:
            yield Group(f"{plain(dispute.title)}: if one takes one source alone", tuple(rows))


def _weightings(comparison: Comparison, name: str) -> Iterator[Row]:
    for weighting, result in comparison.weightings.items():
        default = ", the default" if weighting == comparison.result.weighting else ""
        yield _row(f"{plain(weighting)}{default}", f"weighting:{weighting}", result.estimates[name])


def _left_out(comparison: Comparison, name: str) -> Iterator[Group]:
    by_source = comparison.result.estimates[name].by_source
    for dispute, sources in comparison.leave_out.items():
        if dispute in by_source:
            titles = comparison.study.disputes[dispute]
            rows = (
                _row(
                    f"without {plain(titles.sources[key].title)}",
                    f"without:{dispute}.{key}",
                    result.estimates[name],
                )
                for key, result in sources.items()
            )
            yield Group(f"{plain(titles.title)}: one source left out", tuple(rows))


def _rules(comparison: Comparison, name: str) -> Iterator[Row]:
    for rule, result in comparison.rules.items():
        default = ", the default" if rule == comparison.result.rule else ""
        yield _row(f"{RULES[rule]}{default}", f"rule:{rule}", result.estimates[name])


def _unlike(study: Study, name: str) -> Iterator[str]:
    """What is unlike and set side by side all the same, to stand beside the number."""
    for line in mismatch_lines(f"estimates.{name}", study.estimates[name].formula.expression, study):
        yield f"{line.text[0].upper()}{line.text[1:]}"
