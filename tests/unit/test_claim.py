"""A sentence's arithmetic, from its own numbers and from a register's entry."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from contested.answers.audit import Library, open_register
from contested.answers.claim import claimed, claimed_by_entry
from contested.errors import ContestedError
from contested.report.claim_page import render_claim


@pytest.fixture(scope="module")
def shipped() -> Library:
    return open_register(Path(__file__).parents[2] / "configs" / "register.yaml")


def test_a_sentence_that_does_not_fit():
    assert render_claim(claimed("28880", "499.43km2", "68")).splitlines() == [
        "28,880 person / 499.43 km² = 57.83 person/km²",
        "  Rounding of the parts allows 57.82 to 57.83 where every digit counts, and",
        "  57.82 to 57.84 where zeros that end a number may be rounding.",
        "  Stated: 68 person/km², 10.17 (18 %) more than its parts give.",
        "  Its own rounding allows 67.50 to 68.50. It lies outside what rounding allows,",
        "  however zeros are read.",
    ]


def test_both_readings_of_zeros_are_said_where_they_differ():
    assert "  Rounding of the parts allows 57.826 to 57.830.\n" in render_claim(
        claimed("28881", "499.43km2", None)
    )
    loose = render_claim(claimed("200000", "1000mi2", "80person/km2"), width=100)
    assert loose.startswith("200,000 person / 1,000 mi² = 200.0 person/mi², or 77.22 person/km²\n")
    assert "only where zeros that end a number are rounding." in loose.replace("\n  ", " ")


def test_a_slip_of_units_is_said():
    claim = claimed("200000", "1000mi2", "77")
    assert claim.to_dict()["slips"] == ["the ratio is read per km²"]
    assert render_claim(claim).endswith("  It fits if the ratio is read per km².\n")


@pytest.mark.parametrize("says", ["68", "68/km2", "68person/km²", " 68 person/km2 "])
def test_a_ratio_alone_is_per_the_unit_of_the_area(says):
    claim = claimed("130160", "1910.39 km²", says)
    assert claim.check is not None
    assert claim.check.fits == "digits"


def test_json_has_full_precision():
    document = json.loads(json.dumps(claimed("160600", "1627km2", "99").to_dict()))
    assert document["ratio"]["written"] == [160600 / 1627] * 2
    assert document["ratio"]["every_digit_counts"] == pytest.approx([160599.5 / 1627.5, 160600.5 / 1626.5])
    assert document["ratio"]["zeros_may_be_rounding"] == pytest.approx([160550 / 1627.5, 160650 / 1626.5])
    assert document["difference"] == pytest.approx(99 - 160600 / 1627)
    assert document["fits"] == {"digits": True, "zeros": True}
    without = claimed("160600", "1627km2", None).to_dict()
    assert (without["says"], without["fits"], without["difference"]) == (None, None, None)


@pytest.mark.parametrize(
    ("casualties", "area", "says", "message"),
    [
        ("28880", "1,000 square miles", None, "--area: cannot read '1,000 square miles'; write 1000mi2"),
        ("28880", "1.5 sq. km", None, "--area: cannot read '1.5 sq. km'; write 1.5km2"),
        ("28880", "500 hectares", None, "--area: cannot read '500 hectares'; write 500ha"),
        ("28880", "499,43 km2", None, "--area: cannot read '499,43 km2'; write 499.43km2"),
        ("28880", "2 thousand sq km", None, "--area: cannot read '2 thousand sq km'; write 2000km2"),
        ("28880", "499.43", None, "--area: needs its unit; write 499.43km2, or 499.43mi2"),
        ("28880", "5 km", None, "--area: must be an area (got km); write it in km2, mi2 or ha"),
        ("28880", "-120km2", None,
         "--area: must be above 0 (got -120km2); without ground gained there is no ratio"),
        ("28880", "0km2", None,
         "--area: must be above 0 (got 0km2); without ground gained there is no ratio"),
        ("200,000", "5km2", None, "--casualties: cannot read '200,000'; write 200000"),
        ("28 880 soldiers", "5km2", None, "--casualties: cannot read '28 880 soldiers'; write 28880"),
        ("28k", "5km2", None, "--casualties: cannot read '28k'; write 28000"),
        ("about 28880", "5km2", None,
         "--casualties: cannot read 'about 28880': must be a number with its unit"),
        ("5 km2", "5km2", None, "--casualties: must be people (got km²); write a number alone"),
        ("-5", "5km2", None, "--casualties: must not be below 0 (got -5)"),
        ("200,000", "1,000 square miles", None,
         "--casualties: cannot read '200,000'; write 200000; "
         "--area: cannot read '1,000 square miles'; write 1000mi2"),
        ("5", "5km2", "5person/day", "what is stated must be in a unit of person/km² (got person/day)"),
        ("5", "5km2", "1,2", "--says: cannot read '1,2'; write 1.2"),
        ("5", "5km2", "many", "--says: cannot read 'many': must be a number with its unit"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_how_to_write_it(casualties, area, says, message):
    with pytest.raises(ContestedError) as raised:
        claimed(casualties, area, says)
    assert str(raised.value) == message


def test_an_entry_with_parts(shipped):
    page = render_claim(claimed_by_entry(shipped, "claim-one-per-cent-per-km2"), width=100)
    assert page.splitlines()[0] == (
        "claim-one-per-cent-per-km2: claim-one-per-cent-toll / claim-one-per-cent-share of ukraine-area = at"
    )
    assert "least 33.14 person/km²\n" in page
    assert claimed_by_entry(shipped, "wk-2025-csis").to_dict()["fits"] == {"digits": True, "zeros": True}


def test_an_entry_without_parts_is_told_which_figures_give_it(shipped):
    claim = claimed_by_entry(shipped, "claim-pokrovsk-per-km2")
    [elsewhere] = claim.to_dict()["elsewhere"]
    assert "it fits figures of Ukraine and Kursk oblast, 2025-05-01/2025-08-31" in elsewhere
    assert "It states 68 person/km² for Pokrovsk direction" in render_claim(claim)
    silent = render_claim(claimed_by_entry(shipped, "putin-exchange"))
    assert "The register has nothing that says otherwise" in silent


def test_what_is_given_goes_before_what_the_entry_says(shipped):
    own = claimed_by_entry(shipped, "claim-pokrovsk-per-km2", "15000", "178.7km2")
    assert own.check is not None
    assert (own.check.fits, float(own.check.excess or 0)) == (
        "neither",
        pytest.approx(68 / (15000 / 178.7) - 1),
    )
    other = claimed_by_entry(shipped, "isw-per-km2-2025-may-aug", says="71")
    assert other.check is not None
    assert other.check.fits == "neither"


@pytest.mark.parametrize(
    ("id_", "area", "message"),
    [
        ("claim-pokrovsk-per-km3", None,
         "unknown register entry 'claim-pokrovsk-per-km3'; did you mean 'claim-pokrovsk-per-km2'?"),
        ("claim-pokrovsk-per-km2", "5km2",
         "'claim-pokrovsk-per-km2' names no parts; --casualties is needed too"),
        ("gs-2025", None, "'gs-2025' states no ratio but 418,170 person; ratios here: wk-2024-nyt, "),
    ],
)  # fmt: skip
def test_entries_that_cannot_be_worked_out(shipped, id_, area, message):
    with pytest.raises(ContestedError) as raised:
        claimed_by_entry(shipped, id_, area=area)
    assert str(raised.value).startswith(message)
