"""Weightings: completed, normalised, refused with the remedy."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contested.errors import ContestedError
from contested.language.faults import Faults
from contested.language.reading import read
from contested.language.weighting import WeightFault, even, parse_weights, read_weighting, shares, weights
from contested.language.yaml_text import load
from scenario_text import WHOLE_EXAMPLE, changed, faults_of, study_of

EVEN_TERRITORY = {"isw": 0.5, "deepstate": 0.5}


@pytest.fixture(scope="module")
def study():
    return read(WHOLE_EXAMPLE)


def test_others_is_the_weight_of_each_not_named(study):
    expected = {"toll": {"ukrainian": 0.2, "skeptic": 0.2, "osint": 0.6}, "territory": EVEN_TERRITORY}
    assert weights({"toll": {"osint": 3, "others": 1}}, study) == expected
    assert parse_weights("toll.osint=3, toll.others=1", study) == expected


def test_what_is_not_named_is_even(study):
    assert weights({}, study) == {"toll": even(study.disputes["toll"]), "territory": EVEN_TERRITORY}


@given(st.lists(st.integers(0, 2**20), min_size=1, max_size=8).filter(any), st.integers(1, 2**20))
def test_whole_number_multiples_change_no_bit(whole, factor):
    once = shares({str(index): float(weight) for index, weight in enumerate(whole)})
    again = shares({str(index): float(weight * factor) for index, weight in enumerate(whole)})
    assert once == again
    assert math.fsum(once.values()) == pytest.approx(1, abs=1e-15)


def test_order_changes_no_bit():
    one = shares({"a": 0.1, "b": 0.7, "c": 1e-9})
    other = shares({"c": 1e-9, "b": 0.7, "a": 0.1})
    assert one == other


@pytest.mark.parametrize(
    ("given_weights", "message"),
    [
        ({"tol": {"osint": 1}}, "unknown dispute 'tol'; did you mean 'toll'?"),
        ({"toll": {"osnit": 1, "others": 1}}, "toll: unknown source 'osnit'; did you mean 'osint'?"),
        ({"toll": {"osint": 1}}, "toll: gives no weight to ukrainian and skeptic; add it, or others"),
        ({"toll": {"others": 0}}, "toll: all weights are zero; give one of them more"),
        ({"toll": {"others": -1.5}}, "toll: a weight must be a finite number, zero or above (got -1.5)"),
        ({"toll": {"others": math.nan}}, "toll: a weight must be a finite number, zero or above (got nan)"),
        ({"toll": {"others": True}}, "toll: a weight must be a finite number, zero or above (got True)"),
        ({"toll": {"others": 1e308}}, "toll: the weights' sum is too large; divide them all"),
    ],
)
def test_refused_in_python(study, given_weights, message):
    with pytest.raises(ContestedError) as caught:
        weights(given_weights, study)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "'' is no weight; write dispute.source=weight, as in toll.osint=3"),
        ("osint=3", "'osint=3' is no weight; write dispute.source=weight, as in toll.osint=3"),
        ("toll.osint", "'toll.osint' is no weight; write dispute.source=weight, as in toll.osint=3"),
        ("toll.osint=3,", "'' is no weight; write dispute.source=weight, as in toll.osint=3"),
        ("toll.osint=much", "toll.osint: a weight must be a number (got 'much')"),
        ("toll.others=1,toll.others=2", "toll.others: stands twice; keep one"),
        ("toll.others=.inf", "toll: a weight must be a finite number, zero or above (got inf)"),
        ("tol.osint=3", "unknown dispute 'tol'; did you mean 'toll'?"),
    ],
)
def test_refused_on_the_command_line(study, text, message):
    with pytest.raises(ContestedError) as caught:
        parse_weights(text, study)
    assert str(caught.value) == message


SHARED = changed(
    ("    title: Whose count\n", "    title: Whose count\n    none_of_these: 0.1\n"),
    (
        "      osint: {low: 120000, high: 180000, because: judged}\n",
        "      osint: {low: 120000, high: 180000, because: judged}\n"
        "      none_of_these: {low: 50000, high: 300000, because: judged}\n",
    ),
)


def test_what_nobody_listed_has_its_share_of_every_weighting(tmp_path):
    study = study_of(tmp_path, SHARED + "weightings: {mine: {toll: {kyiv: 1, osint: 2}}, rest: {}}\n")
    dispute = study.disputes["toll"]
    assert dispute.none_of_these == 0.1 and dispute.listed == ("kyiv", "osint")
    assert list(dispute.sources) == ["kyiv", "osint", "none_of_these"]
    assert dispute.sources["none_of_these"].title == "None of these"
    third = {"kyiv": 0.9 * (1 / 3), "osint": 0.9 * (2 / 3), "none_of_these": 0.1}
    half = {"kyiv": 0.45, "osint": 0.45, "none_of_these": 0.1}
    assert study.weightings == {"mine": {"toll": third}, "rest": {"toll": half}, "even": {"toll": half}}
    assert weights({"toll": {"osint": 4, "others": 2}}, study) == {"toll": third}
    assert weights({}, study) == {"toll": half}
    assert parse_weights("toll.kyiv=1,toll.osint=2", study) == {"toll": third}


def test_what_nobody_listed_takes_no_weight_of_its_own(tmp_path):
    study = study_of(tmp_path, SHARED)
    message = (
        "toll: none_of_these takes no weight: its share is stated on the dispute, as in none_of_these: 0.1"
    )
    with pytest.raises(ContestedError, match=f"^{message}$"):
        weights({"toll": {"none_of_these": 0.2, "others": 1}}, study)
    with pytest.raises(ContestedError, match=f"^{message}$"):
        parse_weights("toll.kyiv=1,toll.osint=1,toll.none_of_these=1", study)


def test_by_is_asked_where_there_is_no_dispute(tmp_path):
    text = (
        "title: t\nas_of: 2025-01-01\nfigures: {a: {title: A, agreed: {value: 1, because: j}}}\n"
        "estimates: {e: {title: E, formula: a}}\nweightings: {w: {by: hearsay}, v: {by: lineage}}\n"
    )
    assert faults_of(tmp_path, text, None) == [
        "s.yaml:5:22: weightings.w.by: must be lineage or performance (got text 'hearsay')"
    ]
    study = study_of(tmp_path, text.replace("hearsay", "lineage"), None)
    assert study.weightings == {"w": {}, "v": {}, "even": {}}


def test_a_way_that_has_no_weights_for_a_dispute_says_so_at_its_place(tmp_path):
    def way(dispute):
        raise WeightFault(f"nothing is known of '{dispute.name}'")

    (tmp_path / "w.yaml").write_text("both: {by: record}\none: {toll: {by: record}}\n", encoding="utf-8")
    faults, disputes = Faults(), read(WHOLE_EXAMPLE).disputes
    top = load(tmp_path / "w.yaml", "w.yaml", faults)
    for _, place in top.items():
        found = read_weighting(place, disputes, {"record": way}, faults)
        assert found == {name: even(dispute) for name, dispute in disputes.items()}
    assert sorted(map(str, faults.found)) == [
        "w.yaml:1:12: both.by: nothing is known of 'territory'",
        "w.yaml:1:12: both.by: nothing is known of 'toll'",
        "w.yaml:2:18: one.toll.by: nothing is known of 'toll'",
    ]
