"""Looking through a register: what is planted is found, where it stands, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from contested.answers.audit import Audit, audit, open_register
from contested.errors import ContestedError, ScenarioError

SHIPPED = Path(__file__).parents[2] / "configs" / "register.yaml"
DAYS = "period: 2025-01-01/2025-04-30, place: Ukraine"
SOURCE = "publisher: Institute, title: Report, date: 2025-05-03"
LATER = "publisher: Paper, title: Article, date: 2025-05-10"
TOLL = "unit: person, measures: killed and wounded"
AREA = "unit: km², measures: net change of controlled area"
RATIO = "unit: person/km², measures: killed and wounded per area gained"
PARTS = f"""\
toll: {{value: 160600, {TOLL}, {DAYS}, {SOURCE}}}
area: {{value: 1627, {AREA}, {DAYS}, {SOURCE}}}
"""


def looked(folder: Path, text: str) -> Audit:
    (folder / "r.yaml").write_text(text, encoding="utf-8")
    return audit(open_register(folder / "r.yaml"))


def findings(folder: Path, text: str) -> list[str]:
    """Each finding, its file without the folder."""
    return [str(f).removeprefix(f"{folder}/") for f in looked(folder, text).findings]


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(ScenarioError) as raised:
        looked(folder, text)
    return [str(fault).removeprefix(f"{folder}/") for fault in raised.value.faults]


# --- ratios ----------------------------------------------------------------------------------------------


def test_a_ratio_that_its_parts_give_is_no_finding(tmp_path):
    for parts in ("", "ratio_of: [toll, area], "):
        assert findings(tmp_path, f"{PARTS}r: {{value: 99, {RATIO}, {DAYS}, {parts}{SOURCE}}}\n") == []


@pytest.mark.parametrize("parts", ["", "ratio_of: [toll, area], "])
def test_a_ratio_that_they_do_not_give_is_found_named_or_published_with_them(tmp_path, parts):
    assert findings(tmp_path, f"{PARTS}r: {{value: 110, {RATIO}, {DAYS}, {parts}{SOURCE}}}\n") == [
        "r.yaml:3:12: r.value: states 110 person/km², 11 % more than its parts give: "
        "toll / area is 98.71 person/km² (rounding allows 98.65 to 98.77)"
    ]


def test_slips_of_units_are_told_as_such(tmp_path):
    miles = f"{PARTS}r: {{value: 38.1, {RATIO}, {DAYS}, {SOURCE}}}\n"
    linear = RATIO.replace("km²", "km")
    by_length = f"{PARTS}r: {{value: 99, {linear}, {DAYS}, ratio_of: [toll, area], {SOURCE}}}\n"
    assert findings(tmp_path, miles) == [
        "r.yaml:3:12: r.value: states 38.1 person/km², 61 % less than its parts give: "
        "toll / area is 98.71 person/km² (rounding allows 98.65 to 98.77); it fits if area is read in mi²"
    ]
    assert findings(tmp_path, by_length) == [
        "r.yaml:3:12: r.value: states 99 person/km: toll / area is 98.71 person/km² "
        "(rounding allows 98.65 to 98.77); it fits if the ratio is read per km²"
    ]


def test_round_numbers_do_not_hide_a_slip(tmp_path):
    text = f"r: {{value: 200, {RATIO}, {DAYS}, ratio_of: [200000 person, 1000 mi²], {SOURCE}}}\n"
    [finding] = looked(tmp_path, text).findings
    assert finding.kind == "unit"
    assert finding.message.endswith("it fits if 1000 mi² is read in km² or if the ratio is read per mi²")


def test_a_denominator_that_may_be_zero(tmp_path):
    text = f"{PARTS}r: {{value: 99, {RATIO}, {DAYS}, ratio_of: [toll, area - 1627 km²], {SOURCE}}}\n"
    assert findings(tmp_path, text) == [
        "r.yaml:3:12: r.value: area - 1627 km² may be zero or less: "
        "there is no ratio to state; state the inverse"
    ]


FRONT = PARTS.replace("Ukraine", "whole front")


def test_a_ratio_of_another_scope_is_found_without_being_told(tmp_path):
    ratio = f"r: {{value: 99, {RATIO}, period: 2025, place: Pokrovsk, {LATER.replace('05-10', '12-31')}}}\n"
    own = (
        f"here: {{value: 15000, {TOLL}, period: 2025-01, place: Pokrovsk, {SOURCE}}}\n"
        f"box: {{value: 179, {AREA}, period: 2025-01, place: Pokrovsk, {LATER}}}\n"
    )
    start = "r.yaml:{}:12: r.value: states 99 person/km² for Pokrovsk, 2025, "
    fit = "it fits figures of whole front, 2025-01-01/2025-04-30: toll / area (98.71 person/km²)"
    assert findings(tmp_path, FRONT + ratio) == [
        f"{start.format(3)}of which the register has no parts; {fit}"
    ]
    assert findings(tmp_path, FRONT + own + ratio) == [
        f"{start.format(5)}where the register has here / box (83.80 person/km²); {fit}"
    ]
    odd = ratio.replace("value: 99", "value: 41")
    assert findings(tmp_path, FRONT + own + odd) == [
        "r.yaml:5:12: r.value: states 41 person/km² for Pokrovsk, 2025, where the register has here / box "
        "(83.80 person/km²); no pair of its entries gives it"
    ]
    fitting = ratio.replace("value: 99", "value: 84")
    assert findings(tmp_path, FRONT + own + fitting) == []


def test_parts_of_two_places_are_told(tmp_path):
    text = PARTS.replace("place: Ukraine", "place: Ukraine and Kursk oblast", 1)
    assert findings(
        tmp_path, f"{text}r: {{value: 99, {RATIO}, {DAYS}, ratio_of: [toll, area], {SOURCE}}}\n"
    ) == [
        "r.yaml:3:137: r.ratio_of: divides unlike things: "
        "toll is of Ukraine and Kursk oblast, area of Ukraine"
    ]


def test_publications_that_contradict_each_other_are_found_by_their_parts_alone(tmp_path):
    """200,000 for one per cent of Ukraine, and for a thousand square miles."""
    text = f"""\
