"""What changed between two saved runs as people read it in a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from contested.answers.difference import AnswerChange, Moved, Said
from contested.answers.difference_numbers import POOLED, Case
from contested.answers.difference_series import MonthChange
from contested.answers.difference_tree import Change
from contested.language.faults import listed
from contested.report.difference import Difference
from contested.report.difference_inputs import FileChange, Setting
from contested.report.difference_sentence import sentence
from contested.report.difference_wording import before_and_after, difference, setting, shown
from contested.report.layout import Heading, Line, Note, Row, set_lines, unfolded
from contested.report.plain import plain
from contested.report.saved import SavedRun
from contested.report.terminal import NARROWEST, WIDEST
from contested.report.wording import per_cent, spoken_unit, titled
from contested.series.months import month_text

_MOST_MONTHS = 12  # of one column, printed one by one
_ENDS = {"low": "from", "high": "to"}
_FORMS = {"inverse": "the inverse", "given_positive_denominator": "given a denominator above zero"}


def render_difference(found: Difference, *, width: int = 80, styled: bool = False) -> str:
    """A sentence to print, what the runs were made from and how, and each answer before and after.

    Parameters
    ----------
    found : Difference
    width : int
        Columns there are; at most 100 are used.
    styled : bool
        Whether titles are set in bold.
    """
    columns = min(max(width, NARROWEST), WIDEST)
    parts = [
        [*_top(found), *_inputs(found)],
        unfolded(_answers(found), columns),
        list(_end(found)),
    ]
    return "".join(set_lines(part, width=columns, styled=styled) for part in parts)


def _top(found: Difference) -> Iterator[Line]:
    yield Heading("What changed")
    yield Note(f"from {_run(found.before)}")
    yield Note(f"to {_run(found.after)}")
    yield Note("")
    yield Note(sentence(found))
    yield Note("")


def _run(run: SavedRun) -> str:
    saved = run.saved
    drawn = f"{saved.sampling.draws:,} worlds drawn with seed {saved.provenance.seed}"
    late = "" if saved.sampling.converged else ", NOT CONVERGED"
    of = f"{plain(str(run.directory))} ({plain(saved.scenario)}, as of {plain(saved.as_of)}"
    return f"{of}, {drawn} by version {plain(saved.provenance.version)}{late})"


def _inputs(found: Difference) -> Iterator[Line]:
    scenario = [line for change in found.scenario for line in _change(change, "")]
    register = [line for change in found.register for line in _change(change, "register.")]
    files = [line for change in found.files for line in _file(change)]
    settings = [line for each in (*found.settings, *found.versions) for line in _setting(each, found)]
    parts = {
        "In the scenario": scenario,
        "In the register": [*register, *_unused(found)],
        "In the files that it reads": files,
        "In how it was run": settings,
    }
    for heading, lines in parts.items():
        if lines:
            yield Heading(heading)
            yield from lines
            yield Note("")


def _change(change: Change, prefix: str) -> Iterator[Line]:
    """A change, its line numbers in both files behind it."""
    path = plain(f"{prefix}{change.path}")
    old, new = change.before, change.after
    if old is None:
        assert new is not None
        yield Note(f"{path}: added, {shown(new.value)} (line {new.line})", indent=2)
    elif new is None:
        yield Note(f"{path}: taken out, was {shown(old.value)} (line {old.line} before)", indent=2)
    else:
        what = "the same in another order" if change.reordered else f"{shown(old.value)} → {shown(new.value)}"
        lines = f"line {new.line}" if old.line == new.line else f"line {old.line}, now {new.line}"
        yield Note(f"{path}: {what} ({lines})", indent=2)


def _unused(found: Difference) -> Iterator[Line]:
    unused = found.unused
    counts = {"added": unused.added, "taken out": unused.removed, "changed": unused.changed}
    told = [f"{count:,} {what}" for what, count in counts.items() if count]
    if told:
        yield Note(f"Of entries that neither run uses: {listed(told)}.", indent=2)


def _file(change: FileChange) -> Iterator[Line]:
    name = plain(change.name)
    if change.before is None or change.after is None:
        yield Note(f"{name}: {'added' if change.before is None else 'taken out'}", indent=2)
        return
    if change.months is None:
        yield Note(f"{name}: its content changed", indent=2)
    elif not change.months:
        yield Note(f"{name}: changed, but no figure in the columns that are read", indent=2)
    else:
        yield Note(f"{name}:", indent=2)
        yield from _months(change.months)


def _months(months: tuple[MonthChange, ...]) -> Iterator[Line]:
    for column in dict.fromkeys(each.column for each in months):
        of_it = [each for each in months if each.column == column]
        for each in of_it[:_MOST_MONTHS]:
            before, after = _figure(each.before), _figure(each.after)
            yield Note(f"{plain(column)}, {month_text(each.month)}: {before} → {after}", indent=4)
        if len(of_it) > _MOST_MONTHS:
            yield Note(f"{plain(column)}: {len(of_it) - _MOST_MONTHS:,} months more", indent=4)


def _figure(value: float | None) -> str:
    return "nothing" if value is None else f"{value:,.10g}"


def _setting(each: Setting, found: Difference) -> Iterator[Line]:
    if each.name == "weights":
        yield from _weights(each, found)
        return
    name = "contested" if each.name == "version" else each.name
    before, after = (setting(each.name, value) for value in (each.before, each.after))
    yield Note(f"{name}: {before} → {after}", indent=2)


def _weights(each: Setting, found: Difference) -> Iterator[Line]:
    """The weights that are not alike, a line for each dispute."""
    for dispute in dict.fromkeys((*each.after, *each.before)):
        old, new = each.before.get(dispute, {}), each.after.get(dispute, {})
        moved = [
            f"{_title(found, dispute, source)} {_weight(old.get(source))} → {_weight(new.get(source))}"
            for source in dict.fromkeys((*new, *old))
            if old.get(source) != new.get(source)
        ]
        if moved:
            yield Note(f"weights in {_title(found, dispute, '')}: {', '.join(moved)}", indent=2)


def _weight(value: float | None) -> str:
    return "none" if value is None else per_cent(value)


def _answers(found: Difference) -> Iterator[Line]:
    unlike = [each for each in found.answers if not each.is_same]
    if not unlike:
        return
    yield Row("", ("before", "after", "difference"))
    for each in unlike:
        yield from _answer(each, found)
        yield Note("")


def _answer(each: AnswerChange, found: Difference) -> Iterator[Line]:
    unit = each.units[1] if each.units[1] is not None else each.units[0] or ""
    yield Row(titled(each.title, spoken_unit(unit)), (), strong=True)
    if each.is_new or each.is_gone:
        yield Note("answered now, and not before" if each.is_new else "no longer answered", indent=2)
    for said in each.said:
        yield Note(_words(said, found), indent=2)
    shown_ones = _worth_a_row(each)
    for moved in shown_ones:
        yield Row(_label(moved, found), (*before_and_after(moved), difference(moved)), indent=2)
    rest = Counter(moved.verdict for moved in each.numbers if moved not in shown_ones)
    counts = {"within error": rest["within_error"], "the same": rest["same"]}
    words = [f"{count:,} {what}" for what, count in counts.items() if count]
    if words:
        yield Note(f"of its other numbers, {listed(words)}", indent=2)


def _worth_a_row(each: AnswerChange) -> list[Moved]:
    """What moved by more than error, and what is as weighted beside it; at least the first that moved."""
    unlike = [moved for moved in each.numbers if moved.verdict != "same"]
    beyond = [moved for moved in unlike if moved.verdict != "within_error"]
    if not beyond and not each.said:
        return unlike[:1]
    return [moved for moved in unlike if moved in beyond or moved.which.case == POOLED]


def _words(said: Said, found: Difference) -> str:
    case = _case(said.case, found)
    return f"{said.what}{f', {case}' if case else ''}: {shown(said.before)} → {shown(said.after)}"


def _label(moved: Moved, found: Difference) -> str:
    """What a number is of: `90 % interval, from`, `median, if one takes “Kyiv”`."""
    which = moved.which
    match which.quantity:
        case "low" | "high":
            kind = "HDI" if which.kind == "hdi" else "interval"
            label = f"{per_cent(which.level or 0.0)} {kind}, {_ENDS[which.quantity]}"
        case "disagreement_share":
            whose = "whom you believe" if which.dispute == "all" else _title(found, which.dispute or "", "")
            label = f"share of the variance: {whose}"
        case "probability_upper":
            label = "upper limit"
        case "value":
            label = "bound or exact value"
        case _:
            label = which.quantity
    parts = (label, _FORMS.get(which.form or "", ""), _case(which.case, found))
    return ", ".join(filter(None, parts))


def _case(case: Case, found: Difference) -> str:
    if case.weighting is not None:
        return f"under weighting “{plain(case.weighting)}”"
    return "" if case.source is None else f"if one takes {_title(found, *case.source)}"


def _title(found: Difference, dispute: str, source: str) -> str:
    title = found.titles.get((dispute, source), source or dispute)
    return f"“{plain(title)}”"


def _end(found: Difference) -> Iterator[Line]:
    same = sum(each.is_same for each in found.answers)
    if same and same < len(found.answers):
        yield Note(f"{same:,} other answer{'s are' if same > 1 else ' is'} the same to the last digit.")
    verdicts = {moved.verdict for each in found.answers for moved in each.numbers}
    if "changed" in verdicts:
        yield Note(
            "Each row is rounded to the place of its difference, so that it adds up as printed; before and "
            "after may have a digit or two more there than in either run's report."
        )
    if verdicts & {"changed", "within_error"}:
        yield Note(
            "“Within error”: by no more than two Monte Carlo standard errors of the difference. Of numbers "
            "that other draws alone have moved, about one in twenty lies beyond."
        )
