"""A comparison of two periods' ratios, as how fast the numerator and the denominator went in each."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.comparison import Comparison
from contested.answers.pace import Pace, Paces, paces
from contested.report.briefing.answers import answered, spoken, whole_cell
from contested.report.briefing.sections import Decomposition
from contested.report.briefing.values import Answered, Group, Row, Table
from contested.report.plain import plain
from contested.report.wording import period


def decompositions(comparison: Comparison) -> Iterator[Decomposition]:
    """Of every estimate that is a ratio of two periods' ratios."""
    for name in comparison.study.estimates:
        found = paces(comparison.result, name)
        if found is not None:
            yield _decomposition(found, plain(comparison.study.estimates[name].title))


def _decomposition(found: Paces, title: str) -> Decomposition:
    first, second = period(found.first.period), period(found.second.period)
    rows = (
        _row("above", _daily(found.above), found.above),
        _row("below", _daily(found.below), found.below),
        _row("ratio", _ratio(found), found.ratio),
    )
    return Decomposition(
        estimate=found.estimate,
        title=title,
        sentences=tuple(_sentences(found, first, second)),
        table=Table(
            title=f"{title}: per day in each period",
            columns=(first, second, "the first over the second"),
            groups=(Group("", rows),),
            notes=("Each cell is the median, and in brackets the interval that holds most.",),
        ),
    )


def _daily(pace: Pace) -> str:
    """What is counted per day: `killed and wounded per day (people per day)`."""
    return f"{_what(pace)} per day ({spoken(str(pace.first.unit))})"


def _what(pace: Pace) -> str:
    """What both terms measure; where they name nothing, or not the same, both by their titles."""
    assert pace.terms is not None  # those of the numerator and of the denominator have them
    first, second = pace.terms
    if first.measures and first.measures == second.measures:
        return plain(first.measures)
    return f"“{plain(first.title)}” and “{plain(second.title)}”"


def _ratio(found: Paces) -> str:
    what = f"{_what(found.above)} per {_what(found.below)}"
    return f"{what} ({spoken(str(found.ratio.first.unit))})" if str(found.ratio.first.unit) else what


def _row(key: str, label: str, pace: Pace) -> Row:
    cells = (whole_cell(answered(each)) for each in (pace.first, pace.second, pace.over))
    return Row(label=f"{label[0].upper()}{label[1:]}", key=key, cells=tuple(cells))


def _sentences(found: Paces, first: str, second: str) -> Iterator[str]:
    """What the ratio of ratios is made of, in words."""
    above, below, ratio = (answered(each.over) for each in (found.above, found.below, found.ratio))
    if any(each.widest is None for each in (above, below, ratio)):
        return
    yield (
        f"Per day, {first} had {_times(above)} the {_what(found.above)} of {second}, and {_times(below)} the "
        f"{_what(found.below)}. Together that makes {_times(ratio)} the {_what(found.above)} per "
        f"{_what(found.below)}."
    )
    yield (
        f"{first} has {found.first.days} days, {second} has {found.second.days}. The three factors do not "
        "multiply exactly, since each is the median of a distribution of its own."
    )


def _times(found: Answered) -> str:
    """`0.99 times (0.69 to 1.4)`."""
    assert found.median is not None and found.widest is not None
    return f"{found.median.text} times ({found.widest.level_text}: {found.widest.text})"
