"""A register's ratios, stated and implied, each worked out again from its parts or from all that fit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from contested.answers.amounts import allowed, computed, figures, stated
from contested.answers.audit_entries import alike
from contested.answers.cited import Cited
from contested.answers.finding import Finding, found, found_at_number
from contested.answers.pairs import Pair, Pairs
from contested.answers.ratio_check import RatioCheck, check_ratio, gives
from contested.language.draft import folded
from contested.language.faults import Faults
from contested.language.periods import Period
from contested.language.ratios import Amount, Quotient
from contested.language.units import dimension_text, parse_unit, same_dimension

_PERSON, _AREA = parse_unit("person"), parse_unit("km²")
_PER_AREA = _PERSON / _AREA
_APART = Fraction(3, 2)  # publications that differ by less are taken to differ by their counts and maps
_MOST = 3  # pairs named in one finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratios:
    """What came of a register's stated ratios.

    Attributes
    ----------
    checked : tuple of str
        Entries that were held against parts, named or published with them.
    searched : tuple of str
        Entries without parts that were held against every pair of entries that counts the same.
    unchecked : tuple of str
        Entries for which the register has nothing to divide.
    """

    checked: tuple[str, ...]
    searched: tuple[str, ...]
    unchecked: tuple[str, ...]
    findings: tuple[Finding, ...]


def stated_ratios(cited: Mapping[str, Cited], pairs: Pairs, faults: Faults) -> Ratios:
    """Work out every stated ratio again.

    One whose parts are named (`ratio_of`), or stand in the same publication for the same days, is held
    against those; any other against every pair of entries of the same days that counts the same, its own
    place and days first.

    Parameters
    ----------
    cited : mapping of str to Cited
    pairs : Pairs
        All that can be divided in the register.
    faults : Faults
        Where a ratio goes that is in no unit of its named parts' quotient, and for which no slip accounts.
    """
    sorted_out: dict[str, list[str]] = {"checked": [], "searched": [], "unchecked": []}
    findings: list[Finding] = []
    for entry in cited.values():
        if not entry.is_ratio or entry.amount is None:
            continue
        if (quotient := parts_of(entry, pairs)) is not None:
            sorted_out["checked"].append(entry.id)
            findings += _against(entry, entry.amount, quotient, faults)
            findings += _unlike_parts(entry, quotient, cited)
        else:
            fitting = list(pairs.like(entry))
            sorted_out["searched" if fitting else "unchecked"].append(entry.id)
            findings += searched(entry, entry.amount, fitting)
    return Ratios(findings=tuple(findings), **{name: tuple(ids) for name, ids in sorted_out.items()})


def searched(entry: Cited, amount: Amount, known: Sequence[Pair]) -> Iterator[Finding]:
    """A ratio without parts: which pairs give it, and whether those of its own place and days do."""
    sure = [pair for pair in known if not pair.is_bound]
    own = [pair for pair in sure if _is_own(pair, entry)]
    fitting = sorted((pair for pair in sure if gives(pair.quotient, amount)), key=_were_together)
    if any(pair in own for pair in fitting) or not (own or fitting):
        return
    message = f"states {stated(amount)} for {entry.text('place')}, {entry.text('period')}, "
    message += (
        f"where the register has {_ratios(own, amount)}; " if own else "of which the register has no parts; "
    )
    if fitting:
        first = fitting[0]
        scope = f"figures of {first.above.cited.text('place')}, {first.below.cited.text('period')}"
        message += f"it fits {scope}: {_ratios(fitting, amount)}"
    else:
        message += "no pair of its entries gives it"
    yield found_at_number("scope" if fitting else "ratio", entry, message)


def parts_of(entry: Cited, pairs: Pairs) -> Quotient | None:
    """The parts that an entry names; else those of its own publication and days, where there is one pair."""
    if entry.quotient is not None:
        return entry.quotient
    own = [
        pair
        for pair in pairs.like(entry)
        if {entry.publication} == {pair.above.cited.publication, pair.below.cited.publication}
        and pair.period == entry.period
    ]
    return own[0].quotient if len(own) == 1 else None


def _against(entry: Cited, amount: Amount, quotient: Quotient, faults: Faults) -> Iterator[Finding]:
    check = check_ratio(amount, quotient)
    if check is None:
        message = f"{quotient.below.text} may be zero or less: there is no ratio to state; state the inverse"
        yield found_at_number("ratio", entry, message)
    elif check.fits == "neither" or check.slips:
        if not check.is_of_one_dimension and not check.slips:
            at = entry.place.get("unit") or entry.place
            kinds = f"{dimension_text(check.recomputed.unit)} (got {dimension_text(amount.unit)})"
            faults.add(at.location, at.path, f"must be in a unit of what ratio_of divides, {kinds}")
            return
        yield found_at_number("unit" if check.slips else "ratio", entry, _misfit(check, quotient))


def _misfit(check: RatioCheck, quotient: Quotient) -> str:
    divided = f"{quotient.text} is {computed(check.recomputed)}"
    more = ""
    if check.excess is not None:
        size = f"{figures(abs(100 * check.excess), 2)} %"
        more = f", {size} {'more' if check.excess > 0 else 'less'} than its parts give"
    rounding = allowed(check.recomputed, zeros=True)
    reading = f"; it fits if {' or if '.join(check.slips)}" if check.slips else ""
    return f"states {stated(check.stated)}{more}: {divided} (rounding allows {rounding}){reading}"


def _unlike_parts(entry: Cited, quotient: Quotient, cited: Mapping[str, Cited]) -> Iterator[Finding]:
    """Parts of other places or days than one another; a difference is read in the entries that they name."""
    above, below = ([cited[id_] for id_ in part.entries] for part in (quotient.above, quotient.below))
    if not above or not below:
        return
    one, other = above[0], below[0]
    differs = {
        "place": folded(one.text("place")) != folded(other.text("place")),
        "period": not alike(one.period, other.period),
    }
    for key in (key for key, unlike in differs.items() if unlike):
        unlike = f"{one.id} is of {one.text(key)}, {other.id} of {other.text(key)}"
        yield found("scope", entry, "ratio_of", f"divides unlike things: {unlike}")


def _were_together(pair: Pair) -> bool:
    """Sorts pairs of one publication first."""
    return pair.above.cited.publication != pair.below.cited.publication


def _is_own(pair: Pair, entry: Cited) -> bool:
    where = folded(entry.text("place"))
    return (
        where == folded(pair.where)
        and where in folded(pair.above.cited.text("place"))
        and _within(pair.period, entry.period)
    )


def _within(inner: Period, outer: Period | None) -> bool:
    if outer is None or alike(inner, outer):
        return True
    begins = outer.start is None or (inner.start is not None and inner.start >= outer.start)
    return begins and inner.end <= outer.end


def _ratios(known: Sequence[Pair], like: Amount) -> str:
    shown = [f"{pair.text} ({computed(pair.ratio.to(like.unit))})" for pair in known[:_MOST]]
    more = [f"{len(known) - _MOST} more"] if len(known) > _MOST else []
    return " and ".join([*shown, *more])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """A number of people for each area that a publication states, or that its own two numbers come to."""

    entry: Cited
    ratio: Amount
    quotient: Quotient
    period: Period
    where: str


def contradictions(cited: Mapping[str, Cited], pairs: Pairs) -> Iterator[Finding]:
    """Publications whose ratios, of one place and nearly the same days, are further apart than half again.

    Where they share one part, they contradict each other however near they are.
    """
    for one, other in combinations(_said(cited, pairs), 2):
        if one.entry.publication == other.entry.publication or not _comparable(one, other):
            continue
        low, high = sorted((one, other), key=lambda said: said.ratio.number.written.low)
        if low.ratio.number.digits.meets(high.ratio.number.digits):
            continue
        apart = high.ratio.number.written.low / low.ratio.number.written.low
        if apart > _APART or _shared(low, high):
            yield found_at_number("contradiction", low.entry, _contradiction(low, high, apart))


def _said(cited: Mapping[str, Cited], pairs: Pairs) -> list[_Said]:
    stated_ = [entry for entry in cited.values() if entry.is_ratio and entry.quotient is not None]
    named = {(e.quotient.above.entries, e.quotient.below.entries) for e in stated_ if e.quotient is not None}
    said = [_said_by(entry, entry.quotient) for entry in stated_ if entry.quotient is not None]
    counted = {folded(e.text("measures")) for e in cited.values() if same_dimension(e.unit, _PERSON)}
    for counts in sorted(counted):
        for pair in pairs.giving(counts, _PER_AREA):
            together = pair.above.cited.publication == pair.below.cited.publication
            if together and (pair.above.part.entries, pair.below.part.entries) not in named:
                said.append(_said_by(pair.above.cited, pair.quotient, pair.where))
    return [one for one in said if one is not None]


def _said_by(entry: Cited, quotient: Quotient, where: str | None = None) -> _Said | None:
    ratio = quotient.ratio
    if ratio is None or entry.period is None or not same_dimension(ratio.unit, _PER_AREA):
        return None
    return _Said(
        entry=entry,
        ratio=ratio.to(_PER_AREA),
        quotient=quotient,
        period=entry.period,
        where=folded(where or entry.text("place")),
    )


def _comparable(one: _Said, other: _Said) -> bool:
    return one.where == other.where and alike(one.period, other.period)


def _shared(one: _Said, other: _Said) -> str | None:
    """The part that two ratios have in common, as a number; None where they have none."""
    for mine, its in (
        (one.quotient.above, other.quotient.above),
        (one.quotient.below, other.quotient.below),
    ):
        if mine.amount.to(its.amount.unit).number.written == its.amount.number.written:
            return stated(its.amount)
    return None


def _contradiction(low: _Said, high: _Said, apart: Fraction) -> str:
    shared = _shared(low, high)
    both = f", both on {shared}" if shared else ""
    one, other = (
        f"{computed(said.ratio)} ({said.quotient.text}, {computed(said.quotient.below.amount.to(_AREA))})"
        for said in (low, high)
    )
    when = "the same days" if low.period == high.period else "nearly the same days"
    text = f"{one} contradicts {other} for the same place and {when}: {figures(apart, 3)} times apart{both}"
    if low.ratio.bounds == {"lower"}:
        text += "; read as a bound it excludes nothing above it, and says as little"
    return text
