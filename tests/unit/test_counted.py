"""Units that say whom a number counts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import contested
from contested.language.units import DIMENSIONLESS, parse_unit
from contested.report.counted import InFull, Term, counted_unit, measured, shortly, terms_of
from sample_scenarios import EXACT, written

PEOPLE = (("person", Fraction(1)),)
GROUND = (("km", Fraction(2)),)


def term(measures: str, dimension: object = PEOPLE, place: str = "Ukraine", title: str = "Toll") -> Term:
    return Term(title=title, measures=measures, place=place, when="2025", dimension=dimension)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("unit", "measures", "words"),
    [
        ("person/km²", "killed and wounded", "casualties (killed and wounded) per km²"),
        ("person", "killed or gravely wounded", "casualties (killed or gravely wounded)"),
        ("person/day", "killed or missing", "people (killed or missing) per day"),
        ("person/km²", "", "people per km²"),
        ("km²/day", "killed and wounded", "km² per day"),
    ],
)
def test_people_are_called_what_they_are_counted_as(unit: str, measures: str, words: str) -> None:
    assert counted_unit([term(measures), term("land gained", GROUND)], parse_unit(unit)) == words


def test_what_counts_people_in_two_ways_is_of_people() -> None:
    both = [term("killed and wounded"), term("killed")]
    assert counted_unit(both, parse_unit("person/km²")) == "people per km²"
    found = InFull.of(both, parse_unit("person"))
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
    assert InFull.of(terms, DIMENSIONLESS).unit == counted_unit(terms, DIMENSIONLESS) == ""
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


def test_the_terms_are_the_figures_of_a_formula(tmp_path: Path) -> None:
    study = contested.load(written(tmp_path, EXACT)).study
    toll, area = terms_of(study, study.estimates["per_km2"].formula.expression)
    assert (toll.measures, toll.dimension, area.dimension) == ("killed and wounded", PEOPLE, GROUND)
    assert toll.when == area.when == "1 January to 30 April 2025"
