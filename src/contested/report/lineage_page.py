"""A lineage as people read it in a terminal: who moves as one, who only looks it, and what remains."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date

from contested.answers.agreement import FEWEST_MONTHS, Agreement
from contested.answers.lineage import Lineage
from contested.answers.trial import LAGS, Pair
from contested.report.layout import Heading, Line, Note, Row, set_lines
from contested.report.plain import plain
from contested.report.terminal import NARROWEST, WIDEST
from contested.report.wording import number, per_cent

ALIKE = 0.7  # correlation from which it is said why a pair is not joined
_MOST = 12  # such pairs that are printed


def render_lineage(
    found: Lineage, file: str, ends: Mapping[str, str], *, width: int = 80, styled: bool = False
) -> str:
    """The pairs that move as one, those that do not though they look it, the groups, and their number.

    Parameters
    ----------
    found : Lineage
    file : str
        The table's name.
    ends : mapping of str to str
        Columns that state an end of another's interval.
    width : int
        Columns there are; at most 100 are used.
    styled : bool
        Whether titles are set in bold.
    """
    first, last = map(_month, found.months)
    lines = [
        Heading(f"Which of {len(found.sources)} sources move as one?"),
        Note(f"{plain(file)}, {first} to {last}"),
        Note(""),
        *_joined(found),
        *_undecided(found),
        *_apart(found),
        *_groups(found),
        *_method(found, ends),
    ]
    return set_lines(lines, width=min(max(width, NARROWEST), WIDEST), styled=styled)


def _joined(found: Lineage) -> Iterator[Line]:
    yield Heading("Moving as one")
    if not found.joined:
        yield Note("no pair", indent=2)
    for pair in found.joined:
        yield Note(_relation(pair), indent=2, bullet="-")
        yield Note(_closeness(pair, found), indent=4)
        yield Note(_chances(pair), indent=4)
    yield Note("")


def _relation(pair: Pair) -> str:
    """`uk_mod is general_staff times 1.000, and follows it`; the follower first, where it is known."""
    turned = pair.follows == pair.second
    one, other = (pair.second, pair.first) if turned else (pair.first, pair.second)
    seen = _seen(pair)
    if seen.relation == "ratio":
        size = 1 / seen.size if turned else seen.size
        relation = (
            f"is {plain(other)} times {size:.4g}"
            if abs(size - 1) > 5e-4
            else f"is {plain(other)} times 1.000"
        )
    else:
        size = -seen.size if turned else seen.size
        relation = f"is {plain(other)} {'plus' if size > 0 else 'less'} {abs(size):,.6g}"
    return f"{plain(one)} {relation}{_order(pair)}"


def _order(pair: Pair) -> str:
    if pair.lag:
        months = abs(pair.lag)
        return f", {months} month{'s' if months > 1 else ''} later"
    if pair.follows:
        return ", rounded: so it follows"
    return " (nothing in the table says which follows which)"


def _closeness(pair: Pair, found: Lineage) -> str:
    seen = _seen(pair)
    return (
        f"{_off(seen.median)} off in the middle one of {seen.months} months, {_off(seen.largest)} at most, "
        f"{_off(seen.together)} over all of them together; two independent counts would be "
        f"{_off(_least(found))} off in the typical month"
    )


def _chances(pair: Pair) -> str:
    moves = pair.concordance
    assert moves is not None  # as of all that are joined
    return (
        f"chances of that: {_chance(_seen(pair).chance)} if the counts were independent; of ups and downs so "
        f"alike, {_chance(moves.shuffled)} if shuffled, {_chance(moves.simulated)} if simulated independently"
    )


def _seen(pair: Pair) -> Agreement:
    assert pair.agreement is not None  # as of all that have enough months
    return pair.agreement


def _undecided(found: Lineage) -> Iterator[Line]:
    smooth = [pair for pair in found.pairs if pair.verdict == "too smooth"]
    few = [pair for pair in found.pairs if pair.verdict == "too few"]
    if not (smooth or few):
        return
    yield Heading("Not to be told")
    for pair in smooth:
        yield Note(
            f"{_both(pair)} agree ({_off(_seen(pair).spread)} off, root mean square), but so might two "
            "series with a trend in common: what is left of their ups and downs is too little, or not alike",
            indent=2,
            bullet="-",
        )
    if few:
        pairs = ", ".join(map(_both, few[:_MOST])) + (
            f", {len(few) - _MOST} more" if len(few) > _MOST else ""
        )
        yield Note(f"fewer than {FEWEST_MONTHS} months to compare: {pairs}", indent=2, bullet="-")
    yield Note("")


def _apart(found: Lineage) -> Iterator[Line]:
    alike = sorted(
        (p for p in found.pairs if p.verdict == "apart" and (p.correlation or 0) >= ALIKE),
        key=lambda pair: -(pair.correlation or 0),
    )
    if not alike:
        return
    yield Heading("Alike, and not joined")
    yield Note(
        "Independent counts of one thing correlate too. These keep no closer to a fixed ratio or offset than "
        f"independent counts might, which stray by {_off(_least(found))} or more:",
        indent=2,
    )
    yield Row("", ("correlation", "strays by"))
    for pair in alike[:_MOST]:
        yield Row(_both(pair), (f"{pair.correlation:.2f}", _strays(_seen(pair))), indent=2)
    if len(alike) > _MOST:
        yield Note(f"and {len(alike) - _MOST} more, all in the JSON", indent=2)
    yield Note("")


def _strays(seen: Agreement) -> str:
    return _off(seen.spread) if math.isfinite(seen.spread) else "changes of sign"


def _groups(found: Lineage) -> Iterator[Line]:
    yield Heading(
        f"{len(found.sources)} sources amount to at most {found.effective_sources:.2g} independent ones"
    )
    for group in found.groups:
        yield Note(" + ".join(map(plain, group)), indent=2, bullet="-")
    yield Note(
        "1/Σ(share of a group)², each column having the same weight, whatever it measures (--only compares "
        "those of one thing). At most, for what is not joined may still rest on the same reports.",
        indent=2,
    )
    yield Note("")


def _method(found: Lineage, ends: Mapping[str, str]) -> Iterator[Line]:
    yield Note(
        "In a table of independent sources any pair is joined with a probability of at most "
        f"{per_cent(found.false_alarms)} ({found.tests:,} tests: every pair, as a fixed ratio and a fixed "
        f"offset, up to {max(LAGS)} months apart), if the error of each, apart from any bias that stays, is "
        f"{per_cent(found.independent_error)} or more in a month (standard deviation)."
    )
    if found.totals:
        names = ", ".join(map(plain, sorted(found.totals)))
        yield Note(f"Never falling, and so read as running totals, by what they gain: {names}.")
    if ends:
        names = ", ".join(map(plain, ends))
        yield Note(f"Ends of another column's interval, and so no sources: {names}.")


def _least(found: Lineage) -> float:
    return math.sqrt(2) * found.independent_error


def _both(pair: Pair) -> str:
    return f"{plain(pair.first)} and {plain(pair.second)}"


def _off(value: float) -> str:
    """A relative difference in per cent, two digits."""
    return f"{number(100 * value)} %" if math.isfinite(value) else "without bound"


def _chance(value: float) -> str:
    return "under 1 in a million" if value < 1e-6 else f"at most 1 in {1 / value:,.0f}"


def _month(month: date) -> str:
    return f"{month:%Y-%m}"
