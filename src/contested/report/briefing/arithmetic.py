"""The arithmetic of published ratios: what was divided by what, whose they are, and what comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from contested.answers.amounts import computed, stated
from contested.answers.audit import open_register
from contested.answers.cited import Cited
from contested.answers.comparison import Comparison
from contested.answers.ratio_check import RatioCheck, check_ratio
from contested.errors import ContestedError
from contested.language.nodes import Study
from contested.language.ratios import Amount, Quotient
from contested.language.ratios import Part as Divided
from contested.language.units import Unit, same_dimension
from contested.report.briefing.citations import in_spoken_unit, of_entry
from contested.report.briefing.evidence import Citation
from contested.report.briefing.sections import Arithmetic, Part
from contested.report.claim_page import beside_its_parts, judged
from contested.report.counted import measured, shortly
from contested.report.plain import plain
from contested.report.wording import enumerated, figures_of, spoken_unit


def arithmetic(comparison: Comparison, estimate: str) -> Iterator[Arithmetic]:
    """Every published ratio of facts that the scenario rests on, those of the estimate's own days first.

    What a ratio is of is what the register says it is (`ratio_of`), and nothing is read from words. Each of
    its parts must name a fact that the scenario uses, or one that passes such a fact on.

    Raises
    ------
    ContestedError
        Where the register is no longer what the scenario was run from.
    """
    study = comparison.study
    cited = _register(study)
    days = {
        figure.period for figure in figures_of(study, study.estimates[estimate].formula.expression).values()
    }
    of_same: dict[tuple[str, str], list[tuple[Cited, RatioCheck]]] = {}
    for entry in sorted(cited.values(), key=lambda entry: entry.period not in days):
        check = _checked(entry, study, cited)
        if check is not None and entry.quotient is not None:
            parts = entry.quotient
            of_same.setdefault((parts.above.text, parts.below.text), []).append((entry, check))
    return (_arithmetic(entries, cited) for entries in of_same.values())


def _register(study: Study) -> Mapping[str, Cited]:
    if study.register_sha256 is None:
        return {}
    library = open_register(study.files[1])  # the scenario's own file comes first
    if library.register.sha256 != study.register_sha256:
        raise ContestedError(f"the register {study.files[1].name} changed while it ran; run again")
    return library.cited


def _checked(entry: Cited, study: Study, cited: Mapping[str, Cited]) -> RatioCheck | None:
    """How a ratio stands to its parts; None where it is none of facts that the scenario rests on."""
    parts = entry.quotient
    if parts is None or entry.amount is None or entry.entry.published > study.as_of:
        return None
    named = parts.above.entries, parts.below.entries
    if not all(each and all(_used(id_, study, cited) for id_ in each) for each in named):
        return None
    return check_ratio(entry.amount, parts)


def _used(id_: str, study: Study, cited: Mapping[str, Cited]) -> bool:
    """Whether the scenario uses a fact, or one that it passes on."""
    seen: set[str] = set()
    while id_ in cited and id_ not in seen:
        if id_ in study.facts:
            return True
        seen.add(id_)
        id_ = cited[id_].text("relays")
    return False


def _arithmetic(entries: list[tuple[Cited, RatioCheck]], cited: Mapping[str, Cited]) -> Arithmetic:
    # What was printed in a unit of the quotient says in which one to show it.
    first, check = next((each for each in entries if each[1].is_of_one_dimension), entries[0])
    parts = first.quotient
    assert parts is not None  # those without parts were left out
    ratio = check.recomputed
    above = _part(parts.above, parts.above.amount, cited)
    below = _part(parts.below, _whole(parts, ratio.unit), cited)
    whose = dict.fromkeys(each.publisher for each in (*above.cited, *below.cited))
    return Arithmetic(
        published=tuple(of_entry(entry, cited) for entry, _ in entries),
        equation=shortly(
            f"{_spoken(parts.above.amount)} / {_spoken(_whole(parts, ratio.unit))} = "
            f"{in_spoken_unit(computed(ratio), ratio.unit)}",
            _measures(above.cited),
        ),
        value=float(ratio.number.written.low),
        unit=plain(spoken_unit(str(ratio.unit))),
        above=above,
        below=below,
        verdict=" ".join(_printed(entries, list(whose))),
    )


def _whole(parts: Quotient, unit: Unit) -> Amount:
    """What is divided by; a share of something as that much of it: 1 % of 603,550 km² is 6,035.5 km²."""
    amount, own = parts.below.amount, parts.above.amount.unit / unit
    return amount.to(own) if " of " in parts.below.text and same_dimension(amount.unit, own) else amount


def _part(part: Divided, amount: Amount, cited: Mapping[str, Cited]) -> Part:
    entries = tuple(of_entry(cited[id_], cited) for id_ in part.entries)
    whose = dict.fromkeys(
        f"{each.publisher}{f', passing on {each.relays}' if each.relays else ''}" for each in entries
    )
    return Part(
        text=plain(part.text),
        number=measured(_spoken(amount), _measures(entries)),
        whose=enumerated(list(whose)),
        cited=entries,
    )


def _spoken(amount: Amount) -> str:
    return in_spoken_unit(stated(amount), amount.unit)


def _measures(entries: Iterable[Citation]) -> str:
    """What entries measure; empty where they differ in that."""
    found = {entry.measures for entry in entries}
    return found.pop() if len(found) == 1 else ""


def _printed(entries: list[tuple[Cited, RatioCheck]], whose: list[str]) -> Iterator[str]:
    """Who printed what, and how that stands to the quotient of numbers that these published."""
    printing: dict[str, list[tuple[Cited, RatioCheck]]] = {}
    for entry, check in entries:
        text = shortly(_spoken(check.stated), entry.text("measures"))
        printing.setdefault(text, []).append((entry, check))
    for text, alike in printing.items():
        who = enumerated(list(dict.fromkeys(plain(entry.text("publisher")) for entry, _ in alike)))
        check = alike[0][1]
        # What stands under the names of both whose numbers it divides, neither of them printed.
        ours = len(whose) > 1 and who == enumerated(whose)
        by = "The register, dividing the two, has" if ours else f"{who[0].upper()}{who[1:]} printed"
        yield f"{by} {text}{beside_its_parts(check)}."
        yield from judged(check)
