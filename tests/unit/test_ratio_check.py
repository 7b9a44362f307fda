"""A stated ratio against its parts: what fits, by which reading, and which slip explains the rest."""

from __future__ import annotations

import pytest

from contested.answers.ratio_check import check_ratio
from contested.language.ratios import Amount, Part, Quotient, parse_amount
from contested.language.units import DIMENSIONLESS


def amount(text: str) -> Amount:
    low, to, high = text.partition(" to ")
    found = parse_amount(high if to else low, DIMENSIONLESS)
    return Amount(parse_amount(low, found.unit).number.to(found.number), found.unit) if to else found


def quotient(above: str, below: str) -> Quotient:
    return Quotient(
        above=Part(text="toll", amount=amount(above), entries=()),
        below=Part(text="area", amount=amount(below), entries=()),
    )


@pytest.mark.parametrize(
    ("stated", "above", "below", "fits"),
    [
        ("99 person/km²", "160600 person", "1627 km²", "digits"),  # 98.71
        ("98.7 person/km²", "160600 person", "1627 km²", "digits"),
        ("98 person/km²", "160600 person", "1627 km²", "neither"),
        ("68 person/km²", "130160 person", "1910.39 km²", "digits"),  # 68.13
        ("57.82 person/km²", "28880 person", "499.43 km²", "digits"),  # 57.8259, allowed from 57.824
        ("57.83 person/km²", "28880 person", "499.43 km²", "digits"),
        ("57.84 person/km²", "28880 person", "499.43 km²", "zeros"),  # 28,885 / 499.425 is 57.836
        ("57.85 person/km²", "28880 person", "499.43 km²", "neither"),
        ("80 person/km²", "200000 person", "1000 mi²", "zeros"),  # 77.2, and 80 may be 75 to 85
        ("0.01 km²/person", "1627 km²", "160600 person", "digits"),
        ("72 %", "300000 person", "415000 person", "digits"),
        ("2.69 to 3.36", "875000 person to 925000 person", "275000 person to 325000 person", "digits"),
        ("2.70 to 3.36", "875000 person to 925000 person", "275000 person to 325000 person", "zeros"),
        ("2.69 to 5.00", "875000 person to 925000 person", "275000 person to 325000 person", "neither"),
    ],
)
def test_what_rounding_allows(stated, above, below, fits):
    check = check_ratio(amount(stated), quotient(above, below))
    assert check is not None
    assert check.fits == fits


@pytest.mark.parametrize(
    ("stated", "above", "below", "slips"),
    [
        ("77 person/mi²", "200000 person", "1000 mi²", ("the ratio is read per km²",)),
        ("200 person/km²", "200000 person", "1000 mi²", ("area is read in km²", "the ratio is read per mi²")),
        ("38.1 person/km²", "160600 person", "1627 km²", ("area is read in mi²",)),
        ("98.7 person/km²", "160600 person", "1627 ha", ("area is read in km²", "the ratio is read per ha")),
        ("59 person/km", "174935 person", "2949 km²", ("the ratio is read per km²",)),
        ("98.7 person/km²", "160.6 person", "1627 km²", ("toll is read in thousands",)),
        ("45 person/km²", "160600 person", "1627 km²", ()),
        ("5 person/day", "160600 person", "1627 km²", ()),
        ("99 person/km²", "160600 person", "1627 km²", ()),  # it fits as it is
    ],
)
def test_slips_of_units(stated, above, below, slips):
    check = check_ratio(amount(stated), quotient(above, below))
    assert check is not None
    assert check.slips == slips


def test_what_may_be_zero_gives_no_ratio():
    assert check_ratio(amount("5 person/km²"), quotient("1 person", "0 km²")) is None
    assert check_ratio(amount("5 person/km²"), quotient("1 person", "-120 km²")) is None


def test_how_far_it_is_from_its_parts():
    check = check_ratio(amount("110 person/km²"), quotient("100 person", "1 km²"))
    assert check is not None
    assert check.excess == pytest.approx(0.1)
    unlike = check_ratio(amount("59 person/km"), quotient("100 person", "1 km²"))
    assert unlike is not None
    assert (unlike.excess, unlike.is_of_one_dimension) == (None, False)
