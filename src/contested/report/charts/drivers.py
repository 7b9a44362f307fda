"""Where the width comes from: the share of an estimate's variance that each dispute and input holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contested.answers.comparison import Comparison
from contested.answers.drivers import Drivers
from contested.engine.precision import Measured, half_width
from contested.language.nodes import Study
from contested.report.charts.axes import Axis
from contested.report.charts.entries import Entry, Held
from contested.report.charts.estimate import Estimate
from contested.report.charts.ladder import Group, Ladder, drawn
from contested.report.charts.layers import Specification
from contested.report.charts.theme import NOBODYS, POOLED, WIDE, Look, SourceColours
from contested.report.naming import called
from contested.report.plain import plain
from contested.report.wording import per_cent, share, share_and_error, titled

_SHOWN = 0.005  # of the variance, below which groups are only counted


def drivers(comparison: Comparison, estimate: str | None = None, look: Look = WIDE) -> Specification:
    """Each dispute's and input's share of an estimate's variance, with its Monte Carlo error.

    Parameters
    ----------
    comparison : Comparison
    estimate : str, optional
        The scenario's first where absent.
    look : Look

    Returns
    -------
    Specification
        A dot on a stem for each Shapley share, disputes apart from inputs, the largest first; a bar for its
        95 % Monte Carlo interval. Words, where the variance is not divided.

    Raises
    ------
    ContestedError
        Where no estimate has that name.
    """
    of = Estimate.of(comparison.result, estimate)
    found = comparison.explained[of.name]
    groups = list(_groups(found, comparison.study))
    ladder = Ladder(
        title=f"Where the width comes from: {titled(of.found.title, '')}",
        unit=_of_what(found),
        groups=groups,
        numbers="share" if groups else "",
        notes=tuple(_notes(found)),
        axis=Axis.of_shares,
    )
    return drawn(ladder, SourceColours(comparison.study), look)


def _of_what(found: Drivers) -> str:
    return f"share of the variance{' of the logarithm' if found.scale == 'log' else ''}"


def _notes(found: Drivers) -> Iterator[str]:
    if found.between is None or found.within is None:
        yield f"The variance is not divided, because {plain(found.reason or '')}."
        return
    between, within = (share(part.value, part.mcse) for part in (found.between, found.within))
    yield f"{between} is between sources and {within} within them."
    yield "Line from 0 to a dot: the share. Thick bar, where it shows: its 95 % Monte Carlo interval."
    if found.merging:
        yield f"{plain(found.merging[:1].upper() + found.merging[1:])}."


def _groups(found: Drivers, study: Study) -> Iterator[Group]:
    ranked = sorted(found.shapley, key=lambda name: -found.shapley[name].value)
    for title, disputed in (("Whom you believe", True), ("What is uncertain whoever is right", False)):
        own = [name for name in ranked if (name in study.disputes) == disputed]
        small = [name for name in own if found.shapley[name].value < _SHOWN]
        entries = [
            _entry(called(study, name), found.shapley[name], disputed) for name in own if name not in small
        ]
        if len(small) == 1:
            entries.append(_entry(called(study, small[0]), found.shapley[small[0]], disputed))
        elif small:
            entries.append(_rest(small, found, disputed))
        if entries:
            yield Group(title, entries)


def _entry(label: str, found: Measured, disputed: bool) -> Entry:
    reach = half_width(found.mcse)
    unsure = reach > _SHOWN
    said = share_and_error(found.value, found.mcse) if unsure else share(found.value, found.mcse)
    return Entry(
        label=label,
        source=POOLED if disputed else NOBODYS,
        numbers=said,
        sentence=f"{label}: {said}",
        centre=found.value,
        held=(
            Held(level=0.95, rank=0, low=max(found.value - reach, 0.0), high=min(found.value + reach, 1.0)),
            Held(level=1.0, rank=1, low=0.0, high=max(found.value, 0.0)),
        ),
    )


def _rest(names: Sequence[str], found: Drivers, disputed: bool) -> Entry:
    """Groups too small to be seen, together; their errors add at worst."""
    parts = [found.shapley[name] for name in names]
    whole = Measured(sum(part.value for part in parts), sum(part.mcse for part in parts))
    return _entry(f"{len(names)} others, each below {per_cent(_SHOWN)}", whole, disputed)