a: {{value: 200000, bound: lower, {TOLL}, {DAYS}, {SOURCE}}}
b: {{value: 1, bound: upper, unit: "%", measures: share of Ukraine's area gained, {DAYS}, {SOURCE}}}
c: {{value: 200000, {TOLL}, {DAYS}, {LATER}}}
d: {{value: 1000, unit: mi², measures: net change of controlled area, {DAYS}, {LATER}, relays: Institute}}
whole: {{value: 603550, unit: km², measures: area, period: 2025-05, place: Ukraine, {LATER}}}
"""
    found = [f for f in looked(tmp_path, text).findings if f.kind == "contradiction"]
    assert [(f.entry, f.message) for f in found] == [
        (
            "a",
            "at least 33.14 person/km² (a / b of whole, at most 6,036 km²) contradicts 77.22 person/km² "
            "(c / d, 2,590 km²) for the same place and the same days: 2.33 times apart, "
            "both on 200,000 person; read as a bound it excludes nothing above it, and says as little",
        )
    ]


def test_a_dispute_is_no_contradiction(tmp_path):
    """Other counts and other maps, a third apart, are what scenarios are for."""
    text = (
        f"{PARTS}c: {{value: 130000, {TOLL}, {DAYS}, {LATER}}}\nd: {{value: 1700, {AREA}, {DAYS}, {LATER}}}\n"
    )
    assert findings(tmp_path, text) == []


# --- entries ---------------------------------------------------------------------------------------------


def test_two_entries_that_are_one_figure(tmp_path):
    again = f"again: {{value: 160600, {TOLL}, {DAYS}, {LATER}}}\n"
    assert findings(tmp_path, PARTS + again) == [
        "r.yaml:3:1: again: is the figure of toll: 160,600 person of the same period, place and measure; "
        "leave one out, or say relays: toll"
    ]
    in_thousands = again.replace("160600, unit: person", "160.6, unit: 1000 person")
    assert len(findings(tmp_path, PARTS + in_thousands)) == 1
    relayed = again.replace("}\n", ", relays: toll}\n")
    third = relayed.replace("again", "third").replace("relays: toll", "relays: again")
    assert findings(tmp_path, PARTS + relayed + third) == []
    other = again.replace("place: Ukraine", "place: Kursk oblast")
    assert findings(tmp_path, PARTS + other) == []


def test_relays_that_point_nowhere(tmp_path):
    entry = f"x: {{value: 5, {TOLL}, {DAYS}, {LATER}, relays: RELAYS}}\n"
    at = f"r.yaml:3:{entry.index('RELAYS') + 1}: x.relays: "
    remedy = "; add an entry of theirs, or name one that is here"
    assert findings(tmp_path, PARTS + entry.replace("RELAYS", "institute")) == []
    assert findings(tmp_path, PARTS + entry.replace("RELAYS", "toll")) == []
    assert findings(tmp_path, PARTS + entry.replace("RELAYS", "tolls")) == [
        f"{at}points nowhere: unknown entry or publisher 'tolls'; did you mean 'toll'?{remedy}"
    ]
    assert findings(tmp_path, PARTS + entry.replace("RELAYS", "Ministry")) == [
        f"{at}points nowhere: unknown entry or publisher 'Ministry'; "
        f"known here: Institute, Paper, area, toll and x{remedy}"
    ]


def test_relays_in_a_circle_and_of_another_place(tmp_path):
    one = f"one: {{value: 4, {TOLL}, {DAYS}, {SOURCE}, relays: two}}\n"
    two = f"two: {{value: 5, {TOLL}, {DAYS}, {LATER}, relays: one}}\n"
    assert findings(tmp_path, one + two) == [
        f"r.yaml:1:{one.index(' two') + 2}: one.relays: goes in a circle: one → two → one; "
        "leave relays out where the figure comes from"
    ]
    elsewhere = two.replace("place: Ukraine", "place: Donetsk oblast").replace("relays: one", "relays: toll")
    assert findings(tmp_path, PARTS + elsewhere) == [
        f"r.yaml:3:{elsewhere.index(' toll') + 2}: two.relays: passes on toll, which is of Ukraine, not "
        "Donetsk oblast (160,600 person there, 5 person here): it is misquoted, or no relay"
    ]


def test_periods(tmp_path):
    text = PARTS.replace("2025-04-30", "2025-05-30", 1) + f"x: {{value: 5, unit: person, {LATER}}}\n"
    text += (
        f"y: {{value: 6, {TOLL}, period: 2025-05, place: Ukraine, {SOURCE}}}\n"  # said of the month, in it
    )
    assert findings(tmp_path, text) == [
        "r.yaml:1:75: toll.period: ends on 2025-05-30, after it was published (2025-05-03): a "
        "projection, or one of the two dates is wrong",
        "r.yaml:3:1: x: says no period; a fact is of some days: add period, a day for a stock",
    ]


def test_a_unit_unlike_the_others_of_its_measure(tmp_path):
    more = "".join(f"m{i}: {{value: {i}, {AREA}, {DAYS}, {SOURCE}}}\n" for i in (1, 2))
    odd = f"odd: {{value: 7, {AREA.replace('km²', 'km')}, {DAYS}, {SOURCE}}}\n"
    assert findings(tmp_path, PARTS + more + odd) == [
        "r.yaml:5:23: odd.unit: is in km, and most that measure 'net change of controlled area', as area "
        "does, in km²: another unit or another measure is meant"
    ]


# --- the register at fault -------------------------------------------------------------------------------


def test_unknown_units_and_parts_that_are_not_there_are_faults_told_at_once(tmp_path):
    text = (
        PARTS.replace("km²", "sqkm") + f"r: {{value: 99, {RATIO}, {DAYS}, ratio_of: [tol, area], {SOURCE}}}\n"
    )
    assert faults(tmp_path, text) == [
        "r.yaml:2:27: area.unit: unknown unit 'sqkm'; did you mean 'km²'?",
        "r.yaml:3:138: r.ratio_of[0]: unknown register entry 'tol'; did you mean 'toll'?",
        "r.yaml:3:143: r.ratio_of[1]: 'area' is no part: it needs a value, or low and high, in a known unit",
    ]


def test_a_ratio_in_a_unit_of_something_else_is_a_fault(tmp_path):
    text = f"{PARTS}r: {{value: 99, unit: person/day, {DAYS}, ratio_of: [toll, area], {SOURCE}}}\n"
    assert faults(tmp_path, text) == [
        "r.yaml:3:22: r.unit: must be in a unit of what ratio_of divides, person/km² (got person/day)"
    ]


def test_a_register_that_is_not_there(tmp_path):
    with pytest.raises(ContestedError, match=r"^no register '.*' here; name one with --register FILE$"):
        open_register(tmp_path / "nowhere.yaml")


# --- the shipped register --------------------------------------------------------------------------------


def without(*stripped: str) -> str:
    """The shipped register without the entries named, and without any `ratio_of` and `relays`."""
    text = re.sub(r"^  (ratio_of|relays): .*\n", "", SHIPPED.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for id_ in stripped:
        text, times = re.subn(rf"^{id_}:\n(?:  .*\n)+", "", text, flags=re.MULTILINE)
        assert times == 1
    return text


def test_the_shipped_register_is_sound():
    found = audit(open_register(SHIPPED))
    assert {f.kind for f in found.findings} == {"unit", "scope", "contradiction", "period"}
    assert set(found.ratios.checked) >= {"claim-wion-per-km2-2025", "isw-per-km2-2025-may-aug", "wk-2024-nyt"}


def test_what_the_headlines_got_wrong_is_found_without_being_told_where(tmp_path):
    """With no `ratio_of` and no `relays`, and without the quotients that this register's keepers computed."""
    found = looked(tmp_path, without("claim-one-per-cent-per-km2", "claim-post-per-mi2")).findings
    by_entry = {(f.kind, f.entry): f.message for f in found if f.kind in ("contradiction", "scope", "unit")}
    contradiction = by_entry["contradiction", "claim-one-per-cent-toll"]
    assert contradiction.startswith("at least 33.14 person/km² (claim-one-per-cent-toll / ")
    assert "contradicts 77.22 person/km² (claim-post-toll / claim-post-area, 2,590 km²)" in contradiction
    scope = by_entry["scope", "claim-pokrovsk-per-km2"]
    assert (
        "it fits figures of Ukraine and Kursk oblast, 2025-05-01/2025-08-31: isw-toll-2025-may-aug / "
        in scope
    )
    slip = by_entry["unit", "claim-wion-per-km-2024"]
    assert slip.startswith("is in person/km, and most that measure 'killed and wounded per area gained'")
