"""Units that say whom a number counts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import contested
from contested.language.nodes import Study
from contested.language.units import DIMENSIONLESS, parse_unit
from contested.report.counted import (
    InFull,
    Term,
    counted_unit,
    measured,
    short_unit,
    shortly,
    sides_beside,
    terms_of,
)
from sample_scenarios import EXACT, written

PEOPLE = (("person", Fraction(1)),)
GROUND = (("km", Fraction(2)),)


def term(measures: str, dimension: object = PEOPLE, place: str = "Ukraine", title: str = "Toll") -> Term:
    return Term(title=title, measures=measures, place=place, when="2025", dimension=dimension)  # type: ignore[arg-type]


FIGURES = """\
title: Asked of figures
as_of: 2025-06-01
inputs:
  days: {value: 120, unit: day, because: the calendar's}
  share: {low: 0.2, high: 0.3, because: as it may be}
figures:
  casualties: {title: Toll, unit: person, measures: killed and wounded, agreed: {value: 900, because: seen}}
  others: {title: Others, unit: person, measures: killed and wounded, agreed: {value: 100, because: seen}}
  missing: {title: Missing, unit: person, measures: killed or missing, agreed: {value: 90, because: seen}}
  area: {title: Area, unit: km², measures: land gained, agreed: {value: 30, because: seen}}
  bare: {title: Bare, unit: person, agreed: {value: 90, because: seen}}
  rate: {title: Recruits, unit: person/day, measures: recruits, agreed: {value: 9, because: seen}}
estimates:
  asked: {title: Asked, formula: "FORMULA", unit: UNIT, mismatch: as the test has it}
"""


def studied(folder: Path, formula: str, unit: str) -> Study:
    text = FIGURES.replace("FORMULA", formula).replace("UNIT", unit)
    return contested.load(written(folder, text)).study


@pytest.mark.parametrize(
    ("formula", "unit", "words"),
    [
        ("casualties / area", "person/km²", "casualties (killed and wounded) per km²"),
        ("casualties / days", "person/day", "casualties (killed and wounded) per day"),
        ("casualties + others", "person", "casualties (killed and wounded)"),
        ("casualties / area * area", "person", "casualties (killed and wounded)"),
        ("max(casualties, others)", "person", "casualties (killed and wounded)"),
        ("missing / area", "person/km²", "people (killed or missing) per km²"),
        ("rate * days", "person", "people (recruits)"),
        ("bare / area", "person/km²", "people per km²"),
        ("area / days", "km²/day", "km² per day"),
        # What is no count of the same any more.
        ("casualties * share", "person", "people"),
        ("2 * casualties", "person", "people"),
        ("casualties / share", "person", "people"),
        ("casualties + missing", "person", "people"),
        ("rate * days - casualties", "person", "people"),
    ],
)
def test_people_are_called_what_they_are_counted_as(
    tmp_path: Path, formula: str, unit: str, words: str
) -> None:
    assert counted_unit(studied(tmp_path, formula, unit), "asked", parse_unit(unit)) == words


def test_what_is_turned_over_counts_the_same(tmp_path: Path) -> None:
    study = studied(tmp_path, "casualties / area", "person/km²")
    assert short_unit(study, "asked", parse_unit("km²/(1000 person)")) == "km² per 1000 casualties"
    turned = studied(tmp_path, "area / casualties", "km²/person")
    assert short_unit(turned, "asked", parse_unit("person/km²")) == "casualties per km²"


def test_what_a_share_is_taken_of_is_not_what_the_share_is(tmp_path: Path) -> None:
    study = studied(tmp_path, "casualties * share", "person")
    sides = sides_beside(study, study.estimates["asked"].formula.expression)
    found = InFull.of([term("killed and wounded")], parse_unit("person"), sides)
    assert (found.unit, found.meanings) == ("people", ("“Toll” means killed and wounded",))


def test_what_counts_people_in_two_ways_is_of_people() -> None:
    found = InFull.of([term("killed and wounded"), term("killed")], parse_unit("person"))
    assert found.unit == "people"
    assert found.meanings == ("“Toll” means killed and wounded", "“Toll” means killed")


def test_place_and_dates_stand_once_where_all_share_them() -> None:
    found = InFull.of([term("killed and wounded"), term("land gained", GROUND)], parse_unit("person/km²"))
    assert (found.shared, found.unit, found.meanings) == (
        "Ukraine, 2025",
        "casualties (killed and wounded) per km² (land gained)",
        (),
    )


def test_each_side_has_its_own_place_where_they_differ() -> None:
    terms = [term("killed and wounded"), term("land gained", GROUND, place="Kursk oblast")]
    found = InFull.of(terms, parse_unit("person/km²"))
    assert found.shared == "2025"
    assert found.unit == "casualties (killed and wounded; Ukraine) per km² (land gained; Kursk oblast)"


def test_what_the_unit_does_not_name_is_said_unless_the_title_says_it() -> None:
    terms = [term("killed", title="Killed in Ukraine"), term("wounded", place="Kursk oblast", title="Others")]
    assert InFull.of(terms, DIMENSIONLESS).unit == ""
    assert InFull.of(terms, DIMENSIONLESS).meanings == (
        "“Killed in Ukraine” (Ukraine) means killed",
        "“Others” (Kursk oblast) means wounded",
    )
    assert InFull.of(terms[:1], DIMENSIONLESS).meanings == ()


def test_an_amount_says_what_it_is_of() -> None:
    assert measured("160,600 people", "killed and wounded") == "160,600 casualties (killed and wounded)"
    assert measured("1,627 km²", "land gained") == "1,627 km² (land gained)"
    assert measured("1,627 km²", "") == "1,627 km²"
    assert shortly("99 people / km²", "killed and wounded") == "99 casualties / km²"
    assert shortly("99 people", "killed or missing") == "99 people"
    assert shortly("99 people", "killed or gravely wounded") == "99 casualties"
    assert shortly("99 people", "Wounded and killed") == "99 casualties"
    assert shortly("99 people", "killed, without the wounded") == "99 people"
    assert shortly("99 people", "not killed but wounded") == "99 people"


def test_the_terms_are_the_figures_of_a_formula(tmp_path: Path) -> None:
    study = contested.load(written(tmp_path, EXACT)).study
    toll, area = terms_of(study, study.estimates["per_km2"].formula.expression)
    assert (toll.measures, toll.dimension, area.dimension) == ("killed and wounded", PEOPLE, GROUND)
    assert toll.when == area.when == "1 January to 30 April 2025"
