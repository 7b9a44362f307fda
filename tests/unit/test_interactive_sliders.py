"""What the page's sliders are given, and what stands in the page where there is nothing to move."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import numpy as np
import pytest

import contested
from contested.answers.bounds import Bound
from contested.answers.result import Result
from contested.report.interactive import sliders as sliders_module
from contested.report.interactive.fragment import Fragment, json_text
from contested.report.interactive.sliders import Sliders
from running import quietly
from sample_scenarios import BOUNDS, EXACT, EXACT_OR_BOUND, HUMPS, RANGES, VANISHING, written
from sliding import shipped

PAGE = 2_000_000  # what a whole page may take
SCENARIOS = sorted(
    file.stem for file in (Path(__file__).parents[2] / "configs").glob("*.yaml") if file.stem != "register"
)


def ran(folder: Path, text: str) -> Result:
    return quietly(contested.load(written(folder, text)))


@pytest.mark.parametrize("name", ["isw-2025", "one-per-cent-2025", "exchange"])
def test_every_estimate_with_a_distribution_is_there(name: str) -> None:
    result = shipped(name)
    sliders = Sliders.of(result)
    assert sliders.refusal is None and sliders.left_out is None
    found = {own["name"]: own for own in sliders.to_dict()["estimates"]}
    assert set(found) == {key for key, own in result.estimates.items() if not isinstance(own, Bound)}
    for key, own in found.items():
        quantity = result.run.estimates[key].quantity
        assert own["disputes"] == list(quantity.disputes)
        assert len(own["laws"]["all"]["knots"]) == len(quantity.strata)
    assert {own["name"] for own in sliders.to_dict()["questions"]} == set(result.questions)


def test_the_values_of_the_largest_scenario_take_a_third_of_a_page() -> None:
    text = json_text(Sliders.of(shipped("isw-2025")).to_dict())
    print(f"{len(text) / 1000:.0f} kB")
    assert len(text) < 600_000 < PAGE / 3


def test_what_is_given_is_json_and_the_same_each_time() -> None:
    first, second = (json.dumps(Sliders.of(shipped("exchange")).to_dict(), allow_nan=False) for _ in range(2))
    assert first == second


def test_weights_are_given_normalised() -> None:
    for own in Sliders.of(shipped("isw-2025")).to_dict()["weightings"].values():
        assert all(sum(weights.values()) == pytest.approx(1) for weights in own.values())


def test_laws_that_no_weighting_calls_for_are_left_out(tmp_path: Path) -> None:
    certain = Sliders.of(ran(tmp_path, RANGES)).to_dict()["estimates"][0]["laws"]
    assert [name for name, law in certain.items() if law] == ["all"]
    vanishing = Sliders.of(ran(tmp_path, VANISHING)).to_dict()["estimates"][0]["laws"]
    assert [name for name, law in vanishing.items() if law] == ["all", "inverse", "given_positive"]
    never = Sliders.of(ran(tmp_path, VANISHING.replace("sd: 0.5", "sd: 5"))).to_dict()["estimates"][0]["laws"]
    assert [name for name, law in never.items() if law] == ["inverse", "given_positive"]


@pytest.mark.parametrize("text", [BOUNDS, EXACT_OR_BOUND])
def test_without_a_law_to_move_there_are_no_sliders(tmp_path: Path, text: str) -> None:
    sliders = Sliders.of(ran(tmp_path, text))
    assert sliders.refusal is not None and "no weights to move" in sliders.refusal
    assert sliders.to_dict() == {}
    assert Fragment.of(sliders) == Fragment(html="", style="", script="")


def test_the_logarithmic_rule_says_why_it_has_none(tmp_path: Path) -> None:
    sliders = Sliders.of(ran(tmp_path, RANGES).pooled_by("logarithmic"))
    assert sliders.refusal is not None and "multiplies densities" in sliders.refusal


def test_highest_density_sets_of_an_average_say_why_they_have_none(tmp_path: Path) -> None:
    sliders = Sliders.of(ran(tmp_path, HUMPS).pooled_by("quantile"))
    assert sliders.refusal is not None and "equal-tailed" in sliders.refusal


def test_what_has_no_room_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sliders_module, "MOST_BYTES", 100_000)
    sliders = Sliders.of(shipped("isw-2025"))
    assert sliders.left_out is not None
    names = {own["title"] for own in sliders.to_dict()["estimates"]}
    missing = [own.title for own in shipped("isw-2025").estimates.values() if own.title not in names]
    assert missing and all(title in sliders.left_out for title in missing)
    assert len(json_text(sliders.to_dict())) < 140_000


def test_exact_claims_take_two_draws_each(tmp_path: Path) -> None:
    law = Sliders.of(ran(tmp_path, EXACT)).to_dict()["estimates"][0]["laws"]["all"]
    assert law["knots"] == [2, 2]
    values = np.frombuffer(base64.b64decode(law["values"]), dtype="<f4")
    assert values[0] == values[1] and values[2] == values[3]
    assert [len(own) for own in law["atoms"]] == [1, 1]


def test_json_ends_no_script_and_begins_none() -> None:
    hostile = {"</script><!--": "a < b > c & d \u2028 \u2029 é \U0001f600 '\"\\"}
    text = json_text(hostile)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == hostile


def test_the_fragment_holds_nothing_that_loads(tmp_path: Path) -> None:
    part = Fragment.of(Sliders.of(ran(tmp_path, RANGES)))
    for text in (part.html, part.style, part.script):
        assert "http" not in text.replace("https://vega.github.io/schema", "")
        assert "url(" not in text and "import" not in text
    assert part.html.count("<script") == 1 and 'type="application/json"' in part.html
    assert "</script" not in part.script
    assert ' id="interactive" hidden' in part.html


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in SCENARIOS if name != "monthly"])
def test_every_shipped_scenario_fits(name: str) -> None:
    """All but the months, of which a page has windows and not each."""
    sliders = Sliders.of(shipped(name))
    assert sliders.refusal is None and sliders.left_out is None
    assert len(json_text(sliders.to_dict())) < 700_000
