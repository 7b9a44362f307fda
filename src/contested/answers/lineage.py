"""Which of several dated series move as one, and how many independent sources they amount to."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np

from contested.answers.agreement import FEWEST_MONTHS, RELATIONS, Floats
from contested.answers.trial import LAGS, Pair, Trial
from contested.language.lines import effective_lines

INDEPENDENT_ERROR = 0.04
FALSE_ALARMS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """What `lineage` found.

    Attributes
    ----------
    months : tuple of date
        First and last month of the table.
    sources : tuple of str
        In the order of the table.
    totals : frozenset of str
        Those that never fall: read as running totals, and compared by what they gain.
    pairs : tuple of Pair
        All of them, the names of each and the pairs themselves in alphabetical order.
    groups : tuple of tuple of str
        Sources that are joined, directly or through others; each source is in one group.
    effective_sources : float
        How many independent sources they amount to, each having the same weight.
    independent_error, false_alarms : float
        As they were set.
    tests : int
        Pairs, relations and lags that were looked at.
    seed : int
    """

    months: tuple[date, date]
    sources: tuple[str, ...]
    totals: frozenset[str]
    pairs: tuple[Pair, ...]
    groups: tuple[tuple[str, ...], ...]
    effective_sources: float
    independent_error: float
    false_alarms: float
    tests: int
    seed: int

    @property
    def joined(self) -> tuple[Pair, ...]:
        """The pairs that move as one."""
        return tuple(pair for pair in self.pairs if pair.verdict == "joined")


def lineage(
    months: Sequence[date],
    columns: Mapping[str, Sequence[float | None]],
    *,
    independent_error: float = INDEPENDENT_ERROR,
    false_alarms: float = FALSE_ALARMS,
    seed: int = 0,
) -> Lineage:
    """Find the sources that relay one another, in how closely they keep to each other.

    That two series correlate shows nothing: independent counters see the same war. Two are joined where they
    differ from a fixed ratio or a fixed offset by less than the errors of two independent counts would leave
    (`agreement`), *and* share ups and downs that no common trend explains (`concordance`). The first alone
    would join two smooth series, the second alone two good counters of a truth that moves. Requiring both
    keeps the probability of a false alarm whichever of the two makes them alike (an intersection-union
    test [1]_); it is divided by the number of pairs, lags and relations looked at.

    Parameters
    ----------
    months : sequence of date
        The months of the rows, each once, as any day in it.
    columns : mapping of str to sequence
        A number for each row by source, None or NaN for a gap.
    independent_error : float
        Least relative standard deviation of an independent count's own error in one month. The default of 4 %
        is judged, a little below what is known of the best: Meduza/Mediazona state their monthly estimate
        of the dead to 5 % at best (a 95 % interval of 9 % either way), and the two nearest of the counts
        with records of their own (theirs and the General Staff's, October 2023 to December 2025) come no
        nearer than 7 %, 5 % each, even from one month to the next. Counts that are better than is assumed
        are joined for no reason: at 3 %, in 8 % of tables of three, at 2 % in nearly all. A bias that
        stays is no error here: independent counts whose errors hardly change from one month to the next
        (an autocorrelation of 0.7 and more) would pass for one.
    false_alarms : float
        Probability that a table of independent sources has any pair joined.
    seed : int
        Of the shuffles and simulations.

    Returns
    -------
    Lineage
        The order of rows and of columns changes nothing in it but that of `sources`.

    References
    ----------
    .. [1] R. L. Berger, "Multiparameter hypothesis testing and acceptance sampling", Technometrics 24
       (1982), 295.
    """
    grid, span = _on_grid(months, columns)
    totals = frozenset(name for name, values in grid.items() if _is_total(values))
    flows = {
        name: np.diff(values, prepend=np.nan) if name in totals else values for name, values in grid.items()
    }
    names = sorted(flows)
    tests = math.comb(len(names), 2) * len(RELATIONS) * len(LAGS)
    trial = Trial(independent_error, false_alarms, tests, span)
    pairs = tuple(
        trial.pair(one, other, flows, np.random.default_rng([seed, names.index(one), names.index(other)]))
        for one, other in combinations(names, 2)
    )
    groups = _groups(list(columns), pairs)
    lines = {name: group[0] for group in groups for name in group}
    return Lineage(
        months=(min(months), max(months)),
        sources=tuple(columns),
        totals=totals,
        pairs=pairs,
        groups=groups,
        effective_sources=effective_lines(dict.fromkeys(columns, 1.0), lines),
        independent_error=independent_error,
        false_alarms=false_alarms,
        tests=tests,
        seed=seed,
    )


def _on_grid(
    months: Sequence[date], columns: Mapping[str, Sequence[float | None]]
) -> tuple[dict[str, Floats], tuple[date, ...]]:
    """Each source's values for every month from the first to the last, and those months."""
    places = np.array([12 * month.year + month.month - 1 for month in months])
    first, last = int(places.min()), int(places.max())
    grid = {}
    for name, values in columns.items():
        grid[name] = np.full(last - first + 1, np.nan)
        grid[name][places - first] = [math.nan if value is None else value for value in values]
    return grid, tuple(date(place // 12, place % 12 + 1, 1) for place in range(first, last + 1))


def _is_total(values: Floats) -> bool:
    known = values[np.isfinite(values)]
    return known.size >= FEWEST_MONTHS and bool(np.all(np.diff(known) >= 0)) and known[-1] > known[0]


def _groups(sources: Sequence[str], pairs: Sequence[Pair]) -> tuple[tuple[str, ...], ...]:
    """Sources by who is joined to whom, in the order of the table."""
    group = {source: frozenset([source]) for source in sources}
    for pair in pairs:
        if pair.verdict == "joined":
            both = group[pair.first] | group[pair.second]
            group.update(dict.fromkeys(both, both))
    return tuple(dict.fromkeys(tuple(s for s in sources if s in group[source]) for source in sources))
