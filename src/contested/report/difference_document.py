"""A difference as a JSON object: stable keys, full precision, non-finite as None.

`before` and `after` name the two runs. `same` is true where nothing at all is unlike, and `sentence` can be
printed as a correction. `scenario` and `register` list changes ({kind, path, before, after}, each side {path,
line, value} or null); `register_unused` counts those of entries that neither run uses; `files` has checksums
and, for tables of months, the figures that changed; `settings` and `versions` have {name, before, after}.
`causes` counts what an answer may hang on. `estimates` and `questions` hold for each name its title, units,
`status` (both, added, removed), `words` that changed, and `numbers`: what each is of, before and after with
their Monte Carlo standard errors, `difference` (after less before), `relative`, `mcse` of the difference, and
`verdict` (same, within_error, changed, error_unknown, other_unit, only_before, only_after). Of two tracks
each period, sum over a window and ratio of two windows is an estimate of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from contested.answers.difference import AnswerChange, Moved
from contested.answers.difference_numbers import Case, Kind, Reading
from contested.answers.difference_tree import Change, Spot
from contested.answers.document import number
from contested.report.difference_sentence import sentence
from contested.report.saved import SavedRun
from contested.series.months import month_text

if TYPE_CHECKING:
    from contested.report.difference import Difference
from contested.report.difference_inputs import FileChange, Setting


def document(found: Difference) -> dict[str, Any]:
    """All of a difference, as plain dictionaries, lists, text and numbers."""
    unused = found.unused
    return {
        "before": _run(found.before),
        "after": _run(found.after),
        "same": found.is_empty,
        "sentence": sentence(found),
        "causes": len(found.causes),
        "scenario": [_change(each) for each in found.scenario],
        "register": [_change(each) for each in found.register],
        "register_unused": {
            "added": unused.added, "removed": unused.removed, "changed": unused.changed,
        },
        "files": [_file(each) for each in found.files],
        "settings": [_setting(each) for each in found.settings],
        "versions": [_setting(each) for each in found.versions],
        "estimates": _answers(found, "estimate"),
        "questions": _answers(found, "question"),
    }  # fmt: skip


def _run(run: SavedRun) -> dict[str, Any]:
    saved, provenance = run.saved, run.saved.provenance
    return {
        "kind": run.kind,
        "scenario": saved.scenario,
        "title": saved.title,
        "as_of": saved.as_of,
        "seed": provenance.seed,
        "draws": saved.sampling.draws,
        "converged": saved.sampling.converged,
        "version": provenance.version,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "path": change.path,
        "before": _spot(change.before),
        "after": _spot(change.after),
    }


def _spot(spot: Spot | None) -> dict[str, Any] | None:
    return None if spot is None else {"path": spot.path, "line": spot.line, "value": _finite(spot.value)}


def _finite(value: Any) -> Any:
    """A value as JSON can hold it."""
    match value:
        case dict():
            return {key: _finite(each) for key, each in value.items()}
        case list():
            return [_finite(each) for each in value]
        case float():
            return number(value)
    return value


def _file(change: FileChange) -> dict[str, Any]:
    months = change.months
    return {
        "name": change.name,
        "before": change.before,
        "after": change.after,
        "months": None
        if months is None
        else [
            {
                "column": each.column,
                "month": month_text(each.month),
                "before": each.before,
                "after": each.after,
            }
            for each in months
        ],
    }


def _setting(setting: Setting) -> dict[str, Any]:
    return {"name": setting.name, "before": setting.before, "after": setting.after}


def _answers(found: Difference, kind: Kind) -> dict[str, Any]:
    return {each.name: _answer(each) for each in found.answers if each.kind == kind}


def _answer(each: AnswerChange) -> dict[str, Any]:
    return {
        "title": each.title,
        "status": "added" if each.is_new else "removed" if each.is_gone else "both",
        "units": {"before": each.units[0], "after": each.units[1]},
        "words": [
            {"what": said.what, **_case(said.case), "before": said.before, "after": said.after}
            for said in each.said
        ],
        "numbers": [_number(moved) for moved in each.numbers],
    }


def _number(moved: Moved) -> dict[str, Any]:
    which = moved.which
    return {
        "of": {
            "quantity": which.quantity,
            "level": which.level,
            "kind": which.kind,
            "form": which.form,
            "share_of": which.dispute,
            **_case(which.case),
        },
        "before": _reading(moved.before),
        "after": _reading(moved.after),
        "difference": number(moved.difference),
        "relative": number(moved.relative),
        "mcse": number(moved.mcse),
        "verdict": moved.verdict,
    }


def _case(case: Case) -> dict[str, Any]:
    dispute, source = case.source or (None, None)
    return {"dispute": dispute, "source": source, "weighting": case.weighting}


def _reading(reading: Reading | None) -> dict[str, Any] | None:
    return None if reading is None else {"value": reading.value, "mcse": reading.mcse}
