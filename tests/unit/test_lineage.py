"""Lineage of a scenario's sources: from `relays`, from claims, from the register."""

from __future__ import annotations

import pytest

from contested.language.reading import read
from scenario_text import WHOLE_EXAMPLE, faults_of, study_of

REGISTER = """\
count: {value: 100, publisher: Staff, title: Reports, date: 2025-05-03}
later: {value: 120, publisher: " STAFF", title: Reports, date: 2025-06-03}
relayed: {value: 100, publisher: Ministry, title: Update, date: 2025-05-04, relays: count}
again: {value: 100, publisher: Institute, title: Paper, date: 2025-05-05, relays: relayed}
by-name: {value: 110, publisher: Agency, title: Note, date: 2025-05-05, relays: staff}
registry: {low: 50, high: 60, publisher: Registry, title: Deaths, date: 2025-05-03}
rate: {low: 2, high: 3, publisher: Staff, title: Wounded per dead, date: 2025-05-03}
"""


def lines(folder, sources: str, *figures: str, more: str = "") -> dict[str, str]:
    """The lines of a dispute with these sources, each figure's claims as given."""
    return study_of(folder, scenario(sources, *figures) + more, REGISTER).lines["toll"]


def scenario(sources: str, *figures: str) -> str:
    stated = "".join(
        f"  f{number}: {{title: F, dispute: toll, claims: {{{claims}}}}}\n"
        for number, claims in enumerate(figures)
    )
    return (
        "title: T\nas_of: 2026-01-01\nregister: register.yaml\n"
        f"disputes: {{toll: {{title: Whose, sources: {{{sources}}}}}}}\n"
        "inputs:\n  error: {low: 0.9, high: 1.1, because: judged}\n  per_dead: {fact: rate}\n"
        f"figures:\n{stated}estimates: {{e: {{title: E, formula: f0}}}}\n"
    )


JUDGED = "{low: 1, high: 2, because: judged}"


@pytest.mark.parametrize(
    ("claim", "line"),
    [
        ("{fact: count}", "Staff"),
        ("{fact: later, within: 5%}", "STAFF"),
        ("{formula: count * error}", "Staff"),
        ("{formula: relayed * error}", "Staff"),
        ("{fact: again}", "Staff"),
        ("{fact: by-name}", "staff"),
        ("{formula: count + registry}", "Registry + Staff"),
        ("{formula: registry * (1 + per_dead)}", "Registry"),  # what an input rests on does not count
        ("{formula: error * per_dead}", "a"),
        (f"{JUDGED[:-1]}, cites: [count]}}", "a"),  # nor does what is only cited
        ("{mixture: {pick: p, of: [{fact: count, weight: 1}, {formula: registry * 2, weight: 1}]}}",
         "Registry + Staff"),
    ],
)  # fmt: skip
def test_a_claim_rests_on_the_root_of_its_facts(tmp_path, claim, line):
    assert lines(tmp_path, "a: A, b: B", f"a: {claim}, b: {JUDGED}") == {"a": line, "b": "b"}


def test_sources_of_the_same_root_share_a_line(tmp_path):
    claims = "a: {fact: count}, b: {fact: again}, c: {fact: registry}, d: {formula: by_name + later}"
    found = lines(tmp_path, "a: A, b: B, c: C, d: D", claims)
    assert found == {"a": "STAFF", "b": "STAFF", "c": "Registry", "d": "STAFF"}


def test_every_figure_of_the_dispute_counts(tmp_path):
    one, other = "a: {fact: count}, b: {fact: count}", "a: {fact: count}, b: {fact: registry}"
    assert lines(tmp_path, "a: A, b: B", one) == {"a": "Staff", "b": "Staff"}
    assert lines(tmp_path, "a: A, b: B", one, other) == {"a": "Staff", "b": "Registry + Staff"}


def test_formulas_of_anothers_claims_are_on_that_ones_line(tmp_path):
    whole = f"a: {JUDGED}, b: {{formula: a * error}}, c: {JUDGED}"
    assert lines(tmp_path, "a: A, b: B, c: C", whole) == {"a": "a", "b": "a", "c": "c"}
    apart = f"a: {JUDGED}, b: {JUDGED}, c: {JUDGED}"
    assert lines(tmp_path, "a: A, b: B, c: C", whole, apart) == {"a": "a", "b": "b", "c": "c"}


def test_formulas_of_several_join_their_lines(tmp_path):
    claims = f"a: {{fact: count}}, b: {{formula: (a + c) / 2}}, c: {JUDGED}, d: {{fact: registry}}"
    joined = "Staff + c"
    found = lines(tmp_path, "a: A, b: B, c: C, d: D", claims)
    assert found == {"a": joined, "b": joined, "c": joined, "d": "Registry"}


def test_a_fact_beside_anothers_claim_makes_a_line_of_both_roots(tmp_path):
    claims = "a: {fact: count}, b: {formula: a * registry}, c: {fact: registry}"
    found = lines(tmp_path, "a: A, b: B, c: C", claims)
    assert found == {"a": "Staff", "b": "Registry + Staff", "c": "Registry"}


