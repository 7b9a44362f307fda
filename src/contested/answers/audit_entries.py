"""What a register's entries say of periods, units and one another: duplicates, relays, circles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from itertools import combinations

from contested.answers.amounts import stated
from contested.answers.cited import Cited
from contested.answers.finding import Finding, found
from contested.language.draft import folded
from contested.language.faults import Faults
from contested.language.lines import relay_circles
from contested.language.periods import Period, days
from contested.language.ratios import Amount
from contested.language.units import Dimension, dimension_text, exact_scale

_ALIKE = Fraction(4, 5)


def alike(one: Period | None, other: Period | None) -> bool:
    """Whether two periods are the same days, or have at least four fifths of all their days in common."""
    if one is None or other is None or one == other:
        return one == other
    if one.start is None or other.start is None:
        return False
    common = (min(one.end, other.end) - max(one.start, other.start)).days + 1
    whole = (max(one.end, other.end) - min(one.start, other.start)).days + 1
    return common >= _ALIKE * whole


def periods(cited: Mapping[str, Cited]) -> Iterator[Finding]:
    """Entries of no days, and those published before the days that they are of were over."""
    for entry in cited.values():
        if entry.period is None:
            message = "says no period; a fact is of some days: add period, a day for a stock"
            yield found("period", entry, "period", message)
        elif days(entry.text("date"))[1] < _earliest_end(entry.period):
            yield found(
                "period",
                entry,
                "period",
                f"ends on {entry.period.end}, after it was published ({entry.text('date')}): "
                "a projection, or one of the two dates is wrong",
            )


def _earliest_end(period: Period) -> date:
    """The first day that a period's end can mean: what is said on the 28th of its month is no projection."""
    return days(period.text.rpartition("/")[2])[0]


def units(cited: Mapping[str, Cited]) -> Iterator[Finding]:
    """Entries in a unit of another dimension than most that measure the same."""
    by_measure: dict[str, list[Cited]] = defaultdict(list)
    for entry in cited.values():
        if entry.text("measures"):
            by_measure[folded(entry.text("measures"))].append(entry)
    for entries in by_measure.values():
        (usual, most), *others = Counter(entry.unit.dimension for entry in entries).most_common()
        if others and most > others[0][1]:
            yield from (_odd(entry, usual, entries) for entry in entries if entry.unit.dimension != usual)


def _odd(entry: Cited, usual: Dimension, entries: list[Cited]) -> Finding:
    other = next(other for other in entries if other.unit.dimension == usual)
    rest = (
        f"most that measure '{entry.text('measures')}', as {other.id} does, in {dimension_text(other.unit)}"
    )
    message = f"is in {dimension_text(entry.unit)}, and {rest}: another unit or another measure is meant"
    return found("unit", entry, "unit", message)


def duplicates(cited: Mapping[str, Cited]) -> Iterator[Finding]:
    """Entries that are one figure, where neither says that it passes the other on."""
    same: dict[object, list[Cited]] = defaultdict(list)
    for entry in cited.values():
        if entry.amount is not None and entry.period is not None:
            same[_figure(entry)].append(entry)
    for entries in same.values():
        for first, again in combinations(entries, 2):
            if not _passes_on(first, again, cited):
                yield found(
                    "duplicate",
                    again,
                    "",
                    f"is the figure of {first.id}: {stated(_amount(again))} of the same period, place and "
                    f"measure; leave one out, or say relays: {first.id}",
                )


def _figure(entry: Cited) -> object:
    amount = _amount(entry)
    base = amount.number.written.scaled(exact_scale(amount.unit))
    where, measures = folded(entry.text("place")), folded(entry.text("measures"))
    return base, amount.unit.dimension, amount.bounds, entry.period, where, measures


def _passes_on(one: Cited, other: Cited, cited: Mapping[str, Cited]) -> bool:
    """Whether one of two passes the other on, or both the same."""
    roots = [_trail(entry, cited) for entry in (one, other)]
    return bool(roots[0] & roots[1])


def _trail(entry: Cited, cited: Mapping[str, Cited]) -> set[str]:
    """An entry's id and all that it passes on, by id or publisher."""
    trail = {entry.id}
    relays = entry.place.text("relays")
    while relays is not None and folded(relays) not in trail:
        trail.add(folded(relays))
        relays = cited[relays].place.text("relays") if relays in cited else None
    return trail


def relays(cited: Mapping[str, Cited], ids: tuple[str, ...]) -> Iterator[Finding]:
    """Relays of nobody, in a circle, or of a figure that is of another place, other days or another kind."""
    publishers = {folded(entry.text("publisher")): entry.text("publisher") for entry in cited.values()}
    stated_by = {id_: text for id_, entry in cited.items() if (text := entry.place.text("relays"))}
    for circle in relay_circles(stated_by):
        around = " → ".join((*circle, circle[0]))
        message = f"goes in a circle: {around}; leave relays out where the figure comes from"
        yield found("relay", cited[circle[0]], "relays", message)
    for id_, relayed in stated_by.items():
        if relayed in cited:
            yield from _of_another(cited[id_], cited[relayed])
        elif relayed not in ids and folded(relayed) not in publishers:
            unknown = Faults().unknown("entry or publisher", relayed, [*ids, *publishers.values()])
            yield found(
                "relay",
                cited[id_],
                "relays",
                f"points nowhere: {unknown}; add an entry of theirs, or name one that is here",
            )


def _of_another(entry: Cited, relayed: Cited) -> Iterator[Finding]:
    differs = []
    if folded(entry.text("place")) != folded(relayed.text("place")):
        differs.append(f"of {relayed.text('place')}, not {entry.text('place')}")
    if not alike(entry.period, relayed.period):
        differs.append(f"of {relayed.text('period')}, not {entry.text('period')}")
    if entry.unit.dimension != relayed.unit.dimension:
        differs.append(f"in {dimension_text(relayed.unit)}, not {dimension_text(entry.unit)}")
    if differs and entry.amount is not None and relayed.amount is not None:
        numbers = f"{stated(relayed.amount)} there, {stated(entry.amount)} here"
        what = f"passes on {relayed.id}, which is {', and '.join(differs)} ({numbers})"
        yield found("scope", entry, "relays", f"{what}: it is misquoted, or no relay")


def _amount(entry: Cited) -> Amount:
    assert entry.amount is not None
    return entry.amount
