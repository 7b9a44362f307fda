"""A ratio that is worked out from its parts fits them; and units are how it is written, not what it is."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from contested.answers.ratio_check import RatioCheck, check_ratio
from contested.language.ratios import Part, Quotient, parse_amount
from contested.language.rounding import rounded
from contested.language.units import DIMENSIONLESS, exact_scale, parse_unit
from strategies import laws

AREAS = st.sampled_from(["km²", "mi²", "ha"])
TOLLS = st.integers(1, 2_000_000).map(str)
GROUND = st.decimals("0.01", "90000", places=2).map(str)


def checked(stated: str, toll: str, area: str) -> RatioCheck:
    def part(text: str) -> Part:
        return Part(text=text, amount=parse_amount(text, DIMENSIONLESS), entries=())

    check = check_ratio(parse_amount(stated, DIMENSIONLESS), Quotient(above=part(toll), below=part(area)))
    assert check is not None
    return check


def shortened(value: Fraction, digits: int) -> str:
    """A number rounded to so many significant digits, in plain digits."""
    context = Context(prec=60, rounding=ROUND_HALF_EVEN)
    exact = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{exact.quantize(Decimal(1).scaleb(exact.adjusted() - digits + 1), context=context):f}"


@laws(200)
@given(TOLLS, GROUND, AREAS, AREAS, st.integers(1, 9))
def test_a_ratio_computed_and_rounded_lies_inside(toll, ground, area, per, digits):
    size = exact_scale(parse_unit(area)) / exact_scale(parse_unit(per))
    ratio = Fraction(toll) / (Fraction(ground) * size)
    fits = checked(f"{shortened(ratio, digits)} person/{per}", f"{toll} person", f"{ground} {area}").fits
    assert fits in ("digits", "zeros")
    assert fits == "digits" or ratio > 10**digits  # zeros can only have come of rounding a whole number


@laws(200)
@given(TOLLS, GROUND, st.integers(1, 10**6), st.integers(-3, 3), AREAS)
def test_whole_multiples_of_units_change_nothing(toll, ground, digits, exponent, area):
    """What is said per 1000 of an area, of an area in the same thousands, is the same comparison."""
    says = f"{Decimal(digits).scaleb(exponent):f}"
    plain = checked(f"{says} person/{area}", f"{toll} person", f"{ground} {area}")
    scaled = checked(
        f"{says} person/(1000 {area})",
        f"{toll} person",
        f"{ground} 1000·{area}".replace(" 1000·", " (1000 ") + ")",
    )
    assert (plain.fits, plain.excess) == (scaled.fits, scaled.excess)


@laws(200)
@given(TOLLS, GROUND, AREAS, AREAS)
def test_the_quotient_does_not_depend_on_the_unit_it_is_shown_in(toll, ground, area, per):
    found = checked(f"1 person/{per}", f"{toll} person", f"{ground} {area}").recomputed
    base = checked("1 person/km²", f"{toll} person", f"{ground} {area}").recomputed
    assert found.to(base.unit).number == base.number


@laws(200)
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
def test_a_number_lies_in_its_own_rounding(value):
    number = rounded(f"{value:f}")
    assert (
        number.zeros.low <= number.digits.low < number.written.low < number.digits.high <= number.zeros.high
    )


@laws(200)
@given(st.integers(1, 10**7), st.integers(0, 6))
def test_a_number_rounded_to_zeros_may_be_the_number(value, zeros):
    """Reading the zeros of a rounded number as rounding always lets the number back in."""
    shown = round(value, -zeros)
    if shown:
        assert rounded(str(shown)).zeros.low <= value <= rounded(str(shown)).zeros.high
