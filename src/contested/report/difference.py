"""Two saved runs laid side by side: what they were made from, how they were run, and what they answered."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from contested.answers.difference import AnswerChange, answer_changes
from contested.answers.difference_series import columns_read
from contested.answers.difference_tree import Change, changes
from contested.answers.saved_track import SavedTrack
from contested.errors import ContestedError
from contested.language.faults import Faults
from contested.language.tree import Place
from contested.language.yaml_text import load
from contested.report.difference_inputs import (
    FileChange,
    Setting,
    Unused,
    file_changes,
    register_changes,
    setting_changes,
    version_changes,
)
from contested.report.saved import SavedRun


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What changed from one saved run to another.

    Attributes
    ----------
    scenario : tuple of Change
        In the scenario's file.
    register : tuple of Change
        In the register, of entries that either run uses, or that those relay; paths begin with the id.
    unused : Unused
        What changed in the register's other entries.
    files : tuple of FileChange
    settings, versions : tuple of Setting
    answers : tuple of AnswerChange
        Every estimate and question of either run, changed or not.
    titles : mapping
        Dispute and source to the source's title; dispute and '' to the dispute's.

    Examples
    --------
    >>> Difference.of(SavedRun.open("runs/a"), SavedRun.open("runs/b")).causes  # doctest: +SKIP
    """

    before: SavedRun
    after: SavedRun
    scenario: tuple[Change, ...]
    register: tuple[Change, ...]
    unused: Unused
    files: tuple[FileChange, ...]
    settings: tuple[Setting, ...]
    versions: tuple[Setting, ...]
    answers: tuple[AnswerChange, ...]
    titles: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, before: SavedRun, after: SavedRun) -> Difference:
        """Lay them side by side; nothing is drawn.

        Raises
        ------
        ScenarioError
            Where a scenario, a register or a table cannot be read.
        ContestedError
            Where one is a track and the other is not.
        """
        _refuse_unlike(before, after)
        tops = _top(before), _top(after)
        scenario = tuple(changes(*tops))
        register, unused = register_changes(before, after)
        return cls(
            before=before,
            after=after,
            scenario=scenario,
            register=register,
            unused=unused,
            files=tuple(file_changes(before, after, *map(columns_read, tops))),
            settings=tuple(setting_changes(before, after, scenario)),
            versions=tuple(version_changes(before, after)),
            answers=answer_changes(before.saved, after.saved, order=_order(before, after, tops)),
            titles=dict((*_titles(tops[0]), *_titles(tops[1]))),
        )

    @cached_property
    def causes(self) -> tuple[Change | FileChange | Setting, ...]:
        """What changed that an answer may hang on: all but words, other entries, and what follows from these.

        A change in how draws were stopped or intervals chosen is among them; which of several did what is
        not worked out.
        """
        stated = (each for each in (*self.scenario, *self.register) if not each.is_of_words)
        files = (each for each in self.files if each.months is None or each.months)
        return (*stated, *files, *(each for each in self.settings if each.counts), *self.versions)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is unlike."""
        made_from = (self.scenario, self.register, self.files, self.settings, self.versions)
        return not any(made_from) and not self.unused.all and all(each.is_same for each in self.answers)

    def in_register(self, change: Change) -> bool:
        """Whether a change is one of the register."""
        return any(change is each for each in self.register)

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain dictionaries, lists, text and numbers; the keys are told where they are made."""
        from contested.report.difference_document import document

        return document(self)

    def to_json(self) -> str:
        """The same as text: full precision, non-finite as None, keys in order."""
        return (
            json.dumps(self.to_dict(), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False) + "\n"
        )


def _top(run: SavedRun) -> Place:
    faults = Faults()
    top = load(run.scenario, str(run.scenario), faults)
    faults.raise_if_any()
    assert top is not None
    return top


def _refuse_unlike(before: SavedRun, after: SavedRun) -> None:
    if (before.kind == "track") == (after.kind == "track"):
        return
    track, other = (before, after) if before.kind == "track" else (after, before)
    raise ContestedError(
        f"{track.directory} is a saved track and {other.directory} is not, so that no answer is in both; "
        "save both with `contested track SCENARIO --out DIR`, or both with `contested run SCENARIO --out DIR`"
    )


def _order(before: SavedRun, after: SavedRun, tops: tuple[Place, Place]) -> Iterator[str]:
    """Names in the order of the newer file; in a track sums come first, then periods, then comparisons."""
    for name in dict.fromkeys((*_names(tops[1]), *_names(tops[0]))):
        yield name
        for run in (after, before):
            if isinstance(run.saved, SavedTrack):
                yield from run.saved.parts(name)


def _names(top: Place) -> Iterator[str]:
    """Estimates and questions in the order of the file."""
    for key in ("estimates", "questions"):
        place = top.get(key)
        yield from place.keys if place is not None else ()


def _titles(top: Place) -> Iterator[tuple[tuple[str, str], str]]:
    place = top.get("disputes")
    for name, dispute in place.items() if place is not None else ():
        yield (name, ""), dispute.text("title") or name
        sources = dispute.get("sources")
        for source, stated in sources.items() if sources is not None else ():
            title = stated.text("title") if stated.is_mapping else stated.node.text
            yield (name, source), title or source
