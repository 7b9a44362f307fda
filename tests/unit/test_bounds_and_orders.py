"""Sets of weightings that a scenario states: bounds and orders."""

from __future__ import annotations

import pytest

from scenario_text import SMALL, changed, faults_of, study_of

THREE = changed(
    ("sources: {kyiv: Kyiv, osint: Open sources}", "sources: {kyiv: Kyiv, osint: Open sources, post: Post}"),
    (
        "      osint: {low: 120000, high: 180000, because: judged}\n",
        "      osint: {low: 120000, high: 180000, because: judged}\n"
        "      post: {low: 100000, high: 150000, because: judged}\n",
    ),
)


def test_a_scenario_need_state_none(tmp_path):
    study = study_of(tmp_path)
    assert study.bounds == {} and study.at_least == {}


def test_a_source_without_bounds_is_free(tmp_path):
    study = study_of(tmp_path, THREE + "bounds: {toll: {osint: [0.2, 0.6], post: [0, 0x1]}}\n")
    assert study.bounds == {"toll": {"kyiv": (0.0, 1.0), "osint": (0.2, 0.6), "post": (0.0, 1.0)}}


@pytest.mark.parametrize(
    "bounds",
    [
        "{kyiv: [0.01, 0.01], osint: [0.29, 0.29], post: [0.7, 0.7]}",  # a sum below one in binary
        "{kyiv: [0.6, 0.6], osint: [0.3, 0.3], post: [0.1, 0.1]}",
        "{kyiv: [1, 1], osint: [0, 0], post: [0, 0]}",
        "{kyiv: [0, 1]}",
    ],
)
def test_bounds_that_one_weighting_meets(tmp_path, bounds):
    assert faults_of(tmp_path, THREE + f"bounds: {{toll: {bounds}}}\n") == []


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        (
            "{kyiv: [0.5, 1], osint: [0.50001, 1]}",
            "the least that sources may have sums to 1.00001; lower some, to 1 in all or less",
        ),
        (
            "{kyiv: [0, 0.3], osint: [0, 0.3], post: [0, 0.3999]}",
            "the most that sources may have sums to 0.9999; raise some, to 1 in all or more",
        ),
    ],
)
def test_bounds_that_no_weighting_meets(tmp_path, bounds, found):
    faults = faults_of(tmp_path, THREE + f"bounds:\n  toll: {bounds}\n")
    assert [fault.split(": ", 2)[2] for fault in faults] == [f"no weighting meets these bounds: {found}"]


def test_bounds_are_shares_among_those_listed(tmp_path):
    """A share of none_of_these takes nothing of what the listed may have."""
    text = changed(
        ("    title: Whose count\n", "    title: Whose count\n    none_of_these: 0.5\n"),
        (
            "      osint: {low: 120000, high: 180000, because: judged}\n",
            "      osint: {low: 120000, high: 180000, because: judged}\n"
            "      none_of_these: {low: 50000, high: 300000, because: judged}\n",
        ),
        text=SMALL,
    )
    study = study_of(tmp_path, text + "bounds: {toll: {kyiv: [0.6, 1]}}\n")
    assert study.bounds == {"toll": {"kyiv": (0.6, 1.0), "osint": (0.0, 1.0)}}


def test_orders_stand_as_written(tmp_path):
    study = study_of(tmp_path, THREE + "at_least: {toll: [[osint, kyiv], [kyiv, post], [post, osint]]}\n")
    assert study.at_least == {"toll": (("osint", "kyiv"), ("kyiv", "post"), ("post", "osint"))}


def test_nothing_is_asked_of_a_dispute_at_fault(tmp_path):
    text = changed(("sources: {kyiv: Kyiv, osint: Open sources}", "none_of_these: 0.1\n    sources: {}"))
    stated = (
        "bounds: {toll: {kyiv: [0, 0.1]}}\nat_least: {toll: [[kyiv, osint]]}\n"
        "weightings: {w: {toll: {kyiv: 1, osint: 1}}, v: {by: lineage}}\n"
    )
    faults = faults_of(tmp_path, text + stated)
    assert len(faults) == 1 and "must hold at least 1 entry" in faults[0]
