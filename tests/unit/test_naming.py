"""Naming many combinations by few sources, and models by how they depart from the usual one."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.answers.naming import Assumed, named, simplest

TOLLS, MAPS = ("kyiv", "osint", "skeptic"), ("deepstate", "isw")
BOTH = (TOLLS, MAPS)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([], ()),
        ([("kyiv", "isw")], (((0, "kyiv"), (1, "isw")),)),
        ([("kyiv", "isw"), ("kyiv", "deepstate")], (((0, "kyiv"),),)),
        ([(toll, "isw") for toll in TOLLS], (((1, "isw"),),)),
        (
            [("kyiv", "isw"), ("kyiv", "deepstate"), ("osint", "isw")],
            (((0, "kyiv"),), ((0, "osint"), (1, "isw"))),
        ),
        (list(itertools.product(*BOTH)), ((),)),
    ],
)
def test_a_source_stands_by_itself_where_every_combination_with_it_is_chosen(
    chosen: list[tuple[str, ...]], expected: tuple[object, ...]
) -> None:
    assert named(chosen, BOTH) == expected


def test_a_scenario_without_disputes_has_one_combination() -> None:
    assert named([()], ()) == ((),)
    assert named([], ()) == ()


@given(st.sets(st.sampled_from(list(itertools.product(TOLLS, MAPS, ("a", "b", "c"))))))
def test_the_names_mean_the_chosen_and_no_other(chosen: set[tuple[str, ...]]) -> None:
    sources = (*BOTH, ("a", "b", "c"))
    found = named(chosen, sources)
    meant = {
        combination
        for combination in itertools.product(*sources)
        if any(all(combination[index] == source for index, source in name) for name in found)
    }
    assert meant == chosen
    assert len(found) <= len(chosen)


def test_the_simplest_models_depart_in_no_more_than_they_must() -> None:
    usual = Assumed("lines", "linear", "scenario")
    by_rule = Assumed("lines", "logarithmic", "scenario")
    by_both = Assumed("even", "logarithmic", "scenario")
    apart = Assumed("even", "linear", "per_figure")
    assert simplest([by_rule, by_both, apart], usual) == (by_rule, apart)
    assert simplest([usual, by_rule, apart], usual) == (usual,)
    assert simplest([], usual) == ()
