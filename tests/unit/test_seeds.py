"""Seeds: how past claims that were resolved are read, and what they make of the weights."""

from __future__ import annotations

import math

import pytest

import contested
from contested.answers.assumptions import Assumptions
from contested.engine.model import Model
from contested.language.performance import classical_model
from scenario_text import SMALL, changed, faults_of, study_of

SEED = """
    - title: Confirmed by name, end of 2023
      outcome: 13.11
      because: counted since
      claims:
        kyiv: {low: 5, best: 12, high: 50}
        osint: {low: 10, best: 13, high: 14}"""


def with_seeds(*seeds: str, weightings: str = "", text: str = SMALL) -> str:
    """The small scenario with seeds in its one dispute."""
    return f"{text}seeds:\n  toll:{''.join(seeds)}\n{weightings}"


def numbered(count: int, scale: str = "") -> list[str]:
    """Seeds of which Kyiv's ranges hold every outcome but one and the open sources' about half."""
    return [
        SEED.replace("end of 2023", f"number {number}")
        .replace("13.11", str(6 + 1.5 * number if number else 60))
        .replace("because: counted since", f"because: counted since{scale}")
        for number in range(count)
    ]


def test_a_seed_is_read(tmp_path):
    (seed,) = study_of(tmp_path, with_seeds(SEED)).seeds["toll"]
    assert seed.path == "seeds.toll[0]"
    assert (seed.title, seed.outcome) == ("Confirmed by name, end of 2023", 13.11)
    assert seed.evidence.because == "counted since"
    assert not seed.logarithmic
    assert seed.claims == {
        "kyiv": ((0.05, 5), (0.5, 12), (0.95, 50)),
        "osint": ((0.05, 10), (0.5, 13), (0.95, 14)),
    }


def test_quantiles_may_be_named(tmp_path):
    seed = SEED.replace("{low: 5, best: 12, high: 50}", "{quantiles: {0.95: 50, 0.05: 5, 0.5: 12}}")
    assert study_of(tmp_path, with_seeds(seed)).seeds == study_of(tmp_path, with_seeds(SEED)).seeds


def test_natural_seeds_may_hold_numbers_below_zero(tmp_path):
    seed = (
        SEED.replace("low: 5", "low: -5")
        .replace("13.11", "-1")
        .replace("because:", "scale: natural\n      because:")
    )
    (read,) = study_of(tmp_path, with_seeds(seed)).seeds["toll"]
    assert read.claims["kyiv"][0] == (0.05, -5)
    assert not read.logarithmic


def test_logarithmic_seeds(tmp_path):
    (read,) = study_of(tmp_path, with_seeds(SEED.replace("because:", "scale: log\n      because:"))).seeds[
        "toll"
    ]
    assert read.logarithmic


def test_a_scenario_without_seeds_has_none(tmp_path):
    study = study_of(tmp_path)
    assert study.seeds == study.performance == {}


def test_an_outcome_may_be_a_fact_and_counts_as_cited(tmp_path):
    seed = SEED.replace("13.11", "{fact: gs}").replace("because: counted since", "cites: [isw-area]")
    study = study_of(tmp_path, with_seeds(seed, SEED))
    assert study.seeds["toll"][0].outcome == 160600
    assert study.seeds["toll"][0].evidence.cites == ("gs", "isw-area")
    found = Assumptions.of(Model.of(study))
    used = {cited.fact.id: cited.used_by for cited in found.cited}
    assert "seeds.toll[0]" in used["gs"]
    assert "seeds.toll[0]" in used["isw-area"]
    assert ("seeds.toll[1]", "counted since") in [(judged.path, judged.because) for judged in found.judged]


def test_how_each_source_did_is_kept_from_ten_seeds_on(tmp_path):
    study = study_of(tmp_path, with_seeds(*numbered(9)))
    assert len(study.seeds["toll"]) == 9
    assert study.performance == {}
    study = study_of(tmp_path, with_seeds(*numbered(10)))
    outcomes = [60.0, *(6 + 1.5 * number for number in range(1, 10))]
    known = classical_model(
        {"kyiv": [(5, 12, 50)] * 10, "osint": [(10, 13, 14)] * 10}, outcomes, (0.05, 0.5, 0.95)
    )
    assert study.performance["toll"] == known
    assert known["kyiv"].weight > known["osint"].weight > 0


def test_the_scale_of_a_seed_counts(tmp_path):
    natural = study_of(tmp_path, with_seeds(*numbered(10))).performance["toll"]["kyiv"]
    logarithmic = study_of(tmp_path, with_seeds(*numbered(10, "\n      scale: log"))).performance["toll"][
        "kyiv"
    ]
    assert logarithmic.calibration == natural.calibration
    assert logarithmic.information != pytest.approx(natural.information, rel=0.01)


