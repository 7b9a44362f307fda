"""A sentence's arithmetic as people read it."""

from __future__ import annotations

from collections.abc import Iterator

from contested.answers.amounts import allowed, computed, figures, stated
from contested.answers.claim import Claim
from contested.answers.ratio_check import RatioCheck
from contested.language.ratios import Amount
from contested.language.units import parse_unit, same_dimension
from contested.report.layout import Heading, Line, Note, set_lines
from contested.report.plain import plain

NARROWEST, WIDEST = 40, 100
_PER_KM2 = parse_unit("person/km²")
_VERDICTS = {
    "digits": "It lies inside what rounding allows, even where every digit counts.",
    "zeros": "It lies inside what rounding allows only where zeros that end a number are rounding.",
    "neither": "It lies outside what rounding allows, however zeros are read.",
}


def render_claim(claim: Claim, *, width: int = 80, styled: bool = False) -> str:
    """What the parts give, what their rounding allows, and how what is stated stands to that.

    Parameters
    ----------
    claim : Claim
    width : int
        Columns there are; at most 100 are used.
    styled : bool
        Whether the first line is set in bold.
    """
    lines = list(_divided(claim) if claim.ratio is not None else _searched(claim))
    return set_lines(lines, width=min(max(width, NARROWEST), WIDEST), styled=styled)


def _divided(claim: Claim) -> Iterator[Line]:
    assert claim.quotient is not None and claim.ratio is not None
    named = f"{plain(claim.id)}: " if claim.id else ""
    yield Heading(f"{named}{plain(claim.quotient.text)} = {computed(claim.ratio)}{_per_km2(claim.ratio)}")
    yield from _rounding(claim.ratio)
    if claim.check is not None:
        yield from verdict_lines(claim.check)


def _per_km2(ratio: Amount) -> str:
    """The same per km², where it is in people per another area."""
    if ratio.unit == _PER_KM2 or not same_dimension(ratio.unit, _PER_KM2):
        return ""
    return f", or {computed(ratio.to(_PER_KM2))}"


def _rounding(ratio: Amount) -> Iterator[Line]:
    digits, zeros = allowed(ratio, zeros=False), allowed(ratio, zeros=True)
    if ratio.number.digits == ratio.number.zeros:
        yield Note(f"Rounding of the parts allows {digits}.", 2)
        return
    yield Note(
        f"Rounding of the parts allows {digits} where every digit counts, and {zeros} where zeros that end a "
        "number may be rounding.",
        2,
    )


def verdict_lines(check: RatioCheck) -> Iterator[Note]:
    """How what is stated stands to the quotient of its parts."""
    yield Note(f"Stated: {stated(check.stated)}{beside_its_parts(check)}.", 2)
    yield from (Note(text, 2) for text in judged(check))


def beside_its_parts(check: RatioCheck) -> str:
    """By how much a ratio is more or less than its parts give; nothing where that is no number."""
    if check.excess is None:
        return ""
    apart = abs(check.stated.number.written.low - check.recomputed.number.written.low)
    side = "more" if check.excess > 0 else "less"
    share = f"{figures(abs(100 * check.excess), 2)} %"
    return f", {figures(apart)} ({share}) {side} than its parts give" if apart else ", as its parts give"


def judged(check: RatioCheck) -> Iterator[str]:
    """Whether rounding explains the difference, and which slip would, as sentences."""
    if check.is_of_one_dimension:
        yield f"Its own rounding allows {allowed(check.stated, zeros=False)}. {_VERDICTS[check.fits]}"
    else:
        yield "Its unit is not that of its parts divided."
    if check.slips:
        yield f"It fits if {plain(' or if '.join(check.slips))}."


def _searched(claim: Claim) -> Iterator[Line]:
    assert claim.says is not None
    yield Heading(f"{plain(claim.id or '')}: {stated(claim.says)}, without parts of its own")
    for finding in claim.elsewhere:
        yield Note(f"It {plain(finding.message)}.", 2)
    if not claim.elsewhere:
        yield Note(
            "The register has nothing that says otherwise; give --casualties and --area to check it.", 2
        )