@pytest.mark.parametrize(
    ("relays", "line"),
    [
        ("b", "Registry"),
        ("relayed", "STAFF"),
        ("again", "STAFF"),
        ("Staff", "STAFF"),  # the smaller of two spellings
        ("' STAFF '", "STAFF"),
        ("Agency", "Agency"),  # a publisher's name: whom its entries relay is not asked
        ("elsewhere", "elsewhere"),  # a source of another dispute only
    ],
)
def test_an_explicit_relay_goes_before_the_claims(tmp_path, relays, line):
    sources = f"a: {{title: A, relays: {relays}}}, b: B, c: C"
    claims = "a: {formula: c * registry}, b: {fact: registry}, c: {fact: later}"
    other = "disputes: {other: {title: Which, sources: {elsewhere: Elsewhere}}, toll:"
    text = scenario(sources, claims).replace("disputes: {toll:", other)
    found = study_of(tmp_path, text, REGISTER).lines
    assert found == {"other": {"elsewhere": "elsewhere"}, "toll": {"a": line, "b": "Registry", "c": "STAFF"}}


def test_a_source_goes_before_an_entry_of_the_same_name(tmp_path):
    claims = "a: {fact: registry}, count: {fact: registry}"
    found = lines(tmp_path, "a: {title: A, relays: count}, count: C", claims)
    assert found == {"a": "Registry", "count": "Registry"}


def test_none_of_these_is_on_no_line(tmp_path):
    text = scenario("a: A", f"a: {{fact: count}}, none_of_these: {JUDGED}")
    text = text.replace("title: Whose,", "title: Whose, none_of_these: 0.2,")
    assert study_of(tmp_path, text, REGISTER).lines == {"toll": {"a": "Staff"}}


def test_one_vote_for_each_line(tmp_path):
    text = scenario("a: A, b: B, c: C", "a: {fact: count}, b: {fact: again}, c: {fact: registry}")
    text = text.replace("disputes: {toll:", "disputes: {map: {title: M, sources: {x: X, y: Y, z: Z}}, toll:")
    weightings = (
        "weightings:\n  independent: {by: lineage}\n"
        "  mixed: {toll: {by: lineage}, map: {x: 1, others: 0}}\n  alone: {toll: {by: lineage}}\n"
    )
    found = study_of(tmp_path, text + weightings, REGISTER).weightings
    votes, even = {"a": 0.25, "b": 0.25, "c": 0.5}, {"x": 1 / 3, "y": 1 / 3, "z": 1 / 3}
    assert found["independent"] == {"toll": votes, "map": even}  # x, y and z make no claims: three lines
    assert found["mixed"] == {"toll": votes, "map": {"x": 1.0, "y": 0.0, "z": 0.0}}
    assert found["alone"] == {"toll": votes, "map": even}


def test_votes_leave_none_of_these_its_share(tmp_path):
    text = scenario(
        "a: A, b: B, c: C",
        "a: {fact: count}, b: {fact: again}, c: {fact: registry}, none_of_these: " + JUDGED,
    )
    text = text.replace("title: Whose,", "title: Whose, none_of_these: 0.2,")
    found = study_of(tmp_path, text + "weightings: {independent: {by: lineage}}\n", REGISTER).weightings
    assert found["independent"]["toll"] == {"a": 0.2, "b": 0.2, "c": 0.4, "none_of_these": 0.2}


def test_the_whole_example():
    assert read(WHOLE_EXAMPLE).lines == {
        "toll": {
            "ukrainian": "Ukrainian General Staff",
            "skeptic": "Ukrainian General Staff",
            "osint": "Meduza and Mediazona",
        },
        "territory": {"isw": "Institute for the Study of War", "deepstate": "deepstate"},
    }


def test_claims_in_a_circle_are_one_fault(tmp_path):
    faults = faults_of(
        tmp_path, scenario("a: A, b: B", "a: {formula: b * count}, b: {formula: a * count}"), REGISTER
    )
    assert len(faults) == 1 and "goes in a circle: a → b → a" in faults[0]


def test_a_register_at_fault_stops_nothing(tmp_path):
    broken = REGISTER.replace("publisher: Ministry, ", "")
    faults = faults_of(tmp_path, scenario("a: A, b: B", "a: {fact: again}, b: {fact: count}"), broken)
    assert faults == ["register.yaml:3:1: relayed: 'publisher' is missing"]


def test_a_scenario_without_register(tmp_path):
    text = scenario("a: {title: A, relays: Staff}, b: B", f"a: {JUDGED}, b: {JUDGED}")
    text = text.replace("register: register.yaml\n", "").replace("  per_dead: {fact: rate}\n", "")
    assert study_of(tmp_path, text, None).lines == {"toll": {"a": "Staff", "b": "b"}}
