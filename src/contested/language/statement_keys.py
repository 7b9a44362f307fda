"""Which form the keys of a statement make: the table of the language page, row by row."""

from __future__ import annotations

from dataclasses import dataclass

from contested.language.faults import Faults, listed
from contested.language.tree import Place


@dataclass(frozen=True, slots=True)
class Row:
    """A form of a statement: the keys that it needs, and those that may stand beside them."""

    name: str
    needs: tuple[str, ...]
    takes: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """The form as faults name it."""
        return listed(self.needs)


TABLE = (  # the first row whose needs are all there is the form
    Row("mixture", ("mixture",)),
    Row("formula", ("formula",)),
    Row("sample", ("draws", "column"), ("shape",)),
    Row("quantiles", ("quantiles",), ("min", "max", "shape", "splice")),
    Row("moments", ("mean", "sd"), ("min", "max", "shape")),
    Row("three-point", ("low", "best", "high"), ("min", "max", "confidence", "shape", "splice")),
    Row("interval", ("low", "high"), ("min", "max", "confidence", "shape")),
    Row("within", ("best", "within"), ("confidence", "shape")),
    Row("series-within", ("series", "within"), ("confidence", "shape")),
    Row("series", ("series",)),
    Row("fact-within", ("fact", "within"), ("confidence", "shape")),
    Row("fact", ("fact",), ("bound",)),
    Row("exact", ("value",), ("bound", "shape")),
    Row("limits", ("min", "mode", "max"), ("shape",)),
    Row("limits", ("min", "max"), ("shape",)),
)

_STATING = tuple(dict.fromkeys(key for row in TABLE for key in (*row.needs, *row.takes)))
_NUMBERS = frozenset(key for row in TABLE for key in row.needs)
_BOUND_ALONE = "; for a bound and nothing more write value and bound"
_INCOMPLETE = {  # what is there: what to say
    "low": f"'high' is missing beside low{_BOUND_ALONE}: lower",
    "high": f"'low' is missing beside high{_BOUND_ALONE}: upper",
    "best": "'within' is missing beside best, or low and high around it",
    "within": "'best' or 'fact' is missing beside within",
    "mean": "'sd' is missing beside mean",
    "sd": "'mean' is missing beside sd",
    "draws": "'column' is missing beside draws",
    "column": "'draws' is missing beside column",
    "mode": "'min' and 'max' are missing beside mode",
    "min": f"'max' is missing beside min{_BOUND_ALONE}: lower",
    "max": f"'min' is missing beside max{_BOUND_ALONE}: upper",
}
_REMEDIES = {  # (surplus key, form): what to do
    ("within", "exact"): "; write best in place of value",
    ("within", "interval"): "; keep either",
    ("within", "three-point"): "; leave it out",
    ("fact", "interval"): "; cite it: cites: […]",
    ("fact", "three-point"): "; cite it: cites: […]",
    ("fact", "series"): "; cite it: cites: […]",
    ("fact", "series-within"): "; cite it: cites: […]",
    ("bound", "series"): "; what is read by month is no bound",
    ("value", "fact"): "; keep either",
    ("value", "interval"): "; write best in place of value",
    ("value", "within"): "; keep best",
    ("mode", "interval"): "; write min, mode and max, or low, best and high",
    ("best", "limits"): "; write mode in place of best, or low and high for min and max",
    ("splice", "interval"): "; it belongs to low, best and high",
    ("bound", "interval"): "; a bound is one value",
    ("confidence", "limits"): "; certain bounds hold everything: write low and high for min and max",
    ("confidence", "fact"): "; the register says what its range holds",
    ("shape", "fact"): "; the register says the shape",
    ("shape", "formula"): "; a computed number has the shape that comes out",
}


def form_of(place: Place, faults: Faults) -> Row | None:
    """The row that the keys of a statement make; surplus and missing keys are faults."""
    stated = [key for key in place.keys if key in _STATING]
    row = next((row for row in TABLE if set(row.needs) <= set(stated)), None)
    if row is None:
        faults.add(place.key_location, place.path, _incomplete(stated))
        return None
    surplus = [key for key in stated if key not in (*row.needs, *row.takes)]
    for key in surplus:
        location = (place.get(key) or place).key_location
        remedy = _REMEDIES.get((key, row.name), "; keep either" if key in _NUMBERS else "; leave it out")
        faults.add(location, place.path, f"'{key}' has no place beside {row.wording}{remedy}")
    return None if surplus else row


def _incomplete(stated: list[str]) -> str:
    for key, message in _INCOMPLETE.items():
        if key in stated:
            return message
    return "states no number; give value, or low and high, or best and within, or another form"
