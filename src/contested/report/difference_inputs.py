"""What two saved runs were made from and how, besides the scenario, where that is not alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contested.answers.difference_series import MonthChange, month_changes
from contested.answers.difference_tree import Change, changes
from contested.answers.saved import SavedComparison
from contested.answers.saved_track import SavedTrack
from contested.language.faults import Faults
from contested.language.tree import Place
from contested.language.yaml_text import load
from contested.report.saved import Saved, SavedRun

_VERSIONS = ("version", "numpy", "scipy")
# Where in a scenario's file each setting comes from, where it was not chosen on the command line.
_STATED = {
    "seed": "seed",
    "levels": "report",
    "kind of interval": "report",
    "tolerance": "sampling",
    "rule": "pooling",
    "weighting": "default",
    "window": "window",
    "comparisons": "comparisons",
}
_IDLE = ("saved by", "scenario file", "weightings", "within", "contaminate", "at")  # they move no answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How the runs were made, where that is not alike.

    Attributes
    ----------
    before, after : dict, list, str, int, float or None
    counts : bool
        Whether an answer may hang on it by itself: it was chosen for the run, and is not what follows from
        a change in the files or from another setting.
    """

    name: str
    before: Any
    after: Any
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChange:
    """A draws file or a table of months that is not alike, by its checksums; None where a run has none.

    Attributes
    ----------
    months : tuple of MonthChange, or None
        In the columns that either scenario reads; None for a file that is no table of months in both runs.
    """

    name: str
    before: str | None
    after: str | None
    months: tuple[MonthChange, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unused:
    """How many register entries that neither run uses are not alike."""

    added: int
    removed: int
    changed: int

    @property
    def all(self) -> int:
        """How many together."""
        return self.added + self.removed + self.changed


def register_changes(before: SavedRun, after: SavedRun) -> tuple[tuple[Change, ...], Unused]:
    """What changed in the entries that count, and how much in the others."""
    old, new = _entries(before), _entries(after)
    used = _used(before, old) | _used(after, new)
    found = {id_: tuple(changes(old.get(id_), new.get(id_))) for id_ in dict.fromkeys((*new, *old))}
    others = [id_ for id_, each in found.items() if each and id_ not in used]
    unused = Unused(
        added=sum(id_ not in old for id_ in others),
        removed=sum(id_ not in new for id_ in others),
        changed=sum(id_ in old and id_ in new for id_ in others),
    )
    return tuple(each for id_, of_it in found.items() if id_ in used for each in of_it), unused


def file_changes(
    before: SavedRun,
    after: SavedRun,
    read_before: Mapping[str, frozenset[str]],
    read_after: Mapping[str, frozenset[str]],
) -> Iterator[FileChange]:
    """The draws files and tables of months that are not alike.

    Parameters
    ----------
    before, after : SavedRun
    read_before, read_after : mapping of str to frozenset of str
        The columns that each scenario reads of each table of months.
    """
    old, new = _read(before), _read(after)
    tables = read_before.keys() & read_after.keys() & old.keys() & new.keys()
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            columns = read_before[name] | read_after[name] if name in tables else None
            months = None if columns is None else tuple(_months(before, after, name, columns))
            yield FileChange(name=name, before=old.get(name), after=new.get(name), months=months)


def setting_changes(before: SavedRun, after: SavedRun, scenario: Iterable[Change]) -> Iterator[Setting]:
    """How the runs were made, where that is not alike; `scenario` is what changed in the scenario's file."""
    old, new = _chosen(before), _chosen(after)
    differ = [name for name in dict.fromkeys((*new, *old)) if old.get(name) != new.get(name)]
    idle = {*_IDLE, *_stated(scenario)}
    if "weights" not in differ:
        idle.add("weighting")  # another name for the same
    elif "weighting" in differ or before.saved.weighting is not None:
        idle.add("weights")  # those of the weighting
    for name in differ:
        yield Setting(name=name, before=old.get(name), after=new.get(name), counts=name not in idle)


def version_changes(before: SavedRun, after: SavedRun) -> Iterator[Setting]:
    """The packages that are of another version."""
    for name in _VERSIONS:
        old, new = (getattr(run.saved.provenance, name) for run in (before, after))
        if old != new:
            yield Setting(name=name, before=old, after=new)


def _entries(run: SavedRun) -> Mapping[str, Place]:
    if run.register is None:
        return {}
    faults = Faults()
    top = load(run.register, str(run.register), faults)
    faults.raise_if_any()
    return {} if top is None else dict(top.items())


def _used(run: SavedRun, entries: Mapping[str, Place]) -> set[str]:
    """The entries that a run names, and those that they relay."""
    found: set[str] = set()
    ahead = [cited.id for cited in run.saved.provenance.cited]
    while ahead:
        id_ = ahead.pop()
        if id_ not in found:
            found.add(id_)
            relayed = entries[id_].text("relays") if id_ in entries else None
            ahead += [relayed] if relayed is not None else []
    return found


def _read(run: SavedRun) -> Mapping[str, str]:
    return {name: run.checksums[name] for name in run.saved.provenance.files.read}


def _months(before: SavedRun, after: SavedRun, name: str, columns: frozenset[str]) -> Iterator[MonthChange]:
    from contested.series.monthly_table import read_monthly

    old, new = (read_monthly(run.directory / name).columns for run in (before, after))
    yield from month_changes(old, new, columns)


def _stated(scenario: Iterable[Change]) -> Iterator[str]:
    """The settings that come from keys of the file which are not alike."""
    changed = {change.path.partition(".")[0] for change in scenario}
    yield from (name for name, key in _STATED.items() if key in changed)


def _chosen(run: SavedRun) -> Mapping[str, Any]:
    """How a run was made, by what that is called for people."""
    saved, provenance = run.saved, run.saved.provenance
    return {
        "saved by": f"contested {'compare' if run.kind == 'comparison' else run.kind}",
        "scenario file": provenance.files.scenario,
        "seed": provenance.seed,
        "weighting": saved.weighting,
        "weights": saved.weights,
        "rule": saved.rule,
        "levels": provenance.report.levels,
        "kind of interval": provenance.report.kind,
        "confidence": provenance.confidence,
        "tolerance": saved.sampling.tolerance,
        **_asked(saved),
    }


def _asked(saved: Saved) -> Mapping[str, Any]:
    """What one kind of answers is asked besides."""
    if isinstance(saved, SavedComparison):
        return saved.asked.model_dump()
    if isinstance(saved, SavedTrack):
        windows = {f"{one.of.text} over {one.over.text}" for one in (*saved.compared, *saved.left_out)}
        return {"window": saved.window.text, "comparisons": sorted(windows)}
    return {}
