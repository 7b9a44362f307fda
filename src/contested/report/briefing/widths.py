"""Where the width of an estimate comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.answers.comparison import Comparison
from contested.answers.drivers import Drivers
from contested.engine.precision import Measured
from contested.report.briefing.sections import Width
from contested.report.briefing.values import Cell, Group, Row, Table
from contested.report.naming import title_of
from contested.report.plain import plain
from contested.report.variance import variance_sentences
from contested.report.wording import share


def widths(comparison: Comparison, estimates: Sequence[str]) -> Iterator[Width]:
    """Of some estimates, in the order given."""
    for name, found in comparison.explained.of(estimates).items():
        title = plain(comparison.study.estimates[name].title)
        yield Width(
            estimate=name,
            title=title,
            sentences=tuple(_sentences(comparison, found)),
            table=_table(comparison, found, title) if found.shapley else None,
        )


def _sentences(comparison: Comparison, found: Drivers) -> Iterator[str]:
    yield from variance_sentences(comparison.study, found)
    if found.merging:
        yield f"{plain(found.merging[:1].upper() + found.merging[1:])}."


def _table(comparison: Comparison, found: Drivers, title: str) -> Table:
    falling = sorted(found.shapley, key=lambda group: -found.shapley[group].value)
    rows = (
        Row(
            label=title_of(comparison.study, group),
            key=f"driver:{group}",
            cells=(_cell(found.shapley[group]), _cell(found.first_order.get(group))),
        )
        for group in falling
    )
    return Table(
        title=f"Where the width comes from: {title}",
        columns=("share of the variance", "gone if it alone were known"),
        groups=(Group("", tuple(rows)),),
    )


def _cell(found: Measured | None) -> Cell:
    return Cell("") if found is None else Cell(share(found.value, found.mcse), (found.value,))
