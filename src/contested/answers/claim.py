"""A sentence's arithmetic: casualties over an area, and what is said of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from contested.answers.amounts import stated
from contested.answers.audit import Library
from contested.answers.audit_ratios import parts_of, searched
from contested.answers.finding import Finding
from contested.answers.pairs import Pairs
from contested.answers.ratio_check import RatioCheck, check_ratio
from contested.errors import ContestedError
from contested.language import hints
from contested.language.faults import listed, quoted, unknown
from contested.language.ratios import Amount, Part, Quotient, parse_amount
from contested.language.rounding import Span
from contested.language.units import (
    DIMENSIONLESS,
    Unit,
    UnitError,
    dimension_text,
    parse_unit,
    same_dimension,
)

_PERSON, _KM2 = parse_unit("person"), parse_unit("km²")
_WORDED = re.compile(r"([0-9][0-9., '_]*)\s*([A-Za-z].*)?", re.DOTALL)
_AREAS = {  # as sentences name them: as they are written here
    r"(square|sq\.?)\s*(miles?|mi\.?)": "mi2",
    r"(square|sq\.?)\s*(kilomet(re|er)s?|kms?\.?)|sqkm": "km2",
    r"hectares?": "ha",
    r"km2|km²": "km2",
    r"mi2|mi²": "mi2",
    r"ha": "ha",
}
_PER = re.compile(r"^([0-9.]+)\s*/")  # 68/km2: people are meant
_MANY = re.compile(r"(k|thousand|million)\b\s*(.*)")
_PEOPLE = r"people|persons?|soldiers?|men|troops|casualties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a sentence's numbers come to.

    Attributes
    ----------
    id : str or None
        The register entry that it is, if it is one.
    quotient : Quotient or None
        Its parts; None where nobody names any.
    ratio : Amount or None
        Their quotient, in people per the area's own unit; None without parts.
    says : Amount or None
        The ratio that is stated.
    check : RatioCheck or None
        How the two stand to each other.
    elsewhere : tuple of Finding
        Of a ratio without parts: which entries give it.
    """

    id: str | None
    quotient: Quotient | None
    ratio: Amount | None
    says: Amount | None
    check: RatioCheck | None
    elsewhere: tuple[Finding, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """All of it as it is printed as JSON, at full precision."""
        parts = None if self.quotient is None else (self.quotient.above, self.quotient.below)
        check = self.check
        return {
            "entry": self.id,
            "parts": None if parts is None else [{"text": p.text, **_plain(p.amount)} for p in parts],
            "ratio": None if self.ratio is None else _plain(self.ratio),
            "says": None if self.says is None else _plain(self.says),
            "difference": None if check is None else _difference(check),
            "relative_difference": None if check is None or check.excess is None else float(check.excess),
            "fits": None
            if check is None
            else {"digits": check.fits == "digits", "zeros": check.fits != "neither"},
            "slips": [] if check is None else list(check.slips),
            "elsewhere": [finding.message for finding in self.elsewhere],
        }


def claimed(casualties: str, area: str, says: str | None) -> Claim:
    """Work out a sentence's ratio from its own numbers.

    Parameters
    ----------
    casualties, area : str
        As written: `28880`, `499.43km2`.
    says : str, optional
        The ratio that the sentence states: per the area's unit, where it names none.

    Raises
    ------
    ContestedError
        Where one of them cannot be read, with how to write it.
    """
    above, below = _given(casualties, area)
    assert above is not None and below is not None  # both were given
    return _claim(None, Quotient(above=above, below=below), says, None)


def claimed_by_entry(
    library: Library,
    id_: str,
    casualties: str | None = None,
    area: str | None = None,
    says: str | None = None,
) -> Claim:
    """The same of a register's entry; what is given goes before what the entry says.

    Raises
    ------
    ContestedError
        Where there is no such entry, or it states no ratio.
    """
    entry = library.cited.get(id_)
    ratios = [other.id for other in library.cited.values() if other.is_ratio]
    if entry is None:
        raise ContestedError(unknown("register entry", id_, library.cited))
    if not entry.is_ratio or entry.amount is None:
        what = "no single number" if entry.amount is None else stated(entry.amount)
        known_ones = f"ratios here: {listed(ratios)}" if ratios else "the register has no ratio"
        raise ContestedError(f"'{id_}' states no ratio but {what}; {known_ones}")
    pairs = Pairs.of(library.cited)
    known = parts_of(entry, pairs)
    given = _given(casualties, area)
    above = given[0] or (known.above if known else None)
    below = given[1] or (known.below if known else None)
    if above is not None and below is not None:
        return _claim(id_, Quotient(above=above, below=below), says, entry.amount)
    if casualties is not None or area is not None:
        missing = "--area" if below is None else "--casualties"
        raise ContestedError(f"'{id_}' names no parts; {missing} is needed too")
    amount = entry.amount if says is None else _says(says, entry.unit)
    found = tuple(searched(entry, amount, list(pairs.like(entry))))
    return Claim(id=id_, quotient=None, ratio=None, says=amount, check=None, elsewhere=found)


def _claim(id_: str | None, quotient: Quotient, says: str | None, own: Amount | None) -> Claim:
    ratio = quotient.ratio
    if ratio is None:
        raise ContestedError(f"{quotient.below.text} may be zero or less: nothing can be divided by it")
    if own is not None and same_dimension(own.unit, ratio.unit):
        ratio = ratio.to(own.unit)
    stated_ = own if says is None else _says(says, own.unit if own is not None else ratio.unit)
    check = None if stated_ is None else check_ratio(stated_, quotient)
    if check is not None and not check.is_of_one_dimension and not check.slips:
        kinds = f"{dimension_text(ratio.unit)} (got {dimension_text(check.stated.unit)})"
        raise ContestedError(f"what is stated must be in a unit of {kinds}")
    return Claim(id=id_, quotient=quotient, ratio=ratio, says=stated_, check=check)


def _given(casualties: str | None, area: str | None) -> tuple[Part | None, Part | None]:
    """What was given of the two; all that is wrong with them at once."""
    read: list[Part | None] = []
    wrong: list[str] = []
    for reader, text in ((_casualties, casualties), (_area, area)):
        try:
            read.append(None if text is None else reader(text))
        except ContestedError as error:
            wrong.append(str(error))
    if wrong:
        raise ContestedError("; ".join(wrong))
    above, below = read
    return above, below


def _casualties(text: str) -> Part:
    amount = _read("--casualties", text, _PERSON, "")
    if not same_dimension(amount.unit, _PERSON):
        raise ContestedError(f"--casualties: must be people (got {amount.unit}); write a number alone")
    if amount.number.written.low < 0:
        raise ContestedError(f"--casualties: must not be below 0 (got {text})")
    return Part(text=stated(amount), amount=amount, entries=())


def _area(text: str) -> Part:
    amount = _read("--area", text, DIMENSIONLESS, "km2")
    if amount.unit == DIMENSIONLESS:
        raise ContestedError(f"--area: needs its unit; write {text.strip()}km2, or {text.strip()}mi2")
    if not same_dimension(amount.unit, _KM2):
        raise ContestedError(f"--area: must be an area (got {amount.unit}); write it in km2, mi2 or ha")
    if not amount.number.is_positive:
        raise ContestedError(f"--area: must be above 0 (got {text}); without ground gained there is no ratio")
    return Part(text=stated(amount), amount=amount, entries=())


def _says(text: str, alone: Unit) -> Amount:
    return _read("--says", _PER.sub(r"\1 person/", text.strip()), alone, "")


def _read(option: str, text: str, alone: Unit, unit: str) -> Amount:
    try:
        return parse_amount(text.strip(), alone)
    except UnitError as error:
        remedy = _meant(text.strip(), unit) or f": {error.message}"
        raise ContestedError(f"{option}: cannot read {quoted(text)}{remedy}") from None


def _meant(text: str, unit: str) -> str:
    """How to write what was plainly meant, empty where that is not plain."""
    found = _WORDED.fullmatch(text)
    if found is None:
        return ""
    number, words = found[1].strip(), (found[2] or "").strip().lower()
    if thousands := _MANY.fullmatch(words):
        number, words = f"{number} {thousands[1]}", thousands[2]
    hint = re.match(r"; write ([0-9.]+)", hints.number(number))
    short = next((short for pattern, short in _AREAS.items() if re.fullmatch(pattern, words)), None)
    if hint is None or not (short or not words or re.fullmatch(_PEOPLE, words)):
        return ""
    return f"; write {hint[1]}{short or ('' if words else unit)}"


def _plain(amount: Amount) -> dict[str, Any]:
    number = amount.number
    return {
        "written": _ends(number.written),
        "unit": str(amount.unit),
        "bound": next(iter(amount.bounds)) if len(amount.bounds) == 1 else None,
        "every_digit_counts": _ends(number.digits),
        "zeros_may_be_rounding": _ends(number.zeros),
    }


def _ends(span: Span) -> list[float]:
    return [float(span.low), float(span.high)]


def _difference(check: RatioCheck) -> float | None:
    if check.excess is None:
        return None
    return float(check.stated.number.written.low - check.recomputed.number.written.low)
