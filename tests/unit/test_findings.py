"""What is found on one claim: its probability under each assumption, and what would flip it."""

from __future__ import annotations

from pathlib import Path

import pytest

import contested
from claims import NAME, certified, claimed, weighted
from contested.answers.findings import Findings
from contested.answers.naming import Assumed
from contested.errors import ContestedError
from contested.language.nodes import RULES
from contested.language.scopes import Scope
from sample_scenarios import BOUNDS, EXACT, RANGES, VANISHING
from sample_scenarios import written as sample


def found(folder: Path, text: str, question: str = "over") -> Findings:
    return contested.load(sample(folder, text)).certify(question).findings


def test_exact_claims_give_exact_findings(tmp_path: Path) -> None:
    """Kyiv's 160,600 over 600 mi² is 103 a km² and half of it is 52, against 99; Kyiv has three quarters."""
    findings = found(tmp_path, EXACT)
    assert findings.default.chance is not None
    assert findings.default.chance.value == 0.75
    assert {key: chance.value for key, chance in findings.chances.items()} == {("kyiv",): 1, ("skeptic",): 0}
    assert findings.extremes == (("skeptic",), ("kyiv",))
    assert {name: said.chance and said.chance.value for name, said in findings.weightings.items()} == {
        "lines": 0.75,
        "even": 0.5,
    }
    assert findings.flip is not None
    assert findings.flip.shift == 0.25
    assert findings.flipped == {"kyiv": 0.5, "skeptic": 0.5}
    assert findings.effective_lines == {"toll": 1.0}  # the skeptic's claim is a formula of Kyiv's
    assert findings.share is not None
    assert findings.share.share == 0  # one line, shared evenly: exactly a half, and not above it


def test_every_weighting_meets_every_rule_and_scope(tmp_path: Path) -> None:
    two = claimed({"kyiv": 0.9, "osint": 0.6}, **weighted(kyiv=3, osint=1))
    two["figures"]["later"] = two["figures"]["level"]
    two["questions"][NAME]["formula"] = "level_now > 0 and later > -9"
    findings = certified(tmp_path, two).findings
    scopes: tuple[Scope, ...] = ("scenario", "per_figure")
    assert set(findings.models) == {
        Assumed(weighting, rule, scope) for weighting in ("own", "even") for rule in RULES for scope in scopes
    }
    linear = {model: said.chance for model, said in findings.models.items() if model.rule == "linear"}
    for scope in scopes:
        own, even = linear[Assumed("own", "linear", scope)], linear[Assumed("even", "linear", scope)]
        assert own is not None and even is not None
        assert own.value == pytest.approx(0.825, abs=0.005)
        assert even.value == pytest.approx(0.75, abs=0.005)
    compared_twice = findings.models[Assumed("own", "quantile", "scenario")]
    assert compared_twice.chance is None and compared_twice.reason
    assert findings.scopes["one_for_all"].reason == "no two disputes have the same sources"
    assert set(findings.rules) == set(RULES)


def test_the_truth_that_nobody_listed_is_no_combination(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9, "osint": 0.8})
    document["disputes"]["toll"]["none_of_these"] = 0.2
    claims = document["figures"]["level"]["claims"]
    claims["none_of_these"] = {"mean": -9, "sd": 1, "because": "as the test has it"}
    findings = certified(tmp_path, document).findings
    assert set(findings.combinations) == {("kyiv",), ("osint",)}
    assert findings.default.chance is not None
    assert findings.default.chance.value == pytest.approx(0.8 * 0.85, abs=0.005)
    assert findings.flip is None  # at most 0.8 * 0.1 can be lost, for 0.64
    assert findings.share is not None
    assert findings.share.share == 1


def test_a_claim_without_a_dispute_has_one_combination(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9, "osint": 0.8})
    agreed = {"mean": 1, "sd": 1, "because": "as the test has it"}
    document["figures"]["level"] = {"title": "Level", "agreed": agreed}
    findings = certified(tmp_path, document).findings
    assert list(findings.combinations) == [()]
    assert findings.extremes == ((), ())
    assert findings.flip is None
    assert findings.effective_lines == {}


def test_tipping_points_are_those_of_the_comparison(tmp_path: Path) -> None:
    findings = found(tmp_path, RANGES)
    assert findings.tipping
    assert findings.tipping == findings.comparison.tipping["over"]


def test_only_what_the_claim_rests_on_is_compared(tmp_path: Path) -> None:
    apart = EXACT.replace("fact: gs-total}", 'fact: gs-total, mismatch: "all the same"}')
    aside = apart.replace("formula: per_km2 >= 99", "formula: area > 0")
    assert {m.because for m in found(tmp_path, apart).mismatches} == {"all the same"}
    assert found(tmp_path, aside).mismatches == ()


@pytest.mark.parametrize("where", ["estimates", "questions"])
def test_what_the_claim_itself_owns_is_compared_too(where: str, tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9})
    (output,) = document[where].values()
    output["mismatch"] = "as the text has it"
    (mismatch,) = certified(tmp_path, document).findings.mismatches
    assert mismatch.because == "as the text has it"
    assert mismatch.path.startswith(where)


def test_where_a_denominator_vanishes_nothing_is_said_to_flip(tmp_path: Path) -> None:
    findings = found(tmp_path, VANISHING)
    assert not findings.measured
    assert findings.default.nonpositive == pytest.approx(0.0239, abs=0.001)  # half of Φ(-10/6)
    assert findings.combinations["wide",].nonpositive == pytest.approx(0.0478, abs=0.001)
    assert findings.combinations["narrow",].nonpositive is None
    assert findings.flip is None and findings.share is None and findings.tipping == {}


def test_bounds_carry_no_probability(tmp_path: Path) -> None:
    assert not found(tmp_path, BOUNDS, "settled").measured
    undecided = found(tmp_path, BOUNDS, "open")
    assert undecided.chances == {}
    assert undecided.flip is None and undecided.tipping == {}


def test_a_claim_converges_with_its_run(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9, "osint": 0.6}, sampling={"tolerance": 1e-5, "max_draws": 4096})
    assert not certified(tmp_path, document).findings.converged
    document["sampling"] = {"tolerance": 0.02, "max_draws": 65536}
    assert certified(tmp_path, document).findings.converged


def test_an_unknown_question_is_answered_with_the_nearest_and_all_there_are(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9})
    document["questions"]["other"] = {"title": "Other", "formula": "level_now < 0"}
    with pytest.raises(ContestedError) as error:
        certified(tmp_path, document, "clam")
    assert str(error.value) == "unknown question 'clam'; did you mean 'claim'? asked here: claim and other"
    with pytest.raises(ContestedError, match=r"^unknown question 'x'; asked here: claim and other$"):
        certified(tmp_path, document, "x")


def test_a_scenario_that_asks_nothing_is_told_how_to_ask(tmp_path: Path) -> None:
    document = claimed({"kyiv": 0.9})
    del document["questions"]
    with pytest.raises(ContestedError, match=r"^the scenario asks no questions; state the claim as one"):
        certified(tmp_path, document)
