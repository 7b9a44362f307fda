"""Whether a saved run, run again, gives the answers that were saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from contested.answers.difference import AnswerChange, Moved, answer_changes
from contested.answers.document import answered, provenance
from contested.answers.result import Result
from contested.answers.saved import HasAnswers, SavedAnswers
from contested.answers.saved_track import parse_track
from contested.answers.track import Track
from contested.language.faults import listed
from contested.report.difference_wording import before_and_after
from contested.report.plain import plain
from contested.report.saved import SavedRun

_PACKAGES = {"version": "contested", "numpy": "numpy", "scipy": "scipy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """What differs between the answers that were saved and those of a re-run.

    Attributes
    ----------
    versions : mapping of str to (str, str)
        The packages that are of another version now: saved with, run again with.
    answers : tuple of AnswerChange
        The estimates and questions that differ by a digit or a word; before is what was saved.
    """

    versions: Mapping[str, tuple[str, str]]
    answers: tuple[AnswerChange, ...]

    @property
    def is_same(self) -> bool:
        """Whether every answer is the saved one, to the last digit."""
        return not self.answers

    @property
    def beyond_error(self) -> int:
        """How many numbers moved by more than two Monte Carlo standard errors of the difference."""
        return sum(moved.verdict == "changed" for moved in self._moved())

    @property
    def said(self) -> str | None:
        """What to tell a reader of the re-run; None where it gives the answers that were saved."""
        if self.is_same:
            return None
        moved = self._moved()
        count = f"{len(moved):,} number{'s are' if len(moved) != 1 else ' is'} not what was saved"
        parts = [f"run again, {count}", f"{self.beyond_error:,} of them by more than Monte Carlo error"]
        furthest = max(moved, key=lambda each: abs(each.relative or 0.0), default=None)
        if furthest is not None and furthest.relative is not None:
            parts.append(_furthest(furthest, self.answers))
        words = [f"{name} {old} then, {new} now" for name, (old, new) in self.versions.items()]
        parts.append(listed(words) if words else "the versions are those it was saved with")
        return "; ".join(parts)

    def _moved(self) -> list[Moved]:
        return [moved for each in self.answers for moved in each.numbers if moved.verdict != "same"]


def repeated(run: SavedRun, again: Result | Track) -> Repeated:
    """Compare a re-run's estimates and questions with those that were saved.

    Parameters
    ----------
    run : SavedRun
    again : Result or Track
        What `run.rerun()` or `run.retrack()` gave, or `run.recompare().result`.
    """
    now = provenance(again.result if isinstance(again, Track) else again)
    versions = {
        called: (saved, now[key])
        for key, called in _PACKAGES.items()
        if (saved := getattr(run.saved.provenance, key)) != now[key]
    }
    before: HasAnswers = run.saved if isinstance(again, Track) else run.saved.answers
    after = _as_saved(again)
    changes = answer_changes(before, after, order=after.answers.estimates)
    return Repeated(versions=versions, answers=tuple(each for each in changes if not each.is_same))


def _as_saved(again: Result | Track) -> HasAnswers:
    """What it would be if it were saved and read back."""
    if isinstance(again, Track):
        return parse_track(again.to_json(), again.study.name)
    return SavedAnswers.model_validate(json.loads(json.dumps(answered(again))))


def _furthest(moved: Moved, answers: tuple[AnswerChange, ...]) -> str:
    title = next(plain(each.title) for each in answers if moved in each.numbers)
    before, after = before_and_after(moved)
    return f"the furthest is of “{title}”, {before} then and {after} now"