PERFORMANCE = "weightings: {performance: {by: performance}}\n"


@pytest.mark.parametrize("weighting", ["{by: performance}", "{toll: {by: performance}}"])
def test_performance_weights_are_the_classical_models_normalised(tmp_path, weighting):
    text = with_seeds(*numbered(10), weightings=f"weightings: {{earned: {weighting}}}\n")
    study = study_of(tmp_path, text)
    earned = {source: found.weight for source, found in study.performance["toll"].items()}
    total = math.fsum(earned.values())
    assert study.weightings["earned"]["toll"] == {source: weight / total for source, weight in earned.items()}


def test_what_none_of_these_takes_comes_off_first(tmp_path):
    text = with_seeds(*numbered(10), weightings=PERFORMANCE)
    plain = study_of(tmp_path, text).weightings["performance"]["toll"]
    with_none = changed(
        ("    title: Whose count\n", "    title: Whose count\n    none_of_these: 0.2\n"),
        (
            "      kyiv: {formula: gs * error}\n",
            "      kyiv: {formula: gs * error}\n      none_of_these: {low: 1, high: 500000, because: wide}\n",
        ),
        text=text,
    )
    found = study_of(tmp_path, with_none).weightings["performance"]["toll"]
    assert found == {**{source: 0.8 * weight for source, weight in plain.items()}, "none_of_these": 0.2}


@pytest.mark.parametrize(("count", "have"), [(9, "9"), (1, "1"), (0, "none")])
@pytest.mark.parametrize("weighting", ["{by: performance}", "{toll: {by: performance}}"])
def test_too_few_seeds_are_refused(tmp_path, weighting, count, have):
    weightings = f"weightings: {{earned: {weighting}}}\n"
    text = with_seeds(*numbered(count), weightings=weightings) if count else SMALL + weightings
    (line,) = faults_of(tmp_path, text)
    place, _, message = line.partition(": too few seeds to prefer performance weights: ")
    inner = "earned.toll.by" if "toll" in weighting else "earned.by"
    assert place.endswith(f"weightings.{inner}")
    assert message == f"dispute 'toll' has {have}, and 10 are needed; weigh it otherwise"


def test_seeds_at_fault_are_not_called_too_few(tmp_path):
    seeds = [*numbered(9), SEED.replace("best: 12", "best: 2")]
    (line,) = faults_of(tmp_path, with_seeds(*seeds, weightings=PERFORMANCE))
    assert line.endswith("must be below best (got 5 and 2)")


def test_a_fact_that_cannot_be_read_is_told_once(tmp_path):
    seeds = [
        *numbered(9),
        SEED.replace("13.11", "{fact: gs}").replace("because:", "scale: log\n      because:"),
    ]
    lines = faults_of(tmp_path, with_seeds(*seeds, weightings=PERFORMANCE), register="gs: {value: 1}\n")
    assert lines
    assert not any("seeds" in line for line in lines)


def test_nothing_is_asked_of_seeds_whose_dispute_has_no_sources(tmp_path):
    text = changed(("sources: {kyiv: Kyiv, osint: Open sources}", "sources: {}"))
    assert not any("seeds" in line for line in faults_of(tmp_path, with_seeds(SEED, text=text)))


def test_sources_that_are_all_far_off_earn_nothing(tmp_path):
    seeds = [seed.replace("low: 10", "low: 1").replace("outcome: ", "outcome: 9") for seed in numbered(300)]
    (line,) = faults_of(tmp_path, with_seeds(*seeds, weightings=PERFORMANCE))
    assert line.endswith(
        "weightings.performance.by: no source of dispute 'toll' earns a performance weight: "
        "all were too far off; weigh it otherwise"
    )


def test_the_order_of_seeds_and_claims_changes_nothing(tmp_path):
    study = study_of(tmp_path, with_seeds(*numbered(12), weightings=PERFORMANCE))
    turned = [
        seed.replace("osint:", "other:")
        .replace("kyiv:", "osint:")
        .replace("other:", "kyiv:")
        .replace("{low: 5, best: 12, high: 50}", "HELD")
        .replace("{low: 10, best: 13, high: 14}", "{low: 5, best: 12, high: 50}")
        .replace("HELD", "{low: 10, best: 13, high: 14}")
        for seed in reversed(numbered(12))
    ]
    again = study_of(tmp_path, with_seeds(*turned, weightings=PERFORMANCE))
    assert again.weightings == study.weightings
    assert again.performance == study.performance


def test_a_run_weighs_by_performance(tmp_path):
    study_of(tmp_path, with_seeds(*numbered(10), weightings=PERFORMANCE))
    scenario = contested.load(tmp_path / "s.yaml")
    result = scenario.run("performance", tolerance=0.1)
    assert result.weights == scenario.study.weightings["performance"]
