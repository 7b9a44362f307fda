"""A comparison of two periods' ratios, as how fast the numerator and the denominator went in each."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.pace import Pace, Paces, paces
from contested.answers.result import Result
from contested.answers.sides import taken_apart
from contested.report.briefing.answers import answered, spoken, whole_cell
from contested.report.briefing.sections import Decomposition
from contested.report.briefing.values import Answered, Group, Row, Table
from contested.report.counted import InFull, Term
from contested.report.plain import plain
from contested.report.wording import period


def decompositions(result: Result) -> Iterator[Decomposition]:
    """Of every estimate that is a ratio of two periods' ratios; a track's, of two windows' ratios of sums."""
    study = result.study
    for found in paces(result, taken_apart(study)):
        yield _decomposition(found, plain(study.estimates[found.estimate].title))


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
            notes=_notes(found),
        ),
    )


def _notes(found: Paces) -> tuple[str, ...]:
    widest = answered(found.ratio.over).widest
    if widest is None:
        return ()
    return (f"Each cell is the median, in brackets the {widest.level_text} interval.",)


def _daily(pace: Pace) -> str:
    """`casualties (killed and wounded) per day`, `km² (net change of controlled area) per day`."""
    first, second = _terms(pace)
    if _agreed(pace):
        return InFull.of([first], pace.first.unit).unit
    return f"“{first.title}” and “{second.title}”, {spoken(str(pace.first.unit))}"


def _ratio(found: Paces) -> str:
    """The same of the ratio; of no more than its place where its terms do not name what they measure."""
    unit = found.ratio.first.unit
    if str(unit) and _agreed(found.above) and _agreed(found.below):
        return InFull.of([_terms(found.above)[0], _terms(found.below)[0]], unit).unit
    return f"the first of these over the second{f' ({spoken(str(unit))})' if str(unit) else ''}"


def _agreed(pace: Pace) -> bool:
    """Whether both periods' terms name what they count or measure, and the same."""
    first, second = _terms(pace)
    return bool(first.measures) and first.measures == second.measures


def _terms(pace: Pace) -> tuple[Term, Term]:
    """A numerator's or a denominator's, without place and dates, which the columns have."""
    assert pace.terms is not None  # only the ratio of the two has none
    first, second = (
        Term(
            title=plain(term.title), measures=plain(term.measures or ""), place="", when="",
            dimension=term.unit.dimension,
        )
        for term in pace.terms
    )  # fmt: skip
    return first, second


def _row(key: str, label: str, pace: Pace) -> Row:
    cells = (whole_cell(answered(each)) for each in (pace.first, pace.second, pace.over))
    return Row(label=_capitalised(label), key=key, cells=tuple(cells))


def _capitalised(label: str) -> str:
    """With a capital, where it begins with a word and no symbol: km² stays as it is."""
    return f"{label[0].upper()}{label[1:]}" if label.partition(" ")[0].isalpha() else label


def _sentences(found: Paces, first: str, second: str) -> Iterator[str]:
    """What the ratio of ratios is made of, in words."""
    above, below, ratio = (answered(each.over) for each in (found.above, found.below, found.ratio))
    if any(each.widest is None for each in (above, below, ratio)):
        return
    yield (
        f"{first} had {_times(above)} the {_daily(found.above)} of {second}, and {_times(below)} the "
        f"{_daily(found.below)}. The first factor divided by the second makes {_times(ratio)}."
    )
    yield (
        f"{first} has {found.first.days} days, {second} has {found.second.days}. Dividing the two factors as "
        "printed need not give the third exactly, since each is the median of a distribution of its own."
    )


def _times(found: Answered) -> str:
    """`0.99 times (0.69 to 1.4)`."""
    assert found.median is not None and found.widest is not None
    return f"{found.median.text} times ({found.widest.level_text}: {found.widest.text})"
