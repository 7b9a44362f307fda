"""Answers under rules of pooling other than the mixture: what they give, and what they say they cannot."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import contested
from contested.answers.bounds import Settled
from contested.answers.estimates import Answer
from contested.answers.questions import Probability
from contested.answers.result import Result
from contested.answers.table import rows
from contested.engine.stopping import imprecise
from contested.errors import ContestedError
from contested.language.nodes import RULES, Rule
from contested.report.sentence import sentence
from contested.report.terminal import render
from running import agreed, asked, disputed, propagation, quietly, ran
from sample_scenarios import EXACT, EXACT_OR_BOUND, VANISHING, written

OTHERS: tuple[Rule, ...] = ("logarithmic", "quantile", "log-quantile")
CLAIMS = {"a": {"low": 10, "high": 20}, "b": {"low": 12, "high": 30}, "c": {"low": 9, "high": 40}}
FARTHER = {"a": {"low": 10, "high": 11}, "b": {"low": 30, "high": 33}, "c": {"low": -5, "high": 90}}


def document(**more: Any) -> dict[str, Any]:
    return propagation(
        {"f": disputed("who", CLAIMS), "h": disputed("who", FARTHER), **agreed(g={"low": 1, "high": 2})},
        {"r": "f / g", "apart": "h", "g_alone": "g"},
        disputes={"who": {"title": "Who", "sources": {"a": "Source A", "b": "Source B", "c": "Source C"}}},
        weightings={"w": {"who": {"a": 1, "b": 2, "c": 1}}},
        default="w",
        questions=asked(over="r > 15", between="10 <= r < 15", two="r > apart", sum="r + g > 15"),
        max_draws=16384,
        **more,
    )


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return ran(tmp_path_factory.mktemp("rules"), document())


def answer(result: Result, name: str) -> Answer:
    found = result[name]
    assert isinstance(found, Answer)
    return found


def probability(result: Result, name: str) -> Probability:
    found = result.questions[name]
    assert isinstance(found, Probability)
    return found


def test_another_rule_draws_nothing_again_and_stays_through_other_weights(result: Result) -> None:
    assert result.rule == "linear"
    for rule in RULES:
        other = result.pooled_by(rule)
        assert other.run is result.run
        assert (other.rule, other.weighting, other.weights) == (rule, result.weighting, result.weights)
        assert other.under("even").rule == rule
        assert other.to_dict()["rule"] == rule
    assert result.pooled_by("quantile").pooled_by("linear").to_json() == result.to_json()


def test_an_unknown_rule_is_refused(result: Result) -> None:
    with pytest.raises(ContestedError, match="'harmonic'; there are linear, logarithmic, quantile, log-"):
        result.pooled_by("harmonic")  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", OTHERS)
def test_the_scenarios_rule_is_the_results(tmp_path: Path, result: Result, rule: Rule) -> None:
    own = ran(tmp_path, document(pooling={"rule": rule}))
    assert own.rule == rule
    assert answer(own, "r").summary == answer(result.pooled_by(rule), "r").summary


@pytest.mark.parametrize("rule", OTHERS)
def test_all_that_an_answer_gives_is_of_one_law(result: Result, rule: Rule) -> None:
    found = answer(result.pooled_by(rule), "r")
    assert found.summary is not None and found.undefined is None
    middle, widest = found.summary.median, found.summary.intervals[-1]
    assert found.quantile(0.5) == middle
    assert found.cdf(middle) == pytest.approx(0.5, abs=1e-3)
    assert found.interval(0.9) == widest
    assert found.probability(above=widest.low, below=widest.high) == pytest.approx(0.9, abs=2e-3)
    assert found.quantile(0.3) < middle < found.quantile(0.7)
    dense = found.interval(0.9, "hdi")
    assert dense.high - dense.low < widest.high - widest.low
    assert found.moments is None and found.disagreement_share is None
    linear = answer(result, "r").summary
    assert linear is not None and linear.median != middle


@pytest.mark.parametrize("rule", OTHERS)
def test_one_source_alone_is_its_own_law(result: Result, rule: Rule) -> None:
    pooled, linear = result.pooled_by(rule), result
    for name in ("r", "apart", "f"):
        for source, alone in answer(pooled, name).by_source["who"].items():
            assert alone.rule == rule
            assert alone.summary == answer(linear, name).by_source["who"][source].summary
    assert answer(pooled, "g_alone").summary == answer(linear, "g_alone").summary


def test_a_rule_that_is_undefined_says_why(result: Result) -> None:
    logarithmic, logs = result.pooled_by("logarithmic"), result.pooled_by("log-quantile")
    found = answer(logarithmic, "apart")
    assert found.summary is None and found.estimable
    assert found.undefined is not None and found.undefined.startswith(
        "undefined under the logarithmic rule: "
    )
    assert "overlap too little" in found.undefined and found.undefined in repr(found)
    assert answer(logs, "apart").undefined == (
        "undefined under the log-quantile rule: quantiles are averaged as logarithms, and what follows from "
        "'c' may be zero or negative"
    )
    assert answer(logs.under({"who": {"c": 0, "others": 1}}), "apart").undefined is None
    with pytest.raises(ContestedError, match="apart is undefined under the logarithmic rule"):
        found.quantile(0.5)
    assert result["apart"].undefined is None  # type: ignore[union-attr]


def test_what_is_undefined_is_null_with_the_reason_in_every_output(result: Result) -> None:
    other = result.pooled_by("logarithmic")
    reason = answer(other, "apart").undefined
    shown = json.loads(other.to_json())["estimates"]["apart"]
    assert {key: shown[key] for key in ("estimable", "median", "median_mcse", "intervals", "undefined")} == {
        "estimable": True, "median": None, "median_mcse": None, "intervals": [], "undefined": reason,
    }  # fmt: skip
    assert shown["by_source"]["who"]["a"]["median"] is not None
    assert shown["disagreement_share"] is None and shown["moments"] is None
    (row,) = [row for row in rows(other) if row["name"] == "apart" and row["source"] is None]
    assert (row["status"], row["median"], row["unit"]) == ("undefined", None, "")
    text = " ".join(render(other, width=100).split())
    assert f"– {reason}" in text and "pooled by the logarithmic rule" in text
    said = sentence(other, "apart")
    assert f"the model gives no interval, which is {reason}, " in said
    assert "sources pooled by the logarithmic rule" in said
    assert "of the variance is whom you believe" not in text and "not estimable" not in text


@pytest.mark.parametrize("rule", OTHERS)
def test_a_question_on_one_estimate_reads_its_law(result: Result, rule: Rule) -> None:
    other = result.pooled_by(rule)
    law = answer(other, "r")
    over, between = probability(other, "over"), probability(other, "between")
    assert over.value == pytest.approx(1 - law.cdf(15.0), abs=1e-12) and over.reason is None
    assert between.value == pytest.approx(law.cdf(15.0) - law.cdf(10.0), abs=1e-12)
    assert over.mcse is not None and 0 < over.mcse < 0.005
    assert over.value != probability(result, "over").value
    alone = over.by_source["who"]["b"]
    assert alone.value == probability(result, "over").by_source["who"]["b"].value


@pytest.mark.parametrize("name", ["two", "sum"])
def test_any_other_question_has_no_probability(result: Result, name: str) -> None:
    other = result.pooled_by("quantile")
    found = probability(other, name)
    assert (found.value, found.mcse, found.upper) == (None, None, None)
    assert found.reason is not None and "pools each estimate by itself" in found.reason
    assert "no probability" in repr(found)
    shown = json.loads(other.to_json())["questions"][name]
    assert (shown["probability"], shown["mcse"], shown["reason"]) == (None, None, found.reason)
    text = " ".join(render(other, width=100).split())
    assert f"no probability: {found.reason}" in text
    statuses = {row["status"] for row in rows(other) if row["name"] == name and row["source"] is None}
    assert statuses == {"undefined"}
    alone = found.by_source["who"]["a"]  # with one source right, nothing is pooled
    assert alone.value == probability(result, name).by_source["who"]["a"].value


def test_a_question_on_an_undefined_law_gives_its_reason(tmp_path: Path) -> None:
    result = ran(tmp_path, {**document(), "questions": asked(q="apart > 20")}).pooled_by("logarithmic")
    found = probability(result, "q")
    assert found.value is None and found.reason == answer(result, "apart").undefined


def test_strict_and_not_strict_differ_where_a_value_has_a_mass(tmp_path: Path) -> None:
    """Quantiles of two exact claims average to one exact value."""
    text = EXACT.replace(
        "  over: {title: At least 99, formula: per_km2 >= 99}\n",
        "  at_least: {title: a, formula: toll >= 140525}\n  above: {title: b, formula: toll > 140525}\n",
    ).replace("estimates:\n", "estimates:\n  toll: {title: t, formula: casualties, unit: person}\n")
    result = quietly(contested.load(written(tmp_path, text))).pooled_by("quantile")
    assert answer(result, "toll").quantile(0.5) == 140525.0  # 0.75 · 160,600 + 0.25 · 80,300
    assert probability(result, "at_least").value == pytest.approx(1.0, abs=1e-12)
    assert probability(result, "above").value == pytest.approx(0.0, abs=1e-12)
    undefined = answer(result.pooled_by("logarithmic"), "toll").undefined
    assert undefined is not None and "do not meet" in undefined


@pytest.mark.parametrize("rule", ["quantile", "logarithmic"])
def test_a_ratio_is_not_estimable_under_any_rule_and_what_stands_in_is_pooled_by_it(
    tmp_path: Path, rule: Rule
) -> None:
    drawn = quietly(contested.load(written(tmp_path, VANISHING)))
    linear, other = answer(drawn, "per_km2"), answer(drawn.pooled_by(rule), "per_km2")
    assert not other.estimable and other.summary is None
    assert other.denominator_nonpositive == linear.denominator_nonpositive
    for stand_in in ("inverse", "given_positive_denominator"):
        mixed, pooled = getattr(linear, stand_in), getattr(other, stand_in)
        assert pooled is not None and pooled != mixed
    if rule == "quantile":
        wide, narrow = (other.by_source["map"][source] for source in ("wide", "narrow"))
        assert not wide.estimable and narrow.estimable
        given = [part.median for part in (wide.given_positive_denominator, narrow.summary) if part]
        assert other.given_positive_denominator is not None
        assert other.given_positive_denominator.median == pytest.approx(sum(given) / 2, rel=1e-12)
    question = probability(drawn.pooled_by(rule), "over")
    assert question.value is not None and question.upper is not None
    assert question.upper == pytest.approx(question.value + linear.denominator_nonpositive)
    law = other.drawn.by(rule).given_positive
    whole, _ = law.cdfs(np.array([0.5, 0.5]), np.array([100.0]))
    expected = (1 - whole[0]) * (1 - linear.denominator_nonpositive)
    assert question.value == pytest.approx(expected, abs=1e-3)


def test_what_stands_in_for_a_ratio_may_be_undefined_too(tmp_path: Path) -> None:
    found = answer(quietly(contested.load(written(tmp_path, VANISHING))).pooled_by("log-quantile"), "per_km2")
    assert found.inverse is None and found.given_positive_denominator is not None
    assert found.undefined is not None and "may be zero or negative" in found.undefined


def test_the_inverse_has_supports_of_its_own(tmp_path: Path) -> None:
    """Of one source the ratio lies between 75 and 137.5, and the inverse between 1/137.5 and 1/75."""
    text = VANISHING.replace("{mean: 10, sd: 0.5, because: judged}", "{min: 8, max: 12, because: judged}")
    text = text.replace("{low: 900, high: 1100, because: a count}", "{min: 900, max: 1100, because: a count}")
    found = answer(quietly(contested.load(written(tmp_path, text))).pooled_by("logarithmic"), "per_km2")
    assert not found.estimable and found.undefined is None
    inverse = found.inverse
    assert inverse is not None
    assert 1000 / 137.5 < inverse.intervals[-1].low < 10 < inverse.intervals[-1].high < 1000 / 75


def test_bounds_that_settle_a_question_both_ways_make_a_probability_only_in_a_mixture(tmp_path: Path) -> None:
    result = quietly(contested.load(written(tmp_path, EXACT_OR_BOUND))).under("exact")
    mixed, other = result.questions["many"], result.pooled_by("quantile").questions["many"]
    assert isinstance(mixed, Settled) and isinstance(other, Settled)
    assert mixed.probability == 0.75
    assert other.probability is None and other.reason is not None and "the quantile rule" in other.reason
    sure = result.under("kyiv_only").pooled_by("quantile").questions["many"]
    assert isinstance(sure, Settled) and (sure.probability, sure.reason) == (1.0, None)


def test_draws_are_enough_by_the_rule_that_is_printed(result: Result) -> None:
    """The tolerance is met at its edge, and missed below it, by the numbers of this rule."""
    other = result.pooled_by("logarithmic")
    needed = []
    weightings = [{"who": dict.fromkeys("abc", 1) | extra} for extra in ({}, {"b": 2})]
    weightings += [{"who": {source: 1, "others": 0}} for source in "abc"]
    for weighting in weightings:
        under = other.under(weighting)
        for name in ("r", "apart", "g_alone", "f", "g", "h"):
            summary = answer(under, name).summary
            if summary is not None:
                half = (summary.intervals[-1].high - summary.intervals[-1].low) / 2
                ends = [(i.low, i.low_mcse) for i in summary.intervals]
                ends += [(i.high, i.high_mcse) for i in summary.intervals]
                ends.append((summary.median, summary.median_mcse))
                needed += [error / max(abs(value), half) for value, error in ends]
        needed += [mcse for q in ("over", "between", "two", "sum") if (mcse := probability(under, q).mcse)]
    edge = max(needed)

    def enough(tolerance: float, rule: Rule) -> bool:
        study = replace(result.study, sampling=replace(result.study.sampling, tolerance=tolerance))
        return imprecise(result.run, study, rule) is None

    assert enough(edge * 1.0001, "logarithmic") and not enough(edge * 0.9999, "logarithmic")
    assert enough(edge * 0.9999, "linear")
    study = replace(result.study, sampling=replace(result.study.sampling, tolerance=edge * 0.9999))
    stricter = replace(result, model=replace(result.model, study=study))
    assert stricter.converged and not stricter.pooled_by("logarithmic").converged


def test_a_rule_other_than_linear_is_named_in_a_results_text(result: Result) -> None:
    assert "pooled by the quantile rule" in repr(result.pooled_by("quantile"))
    assert "pooled by" not in repr(result)
