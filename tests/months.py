"""Scenarios by month of one toll and one area of ground, as tests of tracks compose them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import contested
from contested.answers.track import Track
from contested.errors import AccuracyWarning
from running import written

PLACE = {"place": "Ukraine", "period": "each"}
WHY = {"because": "as the case has it"}


def months(count: int, first_year: int = 2024) -> list[str]:
    """So many months from January of a year."""
    return [f"{first_year + i // 12}-{i % 12 + 1:02d}" for i in range(count)]


def by_month(
    folder: Path,
    columns: Mapping[str, Sequence[float]],
    *,
    toll: str = "toll",
    ground: str = "ground",
    inputs: Mapping[str, Any] | None = None,
    **more: Any,
) -> Path:
    """A scenario's file, with its table of months beside it.

    Parameters
    ----------
    columns : mapping of str to sequence of float
        By name, a figure for every month from January 2024 on; formulas name them.
    toll, ground : str
        Formulas of the two figures, which nobody disputes unless `figures` is given.
    inputs : mapping, optional
        Besides those that read the columns.
    **more
        Other sections, or in place of those that stand here.
    """
    count = len(next(iter(columns.values())))
    lines = [",".join(["month", *columns])]
    lines += [
        ",".join([month, *(repr(own[i]) for own in columns.values())])
        for i, month in enumerate(months(count))
    ]
    (folder / "months.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    units = {name: "km²" if name.startswith("ground") else "person" for name in columns}
    document: dict[str, Any] = {
        "title": "Casualties for ground, month by month",
        "as_of": "2026-08-22",
        "seed": 5,
        "each": "month",
        "window": f"{months(count)[0]}/{months(count)[-1]}",
        "inputs": {
            **{
                name: {"series": {"file": "months.csv", "column": name}, "unit": units[name], **WHY}
                for name in columns
            },
            **(inputs or {}),
        },
        "figures": {
            "casualties": {"title": "Casualties", "unit": "person", "measures": "killed and wounded", **PLACE,
                           "agreed": {"formula": toll}},
            "area": {"title": "Area gained", "unit": "km²", "measures": "net change", **PLACE,
                     "agreed": {"formula": ground}},
        },
        "estimates": {
            "per_km2": {"title": "Casualties per km²", "formula": "casualties / area", "unit": "person/km²"},
            "people": {"title": "Casualties", "formula": "casualties", "unit": "person"},
        },
    }  # fmt: skip
    return written(folder, {**document, **more}, "months")


def disputed(**claims: Mapping[str, str]) -> dict[str, Any]:
    """Figures by their sources' formulas, and their disputes: `disputed(casualties={...}, area={...})`."""
    titles = {"casualties": "Casualties", "area": "Area gained"}
    figures = {
        name: {
            "title": titles[name], "dispute": f"whose_{name}", "measures": "as counted", **PLACE,
            "unit": "person" if name == "casualties" else "km²",
            "claims": {source: {"formula": formula} for source, formula in own.items()},
        }
        for name, own in claims.items()
    }  # fmt: skip
    disputes = {
        f"whose_{name}": {"title": f"Whose {name}", "sources": {source: source.title() for source in own}}
        for name, own in claims.items()
    }
    return {"figures": figures, "disputes": disputes}


def compared(**pairs: tuple[str, str]) -> dict[str, Any]:
    """A scenario's comparisons: `compared(early=("2025-01/2025-04", "2024-09/2024-12"))`."""
    return {"comparisons": {name: {"of": of, "over": over} for name, (of, over) in pairs.items()}}


def tracked(file: Path, window: str | None = None, **options: Any) -> Track:
    """The track of a scenario, converged or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AccuracyWarning)
        return contested.load(file).track(window, **options)
